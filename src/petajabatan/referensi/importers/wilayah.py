"""Regions by Kemendagri's code, and the crosswalks that lead foreign codes to them."""

from __future__ import annotations

from petajabatan.referensi.importers.periksa import TERIMA
from petajabatan.referensi.importers.spek import Kolom, Periksa, Spek, quote, teks, tetap

SUMBER = "Kemendagri, menurut idn-area-data (ODbL)"
SUMBER_KEMKES = "Kemkes, kode wilayah sebelum 2022; padanan kode atau nama yang sama persis"


def _level(daftar: str, berkas: str, tingkat: int, induk: str | None) -> Spek:
    pattern = r"^\d\d" + r"\.\d\d" * (tingkat - 1) + "$"
    flaws = [
        ('s."code" IS NULL', "'kolom code kosong'"),
        (f's."code" !~ {quote(pattern)}', "'code bukan kode tingkat ini: ' || left(s.\"code\", 30)"),
    ]
    if induk:
        flaws.append(("w.kode IS NULL", f"'{induk} tidak dikenal: ' || coalesce(s.\"{induk}\", '(kosong)')"))
        flaws.append(
            (f's."code" NOT LIKE s."{induk}" || \'.%\'', f"'code tidak berawalan {induk} ' || s.\"{induk}\"")
        )
    return Spek(
        daftar,
        berkas,
        "wilayah",
        {
            "kode": Kolom('s."code"', tuple(flaws), kunci=True),
            "nama": teks("name", wajib=True),
            "tingkat": tetap(str(tingkat)),
            "induk_id": tetap("w.kode" if induk else "NULL::text"),
        },
        SUMBER,
        wajib=("code", "name", *([induk] if induk else [])),
        gabung=f'LEFT JOIN wilayah w ON w.kode = s."{induk}"' if induk else "",
        lingkup=f"t.tingkat = {tingkat}",
        bergantung=(f"wilayah-{tingkat - 1}",) if induk else (),
    )


_TAUTKAN_UNIT = """UPDATE master_unor u SET wilayah_id = p.wilayah_kode FROM padanan_wilayah p
WHERE p.skema = {skema} AND p.kode_asal = u.kode_wilayah_asal AND u.jenis = ANY({jenis})
  AND NOT (u.jenis = 'dinas-kesehatan' AND length(u.kunci) = 2)
  AND p.wilayah_kode IS NOT NULL AND u.wilayah_id IS DISTINCT FROM p.wilayah_kode"""

DAPODIK = Spek(
    "padanan-dapodik",
    "dapodik_kab__kemendagri.csv",
    "padanan_wilayah",
    {
        "skema": tetap("'dapodik'", kunci=True),
        "kode_asal": teks("dapodik_kode_kab", kunci=True),
        "nama_asal": teks("dapodik_nama", kosong=""),
        "wilayah_kode": Kolom(
            "w.kode",
            (('s."kemendagri_kode" IS NOT NULL AND w.kode IS NULL',
              "'kemendagri_kode tidak ada dalam daftar wilayah: ' || s.\"kemendagri_kode\""),),
        ),
    },
    "Padanan nama Dapodik–Kemendagri",
    wajib=("dapodik_kode_kab", "dapodik_nama", "kemendagri_kode"),
    abaikan=("dapodik_prov", "kemendagri_nama"),
    gabung='LEFT JOIN wilayah w ON w.kode = s."kemendagri_kode"',
    lingkup="t.skema = 'dapodik'",
    periksa=(
        Periksa(
            "padanan-kosong", "peringatan",
            "Isi kode Kemendagri-nya pada berkas padanan, dengan sumbernya, lalu impor ulang.",
            "SELECT m.kode_asal AS kunci, 'Kode Dapodik ' || m.kode_asal || ' (' || m.nama_asal || ') belum berpadanan.'"
            " AS kalimat, '{}'::jsonb AS isi, m._baris AS baris FROM masuk m"
            f" WHERE {TERIMA} AND m.wilayah_kode IS NULL",
        ),
    ),
    sesudah=(_TAUTKAN_UNIT.format(skema="'dapodik'", jenis="ARRAY['sekolah']"),),
    bergantung=("wilayah-2",),
)  # fmt: skip

