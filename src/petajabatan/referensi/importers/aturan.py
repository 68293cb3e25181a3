"""Regulation tables and code lists (folder ``aturan``), and certificates of competence, which no dump has."""

from __future__ import annotations

from petajabatan.referensi.importers.periksa import TERIMA, nama_kosong
from petajabatan.referensi.importers.spek import (
    Kolom,
    Periksa,
    Spek,
    benar_salah,
    bulat,
    quote,
    tanggal,
    teks,
    tetap,
)


def _gaji(jenis: str, berkas: str, sumber: str) -> Spek:
    return Spek(
        f"gaji-pokok-{jenis.lower()}",
        berkas,
        "gaji_pokok",
        {
            "jenis": tetap(quote(jenis), kunci=True),
            "golongan": teks("golongan", kunci=True),
            "mkg": bulat("mkg", kunci=True),
            "rupiah": bulat("gaji_pokok", wajib=True),
            "berlaku_dari": tetap("DATE '2024-01-01'", kunci=True),
        },
        sumber,
        wajib=("golongan", "mkg", "gaji_pokok"),
        lingkup=f"t.jenis = {quote(jenis)}",
    )


def _tunjangan(jenis: str, berkas: str, kunci: str, kolom: tuple[str, ...], sumber: str, dari: str) -> Spek:
    """``sumber`` is an SQL expression: some files name the regulation in each row."""
    empty = " OR ".join(f's."{column}" IS NULL' for column in kolom)
    return Spek(
        f"tunjangan-{jenis}",
        berkas,
        "tunjangan",
        {
            "jenis": tetap(quote(jenis), kunci=True),
            "kunci": Kolom(kunci, ((empty, quote(f"kolom {' atau '.join(kolom)} kosong")),), kunci=True),
            "rupiah": bulat("tunjangan_kinerja_bulan" if jenis == "tukin" else "tunjangan_bulan", wajib=True),
            "ketepatan": teks("ketepatan", kosong="tepat") if jenis == "fungsional" else tetap("'tepat'"),
            "sumber": Kolom(sumber, ((f"{sumber} IS NULL", "'dasar hukum kosong'"),), kunci=True),
            "berlaku_dari": tetap(f"DATE {quote(dari)}" if dari else "NULL::date", kunci=True, boleh_kosong=True),
        },
        berkas,
        wajib=(*kolom, "tunjangan_kinerja_bulan" if jenis == "tukin" else "tunjangan_bulan",
               *(("dasar",) if "dasar" in sumber else ())),
        pilihan=("ketepatan",) if jenis == "fungsional" else (),
        cara="lengkapi",
    )  # fmt: skip


