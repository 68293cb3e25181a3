"""Factor sheets in a draft: written by evaluators, decided by validators, and classes set nationally."""

from __future__ import annotations

import csv
import io
import os
from itertools import product
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import transaction

from petajabatan.inti.actor import Actor, sistem
from petajabatan.inti.jam import today
from petajabatan.inti.temuan import Ditolak
from petajabatan.jabatan.rules.evaluasi import TabelKelas
from petajabatan.referensi.models import KelasNasional
from petajabatan.referensi.services import load_shipped
from petajabatan.testing.factories import make_posisi
from petajabatan.testing.personas import PERSONAS
from petajabatan.usulan.models import Operasi, TemuanUsulan, Usulan
from petajabatan.usulan.queries.acuan import AcuanDb
from petajabatan.usulan.queries.isian import contents_of
from petajabatan.usulan.queries.pandangan import PandanganDraf, row_of
from petajabatan.usulan.rules.operasi import (
    BuatInfojab,
    HapusPosisi,
    PutuskanEvaluasi,
    TulisIsian,
    UbahInfojab,
    UbahKelas,
)
from petajabatan.usulan.rules.terapkan import terapkan
from petajabatan.usulan.services import add_operations, create_usulan, redo, undo
from petajabatan.usulan.services.dokumen import add_document
from petajabatan.usulan.services.terbit import Penetapan, publish_usulan
from petajabatan.usulan.tests.conftest import Peta
from petajabatan.usulan.tests.pembuat import PDF, Orang, account
from petajabatan.usulan.tests.test_services_draf import approve

pytestmark = pytest.mark.django_db
HERE = Path(__file__).resolve().parents[4]
SHARED = Path(os.environ.get("PETAJABATAN_SHARED", str(HERE.parent / "shared")))
NILAI = SHARED / "data/aturan/kelas_jabatan_nilai.csv"
CONTOH = {"F1": 5, "F2": 3, "F3": 2, "F4": 3, "F5": 2, "F6": 2, "F7": 2, "F8": 1, "F9": 1}
"""1,460 points: kelas 9 (docs/kelas-jabatan.md)."""


@pytest.fixture(autouse=True)
def _references(peta: Peta) -> None:
    load_shipped(sistem("uji"))


@pytest.fixture
def evaluator(peta: Peta) -> Actor:
    return account("evaluator", "instansi-operator-evajab", "instansi", instansi_id=peta.instansi.pk)


def faktor(levels: dict[str, int], alasan: str = "Sesuai uraian tugasnya.") -> dict[str, Any]:
    return {"faktor": {kode: {"level": level, "alasan": alasan} for kode, level in levels.items()}}


def begin(peta: Peta, *more: int) -> tuple[Usulan, int]:
    """A draft with an informasi jabatan for the box (and more)."""
    usulan = create_usulan(peta.operator, peta.instansi.pk, judul="Evaluasi", layanan="infojab")
    made = add_operations(peta.operator, usulan.pk, [BuatInfojab(id=-1, posisi_id=(peta.kotak.pk, *more))])
    return usulan, made.id_baru[-1]


def publish(peta: Peta, usulan: Usulan) -> None:
    usulan.refresh_from_db()
    approve(usulan)
    publish_usulan(peta.penyetuju, usulan.pk, Penetapan("800/1", today(), today()))


def write(actor: Actor, usulan: Usulan, key: int, isi: dict[str, Any] | None = None, **more: Any) -> Any:
    content = (isi or faktor(CONTOH)) | more
    return add_operations(actor, usulan.pk, [TulisIsian(infojab_id=key, bagian="evaluasi", isi=content)])


def decide(actor: Actor, usulan: Usulan, key: int, putusan: str = "divalidasi", catatan: str = "") -> Any:
    op = PutuskanEvaluasi(infojab_id=key, putusan=putusan, catatan=catatan)
    return add_operations(actor, usulan.pk, [op])


def sheet(usulan: Usulan, key: int) -> dict[str, Any]:
    return contents_of(Usulan.objects.get(pk=usulan.pk), [key])[key]["evaluasi"]


def kelas(usulan: Usulan, *boxes: int) -> list[int | None]:
    states = PandanganDraf(Usulan.objects.get(pk=usulan.pk)).keadaan("posisi", boxes)
    return [states[key].isi.kelas for key in boxes]


def codes(usulan: Usulan, key: int) -> set[str]:
    return set(TemuanUsulan.objects.filter(usulan=usulan, objek_id=key).values_list("kode", flat=True))


def refused(call) -> list[str]:
    with pytest.raises(Ditolak) as caught:
        call()
    return [t.kode for t in caught.value.temuan]


