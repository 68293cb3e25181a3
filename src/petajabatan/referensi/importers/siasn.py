"""The 41 lists of SIASN as its web service hands them out (JSON)."""

from __future__ import annotations

from petajabatan.referensi.importers.periksa import (
    TERIMA,
    acuan_tak_dikenal,
    kosong_ringkas,
    nama_banyak_id,
    nama_kosong,
    tiap_baris,
)
from petajabatan.referensi.importers.spek import (
    Kolom,
    Periksa,
    Spek,
    bulat,
    desimal,
    kata_sql,
    quote,
    teks,
    tetap,
)


def sumber(berkas: str) -> str:
    return f"BKN, web service SIASN: {berkas}"


def _list(daftar: str, berkas: str, *, lain: tuple[str, ...] = (), nama: str = "nama") -> Spek:
    """A small code list kept as it is, further columns in ``isi``."""
    pairs = ", ".join(f'{quote(column)}, s."{column}"' for column in lain)
    return Spek(
        daftar,
        f"{berkas.lower()}.json",
        "daftar_siasn",
        {
            "daftar": tetap(quote(daftar), kunci=True),
            "kode": teks("id", kunci=True),
            "nama": teks(nama),
            "isi": tetap(f"jsonb_strip_nulls(jsonb_build_object({pairs}))"),
        },
        sumber(berkas),
        wajib=("id", nama),
        pilihan=lain,
        lingkup=f"t.daftar = {quote(daftar)}",
        periksa=(nama_kosong("kode"),),
    )


KODE = (
    _list("agama", "agama"),
    _list("alasan-hukuman-disiplin", "alasanHukumanDisiplin", lain=("keterangan",)),
    _list("cltn", "cltn"),
    _list("dokumen", "dokumen", nama="Dokumen Evaluasi Kinerja",
          lain=("detailLayananNama", "fileTipe", "linkProses", "mandatory")),
    _list("jenis-hukuman", "jenisHukuman", lain=("jenisTingkatHukumanId",)),
    _list("jenis-jabatan", "jenisJabatan"),
    _list("jenis-mutasi", "jenisMutasi"),
    _list("jenis-pegawai", "jenisPegawai"),
    _list("jenis-pemberhentian", "jenisPemberhentian"),
    _list("jenis-pengadaan", "jenisPengadaan"),
    _list("jenis-pensiun", "jenisPensiun"),
    _list("jenis-penugasan", "jenisPenugasan"),
    _list("jenis-riwayat", "jenisRiwayat"),
    _list("kawin", "kawin"),
    _list("kedudukan-hukum", "kedudukanHukum"),
    _list("kenaikan-pangkat", "kenaikanPangkat"),
    _list("kepanitiaan", "kepanitiaan"),
    _list("kpkn", "kpkn"),
    _list("kuadran-nilai", "kuadranNilai"),
    _list("penghargaan", "penghargaan"),
    _list("perilaku-dan-kinerja", "perilakuDanKinerja"),
    _list("periodik", "periodik"),
    _list("profesi", "profesi"),
    _list("taspen", "taspen", lain=("ktuaId",)),
)  # fmt: skip

