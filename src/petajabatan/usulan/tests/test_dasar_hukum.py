"""Another regulation for a unit and what is below it: whom it reaches, what becomes of article numbers."""

from __future__ import annotations

import pytest
from django.db import connection, transaction
from django.urls import reverse

from petajabatan.akun.models import Pengguna
from petajabatan.inti.temuan import Ditolak
from petajabatan.organisasi.models import DasarHukum
from petajabatan.testing.factories import make_unor
from petajabatan.usulan.models import Operasi, TemuanUsulan, Usulan, UsulanUnor
from petajabatan.usulan.rules.operasi import PerbaruiDasar
from petajabatan.usulan.services import add_operations, create_usulan
from petajabatan.usulan.tests.conftest import Peta

pytestmark = pytest.mark.django_db


@pytest.fixture
def baru(peta: Peta) -> DasarHukum:
    """A unit below stands on a regulation of its own; a newer one is recorded for all."""
    own = DasarHukum.objects.create(
        instansi=peta.instansi, jenis="Perbup", nomor="21", tahun=2021, tentang="Rumah sakit"
    )
    with transaction.atomic():
        make_unor(peta.instansi, "RSUD Uji", peta.bidang, urutan=2, jenis="faskes", dasar_hukum=own)
        make_unor(peta.instansi, "Seksi Arsip", peta.bidang_lain, dasar_hukum=peta.dasar, pasal="Pasal 7",
                  halaman="12")  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")
    return DasarHukum.objects.create(
        instansi=peta.instansi, jenis="Perbup", nomor="77", tahun=2026, tentang="Susunan baru"
    )


def draft(peta: Peta) -> Usulan:
    return create_usulan(peta.operator, peta.instansi.pk, judul="Perbup 77")


def touched(usulan: Usulan) -> dict[str, tuple[int | None, str, str]]:
    rows = UsulanUnor.objects.filter(usulan=usulan).values_list("sesudah", flat=True)
    return {row["nama"]: (row["dasar_hukum_id"], row["pasal"], row["halaman"]) for row in rows}


def test_only_units_on_the_named_regulation_follow_and_old_articles_do_not(peta: Peta, baru) -> None:
    usulan = draft(peta)
    step = PerbaruiDasar(unor_id=peta.dinas.pk, dasar_hukum_id=baru.pk, cabang=True,
                         hanya_dari=peta.dasar.pk, pasal="Pasal 3")  # fmt: skip
    add_operations(peta.operator, usulan.pk, [step])
    assert touched(usulan) == {
        "Dinas Uji": (baru.pk, "Pasal 3", ""),
        "Bidang Anggaran": (baru.pk, "", ""),
        "Bidang Aset": (baru.pk, "", ""),
        "Seksi Pendataan": (baru.pk, "", ""),
        "Seksi Arsip": (baru.pk, "", ""),
    }
    said = TemuanUsulan.objects.filter(usulan=usulan, kode="dasar-baru-tanpa-pasal")
    assert set(said.values_list("tingkat", flat=True)) == {"catatan"} and said.count() == 4
    assert not said.filter(objek_id=peta.dinas.pk).exists()
    assert "hanya yang berdiri di atas Perbup" in Operasi.objects.get(usulan=usulan).ringkas


def test_all_below_follow_when_that_is_said(peta: Peta, baru) -> None:
    usulan = draft(peta)
    add_operations(
        peta.operator, usulan.pk, [PerbaruiDasar(unor_id=peta.dinas.pk, dasar_hukum_id=baru.pk, cabang=True)]
    )
    assert touched(usulan)["RSUD Uji"] == (baru.pk, "", "") and len(touched(usulan)) == 6


def test_a_branch_without_such_a_unit_is_refused_by_name(peta: Peta, baru) -> None:
    with pytest.raises(Ditolak) as refused:
        add_operations(
            peta.operator,
            draft(peta).pk,
            [PerbaruiDasar(unor_id=peta.bidang_lain.pk, dasar_hukum_id=baru.pk, cabang=True, hanya_dari=0)],
        )
    (finding,) = refused.value.temuan
    assert (finding.kode, finding.kolom) == ("dasar-tanpa-unit", "hanya_dari")


def test_units_chosen_on_the_repealed_list_become_one_prepared_usulan(client, peta: Peta, baru) -> None:
    DasarHukum.objects.filter(pk=peta.dasar.pk).update(status="dicabut", diganti_oleh=baru)
    client.force_login(Pengguna.objects.get(pk=peta.operator.id))
    html = client.get(reverse("organisasi:dasar-hukum", args=[peta.instansi.pk])).content.decode()
    assert f'name="unit" value="{peta.bidang.pk}"' in html and reverse("usulan:berdasar") in html
    chosen = {"instansi": peta.instansi.pk, "unit": [peta.dinas.pk, peta.bidang.pk]}
    html = client.get(reverse("usulan:berdasar"), chosen).content.decode()
    assert "Bidang Anggaran" in html and "Perbup Nomor 1 Tahun 2020" in html
    assert f'value="{peta.dasar.pk}"' not in html  # a repealed one is no choice
    sent = chosen | {
        "dasar_hukum_id": baru.pk, "judul": "Menyesuaikan Perbup 77", "cabang_juga": "on", "kunci": "k1",
        f"pasal-{peta.bidang.pk}": "Pasal 9",
    }  # fmt: skip
    answer = client.post(reverse("usulan:berdasar"), sent)
    usulan = Usulan.objects.get(judul="Menyesuaikan Perbup 77")
    assert answer["Location"] == reverse("sunting:peta", args=[usulan.pk])
    found = touched(usulan)
    assert found["Bidang Anggaran"] == (baru.pk, "Pasal 9", "")
    assert set(found) == {"Dinas Uji", "Bidang Anggaran", "Bidang Aset", "Seksi Pendataan", "Seksi Arsip"}
    client.post(reverse("usulan:berdasar"), sent)  # pressed twice
    assert Usulan.objects.count() == 1 and Operasi.objects.filter(usulan=usulan).count() == 2


def test_a_refused_preparation_leaves_no_empty_usulan_and_keeps_what_was_typed(client, peta: Peta, baru):
    client.force_login(Pengguna.objects.get(pk=peta.operator.id))
    sent = {
        "instansi": peta.instansi.pk, "unit": [peta.dinas.pk], "dasar_hukum_id": baru.pk, "judul": " ",
        f"pasal-{peta.dinas.pk}": "Pasal 4",
    }  # fmt: skip
    answer = client.post(reverse("usulan:berdasar"), sent)
    assert answer.status_code == 422 and 'value="Pasal 4"' in answer.content.decode()
    assert not Usulan.objects.exists()
    answer = client.get(reverse("usulan:berdasar"), {"instansi": peta.instansi.pk})
    assert answer.status_code == 422 and "Belum ada unit yang dipilih" in answer.content.decode()
