"""Reference data as the rules of a draft compare with it."""

from __future__ import annotations

import datetime as dt
import time
from collections.abc import Iterable, Mapping
from decimal import Decimal
from functools import cached_property, lru_cache

from django.db import connection

from petajabatan.inti.jam import today
from petajabatan.jabatan.data_abk import infojab_fields
from petajabatan.jabatan.queries.abk import reference_for
from petajabatan.jabatan.queries.kelas import class_tables, provisions
from petajabatan.jabatan.rules.abk.lembar import AcuanAbk
from petajabatan.jabatan.rules.evaluasi import TabelKelas
from petajabatan.jabatan.rules.kelas_nasional import Ketentuan
from petajabatan.jabatan.rules.kelengkapan import Isian
from petajabatan.organisasi.models import KEPALA_FUNGSIONAL, DasarHukum, KodeUnor
from petajabatan.referensi.models import (
    Eselon,
    Instansi,
    Jabatan,
    Jenjang,
    RentangKelas,
    UrusanPemerintahan,
    Wilayah,
)
from petajabatan.usulan.data_kebijakan import muat_kebijakan
from petajabatan.usulan.data_nama import muat_aturan_nama
from petajabatan.usulan.rules.nama import AturanNama
from petajabatan.usulan.rules.pandangan import DasarAcuan, JabatanAcuan

PLACES_KEPT = 600
"""Seconds after which the names of regions are read again."""


@lru_cache(maxsize=2)
def _name_rules(day: dt.date, _period: int) -> AturanNama:
    """The judgement of names with every word of a region's name as a place: "Sale" and "Sulang" are no typing
    errors of each other."""
    words = {
        word
        for nama in Wilayah.objects.values_list("nama", flat=True)
        for word in nama.lower().replace("-", " ").split()
        if len(word) > 2
    }
    return muat_aturan_nama(day).dengan_kata(words, "tempat")


