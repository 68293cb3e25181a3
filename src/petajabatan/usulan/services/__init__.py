"""Commands on an usulan. Every one is one transaction and takes one Actor."""

from petajabatan.usulan.services.draf import add_operations, create_usulan, redo, undo
from petajabatan.usulan.services.penyunting import HasilEdit

__all__ = ["HasilEdit", "add_operations", "create_usulan", "redo", "undo"]
