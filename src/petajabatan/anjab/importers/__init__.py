"""Files of informasi jabatan (workbook, JSON, common local layouts): into rows with findings, and back."""
