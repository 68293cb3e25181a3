"""Posisi on a unit with kelas and K, the published map as one whole, its totals, difference and drawing.
Numbers about people come from the app pegawai.
"""
