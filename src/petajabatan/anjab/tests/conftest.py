"""The small map of the usulan tests, with people who write informasi jabatan."""

from __future__ import annotations

from petajabatan.usulan.tests.conftest import peta

__all__ = ["peta"]
