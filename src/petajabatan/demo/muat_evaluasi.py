"""Factor sheets and standards of the demonstration, at Dinas Kesehatan Rembang; all texts invented."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from petajabatan.akun.models import Pengguna, Peran
from petajabatan.akun.queries import actor_of
from petajabatan.anjab.rules.kompetensi import BarisKompetensi
from petajabatan.anjab.services.evaluasi import decide_sheet, write_sheet
from petajabatan.anjab.services.kompetensi import validate_standard, write_standard
from petajabatan.demo.akun import SEJAK
from petajabatan.inti.actor import Actor
from petajabatan.jabatan.models import StandarKompetensi
from petajabatan.jabatan.queries.peta import fetch
from petajabatan.jabatan.queries.versi import last_version
from petajabatan.referensi.models import KamusKompetensi
from petajabatan.usulan.models import Usulan
from petajabatan.usulan.rules.operasi import BuatInfojab
from petajabatan.usulan.services import add_operations, create_usulan

KUNCI = "demo-evaluasi"
DASAR = "Peraturan Bupati DEMO-9 Tahun 2026 (contoh)"
STAF = {"F1": 3, "F2": 1, "F3": 1, "F4": 2, "F5": 1, "F6": 1, "F7": 1, "F8": 1, "F9": 1}
"""540 points: kelas 5."""
PIMPINAN = {"F1": 2, "F2": 1, "F3": 2, "F4A": 2, "F4B": 1, "F5": 3, "F6": 1}
"""1,955 points: kelas 11."""
AHLI = {"F1": 6, "F2": 2, "F3": 2, "F4": 2}
"""Begun only."""
ALASAN = {
    "F1": "Pengetahuan yang dituntut uraian tugasnya (contoh).",
    "F2": "Pengarahan yang diterima dari atasan langsung (contoh).",
}
_KOTAK = """SELECT r.posisi_id, r.nama, r.jenis, r.kepala, r.jabatan_id FROM posisi_riwayat r
JOIN unor_kini u USING (unor_id)
WHERE r.instansi_id = %(instansi)s AND r.hingga = 2147483647
  AND u.jalur <@ (SELECT jalur FROM unor_kini WHERE unor_id = %(unor)s) ORDER BY r.posisi_id"""


def muat_evaluasi(instansi_id: int, unor_id: int) -> None:
    """One draft with a validated, a returned and an unfinished sheet below the unit, and two standards; a
    second call changes nothing."""
    people = {
        row.username: row
        for row in Pengguna.objects.filter(username__in=("operator", "evaluator", "penyetuju"))
    }
    if len(people) < 3 or last_version(instansi_id) is None:
        return
    _grant(people["evaluator"], "instansi-operator-standar-komp-jab", instansi_id)
    _grant(people["penyetuju"], "instansi-validator-standar-komp-jab", instansi_id)
    actors = {name: actor_of(user) for name, user in people.items()}
    if not Usulan.objects.filter(instansi_id=instansi_id, kunci=KUNCI).exists():
        _sheets(actors, instansi_id, fetch(_KOTAK, {"instansi": instansi_id, "unor": unor_id}))
    if not StandarKompetensi.objects.filter(instansi_id=instansi_id).exists():
        _standards(actors, instansi_id, fetch(_KOTAK, {"instansi": instansi_id, "unor": unor_id}))


def _grant(user: Pengguna, peran: str, instansi_id: int) -> None:
    Peran.objects.get_or_create(
        pengguna=user, peran=peran, lingkup="instansi", instansi_id=instansi_id,
        defaults={"berlaku_dari": SEJAK},
    )  # fmt: skip


def _sheet(levels: dict[str, int]) -> dict[str, Any]:
    return {
        "faktor": {
            kode: {"level": level, "alasan": ALASAN.get(kode, "Sesuai uraian tugas jabatan ini (contoh).")}
            for kode, level in levels.items()
        }
    }


def _sheets(actors: dict[str, Actor], instansi_id: int, boxes: Sequence[tuple[Any, ...]]) -> None:
    pelaksana = [box for box in boxes if box[2] == "pelaksana"]
    kepala = [
        box for box in boxes if box[2] == "struktural" and box[3] and box[1].startswith("Kepala Bidang")
    ]
    ahli = [box for box in boxes if box[2] == "fungsional" and not box[3]]
    if not (pelaksana and kepala and ahli):
        return
    same = [box[0] for box in pelaksana if box[4] == pelaksana[0][4]][:6]
    usulan = create_usulan(
        actors["operator"], instansi_id, judul="Evaluasi jabatan Dinas Kesehatan (contoh)", layanan="infojab",
        keterangan="Tiga lembar faktor: divalidasi, dikembalikan, dan baru dimulai.", kunci=KUNCI,
    )  # fmt: skip
    groups = (tuple(same), (kepala[0][0],), (ahli[0][0],))
    made = add_operations(
        actors["operator"], usulan.pk, [BuatInfojab(id=-n, posisi_id=ids) for n, ids in enumerate(groups, 1)]
    )
    for n, levels in enumerate((STAF, PIMPINAN, AHLI), 1):
        write_sheet(actors["evaluator"], usulan.pk, made.id_baru[-n], _sheet(levels))
    decide_sheet(actors["penyetuju"], usulan.pk, made.id_baru[-1], "divalidasi")
    decide_sheet(
        actors["penyetuju"], usulan.pk, made.id_baru[-2], "dikembalikan",
        "Alasan F3 belum menyebut bawahan yang diselia (contoh).",
    )  # fmt: skip


def _standards(actors: dict[str, Actor], instansi_id: int, boxes: Sequence[tuple[Any, ...]]) -> None:
    wajib = KamusKompetensi.objects.exclude(jenis="teknis").order_by("urutan").values_list("id", "nama")
    pelaksana = next((box for box in boxes if box[2] == "pelaksana"), None)
    kepala = next((box for box in boxes if box[2] == "struktural" and box[3]), None)
    if pelaksana is None or kepala is None or not wajib:
        return
    rows = [BarisKompetensi(key, 1, f"{nama} dalam pekerjaan sehari-hari (contoh).") for key, nama in wajib]
    row = write_standard(
        actors["evaluator"], instansi_id, jabatan_id=pelaksana[4], nama="", berlaku_dari=dt.date(2026, 7, 1),
        dasar_hukum=DASAR, baris=rows,
    )  # fmt: skip
    validate_standard(actors["penyetuju"], row.pk)
    write_standard(
        actors["evaluator"], instansi_id, jabatan_id=None, nama=kepala[1], berlaku_dari=dt.date(2027, 1, 1),
        dasar_hukum=DASAR, baris=[r._replace(level=3) for r in rows[:5]],
    )  # fmt: skip
