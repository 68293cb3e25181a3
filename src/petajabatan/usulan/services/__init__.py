"""Commands on an usulan. Every one is one transaction and takes one Actor."""

from petajabatan.usulan.services.draf import HasilEdit, add_operations, create_usulan, redo, undo

__all__ = ["HasilEdit", "add_operations", "create_usulan", "redo", "undo"]
