"""Names of units: can they be read, told apart, and found again?"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator

from rapidfuzz import fuzz

from petajabatan.jabatan.rules.abk.angka import write_number as angka
from petajabatan.jabatan.rules.beda import IsiUnor
from petajabatan.usulan.rules.cek import sumber
from petajabatan.usulan.rules.cek.dasar import Subjek, Ujar, cek
from petajabatan.usulan.rules.cek.istilah import baku
from petajabatan.usulan.rules.nama import nilai_perubahan_nama

ANEH = re.compile(r"[^\w\s.,/()&'’“”\"–:+-]|\?{2,}|[.,/&:-]{2,}")
"""Marks that names of units do not have."""
RUJUKAN_SINGKATAN = 8
"""Letters of the longest acronym of an office (BAKESBANG is written out)."""


@cek(
    "nama-kosong",
    "Nama unit kosong",
    "galat",
    "unor",
    apa="Nama unit tidak berisi satu huruf pun.",
    sebab="Unit tanpa nama tidak dapat ditetapkan.",
    sumber=sumber.PERBKN_9_2022,
    perbaikan="Isi nama unit sesuai naskah peraturan.",
    contoh="Nama hanya berisi “-”.",
)
def nama_kosong(s: Subjek) -> Iterator[Ujar]:
    """A unit has a name (PerBKN 9/2022 Ps 48)."""
    if not any(letter.isalpha() for letter in s.unor().nama):
        yield Ujar("Nama unit ini kosong.", kolom="nama")


@cek(
    "nama-tak-terbaca",
    "Nama memuat huruf yang tidak tampak atau rusak",
    "galat",
    "unor",
    apa="Nama unit atau jabatan pimpinannya memuat huruf kendali, spasi tak tampak, atau tanda huruf rusak.",
    sebab="Huruf yang tidak tampak membuat nama yang sama dianggap berbeda oleh layanan lain.",
    sumber=sumber.REKOMENDASI,
    perbaikan="Ketik ulang namanya; jangan menyalinnya dari dokumen.",
    contoh="Spasi berlebar nol di tengah “Bidang Aset” hasil salin-tempel.",
)
def nama_tak_terbaca(s: Subjek) -> Iterator[Ujar]:
    """No control, invisible or replacement characters (rekomendasi)."""
    unit = s.unor()
    for column, name in (("nama", unit.nama), ("nama_jabatan", unit.nama_jabatan)):
        bad = sorted({f"U+{ord(c):04X}" for c in name if unicodedata.category(c) in _RUSAK or c == "\ufffd"})
        if bad:
            yield Ujar(
                f"“{name}” memuat huruf yang tidak tampak atau rusak ({', '.join(bad)}).",
                kolom=column,
                nilai=f"{column}:{name}",
            )


_RUSAK = frozenset({"Cc", "Cf", "Co", "Cn", "Cs"})


@cek(
    "nama-bertanda-aneh",
    "Nama memuat tanda yang tidak lazim",
    "peringatan",
    "unor",
    apa="Nama unit memuat tanda seperti @ # ; * atau tanda baca berturut-turut.",
    sebab="Tanda semacam itu biasanya sisa pemrosesan berkas, bukan bagian nomenklatur.",
    sumber=sumber.REKOMENDASI,
    perbaikan="Tulis namanya sesuai naskah peraturan.",
    contoh="“Bidang Aset;” atau “Seksi Data ??”.",
)
def nama_bertanda_aneh(s: Subjek) -> Iterator[Ujar]:
    """Marks that nomenclature does not have (rekomendasi)."""
    found = ANEH.findall(s.unor().nama)
    if found:
        yield Ujar(
            f"“{s.unor().nama}” memuat tanda {' '.join(sorted(set(found)))}.",
            kolom="nama",
            nilai=s.unor().nama,
        )


@cek(
    "nama-terlalu-panjang",
    "Nama unit sangat panjang",
    "peringatan",
    "unor",
    apa="Nama unit lebih panjang daripada batas `nama_unit_maks`.",
    sebab="Nama sepanjang itu biasanya memuat keterangan yang bukan nomenklatur, dan terpotong pada cetakan.",
    sumber=sumber.REKOMENDASI,
    perbaikan="Hapus keterangan yang bukan bagian nama.",
    contoh="Nama unit yang memuat uraian tugasnya.",
)
def nama_terlalu_panjang(s: Subjek) -> Iterator[Ujar]:
    """Longer than the limit of the policy (rekomendasi)."""
    name, limit = s.unor().nama, s.batas("nama_unit_maks")
    if limit is not None and len(name) > limit:
        yield Ujar(
            f"Nama {name[:40]}… {angka(len(name))} huruf, lebih dari {angka(limit)}.",
            kolom="nama",
            nilai=name,
        )


@cek(
    "nama-salah-kapital",
    "Penulisan huruf besar tidak lazim",
    "catatan",
    "unor",
    apa="Nama unit seluruhnya huruf besar, seluruhnya huruf kecil, atau memuat kata seperti “bIDANG”.",
    sebab="Nama disandingkan dengan unit lain pada bagan dan surat; penulisannya sebaiknya seragam.",
    sumber=sumber.REKOMENDASI,
    perbaikan="Koreksi penulisannya: huruf besar pada awal kata.",
    contoh="“BIDANG PENGELOLAAN ASET”.",
)
def nama_salah_kapital(s: Subjek) -> Iterator[Ujar]:
    """Capitals as usual in names (rekomendasi); acronyms may stand in capitals."""
    name = s.unor().nama
    words = [w for w in re.findall(r"[^\W\d_]+", name) if len(w) > 3]
    mixed = [w for w in words if w[0].islower() and any(c.isupper() for c in w)]
    shouted = len(words) > 1 and all(w.isupper() for w in words)
    if mixed or shouted or (words and name.islower()):
        yield Ujar(f"Penulisan huruf besar pada “{name}” tidak lazim.", kolom="nama", nilai=name)


@cek(
    "nama-hanya-singkatan",
    "Nama unit hanya berupa singkatan",
    "peringatan",
    "unor",
    apa="Nama unit struktural hanya terdiri atas singkatan.",
    sebab="Nomenklatur ditulis lengkap dalam peraturan; singkatan tidak dapat dicocokkan.",
    sumber=f"{sumber.REKOMENDASI}; daftar singkatan: docs/usulan-nama.md",
    perbaikan="Tulis namanya lengkap sesuai peraturan.",
    contoh="“BPKAD” alih-alih “Badan Pengelolaan Keuangan dan Aset Daerah”.",
)
def nama_hanya_singkatan(s: Subjek) -> Iterator[Ujar]:
    """Nomenclature is written out (rekomendasi)."""
    unit = s.unor()
    words = re.findall(r"[^\W\d_]+", unit.nama)
    short = s.view.acuan.nama.singkatan
    if words and all(
        (w.isupper() and 1 < len(w) <= RUJUKAN_SINGKATAN and (len(words) == 1 or (w.lower(),) in short))
        for w in words
    ):
        yield Ujar(f"“{unit.nama}” hanya berupa singkatan.", kolom="nama", nilai=unit.nama)


@cek(
    "nama-saudara-ganda",
    "Nama unit sama di bawah satu atasan",
    "galat",
    "unor",
    apa="Dua unit di bawah atasan yang sama bernama sama; huruf besar dan tanda baca tidak dihitung.",
    sebab="Unit yang senama tidak dapat dibedakan pada surat keputusan maupun pada layanan lain.",
    sumber=f"{sumber.REKOMENDASI}; domain peta jabatan: nama ganda ditolak",
    perbaikan="Bedakan namanya sesuai peraturan, atau hapus yang ganda dengan menyebut penerusnya.",
    contoh="Dua “Subbagian Umum” di bawah Sekretariat.",
)
def nama_saudara_ganda(s: Subjek) -> Iterator[Ujar]:
    """Two units of one name right below the same unit cannot be told apart (domain 2.3)."""
    counts = Counter(baku(unit.nama) for unit in s.anak())
    for unit in s.anak():
        if counts[baku(unit.nama)] > 1:
            yield Ujar(
                f"Di bawah {s.unor().nama} ada lebih dari satu unit bernama “{unit.nama}”.",
                kolom="nama",
                pada=("unor", unit.id),
            )


@cek(
    "nama-saudara-mirip",
    "Nama unit hampir sama dengan unit di sebelahnya",
    "peringatan",
    "unor",
    apa="Unit baru, berganti nama, atau pindahan hanya berbeda salah ketik dari unit di sebelahnya.",
    sebab="Nama yang berbeda satu dua huruf biasanya unit yang sama, dimasukkan dua kali.",
    sumber=f"{sumber.REKOMENDASI}; ukuran jarak: docs/usulan-nama.md",
    perbaikan="Hapus yang ganda, atau bedakan namanya sesuai peraturan.",
    contoh="“Seksi Pendataan” dan “Seksi Pendatan” di bawah satu bidang.",
)
def nama_saudara_mirip(s: Subjek) -> Iterator[Ujar]:
    """A name that reads like a slip of a sibling's (rekomendasi). Only for children the draft brought under
    this name and head unit: a published map is not compared with itself."""
    limit, units = s.batas("kemiripan_nama"), s.anak()
    if limit is None or len(units) < 2:
        return
    base = s.view.terbit("unor", [unit.id for unit in units])
    names = {unit.id: baku(unit.nama) for unit in units}
    for unit in units:
        row = base.get(unit.id)
        if isinstance(row, IsiUnor) and (row.nama, row.atasan_id) == (unit.nama, unit.atasan_id):
            continue
        mine = names[unit.id]
        for other in units:
            theirs = names[other.id]
            if mine == theirs or not fuzz.ratio(mine, theirs, score_cutoff=float(limit)):
                continue
            if nilai_perubahan_nama(unit.nama, other.nama, s.view.acuan.nama).putusan == "koreksi":
                yield Ujar(
                    f"“{unit.nama}” hampir sama dengan “{other.nama}” di bawah {s.unor().nama}.",
                    kolom="nama",
                    pada=("unor", unit.id),
                )
                break


@cek(
    "nama-sama-dengan-atasan",
    "Nama unit sama dengan unit atasannya",
    "peringatan",
    "unor",
    apa="Unit bernama sama dengan unit tepat di atasnya.",
    sebab="Biasanya unit puncak berkas dimuat dua kali.",
    sumber=sumber.REKOMENDASI,
    perbaikan="Hapus yang ganda dan pindahkan isinya, atau bedakan namanya.",
    contoh="“Dinas Kesehatan” di bawah “Dinas Kesehatan”.",
)
def nama_sama_dengan_atasan(s: Subjek) -> Iterator[Ujar]:
    """A child of the same name (rekomendasi)."""
    mine = baku(s.unor().nama)
    for child in s.anak():
        if baku(child.nama) == mine:
            yield Ujar(
                f"Di bawah {s.unor().nama} ada unit bernama sama.", kolom="nama", pada=("unor", child.id)
            )
