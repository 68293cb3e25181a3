"""The edit of one request while it is made: operations become steps, steps become rows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import connection
from django.utils import timezone
from pydantic import ValidationError

from petajabatan.inti.actor import Actor
from petajabatan.inti.kata_nilai import language, sentence_of
from petajabatan.inti.temuan import Ditolak, Temuan, refuse
from petajabatan.jabatan.queries.peta import fetch
from petajabatan.jabatan.rules.beda import IsiPosisi
from petajabatan.jabatan.rules.isian import BAGIAN, IsiIsian, isian_of
from petajabatan.jabatan.services.siapkan import reserve_ids
from petajabatan.usulan.models import Operasi, Usulan, UsulanIsian, UsulanPosisi, UsulanUnor
from petajabatan.usulan.queries.acuan import b_of_boxes
from petajabatan.usulan.queries.pandangan import PandanganDraf
from petajabatan.usulan.rules.majemuk import urai
from petajabatan.usulan.rules.objek import Keadaan, Objek, Perubahan, perubahan_to_json, rangkum
from petajabatan.usulan.rules.operasi import JUDUL, parse_operasi
from petajabatan.usulan.rules.pandangan import jalur, kotak_pada, posisi_of
from petajabatan.usulan.rules.ringkas import ringkas
from petajabatan.usulan.rules.terapkan import terapkan
from petajabatan.usulan.rules.total import NOL, Selisih, contributions, deltas, moved_units
from petajabatan.usulan.services.persetujuan import back_to_draft_on_edit, void_approvals
from petajabatan.usulan.services.simpan import (
    refresh_findings,
    store_objects,
    store_operations,
    store_totals,
)

SUBTREE_TOTALS = """SELECT i.unor_id, coalesce(t.k, 0) + coalesce(d.k, 0),
  coalesce(b.b, 0) + coalesce(d.b, 0),
  coalesce(t.n_posisi, 0) + coalesce(d.n_posisi, 0), coalesce(t.n_unor, 0) + coalesce(d.n_unor, 0)
FROM unnest(%(ids)s::bigint[]) AS i(unor_id)
LEFT JOIN unor_total_riwayat t ON t.unor_id = i.unor_id AND t.sejak <= %(versi)s AND t.hingga > %(versi)s
LEFT JOIN bezetting_unor b ON b.unor_id = i.unor_id
LEFT JOIN usulan_total d ON d.usulan_id = %(usulan)s AND d.unor_id = i.unor_id"""
_CHANGED_SINCE = """SELECT DISTINCT ON (kunci) (e->>0) || (e->>1) AS kunci,
  coalesce(e->4->>'nama', e->2->>'nama', ''), o.oleh, o.jenis
