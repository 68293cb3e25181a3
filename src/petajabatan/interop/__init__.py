"""The REST API v1 and the tokens of machines.
Each app owns its routes; this one mounts them, documents them and limits them.
"""
