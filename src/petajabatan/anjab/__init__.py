"""Analisis jabatan: writing informasi jabatan, ABK sheets and factor sheets inside an usulan, with help.

What is published belongs to ``jabatan``, how it travels to ``usulan``; this app owns the pages and the work
of writing: editor, grid, evaluation, replication, templates, exchange by files, print, qualification map.
"""
