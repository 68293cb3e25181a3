"""Putting units together: from the rows of the data files to units with boxes. Pure."""

from __future__ import annotations

from petajabatan.demo import sumber
from petajabatan.demo.bentuk import KotakDemo, Susunan, UnitDemo, acak, bulatkan

KELAS_JF = {"PM": 5, "TR": 6, "MH": 7, "PY": 8, "PT": 8, "MU": 9, "MA": 11, "UT": 13}
"""Usual kelas of a JF by jenjang (docs/demo.md names the source)."""
KELAS_DOKTER = {"PT": 9, "MU": 10, "MA": 12}
KELAS_PELAKSANA = {
    "Penelaah": 7, "Penata": 7, "Pamong": 7, "Fasilitator": 7, "Pranata Kewilayahan": 7, "Teknisi": 7,
    "Pengolah": 6, "Pengelola Umum": 3, "Pengelola": 6, "Petugas": 6, "Juru": 6, "Dokumentalis": 6,
    "Operator Laboratorium": 6,
}  # fmt: skip
"""Kelas of a jabatan pelaksana by the first words of its name, longest first; all others are 5."""

JENJANG_ESELON = {
    "10": "JPT-UTAMA", "11": "JPT-MADYA", "12": "JPT-MADYA", "21": "JPT-PRATAMA", "22": "JPT-PRATAMA",
    "31": "ADM", "32": "ADM", "41": "PENGAWAS", "42": "PENGAWAS",
}  # fmt: skip
"""Jenjang of a managerial post by eselon."""

TERPENCIL = frozenset({"33.17.01", "33.17.02", "33.17.03", "33.17.04", "33.17.05", "33.17.13"})
KOTA = frozenset({"33.17.10", "33.17.14"})
"""Kecamatan where posts are hard to fill, and where people gather (an assumption of the demonstration)."""


def kelas_jabatan(nama: str) -> int:
    """Kelas 1–17 of a JF or pelaksana by name."""
    row = sumber.jabatan()[nama.lower()]
    if row["jenis"] == "fungsional":
        dokter = nama.startswith(("Dokter", "Medik Veteriner"))
        return (KELAS_DOKTER if dokter else KELAS_JF)[row["jenjang"]]
    for awalan in sorted(KELAS_PELAKSANA, key=len, reverse=True):
        if nama.startswith(awalan):
            return KELAS_PELAKSANA[awalan]
    return 5


def jenjang_kotak(unit: UnitDemo, kotak: KotakDemo) -> str | None:
    """Jenjang code of a box: of its JF, of the eselon of its unit, or PELAKSANA."""
    if kotak.jabatan is None:
        return JENJANG_ESELON.get(unit.eselon or "")
    return sumber.jabatan()[kotak.jabatan.lower()]["jenjang"] or "PELAKSANA"


def daya_tarik(wilayah: str | None) -> float:
    """How much easier (> 1) or harder (< 1) a post is filled there than on average."""
    if wilayah in TERPENCIL:
        return 0.72
    return 1.15 if wilayah in KOTA else 1.0


def kotak_jf(nama: str, k: int, isi: int) -> KotakDemo:
    row = sumber.jabatan()[nama.lower()]
    return KotakDemo(nama, row["jenis"], nama, kelas_jabatan(nama), k, isi)


def isi_pola(unit: UnitDemo, pola: str, faktor: float = 1.0) -> None:
    """Add the boxes of a pattern to a unit; a jabatan already there gets more seats, not a second box."""
    ada = {kotak.nama: kotak for kotak in unit.kotak}
    for row in sumber.pola().get(pola, ()):
        k = int(row["k"])
        rnd = acak(unit.kunci, pola, row["jabatan"])
        isi = bulatkan(k * min(float(row["isi"]) * faktor, 2.0), rnd) if k else int(rnd.random() < 0.02)
        lama = ada.get(row["jabatan"])
        if lama is not None:
            lama.k += k
            lama.isi += isi
            continue
        kotak = kotak_jf(row["jabatan"], k, isi)
        ada[kotak.nama] = kotak
        unit.kotak.append(kotak)


JABATAN_UTUH = frozenset({"Bupati Rembang", "Sekretaris Daerah", "Sekretaris DPRD", "Sekretaris Utama"})
"""Titles that already say which unit they head."""
KATA_UNIT = {
    "Sekretaris": "Sekretariat",
    "Inspektur": "Inspektorat",
    "Inspektur Pembantu": "Inspektorat Pembantu",
    "Direktur": "Direktorat",
    "Camat": "Kecamatan",
    "Lurah": "Kelurahan",
}
"""Title → the word of the unit's name it replaces: Kecamatan Lasem is headed by the Camat Lasem."""


