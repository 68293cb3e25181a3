"""Accounts, roles, grants (role × scope) and the database session scope that enforces them.
It answers one question for everybody else: what may this actor see and do.
"""