def test_a_validation_gives_all_boxes_the_class_in_one_action_and_undo_takes_it_back(
    peta: Peta, evaluator: Actor
) -> None:
    both = (peta.kotak.pk, peta.kotak_lain.pk)
    usulan, key = begin(peta, peta.kotak_lain.pk)
    write(evaluator, usulan, key)
    assert sheet(usulan, key)["status"] == "diisi" and kelas(usulan, *both) == [6, 6]
    decide(peta.penyetuju, usulan, key)
    said = sheet(usulan, key)
    assert (said["status"], said["total"], said["kelas"], said["oleh"]) == (
        "divalidasi", 1460, 9, peta.penyetuju.nama,
    )  # fmt: skip
    assert said["pada"] and kelas(usulan, *both) == [9, 9]
    undo(peta.penyetuju, usulan.pk)
    assert sheet(usulan, key)["status"] == "diisi" and kelas(usulan, *both) == [6, 6]
    assert refused(lambda: redo(evaluator, usulan.pk)) == ["bukan-validator-evaluasi"]
    redo(peta.penyetuju, usulan.pk)
    assert kelas(usulan, *both) == [9, 9]


def test_any_later_change_of_a_level_or_a_reason_voids_the_validation(peta: Peta, evaluator: Actor) -> None:
    for isi in (faktor(CONTOH | {"F8": 2}), faktor(CONTOH, "Alasan lain.")):
        usulan, key = begin(peta)
        write(evaluator, usulan, key)
        decide(peta.penyetuju, usulan, key)
        write(evaluator, usulan, key)  # the same again changes nothing
        assert sheet(usulan, key)["status"] == "divalidasi"
        write(evaluator, usulan, key, isi)
        said = sheet(usulan, key)
        assert said["status"] == "diisi" and not said.keys() & {"kelas", "total", "oleh", "pada"}


def test_nobody_writes_a_decision_into_the_sheet(peta: Peta, evaluator: Actor) -> None:
    usulan, key = begin(peta)
    write(evaluator, usulan, key, status="divalidasi", kelas=17, total=4480, oleh="Menteri", pada="kemarin")
    said = sheet(usulan, key)
    assert said["status"] == "diisi" and not said.keys() & {"kelas", "total", "oleh", "pada"}
    op = PutuskanEvaluasi(infojab_id=key, putusan="divalidasi", oleh="Menteri", pada="kemarin")
    add_operations(peta.penyetuju, usulan.pk, [op])
    assert sheet(usulan, key)["oleh"] == peta.penyetuju.nama and sheet(usulan, key)["pada"] != "kemarin"


def test_a_return_needs_a_reason_which_stays_to_be_read_while_the_sheet_is_mended(
    peta: Peta, evaluator: Actor
) -> None:
    usulan, key = begin(peta)
    write(evaluator, usulan, key)
    assert refused(lambda: decide(peta.penyetuju, usulan, key, "dikembalikan")) == [
        "pengembalian-tanpa-alasan"
    ]
    decide(peta.penyetuju, usulan, key, "dikembalikan", "F1 terlalu tinggi.")
    assert sheet(usulan, key)["status"] == "dikembalikan" and kelas(usulan, peta.kotak.pk) == [6]
    write(evaluator, usulan, key, faktor(CONTOH | {"F1": 4}))
    said = sheet(usulan, key)
    assert (said["status"], said["catatan"]) == ("diisi", "F1 terlalu tinggi.")
    decide(peta.penyetuju, usulan, key)
    assert "catatan" not in sheet(usulan, key)


def test_a_sheet_without_a_level_or_a_reason_is_not_validated(peta: Peta, evaluator: Actor) -> None:
    usulan, key = begin(peta)
    assert refused(lambda: decide(peta.penyetuju, usulan, key)) == ["evaluasi-kosong"]
    gap = faktor(CONTOH)
    gap["faktor"]["F1"]["alasan"] = ""
    del gap["faktor"]["F2"]
    write(evaluator, usulan, key, gap)
    found = refused(lambda: decide(peta.penyetuju, usulan, key))
    assert {"fes-alasan-kosong", "fes-faktor-kosong"} <= set(found)
    assert kelas(usulan, peta.kotak.pk) == [6]


