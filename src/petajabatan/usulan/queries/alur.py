"""What the workflow needs to know about an usulan: its size, its findings, its approvals, its bundle."""

from __future__ import annotations

import datetime as dt
from dataclasses import asdict, dataclass, fields

from django.db import connection
from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone

from petajabatan.inti.jam import today
from petajabatan.usulan.models import Komentar, Persetujuan, RiwayatUsulan, Usulan
from petajabatan.usulan.queries.tetapan import thresholds
from petajabatan.usulan.rules.alur import AKHIR, large_by


@dataclass(frozen=True)
class Ringkas:
    """A draft in figures: operations in effect, findings by severity (``bawaan``: those the published map has
    too), open conflicts, what it touches, and the difference of the totals. ``ukuran``: actions on the map
    plus one per informasi jabatan or ABK sheet touched, however often it was written."""

    operasi: int
    galat: int
    peringatan: int
    catatan: int
    bawaan: int
    konflik: int
    unit: int
    posisi: int
    orang: int
    unit_baru: int
    unit_hapus: int
    posisi_baru: int
    posisi_hapus: int
    k_sebelum: int
    k_sesudah: int
    isian: int = 0
    ukuran: int = 0

    @property
    def k(self) -> int:
        """Change of the need, persons."""
        return self.k_sesudah - self.k_sebelum

    def as_json(self) -> dict[str, int]:
        return asdict(self) | {"k": self.k}


# One row. Touched people are counted by functions that see nobody's name (sql/0002_dinding.sql).
_RINGKAS = """
WITH u AS (SELECT unor_id, sebelum, sesudah FROM usulan_unor WHERE usulan_id = %(usulan)s),
     p AS (SELECT posisi_id, sebelum, sesudah FROM usulan_posisi WHERE usulan_id = %(usulan)s),
     t AS (SELECT tingkat, bawaan, count(*) AS n FROM usulan_temuan WHERE usulan_id = %(usulan)s
           GROUP BY 1, 2)
SELECT
  (SELECT count(*) FROM usulan_operasi WHERE usulan_id = %(usulan)s AND aktif AND membatalkan IS NULL
     AND jenis NOT IN ('selaras', 'batal', 'ulang')),
  (SELECT coalesce(sum(n), 0) FROM t WHERE tingkat = 'galat' AND NOT bawaan),
  (SELECT coalesce(sum(n), 0) FROM t WHERE tingkat = 'peringatan' AND NOT bawaan),
  (SELECT coalesce(sum(n), 0) FROM t WHERE tingkat = 'catatan' AND NOT bawaan),
  (SELECT coalesce(sum(n), 0) FROM t WHERE bawaan),
  (SELECT count(*) FROM usulan_konflik WHERE usulan_id = %(usulan)s AND keputusan = ''
     AND versi > (SELECT dasar_versi FROM usulan WHERE id = %(usulan)s)),
  (SELECT count(*) FROM u WHERE sebelum IS DISTINCT FROM sesudah),
  (SELECT count(*) FROM p WHERE sebelum IS DISTINCT FROM sesudah),
  (SELECT coalesce(sum(n), 0) FROM orang_pada_posisi(
     (SELECT array_agg(posisi_id) FROM p WHERE sebelum IS NOT NULL AND sebelum IS DISTINCT FROM sesudah)))
  + (SELECT coalesce(sum(n), 0) FROM orang_tanpa_posisi(%(instansi)s,
     (SELECT array_agg(unor_id) FROM u WHERE sebelum IS NOT NULL AND sesudah IS NULL))),
  (SELECT count(*) FROM u WHERE sebelum IS NULL AND sesudah IS NOT NULL),
  (SELECT count(*) FROM u WHERE sebelum IS NOT NULL AND sesudah IS NULL),
  (SELECT count(*) FROM p WHERE sebelum IS NULL AND sesudah IS NOT NULL),
  (SELECT count(*) FROM p WHERE sebelum IS NOT NULL AND sesudah IS NULL),
  (SELECT coalesce(sum((sebelum->>'k')::bigint), 0) FROM p),
  (SELECT coalesce(sum((sesudah->>'k')::bigint), 0) FROM p),
  (SELECT count(*) FROM usulan_isian WHERE usulan_id = %(usulan)s AND sebelum IS DISTINCT FROM sesudah),
  (SELECT count(*) FROM usulan_operasi WHERE usulan_id = %(usulan)s AND aktif AND membatalkan IS NULL
     AND jenis NOT IN ('selaras', 'batal', 'ulang', 'buat-infojab', 'tulis-isian', 'putuskan-evaluasi'))
  + (SELECT count(DISTINCT (isian_id / 64, isian_id %% 64 = 50)) FROM usulan_isian
     WHERE usulan_id = %(usulan)s AND sebelum IS DISTINCT FROM sesudah)
"""


