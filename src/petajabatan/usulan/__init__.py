"""Changesets: the only legal path to change the map.

An usulan is a list of small typed operations on the map of one instansi, checked as they are made, signed,
verified and published as the next version. Between instansi they are bundled (``lintas``).
"""
