"""A scheduled version is taken back before its day."""

from __future__ import annotations

import datetime as dt

import pytest

from petajabatan.inti import jam
from petajabatan.inti.temuan import Ditolak
from petajabatan.jabatan.queries import peta_of, versions
from petajabatan.jabatan.queries.versi import cancelled
from petajabatan.jabatan.rules.beda import beda
from petajabatan.organisasi.models import KodeUnor
from petajabatan.pegawai.models import RiwayatJabatan
from petajabatan.usulan.models import Keputusan, Usulan
from petajabatan.usulan.rules import operasi as op
from petajabatan.usulan.services import add_operations, create_usulan
from petajabatan.usulan.services.batal import cancel_version
from petajabatan.usulan.services.terbit import Penetapan, publish_usulan
from petajabatan.usulan.tests.conftest import Peta
from petajabatan.usulan.tests.test_services_draf import approve

pytestmark = pytest.mark.django_db


def scheduled(peta: Peta, berlaku: dt.date) -> Usulan:
    """Version 2 replaces one bidang by a new one and removes another box."""
    usulan = create_usulan(peta.operator, peta.instansi.pk, judul="Penataan", dasar_hukum_id=peta.dasar.pk)
    add_operations(
        peta.operator, usulan.pk,
        [op.GantiNama(unor_id=peta.bidang.pk, nama="Bidang Perbendaharaan", nama_jabatan="Kepala Baru"),
         op.UbahK(posisi_id=peta.kotak_lain.pk, k=9)],
    )  # fmt: skip
    approve(usulan)
    publish_usulan(peta.penyetuju, usulan.pk, Penetapan("800/1", jam.today(), berlaku))
    return Usulan.objects.get(pk=usulan.pk)


def refused(call, *args) -> str:
    with pytest.raises(Ditolak) as caught:
        call(*args)
    return caught.value.temuan[0].kode


def test_a_cancelled_version_leaves_the_map_and_the_seats_as_they_were(peta: Peta) -> None:
    code = KodeUnor.objects.create(unor=peta.bidang, instansi=peta.instansi, jenis="lokal", kode="x/1")
    besok = jam.today() + dt.timedelta(days=1)
    before = peta_of(peta.instansi.pk, 1)
    usulan = scheduled(peta, besok)
    code.refresh_from_db()
    assert not code.aktif
    made = cancel_version(peta.penyetuju, peta.instansi.pk, 2, "salah naskah")
    assert (made.nomor, made.berlaku) == (3, besok)
    assert beda(before, peta_of(peta.instansi.pk, 3)).count() == {"unor": {}, "posisi": {}}
    assert peta_of(peta.instansi.pk, 2).simpul.keys() != before.simpul.keys()
    seats = RiwayatJabatan.objects.filter(pegawai=peta.orang).exclude(jenis="X")
    assert [(s.posisi_id, s.masa.upper, s.sementara) for s in seats] == [(peta.kotak.pk, None, False)]
    code.refresh_from_db()
    assert code.aktif
    assert Keputusan.objects.get(usulan=usulan).dibatalkan_versi == 3
    assert cancel_version(peta.penyetuju, peta.instansi.pk, 2, "lagi").nomor == 3


def test_a_version_in_force_is_not_cancelled(peta: Peta) -> None:
    scheduled(peta, jam.today())
    assert refused(cancel_version, peta.penyetuju, peta.instansi.pk, 2, "x") == "versi-sudah-berlaku"
    assert refused(cancel_version, peta.penyetuju, peta.instansi.pk, 1, "x") == "bukan-dari-usulan"


def test_a_reason_is_required(peta: Peta) -> None:
    scheduled(peta, jam.today() + dt.timedelta(days=9))
    assert refused(cancel_version, peta.penyetuju, peta.instansi.pk, 2, " ") == "alasan-kosong"


def test_only_the_version_taken_back_counts_as_cancelled(peta: Peta) -> None:
    scheduled(peta, jam.today() + dt.timedelta(days=1))
    assert cancelled(versions(peta.instansi.pk)) == {}
    cancel_version(peta.penyetuju, peta.instansi.pk, 2, "salah naskah")
    assert cancelled(versions(peta.instansi.pk)) == {2: 3}
