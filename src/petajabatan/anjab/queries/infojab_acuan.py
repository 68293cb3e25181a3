"""References that requirements of a jabatan are bound to: education, training, certificates, legal basis."""

from __future__ import annotations

from typing import Any

from django.db.models import Q

from petajabatan.anjab.rules.infojab_bentuk import ACUAN
from petajabatan.organisasi.models import DasarHukum
from petajabatan.referensi.katalog import DAFTAR
from petajabatan.referensi.models import Diklat, Pendidikan
from petajabatan.referensi.queries.pencarian import search_rows

HASIL = 12
_DIKLAT = {
    "diklat_kepemimpinan": Q(jenis="struktural") | Q(golongan="P"),
    "diklat_fungsional": Q(golongan="F") | Q(golongan=None) & ~Q(jenis="struktural"),
    "diklat_teknis": ~Q(jenis="struktural"),
}
"""Which trainings belong to a field; SIASN tells T(eknis), P(enjenjangan), F(ungsional) for some."""


def search_reference(isian: str, teks: str, instansi_id: int) -> list[dict[str, Any]]:
    """Candidates for one field: id, name, and a word that tells equal names apart. [] for a field without a
    reference or a text shorter than two letters."""
    text = " ".join(teks.replace("\x00", " ").split())[:100]
    daftar = ACUAN.get(isian)
    if daftar is None or len(text) < 2:
        return []
    if daftar == "dasar-hukum":
        return _laws(text, instansi_id)
    entry = DAFTAR[daftar]
    rows = entry.rows().filter(aktif=True)
    if daftar == "diklat":
        rows = rows.filter(_DIKLAT[isian])
    ranked = [pk for pk, _score in search_rows(entry, rows, text, HASIL)]
    found = entry.rows().in_bulk(ranked)
    return [_hit(found[pk]) for pk in ranked if pk in found]


def _hit(row: Any) -> dict[str, Any]:
    hit = {"id": row.pk, "nama": row.nama or "", "jalur": "", "tingkat": ""}
    if isinstance(row, Pendidikan):
        hit["tingkat"] = hit["jalur"] = row.tingkat.nama if row.tingkat is not None else ""
    elif isinstance(row, Diklat):
        hit["jalur"] = {"struktural": "Latihan struktural", "kursus": "Kursus"}.get(row.jenis, "Jenis diklat")
    else:
        hit["jalur"] = getattr(row, "lembaga", None) or ""
    return hit


def _laws(text: str, instansi_id: int) -> list[dict[str, Any]]:
    words = text.split()[:6]
    where = Q(instansi_id=instansi_id)
    for word in words:
        where &= (
            Q(jenis__icontains=word) | Q(nomor__icontains=word) | Q(tentang__icontains=word)
            | (Q(tahun=int(word)) if word.isdecimal() and len(word) == 4 else Q(pk=None))
        )  # fmt: skip
    return [
        {
            "id": law.pk,
            "nama": f"{law} tentang {law.tentang}"[:250],
            "jalur": law.get_status_display(),
            "tingkat": "",
        }
        for law in DasarHukum.objects.filter(where).order_by("-tahun", "id")[:HASIL]
    ]
