"""Reads of analisis jabatan for pages and API."""