NOMENKLATUR = Spek(
    "nomenklatur-pelaksana",
    "jabatan_pelaksana_kepmenpanrb11_2024.csv",
    "nomenklatur_pelaksana",
    {
        "klasifikasi": teks("klasifikasi", kunci=True),
        "nomor": bulat("no", kunci=True),
        "nama": teks("nomenklatur", wajib=True),
        "instansi_teknis": teks("instansi_teknis", kosong=""),
        "kualifikasi": teks("kualifikasi_pendidikan_minimal", kosong=""),
        "tugas": teks("tugas_jabatan", kosong=""),
        "kedudukan": teks("kedudukan", kosong=""),
        "untuk_pns": benar_salah("pns"),
        "untuk_pppk": benar_salah("pppk"),
    },
    "KepmenPANRB 11/2024 (diganti KepmenPANRB 282/2025, tabelnya belum tersedia)",
    wajib=("klasifikasi", "no", "nomenklatur", "kualifikasi_pendidikan_minimal", "tugas_jabatan", "kedudukan",
           "instansi_teknis", "pns", "pppk"),
    periksa=(
        Periksa(
            "pppk-tidak-jelas", "catatan", "Periksa pada naskah keputusannya.",
            "SELECT m.klasifikasi || ' ' || m.nomor AS kunci, m.nama || ': kolom pppk berisi ' || coalesce(s.pppk, 'kosong')"
            " || ', bukan ya atau tidak.' AS kalimat, '{}'::jsonb AS isi, m._baris AS baris"
            f" FROM masuk m JOIN mentah s USING (_baris) WHERE {TERIMA} AND m.untuk_pppk IS NULL",
        ),
    ),
)  # fmt: skip
KAMUS_JF = Spek(
    "kamus-jf",
    "kamus_jabatan_fungsional.csv",
    "kamus_jabatan_fungsional",
    {
        "nama": teks("nama_jabatan", kunci=True),
        "kategori": teks("kategori", kunci=True),
        "kualifikasi": teks("kualifikasi_pendidikan", kosong=""),
        "jenjang_awal": teks("jenjang_awal", kosong=""),
        "jenjang_puncak": teks("jenjang_puncak", kosong=""),
        "rumpun": teks("rumpun_jabatan", kosong=""),
        "kedudukan": teks("kedudukan", kosong=""),
        "pengisian": teks("pengisian_asn", kosong=""),
        "instansi_pembina": teks("instansi_pembina", kosong=""),
    },
    "Kamus jabatan fungsional (pixelwafel/peta-jabatan)",
    wajib=("nama_jabatan", "kualifikasi_pendidikan", "kategori", "jenjang_awal", "jenjang_puncak", "rumpun_jabatan",
           "kedudukan", "pengisian_asn", "instansi_pembina"),
    periksa=(
        Periksa(
            "kategori-salah-tulis", "catatan", "Bacalah sebagai Keterampilan/Ahli …; teks sumber tidak diubah.",
            "SELECT m.nama || ' / ' || m.kategori AS kunci, m.nama || ': kategori ' || m.kategori || ', jenjang '"
            " || m.jenjang_awal || '–' || m.jenjang_puncak || ' tidak dikenal.' AS kalimat, '{}'::jsonb AS isi,"
            f" m._baris AS baris FROM masuk m WHERE {TERIMA} AND (lower(m.kategori) NOT IN ('keahlian', 'keterampilan')"
            " OR EXISTS (SELECT 1 FROM unnest(ARRAY[m.jenjang_awal, m.jenjang_puncak]) j WHERE j <> '' AND"
            " lower(j) NOT IN (SELECT lower(nama) FROM jenjang)))",
        ),
    ),
)  # fmt: skip
KODE_SYARAT = Spek(
    "kode-syarat",
    "syarat_jabatan_kode.csv",
    "kode_syarat",
    {
        "kelompok": teks("kelompok", kunci=True),
        "kode": Kolom("coalesce(s.\"kode\", '')", kunci=True),
        "nama": teks("nama", kunci=True),
        "deskripsi": teks("deskripsi", kosong=""),
    },
    "PermenPANRB 1/2020 (uraian: salinan umum)",
    wajib=("kelompok", "kode", "nama", "deskripsi"),
)
FAKTOR = Spek(
    "faktor-kelas",
    "fes_faktor_level.csv",
    "faktor_kelas",
    {
        "jenis": teks("jenis", kunci=True),
        "faktor": teks("faktor", kunci=True),
        "nama": teks("nama_faktor", wajib=True),
        "level": bulat("level", kunci=True),
        "nilai": bulat("nilai", wajib=True),
    },
    "PermenPANRB 34/2011; 39/2013 (impor)",
    wajib=("jenis", "faktor", "nama_faktor", "level", "nilai"),
)
NILAI = Spek(
    "nilai-kelas",
    "kelas_jabatan_nilai.csv",
    "nilai_kelas",
    {
        "kelas": bulat("kelas", kunci=True),
        "nilai_min": bulat("nilai_min", wajib=True),
        "nilai_maks": bulat("nilai_max"),
    },
    "PermenPANRB 34/2011 (impor)",
    wajib=("kelas", "nilai_min", "nilai_max"),
)
BUP_JF = Spek(
    "bup-jf",
    "bup_jf_siasn.csv",
    "jabatan",
    {
        # Two names of the list occur twice, so the row itself is the key; nothing is written.
        "id": tetap("s._baris", kunci=True),
        "nama": teks("nama_jabatan", wajib=True),
        "jenjang_id": teks("jenjang"),
        "bup": bulat("bup", wajib=True),
        "status": teks("status"),
    },
    "BKN, usia BUP pada daftar jabatan fungsional SIASN",
    wajib=("nama_jabatan", "jenjang", "bup", "status"),
    periksa=(
        Periksa(
            "beda-daftar-jf", "peringatan", "Daftar jabatan fungsional yang dipakai; salinan BUP ini tidak disimpan.",
            "SELECT m.nama || ' / ' || coalesce(m.jenjang_id, '') AS kunci, m.nama || ': BUP ' || m.bup ||"
            " ' dan jenjang ' || coalesce(m.jenjang_id, '(kosong)') || ' tidak sama dengan daftar jabatan fungsional.'"
            " AS kalimat, '{}'::jsonb AS isi, m._baris AS baris FROM masuk m"
            f" WHERE {TERIMA} AND EXISTS (SELECT 1 FROM jabatan WHERE jenis = 'fungsional') AND NOT EXISTS"
            " (SELECT 1 FROM jabatan j WHERE j.jenis = 'fungsional' AND j.nama = m.nama AND coalesce(j.bup, 0) = m.bup"
            " AND j.jenjang_id IS NOT DISTINCT FROM m.jenjang_id)",
        ),
    ),
    bergantung=("jabatan-fungsional",),
    cara="banding",
)  # fmt: skip
AKUN = Spek(
    "akun-belanja",
    "akun_belanja_pegawai.csv",
    "daftar_siasn",
    {
        "daftar": tetap("'akun-belanja'", kunci=True),
        "kode": teks("kode", kunci=True),
        "nama": teks("uraian", wajib=True),
        "isi": tetap("jsonb_build_object('anggaran', s.\"anggaran\")"),
    },
    "Bagan akun standar APBN/APBD (salinan umum)",
    wajib=("anggaran", "kode", "uraian"),
    lingkup="t.daftar = 'akun-belanja'",
)
KELAS_CONTOH = Spek(
    "kelas-jabatan-contoh",
    "kelas_jabatan_contoh_setjen_dpd.csv",
    "daftar_siasn",
    {
        "daftar": tetap("'kelas-jabatan-contoh'", kunci=True),
        "kode": Kolom('md5(s."nama_jabatan")', (('s."nama_jabatan" IS NULL', "'kolom nama_jabatan kosong'"),), kunci=True),
        "nama": teks("nama_jabatan"),
        "isi": Kolom(
            "CASE WHEN s.\"kelas\" ~ '^\\d{1,2}$' THEN jsonb_build_object('kelas', s.\"kelas\"::int) ELSE '{}' END",
            (("s.\"kelas\" IS NULL OR s.\"kelas\" !~ '^(1[0-7]|[1-9])$'", "'kelas bukan 1–17'"),),
        ),
    },
    "Persesjen DPD 14/2025",
    wajib=("nama_jabatan", "kelas"),
    abaikan=("jumlah_informasi_jabatan",),
    lingkup="t.daftar = 'kelas-jabatan-contoh'",
)  # fmt: skip
_SATU = 'num_nonnulls(s."jabatan", s."jenjang", s."eselon") <> 1'
KELAS_NASIONAL = Spek(
    "kelas-nasional",
    "kelas_nasional.csv",
    "kelas_nasional",
    {
        "jabatan_id": Kolom(
            "j.id",
            ((_SATU, "'isi tepat satu: jabatan, jenjang, atau eselon'"),
             ("s.\"jabatan\" IS NOT NULL AND j.id IS NULL", "'jabatan tidak dikenal: ' || s.\"jabatan\"")),
            kunci=True, boleh_kosong=True,
        ),
        "jenjang_id": Kolom(
            "g.kode", (("s.\"jenjang\" IS NOT NULL AND g.kode IS NULL", "'jenjang tidak dikenal: ' || s.\"jenjang\""),),
            kunci=True, boleh_kosong=True,
        ),
        "eselon_id": Kolom(
            "e.kode", (("s.\"eselon\" IS NOT NULL AND e.kode IS NULL", "'eselon tidak dikenal: ' || s.\"eselon\""),),
            kunci=True, boleh_kosong=True,
        ),
        "jenis_instansi": Kolom(
            "coalesce(s.\"jenis_instansi\", '')",
            (("s.\"jenis_instansi\" NOT IN ('P', 'D', 'KEMENT', 'LPNK', 'LNS', 'KO', 'PROV', 'KAB', 'KOT')",
              "'jenis instansi tidak dikenal: ' || s.\"jenis_instansi\""),),
            kunci=True,
        ),
        "kelas": Kolom(
            "CASE WHEN s.\"kelas\" ~ '^(1[0-7]|[1-9])$' THEN s.\"kelas\"::smallint END",
            (("s.\"kelas\" IS NULL OR s.\"kelas\" !~ '^(1[0-7]|[1-9])$'", "'kelas bukan 1–17'"),),
        ),
        "sumber": teks("sumber", wajib=True),
        "berlaku_dari": tanggal("berlaku_dari", kunci=True),
        "berlaku_sampai": tanggal("berlaku_sampai"),
    },
    "kelas_nasional.csv",
    wajib=("jabatan", "jenjang", "eselon", "jenis_instansi", "kelas", "sumber", "berlaku_dari", "berlaku_sampai"),
    gabung='LEFT JOIN jabatan j ON j.id_siasn = s."jabatan" LEFT JOIN jenjang g ON g.kode = s."jenjang"'
    ' LEFT JOIN eselon e ON e.kode = s."eselon"',
    bergantung=("jabatan-fungsional", "jabatan-pelaksana"),
    cara="lengkapi",
)  # fmt: skip
SERTIFIKASI = Spek(
    "sertifikasi",
    "sertifikasi.csv",
    "sertifikasi",
    {
        "kode": teks("kode", kunci=True),
        "nama": teks("nama", wajib=True),
        "bidang": teks("bidang", kosong=""),
        "lembaga": teks("lembaga"),
        "masa_berlaku_bulan": bulat("masa_berlaku_bulan"),
        "sumber": teks("sumber", wajib=True),
        "berlaku_dari": tanggal("berlaku_dari"),
        "berlaku_sampai": tanggal("berlaku_sampai"),
    },
    "sertifikasi.csv",
    wajib=("kode", "nama", "lembaga", "masa_berlaku_bulan", "sumber"),
    pilihan=("bidang", "berlaku_dari", "berlaku_sampai"),
    periksa=(
        nama_kosong("kode"),
        Periksa(
            "lembaga-atau-masa-kosong", "catatan", "Lengkapi penerbit dan masa berlakunya (bulan).",
            "SELECT m.kode AS kunci, m.nama || ' belum menyebut ' || CASE WHEN m.lembaga IS NULL THEN 'lembaga penerbit'"
            " ELSE 'masa berlaku' END || '.' AS kalimat, '{}'::jsonb AS isi, m._baris AS baris FROM masuk m"
            f" WHERE {TERIMA} AND (m.lembaga IS NULL OR m.masa_berlaku_bulan IS NULL)",
        ),
    ),
    cara="lengkapi",
)  # fmt: skip