FROM usulan_operasi o CROSS JOIN LATERAL jsonb_array_elements(o.perubahan) e
WHERE o.usulan_id = %(usulan)s AND o.kelompok > %(revisi)s AND (e->>0) || (e->>1) = ANY(%(kunci)s)
ORDER BY kunci, o.nomor DESC"""

_CARA = {"batal": " yang mengurungkan perubahan sebelumnya", "ulang": " yang mengulangi perubahan"}
"""How somebody changed an object without writing anything new."""


BANYAK_ID = 512
"""Ids reserved in one statement at most; those not used leave a gap, which means nothing."""
_BARU = {"tambah-unor": "unor", "tambah-posisi": "posisi", "ganti-nama": "unor", "buat-infojab": "infojab"}
"""Operations that bring a new object in, and its kind."""


@dataclass
class HasilEdit:
    """What an edit did. ``revisi`` is the draft's new revision; ``id_baru`` gives the real id for every
    placeholder (or new object) of the request; ``temuan`` what the edit itself has to say (warnings);
    ``disentuh`` the touched objects; ``diulang`` True when this very request had been carried out before."""

    usulan: Usulan
    revisi: int
    nomor: list[int] = field(default_factory=list)
    id_baru: dict[int, int] = field(default_factory=dict)
    temuan: list[Temuan] = field(default_factory=list)
    perubahan: list[Perubahan] = field(default_factory=list)
    total: dict[int, Selisih] = field(default_factory=dict)
    diulang: bool = False


class Penyunting:
    """One request's edit while it is made."""

    def __init__(
        self,
        actor: Actor,
        usulan: Usulan,
        *,
        penuh: bool = False,
        dasar_hukum_id: int | None = None,
        pasal: str = "",
    ) -> None:
        """``dasar_hukum_id`` and ``pasal``: what new units stand on whose operation does not say."""
        self.actor, self.usulan = actor, usulan
        self._basis = {"dasar_hukum_id": dasar_hukum_id, "pasal": pasal[:60]}
        self.view = PandanganDraf(usulan)
        if penuh:
            self.view.load_all()
        self.rows: list[Operasi] = []
        self.steps: list[Perubahan] = []
        self.amounts: dict[int, Selisih] = {}
        self.found: list[Temuan] = []
        self.ids: dict[int, int] = {}
        self._b: dict[int, int] = {}
        self._pool: dict[str, list[int]] = {}
        self._made: set[tuple[str, int]] = set()
        last = (
            Operasi.objects.filter(usulan=usulan).order_by("-nomor").values_list("nomor", "kelompok").first()
        )
        self.nomor, self.kelompok = (last[0], last[1] + 1) if last else (0, 1)

    def id_baru(self, jenis: str) -> int:
        """The id of a new unor, posisi or infojab. Of many, ids are reserved in growing batches."""
        pool = self._pool.setdefault(jenis, [])
        if not pool:
            given = sum(kind == jenis for kind, _ in self._made)
            pool += reversed(reserve_ids(jenis, min(max(1, given), BANYAK_ID)))
        key = pool.pop()
        self._made.add((jenis, key))
        self.view.born(jenis, key)
        return key

    def carry_out(self, raw: Any, number: int) -> None:
        """One operation of the request and its parts. Raises Ditolak with its number as the row."""
        whole = self._signed(self._with_basis(self._real_ids(_parsed(raw, number))))
        parts = 0
        for part in urai(self.view, whole, self.id_baru):
            result = terapkan(self.view, part)
            if result.ditolak:
                raise Ditolak([_at(t, number) for t in result.temuan])
            self.found += [_at(t, number) for t in result.temuan]
            self._within_branch(result.perubahan, number)
            sentence = ringkas(self.view, part)
            self.take(result.perubahan)
            if part.jenis == "tambah-unor" and part.kode is not None:
                self.view.take_code(part.id, part.kode.jenis, part.kode.kode)
            self.record(part.jenis, part.aturan, part.model_dump(mode="json"), result.perubahan, sentence)
            parts += 1
        if not parts:
            refuse(
                "tanpa-akibat",
                f"{JUDUL[whole.jenis]} ini tidak memindahkan apa pun.",
                "Pilih tujuan yang lain dari unit asalnya.",
                kolom="menjadi" if whole.jenis == "gabung-unor" else "",
                baris=number,
            )

    def _with_basis(self, whole: Any) -> Any:
        """A new unit stands on the legal basis of the request, unless the operation names its own."""
        if whole.jenis not in ("tambah-unor", "ganti-nama") or whole.dasar_hukum_id is not None:
            return whole
        values = {name: value for name, value in self._basis.items() if value and not getattr(whole, name)}
        return whole.model_copy(update=values)

    def _signed(self, whole: Any) -> Any:
        """A decision bears the name of who makes it and the day, whatever was sent."""
        if whole.jenis != "putuskan-evaluasi":
            return whole
        signed = {"oleh": self.actor.nama[:200], "pada": timezone.now().isoformat(timespec="seconds")}
        return whole.model_copy(update=signed)

    def _real_ids(self, whole: Any) -> Any:
        """The operation with real ids: placeholders below zero, and new objects without an id."""
        values = {name: getattr(whole, name) for name in type(whole).model_fields if name != "isi"}
        before = dict(values)
        kind = _BARU.get(whole.jenis)
        if kind is not None:
            given = values["id"]
            if given is None or given < 0:
                real = self.id_baru(kind)
                self.ids[real if given is None else given] = real
                values["id"] = real
            elif not _reserved(kind, given):
                refuse("id-tidak-sah", f"Id {given} tidak dapat dipakai.", "Biarkan program memberi id.")
        replaced = {name: self._replace(value) for name, value in values.items()}
        changed = {name: value for name, value in replaced.items() if value != before[name]}
        return whole.model_copy(update=changed) if changed else whole

    def _replace(self, value: Any) -> Any:
        if isinstance(value, bool) or value is None:
            return value
        if isinstance(value, int) and value < 0:
            if value not in self.ids:
                refuse(
                    "rujukan-tidak-dikenal",
                    f"Rujukan {value} tidak menunjuk objek baru dalam permintaan ini.",
                    "Tambahkan objeknya lebih dahulu dalam permintaan yang sama.",
                )
            return self.ids[value]
        if isinstance(value, tuple | list):
            return tuple(self._replace(item) for item in value)
        if isinstance(value, dict):
            return {self._replace(key): self._replace(item) for key, item in value.items()}
        return value

    def _within_branch(self, steps: Iterable[Perubahan], number: int) -> None:
        """An usulan bound to a branch touches nothing outside it."""
        branch = self.usulan.cabang_id
        if branch is None:
            return
        for p in steps:
            for start, name in self._places(p):
                if start is not None and any(u.id == branch for u in jalur(self.view, start)):
                    continue
                refuse(
                    "di-luar-cabang",
                    f"{name} berada di luar unit yang menjadi cakupan usulan ini.",
                    "Minta operator instansi membuat usulan untuk bagian itu.",
                    baris=number,
                )

    def _places(self, p: Perubahan) -> Iterator[tuple[int | None, str]]:
        """The units a step happens on, with the name of what it does there: where the object is, and where
        it goes if that is another place; for a section, the units of all boxes it describes."""
        old: Any
        new: Any
        old, new = p.sebelum.isi, p.sesudah.isi
        if p.objek == "isian":
            section = new or old
            yield from ((box.unor_id, box.nama) for box in self._described(section))
        elif p.objek == "posisi":
            yield from ((row.unor_id, row.nama) for row in (old, new) if row is not None)
        else:
            if old is not None:
                yield p.id, old.nama
            if new is not None and (old is None or old.atasan_id != new.atasan_id):
                yield new.atasan_id, new.nama

    def _described(self, section: IsiIsian) -> list[IsiPosisi]:
        if section.posisi_id is not None:
            box = posisi_of(self.view, section.posisi_id)
            return [] if box is None else [box]
        served = self.view.pemakai([section.infojab_id or 0])[section.infojab_id or 0]
        return kotak_pada(self.view, served)

    def take(self, steps: Sequence[Perubahan]) -> None:
        boxes = [p.id for p in steps if p.objek == "posisi" and p.id not in self._b]
        if boxes:
            known = [key for key in boxes if ("posisi", key) not in self._made]
            self._b |= dict.fromkeys(boxes, 0) | (b_of_boxes(known) if known else {})
        moved = self._totals(moved_units(steps))
        before = contributions(self.view, steps, "sebelum", self._b, moved)
        self.view.take(steps)
        after = contributions(self.view, steps, "sesudah", self._b, moved)
        for key, amount in deltas(before, after).items():
            self.amounts[key] = self.amounts.get(key, NOL).plus(amount)
        self.steps += steps

    def _totals(self, ids: list[int]) -> dict[int, Selisih]:
        """Totals of subtrees in the draft as it stands now."""
        if not ids:
            return {}
        found = {key: self.amounts.get(key, NOL) for key in ids}
        params = {"ids": ids, "versi": self.usulan.dasar_versi, "usulan": self.usulan.pk}
        for key, *values in fetch(SUBTREE_TOTALS, params):
            found[key] = found[key].plus(Selisih(*map(int, values)))
        return found

    def record(
        self,
        jenis: str,
        aturan: str,
        isi: dict[str, Any],
        steps: Sequence[Perubahan],
        sentence: str,
        membatalkan: int | None = None,
    ) -> None:
        self.nomor += 1
        self.rows.append(
            Operasi(
                usulan=self.usulan,
                instansi_id=self.usulan.instansi_id,
                nomor=self.nomor,
                kelompok=self.kelompok,
                jenis=jenis,
                aturan=aturan,
                isi=isi,
                perubahan=perubahan_to_json(steps),
                ringkas=sentence[:400],
                membatalkan=membatalkan,
                oleh_id=self.actor.id,
                oleh=self.actor.nama[:200],
            )
        )

    def check_seen(self, revisi: int | None) -> None:
        """Refuse when somebody else changed one of these objects after the editor had looked.

        The draft's rows tell what was brought onto a newer version, the operations what else happened: an
        object undone to what the map says has no row. One group of operations is one revision.
        """
        if revisi is None or revisi >= self.usulan.revisi:
            return
        keys = [f"{p.objek}{p.id}" for p in self.steps]
        since = {"usulan": self.usulan.pk, "revisi": revisi, "kunci": keys}
        found: dict[str, tuple[str, str, str]] = {}
        for model, objek, column in ((UsulanUnor, "unor", "unor_id"), (UsulanPosisi, "posisi", "posisi_id")):
            ids = [p.id for p in self.steps if p.objek == objek]
            rows = model.objects.filter(
                usulan=self.usulan, revisi__gt=revisi, **{f"{column}__in": ids}
            ).values_list(column, "sesudah__nama", "sebelum__nama", "oleh")
            found |= {f"{objek}{key}": (after or before or "", by, "") for key, after, before, by in rows}
        ids = [p.id for p in self.steps if p.objek == "isian"]
        sections = UsulanIsian.objects.filter(usulan=self.usulan, revisi__gt=revisi, isian_id__in=ids)
        found |= {f"isian{key}": ("", by, "") for key, by in sections.values_list("isian_id", "oleh")}
        found |= {key: (name, by, how) for key, name, by, how in fetch(_CHANGED_SINCE, since)}
        found = {key: (name or _section_name(key), by, how) for key, (name, by, how) in found.items()}
        changed = list(found.values())
        if changed:
            raise Ditolak(
                [
                    Temuan(
                        "objek-sudah-berubah",
                        "galat",
                        f"{name} sudah diubah oleh {by}{_CARA.get(how, '')} sesudah halaman ini dimuat;"
                        " perubahan Anda belum disimpan.",
                        "Muat ulang untuk melihat perubahannya, lalu ulangi bila masih perlu.",
                        nilai=name[:400],
                    )
                    for name, by, how in changed[:5]
                ]
            )

    def store(
        self,
        *,
        dasar_hukum_id: int | None = None,
        pasal: str = "",
        alasan: str = "",
        bukti_id: str | None = None,
        kunci: str | None = None,
        ulang: list[int] | None = None,
    ) -> HasilEdit:
        """Write everything the request did; one more revision."""
        usulan = self.usulan
        net = rangkum(self.steps)
        if not net and not self.rows:
            return HasilEdit(usulan, usulan.revisi, temuan=self.found)
        back_to_draft_on_edit(self.actor, usulan)
        void_approvals(usulan, "isi usulan berubah")
        usulan.revisi += 1
        usulan.tumpukan_ulang = ulang or []
        usulan.diubah = timezone.now()
        usulan.save(update_fields=["revisi", "tumpukan_ulang", "diubah"])
        for row in self.rows:
            # What the operation names itself comes first.
            row.dasar_hukum_id = row.isi.get("dasar_hukum_id") or dasar_hukum_id
            row.pasal = (row.isi.get("pasal") or pasal)[:60]
            row.alasan = alasan
            row.bukti_id, row.kunci = bukti_id, kunci
        if self.rows and self.ids:
            self.rows[0].isi = self.rows[0].isi | {"_id_baru": self.ids}
        store_operations(self.rows)
        store_objects(usulan, self.view, [p.kunci for p in net], self.actor.nama)
        store_totals(usulan, self.amounts)
        refresh_findings(usulan, self.view, net)
        return HasilEdit(
            usulan, usulan.revisi, [row.nomor for row in self.rows], self.ids, self.found, net, self.amounts
        )