_KODE = 'left(s."kode_kab", 2) || \'.\' || right(s."kode_kab", 2)'
_NAMA = "regexp_replace(upper({}), '^KAB\\.? ', 'KABUPATEN ')"
KEMKES = Spek(
    "padanan-kemkes",
    "wilayah_administratif.csv",
    "padanan_wilayah",
    {
        "skema": tetap("'kemkes'", kunci=True),
        "kode_asal": teks("kode_kab", kunci=True),
        "nama_asal": teks("nama_wilayah", kosong=""),
        "wilayah_kode": tetap("coalesce(w.kode, b.kode)"),
    },
    SUMBER_KEMKES,
    wajib=("kode_prov", "kode_kab", "kode_kec", "nama_wilayah"),
    # Rows of provinces and districts say nothing the Kemendagri list does not say better.
    saring='s."kode_kab" ~ \'^\\d{4}$\' AND s."kode_kec" = \'NULL\'',
    # The same code, or for the codes of before 2022 the one region of exactly the same name.
    gabung=f"""LEFT JOIN wilayah w ON w.kode = {_KODE} AND w.tingkat = 2
      LEFT JOIN LATERAL (SELECT min(x.kode) AS kode FROM wilayah x WHERE w.kode IS NULL AND x.tingkat = 2
        AND upper(x.nama) = {_NAMA.format('s."nama_wilayah"')} HAVING count(*) = 1) b ON true""",
    lingkup="t.skema = 'kemkes'",
    periksa=(
        Periksa(
            "kode-wilayah-lama", "catatan",
            "Pastikan padanannya; kode lama berasal dari pembagian wilayah sebelum pemekaran Papua 2022.",
            "SELECT m.kode_asal AS kunci, 'Kode wilayah lama ' || m.kode_asal || ' (' || m.nama_asal || ') ' ||"
            " coalesce('dipadankan ke ' || m.wilayah_kode || ' ' || w.nama || ' karena namanya sama persis.',"
            " 'tidak berpadanan.') AS kalimat, jsonb_build_object('wilayah', m.wilayah_kode) AS isi, m._baris AS baris"
            " FROM masuk m LEFT JOIN wilayah w ON w.kode = m.wilayah_kode"
            f" WHERE {TERIMA} AND replace(coalesce(m.wilayah_kode, ''), '.', '') <> m.kode_asal",
        ),
    ),
    sesudah=(
        _TAUTKAN_UNIT.format(skema="'kemkes'", jenis="ARRAY['puskesmas','rumah-sakit','dinas-kesehatan']"),
    ),
    bergantung=("wilayah-2",),
)  # fmt: skip

INSTANSI = Spek(
    "padanan-instansi",
    "bkn_instansi__kemendagri.csv",
    "instansi",
    {
        "id_siasn": Kolom(
            's."bkn_id"', (("i.id IS NULL", "'instansi tidak dikenal: ' || coalesce(s.\"bkn_id\", '(kosong)')"),),
            kunci=True,
        ),
        "nama": Kolom("i.nama", hanya_baru=True),
        "jenis": Kolom("i.jenis", hanya_baru=True),
        "wilayah_id": Kolom(
            "coalesce(w.kode, i.wilayah_id)",
            (('s."kemendagri_kode" IS NOT NULL AND w.kode IS NULL',
              "'kemendagri_kode tidak ada dalam daftar wilayah: ' || s.\"kemendagri_kode\""),),
        ),
    },
    "Padanan nama BKN–Kemendagri",
    wajib=("bkn_id", "kemendagri_kode"),
    abaikan=("kode_cepat", "nama", "jenis", "jenis_instansi_id"),
    gabung='LEFT JOIN instansi i ON i.id_siasn = s."bkn_id" LEFT JOIN wilayah w ON w.kode = s."kemendagri_kode"',
    periksa=(
        Periksa(
            "padanan-kosong", "peringatan",
            "Isi kode Kemendagri-nya pada berkas padanan, dengan sumbernya, lalu impor ulang.",
            "SELECT m.id_siasn AS kunci, m.nama || ' belum berpadanan dengan wilayah.' AS kalimat, '{}'::jsonb AS isi,"
            f" m._baris AS baris FROM masuk m WHERE {TERIMA} AND m.jenis = 'D' AND m.wilayah_id IS NULL",
        ),
    ),
    bergantung=("instansi", "wilayah-1", "wilayah-2"),
    cara="lengkapi",
)  # fmt: skip

SPEK: tuple[Spek, ...] = (
    _level("wilayah-1", "provinces.csv", 1, None),
    _level("wilayah-2", "regencies.csv", 2, "province_code"),
    _level("wilayah-3", "districts.csv", 3, "regency_code"),
    DAPODIK,
    KEMKES,
    INSTANSI,
)
