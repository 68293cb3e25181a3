"""A draft as rules see it, read from the database piece by piece: what a question costs depends on its
answer, not on the size of the map nor on the number of operations before it."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from typing import Any

from petajabatan.jabatan.queries.peta import fetch
from petajabatan.jabatan.rules.beda import IsiPosisi, IsiUnor
from petajabatan.jabatan.rules.isian import IsiIsian, ids_of_infojab, isian_id
from petajabatan.usulan.models import Usulan
from petajabatan.usulan.queries.acuan import (
    AcuanDb,
    code_holders,
    codes_of_units,
    people_on_boxes,
    people_without_box,
)
from petajabatan.usulan.rules.objek import (
    OBJEK,
    OBJEK_PETA,
    TIADA,
    Isi,
    Keadaan,
    Kunci,
    Objek,
    Perubahan,
    isi_from_dict,
)
from petajabatan.usulan.rules.pandangan import atas

UNIT_COLUMNS = """r.unor_id, r.atasan_id, r.nama, r.nama_jabatan, r.jenis, r.eselon_id, r.urutan,
  r.wilayah_id, r.urusan, r.cepat_kode, r.dasar_hukum_id, r.pasal, r.halaman"""
BOX_COLUMNS = """r.posisi_id, r.unor_id, r.nama, r.jenis, r.jenjang_id, r.kelas, r.k, r.kepala, r.urutan,
  r.jabatan_id, r.infojab_id"""
SECTION_COLUMNS = "r.isian_id, r.infojab_id, r.posisi_id, r.bagian, r.isi"
_LIVE = "r.instansi_id = %(instansi)s AND r.sejak <= %(versi)s AND r.hingga > %(versi)s"
_BASE = {
    "unor": f"SELECT {UNIT_COLUMNS} FROM unor_riwayat r WHERE r.unor_id = ANY(%(ids)s) AND {_LIVE}",
    "posisi": f"SELECT {BOX_COLUMNS} FROM posisi_riwayat r WHERE r.posisi_id = ANY(%(ids)s) AND {_LIVE}",
    "isian": f"SELECT {SECTION_COLUMNS} FROM isian_riwayat r WHERE r.isian_id = ANY(%(ids)s) AND {_LIVE}",
}
_UNDER = {
    "unor": f"SELECT {UNIT_COLUMNS} FROM unor_riwayat r WHERE r.atasan_id = ANY(%(ids)s) AND {_LIVE}",
    "posisi": f"SELECT {BOX_COLUMNS} FROM posisi_riwayat r WHERE r.unor_id = ANY(%(ids)s) AND {_LIVE}",
}
_ALL = {
    "unor": f"SELECT {UNIT_COLUMNS} FROM unor_riwayat r WHERE {_LIVE}",
    "posisi": f"SELECT {BOX_COLUMNS} FROM posisi_riwayat r WHERE {_LIVE}",
}
_ROOT = f"SELECT {UNIT_COLUMNS} FROM unor_riwayat r WHERE {_LIVE} AND r.atasan_id IS NULL"
_DRAFT = {
    "unor": "SELECT unor_id, sebelum, sesudah, penerus FROM usulan_unor WHERE usulan_id = %(usulan)s",
    "posisi": "SELECT posisi_id, sebelum, sesudah, penerus FROM usulan_posisi WHERE usulan_id = %(usulan)s",
    "isian": "SELECT isian_id, sebelum, sesudah, penerus FROM usulan_isian WHERE usulan_id = %(usulan)s",
}
# One row for each, whatever the number of boxes.
_USERS = f"""SELECT r.infojab_id, array_agg(r.posisi_id) FROM posisi_riwayat r
WHERE r.infojab_id = ANY(%(ids)s) AND {_LIVE} AND NOT EXISTS (
  SELECT FROM usulan_posisi o WHERE o.usulan_id = %(draf)s AND o.posisi_id = r.posisi_id) GROUP BY 1
