"""All checks of all apps together (``petajabatan periksa``), and counting B of everybody anew."""

from __future__ import annotations

import datetime as dt

from django.db import connection

from petajabatan.akun import periksa as akun
from petajabatan.anjab import periksa as anjab
from petajabatan.interop import periksa as interop
from petajabatan.inti import periksa as inti
from petajabatan.inti.jam import today
from petajabatan.inti.pekerjaan import Kemajuan
from petajabatan.inti.rantai import AUDIT, prove
from petajabatan.inti.temuan import Temuan
from petajabatan.jabatan import periksa as jabatan
from petajabatan.organisasi import periksa as organisasi
from petajabatan.pegawai import periksa as pegawai
from petajabatan.simulasi import periksa as simulasi
from petajabatan.usulan import periksa as usulan


def all_checks(hari: dt.date) -> list[inti.Cek]:
    apps = (inti, akun, organisasi, jabatan, pegawai, usulan, anjab, interop)
    guards = inti.guard_checks(app.JAGA for app in apps)
    shared = (*akun.CEK, *organisasi.CEK, *jabatan.CEK, *pegawai.checks(hari), *usulan.CEK, *interop.CEK)
    return [*simulasi.CEK, *guards, *shared]


def check_all(
    *, penuh: bool = False, contoh: int = 50, kemajuan: Kemajuan | None = None
) -> tuple[dict[str, int], list[Temuan]]:
    """Run every check inside the caller's (nationwide) scope.

    Returns how many rows break each rule (0: it holds) and a finding for the first ``contoh`` rows of each.
    What merely follows from a simulation that was interrupted is left out.
    ``penuh`` also looks at every past version, reads every stored file and proves the audit chains.
    """
    report = kemajuan or Kemajuan()
    checks = simulasi.without_consequences(cek for cek in all_checks(today()) if penuh or not cek.penuh)
    results: dict[str, int] = {}
    found: list[Temuan] = []
    for done, cek in enumerate(checks):
        report(done, len(checks) + 1, cek.kode)
        results[cek.kode], rows = inti.run_check(cek, contoh)
        found += rows
    report(len(checks), len(checks) + 1, "berkas")
    files = list(inti.check_files(penuh=penuh))
    for kode in ("berkas-hilang", "berkas-rusak"):
        results[kode] = sum(t.kode == kode for t in files)
    report(len(checks) + 1, len(checks) + 1, "berkas")
    found += files[:contoh]
    if penuh:
        proof = prove(contoh=contoh, kemajuan=report)
        results |= dict.fromkeys(AUDIT, 0) | proof.jumlah
        found += proof.temuan
    return results, found


def recompute_all() -> int:
    """Recompute B of every instansi with a map for the business day; returns how many."""
    return _recompute("SELECT DISTINCT instansi_id FROM peta_versi ORDER BY 1")


def _recompute(which: str) -> int:
    day = today()
    with connection.cursor() as cursor:
        cursor.execute(which, {"hari": day})
        ids = [row[0] for row in cursor.fetchall()]
        for instansi_id in ids:
            cursor.execute("SELECT hitung_bezetting(%s, %s)", [instansi_id, day])
    return len(ids)
