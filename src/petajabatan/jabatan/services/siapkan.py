"""Staging of a load: temporary tables in the shape of the history, every key turned into an id of ours.

COPY into a table with row-level security fails, and the web role may not COPY into the history: rows go to
TEMP tables first and from there in one INSERT … SELECT.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from django.db import connection

from petajabatan.inti.pekerjaan import Kemajuan
from petajabatan.organisasi.rules.muatan import KodeMuatan, Muatan, PosisiMuatan, UnorMuatan, wants_head

STAGE = """
CREATE TEMP TABLE IF NOT EXISTS muat_unor (
  id bigint, atasan_id bigint, urutan int, urutan_tetap boolean, nama text, nama_jabatan text, jenis text,
  eselon_id text, wilayah_id text, urusan varchar(12)[], cepat_kode text, dasar_hukum_id bigint, pasal text,
  halaman text) ON COMMIT DROP;
CREATE TEMP TABLE IF NOT EXISTS muat_unor_baru (id bigint, id_siasn text) ON COMMIT DROP;
CREATE TEMP TABLE IF NOT EXISTS muat_posisi (
  n int, id bigint, unor_id bigint, urutan int, urutan_tetap boolean, jenis text, jabatan_id int,
  nama text, jenjang_id text, kepala boolean, kelas smallint, k int, turunan boolean,
  baru boolean) ON COMMIT DROP;
