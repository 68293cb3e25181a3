"""A new unit brings the code by which its ministry knows it: refused when taken, published, undone, taken
back."""

from __future__ import annotations

import datetime as dt

import pytest

from petajabatan.inti import jam
from petajabatan.inti.temuan import Ditolak
from petajabatan.organisasi.models import KodeUnor, Unor
from petajabatan.testing.factories import make_instansi, make_unor, make_version
from petajabatan.usulan.models import Operasi, TemuanUsulan, Usulan
from petajabatan.usulan.rules.operasi import HapusUnor, TambahUnor
from petajabatan.usulan.services import add_operations, create_usulan, redo, undo
from petajabatan.usulan.services.batal import cancel_version
from petajabatan.usulan.services.terbit import Penetapan, publish_usulan
from petajabatan.usulan.tests.conftest import Peta
from petajabatan.usulan.tests.test_services_draf import approve

pytestmark = pytest.mark.django_db
NPSN = {"jenis": "npsn", "kode": "20315726"}


def draft(peta: Peta) -> Usulan:
    return create_usulan(peta.operator, peta.instansi.pk, judul="Sekolah", dasar_hukum_id=peta.dasar.pk)


def school(peta: Peta, nama: str = "SD Negeri Leteh", kode: dict | None = NPSN) -> TambahUnor:
    return TambahUnor(
        id=-1,
        atasan_id=peta.dinas.pk,
        nama=nama,
        jenis_unor="sekolah",
        nama_jabatan="Kepala Sekolah",
        kode=kode,
    )


def publish(peta: Peta, usulan: Usulan, days: int = 0) -> None:
    approve(usulan)
    day = jam.today()
    publish_usulan(peta.penyetuju, usulan.pk, Penetapan("800/1", day, day + dt.timedelta(days=days)))


def refused(call) -> str:
    with pytest.raises(Ditolak) as caught:
        call()
    return caught.value.temuan[0].kode


def held() -> list[tuple[str, int, bool]]:
    return list(KodeUnor.objects.order_by("id").values_list("kode", "unor_id", "aktif"))


def test_the_code_of_a_new_unit_becomes_its_own_at_publication(peta: Peta) -> None:
    usulan = draft(peta)
    made = add_operations(peta.operator, usulan.pk, [school(peta)]).id_baru[-1]
    assert not held()
    row = Operasi.objects.get(usulan=usulan)
    assert row.isi["kode"] == NPSN and "npsn 20315726" in row.ringkas
    assert not TemuanUsulan.objects.filter(usulan=usulan, objek_id=made, kode="layanan-tanpa-kode").exists()
    publish(peta, usulan)
    assert held() == [("20315726", made, True)]


def test_a_code_that_another_unit_holds_is_refused_wherever_that_unit_is(peta: Peta) -> None:
    other = make_instansi("Kabupaten Lain")
    make_version(other)
    unit = make_unor(other, "SD Negeri Lain")
    KodeUnor.objects.create(unor=unit, instansi=other, **NPSN)
    usulan = draft(peta)
    assert refused(lambda: add_operations(peta.operator, usulan.pk, [school(peta)])) == "kode-terpakai"
    assert not Operasi.objects.filter(usulan=usulan).exists()


def test_two_units_of_one_draft_do_not_share_a_code_in_one_request_or_in_two(peta: Peta) -> None:
    usulan = draft(peta)
    twice = [school(peta), school(peta, "SD Negeri Kutoharjo").model_copy(update={"id": -2})]
    assert refused(lambda: add_operations(peta.operator, usulan.pk, twice)) == "kode-terpakai"
    add_operations(peta.operator, usulan.pk, [school(peta)])
    again = [school(peta, "SD Negeri Kutoharjo")]
    assert refused(lambda: add_operations(peta.operator, usulan.pk, again)) == "kode-terpakai"


def test_undone_the_code_is_free_again_and_redone_it_is_taken(peta: Peta) -> None:
    usulan = draft(peta)
    add_operations(peta.operator, usulan.pk, [school(peta)])
    undo(peta.operator, usulan.pk)
    made = add_operations(peta.operator, usulan.pk, [school(peta, "SD Negeri Kutoharjo")]).id_baru[-1]
    undo(peta.operator, usulan.pk)
    redo(peta.operator, usulan.pk)
    publish(peta, usulan)
    assert held() == [("20315726", made, True)]


def test_a_cancelled_version_gives_the_code_back(peta: Peta) -> None:
    usulan = draft(peta)
    made = add_operations(peta.operator, usulan.pk, [school(peta)]).id_baru[-1]
    publish(peta, usulan, days=1)
    assert held() == [("20315726", made, True)]
    cancel_version(peta.penyetuju, peta.instansi.pk, 2, "salah naskah")
    assert held() == [("20315726", made, False)]
    again = draft(peta)
    add_operations(peta.operator, again.pk, [school(peta)])


def test_a_new_unit_may_take_the_code_of_the_unit_it_replaces_and_cancelled_it_goes_back(peta: Peta) -> None:
    first = draft(peta)
    old = add_operations(peta.operator, first.pk, [school(peta)]).id_baru[-1]
    publish(peta, first)
    second = draft(peta)
    steps = [
        school(peta, "SD Negeri Leteh Baru", None).model_copy(update={"id": -2}),
        HapusUnor(unor_id=old, penerus=(-2,)),
    ]
    add_operations(peta.operator, second.pk, steps)
    new = add_operations(peta.operator, second.pk, [school(peta, "SD Negeri Leteh Satu")]).id_baru[-1]
    publish(peta, second, days=1)
    assert held() == [("20315726", old, False), ("20315726", new, True)]
    cancel_version(peta.penyetuju, peta.instansi.pk, 3, "salah naskah")
    assert held() == [("20315726", old, True), ("20315726", new, False)]


def test_a_code_taken_by_another_instansi_while_the_draft_waited_stops_its_publication(peta: Peta) -> None:
    usulan = draft(peta)
    add_operations(peta.operator, usulan.pk, [school(peta)])
    other = make_instansi("Kabupaten Lain")
    make_version(other)
    KodeUnor.objects.create(unor=make_unor(other, "SD Lain"), instansi=other, **NPSN)
    assert refused(lambda: publish(peta, usulan)) == "kode-terpakai"
    assert not Unor.objects.filter(instansi=peta.instansi, riwayat__nama="SD Negeri Leteh").exists()
