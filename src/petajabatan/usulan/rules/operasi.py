"""The operations an usulan is made of: small, typed, and the same for the page, the spreadsheet and the API.

Ids below zero are placeholders of one request: whoever adds a unit and its boxes at once calls the unit −1
and the boxes point at −1; the service gives them real ids before anything is applied.
"""

from __future__ import annotations

from typing import Annotated, Any, ClassVar, Literal

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter

NAMA_MAKS = 250
K_MAKS = 100_000
"""Persons one box may need; anything above is a slip of the keyboard."""
Nama = Annotated[str, Field(min_length=1, max_length=NAMA_MAKS)]
JenisUnor = Literal[
    "struktural", "upt", "faskes", "sekolah", "kecamatan", "kelurahan", "perwakilan", "kelompok"
]
Bagian = Literal[
    "identitas", "ikhtisar", "kualifikasi", "tugas_pokok", "hasil_kerja", "bahan_kerja", "perangkat_kerja",
    "tanggung_jawab", "wewenang", "korelasi", "lingkungan", "risiko", "syarat", "prestasi", "evaluasi", "abk",
]  # fmt: skip
JenisPosisi = Literal["struktural", "fungsional", "pelaksana"]


class Operasi(BaseModel):
    """Base of all operations. ``aturan`` is the rule of change it falls under (A, B, C, D = dasar hukum,
    or '' for the others)."""

    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=True)
    aturan: ClassVar[str] = ""


class KodeLuar(BaseModel):
    """The code by which others know a unit: NPSN, kode puskesmas, kode rumah sakit, …"""

    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=True)
    jenis: Annotated[str, Field(min_length=1, max_length=20, pattern=r"^[a-z][a-z0-9-]*$")]
    kode: Annotated[str, Field(min_length=1, max_length=40)]


class TambahUnor(Operasi):
    """A new unit (rule A). With ``kepala``, an eselon and a jabatan pimpinan it brings its head box along, of
    ``kelas_kepala``. Without ``sesudah`` it stands behind its peers (``rules.terapkan.tempat``). ``kode``
    links it to the unit as its ministry knows it, from the publication on."""

    aturan: ClassVar[str] = "A"
    jenis: Literal["tambah-unor"] = "tambah-unor"
    id: int | None = None
    atasan_id: int | None
    sesudah: int | None = Field(
        default=None,
        description="saudara yang mendahuluinya; 0: paling depan; kosong: sesudah saudara terakhir yang"
        " sejenis dan seeselon",
    )
    nama: Nama
    nama_jabatan: str = Field(default="", max_length=NAMA_MAKS)
    jenis_unor: JenisUnor = "struktural"
    eselon: str | None = None
    wilayah: str | None = None
    urusan: tuple[str, ...] = ()
    cepat_kode: str = Field(default="", max_length=30)
    dasar_hukum_id: int | None = None
    pasal: str = Field(default="", max_length=60)
    halaman: str = Field(default="", max_length=20)
    kepala: bool = Field(default=True, description="unit bereselon membawa jabatan pimpinannya")
    kelas_kepala: Annotated[int, Field(ge=1, le=17)] | None = Field(
        default=None, description="kelas jabatan pimpinan yang ikut dibuat"
    )
    kode: KodeLuar | None = Field(default=None, description="kode luar unit: npsn, puskesmas, rs, …")
    kunci_lembar: str = Field(
        default="", max_length=100, description="Id barisnya pada lembar kerja yang membawanya (BARU-1)"
    )

    @property
    def membawa_kepala(self) -> bool:
        """Whether its head box is made along with it."""
        return self.kepala and bool(self.nama_jabatan) and self.eselon not in (None, "", "00", "99")


class HapusUnor(Operasi):
    """A unit is removed (rule B). ``penerus``: the units that carry it on; ``cabang``: everything below
    goes with it; ``penerus_posisi``: for boxes, which box carries them on (left out: the box of the same
    jabatan on the first successor, where there is one)."""

    aturan: ClassVar[str] = "B"
    jenis: Literal["hapus-unor"] = "hapus-unor"
    unor_id: int
    penerus: tuple[int, ...] = ()
    cabang: bool = False
    penerus_posisi: dict[int, int | None] = Field(default_factory=dict)


class KoreksiNama(Operasi):
    """A typing error in the name of a unit, its jabatan pimpinan or a structural box (rule C)."""

    aturan: ClassVar[str] = "C"
    jenis: Literal["koreksi-nama"] = "koreksi-nama"
    unor_id: int | None = None
    posisi_id: int | None = None
    nama: Nama | None = None
    nama_jabatan: str | None = Field(default=None, max_length=NAMA_MAKS)


