"""Parts of the map, for pages that load level by level and for the API: a unit, what is below and above it,
its boxes, the detail and history of one unit or box. Totals of K come from ``unor_total_riwayat``."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from itertools import starmap
from typing import Any

from petajabatan.jabatan.queries.berakhir import absence
from petajabatan.jabatan.queries.peta import fetch
from petajabatan.jabatan.queries.versi import PetaTidakAda, version_of
from petajabatan.jabatan.rules.peta import Kotak
from petajabatan.organisasi.models import PetaVersi


@dataclass(slots=True)
class UnorRingkas:
    """A unit in a list or chart. ``k``, ``n_posisi``, ``n_unor`` are of its whole subtree (persons, boxes,
    units including itself), ``n_anak`` counts the units right below; ``kedalaman`` counts from the unit the
    question was about."""

    id: int
    instansi_id: int
    atasan_id: int | None
    id_siasn: str | None
    nama: str
    nama_jabatan: str
    jenis: str
    eselon: str | None
    urutan: int
    k: int
    n_posisi: int
    n_unor: int
    n_anak: int
    kedalaman: int = 0


@dataclass(slots=True)
class UnorRinci(UnorRingkas):
    """Everything the map says about a unit as of ``versi``, which it has had since version ``sejak``."""

    eselon_id: str | None = None
    wilayah_id: str | None = None
    wilayah: str | None = None
    urusan: tuple[str, ...] = ()
    cepat_kode: str = ""
    dasar_hukum_id: int | None = None
    dasar_hukum: str = ""
    pasal: str = ""
    halaman: str = ""
    sejak: int = 1
    hingga: int | None = None
    penerus: tuple[int, ...] = ()
    versi: int = 1
    berlaku: dt.date | None = None
    kode: tuple[tuple[str, str], ...] = ()


@dataclass(slots=True)
class PosisiRinci:
    """A box as of ``versi``; ``k`` in persons."""

    id: int
    instansi_id: int
    unor_id: int
    unor_nama: str
    nama: str
    jenis: str
    jenjang: str | None
    jenjang_nama: str | None
    jabatan_id: int | None
    kelas: int | None
    k: int | None
    kepala: bool
    urutan: int
    infojab_id: int | None
    sejak: int
    hingga: int | None
    versi: int = 1
    berlaku: dt.date | None = None
    penerus: tuple[int, ...] = ()


_RINGKAS = """r.unor_id, r.instansi_id, r.atasan_id, u.id_siasn, r.nama, r.nama_jabatan, r.jenis, e.nama,
  r.urutan, coalesce(t.k, 0), coalesce(t.n_posisi, 0), coalesce(t.n_unor, 0),
  (SELECT count(*) FROM unor_riwayat a
   WHERE a.atasan_id = r.unor_id AND a.sejak <= %(versi)s AND a.hingga > %(versi)s)"""
_SUMBER = """JOIN unor u ON u.id = r.unor_id LEFT JOIN eselon e ON e.kode = r.eselon_id
LEFT JOIN unor_total_riwayat t ON t.unor_id = r.unor_id AND t.sejak <= %(versi)s AND t.hingga > %(versi)s"""
_HIDUP = "r.sejak <= %(versi)s AND r.hingga > %(versi)s"

ROOT = f"""SELECT {_RINGKAS}, 0 FROM unor_riwayat r {_SUMBER}
WHERE r.instansi_id = %(instansi)s AND {_HIDUP} AND r.atasan_id IS NULL"""
CHILDREN = f"""SELECT {_RINGKAS}, 1 FROM unor_riwayat r {_SUMBER}
WHERE r.atasan_id = ANY(%(unor)s) AND {_HIDUP} ORDER BY r.atasan_id, r.urutan, r.unor_id"""
# Down by the index on atasan_id, one level after the other; the path of (urutan, id) gives reading order.
SUBTREE = f"""WITH RECURSIVE turun AS (
  SELECT r.unor_id, 0 AS kedalaman, ARRAY[]::bigint[] AS letak FROM unor_riwayat r
  WHERE r.unor_id = %(unor)s AND {_HIDUP}
  UNION ALL
  SELECT r.unor_id, d.kedalaman + 1, d.letak || r.urutan::bigint || r.unor_id
  FROM turun d JOIN unor_riwayat r ON r.atasan_id = d.unor_id AND {_HIDUP}
  WHERE %(dalam)s::int IS NULL OR d.kedalaman < %(dalam)s::int
) SELECT {_RINGKAS}, d.kedalaman
FROM turun d JOIN unor_riwayat r ON r.unor_id = d.unor_id AND {_HIDUP} {_SUMBER}
ORDER BY d.letak"""
ANCESTORS = f"""WITH RECURSIVE naik AS (
  SELECT r.unor_id, r.atasan_id, 0 AS jarak FROM unor_riwayat r WHERE r.unor_id = %(unor)s AND {_HIDUP}
  UNION ALL
  SELECT r.unor_id, r.atasan_id, n.jarak + 1
  FROM naik n JOIN unor_riwayat r ON r.unor_id = n.atasan_id AND {_HIDUP}
) SELECT {_RINGKAS}, -n.jarak
FROM naik n JOIN unor_riwayat r ON r.unor_id = n.unor_id AND {_HIDUP} {_SUMBER}
WHERE n.jarak > 0 ORDER BY n.jarak DESC"""
DETAIL = f"""SELECT {_RINGKAS}, 0, r.eselon_id, r.wilayah_id, w.nama, r.urusan, r.cepat_kode,
  r.dasar_hukum_id, coalesce(d.jenis || ' Nomor ' || d.nomor || ' Tahun ' || d.tahun, ''), r.pasal,
  r.halaman, r.sejak,
  nullif(r.hingga, 2147483647), r.penerus, v.nomor, v.berlaku,
  ARRAY(SELECT ARRAY[k.jenis, k.kode] FROM kode_unor k WHERE k.unor_id = r.unor_id AND k.aktif
        ORDER BY k.jenis, k.kode)
