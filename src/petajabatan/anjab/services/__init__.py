"""Commands of analisis jabatan: each composes operations of an usulan."""