SPEK: tuple[Spek, ...] = (
    _gaji("PNS", "gaji_pokok_pns_pp5_2024.csv", "PP 5/2024 (impor)"),
    _gaji("PPPK", "gaji_pokok_pppk_perpres11_2024.csv", "Perpres 11/2024 (impor)"),
    _tunjangan("struktural", "tunjangan_struktural_perpres26_2007.csv", 's."eselon"', ("eselon",),
               "'Perpres 26/2007 (TMT: pengetahuan umum)'", "2007-01-01"),
    _tunjangan("umum", "tunjangan_umum_perpres12_2006.csv", 's."golongan"', ("golongan",),
               "'Perpres 12/2006 (TMT: pengetahuan umum)'", "2006-01-01"),
    _tunjangan("fungsional", "tunjangan_jf_contoh.csv", 's."jabatan_fungsional" || \' \' || s."jenjang"',
               ("jabatan_fungsional", "jenjang"), 's."dasar"', ""),
    _tunjangan("tukin", "tukin_per_kelas.csv", 's."instansi" || \' \' || s."kelas"', ("instansi", "kelas"),
               's."dasar"', ""),
    NOMENKLATUR, KAMUS_JF, KODE_SYARAT, FAKTOR, NILAI, BUP_JF, AKUN, KELAS_CONTOH, SERTIFIKASI, KELAS_NASIONAL,
)  # fmt: skip

BUKAN_REFERENSI = {
    "contoh_abk_setjen_dpd.csv": "contoh hitungan analisis beban kerja",
    "contoh_belanja_pegawai.csv": "contoh hitungan belanja pegawai",
    "dreams_rembang_bezetting.csv": "bezetting puskesmas satu kabupaten",
    "curriculum_jp.json": "struktur kurikulum untuk hitungan kebutuhan guru",
    "health_standards.json": "standar tenaga kesehatan untuk hitungan kebutuhan",
}
"""Known files of the shared folder that are no reference list."""
