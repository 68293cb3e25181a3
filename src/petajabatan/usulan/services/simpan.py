"""Storing what an edit did: operations, touched objects, differences of totals, findings. Few statements,
whatever the number of objects."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.db import connection
from django.utils import timezone

from petajabatan.usulan.models import Operasi, TemuanUsulan, Usulan
from petajabatan.usulan.queries.pandangan import PandanganDraf
from petajabatan.usulan.rules.cek import TemuanObjek, jalankan
from petajabatan.usulan.rules.jejak import affected
from petajabatan.usulan.rules.objek import OBJEK, Kunci, Objek, Perubahan, isi_to_dict
from petajabatan.usulan.rules.total import Selisih

_TABLE: dict[Objek, tuple[str, str]] = {
    "unor": ("usulan_unor", "unor_id"),
    "posisi": ("usulan_posisi", "posisi_id"),
    "isian": ("usulan_isian", "isian_id"),
}
_UPSERT = """INSERT INTO {table} (usulan_id, instansi_id, {key}, sebelum, sesudah, penerus, revisi, oleh)
SELECT %(usulan)s, %(instansi)s, (b->>0)::bigint, nullif(b->1, 'null'), nullif(b->2, 'null'),
  ARRAY(SELECT jsonb_array_elements_text(b->3))::bigint[], %(revisi)s, %(oleh)s
FROM jsonb_array_elements(%(rows)s::jsonb) b
ON CONFLICT (usulan_id, {key}) DO UPDATE SET sesudah = excluded.sesudah, penerus = excluded.penerus,
  sebelum = excluded.sebelum, revisi = excluded.revisi, oleh = excluded.oleh"""
_TOTALS = """INSERT INTO usulan_total AS t (usulan_id, instansi_id, unor_id, k, b, n_posisi, n_unor)
SELECT %(usulan)s, %(instansi)s, (r->>0)::bigint, (r->>1)::bigint, (r->>2)::bigint, (r->>3)::int, (r->>4)::int
FROM jsonb_array_elements(%(rows)s::jsonb) r
ON CONFLICT (usulan_id, unor_id) DO UPDATE SET k = t.k + excluded.k, b = t.b + excluded.b,
  n_posisi = t.n_posisi + excluded.n_posisi, n_unor = t.n_unor + excluded.n_unor"""


def store_objects(usulan: Usulan, view: PandanganDraf, kunci: Iterable[Kunci], oleh: str) -> None:
    """Bring the rows of touched objects in line with the draft: one that is what the base says again is no
    longer touched."""
    keys = set(kunci)
    for objek in OBJEK:
        ids = sorted(key for kind, key in keys if kind == objek)
        if not ids:
            continue
        table, column = _TABLE[objek]
        states, base = view.keadaan(objek, ids), view.terbit(objek, ids)
        same = [key for key in ids if states[key].isi == base.get(key) and not states[key].penerus]
        rows = [
            [key, isi_to_dict(base.get(key)), isi_to_dict(states[key].isi), list(states[key].penerus)]
            for key in ids
            if key not in set(same)
        ]
        with connection.cursor() as cursor:
            if same:
                cursor.execute(
                    f"DELETE FROM {table} WHERE usulan_id = %s AND {column} = ANY(%s)", [usulan.pk, same]
                )
            if rows:
                cursor.execute(
                    _UPSERT.format(table=table, key=column),
                    {
                        "usulan": usulan.pk, "instansi": usulan.instansi_id, "revisi": usulan.revisi,
                        "oleh": oleh[:200], "rows": json.dumps(rows),
                    },
                )  # fmt: skip


def store_totals(usulan: Usulan, amounts: Mapping[int, Selisih]) -> None:
    """Add to the differences of totals; rows that come to nothing go."""
    if not amounts:
        return
    rows = [[key, a.k, a.b, a.n_posisi, a.n_unor] for key, a in sorted(amounts.items())]
    with connection.cursor() as cursor:
        cursor.execute(
            _TOTALS, {"usulan": usulan.pk, "instansi": usulan.instansi_id, "rows": json.dumps(rows)}
        )
        cursor.execute(
            "DELETE FROM usulan_total WHERE usulan_id = %s AND unor_id = ANY(%s)"
            " AND (k, b, n_posisi, n_unor) = (0, 0, 0, 0)",
            [usulan.pk, sorted(amounts)],
        )


_KOLOM_OPERASI = (
    "usulan_id", "instansi_id", "nomor", "kelompok", "jenis", "aturan", "isi", "perubahan", "ringkas",
    "dasar_hukum_id", "pasal", "alasan", "bukti_id", "membatalkan", "aktif", "oleh_id", "oleh", "kunci",
)  # fmt: skip
_OPERATIONS = f"""INSERT INTO usulan_operasi ({", ".join(_KOLOM_OPERASI)}, pada)
SELECT {", ".join(_KOLOM_OPERASI)}, %(pada)s
FROM jsonb_to_recordset(%(rows)s::jsonb) AS r(usulan_id bigint, instansi_id int, nomor int, kelompok int,
  jenis text, aturan text, isi jsonb, perubahan jsonb, ringkas text, dasar_hukum_id bigint, pasal text,
  alasan text, bukti_id uuid, membatalkan int, aktif boolean, oleh_id bigint, oleh text, kunci text)
