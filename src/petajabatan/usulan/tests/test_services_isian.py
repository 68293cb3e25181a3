"""Informasi jabatan and ABK sheets in a draft: written, undone, published, taken back, brought together."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from petajabatan.inti import jam
from petajabatan.inti.actor import sistem
from petajabatan.inti.temuan import Ditolak
from petajabatan.jabatan.models import Infojab, IsianRiwayat, PosisiRiwayat
from petajabatan.jabatan.queries.isian import sections_as_of, sheets_as_of
from petajabatan.jabatan.queries.kanonik import map_hash
from petajabatan.jabatan.rules.isian import isian_id
from petajabatan.jabatan.services.terbit import publish_map
from petajabatan.organisasi.models import SELAMANYA, UnorRiwayat
from petajabatan.organisasi.rules.muatan import Muatan, PosisiMuatan, UnorMuatan
from petajabatan.testing.factories import make_instansi
from petajabatan.usulan.models import TemuanUsulan, Usulan, UsulanIsian
from petajabatan.usulan.queries.alur import large_change, summary_of
from petajabatan.usulan.queries.isian import contents_of, sections_of, sheets_of
from petajabatan.usulan.rules.operasi import (
    BuatInfojab,
    HapusPosisi,
    TulisIsian,
    UbahInfojab,
    UbahK,
    UbahKelas,
)
from petajabatan.usulan.services import add_operations, create_usulan, redo, undo
from petajabatan.usulan.services.batal import cancel_version
from petajabatan.usulan.services.selaras import decide, rebase
from petajabatan.usulan.services.terbit import Penetapan, publish_usulan
from petajabatan.usulan.tests.conftest import Peta
from petajabatan.usulan.tests.pembuat import account
from petajabatan.usulan.tests.test_services_draf import approve

pytestmark = pytest.mark.django_db
IKHTISAR = "Mengolah data pegawai dengan cara memeriksa berkas agar data selalu benar."


def draft(peta: Peta, **more) -> Usulan:
    return create_usulan(
        peta.operator, peta.instansi.pk, judul="Informasi jabatan", layanan="infojab", **more
    )


def sheet(*rows: tuple[str | None, str | None]) -> dict:
    return {"baris": [{"uraian": f"Tugas {n}", "volume": v, "norma": m} for n, (v, m) in enumerate(rows, 1)]}


def begin(peta: Peta, usulan: Usulan) -> int:
    """A new informasi jabatan for the box, with an ikhtisar; its id."""
    result = add_operations(
        peta.operator, usulan.pk,
        [BuatInfojab(id=-1, posisi_id=(peta.kotak.pk,)),
         TulisIsian(infojab_id=-1, bagian="ikhtisar", isi={"ikhtisar": IKHTISAR})],
    )  # fmt: skip
    return result.id_baru[-1]


def publish(peta: Peta, usulan: Usulan, days: int = 0) -> None:
    approve(usulan)
    day = jam.today()
    publish_usulan(peta.penyetuju, usulan.pk, Penetapan("800/1", day, day + dt.timedelta(days=days)))


def refused(call) -> str:
    with pytest.raises(Ditolak) as caught:
        call()
    return caught.value.temuan[0].kode


def test_a_new_informasi_jabatan_begins_with_the_name_of_its_box_and_is_published_whole(peta: Peta) -> None:
    usulan = draft(peta)
    key = begin(peta, usulan)
    assert contents_of(usulan, [key])[key] == {
        "identitas": {"nama_jabatan": "Pengadministrasi Perkantoran"}, "ikhtisar": {"ikhtisar": IKHTISAR},
    }  # fmt: skip
    assert not Infojab.objects.exists()
    publish(peta, usulan)
    assert Infojab.objects.get().pk == key
    assert PosisiRiwayat.objects.get(posisi=peta.kotak, hingga=SELAMANYA).infojab_id == key
    assert sections_as_of(peta.instansi.pk, 2, [key])[key]["ikhtisar"] == {"ikhtisar": IKHTISAR}
    assert sections_as_of(peta.instansi.pk, 1, [key])[key] == {}


def test_the_hash_of_a_version_stands_over_what_its_sections_say(peta: Peta) -> None:
    usulan = draft(peta)
    key = begin(peta, usulan)
    publish(peta, usulan)
    before = map_hash(peta.instansi.pk, 1)
    other = draft(peta)
    text = TulisIsian(infojab_id=key, bagian="ikhtisar", isi={"ikhtisar": "Lain."})
    add_operations(peta.operator, other.pk, [text])
    publish(peta, other)
    hashes = {map_hash(peta.instansi.pk, n) for n in (1, 2, 3)}
    assert len(hashes) == 3 and before in hashes


def test_an_abk_sheet_brings_the_need_of_its_box_along_and_a_gap_does_not(peta: Peta) -> None:
    usulan = draft(peta)
    box = peta.kotak.pk
    full = TulisIsian(posisi_id=box, bagian="abk", isi=sheet(("24", "4800"), ("12", "1080"), ("100", "3000")))
    result = add_operations(peta.operator, usulan.pk, [full])
    assert {p.objek for p in result.perubahan} == {"isian", "posisi"}
    after = {p.objek: p.sesudah.isi for p in result.perubahan}
    assert after["posisi"].k == 6  # 1.536 + 0.1728 + 4.0 = 5.7088
    with_gap = TulisIsian(posisi_id=box, bagian="abk", isi=sheet(("24", "4800"), ("12", None)))
    result = add_operations(peta.operator, usulan.pk, [with_gap])
    assert [p.objek for p in result.perubahan] == ["isian"]
    assert sheets_of(usulan, [box])[box].isi["baris"][1]["norma"] is None
    codes = set(TemuanUsulan.objects.filter(usulan=usulan, objek_id=box).values_list("kode", flat=True))
    assert "abk-belum-lengkap" in codes and "k-tanpa-abk" not in codes


def test_the_sheet_of_a_head_leaves_its_one_seat(peta: Peta) -> None:
    usulan = draft(peta)
    op = TulisIsian(posisi_id=peta.kepala.pk, bagian="abk", isi=sheet(("24", "48000")))
    result = add_operations(peta.operator, usulan.pk, [op])
    assert [p.objek for p in result.perubahan] == ["isian"]


def test_undo_and_redo_take_section_and_need_back_together(peta: Peta) -> None:
    usulan = draft(peta)
    op = TulisIsian(posisi_id=peta.kotak.pk, bagian="abk", isi=sheet(("24", "48000")))
    add_operations(peta.operator, usulan.pk, [op])
    undo(peta.operator, usulan.pk)
    assert not UsulanIsian.objects.exists() and not sheets_of(usulan, [peta.kotak.pk])
    redo(peta.operator, usulan.pk)
    assert sheets_of(usulan, [peta.kotak.pk])[peta.kotak.pk].berubah


def test_a_section_that_says_what_is_published_is_not_touched(peta: Peta) -> None:
    usulan = draft(peta)
    key = begin(peta, usulan)
    publish(peta, usulan)
    other = draft(peta)
    for text in ("Lain sama sekali.", IKHTISAR):
        op = TulisIsian(infojab_id=key, bagian="ikhtisar", isi={"ikhtisar": text})
        add_operations(peta.operator, other.pk, [op])
    assert not UsulanIsian.objects.filter(usulan=other).exists()
    assert not sections_of(other, [key])[key]["ikhtisar"].berubah


def test_two_people_write_two_sections_but_not_one_unseen(peta: Peta) -> None:
    usulan = draft(peta)
    key = begin(peta, usulan)
    usulan.refresh_from_db()
    seen = usulan.revisi
    wewenang = TulisIsian(infojab_id=key, bagian="wewenang", isi={"wewenang": ["Menolak berkas"]})
    add_operations(peta.operator, usulan.pk, [wewenang], revisi=seen)
    prestasi = TulisIsian(infojab_id=key, bagian="prestasi", isi={"prestasi": "Baik"})
    add_operations(peta.operator, usulan.pk, [prestasi], revisi=seen)
    late = TulisIsian(infojab_id=key, bagian="wewenang", isi={"wewenang": ["Meminta berkas"]})
    assert (
        refused(lambda: add_operations(peta.operator, usulan.pk, [late], revisi=seen))
        == "objek-sudah-berubah"
    )


def test_the_same_section_written_in_two_usulan_is_a_conflict_that_a_person_decides(peta: Peta) -> None:
    first = draft(peta)
    key = begin(peta, first)
    publish(peta, first)
    one, two = draft(peta), draft(peta)
    for usulan, text in ((one, "Menyusun laporan."), (two, "Mengolah laporan.")):
        op = TulisIsian(infojab_id=key, bagian="ikhtisar", isi={"ikhtisar": text})
        add_operations(peta.operator, usulan.pk, [op])
    fresh = TulisIsian(infojab_id=key, bagian="prestasi", isi={"prestasi": "Baik"})
    add_operations(peta.operator, two.pk, [fresh])
    publish(peta, one)
    result = rebase(peta.operator, two.pk)
    assert [(c.objek, c.kolom) for c in result.konflik] == [("isian", "isi")]
    result = decide(peta.operator, two.pk, result.konflik[0].pk, "usulan")
    assert result.selaras
    publish(peta, Usulan.objects.get(pk=two.pk))
    said = sections_as_of(peta.instansi.pk, 4, [key])[key]
    assert said["ikhtisar"] == {"ikhtisar": "Mengolah laporan."} and said["prestasi"] == {"prestasi": "Baik"}


def test_a_section_begun_in_two_usulan_is_not_overwritten_silently(peta: Peta) -> None:
    first = draft(peta)
    key = begin(peta, first)
    publish(peta, first)
    one, two = draft(peta), draft(peta)
    for usulan, text in ((one, "Baik"), (two, "Sangat baik")):
        op = TulisIsian(infojab_id=key, bagian="prestasi", isi={"prestasi": text})
        add_operations(peta.operator, usulan.pk, [op])
    publish(peta, one)
    assert [c.kolom for c in rebase(peta.operator, two.pk).konflik] == ["*"]


def test_a_cancelled_version_gives_its_sections_back(peta: Peta) -> None:
    first = draft(peta)
    key = begin(peta, first)
    publish(peta, first)
    other = draft(peta)
    add_operations(
        peta.operator, other.pk,
        [TulisIsian(infojab_id=key, bagian="ikhtisar", isi=None),
         TulisIsian(infojab_id=key, bagian="prestasi", isi={"prestasi": "Baik"})],
    )  # fmt: skip
    publish(peta, other, days=1)
    cancel_version(peta.penyetuju, peta.instansi.pk, 3, "salah naskah")
    said = [sections_as_of(peta.instansi.pk, n, [key])[key] for n in (2, 3, 4)]
    assert said[0] == said[2] and "ikhtisar" not in said[1] and "prestasi" in said[1]


def test_the_sheet_of_a_removed_box_ends_with_it(peta: Peta) -> None:
    first = draft(peta)
    op = TulisIsian(posisi_id=peta.kotak.pk, bagian="abk", isi=sheet(("24", "4800")))
    add_operations(peta.operator, first.pk, [op])
    publish(peta, first)
    other = create_usulan(peta.operator, peta.instansi.pk, judul="Penataan", dasar_hukum_id=peta.dasar.pk)
    remove = HapusPosisi(posisi_id=peta.kotak.pk, penerus=peta.kotak_lain.pk)
    add_operations(peta.operator, other.pk, [remove])
    publish(peta, other)
    assert not sheets_as_of(peta.instansi.pk, 3, [peta.kotak.pk])
    row = IsianRiwayat.objects.get(isian_id=isian_id("abk", posisi_id=peta.kotak.pk))
    assert (row.sejak, row.hingga) == (2, 3)


def test_a_section_of_an_informasi_jabatan_nobody_refers_to_is_refused(peta: Peta) -> None:
    usulan = draft(peta)
    key = begin(peta, usulan)
    add_operations(peta.operator, usulan.pk, [UbahInfojab(posisi_id=peta.kotak.pk, infojab_id=None)])
    op = TulisIsian(infojab_id=key, bagian="prestasi", isi={"prestasi": "Baik"})
    assert refused(lambda: add_operations(peta.operator, usulan.pk, [op])) == "infojab-tidak-ada"


def test_a_text_that_is_too_long_is_refused_with_its_place_and_nothing_is_stored(peta: Peta) -> None:
    usulan = draft(peta)
    key = begin(peta, usulan)
    before = Usulan.objects.get(pk=usulan.pk).revisi
    op = TulisIsian(infojab_id=key, bagian="ikhtisar", isi={"ikhtisar": "kata " * 1_000_000})
    with pytest.raises(Ditolak) as caught:
        add_operations(peta.operator, usulan.pk, [op])
    found = caught.value.temuan[0]
    assert (found.kode, found.kolom) == ("teks-terlalu-panjang", "ikhtisar")
    assert Usulan.objects.get(pk=usulan.pk).revisi == before


def test_an_operator_of_informasi_jabatan_describes_posts_and_changes_no_map(peta: Peta) -> None:
    penulis = account("penulis", "instansi-operator-infojab", "instansi", instansi_id=peta.instansi.pk)
    usulan = create_usulan(penulis, peta.instansi.pk, judul="Informasi jabatan", layanan="infojab")
    add_operations(
        penulis, usulan.pk,
        [BuatInfojab(posisi_id=(peta.kotak.pk,)), UbahK(posisi_id=peta.kotak.pk, k=4),
         UbahKelas(posisi_id=peta.kotak.pk, kelas=7)],
    )  # fmt: skip
    remove = HapusPosisi(posisi_id=peta.kotak.pk, penerus=peta.kotak_lain.pk)
    assert refused(lambda: add_operations(penulis, usulan.pk, [remove])) == "bukan-informasi-jabatan"


def test_the_size_of_a_draft_counts_what_is_touched_and_not_how_often_it_was_saved(peta: Peta) -> None:
    usulan = draft(peta)
    key = begin(peta, usulan)
    for n in range(5):
        text = TulisIsian(infojab_id=key, bagian="ikhtisar", isi={"ikhtisar": f"{IKHTISAR} {n}"})
        add_operations(peta.operator, usulan.pk, [text])
        work = TulisIsian(posisi_id=peta.kotak.pk, bagian="abk", isi=sheet((str(n + 1), "4800")))
        add_operations(peta.operator, usulan.pk, [work])
    add_operations(peta.operator, usulan.pk, [UbahKelas(posisi_id=peta.kotak.pk, kelas=6)])
    usulan.refresh_from_db()
    ringkas = summary_of(usulan)
    assert (ringkas.operasi, ringkas.ukuran) == (13, 3)  # one informasi jabatan, one sheet, one kelas
    assert large_change(replace(ringkas, operasi=573)) == ()
    assert large_change(replace(ringkas, ukuran=101)) == ("101 operasi, batas 100",)
    # Every save stays an action of its own: undo takes back the last only.
    undo(peta.operator, usulan.pk)
    undo(peta.operator, usulan.pk)
    assert sheets_of(usulan, [peta.kotak.pk])[peta.kotak.pk].isi["baris"][0]["volume"] == "4"


def test_a_box_refers_to_no_informasi_jabatan_that_is_not_there_or_of_another_instansi(peta: Peta) -> None:
    first = draft(peta)
    key = begin(peta, first)
    publish(peta, first)
    elsewhere = make_instansi("Kabupaten Lain")
    strange = Infojab.objects.create(instansi=elsewhere)
    usulan = draft(peta)
    for wrong in (10**9, strange.pk):
        link = UbahInfojab(posisi_id=peta.kotak_lain.pk, infojab_id=wrong)
        assert (
            refused(lambda link=link: add_operations(peta.operator, usulan.pk, [link])) == "infojab-tidak-ada"
        )
    known = UbahInfojab(posisi_id=peta.kotak_lain.pk, infojab_id=key)
    assert add_operations(peta.operator, usulan.pk, [known]).perubahan


def test_a_load_that_ends_a_box_ends_its_sheet_and_the_checks_hold(peta: Peta) -> None:
    usulan = draft(peta)
    op = TulisIsian(posisi_id=peta.kotak_lain.pk, bagian="abk", isi=sheet(("24", "4800")))
    add_operations(peta.operator, usulan.pk, [op])
    publish(peta, usulan)
    live = UnorRiwayat.objects.filter(instansi=peta.instansi, hingga=SELAMANYA).select_related(
        "unor", "atasan"
    )
    units = [
        UnorMuatan(
            r.unor.id_siasn, r.atasan and r.atasan.id_siasn, r.nama, r.nama_jabatan, r.jenis, r.eselon_id,
            id_siasn=r.unor.id_siasn,
        )
        for r in live
    ]  # fmt: skip
    box = PosisiRiwayat.objects.get(posisi=peta.kotak, hingga=SELAMANYA)
    kept = PosisiMuatan(peta.bidang.id_siasn, box.nama, box.jenis, box.jabatan_id, k=box.k, kelas=box.kelas)
    load = Muatan(units, [kept], kolom=frozenset({"nama_jabatan", "jenis", "eselon"}))
    publish_map(sistem("uji"), peta.instansi.pk, load, berlaku=jam.today(), jenis="impor")
    assert not PosisiRiwayat.objects.filter(posisi=peta.kotak_lain, hingga=SELAMANYA).exists()
    assert IsianRiwayat.objects.get(isian_id=isian_id("abk", posisi_id=peta.kotak_lain.pk)).hingga == 3
