"""The map on paper and in spreadsheets: PDF (typst) and XLSX (XlsxWriter).

It lives with ``pegawai`` because a printed map carries B beside K.
"""
