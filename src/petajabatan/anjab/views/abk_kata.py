"""The words of the ABK grid, in the language of the reader."""

from __future__ import annotations

from django.utils.translation import gettext as _


def approach_names() -> dict[str, str]:
    """The four approaches as short as a cell of the grid."""
    return {
        "tugas": _("Tugas per tugas"),
        "hasil": _("Hasil kerja"),
        "objek": _("Objek kerja"),
        "peralatan": _("Peralatan"),
    }


def grid_words() -> dict[str, str]:
    """Sentences for the island; ``{nama}`` is filled in there."""
    return {
        "uraian": _("Uraian tugas"),
        "satuan": _("Satuan hasil"),
        "pendekatan": _("Pendekatan"),
        "volume": _("Volume"),
        "norma": _("Norma"),
        "pegawai": _("Pegawai per kelompok"),
        "giliran": _("Giliran"),
        "kebutuhan": _("Kebutuhan"),
        "sel": _("{kolom}, baris {n}"),
        "barisBaru": _("baris baru"),
        "hapus": _("Hapus baris {n}"),
        "naik": _("Naikkan baris {n}"),
        "turun": _("Turunkan baris {n}"),
        "tersimpan": _("Tersimpan · revisi {n}"),
        "belum": _("Belum ada perubahan"),
        "menyimpan": _("Menyimpan…"),
        "menunggu": _("Belum tersimpan"),
        "putus": _(
            "Belum tersimpan: sambungan terputus, dicoba lagi. Yang Anda ketik tersimpan di peramban ini."
        ),
        "sesi": _("Belum tersimpan: sesi berakhir. Masuk lagi di tab lain; yang Anda ketik tetap di sini."),
        "ditolak": _("Belum tersimpan: {kalimat}"),
        "tertahan": _(
            "Tersimpan, kecuali sel yang ditandai: teksnya terlalu panjang dan hanya ada di halaman ini."
        ),
        "terlaluPanjang": _(
            "Baris {n}, kolom {kolom}: {panjang} huruf, batasnya {batas}. Sel ini belum disimpan."
        ),
        "terlaluPanjangObat": _("Ringkas teksnya; yang diketik tetap ada di sini."),
        "bentrok": _("Lembar ini sudah diubah orang lain."),
        "bentrokIsi": _(
            "{kalimat} Pilih lembar mana yang dipakai. Bila punya mereka dimuat, yang Anda ketik disimpan di"
            " peramban ini dan masih dapat dipakai atau disalin."
        ),
        "tersisih": _("Yang Anda ketik sebelum memuat punya mereka masih ada di peramban ini: {n} baris."),
        "pakaiTersisih": _("Pakai punya saya"),
        "salinTersisih": _("Salin punya saya"),
        "buangTersisih": _("Buang punya saya"),
        "pakaiSaya": _("Simpan punya saya"),
        "pakaiMereka": _("Muat punya mereka"),
        "dipulihkan": _("Isian yang belum sempat tersimpan dipulihkan dari peramban ini."),
        "tempel": _("Tempelan: {n} baris dibaca."),
        "tempelBesar": _("Tempelan ini terlalu besar. Tidak ada yang diubah; tempel sebagian-sebagian."),
        "tempelGagal": _("Tempelan tidak dapat dibaca server; isinya masih di papan klip Anda."),
        "bacaJam": _("Baca norma tempelan sebagai jam"),
        "bacaMenit": _("Baca norma tempelan sebagai menit"),
        "tutup": _("Tutup"),
        "samakan": _("Samakan teksnya"),
        "tambahTugas": _("Tambahkan barisnya"),
        "semuaTugas": _("Semua tugas sudah mempunyai baris."),
        "tugasDitambah": _("{n} baris diambil dari uraian tugas."),
        "tanpaTugas": _("Informasi jabatan ini belum mempunyai uraian tugas."),
        "tanpaTemuan": _("Tidak ada temuan."),
        "galat": _("Galat"),
        "peringatan": _("Peringatan"),
        "catatan": _("Catatan"),
        "keSel": _("Ke selnya"),
        "jumlah": _("Σ {jumlah} orang"),
        "sementara": _("Σ sementara {jumlah} (ada baris belum lengkap)"),
        "kurang": _("kurang"),
        "lebih": _("lebih"),
        "sesuai": _("sesuai"),
        "dariRekomendasi": _("K dari rekomendasi pembina"),
        "kTetap": _("K pada peta tetap {k} sampai lembar lengkap"),
        "rekomendasi": _("rekomendasi, bukan bunyi peraturan"),
        "bersumber": _("bersumber"),
        "lama": _("dokumen lama"),
        "mengikuti": _("mengikuti pilihan instansi"),
        "bawaan": _("bawaan jenis jabatan"),
        "berbeda": _("Lembar ini memakai “{lembar}”; pilihan instansi kini “{instansi}”."),
        "andai": _("Andai: Σ {jumlah}, K {k}"),
        "andaiBeda": _("Dibanding sekarang: {beda} orang."),
        "terapkan": _("Terapkan pada lembar"),
        "sebaran": _(
            "Pembanding: {n} norma jabatan yang sama pada {instansi} instansi; tengahnya {median} menit,"
            " lazimnya {bawah} sampai {atas}."
        ),
        "sebaranSedikit": _(
            "Pembanding: baru {n} norma jabatan yang sama di unit lain; belum cukup untuk dibandingkan."
        ),
        "sebaranTanpa": _("Jabatan ini tidak dibandingkan: tidak merujuk daftar jabatan."),
        "disalin": _("Lembar disalin; tempelkan pada lembar sebar."),
        "unggah": _("Mengunggah…"),
        "unggahGagal": _("Berkas tidak diterima: {kalimat}"),
        "urungKosong": _("Tidak ada yang diurungkan: {kalimat}"),
        "diurungkan": _("Tindakan terakhir diurungkan."),
        "barisDihapus": _("Baris {n} dihapus."),
        "barisBanyak": _("{n} baris"),
    }  # fmt: skip
