"""The static lists that circulate as CSV beside the web service. The web service's copy of a list stands; what a
CSV knows in addition is added and marked with its source, what it says differently is reported."""

from __future__ import annotations

from petajabatan.referensi.importers.periksa import TERIMA, nama_kosong
from petajabatan.referensi.importers.spek import Kolom, Periksa, Spek, quote, teks, tetap

AWALAN = "Dataset SIASN (kanekescom)"
"""How the source of every row from these files begins; the web service's own list takes such rows over."""


def _beda(tabel: str, kunci: str, lingkup: str, sumber: str, apa: str) -> tuple[Periksa, ...]:
    same = f"t.{kunci} = m.{kunci} AND ({lingkup})"
    other = f"EXISTS (SELECT 1 FROM {tabel} t WHERE ({lingkup}) AND t.sumber <> {quote(sumber)})"
    return (
        Periksa(
            "beda-dump-csv",
            "peringatan",
            "Isi web service yang dipakai; tanyakan kepada BKN mana yang benar.",
            f"SELECT m.{kunci} AS kunci, apa || ' ' || m.{kunci} || ': web service menyebut ' || lama || ', CSV menyebut '"
            f" || baru || '.' AS kalimat, jsonb_build_object('web_service', lama, 'csv', baru) AS isi, m._baris AS baris"
            f" FROM (SELECT m.*, coalesce(t.nama, '(kosong)') AS lama, coalesce(m.nama, '(kosong)') AS baru,"
            f" {quote(apa)} AS apa FROM masuk m JOIN {tabel} t ON {same}"
            f" WHERE {TERIMA} AND t.nama IS DISTINCT FROM m.nama) m",
        ),
        Periksa(
            "hanya-di-csv",
            "catatan",
            "Ditambahkan dengan sumber CSV; pastikan masih berlaku.",
            f"SELECT m.{kunci} AS kunci, {quote(apa)} || ' ' || m.{kunci} || ' (' || coalesce(m.nama, 'tanpa nama') ||"
            " ') hanya ada pada CSV, tidak pada daftar web service.' AS kalimat, '{}'::jsonb AS isi, m._baris AS baris"
            f" FROM masuk m JOIN {tabel} t ON {same} WHERE {TERIMA} AND t.sumber = {quote(sumber)} AND {other}",
        ),
        Periksa(
            "hanya-di-web-service",
            "catatan",
            "Tidak ada tindakan; CSV lebih tua atau lebih sempit.",
            f"SELECT t.{kunci} AS kunci, {quote(apa)} || ' ' || t.{kunci} || ' (' || coalesce(t.nama, 'tanpa nama') ||"
            " ') ada pada daftar web service, tidak pada CSV.' AS kalimat, '{}'::jsonb AS isi, NULL::int AS baris"
            f" FROM {tabel} t WHERE ({lingkup}) AND t.aktif AND NOT EXISTS"
            f" (SELECT 1 FROM masuk m WHERE {TERIMA} AND m.{kunci} = t.{kunci})",
        ),
    )


def _baru(kolom: str) -> Kolom:
    return Kolom(f's."{kolom}"', hanya_baru=True)


def _list(daftar: str, berkas: str, *, sendiri: bool = False, lain: tuple[str, ...] = ()) -> Spek:
    """``sendiri``: no other source has this list, so the CSV is the list."""
    sumber = f"{AWALAN}: {berkas}"
    lingkup = f"t.daftar = {quote(daftar)}"
    pairs = ", ".join(f'{quote(column)}, s."{column}"' for column in lain)
    return Spek(
        daftar if sendiri else f"{daftar}-csv",
        f"{berkas}.csv",
        "daftar_siasn",
        {
            "daftar": tetap(quote(daftar), kunci=True),
            "kode": teks("id", kunci=True),
            "nama": teks("nama") if sendiri else _baru("nama"),
            "isi": Kolom(f"jsonb_strip_nulls(jsonb_build_object({pairs}))", hanya_baru=not sendiri),
        },
        sumber,
        wajib=("id", "nama"),
        pilihan=lain,
        lingkup=lingkup,
        periksa=(nama_kosong("kode"),) if sendiri else _beda("daftar_siasn", "kode", lingkup, sumber, daftar),
        bergantung=() if sendiri else (daftar,),
        cara="isi" if sendiri else "lengkapi",
    )


_KURSUS = "t.jenis = 'kursus'"
KURSUS = Spek(
    "diklat-kursus-csv",
    "jenis_kursus.csv",
    "diklat",
    {
        "jenis": tetap("'kursus'", kunci=True),
        "kunci": teks("id", kunci=True),
        "nama": Kolom('s."nama"', (('s."nama" IS NULL', "'kolom nama kosong'"),), hanya_baru=True),
        "kode_cepat": _baru("cepat_kode"),
    },
    f"{AWALAN}: jenis_kursus",
    wajib=("id", "cepat_kode", "nama"),
    periksa=_beda("diklat", "kunci", _KURSUS, f"{AWALAN}: jenis_kursus", "kursus"),
    bergantung=("diklat-kursus",),
    cara="lengkapi",
)
KURSUS_RINGKAS = Spek(
    "diklat-kursus-ringkas",
    "kursus.json",  # the same list again, without the short code
    "diklat",
    {"jenis": tetap("'kursus'", kunci=True), "kunci": teks("id", kunci=True), "nama": teks("nama")},
    "BKN, web service SIASN: kursus",
    wajib=("id", "nama"),
    periksa=_beda("diklat", "kunci", _KURSUS, "-", "kursus")[:1],
    bergantung=("diklat-kursus",),
    cara="banding",
)
KOMPETENSI = Spek(
    "kompetensi-csv",
    "jenis_kompetensi.csv",
    "kompetensi",
    {
        "kode": teks("id", kunci=True),
        "nama": Kolom('s."nama"', (('s."nama" IS NULL', "'kolom nama kosong'"),), hanya_baru=True),
    },
    f"{AWALAN}: jenis_kompetensi",
    wajib=("id", "nama"),
    periksa=_beda("kompetensi", "kode", "true", f"{AWALAN}: jenis_kompetensi", "kompetensi"),
    bergantung=("kompetensi",),
    cara="lengkapi",
)

SPEK: tuple[Spek, ...] = (
    KURSUS_RINGKAS,
    KURSUS,
    KOMPETENSI,
    _list("jenis-id-dokumen", "jenis_id_dokumen", sendiri=True),
    _list("cltn", "cltn"),
    _list("penghargaan", "harga"),
    _list("kawin", "jenis_kawin"),
    _list("kepanitiaan", "jenis_kepanitiaan"),
    _list("kenaikan-pangkat", "jenis_kp"),
    _list("jenis-pegawai", "jenis_pegawai"),
    _list("jenis-pemberhentian", "jenis_pemberhentian"),
    _list("jenis-pengadaan", "jenis_pengadaan"),
    _list("jenis-pensiun", "jenis_pensiun"),
    _list("jenis-riwayat", "jenis_riwayat"),
    _list("kpkn", "kpkn"),
    _list("profesi", "profesi"),
    _list("taspen", "taspen", lain=("kanreg_id",)),
)
