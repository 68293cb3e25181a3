"""Informasi jabatan on paper: PDF (typst), DOCX and XLSX in the printed order of the 17 sections."""
