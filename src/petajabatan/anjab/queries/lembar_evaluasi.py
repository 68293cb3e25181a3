"""One factor sheet in a draft, with everything its page shows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.http import Http404

from petajabatan.anjab.queries.infojab_peta import Sudut
from petajabatan.inti.temuan import Temuan
from petajabatan.jabatan.models import IsianRiwayat
from petajabatan.jabatan.queries.peta import fetch
from petajabatan.jabatan.rules.abk.sebab import Langkah
from petajabatan.jabatan.rules.beda import IsiPosisi
from petajabatan.jabatan.rules.evaluasi import (
    HasilEvaluasi,
    KelasNasional,
    check_national,
    check_range,
    explain_class,
)
from petajabatan.jabatan.rules.isian import isian_id
from petajabatan.jabatan.rules.lembar_evaluasi import evaluate_stored, exception_of
from petajabatan.organisasi.models import PetaVersi
from petajabatan.usulan.models import Dokumen, Operasi, Usulan
from petajabatan.usulan.queries.isian import BagianDraf, sections_of
from petajabatan.usulan.queries.pandangan import PandanganDraf
from petajabatan.usulan.rules.cek.istilah import jenjang_pimpinan
from petajabatan.usulan.rules.kelas import national_of
from petajabatan.usulan.rules.pandangan import muat_jalur, tempat, unor_of

RIWAYAT_MAKS = 60
KOTAK_MAKS = 50
"""Boxes a page lists; how many there are is told."""
# The first boxes that the sheet serves, and one box of each kind that findings may differ for, with the
# number of those alike.
_SERVED = """WITH d AS MATERIALIZED (
  SELECT r.posisi_id, r.jenis, r.jabatan_id, r.jenjang_id AS jenjang,
    CASE WHEN r.kepala AND r.jenis = 'struktural' THEN r.unor_id END AS pimpin
  FROM posisi_riwayat r WHERE r.infojab_id = %(infojab)s AND r.instansi_id = %(instansi)s
    AND r.sejak <= %(versi)s AND r.hingga > %(versi)s AND NOT EXISTS (
      SELECT FROM usulan_posisi o WHERE o.usulan_id = %(usulan)s AND o.posisi_id = r.posisi_id)
  UNION ALL
  SELECT o.posisi_id, s.jenis, s.jabatan_id, s.jenjang,
    CASE WHEN s.kepala AND s.jenis = 'struktural' THEN o.unor_baru END
  FROM usulan_posisi o
  CROSS JOIN LATERAL jsonb_to_record(o.sesudah) AS s(jenis text, jabatan_id int, jenjang text, kepala bool)
  WHERE o.usulan_id = %(usulan)s AND o.infojab_baru = %(infojab)s
)
SELECT min(d.posisi_id), count(*)::int FROM d
LEFT JOIN usulan_unor o ON o.usulan_id = %(usulan)s AND o.unor_id = d.pimpin
LEFT JOIN unor_riwayat r ON r.unor_id = d.pimpin AND r.instansi_id = %(instansi)s
  AND r.sejak <= %(versi)s AND r.hingga > %(versi)s
GROUP BY d.jenis, d.jabatan_id, d.jenjang, d.pimpin IS NULL,
  CASE WHEN o.id IS NULL THEN r.eselon_id ELSE o.sesudah->>'eselon' END