ESELON = Spek(
    "eselon",
    "eselon.json",
    "eselon",
    {"kode": teks("id", kunci=True), "nama": teks("nama"), "jabatan_asn": teks("jabatanAsn")},
    sumber("eselon"),
    wajib=("id", "nama", "jabatanAsn"),
    periksa=(nama_kosong("kode"),),
)
GOLONGAN = Spek(
    "golongan",
    "golonganpns.json",
    "golongan",
    {
        "kode": teks("id", kunci=True),
        "nama": teks("nama", wajib=True),
        "pangkat": teks("namaPangkat", kosong=""),
        "jenis": tetap("'PNS'"),
        "urutan": Kolom("coalesce(g.urutan, 0)", ikut=True),
    },
    sumber("golonganPns"),
    wajib=("id", "nama", "namaPangkat"),
    gabung='LEFT JOIN golongan g ON g.kode = s."id"',
)
KOEFISIEN = Spek(
    "koefisien-ak",
    "koefisien.json",
    "jenjang",
    {
        "kode": Kolom('s."jenjang"', (("j.kode IS NULL", "'jenjang tidak dikenal: ' || coalesce(s.\"jenjang\", '(kosong)')"),),
                      kunci=True),
        "nama": Kolom("j.nama", hanya_baru=True),
        "kategori": Kolom("j.kategori", hanya_baru=True),
        "urutan": Kolom("j.urutan", hanya_baru=True),
        "koefisien_ak": desimal("kriteria", wajib=True),
    },
    sumber("koefisien"),
    wajib=("id", "jenjang", "kriteria"),
    pilihan=("jabatan", "persentase", "keterangan"),
    abaikan=("jabatan", "persentase", "keterangan"),
    gabung='LEFT JOIN jenjang j ON j.kode = s."jenjang"',
    cara="lengkapi",
)  # fmt: skip

INSTANSI = Spek(
    "instansi",
    "instansi.json",
    "instansi",
    {
        "id_siasn": teks("id", kunci=True),
        "nama": teks("nama", wajib=True),
        "jenis": teks("jenis", kosong=""),
        "jenis_instansi": teks("jenisInstansiId"),
        "kode_cepat": teks("kodeCepat"),
    },
    sumber("instansi"),
    wajib=("id", "nama", "jenis", "kodeCepat", "jenisInstansiId"),
    periksa=(
        tiap_baris(
            "jenis-instansi-kosong",
            "m.jenis_instansi IS NULL",
            "m.nama || ' tidak mempunyai jenis instansi.'",
            "Tetapkan jenisnya dengan dasar hukum instansi itu; jangan disimpulkan dari namanya.",
            "id_siasn",
        ),
    ),
)

RUMPUN = Spek(
    "rumpun-jabatan",
    "rumpunjabatan.json",
    "rumpun_jabatan",
    {"id_siasn": teks("id", kunci=True), "nama": teks("nama", wajib=True), "kode_cepat": teks("kodeCepat")},
    sumber("rumpunJabatan"),
    wajib=("id", "nama", "kodeCepat"),
)
KELOMPOK = Spek(
    "kelompok-jabatan",
    "kelasjabatan.json",  # so named in the web service; these are groups of JF, not job classes
    "kelompok_jabatan",
    {
        "id_siasn": teks("id", kunci=True),
        "nama": teks("nama", wajib=True),
        "jenis_umum": teks("jenisJabatanId"),
        "rumpun_id": tetap("r.id"),
        "pembina_id": tetap("i.id"),
    },
    sumber("kelasJabatan"),
    wajib=("id", "nama", "jenisJabatanId", "rumpunJabatanId", "pembinaId"),
    gabung='LEFT JOIN rumpun_jabatan r ON r.id_siasn = s."rumpunJabatanId"'
    ' LEFT JOIN instansi i ON i.id_siasn = s."pembinaId"',
    periksa=(
        acuan_tak_dikenal("rumpun-tak-dikenal", "rumpunJabatanId", "rumpun_id", "rumpun jabatan"),
        acuan_tak_dikenal("pembina-tak-dikenal", "pembinaId", "pembina_id", "instansi pembina"),
        kosong_ringkas(
            "rumpun-kosong", 's."rumpunJabatanId" IS NULL', "kelompok jabatan tidak menyebut rumpunnya.",
            "Lengkapi pada daftar sumber.",
        ),
    ),
    bergantung=("instansi", "rumpun-jabatan"),
)  # fmt: skip
SUB_JABATAN = Spek(
    "sub-jabatan",
    "subjabatan.json",
    "sub_jabatan",
    {
        "id_siasn": teks("id", kunci=True),
        "kelompok_id": tetap("k.id"),
        "nama": teks("nama", wajib=True),
        "status": teks("status"),
    },
    sumber("subJabatan"),
    wajib=("id", "kelompokJabatanId", "nama", "status"),
    gabung='LEFT JOIN kelompok_jabatan k ON k.id_siasn = s."kelompokJabatanId"',
    periksa=(
        acuan_tak_dikenal("kelompok-tak-dikenal", "kelompokJabatanId", "kelompok_id", "kelompok jabatan"),
    ),
    bergantung=("kelompok-jabatan",),
)
_BERSAMA = Periksa(
    "id-di-dua-jenis",
    "peringatan",
    "Rujuk jabatan dengan jenis dan id bersama-sama.",
    "SELECT m.id_siasn AS kunci, 'Id ' || m.id_siasn || ' (' || coalesce(m.nama, 'tanpa nama') || ') dipakai juga oleh'"
    " || ' jabatan ' || j.jenis || ' ' || coalesce(j.nama, 'tanpa nama') || '.' AS kalimat,"
    " jsonb_build_object('jenis_lain', j.jenis, 'nama_lain', j.nama) AS isi, m._baris AS baris FROM masuk m"
    f" JOIN jabatan j ON j.id_siasn = m.id_siasn AND j.jenis <> m.jenis WHERE {TERIMA}",
)
_JENJANG_NAMA = """CASE lower(substring(m.nama FROM '(?i)(ahli pertama|ahli muda|ahli madya|ahli utama|pemula|terampil|mahir|penyelia)\\s*$'))
  WHEN 'ahli pertama' THEN 'PT' WHEN 'ahli muda' THEN 'MU' WHEN 'ahli madya' THEN 'MA' WHEN 'ahli utama' THEN 'UT'
  WHEN 'pemula' THEN 'PM' WHEN 'terampil' THEN 'TR' WHEN 'mahir' THEN 'MH' WHEN 'penyelia' THEN 'PY' END"""