def sebutan_pimpinan(sebutan: str, nama_unit: str) -> str:
    """The head's title as people say it, from the kind's title and the unit's name; empty without a head."""
    if not sebutan or sebutan in JABATAN_UTUH:
        return sebutan
    kata = KATA_UNIT.get(sebutan, "")
    sisa = nama_unit.removeprefix(kata).strip() if kata else nama_unit
    return f"{sebutan} {sisa}".strip()


def susun_unit(
    kunci: str,
    atasan: str | None,
    ragam: str,
    nama: str,
    *,
    jabatan: str = "",
    urusan: tuple[str, ...] = (),
    wilayah: str | None = None,
    pola: str = "",
    kode: tuple[tuple[str, str], ...] = (),
    dasar: str = "",
    isi_kepala: int | None = None,
) -> UnitDemo:
    """A unit of a known kind (``ragam.csv``) with its head box and the boxes of its patterns.

    About one structural head in twelve is vacant, unless ``isi_kepala`` says otherwise.
    """
    bentuk = sumber.ragam()[ragam]
    nama_jabatan = jabatan or sebutan_pimpinan(bentuk["jabatan"], nama)
    unit = UnitDemo(
        kunci, atasan, nama, nama_jabatan, bentuk["jenis"], ragam, bentuk["eselon"] or None, wilayah, urusan,
        kode, dasar,
    )  # fmt: skip
    if bentuk["kelas"]:
        terisi = isi_kepala if isi_kepala is not None else int(acak(kunci, "kepala").random() > 1 / 12)
        unit.kotak.append(
            KotakDemo(nama_jabatan, "struktural", None, int(bentuk["kelas"]), 1, terisi, kepala=True)
        )
    faktor = daya_tarik(wilayah)
    for kode_pola in filter(None, [bentuk["pola"], *pola.split(";")]):
        isi_pola(unit, kode_pola, faktor)
    return unit


def unit_dari_berkas(nama_berkas: str, susunan: Susunan, wilayah: str | None, dasar: str) -> None:
    """Add the units of a file (``kunci, atasan, ragam, nama, jabatan, urusan, pola``) in its order."""
    for row in sumber.baris(nama_berkas):
        unit = susun_unit(
            row["kunci"], row["atasan"] or None, row["ragam"], row["nama"], jabatan=row["jabatan"],
            urusan=tuple(filter(None, row["urusan"].split(";"))), wilayah=wilayah, pola=row["pola"],
            dasar=dasar,
        )  # fmt: skip
        susunan.unit[unit.kunci] = unit
        if row["ragam"] in ("opd", "setwan", "inspektorat") and row["atasan"] == "pemda":
            _sekretariat(unit, susunan)
        elif row["ragam"] == "upt":
            _tambah(susunan, unit, "tu", "subbag-upt", "Subbagian Tata Usaha")


def _tambah(susunan: Susunan, atasan: UnitDemo, akhiran: str, ragam: str, nama: str) -> UnitDemo:
    unit = susun_unit(
        f"{atasan.kunci}-{akhiran}", atasan.kunci, ragam, nama, urusan=atasan.urusan, wilayah=atasan.wilayah,
        dasar=atasan.dasar, jabatan=f"{sumber.ragam()[ragam]['jabatan']} {nama} {atasan.nama}"[:250],
    )  # fmt: skip
    susunan.unit[unit.kunci] = unit
    return unit


def _sekretariat(opd: UnitDemo, susunan: Susunan) -> None:
    """The secretariat every dinas, badan and inspektorat has, with its two subbagian."""
    if opd.ragam == "setwan":
        return
    sekretariat = susun_unit(
        f"{opd.kunci}-sek", opd.kunci, "sekretariat", f"Sekretariat {opd.nama}",
        jabatan=f"Sekretaris {opd.nama}",
        urusan=opd.urusan, wilayah=opd.wilayah, dasar=opd.dasar,
    )  # fmt: skip
    susunan.unit[sekretariat.kunci] = sekretariat
    for akhiran, ragam, nama in (
        ("umum", "subbag-umum", "Subbagian Umum dan Kepegawaian"),
        ("keu", "subbag-keuangan", "Subbagian Program dan Keuangan"),
    ):
        unit = _tambah(susunan, sekretariat, akhiran, ragam, nama)
        unit.nama_jabatan = f"Kepala {nama} {opd.nama}"
        unit.kotak[0].nama = unit.nama_jabatan