def test_a_structural_post_is_evaluated_on_its_own_sheet_whatever_was_sent(peta: Peta) -> None:
    usulan, _ = begin(peta)
    made = add_operations(peta.operator, usulan.pk, [BuatInfojab(id=-1, posisi_id=(peta.kepala.pk,))])
    key = made.id_baru[-1]
    levels = dict(zip(("F1", "F2", "F3", "F4A", "F4B", "F5", "F6"), (3, 2, 2, 2, 2, 5, 3), strict=True))
    write(peta.operator, usulan, key, faktor(levels), jenis="fungsional")
    assert sheet(usulan, key)["jenis"] == "struktural"
    decide(peta.penyetuju, usulan, key)
    assert (sheet(usulan, key)["total"], kelas(usulan, peta.kepala.pk)) == (3325, [15])


def test_an_evaluator_writes_sheets_and_classes_and_nothing_else(peta: Peta, evaluator: Actor) -> None:
    usulan, key = begin(peta)
    write(evaluator, usulan, key)
    add_operations(evaluator, usulan.pk, [UbahKelas(posisi_id=peta.kotak.pk, kelas=7)])
    for op in (
        TulisIsian(infojab_id=key, bagian="prestasi", isi={"prestasi": "Baik"}),
        TulisIsian(posisi_id=peta.kotak.pk, bagian="abk", isi=None),
        UbahInfojab(posisi_id=peta.kotak.pk, infojab_id=None),
        HapusPosisi(posisi_id=peta.kotak.pk),
    ):
        assert refused(lambda op=op: add_operations(evaluator, usulan.pk, [op])) == ["bukan-evaluasi-jabatan"]
    assert refused(lambda: decide(evaluator, usulan, key)) == ["bukan-validator-evaluasi"]


def test_an_evaluator_takes_back_only_what_is_his_to_write(peta: Peta, evaluator: Actor) -> None:
    usulan, key = begin(peta)
    prestasi = TulisIsian(infojab_id=key, bagian="prestasi", isi={"prestasi": "Baik"})
    add_operations(peta.operator, usulan.pk, [prestasi])
    assert refused(lambda: undo(evaluator, usulan.pk)) == ["bukan-evaluasi-jabatan"]
    write(evaluator, usulan, key)
    undo(evaluator, usulan.pk)
    assert "evaluasi" not in contents_of(usulan, [key])[key]


def test_a_validator_decides_and_writes_nothing(peta: Peta) -> None:
    usulan, key = begin(peta)
    assert refused(lambda: write(peta.penyetuju, usulan, key)) == ["bukan-evaluasi-jabatan"]
    with pytest.raises(PermissionDenied):
        create_usulan(peta.penyetuju, peta.instansi.pk, judul="Evaluasi", layanan="infojab")
    with pytest.raises(PermissionDenied):
        plain = create_usulan(peta.operator, peta.instansi.pk, judul="Penataan")
        decide(peta.penyetuju, plain, key)


@pytest.mark.parametrize("nama", [n for n in PERSONAS if n != "penyetuju"])
def test_of_the_personas_only_the_validator_decides(peta: Peta, nama: str, other_instansi: Any) -> None:
    usulan, key = begin(peta)
    write(peta.operator, usulan, key)
    actor = Orang.__new__(Orang)
    actor._scope = {"instansi_id": peta.instansi.pk, "pegawai_id": peta.orang.pk}
    actor._luar, actor._made = other_instansi.pk, {"operator": peta.operator, "verifikator": peta.verifikator}
    with pytest.raises((PermissionDenied, Ditolak)):
        decide(actor[nama], usulan, key)
    assert sheet(usulan, key)["status"] == "diisi"


@pytest.fixture
def other_instansi(db: None) -> Any:
    from petajabatan.testing.factories import make_instansi

    return make_instansi("Kabupaten Lain")


def test_a_class_that_differs_from_the_validated_sheet_is_pointed_out(peta: Peta, evaluator: Actor) -> None:
    usulan, key = begin(peta)
    write(evaluator, usulan, key)
    add_operations(evaluator, usulan.pk, [UbahKelas(posisi_id=peta.kotak.pk, kelas=8)])
    assert "kelas-beda-evaluasi" not in codes(usulan, peta.kotak.pk)
    decide(peta.penyetuju, usulan, key)
    assert "kelas-beda-evaluasi" not in codes(usulan, peta.kotak.pk)
    add_operations(evaluator, usulan.pk, [UbahKelas(posisi_id=peta.kotak.pk, kelas=8)])
    assert "kelas-beda-evaluasi" in codes(usulan, peta.kotak.pk)


def national(**values: Any) -> KelasNasional:
    """A row of a synthetic annex: it exists in tests only."""
    return KelasNasional.objects.create(
        **{"kelas": 6, "sumber": "Lampiran buatan untuk uji", "berlaku_dari": "2020-01-01"} | values
    )


