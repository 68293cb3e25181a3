"""The words of the editing page, translated, for its script."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from petajabatan.web.peta.teks import words


def mark_words() -> dict[str, str]:
    return {"tambah": _("baru"), "hapus": _("dihapus"), "ubah": _("diubah"), "pindah": _("pindah")}


def page_words() -> dict[str, Any]:
    """The words of the map's page, with those of a draft."""
    known = words()
    marks = mark_words()
    for part in ("gambar", "pohon", "tabel"):
        known[part]["tanda"] = marks
        known[part]["dalam"] = _("{n} perubahan di dalamnya")
    known["gambar"]["dalam"] = _("{n} perubahan")
    known["tabel"]["semula"] = _("nilai semula")
    return known | {"sunting": edit_words()}


def edit_words() -> dict[str, Any]:
    """Sentences with ``{name}`` are filled in by the script."""
    return {
        "tanda": mark_words(),
        "semula": _("nilai semula"),
        "simpan": {
            "tersimpan": _("Tersimpan · revisi {n} · {jam}"),
            "menyimpan": _("Menyimpan…"),
            "putus": _("Belum tersimpan (sambungan terputus), dicoba lagi; {n} perubahan menunggu"),
            "sesi": _(
                "Belum tersimpan: sesi berakhir. Masuk lagi di tab lain; perubahan Anda dikirim sesudahnya."
            ),
            "ditolak": _("Tidak disimpan: {kalimat}"),
            "baca": _("Hanya baca · revisi {n}"),
        },
        "total": {
            "n_unor": _("Unit"),
            "n_posisi": _("Jabatan"),
            "k": "K",
            "b": "B",
            "selisih": "+/−",
        },
        "hitung": _("Temuan: {galat} galat, {peringatan} peringatan"),
        "tanpaTemuan": _("Tidak ada temuan"),
        "urung": _("Urungkan: {apa}"),
        "lain": _("{siapa} mengubah usulan ini sesudah halaman ini dimuat: {apa}."),
        "muatUlang": _("Muat perubahannya"),
        "bentrok": _("Muat ulang"),
        "versiBaru": _("Peta terbit berubah; usulan ini perlu diselaraskan."),
        "ditambahkan": _("{nama} ditambahkan. Pilih jabatan berikutnya."),
        "isianTadi": _("Isian Anda tadi: {nilai}. Nilai sekarang dari perubahan orang lain."),
        "luarCabang": _("{nama} berada di luar cakupan usulan ini ({cabang}); di sini hanya dapat dilihat."),
        "digabung": _("Perubahan orang lain ikut dimuat."),
        "tersimpanSemua": _("Perubahan tersimpan."),
        "diurungkan": _("Diurungkan."),
        "diulangi": _("Diulangi."),
        "pindah": {
            "seret": _("{nama} → pilih tujuan"),
            "ke": _("{nama} → {tujuan}"),
            "tanya": _("Pindahkan {nama} beserta {n} unit di bawahnya ke bawah {tujuan}?"),
            "judul": _("Pindahkan"),
            "batal": _("Batal"),
            "ya": _("Pindahkan"),
            "tidakBoleh": _("tidak dapat dipindah ke sini"),
            "naikHabis": _("Sudah paling atas di antara saudaranya."),
            "turunHabis": _("Sudah paling bawah di antara saudaranya."),
        },
        "bidang": {
            "wajib": _("Wajib diisi."),
            "pilih": _("Pilih dari daftar yang muncul saat mengetik."),
            "hapus": _("Hapus pilihan {nama}"),
            "angka": _("Isi dengan bilangan bulat {dari}–{sampai}."),
        },
        "tempel": {
            "judul": _("Tempel baris dari lembar kerja"),
            "petunjuk": _(
                "Kolom: unit | jabatan | kelas | K, dipisah tab seperti di lembar kerja. Baris pertama boleh"
                " berisi judul kolom. Unit boleh berupa jalur dengan tanda ›; kosong berarti {unit}."
            ),
            "isi": _("Baris yang ditempel"),
            "periksa": _("Periksa"),
            "terapkan": _("Terapkan {n} baris"),
            "batal": _("Batal"),
            "salah": _("{n} baris belum benar; tidak ada yang diterapkan sampai semuanya benar."),
            "benar": _("{n} baris siap diterapkan."),
            "kolom": [_("Baris"), _("Unit"), _("Jabatan"), _("Kelas"), "K", _("Yang dilakukan")],
            "gagal": _("Pemeriksaan gagal; periksa sambungan lalu coba lagi."),
            "tidakAda": _("Tidak ada baris berisi."),
        },
        "massal": {
            "jumlah": _("{n} baris dipilih"),
            "kelas": _("Kelas bagi {n} jabatan"),
            "k": _("K bagi {n} jabatan"),
            "pindah": _("Pindahkan {n} baris ke unit"),
            "dasar": _("Dasar hukum bagi {n} unit"),
            "hapus": _("Hapus {n} baris?"),
            "hapusTanya": _("Jabatan dihapus tanpa penerus; unit yang berpegawai ditolak tanpa penerus."),
            "penerus": _("Unit penerus (bila unit yang dihapus berpegawai)"),
            "terapkan": _("Terapkan"),
            "batal": _("Batal"),
            "pilihBaris": _("Pilih {nama}"),
            "tidakAda": _("Tidak ada baris yang cocok untuk tindakan ini."),
            "angka": _("Isi dengan bilangan bulat {dari}–{sampai}."),
        },
        "sel": {
            "kelas": _("Kelas {nama}"),
            "k": _("K {nama}"),
            "nama": _("Nama {nama}"),
            "simpanan": _("Enter menyimpan, Esc membatalkan."),
        },
        "konfirmasi": {"tutup": _("Tutup")},
        "cari": {"kosong": _("Tidak ada yang cocok. Coba kata lain."), "gagal": _("Pencarian gagal.")},
    }