FROM unor_riwayat r {_SUMBER} LEFT JOIN wilayah w ON w.kode = r.wilayah_id
LEFT JOIN dasar_hukum d ON d.id = r.dasar_hukum_id
JOIN peta_versi v ON v.instansi_id = r.instansi_id AND v.nomor = %(versi)s
WHERE r.unor_id = %(unor)s AND {_HIDUP}"""
# Flat lists, page by page. Plan: index (instansi_id, unor_id | posisi_id) in order, no sort.
LIST = f"""SELECT {_RINGKAS}, 0 FROM unor_riwayat r {_SUMBER}
WHERE r.instansi_id = %(instansi)s AND r.unor_id > %(sesudah)s AND {_HIDUP}
  AND (%(jenis)s::text IS NULL OR r.jenis = %(jenis)s) ORDER BY r.unor_id LIMIT %(batas)s"""
BOXES = """SELECT posisi_id, unor_id, nama, jenis, jenjang_id, kelas, k, kepala, urutan, jabatan_id
FROM posisi_riwayat WHERE unor_id = ANY(%(unor)s) AND sejak <= %(versi)s AND hingga > %(versi)s
ORDER BY unor_id, NOT kepala, urutan, posisi_id"""
POSISI = """SELECT p.posisi_id, p.instansi_id, p.unor_id, r.nama, p.nama, p.jenis, p.jenjang_id, j.nama,
  p.jabatan_id, p.kelas, p.k, p.kepala, p.urutan, p.infojab_id, p.sejak, nullif(p.hingga, 2147483647),
  v.nomor, v.berlaku, p.penerus
