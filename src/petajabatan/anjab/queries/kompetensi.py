"""Reading the dictionary of competencies and the standards of jabatan."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Q

from petajabatan.anjab.queries.evaluasi import groups_of, jabatan_names
from petajabatan.anjab.queries.infojab_peta import Sudut
from petajabatan.anjab.rules.banding_kelas import Kelompok
from petajabatan.anjab.rules.kompetensi import LEVEL, KompetensiKamus, key_of
from petajabatan.inti.jam import today
from petajabatan.jabatan.models import BarisStandar, StandarKompetensi
from petajabatan.jabatan.queries import last_version
from petajabatan.referensi.models import KamusKompetensi, LevelKompetensi

URUT_JENIS = ("manajerial", "sosio-kultural", "teknis")


@dataclass(frozen=True)
class LevelKamus:
    """A level of a competency; texts are None where no source gives them."""

    level: int
    uraian: str | None = None
    indikator: str | None = None
    sumber: str = ""
    oleh: str = ""


@dataclass(frozen=True)
class EntriKamus:
    """A competency with all five levels."""

    id: int
    kode: str
    jenis: str
    nama: str
    definisi: str | None
    sumber: str
    level: tuple[LevelKamus, ...]

    @property
    def terisi(self) -> int:
        """Levels whose text a source gives."""
        return sum(row.uraian is not None for row in self.level)


def dictionary(*, jenis: str = "", q: str = "", ids: Iterable[int] | None = None) -> list[EntriKamus]:
    """The competencies in use, manajerial first. Two statements."""
    rows = KamusKompetensi.objects.filter(aktif=True)
    if jenis:
        rows = rows.filter(jenis=jenis)
    if q:
        rows = rows.filter(Q(nama__icontains=q) | Q(kode__icontains=q))
    if ids is not None:
        rows = KamusKompetensi.objects.filter(pk__in=list(ids))
    found = sorted(rows, key=lambda r: (URUT_JENIS.index(r.jenis), r.urutan, r.nama, r.pk))
    texts: dict[tuple[int, int], LevelKamus] = {
        (row.kompetensi_id, row.level): LevelKamus(
            row.level, row.uraian, row.indikator, row.sumber, row.diubah_oleh
        )
        for row in LevelKompetensi.objects.filter(kompetensi__in=[r.pk for r in found])
    }
    return [
        EntriKamus(
            r.pk, r.kode, r.jenis, r.nama, r.definisi, r.sumber,
            tuple(texts.get((r.pk, level), LevelKamus(level)) for level in LEVEL),
        )
        for r in found
    ]  # fmt: skip


def short_dictionary() -> dict[int, KompetensiKamus]:
    """Id, code, kind and name of every competency in use, in order. One statement."""
    rows = KamusKompetensi.objects.filter(aktif=True).values_list("id", "kode", "jenis", "nama", "urutan")
    ordered = sorted(rows, key=lambda r: (URUT_JENIS.index(r[2]), r[4], r[3], r[0]))
    return {row[0]: KompetensiKamus(*row[:4]) for row in ordered}


@dataclass(frozen=True)
class JabatanStandar:
    """A jabatan on the instansi's map: how many boxes, the edition in force and one being written."""

    kunci: str
    jabatan_id: int | None
    nama: str
    jenis: str
    kotak: int
    berlaku: StandarKompetensi | None = None
    draf: StandarKompetensi | None = None


def posts_with_standards(instansi_id: int, hari: dt.date | None = None) -> list[JabatanStandar]:
    """Every jabatan of the last version. Five statements with the clock's where its boxes are counted."""
    day = hari or today()
    now: dict[str, StandarKompetensi] = {}
    drafts: dict[str, StandarKompetensi] = {}
    for row in StandarKompetensi.objects.filter(instansi_id=instansi_id, status__in=["draf", "divalidasi"]):
        if row.status == "draf":
            drafts[row.kunci] = row
        elif row.berlaku_dari <= day and (row.berlaku_hingga is None or day <= row.berlaku_hingga):
            now[row.kunci] = row
    found = []
    for jabatan_id, nama, jenis, n in _posts(instansi_id):
        kunci = key_of(jabatan_id, nama)
        found.append(JabatanStandar(kunci, jabatan_id, nama, jenis, n, now.get(kunci), drafts.get(kunci)))
    return found