class PindahUnor(Operasi):
    """A unit goes under another head unit, or to another place among its siblings."""

    jenis: Literal["pindah-unor"] = "pindah-unor"
    unor_id: int
    atasan_id: int
    sesudah: int | None = Field(default=None, description="saudara yang mendahuluinya; 0: paling depan")


class UbahUnor(Operasi):
    """Attributes of a unit that are no name: those given are set, the others stay."""

    jenis: Literal["ubah-unor"] = "ubah-unor"
    unor_id: int
    jenis_unor: JenisUnor | None = None
    eselon: str | None = None
    wilayah: str | None = None
    urusan: tuple[str, ...] | None = None
    cepat_kode: str | None = Field(default=None, max_length=30)
    pasal: str | None = Field(default=None, max_length=60)
    halaman: str | None = Field(default=None, max_length=20)
    kosongkan: tuple[Literal["eselon", "wilayah"], ...] = ()


class PerbaruiDasar(Operasi):
    """The same unit (and with ``cabang`` everything below it) now stands on another regulation.

    ``pasal`` and ``halaman`` are those of the unit itself in the new regulation. What a unit had of the old
    one is emptied: the numbers of one regulation mean nothing in another."""

    aturan: ClassVar[str] = "D"
    jenis: Literal["perbarui-dasar"] = "perbarui-dasar"
    unor_id: int
    dasar_hukum_id: int
    cabang: bool = False
    hanya_dari: int | None = Field(
        default=None,
        description="hanya unit yang kini berdiri di atas peraturan ini (0: yang belum berdasar);"
        " kosong: semua",
    )
    pasal: str | None = Field(default=None, max_length=60)
    halaman: str | None = Field(default=None, max_length=20)


class TambahPosisi(Operasi):
    """A new box on a unit (rule A). ``k`` in persons; None: not determined."""

    aturan: ClassVar[str] = "A"
    jenis: Literal["tambah-posisi"] = "tambah-posisi"
    id: int | None = None
    unor_id: int
    sesudah: int | None = None
    jenis_posisi: JenisPosisi
    jabatan_id: int | None = None
    nama: str = Field(default="", max_length=NAMA_MAKS, description="kosong: nama dari referensi")
    jenjang: str | None = None
    kepala: bool = False
    kelas: Annotated[int, Field(ge=1, le=17)] | None = None
    k: Annotated[int, Field(ge=0, le=K_MAKS)] | None = None


class HapusPosisi(Operasi):
    """A box is removed (rule B); ``penerus`` is the box that carries it on."""

    aturan: ClassVar[str] = "B"
    jenis: Literal["hapus-posisi"] = "hapus-posisi"
    posisi_id: int
    penerus: int | None = None


class PindahPosisi(Operasi):
    """A box goes to another unit, or to another place on its unit."""

    jenis: Literal["pindah-posisi"] = "pindah-posisi"
    posisi_id: int
    unor_id: int
    sesudah: int | None = None


class UbahK(Operasi):
    """The need of a box, persons. ``sumber`` says where it comes from."""

    jenis: Literal["ubah-k"] = "ubah-k"
    posisi_id: int
    k: Annotated[int, Field(ge=0, le=K_MAKS)] | None
    sumber: Literal["abk", "rekomendasi-pembina", "penetapan", ""] = ""


class UbahKelas(Operasi):
    jenis: Literal["ubah-kelas"] = "ubah-kelas"
    posisi_id: int
    kelas: Annotated[int, Field(ge=1, le=17)] | None


class UbahInfojab(Operasi):
    """The informasi jabatan a box refers to."""

    jenis: Literal["ubah-infojab"] = "ubah-infojab"
    posisi_id: int
    infojab_id: int | None


class BuatInfojab(Operasi):
    """A new informasi jabatan for boxes that do the same work; its name begins as that of the first box."""

    jenis: Literal["buat-infojab"] = "buat-infojab"
    id: int | None = None
    posisi_id: tuple[int, ...] = Field(min_length=1, max_length=500)
    nama: str = Field(default="", max_length=NAMA_MAKS)


class TulisIsian(Operasi):
    """One section of an informasi jabatan, or the ABK sheet of a box, as a whole (jabatan.rules.isian);
    ``isi`` null empties it. An ABK sheet sets the K of its box."""

    jenis: Literal["tulis-isian"] = "tulis-isian"
    infojab_id: int | None = None
    posisi_id: int | None = None
    bagian: Bagian
    isi: dict[str, Any] | None


