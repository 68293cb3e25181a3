"""What must hold for the change feed."""

from __future__ import annotations

from petajabatan.inti.periksa import Cek, Jaga

JAGA = Jaga(
    pemicu={"peta_versi": ("z_umpan",), "umpan": ("umpan_tetap",)}, tembok=("webhook", "webhook_kiriman")
)

CEK = [
    Cek(
        "umpan-bolong",
        "Nomor umpan perubahan tidak berurutan tanpa celah; pembaca dapat melewatkan perubahan.",
        "Pulihkan tabel umpan dari cadangan.",
        "SELECT 'nomor ' || nomor, 'sebelumnya ' || coalesce(lalu, 0) FROM (SELECT nomor,"
        " lag(nomor) OVER (ORDER BY nomor) AS lalu FROM umpan) AS u WHERE nomor <> coalesce(lalu, 0) + 1",
    ),
    Cek(
        "umpan-tanpa-versi",
        "Versi peta yang ditetapkan tidak tercatat dalam umpan perubahan.",
        "Jalankan sebagai pemilik basis data: SELECT tulis_umpan(instansi, versi).",
        "SELECT 'instansi ' || v.instansi_id, 'versi ' || v.nomor FROM peta_versi v WHERE NOT EXISTS ("
        "SELECT FROM umpan u WHERE u.instansi_id = v.instansi_id AND u.versi = v.nomor AND u.objek = 'peta')",
    ),
]
