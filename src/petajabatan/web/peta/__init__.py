"""The peta jabatan page: chart, table, recap and difference of one instansi's map, and its drawer.

It stands in ``web`` because it reads both the map and the people behind B.
"""
