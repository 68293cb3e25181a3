"""Completeness of an instansi's map as findings: what is missing before it can be relied on. Missing is not
zero: a box without K is counted here and nowhere else."""

from __future__ import annotations

from django.utils.translation import gettext as _

from petajabatan.inti.simpanan import kept
from petajabatan.inti.temuan import Temuan
from petajabatan.jabatan.queries.peta import fetch
from petajabatan.organisasi.models import SELAMANYA
from petajabatan.web.tautan import link
from petajabatan.web.templatetags.format import angka

_MAP = """SELECT p.tanpa_k, p.tanpa_kelas,
  (SELECT count(*) FROM unor_riwayat u WHERE u.instansi_id = %(i)s AND u.hingga = %(h)s
    AND u.jenis <> 'kelompok' AND NOT EXISTS (SELECT FROM posisi_riwayat p WHERE p.unor_id = u.unor_id
      AND p.hingga = %(h)s AND p.kepala)),
  (SELECT count(*) FROM unor_riwayat WHERE instansi_id = %(i)s AND hingga = %(h)s AND dasar_hukum_id IS NULL)
FROM (SELECT count(*) FILTER (WHERE k IS NULL) AS tanpa_k,
    count(*) FILTER (WHERE kelas IS NULL) AS tanpa_kelas
  FROM posisi_riwayat WHERE instansi_id = %(i)s AND hingga = %(h)s) p"""
_PEOPLE = "SELECT coalesce(max(tanpa_posisi_bawah), 0) FROM bezetting_unor WHERE instansi_id = %(i)s"


def completeness(
    instansi_id: int, versi: int, *, lewat_usulan: bool = False, lihat_orang: bool = False
) -> list[Temuan]:
    """Findings about the live map (version ``versi``), the gravest first; empty when nothing is missing. The
    map is counted once per version.

    ``lewat_usulan``: the map changes by usulan, and what is missing is added that way. ``lihat_orang``: the
    reader has the list of all people, where those without a box are shown by name.
    """
    params = {"i": instansi_id, "h": SELAMANYA}
    no_k, no_class, no_head, no_law = kept(
        f"kelengkapan:{instansi_id}:{versi}", lambda: fetch(_MAP, params)[0]
    )
    ((no_box,),) = fetch(_PEOPLE, params)
    map_url = link("peta:instansi", instansi_id)
    people_url = f"{link('pegawai:daftar', instansi_id)}?penempatan=tanpa-kotak" if lihat_orang else map_url
    law_url = link("organisasi:dasar-hukum", instansi_id)
    found = [
        (
            no_head,
            "unit-tanpa-kepala",
            _("%s unit tidak mempunyai kotak pimpinan."),
            _("Tambahkan kotak pimpinannya lewat usulan.")
            if lewat_usulan
            else _("Tambahkan kotak pimpinan pada templat XLSX, lalu impor ulang unor."),
            map_url,
        ),
        (
            no_k,
            "posisi-tanpa-k",
            _("%s kotak jabatan belum mempunyai kebutuhan (K)."),
            _("Isi K menurut hasil analisis beban kerja lewat usulan.")
            if lewat_usulan
            else _("Isi K menurut hasil analisis beban kerja, lalu impor ulang."),
            map_url,
        ),
        (
            no_class,
            "posisi-tanpa-kelas",
            _("%s kotak jabatan belum mempunyai kelas jabatan."),
            _("Isi kelas menurut hasil evaluasi jabatan lewat usulan.")
            if lewat_usulan
            else _("Isi kelas menurut hasil evaluasi jabatan, lalu impor ulang."),
            map_url,
        ),
        (
            no_box,
            "pegawai-tanpa-kotak",
            _("%s pegawai duduk pada unit tanpa kotak jabatan yang cocok; mereka tidak masuk B."),
            _("Cocokkan jabatannya pada temuan impor pegawai, atau tambahkan kotaknya pada peta."),
            people_url,
        ),
        (
            no_law,
            "unit-tanpa-dasar-hukum",
            _("%s unit belum dikaitkan dengan dasar hukum."),
            _("Catat peraturan SOTK-nya, lalu kaitkan dengan unitnya."),
            law_url,
        ),
    ]
    return [
        Temuan(
            kode,
            "catatan" if kode == "unit-tanpa-dasar-hukum" else "peringatan",
            text % angka(n),
            remedy,
            tautan=url,
        )
        for n, kode, text, remedy, url in found
        if n
    ]
