"""A draft of informasi jabatan for Bappeda of Rembang: one post complete, others begun, most not yet."""

from __future__ import annotations

import json
from typing import Any

from petajabatan.akun.models import Pengguna
from petajabatan.akun.queries import actor_of
from petajabatan.demo.sumber import FOLDER
from petajabatan.inti.actor import Actor
from petajabatan.jabatan.models import PosisiRiwayat
from petajabatan.jabatan.queries import subtree
from petajabatan.jabatan.queries.versi import last_version
from petajabatan.organisasi.models import SELAMANYA
from petajabatan.usulan.models import Usulan
from petajabatan.usulan.rules.operasi import BuatInfojab, TulisIsian
from petajabatan.usulan.services import add_operations, create_usulan

KUNCI = "demo-infojab"
JUDUL = "Informasi jabatan Badan Perencanaan Pembangunan Daerah (contoh)"


def write_infojab(instansi_id: int, unor_id: int, *, akun: str = "operator") -> int:
    """Write the draft through the services, as the account would; 0 where it is there already, else how
    many informasi jabatan."""
    user = Pengguna.objects.filter(username=akun).first()
    if user is None or Usulan.objects.filter(kunci=KUNCI, instansi_id=instansi_id).exists():
        return 0
    actor = actor_of(user)
    version = last_version(instansi_id)
    if version is None:
        return 0
    data = json.loads((FOLDER / "infojab.json").read_text(encoding="utf-8"))
    units = [unit.id for unit in subtree(unor_id, version.nomor)]
    boxes: dict[str, list[PosisiRiwayat]] = {}
    rows = PosisiRiwayat.objects.filter(unor_id__in=units, hingga=SELAMANYA, kepala=False).exclude(k=0)
    for box in rows.order_by("posisi_id"):
        boxes.setdefault(box.nama.casefold(), []).append(box)
    steps = [
        step
        for number, (nama, isi) in enumerate(data["jabatan"].items(), 1)
        if nama in boxes
        for step in _steps(number, boxes[nama][0], nama, isi, data)
    ]
    if not steps:
        return 0
    _write(actor, instansi_id, steps)
    return sum(isinstance(step, BuatInfojab) for step in steps)


def _steps(
    number: int, box: PosisiRiwayat, nama: str, isi: dict[str, Any], data: dict[str, Any]
) -> list[Any]:
    steps: list[Any] = [BuatInfojab(id=-number, posisi_id=(box.posisi_id,), nama=box.nama.capitalize())]
    whole = "prestasi" in isi
    sections = (data["umum"] if whole else {}) | isi
    steps += [TulisIsian(infojab_id=-number, bagian=code, isi=content) for code, content in sections.items()]
    if whole:
        # As many times the work of one person as there are seats, so that K stays what the map says.
        sheet = [row | {"volume": str(row["volume"] * (box.k or 1))} for row in data["beban"][nama]]
        steps.append(TulisIsian(posisi_id=box.posisi_id, bagian="abk", isi={"baris": sheet}))
    return steps


def _write(actor: Actor, instansi_id: int, steps: list[Any]) -> None:
    usulan = create_usulan(
        actor, instansi_id, judul=JUDUL, layanan=Usulan.Layanan.INFOJAB, kunci=KUNCI,
        keterangan="Contoh: satu jabatan lengkap, dua baru dimulai.",
    )  # fmt: skip
    add_operations(actor, usulan.pk, steps, alasan="Contoh isian")
