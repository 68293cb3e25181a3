"""Every check on a small map: one case that it finds, one near it that it lets pass."""

from __future__ import annotations

from petajabatan.usulan.tests.peta_uji import (
    BIDANG,
    BIDANG_LAIN,
    DINAS,
    JF,
    JF_NASIONAL,
    JF_TANPA,
    KECAMATAN,
    KELURAHAN,
    LAMA,
    PELAKSANA,
    PEMDA,
    SEKOLAH,
    SEKSI,
    SEKSI_ASET,
    SEKSI_LAIN,
    STAF,
    STAF_SEKSI,
    STAF_SEKSI_LAIN,
    Hapus,
    Peta,
    abk,
    evaluasi,
    hapus,
    p,
    u,
)

BARU = 50
KOTAK_BARU = 5001
LINGKARAN = (u(BIDANG, atasan_id=SEKSI_ASET), u(BIDANG_LAIN, atasan_id=SEKSI))
ZWSP = "\u200b"
BANYAK = tuple(
    u(60 + n, atasan_id=DINAS, nama=f"Bidang {nama}", nama_jabatan="")
    for n, nama in enumerate(
        ("Surveilans", "Imunisasi", "Gizi", "Farmasi", "Rujukan", "Promosi", "Sanitasi", "Jaminan",
         "Akreditasi", "Kesga", "Lansia", "Jiwa", "Gigi", "Haji")
    )
)  # fmt: skip
TANPA_STAF = Hapus("posisi", STAF_SEKSI)
LAIN = 77  # an informasi jabatan of its own
MENYIMPANG = p(
    KOTAK_BARU, jenis="fungsional", jabatan_id=JF_NASIONAL, jenjang="PT", nama="Penata Uji Ahli Pertama",
    kelas=9, infojab_id=LAIN,
)  # fmt: skip