UNION ALL (SELECT posisi_id, 0 FROM d ORDER BY posisi_id LIMIT %(maks)s)"""


@dataclass(frozen=True)
class KotakLembar:
    """A box that the sheet serves."""

    isi: IsiPosisi
    kelas_terbit: int | None
    unit: str
    tempat: str
    nasional: KelasNasional | None


@dataclass(frozen=True)
class LembarDraf:
    """The sheet, evaluated; ``kotak`` are the first of the ``banyak`` boxes it serves, ``temuan`` is what its
    page has to say about it."""

    usulan: Usulan
    infojab_id: int
    nama: str
    jenis: str
    bagian: BagianDraf | None
    kotak: tuple[KotakLembar, ...]
    banyak: int
    nasional: KelasNasional | None
    hasil: HasilEvaluasi
    langkah: tuple[Langkah, ...]
    temuan: tuple[Temuan, ...]

    @property
    def isi(self) -> dict[str, Any]:
        return (self.bagian.isi if self.bagian else None) or {}

    @property
    def status(self) -> str:
        """'' while nothing is written."""
        return self.isi.get("status", "diisi") if self.isi else ""


def sheet_in_draft(usulan: Usulan, infojab_id: int, maks: int = KOTAK_MAKS) -> LembarDraf:
    """With its first ``maks`` boxes. The number of statements does not depend on the map. Raises Http404 when
    nothing refers to it."""
    view = PandanganDraf(usulan)
    params = Sudut(usulan.instansi_id, usulan.dasar_versi, usulan).params
    served = fetch(_SERVED, params | {"infojab": infojab_id, "maks": maks})
    if not served:
        raise Http404("Informasi jabatan itu tidak dirujuk jabatan mana pun pada usulan ini.")
    states = view.keadaan("posisi", {row[0] for row in served})
    boxes = {key: state.isi for key, state in states.items() if isinstance(state.isi, IsiPosisi)}
    shown = [boxes[key] for key, alike in served if not alike]
    muat_jalur(view, [box.unor_id for box in shown])
    old = view.terbit("posisi", [box.id for box in shown])
    kotak = tuple(_box(view, box, old.get(box.id)) for box in shown)
    kinds = [(boxes[key], national_of(view, boxes[key])) for key, alike in sorted(served) if alike]
    sections = sections_of(usulan, [infojab_id]).get(infojab_id, {})
    part = sections.get("evaluasi")
    isi = part.isi if part else None
    first = shown[0]
    tables = view.acuan.evaluasi
    result = evaluate_stored(isi, first.jenis, tables)
    found = list(result.temuan) if isi else []
    if result.kelas is not None:
        found += about_class(view, kinds, isi, result.kelas, usulan)
    identity = sections.get("identitas")
    return LembarDraf(
        usulan,
        infojab_id,
        ((identity.isi if identity else None) or {}).get("nama_jabatan") or first.nama,
        first.jenis,
        part,
        kotak,
        sum(alike for _, alike in served),
        next((national for _, national in kinds if national), None),
        result,
        explain_class(result, tables),
        tuple(found),
    )


def _box(view: PandanganDraf, box: IsiPosisi, old: Any) -> KotakLembar:
    unit = unor_of(view, box.unor_id)
    return KotakLembar(
        box, old.kelas if isinstance(old, IsiPosisi) else None, unit.nama if unit else "",
        tempat(view, box.unor_id), national_of(view, box),
    )  # fmt: skip


def about_class(
    view: PandanganDraf,
    kinds: Sequence[tuple[IsiPosisi, KelasNasional | None]],
    isi: Any,
    kelas: int,
    usulan: Usulan,
) -> list[Temuan]:
    """Usual range of the jenjang and national class, each said once; ``kinds``: a box of each kind that is
    served, with what is set nationally for it."""
    tingkat = "pusat" if usulan.instansi.jenis == "P" else "daerah"
    found: dict[tuple[str, str], Temuan] = {}
    for box, national in kinds:
        jenjang = _jenjang(view, box)
        usual = check_range(kelas, jenjang, tingkat, view.acuan.evaluasi) if jenjang else None
        said = check_national(kelas, box.jenis, national, exception_of(isi))
        for t in (*([usual] if usual else []), *said):
            found.setdefault((t.kode, t.kalimat), t)
    return list(found.values())


def _jenjang(view: PandanganDraf, box: IsiPosisi) -> str | None:
    if box.jenis == "struktural":
        unit = unor_of(view, box.unor_id)
        return jenjang_pimpinan(view.acuan, unit) if unit is not None and box.kepala else None
    ref = view.acuan.jabatan([box.jabatan_id]).get(box.jabatan_id) if box.jabatan_id is not None else None
    own = box.jenjang or (ref.jenjang if ref else None)
    return own or ("PELAKSANA" if box.jenis == "pelaksana" else None)


@dataclass(frozen=True)
class Peristiwa:
    """Something that happened to a sheet; ``kali``: so many writings of one person in a row are one event."""

    judul: str
    oleh: str
    pada: Any
    catatan: str = ""
    kali: int = 1
    diurungkan: bool = False


def history_of(usulan: Usulan, infojab_id: int) -> list[Peristiwa]:
    """What happened to the sheet in this draft, the last first. One statement."""
    rows = (
        Operasi.objects.filter(usulan=usulan, isi__infojab_id=infojab_id)
        .filter(jenis__in=("tulis-isian", "putuskan-evaluasi"))
        .order_by("-nomor")
        .values_list("jenis", "isi__bagian", "isi__putusan", "isi__catatan", "oleh", "pada", "aktif")
    )
    found: list[Peristiwa] = []
    for jenis, bagian, putusan, catatan, oleh, pada, aktif in rows[: RIWAYAT_MAKS * 5]:
        if jenis == "tulis-isian" and bagian != "evaluasi":
            continue
        judul = {"divalidasi": "Divalidasi", "dikembalikan": "Dikembalikan"}.get(putusan or "", "Ditulis")
        last = found[-1] if found else None
        if (
            judul == "Ditulis"
            and last
            and (last.judul, last.oleh, last.diurungkan) == (judul, oleh, not aktif)
        ):
            found[-1] = Peristiwa(judul, oleh, last.pada, "", last.kali + 1, not aktif)
            continue
        found.append(Peristiwa(judul, oleh, pada, catatan or "", 1, not aktif))
    return found[:RIWAYAT_MAKS]


def published_history(instansi_id: int, infojab_id: int) -> list[tuple[PetaVersi | None, dict[str, Any]]]:
    """The sheet in each published version that changed it, the last first. Two statements."""
    rows = list(
        IsianRiwayat.objects.filter(
            isian_id=isian_id("evaluasi", infojab_id=infojab_id), instansi_id=instansi_id
        ).order_by("-sejak")
    )
    versions = PetaVersi.objects.filter(instansi_id=instansi_id, nomor__in=[row.sejak for row in rows])
    by_number = {version.nomor: version for version in versions}
    return [(by_number.get(row.sejak), row.isi) for row in rows]


def recommendations(usulan: Usulan) -> list[Dokumen]:
    """Documents of the usulan that may be named as the pembina's recommendation. One statement."""
    return list(
        Dokumen.objects.filter(usulan=usulan, ditarik_pada=None).select_related("berkas").order_by("id")
    )