UNION ALL
SELECT infojab_baru, array_agg(posisi_id) FROM usulan_posisi
WHERE usulan_id = %(draf)s AND infojab_baru = ANY(%(ids)s) GROUP BY 1"""
# An undone operation's unit is not in the draft's rows, so the code goes and comes back with its unit.
CODES_OF_DRAFT = """SELECT (o.isi->>'id')::bigint, o.isi->'kode'->>'jenis', o.isi->'kode'->>'kode'
FROM usulan_operasi o JOIN usulan_unor u ON u.usulan_id = o.usulan_id AND u.unor_id = (o.isi->>'id')::bigint
WHERE o.usulan_id = %(usulan)s AND o.jenis = 'tambah-unor' AND jsonb_typeof(o.isi->'kode') = 'object'
  AND u.sesudah IS NOT NULL"""
_KEY = {"unor": "unor_id", "posisi": "posisi_id", "isian": "isian_id"}
_OLD = {"unor": "atasan_lama", "posisi": "unor_lama"}
_NEW = {"unor": "atasan_baru", "posisi": "unor_baru"}


def row_of(objek: Objek, values: Sequence[Any]) -> Isi:
    """A history row as a value, in the order of ``UNIT_COLUMNS`` or ``BOX_COLUMNS``."""
    if objek == "unor":
        row: list[Any] = list(values)
        row[8] = tuple(row[8])
        return IsiUnor(*row)
    if objek == "posisi":
        return IsiPosisi(*values)
    key, infojab_id, posisi_id, bagian, isi = values
    return IsiIsian(key, infojab_id, posisi_id, bagian, json.loads(isi) if isinstance(isi, str) else isi)


def isi_of_json(objek: str, text: Any) -> Isi | None:
    """A stored JSON row as a value; the driver below Django hands jsonb over as text."""
    return isi_from_dict(objek, json.loads(text) if isinstance(text, str) else text)


_OUTSIDE_NAMES = """SELECT r.unor_id, r.nama || ', ' || i.nama FROM unor_riwayat r
JOIN instansi i ON i.id = r.instansi_id WHERE r.unor_id = ANY(%(ids)s) AND r.hingga = 2147483647"""


class PandanganDraf:
    """``rules.pandangan.Pandangan`` over the database. What was read stays read; ``take`` brings steps in."""

    def __init__(
        self,
        usulan: Usulan,
        acuan: AcuanDb | None = None,
        *,
        draf: bool = True,
        asal: PandanganDraf | None = None,
    ) -> None:
        """``draf`` False: the base version alone; ``asal``: the draft whose reading it shares."""
        self.instansi_id = usulan.instansi_id
        self.usulan = usulan
        self.acuan = acuan or AcuanDb(usulan.instansi_id)
        self._with_draft = draf
        self._params = {
            "instansi": usulan.instansi_id, "versi": usulan.dasar_versi, "usulan": usulan.pk,
            "lintas": usulan.lintas_id, "draf": usulan.pk if draf else None,
        }  # fmt: skip
        self._states: dict[Kunci, Keadaan] = {}
        self._base: dict[Kunci, Isi | None] = {}
        self._under: dict[Kunci, dict[int, Any]] = {}
        self._base_under: dict[Kunci, dict[int, Isi]] = {}
        self._followed: dict[Kunci, list[int]] = {}
        self._asal = asal
        self._people: dict[int, int] = asal._people if asal else {}
        self._people_unit: dict[int, int] = asal._people_unit if asal else {}
        self._codes: dict[int, frozenset[str]] = asal._codes if asal else {}
        self._whole = False
        self._taken: set[Kunci] = set()
        self._users: dict[int, set[int]] = {}
        self._given: dict[tuple[str, str], set[int]] | None = None
        self.hitungan: dict[tuple[int, str], tuple[Any, Any]] = {}

    def dasar(self) -> PandanganDraf:
        """The base version by itself; what this view has read of it is not read again."""
        return PandanganDraf(self.usulan, self.acuan, draf=False, asal=self)

    # -- reading ----------------------------------------------------------------------------------------

    def _fetch(self, sql: str, ids: Iterable[int] = ()) -> list[tuple[Any, ...]]:
        return fetch(sql, self._params | {"ids": list(ids)})

    def _draft_rows(self, objek: Objek, where: str, ids: Iterable[int]) -> list[tuple[Any, ...]]:
        return self._fetch(f"{_DRAFT[objek]} AND {where}", ids) if self._with_draft else []

    def _remember(self, objek: Objek, key: int, before: Any, after: Any, penerus: Any) -> None:
        if (objek, key) not in self._states:
            self._base[objek, key] = isi_of_json(objek, before)
            self._states[objek, key] = Keadaan(isi_of_json(objek, after), tuple(penerus))

    def _load(self, objek: Objek, ids: Iterable[int]) -> None:
        missing = [key for key in set(ids) if (objek, key) not in self._states]
        if not missing or (self._whole and objek != "isian"):
            return
        if self._asal is not None:
            rows = self._asal.terbit(objek, missing)
            for key in missing:
                self._base[objek, key] = rows.get(key)
                self._states[objek, key] = Keadaan(rows[key]) if key in rows else TIADA
            return
        for key, before, after, penerus in self._draft_rows(objek, f"{_KEY[objek]} = ANY(%(ids)s)", missing):
            self._remember(objek, key, before, after, penerus)
        rest = [key for key in missing if (objek, key) not in self._states]
        if rest:
            for values in self._fetch(_BASE[objek], rest):
                row = row_of(objek, values)
                self._base[objek, row.id], self._states[objek, row.id] = row, Keadaan(row)
        for key in missing:
            self._states.setdefault((objek, key), TIADA)
            self._base.setdefault((objek, key), None)

    def load_all(self) -> None:
        """Read the whole map and the whole draft at once (four statements): for many operations in one go."""
        if self._whole:
            return
        for objek in OBJEK_PETA:
            for key, before, after, penerus in self._draft_rows(objek, "true", ()):
                self._remember(objek, key, before, after, penerus)
            for values in self._fetch(_ALL[objek]):
                row = row_of(objek, values)
                self._base[objek, row.id] = row
                self._states.setdefault((objek, row.id), Keadaan(row))
        self._whole = True
        self._under, self._base_under = {}, {}
        for (objek, key), base in self._base.items():
            if base is not None:
                self._base_under.setdefault((objek, atas(base) or 0), {})[key] = base
        self._users = {}
        for (objek, key), state in self._states.items():
            if state.isi is not None:
                above = atas(state.isi)
                self._under.setdefault((objek, above or 0), {})[key] = state.isi
                if isinstance(state.isi, IsiPosisi) and state.isi.infojab_id is not None:
                    self._users.setdefault(state.isi.infojab_id, set()).add(key)

    def born(self, jenis: str, key: int) -> None:
        """An id that was handed out just now: nobody has said anything about it yet, so nobody is asked.

        ``jenis``: unor, posisi or infojab.
        """
        kosong: list[Kunci] = []
        if jenis == "infojab":
            kosong = [("isian", section) for section in ids_of_infojab([key])]
            self._users[key] = set()
        elif jenis == "posisi":
            kosong = [("posisi", key), ("isian", isian_id("abk", posisi_id=key))]
            self._people[key] = 0
        elif jenis == "unor":
            kosong = [("unor", key)]
            self._people_unit[key] = 0
            for objek in OBJEK_PETA:
                self._under[objek, key], self._base_under[objek, key] = {}, {}
        for kunci in kosong:
            self._states[kunci], self._base[kunci] = TIADA, None

    def _load_under(self, objek: Objek, ids: Iterable[int]) -> None:
        missing = [key for key in set(ids) if (objek, key) not in self._under]
        if not missing:
            return
        for key in missing:
            self._under[objek, key] = {}
        if self._whole:
            return
        for key in missing:
            self._base_under[objek, key] = {}
        if self._asal is not None:
            for key, below in self._asal.base_under(objek, missing).items():
                self._base_under[objek, key], self._under[objek, key] = below, dict(below)
                for row in below.values():
                    self._base[objek, row.id], self._states[objek, row.id] = row, Keadaan(row)
            return
        where = f"({_OLD[objek]} = ANY(%(ids)s) OR {_NEW[objek]} = ANY(%(ids)s))"
        touched: set[int] = set()
        for key, before, after, penerus in self._draft_rows(objek, where, missing):
            touched.add(key)
            self._remember(objek, key, before, after, penerus)
        for values in self._fetch(_UNDER[objek], missing):
            row = row_of(objek, values)
            self._base_under[objek, atas(row) or 0][row.id] = row
            if row.id not in touched:
                touched.add(row.id)
                self._base.setdefault((objek, row.id), row)
                self._states.setdefault((objek, row.id), Keadaan(row))
        for key in touched:
            isi = self._states[objek, key].isi
            if isi is not None and (objek, atas(isi)) in self._under:
                self._under[objek, atas(isi) or 0][key] = isi
        self._lay_over(objek, missing)

    def base_under(self, objek: Objek, ids: Iterable[int]) -> dict[int, dict[int, Isi]]:
        """What the base version has right below, or on, each of these units, by id."""
        wanted = list(ids)
        self._load_under(objek, wanted)
        return {key: self._base_under.get((objek, key), {}) for key in wanted}

    def _lay_over(self, objek: Objek, parents: list[int]) -> None:
        """Steps taken but not stored yet, for lists that were just read."""
        for kind, key in self._taken:
            if kind != objek:
                continue
            isi = self._states[kind, key].isi
            for parent in parents:
                self._under[objek, parent].pop(key, None)
            if isi is not None and atas(isi) in parents:
                self._under[objek, atas(isi) or 0][key] = isi

    # -- what rules ask ---------------------------------------------------------------------------------

    def keadaan(self, objek: Objek, ids: Iterable[int]) -> dict[int, Keadaan]:
        wanted = list(ids)
        self._load(objek, wanted)
        return {key: self._states.get((objek, key), TIADA) for key in wanted}

    def terbit(self, objek: Objek, ids: Iterable[int]) -> dict[int, Isi]:
        wanted = list(ids)
        self._load(objek, wanted)
        rows = ((key, self._base.get((objek, key))) for key in wanted)
        return {key: row for key, row in rows if row is not None}

    def anak(self, ids: Iterable[int]) -> dict[int, list[IsiUnor]]:
        wanted = list(ids)
        self._load_under("unor", wanted)
        return {
            key: sorted(self._under["unor", key].values(), key=lambda u: (u.urutan, u.id)) for key in wanted
        }

    def kotak(self, ids: Iterable[int]) -> dict[int, list[IsiPosisi]]:
        wanted = list(ids)
        self._load_under("posisi", wanted)
        return {
            key: sorted(self._under["posisi", key].values(), key=lambda p: (not p.kepala, p.urutan, p.id))
            for key in wanted
        }

    def akar(self) -> IsiUnor | None:
        for values in self._fetch(_ROOT):
            row = self.keadaan("unor", [values[0]])[values[0]].isi
            if isinstance(row, IsiUnor) and row.atasan_id is None:
                return row
        for _key, _before, after, _penerus in self._draft_rows("unor", "atasan_baru IS NULL", ()):
            made = isi_of_json("unor", after)
            if isinstance(made, IsiUnor):
                return made
        return None

    def orang(self, ids: Iterable[int]) -> dict[int, int]:
        wanted = list(ids)
        missing = [key for key in wanted if key not in self._people]
        if missing:
            self._people.update(dict.fromkeys(missing, 0) | people_on_boxes(missing))
        return {key: self._people[key] for key in wanted if self._people[key]}

    def orang_tanpa_kotak(self, ids: Iterable[int]) -> dict[int, int]:
        wanted = list(ids)
        missing = [key for key in wanted if key not in self._people_unit]
        if missing:
            found = people_without_box(self.instansi_id, missing)
            self._people_unit.update(dict.fromkeys(missing, 0) | found)
        return {key: self._people_unit[key] for key in wanted if self._people_unit[key]}

    def digantikan(self, objek: Objek, ids: Iterable[int]) -> dict[int, list[int]]:
        wanted = list(ids)
        missing = [key for key in wanted if (objek, key) not in self._followed]
        if missing:
            found: dict[int, list[int]] = {key: [] for key in missing}
            rows = self._draft_rows(objek, "sesudah IS NULL AND penerus && %(ids)s::bigint[]", missing)
            gone = {key: tuple(penerus) for key, _before, _after, penerus in rows}
            for kind, key in self._taken:
                if kind == objek:
                    state = self._states[kind, key]
                    gone[key] = () if state.hidup else state.penerus
            for key in sorted(gone):
                for heir in gone[key]:
                    if heir in found:
                        found[heir].append(key)
            self._followed |= {(objek, key): keys for key, keys in found.items()}
        return {key: self._followed[objek, key] for key in wanted}

    def dihapus_dari(self, objek: Objek, ids: Iterable[int]) -> dict[int, list[int]]:
        if not self._with_draft:
            return {key: [] for key in ids}
        rows = self.base_under(objek, ids)
        return {
            key: sorted(child for child in below if not self._states[objek, child].hidup)
            for key, below in rows.items()
        }

    def kode(self, ids: Iterable[int]) -> dict[int, frozenset[str]]:
        wanted = list(ids)
        missing = [key for key in wanted if key not in self._codes]
        if missing:
            found = {key: set(kinds) for key, kinds in codes_of_units(self.instansi_id, missing).items()}
            for (jenis, _), keys in self._draft_codes().items():
                for key in keys & set(missing):
                    found.setdefault(key, set()).add(jenis)
            self._codes.update(dict.fromkeys(missing, frozenset()))
            self._codes.update({key: frozenset(kinds) for key, kinds in found.items()})
        return {key: self._codes[key] for key in wanted if self._codes[key]}

    def pemegang_kode(self, jenis: str, kode: str) -> str | None:
        for key, instansi_id, nama, instansi in code_holders(jenis, kode):
            if instansi_id != self.instansi_id:
                return f"{nama}, {instansi}"
            if self.keadaan("unor", [key])[key].hidup:
                return nama
        for key in self._draft_codes().get((jenis, kode), ()):
            isi = self.keadaan("unor", [key])[key].isi
            if isi is not None:
                return isi.nama
        return None

    def take_code(self, unor_id: int, jenis: str, kode: str) -> None:
        """A code that an operation of this very edit gives to a new unit."""
        self._draft_codes().setdefault((jenis, kode), set()).add(unor_id)
        self._codes[unor_id] = self._codes.get(unor_id, frozenset()) | {jenis}

    def _draft_codes(self) -> dict[tuple[str, str], set[int]]:
        """Codes that the draft gives to units it adds. One statement, once."""
        if self._given is None:
            self._given = {}
            if self._with_draft:
                for key, jenis, kode in self._fetch(CODES_OF_DRAFT):
                    self._given.setdefault((jenis, kode), set()).add(key)
        return self._given

    def pemakai(self, infojab_ids: Iterable[int]) -> dict[int, list[int]]:
        wanted = list(infojab_ids)
        missing = [key for key in wanted if key not in self._users]
        if missing:
            self._load_users(missing)
        return {key: sorted(self._users[key]) for key in wanted}

    def _load_users(self, infojab_ids: list[int]) -> None:
        """Which boxes these informasi jabatan serve; ``take`` keeps it true from then on."""
        self._users |= {key: set() for key in infojab_ids}
        if self._whole:
            return
        for key, boxes in self._fetch(_USERS, infojab_ids):
            self._users[key].update(boxes)
        for kind, box in self._taken:
            if kind != "posisi":
                continue
            for key in infojab_ids:
                self._users[key].discard(box)
            self._serve(box, TIADA, self._states[kind, box])

    def disentuh(self) -> list[Kunci]:
        return [(objek, row[0]) for objek in OBJEK for row in self._draft_rows(objek, "true", ())]

    def luar(self, ids: Iterable[int]) -> set[int]:
        """Units of partner instansi of the same bundle that may be named as successors."""
        wanted = list(ids)
        if self._params["lintas"] is None or not wanted:
            return set()
        rows = self._fetch("SELECT unor_id FROM unor_lintas(%(lintas)s, %(ids)s) AS t(unor_id)", wanted)
        return {row[0] for row in rows}

    def nama_luar(self, ids: Iterable[int]) -> dict[int, str]:
        outside = self.luar(ids)
        if not outside:
            return {}
        return dict(self._fetch(_OUTSIDE_NAMES, sorted(outside)))

    # -- change -----------------------------------------------------------------------------------------

    def take(self, steps: Iterable[Perubahan]) -> None:
        """Bring steps in (in memory; ``services.simpan`` stores them)."""
        for p in steps:
            now = self.keadaan(p.objek, [p.id])[p.id]
            sides = ((now.isi, False), (p.sesudah.isi, True)) if p.objek != "isian" else ()
            for isi, add in sides:
                if isi is None:
                    continue
                group = self._under.get((p.objek, atas(isi) or 0))
                if group is None and self._whole:
                    group = self._under.setdefault((p.objek, atas(isi) or 0), {})
                if group is None:
                    continue
                if add:
                    group[p.id] = isi
                else:
                    group.pop(p.id, None)
            if p.objek == "posisi":
                self._serve(p.id, now, p.sesudah)
            self._states[p.kunci] = p.sesudah
            self._taken.add(p.kunci)
            self._base.setdefault(p.kunci, None)
            self._followed.clear()

    def _serve(self, posisi_id: int, before: Keadaan, after: Keadaan) -> None:
        """Keep track of the boxes of each informasi jabatan that was asked about."""
        for state, add in ((before, False), (after, True)):
            key = state.isi.infojab_id if isinstance(state.isi, IsiPosisi) else None
            group = self._users.get(key) if key is not None else None
            if key is not None and group is None and self._whole:
                group = self._users.setdefault(key, set())
            if group is not None:
                (group.add if add else group.discard)(posisi_id)