def _posts(instansi_id: int) -> list[tuple[int | None, str, str, int]]:
    """Id, name, kind and number of boxes of every jabatan of the last version, by name; those without an id
    by their name alone."""
    last = last_version(instansi_id)
    if last is None:
        return []
    alike: dict[tuple[int | None, str], list[Kelompok]] = {}
    for group in groups_of(Sudut(instansi_id, last.nomor)):
        key = (group.jabatan_id, "" if group.jabatan_id is not None else group.nama.lower())
        alike.setdefault(key, []).append(group)
    names = jabatan_names({jabatan_id for jabatan_id, _ in alike if jabatan_id is not None})
    rows = [
        (
            jabatan_id,
            names.get(jabatan_id or 0) or min(group.nama for group in groups),
            min(group.jenis for group in groups),
            sum(group.kotak for group in groups),
        )
        for (jabatan_id, _), groups in alike.items()
    ]
    return sorted(rows, key=lambda row: (row[1].upper(), row[0] is None, row[0] or 0))


@dataclass(frozen=True)
class IsiStandar:
    """An edition with its rows, in the order of the dictionary."""

    standar: StandarKompetensi
    baris: tuple[dict[str, Any], ...]


def with_rows(standards: Iterable[StandarKompetensi]) -> list[IsiStandar]:
    """Editions with the competencies they ask for and the text of the level. Three statements."""
    held = list(standards)
    rows = list(
        BarisStandar.objects.filter(standar__in=held, level__isnull=False).select_related("kompetensi")
    )
    texts = {
        (entry.id, level.level): level
        for entry in dictionary(ids={row.kompetensi_id for row in rows})
        for level in entry.level
    }
    by_standard: dict[int, list[dict[str, Any]]] = {}
    order = sorted(
        rows, key=lambda r: (URUT_JENIS.index(r.kompetensi.jenis), r.kompetensi.urutan, r.kompetensi.nama)
    )
    for row in order:
        by_standard.setdefault(row.standar_id, []).append(
            {
                "kompetensi_id": row.kompetensi_id,
                "kode": row.kompetensi.kode,
                "jenis": row.kompetensi.jenis,
                "nama": row.kompetensi.nama,
                "level": row.level,
                "uraian_level": texts[row.kompetensi_id, row.level or 1].uraian,
                "indikator": row.indikator,
            }
        )
    return [IsiStandar(row, tuple(by_standard.get(row.pk, ()))) for row in held]


def standards_in_force(instansi_id: int, kunci: Iterable[str], hari: dt.date) -> list[IsiStandar]:
    """The validated editions of these jabatan (``rules.kompetensi.key_of``) on a day. Four statements."""
    rows = StandarKompetensi.objects.filter(
        Q(berlaku_hingga=None) | Q(berlaku_hingga__gte=hari),
        instansi_id=instansi_id, kunci__in=list(kunci), status="divalidasi", berlaku_dari__lte=hari,
    ).order_by("nama", "pk")  # fmt: skip
    return with_rows(rows)


def standards_for_boxes(
    instansi_id: int, boxes: Iterable[tuple[int | None, str]], hari: dt.date | None = None
) -> list[IsiStandar]:
    """What ``anjab/_standar_kompetensi.html`` shows beside an informasi jabatan: the editions in force for
    the (jabatan id, name) of the boxes it serves."""
    keys = {key_of(jabatan_id, nama) for jabatan_id, nama in boxes}
    return standards_in_force(instansi_id, keys, hari or today())