KASUS: dict[str, tuple[Peta, Peta]] = {
    # susunan
    "atasan-tidak-ada": (Peta(draf=(u(BARU, atasan_id=99),)), Peta(draf=(u(BARU, atasan_id=DINAS),))),
    "susunan-melingkar": (Peta(draf=LINGKARAN), Peta(draf=LINGKARAN[:1])),
    "puncak-ganda": (Peta(draf=(u(BARU, atasan_id=None),)), Peta(draf=(u(BARU, atasan_id=PEMDA),))),
    "pimpinan-ganda": (
        Peta(draf=(p(STAF, kepala=True, k=1),)),
        Peta(draf=(Hapus("posisi", 100 * BIDANG), p(STAF, kepala=True, k=1))),
    ),
    "pimpinan-salah-jenis": (
        Peta(draf=(p(100 * BIDANG, jenis="fungsional", jabatan_id=JF, jenjang="PT"),)),
        Peta(draf=(p(100 * SEKOLAH, kelas=9),)),
    ),
    "kotak-tanpa-unit": (
        Peta(draf=(p(KOTAK_BARU, unor_id=99),)),
        Peta(draf=(p(KOTAK_BARU, unor_id=BIDANG),)),
    ),
    "pimpinan-satu-kursi": (Peta(draf=(p(100 * BIDANG, k=2),)), Peta(draf=(p(STAF, k=2),))),
    # eselon
    "eselon-tidak-dikenal": (Peta(draf=(u(BIDANG, eselon="IV"),)), Peta(draf=(u(BIDANG, eselon="99"),))),
    "eselon-terbalik": (Peta(draf=(u(SEKSI, eselon="22"),)), Peta(draf=(u(SEKSI, eselon="32"),))),
    "eselon-setingkat": (Peta(draf=(u(SEKSI, eselon="32"),)), Peta(draf=(u(SEKSI, eselon="42"),))),
    "eselon-melompat": (
        Peta(draf=(u(SEKSI, atasan_id=DINAS),)),
        Peta(draf=(u(SEKSI, atasan_id=DINAS, jenis="upt"),)),
    ),
    "struktural-tanpa-eselon": (
        Peta(draf=(u(BIDANG, eselon=None),)),
        Peta(draf=(u(BIDANG, eselon=None, jenis="kelompok"),)),
    ),
    "eselon-v": (Peta(draf=(u(SEKSI, eselon="51"),)), Peta(draf=(u(SEKSI, eselon="42"),))),
    "kelompok-bereselon": (
        Peta(draf=(u(SEKSI, jenis="kelompok"),)),
        Peta(draf=(u(SEKSI, jenis="kelompok", eselon="99"),)),
    ),
    # nama unit
    "nama-kosong": (Peta(draf=(u(BARU, nama="-"),)), Peta(draf=(u(BARU, nama="A"),))),
    "nama-tak-terbaca": (
        Peta(draf=(u(BIDANG, nama=f"Bidang{ZWSP} Anggaran"),)),
        Peta(draf=(u(BIDANG, nama="Bidang Anggaran & Kas"),)),
    ),
    "nama-bertanda-aneh": (
        Peta(draf=(u(BIDANG, nama="Bidang Anggaran;"),)),
        Peta(draf=(u(BIDANG, nama="Bidang Anggaran (Kas), Aset & Data"),)),
    ),
    "nama-terlalu-panjang": (
        Peta(draf=(u(BIDANG, nama="Bidang " + "Anggaran " * 20),)),
        Peta(draf=(u(BIDANG, nama="Bidang " + "Anggaran " * 10),)),
    ),
    "nama-salah-kapital": (
        Peta(draf=(u(BIDANG, nama="BIDANG ANGGARAN"),)),
        Peta(draf=(u(BIDANG, nama="Bidang Anggaran BKPSDM"),)),
    ),
    "nama-hanya-singkatan": (
        Peta(draf=(u(DINAS, nama="BPKAD"),)),
        Peta(draf=(u(DINAS, nama="Badan Kesbang"),)),
    ),
    "nama-saudara-ganda": (
        Peta(draf=(u(BARU, nama="BIDANG SARANA."),)),
        Peta(draf=(u(BARU, nama="Bidang Sarana", atasan_id=PEMDA),)),
    ),
    "nama-saudara-mirip": (
        Peta(draf=(u(BARU, atasan_id=BIDANG, nama="Seksi Pelaporn"),)),
        Peta(draf=(u(BARU, atasan_id=BIDANG, nama="Seksi Pelayanan"),)),
    ),
    "nama-sama-dengan-atasan": (
        Peta(draf=(u(BARU, nama="Dinas Kesehatan"),)),
        Peta(draf=(u(BARU, nama="Dinas Kesehatan Hewan"),)),
    ),
    # pimpinan
    "unit-tanpa-pimpinan": (
        Peta(draf=(Hapus("posisi", 100 * BIDANG),)),
        Peta(draf=(Hapus("posisi", 100 * BIDANG), u(BIDANG, eselon=None))),
    ),
    "nama-pimpinan-kosong": (
        Peta(draf=(u(BIDANG, nama_jabatan=""),)),
        Peta(draf=(u(BIDANG, nama_jabatan="", eselon=None),)),
    ),
    "nama-pimpinan-tidak-sesuai": (
        Peta(draf=(u(BIDANG, nama_jabatan="Kepala Bidang Sarana"),)),
        Peta(draf=(u(BIDANG, nama_jabatan="Kepala Bid. Anggaran"),)),
    ),
    "kotak-pimpinan-beda-nama": (
        Peta(draf=(p(100 * BIDANG, nama="Kabid Anggaran"),)),
        Peta(draf=(p(100 * BIDANG, nama="KEPALA BIDANG ANGGARAN"),)),
    ),
    "jabatan-memuat-mandat": (
        Peta(draf=(p(100 * BIDANG, nama="Plt. Kepala Bidang Anggaran"),)),
        Peta(draf=(p(100 * BIDANG, nama="Pelaksana Kepala Bidang Anggaran"),)),
    ),
    "struktural-bukan-pimpinan": (
        Peta(draf=(p(KOTAK_BARU, jenis="struktural", jabatan_id=None, nama="Kepala Subbagian"),)),
        Peta(
            draf=(
                p(
                    KOTAK_BARU,
                ),
            )
        ),
    ),
    # dasar hukum
    "unit-baru-tanpa-dasar": (
        Peta(draf=(u(BARU, dasar_hukum_id=None),)),
        Peta(draf=(u(BIDANG, dasar_hukum_id=None),)),
    ),
    "dasar-tidak-dikenal": (
        Peta(draf=(u(BARU, dasar_hukum_id=77),)),
        Peta(draf=(u(BARU, dasar_hukum_id=2),)),
    ),
    "dasar-dicabut": (Peta(draf=(u(BARU, dasar_hukum_id=3),)), Peta(draf=(u(BARU, dasar_hukum_id=4),))),
    "dasar-diubah": (Peta(draf=(u(BARU, dasar_hukum_id=4),)), Peta(draf=(u(BARU, dasar_hukum_id=1),))),
    "unit-baru-tanpa-pasal": (Peta(draf=(u(BARU, pasal=""),)), Peta(draf=(u(BARU, pasal="", halaman="7"),))),
    "dasar-baru-tanpa-pasal": (
        Peta(draf=(u(BIDANG, dasar_hukum_id=2, pasal=""),)),
        Peta(draf=(u(BIDANG, dasar_hukum_id=2, pasal="", halaman="7"),)),
    ),
    "dasar-bawahan-tertinggal": (
        Peta(draf=(u(BIDANG, dasar_hukum_id=2),)),
        Peta(draf=(u(BIDANG, dasar_hukum_id=2), u(SEKSI, dasar_hukum_id=2), u(SEKSI_LAIN, dasar_hukum_id=2))),
    ),
    # urusan
    "urusan-tidak-dikenal": (
        Peta(draf=(u(DINAS, urusan=("1.99",)),)),
        Peta(draf=(u(DINAS, urusan=("1.01",)),)),
    ),
    "dinas-tanpa-urusan": (
        Peta(draf=(u(DINAS, urusan=()),)),
        Peta(draf=(u(DINAS, urusan=(), nama="Inspektorat Daerah"),)),
    ),
    "urusan-wajib-ganda": (
        Peta(draf=(u(BARU, atasan_id=PEMDA, eselon="22", urusan=("1.02",)),)),
        Peta(draf=(u(BARU, atasan_id=PEMDA, eselon="31", urusan=("1.02",)),)),
    ),
    # bentuk
    "rentang-kendali-lebar": (Peta(draf=BANYAK), Peta(draf=BANYAK[:13])),
    "rentang-kendali-sempit": (
        Peta(draf=hapus(SEKSI, penerus=(SEKSI_LAIN,))),
        Peta(draf=hapus(SEKSI, SEKSI_LAIN, penerus=(BIDANG,))),
    ),
    "unit-di-bawah-pengawas": (
        Peta(draf=(u(BARU, atasan_id=SEKSI, eselon=None),)),
        Peta(draf=(u(BARU, atasan_id=SEKSI, eselon=None), u(SEKSI, jenis="upt"))),
    ),
    "kelompok-bertingkat": (
        Peta(draf=(u(BIDANG, jenis="kelompok"),)),
        Peta(draf=(u(SEKSI, jenis="kelompok"), u(SEKOLAH, atasan_id=SEKSI))),
    ),
    "unit-tanpa-jabatan": (
        Peta(draf=(u(BARU, nama="Bidang Kosong"),)),
        Peta(draf=(u(BARU, nama="Bidang Kosong"), p(KOTAK_BARU, unor_id=BARU))),
    ),
    "unit-tanpa-staf": (Peta(draf=(TANPA_STAF,)), Peta(draf=(TANPA_STAF, p(KOTAK_BARU, unor_id=SEKSI)))),
    "kelurahan-di-luar-kecamatan": (
        Peta(draf=(u(KELURAHAN, atasan_id=DINAS),)),
        Peta(draf=(u(BARU, atasan_id=KECAMATAN, jenis="kelurahan"),)),
    ),
    "layanan-salah-tempat": (
        Peta(draf=(u(SEKOLAH, atasan_id=KECAMATAN),)),
        Peta(draf=(u(SEKOLAH, atasan_id=BIDANG),)),
    ),
    "wilayah-kosong": (Peta(draf=(u(KELURAHAN, wilayah=None),)), Peta(draf=(u(BIDANG, wilayah=None),))),
    "wilayah-tidak-cocok": (
        Peta(draf=(u(KELURAHAN, wilayah="33.17.10.1001"),)),
        Peta(draf=(u(KELURAHAN, wilayah="33.17.14.1002"),)),
    ),
    "layanan-tanpa-kode": (Peta(kode={}), Peta(kode={SEKOLAH: frozenset({"npsn", "lokal"})})),
    "pegawai-tanpa-jabatan": (Peta(orang_unor={BIDANG: 3}), Peta(orang={STAF: 3})),
    # perubahan unit
    "nama-bukan-koreksi": (
        Peta(draf=(u(BIDANG, nama="Bidang Perbendaharaan"),)),
        Peta(draf=(u(BIDANG, nama="Bidang Angaran"),)),
    ),
    "nama-dan-dasar-berubah": (
        Peta(draf=(u(BIDANG, nama="Bidang Angaran", dasar_hukum_id=2),)),
        Peta(draf=(u(BIDANG, nama="BIDANG ANGGARAN", dasar_hukum_id=2),)),
    ),
    "eselon-berubah-tanpa-dasar": (
        Peta(draf=(u(BIDANG, eselon="31"),)),
        Peta(draf=(u(BIDANG, eselon="31", dasar_hukum_id=2),)),
    ),
    "jenis-unit-berubah": (Peta(draf=(u(SEKSI, jenis="upt"),)), Peta(draf=(u(BARU, jenis="upt"),))),
    "pindah-antar-tingkat": (
        Peta(draf=(u(SEKSI, atasan_id=DINAS),)),
        Peta(draf=(u(SEKSI, atasan_id=BIDANG_LAIN),)),
    ),
    "hapus-lalu-tambah": (
        Peta(draf=(*hapus(SEKSI), u(BARU, atasan_id=BIDANG, nama="Seksi Pengangaran"))),
        Peta(draf=(*hapus(SEKSI), u(BARU, atasan_id=BIDANG, nama="Seksi Perbendaharaan"))),
    ),
    # hapus unit
    "bawahan-tertinggal": (
        Peta(draf=hapus(BIDANG, penerus=(BIDANG_LAIN,))),
        Peta(draf=hapus(SEKSI, SEKSI_LAIN, BIDANG, penerus=(BIDANG_LAIN,))),
    ),
    "kotak-tertinggal": (
        Peta(draf=(Hapus("unor", SEKSI, (SEKSI_LAIN,)),)),
        Peta(draf=hapus(SEKSI, penerus=(SEKSI_LAIN,))),
    ),
    "penerus-unit-tidak-ada": (
        Peta(draf=hapus(SEKSI, penerus=(999,))),
        Peta(draf=hapus(SEKSI, penerus=(999,)), mitra=(999,)),
    ),
    "pegawai-tanpa-penerus": (
        Peta(draf=hapus(SEKSI), orang={STAF_SEKSI: 2}),
        Peta(draf=hapus(SEKSI, penerus=(SEKSI_LAIN,)), orang={STAF_SEKSI: 2}),
    ),
    "penerus-tanpa-jabatan": (
        Peta(draf=hapus(SEKSI, penerus=(SEKSI_LAIN,)), orang={STAF_SEKSI: 2}),
        Peta(
            draf=(*hapus(SEKSI, penerus=(SEKSI_LAIN,)), Hapus("posisi", STAF_SEKSI, (STAF_SEKSI_LAIN,))),
            orang={STAF_SEKSI: 2},
        ),
    ),
    "penerus-jauh-lebih-rendah": (
        Peta(draf=(Hapus("unor", DINAS, (SEKSI,)),)),
        Peta(draf=(Hapus("unor", DINAS, (SEKSI, BIDANG)),)),
    ),
    "penerus-beda-jenis": (
        Peta(draf=hapus(SEKOLAH, penerus=(SEKSI,))),
        Peta(draf=hapus(SEKSI_LAIN, penerus=(SEKSI,))),
    ),
    "hapus-dasar-masih-berlaku": (
        Peta(draf=hapus(SEKSI, penerus=(SEKSI_LAIN,))),
        Peta(draf=(*hapus(SEKSI, penerus=(SEKSI_LAIN,)), u(SEKSI_LAIN, dasar_hukum_id=2))),
    ),
    "hapus-kode-aktif": (
        Peta(draf=hapus(SEKOLAH, penerus=(SEKSI,))),
        Peta(draf=hapus(SEKOLAH, penerus=(SEKSI,)), kode={}),
    ),
    # jabatan
    "nama-jabatan-kosong": (Peta(draf=(p(KOTAK_BARU, nama="-"),)), Peta(draf=(p(KOTAK_BARU, nama="A"),))),
    "jabatan-tidak-dikenal": (
        Peta(draf=(p(KOTAK_BARU, jabatan_id=77),)),
        Peta(draf=(p(KOTAK_BARU, jenis="struktural", jabatan_id=None),)),
    ),
    "jabatan-tidak-aktif": (
        Peta(draf=(p(KOTAK_BARU, jabatan_id=LAMA),)),
        Peta(draf=(p(KOTAK_BARU, jabatan_id=3),)),
    ),
    "jabatan-salah-jenis": (
        Peta(draf=(p(KOTAK_BARU, jabatan_id=JF),)),
        Peta(draf=(p(KOTAK_BARU, jabatan_id=JF, jenis="fungsional"),)),
    ),
    "nama-beda-referensi": (
        Peta(draf=(p(KOTAK_BARU, nama="Pengelola Dat"),)),
        Peta(draf=(p(KOTAK_BARU, nama="PENGELOLA DATA"),)),
    ),
    "jenjang-tidak-dikenal": (
        Peta(draf=(p(KOTAK_BARU, jenjang="AHLI"),)),
        Peta(draf=(p(KOTAK_BARU, jenjang="MU"),)),
    ),
    "jenjang-beda-referensi": (
        Peta(draf=(p(KOTAK_BARU, jenis="fungsional", jabatan_id=JF, jenjang="MU"),)),
        Peta(draf=(p(KOTAK_BARU, jenis="fungsional", jabatan_id=JF, jenjang="PT"),)),
    ),
    "jf-tanpa-jenjang": (
        Peta(draf=(p(KOTAK_BARU, jenis="fungsional", jabatan_id=JF_TANPA, jenjang=None),)),
        Peta(draf=(p(KOTAK_BARU, jenis="fungsional", jabatan_id=JF, jenjang=None),)),
    ),
    "jabatan-ganda": (
        Peta(draf=(p(KOTAK_BARU, jabatan_id=PELAKSANA),)),
        Peta(draf=(p(KOTAK_BARU, jabatan_id=3),)),
    ),
    # kelas
    "kelas-kosong": (Peta(draf=(p(STAF, kelas=None),)), Peta(draf=(p(STAF, kelas=6),))),
    "kelas-tidak-lazim": (Peta(draf=(p(STAF, kelas=8),)), Peta(draf=(p(STAF, kelas=7),))),
    "kelas-pimpinan-tidak-lazim": (
        Peta(draf=(p(100 * BIDANG, kelas=14),)),
        Peta(draf=(p(100 * BIDANG, kelas=12),)),
    ),
    "kelas-berbeda-dalam-unit": (
        Peta(draf=(p(KOTAK_BARU, jabatan_id=PELAKSANA, kelas=6),)),
        Peta(draf=(p(KOTAK_BARU, jabatan_id=PELAKSANA, kelas=5),)),
    ),
    "kelas-melebihi-pimpinan": (
        Peta(draf=(p(KOTAK_BARU, unor_id=SEKSI, kelas=10),)),
        Peta(draf=(p(KOTAK_BARU, unor_id=SEKSI, kelas=9),)),
    ),
    "kelas-beda-evaluasi": (
        Peta(draf=(p(STAF, infojab_id=LAIN), evaluasi(LAIN, status="divalidasi", total=800, kelas=6))),
        Peta(draf=(p(STAF, infojab_id=LAIN), evaluasi(LAIN, status="diisi", kelas=6))),
    ),
    "kelas-beda-nasional": (
        Peta(draf=(MENYIMPANG, evaluasi(LAIN, pengecualian="Beban khusus"))),
        Peta(draf=(MENYIMPANG, evaluasi(LAIN, pengecualian="Beban khusus", berkas="12"))),
    ),
    "kelas-dikecualikan": (
        Peta(draf=(MENYIMPANG, evaluasi(LAIN, pengecualian="Beban khusus", berkas="12"))),
        Peta(draf=(MENYIMPANG,)),
    ),
    # kebutuhan
    "k-kosong": (Peta(draf=(p(STAF, k=None),)), Peta(draf=(p(STAF, k=0),))),
    "k-di-bawah-b": (Peta(orang={STAF: 4}), Peta(orang={STAF: 3})),
    "k-nol-berpegawai": (Peta(draf=(p(STAF, k=0),), orang={STAF: 1}), Peta(draf=(p(STAF, k=0),))),
    "k-terlalu-besar": (Peta(draf=(p(STAF, k=201),)), Peta(draf=(p(STAF, k=200),))),
    "k-berubah-tajam": (Peta(draf=(p(STAF, k=13),)), Peta(draf=(p(STAF, k=12),))),
    "k-tanpa-abk": (
        Peta(dasar=(p(STAF, infojab_id=None),), draf=(p(STAF, k=4),)),
        Peta(dasar=(abk(STAF, ("4", "75000")),), draf=(p(STAF, k=4),)),
    ),
    "abk-belum-lengkap": (
        Peta(draf=(abk(STAF, ("12", None)),)),
        Peta(draf=(abk(STAF, ("3", "75000")),)),
    ),
    "k-beda-abk": (
        Peta(dasar=(abk(STAF, ("3", "75000")),), draf=(p(STAF, k=4),)),
        Peta(draf=(abk(STAF, ("3", "75000")), p(STAF, kelas=6))),
    ),
    "tanpa-infojab": (
        Peta(draf=(p(KOTAK_BARU, infojab_id=None),)),
        Peta(draf=(p(KOTAK_BARU, infojab_id=None, k=0),)),
    ),
    # perubahan jabatan
    "nama-jabatan-bukan-koreksi": (
        Peta(draf=(p(100 * BIDANG, nama="Kepala Bidang Perbendaharaan"),)),
        Peta(draf=(p(100 * BIDANG, nama="Kepala Bidang Angaran"),)),
    ),
    "jabatan-berganti": (
        Peta(draf=(p(STAF, jabatan_id=3, nama="Pengelola Data"),)),
        Peta(draf=(p(STAF, nama="Pengelola Data"),)),
    ),
    "kelas-turun-berpegawai": (
        Peta(draf=(p(STAF, kelas=4),), orang={STAF: 1}),
        Peta(draf=(p(STAF, kelas=6),), orang={STAF: 1}),
    ),
    "jabatan-berpegawai-pindah": (
        Peta(draf=(p(STAF, unor_id=BIDANG_LAIN),), orang={STAF: 1}),
        Peta(draf=(p(STAF, unor_id=BIDANG_LAIN),)),
    ),
    "jabatan-hapus-lalu-tambah": (
        Peta(draf=(Hapus("posisi", STAF), p(KOTAK_BARU, jabatan_id=PELAKSANA))),
        Peta(draf=(Hapus("posisi", STAF, (KOTAK_BARU,)), p(KOTAK_BARU, jabatan_id=PELAKSANA))),
    ),
    # hapus jabatan
    "pegawai-kehilangan-kursi": (
        Peta(draf=(Hapus("posisi", STAF),), orang={STAF: 2}),
        Peta(draf=(Hapus("posisi", STAF, (STAF_SEKSI,)),), orang={STAF: 2}),
    ),
    "penerus-jabatan-hilang": (
        Peta(draf=(Hapus("posisi", STAF, (9999,)),)),
        Peta(draf=(Hapus("posisi", STAF, (STAF_SEKSI,)),)),
    ),
    "penerus-kelas-turun": (
        Peta(dasar=(p(STAF, kelas=6),), draf=(Hapus("posisi", STAF, (STAF_SEKSI,)),), orang={STAF: 1}),
        Peta(draf=(Hapus("posisi", STAF, (STAF_SEKSI,)),), orang={STAF: 1}),
    ),
    "penerus-beda-jenis-jabatan": (
        Peta(draf=(Hapus("posisi", 100 * SEKSI, (STAF_SEKSI,)),), orang={100 * SEKSI: 1}),
        Peta(draf=(Hapus("posisi", 100 * SEKSI, (100 * SEKSI_LAIN,)),), orang={100 * SEKSI: 1}),
    ),
    "penerus-kursi-kurang": (
        Peta(draf=(Hapus("posisi", STAF, (STAF_SEKSI,)),), orang={STAF: 2, STAF_SEKSI: 2}),
        Peta(draf=(Hapus("posisi", STAF, (STAF_SEKSI,)),), orang={STAF: 2, STAF_SEKSI: 1}),
    ),
}
