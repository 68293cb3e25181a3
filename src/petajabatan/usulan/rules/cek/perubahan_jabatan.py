"""What the draft changed about a box that was published."""

from __future__ import annotations

from collections.abc import Iterator

from petajabatan.jabatan.rules.abk.angka import write_number as angka
from petajabatan.jabatan.rules.beda import IsiPosisi
from petajabatan.usulan.rules.cek import sumber
from petajabatan.usulan.rules.cek.dasar import Subjek, Ujar, cek
from petajabatan.usulan.rules.nama import nilai_perubahan_nama


@cek(
    "nama-jabatan-bukan-koreksi",
    "Perubahan nama jabatan struktural melebihi koreksi salah ketik",
    "galat",
    "posisi",
    apa="Nama jabatan struktural berbeda dari yang terbit melebihi ambang koreksi.",
    sebab="Jabatan dengan nama lain adalah jabatan lain; pejabatnya harus dikukuhkan kembali.",
    sumber=sumber.ATURAN_C,
    perbaikan="Kembalikan namanya; tambahkan jabatan baru, lalu hapus yang lama dengan menyebut penerusnya.",
    contoh="“Kepala Bidang Anggaran” menjadi “Kepala Bidang Perbendaharaan”.",
)
def nama_jabatan_bukan_koreksi(s: Subjek) -> Iterator[Ujar]:
    """A rename of a structural box beyond a typing error (rule C)."""
    if s.terbit is None or s.posisi().jenis != "struktural" or s.posisi_lama().nama == s.posisi().nama:
        return
    verdict = nilai_perubahan_nama(s.posisi_lama().nama, s.posisi().nama, s.view.acuan.nama)
    if verdict.putusan == "reorganisasi":
        yield Ujar(
            f"“{s.posisi_lama().nama}” menjadi “{s.posisi().nama}” bukan koreksi salah ketik"
            f" (jarak {verdict.jarak}, ambang {verdict.ambang}).",
            kolom="nama",
            nilai=f"jarak {verdict.jarak} (ambang {verdict.ambang})",
        )


@cek(
    "jabatan-berganti",
    "Kotak berganti menjadi jabatan lain",
    "galat",
    "posisi",
    apa="Jabatan atau jenis jabatan sebuah kotak yang sudah terbit berbeda dari semula.",
    sebab="Jabatan lain adalah kotak lain; riwayat pegawai pada kotak lama harus tetap terbaca.",
    sumber=f"{sumber.ATURAN_A}; {sumber.ATURAN_B}",
    perbaikan="Kembalikan jabatannya; tambahkan kotak baru, lalu hapus yang lama dengan menyebut penerusnya.",
    contoh="Kotak Pengelola Data diubah menjadi Analis Kebijakan lewat lembar kerja.",
)
def jabatan_berganti(s: Subjek) -> Iterator[Ujar]:
    """A box stays the jabatan it is (rules A and B)."""
    if s.terbit is None:
        return
    old, new = s.posisi_lama(), s.posisi()
    if old.jenis != new.jenis or (old.jabatan_id != new.jabatan_id and new.jenis != "struktural"):
        yield Ujar(f"Kotak {old.nama} berganti menjadi {new.nama}.", kolom="jabatan_id")


@cek(
    "kelas-turun-berpegawai",
    "Kelas turun pada jabatan yang berpegawai",
    "peringatan",
    "posisi",
    apa="Usulan menurunkan kelas jabatan yang sedang diduduki.",
    sebab="Kelas menentukan tunjangan kinerja; pegawainya terkena sejak versi ini berlaku.",
    sumber=sumber.EVALUASI_JABATAN,
    perbaikan="Pastikan hasil evaluasi jabatan yang baru sudah ditetapkan, dan beri tahu pegawainya.",
    contoh="Kelas Pengelola Data dari 7 menjadi 6, dengan 3 pegawai.",
)
def kelas_turun_berpegawai(s: Subjek) -> Iterator[Ujar]:
    """A lower kelas touches the pay of those who sit there (job evaluation)."""
    if s.terbit is None:
        return
    old, new = s.posisi_lama().kelas, s.posisi().kelas
    if old is not None and new is not None and new < old and s.orang():
        yield Ujar(
            f"Kelas {s.posisi().nama} turun dari {old} menjadi {new}; {angka(s.orang())} pegawai"
            " mendudukinya.",
            kolom="kelas",
            nilai=str(new),
        )


@cek(
    "jabatan-berpegawai-pindah",
    "Jabatan berpegawai pindah unit",
    "catatan",
    "posisi",
    apa="Usulan memindahkan jabatan yang sedang diduduki ke unit lain.",
    sebab="Pegawainya ikut berpindah unit kerja dan perlu keputusan.",
    sumber=f"{sumber.REKOMENDASI}; penempatan sementara: docs/bezetting.md",
    perbaikan="Siapkan keputusan perpindahannya, atau kosongkan jabatannya lebih dahulu.",
    contoh="Pengelola Data dengan 3 pegawai pindah dari Bidang Aset ke Bidang Anggaran.",
)
def jabatan_berpegawai_pindah(s: Subjek) -> Iterator[Ujar]:
    """People move along with their box (rekomendasi)."""
    if s.terbit is not None and s.posisi_lama().unor_id != s.posisi().unor_id and s.orang():
        yield Ujar(
            f"{s.posisi().nama} pindah unit bersama {angka(s.orang())} pegawai.",
            kolom="unor_id",
            nilai=str(s.posisi().unor_id),
        )


@cek(
    "jabatan-hapus-lalu-tambah",
    "Jabatan dihapus lalu ditambahkan lagi pada unit yang sama",
    "peringatan",
    "unor",
    apa="Usulan menghapus satu kotak dan menambahkan kotak baru dengan jabatan dan jenjang yang sama pada"
    " unit itu, tanpa menyebutnya sebagai penerus.",
    sebab="Kotak baru memutus riwayat; mengubah K atau kelas cukup pada kotak yang lama.",
    sumber=f"{sumber.ATURAN_B}; {sumber.REKOMENDASI}",
    perbaikan="Urungkan keduanya dan ubah kotak lamanya, atau sebutkan kotak baru sebagai penerus.",
    contoh="Pengelola Data dihapus lalu ditambahkan lagi dengan K lain pada Bidang Aset.",
)
def jabatan_hapus_lalu_tambah(s: Subjek) -> Iterator[Ujar]:
    """Removed and added again on the same unit (rule B)."""
    removed = s.dihapus_dari("posisi")
    if not removed:
        return
    boxes, states = s.kotak(), s.view.keadaan("posisi", removed)
    base = s.view.terbit("posisi", [box.id for box in boxes])
    gone = [row for row in s.view.terbit("posisi", removed).values() if isinstance(row, IsiPosisi)]
    for box in boxes:
        if box.id in base or box.jabatan_id is None:
            continue
        same = [row for row in gone if (row.jabatan_id, row.jenjang) == (box.jabatan_id, box.jenjang)]
        if any(box.id not in states[row.id].penerus for row in same):
            yield Ujar(
                f"{box.nama} dihapus lalu ditambahkan lagi pada {s.unor().nama}.", pada=("posisi", box.id)
            )
