"""Pure rules of analisis jabatan: what is compared, matched and suggested."""