ORDER BY nomor"""
SEKALI = 2000
"""Operations per statement; each carries its content twice (as it was given and as steps)."""


def store_operations(rows: Sequence[Operasi]) -> None:
    """Append operations, many per statement. Their own ids are not told back: they are known by number."""
    now = timezone.now()
    for begin in range(0, len(rows), SEKALI):
        part = [{name: getattr(row, name) for name in _KOLOM_OPERASI} for row in rows[begin : begin + SEKALI]]
        for values in part:
            values["bukti_id"] = str(values["bukti_id"]) if values["bukti_id"] else None
        with connection.cursor() as cursor:
            cursor.execute(_OPERATIONS, {"rows": json.dumps(part), "pada": now})


def refresh_findings(usulan: Usulan, view: PandanganDraf, steps: Iterable[Perubahan]) -> list[TemuanObjek]:
    """Check again what the steps affect and keep the findings; those of other objects stay. Objects that the
    draft no longer affects lose theirs. The caller has stored the steps."""
    rows = list(steps)
    keys = affected(view, rows)
    if not keys:
        return []
    still = _affected_by_draft(usulan, keys)
    found = jalankan(view, still, view.dasar())
    _replace_findings(usulan, keys, found)
    return found


def refresh_all_findings(
    usulan: Usulan, view: PandanganDraf, steps: Iterable[Perubahan]
) -> list[TemuanObjek]:
    """Check everything the draft affects anew (gates, rebase)."""
    found = jalankan(view, affected(view, steps), view.dasar())
    TemuanUsulan.objects.filter(usulan=usulan).delete()
    _insert_findings(usulan, found)
    return found


def stopping_findings(view: PandanganDraf, steps: Iterable[Perubahan]) -> list[TemuanObjek]:
    """What must not be published: the galat that the draft brings in, found anew and not stored."""
    found = jalankan(view, affected(view, steps), view.dasar(), "galat")
    return [row for row in found if not row.bawaan]


_RELATED = """SELECT 'unor', unor_id FROM usulan_unor WHERE usulan_id = %(usulan)s AND unor_id = ANY(%(unor)s)
UNION SELECT 'unor', atasan_lama FROM usulan_unor
  WHERE usulan_id = %(usulan)s AND atasan_lama = ANY(%(unor)s)
UNION SELECT 'unor', atasan_baru FROM usulan_unor
  WHERE usulan_id = %(usulan)s AND atasan_baru = ANY(%(unor)s)
UNION SELECT 'unor', unor_lama FROM usulan_posisi
  WHERE usulan_id = %(usulan)s AND unor_lama = ANY(%(unor)s)