class AcuanDb:
    """Short lists are read once (six statements), jabatan and regulations when they are asked for."""

    def __init__(self, instansi_id: int, hari: dt.date | None = None) -> None:
        day = hari or today()
        self.instansi_id = instansi_id
        self._day = day
        self.eselon: Mapping[str, int] = {
            kode: int(kode) for kode in Eselon.objects.values_list("kode", flat=True) if kode.isdigit()
        }
        self.jenjang: Mapping[str, str] = dict(Jenjang.objects.values_list("kode", "nama"))
        self.urusan: Mapping[str, str] = dict(UrusanPemerintahan.objects.values_list("kode", "nama"))
        kinds = Instansi.objects.filter(pk=instansi_id).values_list("jenis", "jenis_instansi").first()
        self._kind: tuple[str, str | None] = kinds or ("", None)
        self.rentang_kelas: Mapping[str, tuple[int, int]] = _ranges(self._kind[0], day)
        self.kebijakan: Mapping[str, Decimal] = muat_kebijakan(day)
        self.kepala_fungsional: frozenset[str] = frozenset(str(kind) for kind in KEPALA_FUNGSIONAL)
        self._jabatan: dict[int, JabatanAcuan | None] = {}
        self._dasar: dict[int, DasarAcuan | None] = {}
        self._ketentuan: dict[int | None, list[Ketentuan]] = {}

    @property
    def nama(self) -> AturanNama:
        """How names are judged, with the names of regions that have been imported."""
        return _name_rules(self._day, int(time.monotonic() // PLACES_KEPT))

    @cached_property
    def abk(self) -> AcuanAbk:
        """What ABK sheets are calculated with on this day, the rounding the instansi has chosen included."""
        return reference_for(self.instansi_id, self._day)

    @property
    def isian(self) -> tuple[Isian, ...]:
        """The fields of the form of an informasi jabatan."""
        return infojab_fields(self._day)

    def jabatan(self, ids: Iterable[int]) -> dict[int, JabatanAcuan]:
        """Jabatan of the reference list; one statement for those not asked for before."""
        wanted = set(ids)
        missing = wanted - self._jabatan.keys()
        if missing:
            self._jabatan |= dict.fromkeys(missing)
            for row in Jabatan.objects.filter(pk__in=missing).values_list(
                "id", "nama", "jenis", "jenjang_id", "aktif"
            ):
                self._jabatan[row[0]] = JabatanAcuan(row[0], row[1] or "", *row[2:])
        found = ((key, self._jabatan[key]) for key in wanted)
        return {key: row for key, row in found if row is not None}

    @cached_property
    def evaluasi(self) -> TabelKelas:
        """What factor sheets are evaluated with on this day; three statements when first asked for."""
        return class_tables(self._day)

    def kelas_nasional(self, jabatan_ids: Iterable[int]) -> list[Ketentuan]:
        """What is set nationally; one statement for jabatan not asked for before."""
        wanted = list(dict.fromkeys(jabatan_ids))
        missing = [key for key in wanted if key not in self._ketentuan]
        if missing or None not in self._ketentuan:
            tingkat, jenis = self._kind
            first = None not in self._ketentuan
            self._ketentuan |= {key: [] for key in (*missing, *([None] if first else []))}
            for row in provisions(missing, self._day, tingkat=tingkat, jenis=jenis, umum=first):
                self._ketentuan[row.jabatan_id].append(row)
        return [row for key in (*wanted, None) for row in self._ketentuan[key]]

    def dasar_hukum(self, ids: Iterable[int]) -> dict[int, DasarAcuan]:
        """Regulations of this instansi; one statement for those not asked for before."""
        wanted = set(ids)
        missing = wanted - self._dasar.keys()
        if missing:
            self._dasar |= dict.fromkeys(missing)
            for row in DasarHukum.objects.filter(pk__in=missing, instansi_id=self.instansi_id):
                self._dasar[row.pk] = DasarAcuan(row.pk, str(row), row.status, row.tahun)
        found = ((key, self._dasar[key]) for key in wanted)
        return {key: row for key, row in found if row is not None}


def _ranges(jenis: str, day: dt.date) -> dict[str, tuple[int, int]]:
    """Usual kelas per jenjang for this kind of instansi: the row that names the kind before the general one,
    the newest that holds on the day."""
    kind = "pusat" if jenis == "P" else "daerah"
    best: dict[str, tuple[tuple[bool, dt.date], tuple[int, int]]] = {}
    for row in RentangKelas.objects.filter(tingkat_instansi__in=["", kind]):
        begins = row.berlaku_dari or dt.date.min
        if begins > day or (row.berlaku_sampai is not None and row.berlaku_sampai < day):
            continue
        rank = (row.tingkat_instansi == kind, begins)
        if row.jenjang_id not in best or rank > best[row.jenjang_id][0]:
            best[row.jenjang_id] = (rank, (row.kelas_min, row.kelas_maks))
    return {jenjang: limits for jenjang, (_, limits) in best.items()}


def people_on_boxes(ids: Iterable[int]) -> dict[int, int]:
    """People who hold a seat of each box now or later, in any way; counts only. One statement."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT posisi_id, n FROM orang_pada_posisi(%s)", [list(ids)])
        return dict(cursor.fetchall())


def people_without_box(instansi_id: int, ids: Iterable[int]) -> dict[int, int]:
    """People on each unit itself without a box; counts only. One statement."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT unor_id, n FROM orang_tanpa_posisi(%s, %s)", [instansi_id, list(ids)])
        return dict(cursor.fetchall())


def b_of_boxes(ids: Iterable[int]) -> dict[int, int]:
    """B of boxes by policy, persons (0 left out). One statement."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT posisi_id, b FROM bezetting_posisi WHERE posisi_id = ANY(%s) AND b > 0", [list(ids)]
        )
        return dict(cursor.fetchall())


def code_holders(jenis: str, kode: str) -> list[tuple[int, int, str, str]]:
    """Units that hold an external code now: id, instansi, name, name of the instansi. One statement."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT k.unor_id, k.instansi_id, coalesce(u.nama, ''), i.nama FROM kode_unor k"
            " JOIN instansi i ON i.id = k.instansi_id LEFT JOIN unor_kini u ON u.unor_id = k.unor_id"
            " WHERE k.jenis = %s AND k.kode = %s AND k.aktif",
            [jenis, kode],
        )
        return cursor.fetchall()


def codes_of_units(instansi_id: int, ids: Iterable[int]) -> dict[int, frozenset[str]]:
    """Kinds of active external code of each unit. One statement."""
    found: dict[int, set[str]] = {}
    rows = KodeUnor.objects.filter(instansi_id=instansi_id, unor_id__in=list(ids), aktif=True)
    for unor_id, jenis in rows.values_list("unor_id", "jenis"):
        found.setdefault(unor_id, set()).add(jenis)
    return {key: frozenset(kinds) for key, kinds in found.items()}
