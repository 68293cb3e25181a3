"""The draft as a workbook to be edited and brought back (``services.lembar``)."""

from __future__ import annotations

from pathlib import Path
from typing import IO

from django.db.models import Max
from django.http import Http404

from petajabatan.inti.actor import Actor
from petajabatan.jabatan.services.templat import template_of
from petajabatan.organisasi.importers.templat import write_template
from petajabatan.usulan.models import Operasi, Usulan
from petajabatan.usulan.queries.draf import whole_draft
from petajabatan.usulan.queries.lembar import draft_rows
from petajabatan.usulan.services.hak import may_draft

PETUNJUK_DRAF = (
    "Buku kerja ini berisi peta menurut draf usulan pada saat diunduh. Sunting lembar Unor dan "
    "Posisi, lalu unggah pada halaman Lembar kerja usulan itu.",
    "Tiap perbedaan dengan draf menjadi satu operasi usulan; semuanya dapat diurungkan sekaligus. "
    "Berkas yang diunggah tanpa diubah tidak mengubah apa pun.",
    "Jangan mengubah Id yang sudah terisi dan keterangan di atas: dengan itu unit dan usulannya "
    "dikenali kembali.",
    "Unit baru: tambah baris dengan Id Atasan unit di atasnya. Id Unor boleh kosong; isi sembarang "
    "(misalnya BARU-1) bila baris lain menunjuknya.",
    "Berkas yang sama boleh diterapkan lagi: baris baru dikenali dari Id-nya, tidak ditambahkan dua kali.",
    "Baris unit yang dihapus menghapus unit itu dari draf. Unit yang berpegawai memerlukan penerus: "
    "hapus unit seperti itu pada peta usulan, bukan di sini.",
    "Lembar Posisi: satu baris satu jabatan pada satu unit; baris yang dihapus menghapus jabatan itu "
    "dari draf.",
    "K yang dikosongkan berarti belum ditetapkan; angka 0 berarti tidak membutuhkan.",
    "Perbaikan nama hanya untuk salah ketik. Nama yang sungguh berganti ditolak; pakai Ganti nama "
    "pada peta usulan.",
    "Lembar Kode tidak dibaca dari buku kerja usulan.",
    "Yang diubah orang lain pada draf sesudah berkas ini diunduh tidak tertimpa: barisnya disebut "
    "sebagai galat.",
    "Pilih Periksa dahulu untuk melihat hasilnya. Satu galat menahan semuanya, kecuali Anda memilih "
    "melewati yang ditolak aturan.",
)
"""What the workbook of a draft says on its sheet Petunjuk."""


def draft_for_sheet(actor: Actor, usulan_id: int) -> Usulan:
    """The usulan, for who drafts it. Raises Http404, PermissionDenied."""
    usulan = Usulan.objects.filter(pk=usulan_id).first()
    if usulan is None:
        raise Http404("Usulan itu tidak ada atau berada di luar cakupan Anda.")
    may_draft(actor, usulan.instansi_id, usulan.layanan, usulan.cabang_id)
    return usulan


def export_draft(actor: Actor, usulan_id: int, target: IO[bytes] | Path) -> None:
    """Write the draft as our workbook (sheets Unor and Posisi), ready to edit and import again; imported
    unchanged it changes nothing. Raises Http404, PermissionDenied."""
    usulan = draft_for_sheet(actor, usulan_id)
    view = whole_draft(usulan)
    template = template_of(usulan.instansi_id)
    template.unor, template.posisi = draft_rows(usulan.instansi_id, view)
    template.judul = f"Lembar kerja usulan {usulan.nomor}"
    last = Operasi.objects.filter(usulan=usulan).aggregate(n=Max("nomor"))["n"] or 0
    template.keterangan = [
        ("Usulan", usulan.nomor),
        ("Judul", usulan.judul),
        ("Di atas peta versi", str(usulan.dasar_versi)),
        ("Operasi terakhir", str(last)),
    ]
    template.petunjuk = PETUNJUK_DRAF
    write_template(target, template)