UNION SELECT 'unor', unor_baru FROM usulan_posisi
  WHERE usulan_id = %(usulan)s AND unor_baru = ANY(%(unor)s)
UNION SELECT 'posisi', posisi_id FROM usulan_posisi
  WHERE usulan_id = %(usulan)s AND posisi_id = ANY(%(posisi)s)
UNION SELECT 'unor', x FROM usulan_unor, unnest(penerus) x
  WHERE usulan_id = %(usulan)s AND sesudah IS NULL AND penerus && %(unor)s::bigint[] AND x = ANY(%(unor)s)
UNION SELECT 'posisi', x FROM usulan_posisi, unnest(penerus) x
  WHERE usulan_id = %(usulan)s AND sesudah IS NULL AND penerus && %(posisi)s::bigint[] AND x = ANY(%(posisi)s)
UNION SELECT 'posisi', r.posisi_id FROM usulan_unor o JOIN posisi_riwayat r ON r.unor_id = o.unor_id
  AND r.instansi_id = %(instansi)s AND r.sejak <= %(versi)s AND r.hingga > %(versi)s
  WHERE o.usulan_id = %(usulan)s AND r.posisi_id = ANY(%(posisi)s)"""


def _affected_by_draft(usulan: Usulan, keys: set[Kunci]) -> set[Kunci]:
    """Those of these objects that the draft as it stands affects (``rules.jejak`` turned around). One
    statement; a box that the draft does not touch stands where the base version has it."""
    params: dict[str, Any] = {
        "usulan": usulan.pk,
        "instansi": usulan.instansi_id,
        "versi": usulan.dasar_versi,
        "unor": [key for kind, key in keys if kind == "unor"],
        "posisi": [key for kind, key in keys if kind == "posisi"],
    }
    with connection.cursor() as cursor:
        cursor.execute(_RELATED, params)
        return keys & set(cursor.fetchall())


def _replace_findings(usulan: Usulan, keys: Iterable[Kunci], found: Sequence[TemuanObjek]) -> None:
    by_kind: dict[str, list[int]] = {}
    for objek, key in keys:
        by_kind.setdefault(objek, []).append(key)
    for kind, ids in by_kind.items():
        TemuanUsulan.objects.filter(usulan=usulan, objek=kind, objek_id__in=ids).delete()
    _insert_findings(usulan, found)


_FINDINGS = """INSERT INTO usulan_temuan (usulan_id, instansi_id, objek, objek_id, kode, tingkat, kalimat,
  perbaikan, tempat, kolom, nilai, bawaan)
SELECT %(usulan)s, %(instansi)s, r->>0, (r->>1)::bigint, r->>2, r->>3, r->>4, r->>5, r->>6, r->>7, r->>8,
  (r->>9)::boolean
FROM jsonb_array_elements(%(rows)s::jsonb) WITH ORDINALITY AS t(r, n) ORDER BY n"""


def _insert_findings(usulan: Usulan, found: Sequence[TemuanObjek]) -> None:
    """All findings in one statement, in order."""
    if not found:
        return
    rows = [
        [
            row.objek, row.id, t.kode, t.tingkat, t.kalimat, t.perbaikan, t.tempat[:600], t.kolom[:80],
            t.nilai[:400], row.bawaan,
        ]
        for row in found
        for t in (row.temuan,)
    ]  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute(
            _FINDINGS, {"usulan": usulan.pk, "instansi": usulan.instansi_id, "rows": json.dumps(rows)}
        )


def lock(usulan_id: int) -> Usulan:
    """The usulan, locked until the transaction ends. Raises Http404 for one the wall hides."""
    from django.http import Http404

    row: Any = Usulan.objects.select_for_update().filter(pk=usulan_id).first()
    if row is None:
        raise Http404("Usulan itu tidak ada atau berada di luar cakupan Anda.")
    result: Usulan = row
    return result