CREATE TEMP TABLE IF NOT EXISTS muat_kode (unor_id bigint, jenis text, kode text) ON COMMIT DROP;
TRUNCATE muat_unor, muat_unor_baru, muat_posisi, muat_kode;
"""
LOKAL = "lokal"


@dataclass
class Siap:
    """A staged load: ids of its units by key, and how many rows of each kind were staged."""

    id_of: dict[str, int]
    n_baru: int = 0
    n_posisi: int = 0
    lokal: list[KodeMuatan] = field(default_factory=list)


def local_code(instansi_id: int, kunci: str) -> str:
    """How a key that only means something inside one instansi is kept as an external code."""
    return f"{instansi_id}/{kunci}"


def resolve_units(instansi_id: int, units: Iterable[UnorMuatan]) -> dict[str, int]:
    """Ids of the units the load shares with the map, by key. One statement.

    Known by our id, by ``id_siasn``, or by the local code of an earlier load.
    """
    by_siasn, by_local, found = {}, {}, {}
    own: dict[int, str] = {}
    for unit in units:
        if unit.id is not None:
            own[unit.id] = unit.kunci
        elif unit.id_siasn:
            by_siasn[unit.id_siasn] = unit.kunci
        else:
            by_local[local_code(instansi_id, unit.kunci)] = unit.kunci
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT u.id, u.id_siasn, k.kode FROM unor u"
            " LEFT JOIN kode_unor k ON k.unor_id = u.id AND k.jenis = %s AND k.aktif"
            " WHERE u.instansi_id = %s",
            [LOKAL, instansi_id],
        )
        for unor_id, id_siasn, code in cursor:
            kunci = own.get(unor_id) or by_siasn.get(id_siasn) or by_local.get(code)
            if kunci is not None:
                found[kunci] = unor_id
    return found


def reserve_ids(table: str, n: int) -> list[int]:
    if not n:
        return []
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT array_agg(nextval(pg_get_serial_sequence(%s, 'id'))) FROM generate_series(1, %s)",
            [table, n],
        )
        return list(cursor.fetchone()[0])


_ESCAPE = str.maketrans({"\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r"})


def _text(value: str) -> str:
    """A text field of COPY; escapes only where something is to escape."""
    return value if value.isprintable() and "\\" not in value else value.translate(_ESCAPE)


def _siasn(unit: UnorMuatan) -> str:
    return _text(unit.id_siasn) if unit.id_siasn else "\\N"


def _null(value: object) -> str:
    return "\\N" if value is None else str(value)


def _array(values: tuple[str, ...]) -> str:
    if not values:
        return "{}"
    quoted = ",".join('"' + v.replace("\\", "\\\\").replace('"', '\\"') + '"' for v in values)
    return _text("{" + quoted + "}")


def copy_lines(target: str, lines: Iterator[str]) -> None:
    """COPY text lines into a staging table in blocks of some hundred kilobytes."""
    with connection.cursor() as cursor, cursor.cursor.copy(f"COPY {target} FROM STDIN") as copy:
        block: list[str] = []
        for line in lines:
            block.append(line)
            if len(block) >= 4096:
                copy.write("".join(block))
                block.clear()
        copy.write("".join(block))


def stage(instansi_id: int, muatan: Muatan, kemajuan: Kemajuan, known: dict[str, int] | None = None) -> Siap:
    """Fill the staging tables with the load. The caller has checked the load (or trusts its maker)."""
    with connection.cursor() as cursor:
        cursor.execute(STAGE)
    id_of = dict(known) if known is not None else resolve_units(instansi_id, muatan.unor)
    fresh = [unit for unit in muatan.unor if unit.kunci not in id_of]
    for unit, unor_id in zip(fresh, reserve_ids("unor", len(fresh)), strict=True):
        id_of[unit.kunci] = unor_id
    ready = Siap(id_of, n_baru=len(fresh))
    ready.lokal = [
        KodeMuatan(u.kunci, LOKAL, local_code(instansi_id, u.kunci))
        for u in fresh
        if not u.id_siasn and u.id is None
    ]
    copy_lines("muat_unor_baru", (f"{id_of[u.kunci]}\t{_siasn(u)}\n" for u in fresh))
    kemajuan(0, len(muatan.unor), "menyiapkan unit")
    copy_lines("muat_unor", _unit_lines(muatan, id_of))
    copy_lines("muat_posisi", _box_lines(muatan, id_of, ready))
    codes = [*muatan.kode, *ready.lokal]
    copy_lines("muat_kode", (f"{id_of[c.unor]}\t{_text(c.jenis)}\t{_text(c.kode)}\n" for c in codes))
    return ready


def _unit_lines(muatan: Muatan, id_of: dict[str, int]) -> Iterator[str]:
    for n, u in enumerate(muatan.unor, 1):
        yield "\t".join(
            (
                str(id_of[u.kunci]),
                "\\N" if u.atasan is None else str(id_of[u.atasan]),
                str(n if u.urutan is None else u.urutan),
                "f" if u.urutan is None else "t",
                _text(u.nama),
                _text(u.nama_jabatan),
                u.jenis,
                u.eselon or "\\N",
                u.wilayah or "\\N",
                _array(u.urusan),
                _text(u.cepat_kode),
                _null(u.dasar_hukum_id),
                _text(u.pasal),
                _text(u.halaman) + "\n",
            )
        )


def _box_lines(muatan: Muatan, id_of: dict[str, int], ready: Siap) -> Iterator[str]:
    """Boxes of the load, and a head for every unit that names one and brought no head box.

    A head that only follows from its unit is marked ``turunan``: it creates a head where the map has none
    and renames one that came about the same way, but changes nothing else.
    """
    led: set[str] = set()
    n = 0
    for p in muatan.posisi or ():
        n += 1
        if p.kepala:
            led.add(p.unor)
        yield _box_line(n, id_of[p.unor], p, False)
    for u in muatan.unor:
        if wants_head(u) and u.kunci not in led:
            n += 1
            head = PosisiMuatan(u.kunci, u.nama_jabatan, "struktural", kepala=True, k=1, urutan=0)
            yield _box_line(n, id_of[u.kunci], head, True)
    ready.n_posisi = n


def _box_line(n: int, unor_id: int, p: PosisiMuatan, turunan: bool) -> str:
    return "\t".join(
        (
            str(n),
            "\\N",
            str(unor_id),
            str(n if p.urutan is None else p.urutan),
            "f" if p.urutan is None else "t",
            p.jenis,
            _null(p.jabatan_id),
            _text(p.nama),
            p.jenjang or "\\N",
            "t" if p.kepala else "f",
            _null(p.kelas),
            _null(p.k),
            "t" if turunan else "f",
            "f\n",
        )
    )