def summary_of(usulan: Usulan) -> Ringkas:
    """The draft in figures as it stands. One statement."""
    with connection.cursor() as cursor:
        cursor.execute(_RINGKAS, {"usulan": usulan.pk, "instansi": usulan.instansi_id})
        return Ringkas(*(int(value) for value in cursor.fetchone()))


@dataclass(frozen=True)
class Angka:
    """A draft in figures for display; ``pada``: the day they were frozen, None while they live."""

    ringkas: Ringkas
    pada: dt.date | None = None

    @property
    def besar(self) -> tuple[str, ...]:
        return large_change(self.ringkas, self.pada)


def figures_of(usulan: Usulan) -> Angka:
    """The draft in figures: as it stands, and once the usulan has ended as it was decided on (people have
    been moved by then). Two statements at most."""
    if usulan.status not in AKHIR:
        return Angka(summary_of(usulan))
    step = {"tindakan": "setujui"} if usulan.status == Usulan.Status.DITETAPKAN else {"ke": usulan.status}
    row = RiwayatUsulan.objects.filter(usulan=usulan, **step).order_by("-id").first()
    kept = {f.name: row.ringkas[f.name] for f in fields(Ringkas) if f.name in row.ringkas} if row else {}
    if row is None or len(kept) < len(fields(Ringkas)):
        return Angka(summary_of(usulan))
    return Angka(Ringkas(**kept), timezone.localdate(row.pada))


def large_change(ringkas: Ringkas, pada: dt.date | None = None) -> tuple[str, ...]:
    """Why this needs (on that day: needed) a second pair of eyes; empty: it does not. Every autosave is an
    operation that can be undone, so the size of a change is what it touches."""
    size = {"operasi": ringkas.ukuran, "unit": ringkas.unit, "orang": ringkas.orang}
    return large_by(thresholds(), pada or today(), size)


@dataclass(frozen=True)
class BagianLintas:
    """One side of a bundle, as every side may see it."""

    usulan_id: int
    instansi_id: int
    instansi: str
    status: str
    nomor: str


def status_lintas(lintas_id: int) -> list[BagianLintas]:
    """All sides of a bundle: instansi, state and number only. Empty for who has no side of it."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM status_lintas(%s)", [lintas_id])
        return [BagianLintas(*row) for row in cursor.fetchall()]


def open_requests(usulan_id: int) -> QuerySet[Komentar]:
    """Requests for repair that are neither resolved nor answered by the instansi."""
    answers = Komentar.objects.filter(balasan_untuk=OuterRef("pk"), pihak="instansi")
    return Komentar.objects.filter(usulan_id=usulan_id, minta_perbaikan=True, selesai_pada=None).exclude(
        Exists(answers)
    )


def live_approvals(usulan_id: int) -> list[Persetujuan]:
    """Approvals in effect, oldest first."""
    return list(Persetujuan.objects.filter(usulan_id=usulan_id, gugur_pada=None).order_by("id"))
