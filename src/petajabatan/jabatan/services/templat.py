"""The import template of an instansi, empty or filled with its map."""

from __future__ import annotations

from pathlib import Path
from typing import IO, Any

from petajabatan.akun.rules import roles_that_may
from petajabatan.inti.actor import Actor
from petajabatan.inti.izin import require
from petajabatan.jabatan.queries.peta import fetch
from petajabatan.jabatan.queries.versi import last_version
from petajabatan.organisasi.importers.templat import IsiTemplat, write_template
from petajabatan.organisasi.models import JenisUnor
from petajabatan.organisasi.rules.periksa_posisi import JENIS_KODE
from petajabatan.referensi.models import Eselon, Instansi, UrusanPemerintahan

# A unit is named by its SIASN id, else by the code its first file gave it, else by our number.
_KEY = """CASE WHEN u.id_siasn IS NOT NULL THEN u.id_siasn
  ELSE coalesce((SELECT substr(k.kode, strpos(k.kode, '/') + 1) FROM kode_unor k
                 WHERE k.unor_id = u.id AND k.jenis = 'lokal' AND k.aktif
                   AND k.kode LIKE %(instansi)s::text || '/%%' LIMIT 1), 'PJ-' || u.id) END"""
_LIVE = "r.instansi_id = %(instansi)s AND r.hingga = 2147483647"
UNITS = f"""WITH kunci AS (SELECT u.id, {_KEY} AS kunci FROM unor u WHERE u.instansi_id = %(instansi)s),
turun AS (
  SELECT k.unor_id, string_agg(lpad(a.urutan::text, 9, '0') || lpad(a.unor_id::text, 12, '0'), ''
                               ORDER BY a.kedalaman) AS letak
  FROM unor_kini k JOIN unor_kini a ON a.unor_id = ANY(string_to_array(k.jalur::text, '.')::bigint[])
  WHERE k.instansi_id = %(instansi)s GROUP BY k.unor_id)
SELECT x.kunci, coalesce(y.kunci, ''), r.nama, r.nama_jabatan, r.jenis, coalesce(r.eselon_id, ''),
  coalesce(r.wilayah_id, ''), array_to_string(r.urusan, ', '), r.cepat_kode,
  coalesce(d.jenis || ' Nomor ' || d.nomor || ' Tahun ' || d.tahun, ''), r.pasal, r.halaman
FROM unor_riwayat r JOIN kunci x ON x.id = r.unor_id LEFT JOIN kunci y ON y.id = r.atasan_id
JOIN turun t ON t.unor_id = r.unor_id LEFT JOIN dasar_hukum d ON d.id = r.dasar_hukum_id
WHERE {_LIVE} ORDER BY t.letak"""
BOXES = f"""WITH kunci AS (SELECT u.id, {_KEY} AS kunci FROM unor u WHERE u.instansi_id = %(instansi)s)
SELECT x.kunci, r.nama, r.jenis, coalesce(j.id_siasn, ''), CASE WHEN r.kepala THEN 'ya' ELSE 'tidak' END,
  r.kelas, r.k
FROM posisi_riwayat r JOIN kunci x ON x.id = r.unor_id LEFT JOIN jabatan j ON j.id = r.jabatan_id
WHERE {_LIVE} ORDER BY x.id, NOT r.kepala, r.urutan, r.posisi_id"""
CODES = f"""WITH kunci AS (SELECT u.id, {_KEY} AS kunci FROM unor u WHERE u.instansi_id = %(instansi)s)
SELECT x.kunci, c.jenis, c.kode FROM kode_unor c JOIN kunci x ON x.id = c.unor_id
JOIN unor_riwayat r ON r.unor_id = c.unor_id WHERE {_LIVE} AND c.aktif AND c.jenis <> 'lokal'
ORDER BY x.id, c.jenis, c.kode"""


def write_map_template(
    actor: Actor, instansi_id: int, target: IO[bytes] | Path, *, terisi: bool = True
) -> None:
    """Write the template of an instansi; ``terisi``: with the last published map, ready to edit and import.

    A filled template imported unchanged changes nothing. Six SQL statements. Raises PermissionDenied.
    """
    require(actor, *roles_that_may("unor"), *roles_that_may("tetapkan"), instansi_id=instansi_id)
    params: dict[str, Any] = {"instansi": instansi_id}
    template = template_of(instansi_id)
    if terisi and last_version(instansi_id) is not None:
        template.unor, template.posisi = fetch(UNITS, params), fetch(BOXES, params)
        template.kode = fetch(CODES, params)
    write_template(target, template)


def template_of(instansi_id: int) -> IsiTemplat:
    """The empty template of an instansi: its name and the choices. Three SQL statements."""
    instansi = Instansi.objects.get(pk=instansi_id)
    return IsiTemplat(
        instansi.nama,
        instansi.id_siasn,
        [value for value, _ in JenisUnor.choices],
        [(kode, nama or "") for kode, nama in Eselon.objects.order_by("kode").values_list("kode", "nama")],
        list(UrusanPemerintahan.objects.order_by("urutan", "kode").values_list("kode", "nama")),
        [jenis for jenis in JENIS_KODE if jenis != "lokal"],
    )
