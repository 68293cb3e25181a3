"""File → temporary staging table → set-based validation → one upsert per list.

``spek`` says what a list is; ``siasn``, ``dataset``, ``wilayah``, ``unit``, ``aturan`` and ``bawaan`` describe the
known files; ``berkas`` reads them, ``mesin`` carries one file through, ``laporan`` is what comes out.
"""
