"""Changesets: the only legal path to change the map."""
