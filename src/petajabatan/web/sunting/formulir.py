"""The forms of the drawer, described as values; one template draws them, one script makes operations of them.

A field whose ``amplop`` is set belongs to the request as a whole (legal basis, article, reason), the others
to the operation. An empty field is left out of the operation, unless ``kosong`` says it means "none".
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from petajabatan.jabatan.rules.beda import IsiPosisi, IsiUnor
from petajabatan.organisasi.models import DasarHukum, JenisUnor
from petajabatan.referensi.models import Eselon, UrusanPemerintahan, Wilayah
from petajabatan.usulan.queries.acuan import AcuanDb, people_on_boxes
from petajabatan.usulan.rules.cek.istilah import jenjang_eselon
from petajabatan.web.sunting import queries, rinci
from petajabatan.web.sunting.konteks import KonteksDraf

Pilihan = list[tuple[str, str]]


@dataclass
class Bidang:
    """``tipe``: teks, angka, pilih (select), cari (search field with candidates from ``sumber``), banyak
    (several of those), centang (check box), kode (codes separated by commas)."""

    nama: str
    label: str
    tipe: str = "teks"
    nilai: Any = ""
    pilihan: Pilihan = field(default_factory=list)
    sumber: str = ""
    teks: str = ""
    bantuan: str = ""
    wajib: bool = False
    amplop: bool = False
    kosong: bool = False
    tanpa: str = "–"
    """What the empty choice of a select says; given, it is offered even where a choice is preset."""
    min: int = 0
    maks: int | None = None
    ikut: str = ""
    """A field of the form whose value chooses the help text out of ``petunjuk``."""
    petunjuk: dict[str, str] = field(default_factory=dict)

    @property
    def petunjuk_json(self) -> str:
        return json.dumps(self.petunjuk, ensure_ascii=False)


@dataclass
class Formulir:
    """``tetap``: columns of the operation that the form does not ask for; ``bagian``: an extra template;
    ``lagi``: a second button that saves and offers the same form again."""

    jenis: str
    judul: str
    tombol: str
    tetap: dict[str, Any]
    bidang: list[Bidang]
    keterangan: str = ""
    bagian: str = ""
    lagi: str = ""
    bahaya: bool = False
    konteks: dict[str, Any] = field(default_factory=dict)

    @property
    def ada_amplop(self) -> bool:
        return any(b.amplop for b in self.bidang)


def laws(konteks: KonteksDraf) -> Pilihan:
    """Regulations of the instansi, newest first; repealed ones say so."""
    rows = DasarHukum.objects.filter(instansi_id=konteks.usulan.instansi_id).order_by(
        "-tahun", "jenis", "nomor"
    )
    return [(str(row.pk), f"{row} – {row.tentang}"[:140] + _status(row)) for row in rows[:500]]


def _status(row: DasarHukum) -> str:
    return "" if row.status == DasarHukum.Status.BERLAKU else f" ({row.get_status_display()})"


def _eselon() -> Pilihan:
    return [(row.kode, row.sebutan) for row in Eselon.objects.order_by("kode")]


def usual_classes(konteks: KonteksDraf) -> dict[str, str]:
    """For each eselon the usual kelas of its heads, in words. Seven statements."""
    acuan = AcuanDb(konteks.usulan.instansi_id)
    found: dict[str, str] = {}
    for kode in acuan.eselon:
        jenjang = jenjang_eselon(acuan, kode)
        if jenjang is not None and jenjang in acuan.rentang_kelas:
            low, high = acuan.rentang_kelas[jenjang]
            usual = str(low) if low == high else f"{low}–{high}"
            values = {"kelas": usual, "jenjang": acuan.jenjang.get(jenjang, jenjang)}
            found[kode] = _("Lazimnya kelas %(kelas)s (%(jenjang)s).") % values
    return found


def _jenis() -> Pilihan:
    return [(kind.value, _(str(kind.label))) for kind in JenisUnor]


def envelope(konteks: KonteksDraf, *, wajib: bool = False) -> list[Bidang]:
    """Legal basis, article and reason of the action."""
    start = konteks.usulan.dasar_hukum_id
    return [
        Bidang("dasar_hukum_id", _("Dasar hukum perubahan"), "pilih", start or "", laws(konteks), wajib=wajib,
               amplop=True),
        Bidang("pasal", _("Pasal"), amplop=True, maks=60),
        Bidang("alasan", _("Alasan"), amplop=True, maks=500),
    ]  # fmt: skip


def _places(konteks: KonteksDraf, unit: IsiUnor) -> Pilihan:
    """Behind which of the units below it a new one may stand. Three statements."""
    ((_key, below),) = queries.ordered_children(konteks, [unit.id])
    return [("0", _("Paling depan")), *((str(u.id), u.nama) for u in rinci.names_of(konteks, "unor", below))]


def tambah_unor(konteks: KonteksDraf, unit: IsiUnor) -> Formulir:
    law = konteks.usulan.dasar_hukum_id or unit.dasar_hukum_id
    return Formulir(
        "tambah-unor", _("Tambah unit bawahan"), _("Tambahkan unit"), {"atasan_id": unit.id},
        [
            Bidang("nama", _("Nama unit"), wajib=True, maks=250),
            Bidang("nama_jabatan", _("Jabatan pimpinan"), maks=250,
                   bantuan=_("Bila diisi pada unit bereselon, kotak pimpinannya ikut dibuat dengan K = 1;"
                           " kosong: tanpa kotak pimpinan.")),
            Bidang("jenis_unor", _("Jenis unit"), "pilih", unit.jenis if unit.jenis != "struktural" else
                   "struktural", _jenis(), wajib=True),
            Bidang("eselon", _("Eselon"), "pilih", "", _eselon()),
            Bidang("kelas_kepala", _("Kelas jabatan pimpinan"), "angka", min=1, maks=17, ikut="eselon",
                   petunjuk=usual_classes(konteks),
                   bantuan=_("Bagi unit bereselon; kelas yang lazim tampil sesudah eselonnya dipilih.")),
            Bidang("sesudah", _("Tempat: sesudah unit"), "pilih", "", _places(konteks, unit),
                   bantuan=_("Bila dibiarkan: di belakang saudara terakhir yang sejenis dan seeselon.")),
            Bidang("dasar_hukum_id", _("Dasar hukum unit"), "pilih", law or "", laws(konteks)),
            Bidang("pasal", _("Pasal"), maks=60),
        ],
        _("Aturan A: unit baru ditambahkan dengan dasar hukumnya."),
    )  # fmt: skip


def tambah_posisi(konteks: KonteksDraf, unit: IsiUnor) -> Formulir:
    return Formulir(
        "tambah-posisi", _("Tambah jabatan"), _("Tambahkan jabatan"), {"unor_id": unit.id},
        [
            Bidang("jenis_posisi", _("Jenis jabatan"), "pilih", "pelaksana",
                   [("pelaksana", _("Pelaksana")), ("fungsional", _("Jabatan fungsional")),
                    ("struktural", _("Struktural"))], wajib=True),
            Bidang("jabatan_id", _("Jabatan menurut referensi"), "cari", sumber="jabatan", wajib=True,
                   bantuan=_("Ketik beberapa huruf; salah ketik dimaklumi.")),
            Bidang("nama", _("Nama jabatan struktural"), maks=250),
            Bidang("kelas", _("Kelas jabatan"), "angka", min=1, maks=17),
            Bidang("k", _("Kebutuhan (K)"), "angka", maks=100000),
            Bidang("kepala", _("Memimpin unit ini"), "centang"),
            *envelope(konteks),
        ],
        bagian="jabatan", lagi=_("Simpan dan tambah lagi"),
    )  # fmt: skip


def koreksi_nama(konteks: KonteksDraf, unit: IsiUnor) -> Formulir:
    return Formulir(
        "koreksi-nama", _("Koreksi nama"), _("Simpan koreksi"), {"unor_id": unit.id},
        [
            Bidang("nama", _("Nama unit"), nilai=unit.nama, wajib=True, maks=250),
            Bidang("nama_jabatan", _("Jabatan pimpinan"), nilai=unit.nama_jabatan, maks=250),
        ],
        _("Aturan C: hanya salah ketik. Nama yang berbeda arti adalah unit baru."),
        bagian="nama",
        konteks={"unor": unit, "bidang_ganti": [
            Bidang("dasar_hukum_id", _("Dasar hukum nama baru"), "pilih", konteks.usulan.dasar_hukum_id or "",
                   laws(konteks), wajib=True),
            Bidang("pasal", _("Pasal"), maks=60),
        ]},
    )  # fmt: skip


def ubah_unor(konteks: KonteksDraf, unit: IsiUnor) -> Formulir:
    region = Wilayah.objects.filter(kode=unit.wilayah).first() if unit.wilayah else None
    affairs = UrusanPemerintahan.objects.order_by("urutan").values_list("kode", "nama")[:60]
    known = ", ".join(f"{kode} {nama}" for kode, nama in affairs)
    return Formulir(
        "ubah-unor", _("Ubah keterangan unit"), _("Simpan"), {"unor_id": unit.id},
        [
            Bidang("jenis_unor", _("Jenis unit"), "pilih", unit.jenis, _jenis(), wajib=True),
            Bidang("eselon", _("Eselon"), "pilih", unit.eselon or "", _eselon(), kosong=True),
            Bidang("urusan", _("Urusan (kode, dipisah koma)"), "kode", ", ".join(unit.urusan),
                   bantuan=known[:240]),
            Bidang("wilayah", _("Wilayah (kode Kemendagri)"), nilai=unit.wilayah or "", kosong=True,
                   bantuan=region.nama if region else ""),
            Bidang("pasal", _("Pasal"), nilai=unit.pasal, maks=60, kosong=True),
            Bidang("halaman", _("Halaman"), nilai=unit.halaman, maks=20, kosong=True),
        ],
    )  # fmt: skip


def perbarui_dasar(konteks: KonteksDraf, unit: IsiUnor) -> Formulir:
    stands = rinci.stands_on(konteks, unit.id)
    own = str(unit.dasar_hukum_id or 0)
    shared = [(str(row.id), f"{row.nama} ({_units(row.n)})") for row in stands]
    whole = sum(row.n for row in stands)
    return Formulir(
        "perbarui-dasar", _("Perbarui dasar hukum"), _("Perbarui"), {"unor_id": unit.id},
        [
            Bidang("dasar_hukum_id", _("Dasar hukum baru"), "pilih", konteks.usulan.dasar_hukum_id or "",
                   laws(konteks), wajib=True),
            Bidang("pasal", _("Pasal unit ini pada peraturan baru"), maks=60),
            Bidang("halaman", _("Halaman"), maks=20),
            Bidang("cabang", _("Beserta unit di bawahnya"), "centang", nilai=True),
            Bidang("hanya_dari", _("Berlaku bagi unit yang kini berdiri di atas"), "pilih", own, shared,
                   tanpa=_("Semua bawahan, apa pun dasar hukumnya (%(n)s)") % {"n": _units(whole)}),
        ],
        _("Unit yang tidak berubah tetap unit yang sama; hanya dasar hukumnya diperbarui. Pasal dan halaman"
          " peraturan lama dikosongkan; isi menurut peraturan baru."),
        bagian="dasar", konteks={"berdiri": stands},
    )  # fmt: skip


def _units(n: int) -> str:
    return _("%(n)s unit") % {"n": n}


def pindah_unor(konteks: KonteksDraf, unit: IsiUnor) -> Formulir:
    return Formulir(
        "pindah-unor", _("Pindahkan unit"), _("Pindahkan"), {"unor_id": unit.id},
        [Bidang("atasan_id", _("Unit atasan yang baru"), "cari", sumber="unor-tujuan", wajib=True,
                bantuan=_("Seluruh unit di bawahnya ikut pindah.")), *envelope(konteks)],
    )  # fmt: skip


def hapus_unor(konteks: KonteksDraf, unit: IsiUnor) -> Formulir:
    needs = rinci.depends_on(konteks, unit.id)
    people = bool(needs.orang + needs.tanpa_kotak)
    help_text = _("Unit yang melanjutkan tugas dan menampung pegawainya.")
    if bundled := konteks.usulan.lintas_id is not None:
        help_text += " " + _("Boleh unit instansi lain dalam usulan lintas ini.")
    fields = [Bidang("penerus", _("Unit penerus"), "banyak", sumber="unor-lintas" if bundled else "unor",
                     wajib=people, bantuan=help_text)]  # fmt: skip
    if needs.unit:
        fields.append(Bidang("cabang", _("Hapus beserta seluruh cabangnya"), "centang"))
    return Formulir(
        "hapus-unor", _("Hapus unit"), _("Hapus unit"), {"unor_id": unit.id}, [*fields, *envelope(konteks)],
        _("Aturan B: unit yang berpegawai tidak dapat dihapus tanpa penerus."),
        bagian="hapus", bahaya=True, konteks={"gantung": needs, "unor": unit},
    )  # fmt: skip


def gabung_unor(konteks: KonteksDraf, unit: IsiUnor) -> Formulir:
    return Formulir(
        "gabung-unor", _("Gabungkan ke unit lain"), _("Gabungkan"), {"unor_id": [unit.id]},
        [Bidang("menjadi", _("Digabung ke unit"), "cari", sumber="unor-tujuan", wajib=True,
                bantuan=_("Jabatan dan unit di bawahnya pindah ke unit itu, lalu unit ini dihapus dengan"
                          " menunjuknya sebagai penerus.")), *envelope(konteks)],
        bagian="lebur", bahaya=True,
    )  # fmt: skip


def pecah_unor(konteks: KonteksDraf, unit: IsiUnor) -> Formulir:
    shown = queries.children_document(konteks, unit.id)
    own = queries.these_units(konteks, [unit.id])
    return Formulir(
        "pecah-unor", _("Pecah unit"), _("Pecah"), {"unor_id": unit.id},
        [Bidang("hapus", _("Hapus unit ini sesudah kosong; unit tujuan menjadi penerusnya"), "centang"),
         *envelope(konteks)],
        _("Pilih unit tujuan bagi jabatan dan unit bawahan yang pindah; yang dibiarkan kosong tetap di sini."
          " Tambahkan dahulu unit tujuan yang baru."),
        bagian="pecah",
        konteks={
            "kotak": [(b[0], b[2], b[6]) for b in own["kotak"] if b[10] != "hapus" and not b[9]],
            "bawahan": [(u[0], u[2]) for u in shown["unor"] if u[12] != "hapus"],
        },
    )  # fmt: skip


def nama_posisi(konteks: KonteksDraf, box: IsiPosisi) -> Formulir:
    return Formulir(
        "koreksi-nama", _("Koreksi nama jabatan"), _("Simpan koreksi"), {"posisi_id": box.id},
        [Bidang("nama", _("Nama jabatan"), nilai=box.nama, wajib=True, maks=250)],
        _("Hanya nama jabatan struktural; nama lain berasal dari referensi."), bagian="nama-posisi",
        konteks={"posisi": box},
    )  # fmt: skip


def pindah_posisi(konteks: KonteksDraf, box: IsiPosisi) -> Formulir:
    return Formulir(
        "pindah-posisi", _("Pindahkan jabatan"), _("Pindahkan"), {"posisi_id": box.id},
        [Bidang("unor_id", _("Unit tujuan"), "cari", sumber="unor-tujuan", wajib=True), *envelope(konteks)],
    )  # fmt: skip


def hapus_posisi(konteks: KonteksDraf, box: IsiPosisi) -> Formulir:
    people = people_on_boxes([box.id]).get(box.id, 0)
    return Formulir(
        "hapus-posisi", _("Hapus jabatan"), _("Hapus jabatan"), {"posisi_id": box.id},
        [Bidang("penerus", _("Jabatan penerus"), "cari", sumber="posisi",
                bantuan=_("%(n)s pegawai menduduki jabatan ini.") % {"n": people} if people
                else _("Tidak ada pegawai pada jabatan ini.")), *envelope(konteks)],
        bahaya=True,
    )  # fmt: skip


UNIT = {
    "tambah-unor": tambah_unor,
    "tambah-posisi": tambah_posisi,
    "koreksi-nama": koreksi_nama,
    "ubah-unor": ubah_unor,
    "perbarui-dasar": perbarui_dasar,
    "pindah-unor": pindah_unor,
    "gabung-unor": gabung_unor,
    "pecah-unor": pecah_unor,
    "hapus-unor": hapus_unor,
}
BOX = {"koreksi-nama": nama_posisi, "pindah-posisi": pindah_posisi, "hapus-posisi": hapus_posisi}
