"""Peta Jabatan: the verified map of government organisations (units, posts, needs, incumbents)."""

__version__ = "0.1.0"