def test_a_class_set_nationally_is_locked_and_the_refusal_names_the_regulation(
    peta: Peta, evaluator: Actor
) -> None:
    national(jabatan=peta.jabatan)
    usulan, key = begin(peta)
    change = [UbahKelas(posisi_id=peta.kotak.pk, kelas=7)]
    with pytest.raises(Ditolak) as caught:
        add_operations(peta.operator, usulan.pk, change)
    found = caught.value.temuan[0]
    assert found.kode == "kelas-terkunci" and "Lampiran buatan untuk uji" in found.kalimat
    add_operations(peta.operator, usulan.pk, [UbahKelas(posisi_id=peta.kotak.pk, kelas=6)])
    write(evaluator, usulan, key)
    assert refused(lambda: decide(peta.penyetuju, usulan, key)) == ["kelas-terkunci"]


def test_an_exception_with_its_reason_lets_another_class_through_as_a_warning(
    peta: Peta, evaluator: Actor
) -> None:
    national(jabatan=peta.jabatan)
    usulan, key = begin(peta)
    write(evaluator, usulan, key, pengecualian="Beban kerja khusus wilayah kepulauan.")
    decide(peta.penyetuju, usulan, key)
    assert kelas(usulan, peta.kotak.pk) == [9]
    row = TemuanUsulan.objects.get(usulan=usulan, objek_id=peta.kotak.pk, kode="kelas-dikecualikan")
    assert row.tingkat == "peringatan" and "Lampiran buatan untuk uji" in row.kalimat
    write(evaluator, usulan, key)
    assert "kelas-beda-nasional" in codes(usulan, peta.kotak.pk)


def test_an_exception_for_a_jf_needs_the_recommendation_of_its_pembina(peta: Peta, evaluator: Actor) -> None:
    from petajabatan.testing.factories import make_jabatan, make_posisi

    jf = make_jabatan("Penata Uji Ahli Pertama", jenis="fungsional")
    box = make_posisi(peta.bidang, jf.nama or "", jenis="fungsional", jabatan=jf, k=1, kelas=8, urutan=5)
    national(jabatan=jf, kelas=8)
    usulan, _ = begin(peta)
    key = add_operations(peta.operator, usulan.pk, [BuatInfojab(id=-1, posisi_id=(box.pk,))]).id_baru[-1]
    write(evaluator, usulan, key, pengecualian="Tugas khusus.")
    assert "kelas-tanpa-rekomendasi" in refused(lambda: decide(peta.penyetuju, usulan, key))
    more = {"pengecualian": "Tugas khusus.", "rekomendasi": "800/1"}
    assert refused(lambda: write(evaluator, usulan, key, berkas="17", **more)) == ["rekomendasi-tidak-ada"]
    held = add_document(evaluator, usulan.pk, io.BytesIO(PDF), "rekomendasi.pdf", jenis="bukti")
    write(evaluator, usulan, key, berkas=str(held.pk), **more)
    decide(peta.penyetuju, usulan, key)
    assert kelas(usulan, box.pk) == [9] and "kelas-dikecualikan" in codes(usulan, box.pk)


def test_the_row_of_the_kind_of_instansi_and_of_the_day_applies(peta: Peta) -> None:
    peta.instansi.jenis, peta.instansi.jenis_instansi = "D", "KAB"
    peta.instansi.save()
    national(jabatan=peta.jabatan, kelas=5)
    national(jabatan=peta.jabatan, kelas=6, jenis_instansi="D")
    national(jabatan=peta.jabatan, kelas=4, jenis_instansi="KEMENT")
    national(jabatan=peta.jabatan, kelas=3, jenis_instansi="KAB", berlaku_sampai="2021-01-01")
    national(jabatan=peta.jabatan, kelas=2, jenis_instansi="KAB", berlaku_dari="2099-01-01")
    rows = AcuanDb(peta.instansi.pk).kelas_nasional([peta.jabatan.pk])
    assert [row.kelas for row in rows] == [6, 5]


def test_an_eselon_row_locks_the_head_of_such_a_unit_only(peta: Peta) -> None:
    national(eselon_id="31", kelas=11)
    usulan, _ = begin(peta)
    change = [UbahKelas(posisi_id=peta.kepala.pk, kelas=12)]
    assert refused(lambda: add_operations(peta.operator, usulan.pk, change)) == ["kelas-terkunci"]
    add_operations(peta.operator, usulan.pk, [UbahKelas(posisi_id=peta.kotak.pk, kelas=5)])


def reachable(tabel: TabelKelas) -> dict[int, dict[str, int]]:
    """Every total of a fungsional sheet and one way to reach it."""
    found: dict[int, dict[str, int]] = {0: {}}
    for factor in tabel.faktor["fungsional"]:
        found = {
            total + nilai: way | {factor.kode: level}
            for (total, way), (level, nilai) in product(found.items(), factor.nilai.items())
        }
    return found


