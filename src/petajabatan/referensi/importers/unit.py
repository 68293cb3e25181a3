"""Masters of specific units as their ministries publish them: schools, puskesmas, hospitals, health offices."""

from __future__ import annotations

from petajabatan.referensi.importers.periksa import TERIMA, kosong_ringkas, tiap_baris
from petajabatan.referensi.importers.spek import Kolom, Periksa, Spek, kata_sql, quote, teks, tetap

SUMBER_SEKOLAH = "Kemendikbud, sekolah.data.kemdikbud.go.id (2019)"
SUMBER_KEMKES = {
    "puskesmas": "Kemkes, Komdat (puskesmas)",
    "rumah-sakit": "Kemkes, SIRS (rumah sakit)",
    "dinas-kesehatan": "Disusun dari daftar wilayah Kemkes (dinas kesehatan)",
}
# Indonesia's bounding box with a margin of half a degree.
LINTANG, BUJUR = (-11.6, 6.6), (94.4, 141.6)


def _degree(kolom: str, batas: int) -> str:
    return (
        f"CASE WHEN s.\"{kolom}\" ~ '^-?\\d{{0,3}}(\\.\\d{{1,12}})?$' AND s.\"{kolom}\" ~ '\\d'"
        f' AND abs(s."{kolom}"::numeric) <= {batas} AND s."{kolom}"::numeric <> 0'
        f' THEN round(s."{kolom}"::numeric, 7) END'
    )


def _tanpa_wilayah(skema: str) -> Periksa:
    return Periksa(
        "wilayah-tak-terpadankan",
        "peringatan",
        "Lengkapi padanan kode wilayahnya dengan sumber, lalu impor padanan itu; unit akan tertaut dengan sendirinya.",
        "SELECT m.kode_wilayah_asal AS kunci, count(*) || ' unit memakai kode wilayah ' || m.kode_wilayah_asal ||"
        " coalesce(' (' || max(p.nama_asal) || ')', '') || ' yang belum berpadanan.' AS kalimat,"
        " jsonb_build_object('jumlah', count(*)) AS isi, min(m._baris) AS baris FROM masuk m"
        f" LEFT JOIN padanan_wilayah p ON p.skema = {quote(skema)} AND p.kode_asal = m.kode_wilayah_asal"
        f" WHERE {TERIMA} AND m.wilayah_id IS NULL GROUP BY m.kode_wilayah_asal",
    )


SEKOLAH = Spek(
    "sekolah",
    "sekolah.csv",
    "master_unor",
    {
        "jenis": tetap("'sekolah'", kunci=True),
        "kunci": teks("npsn", kunci=True),
        "nama": teks("nama", wajib=True),
        "bentuk": teks("bentuk", kosong=""),
        "status": teks("status", kosong=""),
        "wilayah_id": tetap("p.wilayah_kode"),
        "kode_wilayah_asal": teks("kode_kab_kota", kosong=""),
        "kecamatan": Kolom("coalesce(regexp_replace(s.\"kecamatan\", '^Kec\\. ', ''), '')"),
        "alamat": teks("alamat_jalan", kosong=""),
        "lintang": tetap(_degree("lintang", 90)),
        "bujur": tetap(_degree("bujur", 180)),
    },
    SUMBER_SEKOLAH,
    wajib=("npsn", "nama", "bentuk", "status", "kode_kab_kota", "kecamatan", "alamat_jalan", "lintang", "bujur"),
    abaikan=("kode_prop", "propinsi", "kabupaten_kota", "kode_kec", "dapodik_sekolah_id"),
    gabung="LEFT JOIN padanan_wilayah p ON p.skema = 'dapodik' AND p.kode_asal = s.\"kode_kab_kota\"",
    lingkup="t.jenis = 'sekolah'",
    periksa=(
        _tanpa_wilayah("dapodik"),
        tiap_baris(
            "npsn-bukan-angka", "m.kunci !~ '^\\d{8}$'",
            "'NPSN ' || m.kunci || ' (' || m.nama || ') bukan 8 angka.'",
            "NPSN sementara atau salah ketik; cocokkan dengan Dapodik sebelum ditautkan ke unor.",
            "kunci", "catatan",
        ),
        tiap_baris(
            "koordinat-di-luar",
            's."lintang" ~ \'^-?[\\d.]+$\' AND s."bujur" ~ \'^-?[\\d.]+$\' AND s."lintang" ~ \'[1-9]\''
            ' AND s."bujur" ~ \'[1-9]\''
            f" AND NOT (coalesce(m.lintang BETWEEN {LINTANG[0]} AND {LINTANG[1]}, false)"
            f" AND coalesce(m.bujur BETWEEN {BUJUR[0]} AND {BUJUR[1]}, false))",
            "m.nama || ' (' || m.kunci || ') tercatat pada ' || s.\"lintang\" || ', ' || s.\"bujur\" ||"
            " ', di luar Indonesia.'",
            "Periksa urutan lintang-bujur dan tanda koma pada data sekolah; titik ini tidak dipakai untuk peta.",
            "kunci", "catatan",
        ),
        kosong_ringkas(
            "koordinat-kosong", "m.lintang IS NULL OR m.bujur IS NULL",
            "sekolah tanpa koordinat yang dapat dipakai (kosong, nol, atau tak masuk akal).",
            "Lengkapi pada Dapodik.",
        ),
        Periksa(
            "kode-kab-kosong", "peringatan", "Lengkapi pada sumber.",
            "SELECT m.kunci, m.nama || ' tidak menyebut kabupaten/kota.' AS kalimat, '{}'::jsonb AS isi, m._baris AS baris"
            f" FROM masuk m WHERE {TERIMA} AND m.kode_wilayah_asal = ''",
        ),
    ),
    sesudah=(kata_sql("sekolah", "master_unor", "t.jenis = 'sekolah'"),),
    bergantung=("padanan-dapodik",),
)  # fmt: skip


