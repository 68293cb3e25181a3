"""Tables of analisis jabatan."""

from petajabatan.anjab.models.templat import TemplatPembina, TemplatUnor, TemplatVersi

__all__ = ["TemplatPembina", "TemplatUnor", "TemplatVersi"]