@pytest.mark.skipif(not NILAI.is_file(), reason="kelas_jabatan_nilai.csv not found; set PETAJABATAN_SHARED")
def test_the_bounds_of_every_class_of_the_table_hold_through_the_stored_path(peta: Peta) -> None:
    """Golden: the lowest and the highest total that a sheet can reach in each row."""
    with NILAI.open(encoding="utf-8-sig") as stream:
        rows = [(int(r["kelas"]), int(r["nilai_min"]), int(r["nilai_max"] or 10_000))
                for r in csv.DictReader(stream)]  # fmt: skip
    ways = reachable(AcuanDb(peta.instansi.pk).evaluasi)
    usulan, key = begin(peta)
    assert len(rows) == 17 and (min(ways), max(ways)) == (190, 4480)
    exact = 0
    for wanted, low, high in rows:
        inside = sorted(total for total in ways if low <= total <= high)
        exact += (inside[0] == low) + (inside[-1] == high)
        for total in dict.fromkeys((inside[0], inside[-1])):
            write(peta.operator, usulan, key, faktor(ways[total]))
            decide(peta.penyetuju, usulan, key)
            said = sheet(usulan, key)
            assert (said["total"], said["kelas"]) == (total, wanted)
            assert kelas(usulan, peta.kotak.pk) == [wanted]
    assert exact >= 30  # nearly every bound itself is reached


def test_a_sheet_of_many_boxes_is_written_and_returned_without_reading_them(
    peta: Peta, evaluator: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Only a validation, which changes every box, reads every box."""
    read: list[int] = []

    def counted(objek: Any, values: Any) -> Any:
        isi = row_of(objek, values)
        if objek == "posisi":
            read.append(isi.id)
        return isi

    def boxes_read(call: Any) -> int:
        read.clear()
        call()
        return len(read)

    with transaction.atomic():
        many = [
            make_posisi(peta.seksi, "Pengelola Data", jenis="pelaksana", jabatan=peta.jabatan_lain, k=1).pk
            for _ in range(80)
        ]
    first, key = begin(peta, *many)
    publish(peta, first)
    monkeypatch.setattr("petajabatan.usulan.queries.pandangan.row_of", counted)
    usulan = create_usulan(peta.operator, peta.instansi.pk, judul="Kedua", layanan="infojab")
    task = TulisIsian(infojab_id=key, bagian="prestasi", isi={"prestasi": "Baik"})
    assert boxes_read(lambda: add_operations(peta.operator, usulan.pk, [task])) <= 1
    assert boxes_read(lambda: write(evaluator, usulan, key)) <= 1
    assert boxes_read(lambda: decide(peta.penyetuju, usulan, key, "dikembalikan", "Perbaiki.")) <= 1
    assert "dan 80 jabatan lain" in Operasi.objects.filter(usulan=usulan).latest("nomor").ringkas
    write(evaluator, usulan, key)
    assert boxes_read(lambda: decide(peta.penyetuju, usulan, key)) > len(many)
    assert set(kelas(usulan, peta.kotak.pk, *many)) == {9}


def test_the_boxes_served_follow_the_version_the_draft_and_the_edit_itself(peta: Peta) -> None:
    first, key = begin(peta, peta.kotak_lain.pk)
    publish(peta, first)
    usulan = create_usulan(peta.operator, peta.instansi.pk, judul="Kedua", layanan="sotk")
    away = [UbahInfojab(posisi_id=peta.kotak.pk, infojab_id=None)]
    add_operations(sistem("uji"), usulan.pk, [*away, UbahInfojab(posisi_id=peta.kepala.pk, infojab_id=key)])
    view = PandanganDraf(Usulan.objects.get(pk=usulan.pk))
    assert view.pemakai([key]) == {key: sorted([peta.kotak_lain.pk, peta.kepala.pk])}
    assert view.dasar().pemakai([key]) == {key: sorted([peta.kotak.pk, peta.kotak_lain.pk])}
    late = PandanganDraf(Usulan.objects.get(pk=usulan.pk))
    for box, to in ((peta.kotak_lain.pk, None), (peta.kotak.pk, key)):
        late.take(terapkan(late, UbahInfojab(posisi_id=box, infojab_id=to)).perubahan)
    assert late.pemakai([key]) == {key: sorted([peta.kotak.pk, peta.kepala.pk])}
    late.load_all()
    assert late.pemakai([key]) == {key: sorted([peta.kotak.pk, peta.kepala.pk])}