def _section_name(key: str) -> str:
    return BAGIAN[isian_of(int(key[5:]))[1]][1] if key.startswith("isian") else ""


def _parsed(raw: Any, number: int) -> Any:
    if not isinstance(raw, Mapping):
        return raw
    try:
        return parse_operasi(dict(raw))
    except ValidationError as error:
        raise Ditolak(
            [
                Temuan(
                    "operasi-tidak-sah",
                    "galat",
                    f"Operasi ke-{number}: {sentence_of(e, language())}",
                    "Perbaiki isiannya.",
                    baris=number,
                    kolom=".".join(str(part) for part in e["loc"][1:]),
                    nilai=str(e.get("input", ""))[:200],
                )
                for e in error.errors()[:10]
            ]
        ) from error


def _at(t: Temuan, number: int) -> Temuan:
    return Temuan(t.kode, t.tingkat, t.kalimat, t.perbaikan, t.tempat, number, t.kolom, t.nilai, t.tautan)


def _reserved(kind: str, key: int) -> bool:
    """Whether an id was handed out by the sequence and is not used yet. The web roles may use the sequence
    but not select from it; the function asks for no more than use."""
    table = kind
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT %s <= coalesce(pg_sequence_last_value('{table}_id_seq'::regclass), 0)"
            f" AND NOT EXISTS (SELECT FROM {table} WHERE id = %s)",
            [key, key],
        )
        return bool(cursor.fetchone()[0])


def fit(view: PandanganDraf, p: Perubahan, row: Operasi) -> Perubahan:
    """The step as it applies to what is there now: columns it changes must still be what it left; other
    columns stay as they are. Raises Ditolak."""
    objek: Objek = p.objek
    now = view.keadaan(objek, [p.id])[p.id]
    if now == p.sebelum:
        return p
    before, after = p.sebelum.isi, p.sesudah.isi
    values = None
    if now.isi is not None and before is not None and after is not None:
        changed = [name for name in before._fields if getattr(before, name) != getattr(after, name)]
        if all(getattr(now.isi, name) == getattr(before, name) for name in changed):
            values = {name: getattr(after, name) for name in changed}
    if now.isi is None or values is None:
        name = (now.isi or before or after).nama  # type: ignore[union-attr]
        refuse(
            "tidak-dapat-diurungkan",
            f"“{JUDUL.get(row.jenis, row.jenis)}” tidak dapat diurungkan: {name} sudah berubah lagi.",
            "Ubah objeknya langsung.",
            nilai=str(p.id),
        )
    return Perubahan(objek, p.id, now, Keadaan(now.isi._replace(**values)))