JF = Spek(
    "jabatan-fungsional",
    "jabatanfungsional.json",
    "jabatan",
    {
        "id_siasn": teks("id", kunci=True),
        "jenis": tetap("'fungsional'", kunci=True),
        "nama": teks("nama"),
        "jenjang_id": tetap("j.kode"),
        "kelompok_id": tetap("k.id"),
        "bup": Kolom(f"nullif({bulat('usiaBup').sql}, 0)", bulat("usiaBup").tolak),
        "kode_cepat": teks("kodeCepat"),
        "status": teks("status"),
    },
    sumber("jabatanFungsional"),
    wajib=("id", "nama", "usiaBup", "kelompokJabatanId", "jenjang", "status", "kodeCepat"),
    gabung='LEFT JOIN jenjang j ON j.kode = s."jenjang"'
    ' LEFT JOIN kelompok_jabatan k ON k.id_siasn = s."kelompokJabatanId"',
    lingkup="t.jenis = 'fungsional'",
    periksa=(
        nama_kosong("id_siasn"),
        nama_banyak_id("id_siasn", "jabatan fungsional"),
        acuan_tak_dikenal("kelompok-tak-dikenal", "kelompokJabatanId", "kelompok_id", "kelompok jabatan"),
        acuan_tak_dikenal("jenjang-tak-dikenal", "jenjang", "jenjang_id", "jenjang"),
        tiap_baris(
            "bup-nol", 's."usiaBup" ~ \'^0+$\'', "m.nama || ' mempunyai BUP 0 pada daftar resmi.'",
            "BUP dibiarkan kosong, sehingga ketentuan jenjang yang berlaku; minta BKN mengisi nilai yang benar.",
            "id_siasn",
        ),
        tiap_baris(
            "jenjang-tak-cocok", f"({_JENJANG_NAMA}) <> m.jenjang_id",
            f"m.nama || ' tercatat berjenjang ' || m.jenjang_id || ', sedangkan namanya menyebut ' || ({_JENJANG_NAMA})"
            " || '.'",
            "Nilai daftar resmi dipakai apa adanya; pastikan jenjangnya kepada instansi pembina.",
            "id_siasn",
            isi=f"jsonb_build_object('jenjang', m.jenjang_id, 'menurut_nama', ({_JENJANG_NAMA}))",
        ),
        tiap_baris(
            "jenjang-tanpa-arti", "m.jenjang_id = 'XX'", "m.nama || ' berjenjang XX, yang tidak berarti apa-apa.'",
            "Minta jenjang yang benar kepada BKN.", "id_siasn",
        ),
        Periksa(
            "bup-tak-lazim", "catatan",
            "Nilai daftar resmi dipakai; periksa dengan peraturan jabatan fungsional itu.",
            "SELECT m.id_siasn AS kunci, m.nama || ': BUP ' || m.bup || ', ketentuan ' || a.sumber || ' ' || a.usia || '.'"
            " AS kalimat, jsonb_build_object('bup', m.bup, 'ketentuan', a.usia) AS isi, m._baris AS baris FROM masuk m"
            " JOIN LATERAL (SELECT usia, sumber FROM aturan_bup a WHERE a.aktif"
            "  AND (a.jenjang_id IS NULL OR a.jenjang_id = m.jenjang_id)"
            "  AND (a.kelompok_nama = '' OR m.nama ILIKE a.kelompok_nama || '%')"
            "  ORDER BY length(a.kelompok_nama) DESC, a.jenjang_id NULLS LAST, a.berlaku_dari DESC NULLS LAST LIMIT 1) a"
            f" ON true WHERE {TERIMA} AND m.bup <> a.usia",
        ),
        kosong_ringkas(
            "kode-cepat-kosong", "m.kode_cepat IS NULL", "jabatan fungsional tidak mempunyai kode cepat.",
            "Lengkapi pada daftar sumber.",
        ),
    ),
    sesudah=(kata_sql("jabatan-fungsional", "jabatan", "t.jenis = 'fungsional'"),),
    bergantung=("kelompok-jabatan", "jenjang", "aturan-bup"),
)  # fmt: skip
PELAKSANA = Spek(
    "jabatan-pelaksana",
    "jabatanpelaksana.json",
    "jabatan",
    {
        "id_siasn": teks("id", kunci=True),
        "jenis": tetap("'pelaksana'", kunci=True),
        "nama": teks("nama"),
        "kode_cepat": teks("kodeCepat"),
        "status": teks("status"),
    },
    sumber("jabatanPelaksana"),
    wajib=("id", "nama", "kodeCepat", "status"),
    lingkup="t.jenis = 'pelaksana'",
    periksa=(nama_kosong("id_siasn"), nama_banyak_id("id_siasn", "jabatan pelaksana"), _BERSAMA),
    sesudah=(kata_sql("jabatan-pelaksana", "jabatan", "t.jenis = 'pelaksana'"),),
    bergantung=("jabatan-fungsional",),
)
PENDIDIKAN = Spek(
    "pendidikan",
    "pendidikan.json",
    "pendidikan",
    {
        "id_siasn": teks("id", kunci=True),
        "tingkat_id": tetap("p.kode"),
        "nama": teks("nama", wajib=True),
        "status": teks("status"),
    },
    sumber("pendidikan"),
    wajib=("id", "tingkatPendidikanId", "nama", "status"),
    gabung='LEFT JOIN tingkat_pendidikan p ON p.kode = s."tingkatPendidikanId"',
    periksa=(
        nama_banyak_id("id_siasn", "pendidikan"),
        acuan_tak_dikenal("tingkat-tak-dikenal", "tingkatPendidikanId", "tingkat_id", "tingkat pendidikan"),
        kosong_ringkas(
            "status-kosong", "m.status IS NULL", "baris pendidikan tidak menyebut statusnya (dipakai atau tidak).",
            "Perlakukan sebagai belum diketahui, bukan sebagai tidak dipakai.",
        ),
        kosong_ringkas(
            "bukan-nama", "m.nama ~ '^[0-9]+$' OR m.nama ILIKE '#DELETE#%'",
            "baris pendidikan berisi angka atau tanda hapus alih-alih nama.",
            "Jangan dipakai sebagai syarat pendidikan; minta BKN membersihkan daftarnya.", "peringatan",
        ),
    ),
    sesudah=(kata_sql("pendidikan", "pendidikan"),),
    bergantung=("tingkat-pendidikan",),
)  # fmt: skip
SATUAN_KERJA = Spek(
    "satuan-kerja",
    "satuankerja.json",
    "satuan_kerja",
    {
        "id_siasn": teks("id", kunci=True),
        "nama": teks("nama", wajib=True),
        "instansi_id": tetap("i.id"),
        "instansi_siasn": teks("instansiId"),
    },
    sumber("satuanKerja"),
    wajib=("id", "nama", "instansiId"),
    gabung='LEFT JOIN instansi i ON i.id_siasn = s."instansiId"',
    periksa=(acuan_tak_dikenal("instansi-tak-dikenal", "instansiId", "instansi_id", "instansi"),),
    bergantung=("instansi",),
)
LOKASI = Spek(
    "lokasi",
    "kabupaten.json",  # so named; holds all levels of region
    "lokasi",
    {
        "id_siasn": teks("id", kunci=True),
        "induk_siasn": teks("lokasiId"),
        "nama": teks("nama"),
        "jenis": teks("jenis", wajib=True),
    },
    sumber("kabupaten"),
    wajib=("id", "lokasiId", "nama", "jenis"),
    periksa=(
        nama_kosong("id_siasn"),
        kosong_ringkas(
            "induk-kosong", "m.induk_siasn IS NULL AND m.jenis NOT IN ('NG', 'P')",
            "lokasi di bawah provinsi tidak menyebut induknya.", "Lengkapi pada daftar sumber.",
        ),
        Periksa(
            "induk-tak-dikenal", "peringatan", "Minta daftar lokasi yang lengkap.",
            "SELECT m.induk_siasn AS kunci, 'Induk ' || m.induk_siasn || ' tidak ada dalam daftar; dirujuk ' || count(*)"
            " || ' lokasi.' AS kalimat, jsonb_build_object('jumlah', count(*)) AS isi, min(m._baris) AS baris"
            f" FROM masuk m WHERE {TERIMA} AND m.induk_siasn IS NOT NULL AND NOT EXISTS"
            " (SELECT 1 FROM masuk a WHERE a.id_siasn = m.induk_siasn) GROUP BY m.induk_siasn",
        ),
    ),
)  # fmt: skip
KOMPETENSI = Spek(
    "kompetensi",
    "kompetensi.json",
    "kompetensi",
    {"kode": teks("id", kunci=True), "nama": teks("nama", wajib=True)},
    sumber("kompetensi"),
    wajib=("id", "nama"),
)


def _diklat(jenis: str, berkas: str, nama: str, **lain: Kolom) -> Spek:
    return Spek(
        f"diklat-{jenis}",
        f"{berkas.lower()}.json",
        "diklat",
        {
            "jenis": tetap(quote(jenis), kunci=True),
            "kunci": teks("id", kunci=True),
            "nama": teks(nama, wajib=True),
            **lain,
        },
        sumber(berkas),
        wajib=("id", nama),
        pilihan=("kodeCepat", "jenisKursusSetifikat"),
        lingkup=f"t.jenis = {quote(jenis)}",
    )


DIKLAT = (
    _diklat("jenis-diklat", "jenisDiklat", "jenis", golongan=teks("jenisKursusSetifikat")),
    _diklat("kursus", "jenisKursus", "nama", kode_cepat=teks("kodeCepat")),
    _diklat("struktural", "latihanStruktural", "nama"),
)

SPEK: tuple[Spek, ...] = (
    ESELON, GOLONGAN, KOEFISIEN, INSTANSI, RUMPUN, KELOMPOK, SUB_JABATAN, JF, PELAKSANA, PENDIDIKAN, SATUAN_KERJA,
    LOKASI, KOMPETENSI, *DIKLAT, *KODE,
)  # fmt: skip