class PutuskanEvaluasi(Operasi):
    """The decision on the factor sheet of an informasi jabatan. A validation gives all boxes it serves the
    kelas; a return names its reason. ``oleh`` and ``pada`` are set by the program."""

    jenis: Literal["putuskan-evaluasi"] = "putuskan-evaluasi"
    infojab_id: int
    putusan: Literal["divalidasi", "dikembalikan"]
    catatan: str = Field(default="", max_length=2000)
    oleh: str = Field(default="", max_length=200)
    pada: str = Field(default="", max_length=40)


class GabungUnor(Operasi):
    """Units are merged into one: their boxes and the units below go over, like with like, then they are
    removed naming it as their successor. ``penerus_posisi``: for heads that go, which box of the merged unit
    takes their people (left out: none, they are without a seat). Made of the operations above."""

    aturan: ClassVar[str] = "B"
    jenis: Literal["gabung-unor"] = "gabung-unor"
    unor_id: tuple[int, ...] = Field(min_length=1)
    menjadi: int
    penerus_posisi: dict[int, int | None] = Field(
        default_factory=dict, description="jabatan pimpinan yang lebur → jabatan penerusnya"
    )


class PecahUnor(Operasi):
    """Boxes and units below go from one unit to others; with ``hapus`` the emptied unit is removed naming
    them as its successors. Made of the operations above."""

    aturan: ClassVar[str] = "B"
    jenis: Literal["pecah-unor"] = "pecah-unor"
    unor_id: int
    posisi: dict[int, int] = Field(default_factory=dict, description="posisi → unit tujuan")
    bawahan: dict[int, int] = Field(default_factory=dict, description="unit bawahan → unit tujuan")
    hapus: bool = False


class GantiNama(Operasi):
    """What a refused correction becomes: a new unit with the new name takes over boxes and units below, the
    old one is removed naming it as successor (A, then B). Made of the operations above."""

    aturan: ClassVar[str] = "A"
    jenis: Literal["ganti-nama"] = "ganti-nama"
    id: int | None = None
    unor_id: int
    nama: Nama
    nama_jabatan: str = Field(default="", max_length=NAMA_MAKS)
    dasar_hukum_id: int | None = None
    pasal: str = Field(default="", max_length=60)


SemuaOperasi = Annotated[
    TambahUnor
    | HapusUnor
    | KoreksiNama
    | PindahUnor
    | UbahUnor
    | PerbaruiDasar
    | TambahPosisi
    | HapusPosisi
    | PindahPosisi
    | UbahK
    | UbahKelas
    | UbahInfojab
    | BuatInfojab
    | TulisIsian
    | PutuskanEvaluasi
    | GabungUnor
    | PecahUnor
    | GantiNama,
    Field(discriminator="jenis"),
]
_ADAPTER: TypeAdapter[Any] = TypeAdapter(SemuaOperasi)
ISIAN = ("ubah-infojab", "buat-infojab", "tulis-isian", "ubah-k", "ubah-kelas", "putuskan-evaluasi")
"""Operations on what a post is: all that a usulan of informasi jabatan may hold."""
MAJEMUK = ("gabung-unor", "pecah-unor", "ganti-nama")
"""Operations that are made of others (``rules.majemuk``)."""
JUDUL = {
    "tambah-unor": "Tambah unit",
    "hapus-unor": "Hapus unit",
    "koreksi-nama": "Koreksi nama",
    "pindah-unor": "Pindah unit",
    "ubah-unor": "Ubah unit",
    "perbarui-dasar": "Perbarui dasar hukum",
    "tambah-posisi": "Tambah jabatan",
    "hapus-posisi": "Hapus jabatan",
    "pindah-posisi": "Pindah jabatan",
    "ubah-k": "Ubah kebutuhan",
    "ubah-kelas": "Ubah kelas",
    "ubah-infojab": "Ganti informasi jabatan",
    "buat-infojab": "Buat informasi jabatan",
    "tulis-isian": "Tulis informasi jabatan",
    "putuskan-evaluasi": "Putuskan evaluasi jabatan",
    "gabung-unor": "Gabung unit",
    "pecah-unor": "Pecah unit",
    "ganti-nama": "Ganti nama (unit baru menggantikan unit lama)",
    "batal": "Urungkan",
    "ulang": "Ulangi",
    "selaras": "Penyelarasan dengan peta terbit",
    "bandingkan": "Impor lembar kerja",
}
"""Kinds as people read them; the last four are written by the program itself."""


def parse_operasi(values: dict[str, Any]) -> Any:
    """An operation from its JSON form. Raises pydantic.ValidationError."""
    return _ADAPTER.validate_python(values)
