"""People, their post history and the bezetting (B) computed from them.
Personal data stop here: only counts leave this app without a personal-data role.
"""