def _kemkes(jenis: str, berkas: str) -> Spek:
    # The office of a province has the province's two-digit code; its kode_kab only names the seat.
    wilayah = "p.wilayah_kode"
    gabung = "LEFT JOIN padanan_wilayah p ON p.skema = 'kemkes' AND p.kode_asal = s.\"kode_kab\""
    if jenis == "dinas-kesehatan":
        gabung += ' LEFT JOIN wilayah v ON v.kode = s."kode_instansi" AND v.tingkat = 1'
        wilayah = 'CASE WHEN length(s."kode_instansi") = 2 THEN v.kode ELSE p.wilayah_kode END'
    return Spek(
        jenis,
        berkas,
        "master_unor",
        {
            "jenis": tetap(quote(jenis), kunci=True),
            "kunci": teks("kode_instansi", kunci=True),
            "nama": teks("unit_kerja", wajib=True),
            "wilayah_id": tetap(wilayah),
            "kode_wilayah_asal": teks("kode_kab", kosong=""),
            "bentuk": tetap("''"),
            "status": tetap("''"),
            "kecamatan": tetap("''"),
            "alamat": tetap("''"),
        },
        SUMBER_KEMKES[jenis],
        wajib=("kode_kab", "kode_instansi", "unit_kerja"),
        gabung=gabung,
        lingkup=f"t.jenis = {quote(jenis)}",
        periksa=(
            _tanpa_wilayah("kemkes"),
            Periksa(
                "kode-wilayah-lama", "catatan",
                "Pakai padanannya; minta Kemkes memutakhirkan kode wilayah unit ini.",
                "SELECT m.kode_wilayah_asal AS kunci, count(*) || ' unit memakai kode wilayah lama '"
                " || m.kode_wilayah_asal || coalesce(', sekarang ' || max(w.kode) || ' ' || max(w.nama), '') || '.'"
                " AS kalimat, jsonb_build_object('jumlah', count(*), 'wilayah', max(w.kode)) AS isi,"
                " min(m._baris) AS baris FROM masuk m LEFT JOIN wilayah w ON w.kode = m.wilayah_id"
                f" WHERE {TERIMA} AND m.kode_wilayah_asal ~ '^9[12]' AND NOT EXISTS (SELECT 1 FROM wilayah v WHERE"
                " replace(v.kode, '.', '') = m.kode_wilayah_asal) GROUP BY m.kode_wilayah_asal",
            ),
        ),
        sesudah=(kata_sql(jenis, "master_unor", f"t.jenis = {quote(jenis)}"),),
        bergantung=("padanan-kemkes", "wilayah-1"),
    )  # fmt: skip


SPEK: tuple[Spek, ...] = (
    SEKOLAH,
    _kemkes("puskesmas", "puskesmas.csv"),
    _kemkes("rumah-sakit", "rumah_sakit.csv"),
    _kemkes("dinas-kesehatan", "dinas_kesehatan.csv"),
)