FROM posisi_riwayat p
JOIN unor_riwayat r ON r.unor_id = p.unor_id AND {hidup_unor}
LEFT JOIN jenjang j ON j.kode = p.jenjang_id
JOIN peta_versi v ON v.instansi_id = p.instansi_id AND v.nomor = {versi}"""


def _units(sql: str, **params: Any) -> list[UnorRingkas]:
    return list(starmap(UnorRingkas, fetch(sql, params)))


def root_of(instansi_id: int, versi: int) -> UnorRingkas | None:
    """The root unit as of a version. One statement."""
    rows = _units(ROOT, instansi=instansi_id, versi=versi)
    return rows[0] if rows else None


def children_of(unor_id: int | list[int], versi: int) -> list[UnorRingkas]:
    """The units right below one unit (or several at once), in order. One statement."""
    ids = [unor_id] if isinstance(unor_id, int) else unor_id
    return _units(CHILDREN, unor=ids, versi=versi)


def subtree(unor_id: int, versi: int, kedalaman: int | None = None) -> list[UnorRingkas]:
    """The unit and everything below it (``kedalaman`` levels at most), each before what is below it."""
    return _units(SUBTREE, unor=unor_id, versi=versi, dalam=kedalaman)


def ancestors(unor_id: int, versi: int) -> list[UnorRingkas]:
    """From the root down to the head unit; the unit itself excluded. One statement."""
    return _units(ANCESTORS, unor=unor_id, versi=versi)


def boxes_of(unor_id: int | list[int], versi: int) -> list[Kotak]:
    """Boxes on one or several units in order, head first; K only. One statement."""
    ids = [unor_id] if isinstance(unor_id, int) else unor_id
    return list(starmap(Kotak, fetch(BOXES, {"unor": ids, "versi": versi})))


def list_units(
    instansi_id: int, versi: int, *, sesudah: int = 0, batas: int = 50, jenis: str | None = None
) -> list[UnorRingkas]:
    """Units of an instansi by id, those after ``sesudah``. One statement."""
    return _units(LIST, instansi=instansi_id, versi=versi, sesudah=sesudah, batas=batas, jenis=jenis)


def list_boxes(
    instansi_id: int,
    versi: int,
    *,
    sesudah: int = 0,
    batas: int = 50,
    jenis: str | None = None,
    unor_id: int | None = None,
) -> list[PosisiRinci]:
    """Boxes of an instansi (or of one unit) by id, those after ``sesudah``. One statement."""
    where = """p.instansi_id = %(instansi)s AND p.posisi_id > %(sesudah)s
      AND p.sejak <= %(versi)s AND p.hingga > %(versi)s
      AND (%(jenis)s::text IS NULL OR p.jenis = %(jenis)s)"""
    if unor_id is not None:
        where += " AND p.unor_id = %(unor)s"
    params = {"instansi": instansi_id, "versi": versi, "sesudah": sesudah, "batas": batas, "jenis": jenis}
    sql = _boxes_sql(where) + " ORDER BY p.posisi_id LIMIT %(batas)s"
    return list(starmap(PosisiRinci, fetch(sql, params | {"unor": unor_id})))


def _boxes_sql(where: str, as_of: str = "%(versi)s") -> str:
    alive = f"r.sejak <= {as_of} AND r.hingga > {as_of}"
    return POSISI.format(hidup_unor=alive, versi=as_of) + f" WHERE {where}"


def _owner(table: str, key: int) -> int:
    rows = fetch(f"SELECT instansi_id FROM {table} WHERE id = %(id)s", {"id": key})
    if not rows:
        raise PetaTidakAda("Unit itu tidak ada." if table == "unor" else "Posisi itu tidak ada.")
    return int(rows[0][0])


def version_for_unor(unor_id: int, versi: int | None = None, tanggal: dt.date | None = None) -> PetaVersi:
    """The version meant for the instansi of a unit, which must be part of it. Raises PetaTidakAda."""
    version = version_of(_owner("unor", unor_id), versi, tanggal)
    alive = "SELECT 1 FROM unor_riwayat r WHERE r.unor_id = %(unor)s AND " + _HIDUP
    if not fetch(alive, {"unor": unor_id, "versi": version.nomor}):
        raise absence("unor", unor_id, version)
    return version


def unor_detail(unor_id: int, versi: int | None = None, tanggal: dt.date | None = None) -> UnorRinci:
    """One unit as of a version or date. A unit that has ended is given as it last was, with its successors,
    when neither is asked for. Raises PetaTidakAda (``SudahBerakhir`` for
    one that had ended), also when the unit did not exist then."""
    version = version_of(_owner("unor", unor_id), versi, tanggal)
    rows = fetch(DETAIL, {"unor": unor_id, "versi": version.nomor})
    if not rows and versi is None and tanggal is None:
        last = _last_of("unor", unor_id, version.nomor)
        rows = fetch(DETAIL, {"unor": unor_id, "versi": last}) if last else []
    if not rows:
        raise absence("unor", unor_id, version)
    rinci = next(starmap(UnorRinci, rows))
    rinci.urusan, rinci.penerus = tuple(rinci.urusan), tuple(rinci.penerus)
    rinci.kode = tuple((jenis, nilai) for jenis, nilai in rinci.kode)
    return rinci


def _last_of(table: str, key: int, sebelum: int) -> int | None:
    """The last version in which an object that had ended by version ``sebelum`` still stood."""
    rows = fetch(
        f"SELECT max(hingga) - 1 FROM {table}_riwayat WHERE {table}_id = %(id)s AND hingga <= %(n)s",
        {"id": key, "n": sebelum},
    )
    return rows[0][0]


def posisi_detail(posisi_id: int, versi: int | None = None, tanggal: dt.date | None = None) -> PosisiRinci:
    """One box as of a version or date. A box that has ended is given as it last was, with its successors,
    when neither is asked for. Raises PetaTidakAda, also when the box did not exist then."""
    version = version_of(_owner("posisi", posisi_id), versi, tanggal)
    sql = _boxes_sql("p.posisi_id = %(posisi)s AND p.sejak <= %(versi)s AND p.hingga > %(versi)s")
    rows = fetch(sql, {"posisi": posisi_id, "versi": version.nomor})
    if not rows and versi is None and tanggal is None:
        last = _last_of("posisi", posisi_id, version.nomor)
        rows = fetch(sql, {"posisi": posisi_id, "versi": last}) if last else []
    if not rows:
        raise absence("posisi", posisi_id, version)
    rinci = PosisiRinci(*rows[0])
    rinci.penerus = tuple(rinci.penerus)
    return rinci


def posisi_history(posisi_id: int) -> list[PosisiRinci]:
    """What a box was, newest first; each row as of the version that began it."""
    sql = _boxes_sql("p.posisi_id = %(posisi)s", "p.sejak") + " ORDER BY p.sejak DESC"
    return list(starmap(PosisiRinci, fetch(sql, {"posisi": posisi_id})))


@dataclass(slots=True)
class UnorRiwayatBaris:
    """What a unit was from version ``sejak`` (in force from ``berlaku``) until ``hingga`` (None: still)."""

    sejak: int
    hingga: int | None
    berlaku: dt.date
    nama: str
    nama_jabatan: str
    jenis: str
    eselon: str | None
    atasan_id: int | None
    atasan_nama: str | None
    penerus: list[int]


HISTORY = """SELECT r.sejak, nullif(r.hingga, 2147483647), v.berlaku, r.nama, r.nama_jabatan, r.jenis, e.nama,
  r.atasan_id, a.nama, r.penerus
FROM unor_riwayat r JOIN peta_versi v ON v.instansi_id = r.instansi_id AND v.nomor = r.sejak
LEFT JOIN eselon e ON e.kode = r.eselon_id
LEFT JOIN unor_riwayat a ON a.unor_id = r.atasan_id AND a.sejak <= r.sejak AND a.hingga > r.sejak
WHERE r.unor_id = %(unor)s ORDER BY r.sejak DESC"""


def unor_history(unor_id: int) -> list[UnorRiwayatBaris]:
    """What a unit was, newest first. A change of its head unit counts; one of its boxes does not."""
    return list(starmap(UnorRiwayatBaris, fetch(HISTORY, {"unor": unor_id})))
