"""Commands that change the map. Every one of them writes a whole version in one transaction."""

from petajabatan.jabatan.services.terbit import publish_map

__all__ = ["publish_map"]
