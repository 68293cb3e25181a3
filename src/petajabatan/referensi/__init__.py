"""The nation-wide reference lists (instansi, jabatan, pendidikan, regions, rates) and their importers.
Every row that comes from a regulation carries its source and validity.
"""
