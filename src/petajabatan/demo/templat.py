"""A template as a ministry would publish it: a puskesmas with inpatient care. The figures are an example,
not a standard of the ministry."""

from __future__ import annotations

from typing import Any

from petajabatan.anjab.models import TemplatPembina
from petajabatan.anjab.services.templat import create_template, publish_version, save_version
from petajabatan.demo import sumber
from petajabatan.inti.actor import Actor

NAMA = "Puskesmas rawat inap (contoh)"
KETERANGAN = "Susunan contoh untuk mencoba; angka K bukan standar kementerian."


def susun_templat() -> dict[str, Any]:
    """The structure, with names of jabatan of the demonstration's references. Pure."""
    units: dict[str, dict[str, Any]] = {
        "unit": {"kunci": "unit", "nama": "Puskesmas", "jenis": "faskes", "nama_jabatan": "Kepala Puskesmas"},
        "tu": {
            "kunci": "tu",
            "nama": "Subbagian Tata Usaha",
            "atasan": "unit",
            "jenis": "struktural",
            "eselon": "41",
            "nama_jabatan": "Kepala Subbagian Tata Usaha",
        },
    }
    for row in sumber.baris("templat_puskesmas"):
        post: dict[str, Any] = {
            "jabatan": row["jabatan"],
            "jenis": row["jenis"],
            "kelas": row["kelas"],
            "k": row["k"],
            "kepala": row["kepala"],
        }
        if row["ikhtisar"]:
            post["isian"] = {"ikhtisar": {"ikhtisar": row["ikhtisar"]}}
        units[row["unit"]].setdefault("posisi", []).append(post)
    return {"unit": list(units.values())}


def muat_templat(actor: Actor, pembina_id: int) -> int:
    """Publish the example; a second call changes nothing. Returns how many templates were added."""
    if TemplatPembina.objects.filter(pembina_id=pembina_id, nama=NAMA).exists():
        return 0
    made = create_template(actor, pembina_id, nama=NAMA, keterangan=KETERANGAN, jenis_master="puskesmas")
    row, _ = save_version(actor, made.pk, susun_templat(), catatan="Versi pertama (contoh)")
    publish_version(actor, made.pk, row.nomor)
    return 1
