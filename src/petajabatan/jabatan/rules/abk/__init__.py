"""Analisis beban kerja (ABK): from rows of work to K, the persons a jabatan needs.

Pure. Chapters: ``angka`` (exact numbers and how they are written), ``waktu`` (working time), ``bulat``
(rounding policies), ``hitung`` (rows to K), ``sebab`` (why this number), ``efisiensi`` (EJ, PEJ, EU, PU and
recaps), ``sebaran`` (norm times that stand out), ``awas`` (hints for a verifier), ``baca`` and ``tabel``
(reading what people paste). The figures are dated data: ``jabatan.data_abk``. Told in docs/abk.md.
"""
