"""An example of every operation, for the API document; a test carries each of them out."""

from __future__ import annotations

from typing import Any

from petajabatan.usulan.rules.operasi import JUDUL

CONTOH: dict[str, list[dict[str, Any]]] = {
    "tambah-unor": [
        {
            "jenis": "tambah-unor",
            "id": -1,
            "atasan_id": 101,
            "nama": "Bidang Data dan Informasi",
            "nama_jabatan": "Kepala Bidang Data dan Informasi",
            "eselon": "31",
            "kelas_kepala": 11,
            "pasal": "12",
        },
        {
            "jenis": "tambah-posisi",
            "unor_id": -1,
            "jenis_posisi": "pelaksana",
            "jabatan_id": 501,
            "kelas": 6,
            "k": 3,
        },
    ],
    "hapus-unor": [{"jenis": "hapus-unor", "unor_id": 104, "penerus": [102]}],
    "koreksi-nama": [{"jenis": "koreksi-nama", "unor_id": 102, "nama": "Bidang Anggaran"}],
    "pindah-unor": [{"jenis": "pindah-unor", "unor_id": 104, "atasan_id": 103, "sesudah": 0}],
    "ubah-unor": [{"jenis": "ubah-unor", "unor_id": 104, "eselon": "41", "pasal": "14"}],
    "perbarui-dasar": [{"jenis": "perbarui-dasar", "unor_id": 101, "dasar_hukum_id": 7, "cabang": True}],
    "tambah-posisi": [
        {
            "jenis": "tambah-posisi",
            "unor_id": 102,
            "jenis_posisi": "pelaksana",
            "jabatan_id": 501,
            "kelas": 6,
            "k": 2,
        }
    ],
    "hapus-posisi": [{"jenis": "hapus-posisi", "posisi_id": 202, "penerus": 203}],
    "pindah-posisi": [{"jenis": "pindah-posisi", "posisi_id": 202, "unor_id": 103}],
    "ubah-k": [{"jenis": "ubah-k", "posisi_id": 202, "k": 5, "sumber": "abk"}],
    "ubah-kelas": [{"jenis": "ubah-kelas", "posisi_id": 202, "kelas": 7}],
    "ubah-infojab": [{"jenis": "ubah-infojab", "posisi_id": 202, "infojab_id": None}],
    "buat-infojab": [
        {"jenis": "buat-infojab", "id": -1, "posisi_id": [202]},
        {
            "jenis": "tulis-isian",
            "infojab_id": -1,
            "bagian": "ikhtisar",
            "isi": {"ikhtisar": "Mengolah data pegawai dengan cara memeriksa berkas agar data selalu benar."},
        },
    ],
    "tulis-isian": [
        {
            "jenis": "tulis-isian",
            "posisi_id": 202,
            "bagian": "abk",
            "isi": {
                "baris": [
                    {"uraian": "Memeriksa berkas", "satuan": "berkas", "volume": "12", "norma": "1080"},
                ]
            },
        }
    ],
    "putuskan-evaluasi": [
        {
            "jenis": "putuskan-evaluasi",
            "infojab_id": 301,
            "putusan": "dikembalikan",
            "catatan": "Level F1 belum didukung uraian tugasnya.",
        }
    ],
    "gabung-unor": [
        {"jenis": "gabung-unor", "unor_id": [102], "menjadi": 103, "penerus_posisi": {"201": 203}}
    ],
    "pecah-unor": [{"jenis": "pecah-unor", "unor_id": 102, "posisi": {"202": 103}, "bawahan": {"104": 103}}],
    "ganti-nama": [
        {
            "jenis": "ganti-nama",
            "unor_id": 103,
            "nama": "Bidang Pengelolaan Barang Milik Daerah",
            "nama_jabatan": "Kepala Bidang Pengelolaan Barang Milik Daerah",
            "dasar_hukum_id": 7,
        }
    ],
}
"""By kind; 101 is a dinas, 102 and 103 its bidang, 104 a seksi of 102; 201 is the head of 102, 202 and
203 are boxes of 102 and 103; 501 a jabatan, 7 a regulation of the instansi."""
KETERANGAN = {
    "tambah-unor": "Unit baru (aturan A). Id di bawah nol adalah rujukan sementara bagi operasi lain dalam"
    " permintaan yang sama. Dengan nama_jabatan dan eselon, kotak kepalanya ikut dibuat, berkelas"
    " kelas_kepala. Tanpa sesudah, tempatnya di belakang saudara terakhir yang sejenis dan seeselon.",
    "hapus-unor": "Unit dihapus (aturan B); penerus menyebut unit yang melanjutkannya.",
    "koreksi-nama": "Salah ketik pada nama (aturan C); nama yang benar-benar berganti ditolak.",
    "pindah-unor": "Unit ke bawah atasan lain, atau ke urutan lain; sesudah 0 berarti paling depan.",
    "ubah-unor": "Atribut selain nama; yang tidak disebut tetap.",
    "perbarui-dasar": "Unit yang sama berdiri di atas peraturan baru; cabang menyertakan bawahannya,"
    " hanya_dari membatasinya pada unit yang berdiri di atas peraturan itu. Pasal lama dikosongkan.",
    "tambah-posisi": "Kotak baru (aturan A). k dalam orang; kosong berarti belum ditetapkan.",
    "hapus-posisi": "Kotak dihapus (aturan B); penerus menyebut kotak yang melanjutkannya.",
    "pindah-posisi": "Kotak ke unit lain, atau ke urutan lain.",
    "ubah-k": "Kebutuhan kotak, orang.",
    "ubah-kelas": "Kelas jabatan 1 sampai 17.",
    "ubah-infojab": "Informasi jabatan yang dirujuk kotak; null melepasnya.",
    "buat-infojab": "Informasi jabatan baru bagi kotak yang mengerjakan hal yang sama; bagian-bagiannya"
    " ditulis dengan tulis-isian.",
    "tulis-isian": "Satu bagian informasi jabatan (infojab_id), atau lembar ABK satu kotak (posisi_id, bagian"
    " abk), seutuhnya; isi null mengosongkannya. Lembar ABK menetapkan K kotaknya. Isian setiap bagian:"
    " GET /infojab/bentuk.",
    "putuskan-evaluasi": "Validasi atau pengembalian lembar evaluasi satu informasi jabatan oleh validator"
    " instansi (penetapan SOTK). Validasi menetapkan kelas semua kotak yang dilayaninya; pengembalian"
    " menyebut alasan."
    " oleh dan pada diisi program.",
    "gabung-unor": "Beberapa unit menjadi satu; kotak dan bawahannya ikut. penerus_posisi menyebut kotak unit"
    " gabungan bagi orang pada jabatan pimpinan yang lebur; tanpa itu mereka tanpa kursi.",
    "pecah-unor": "Kotak dan bawahan satu unit dibagi ke unit lain.",
    "ganti-nama": "Nama yang benar-benar berganti: unit baru, lalu unit lama dihapus (A lalu B).",
}


def request_of(jenis: str) -> dict[str, Any]:
    return {"operasi": CONTOH[jenis], "alasan": "Penataan organisasi"}


OPENAPI_OPERASI: dict[str, Any] = {
    "requestBody": {
        "content": {
            "application/json": {
                "examples": {
                    jenis: {
                        "summary": JUDUL[jenis],
                        "description": KETERANGAN[jenis],
                        "value": request_of(jenis),
                    }
                    for jenis in CONTOH
                }
            }
        }
    }
}
"""One request per kind of operation, shown by the interactive document."""
