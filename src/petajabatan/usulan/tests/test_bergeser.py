"""The published map moves on while an usulan is under way: who is told, what waits until it is settled."""

from __future__ import annotations

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied
from django.db.backends.postgresql.psycopg_any import DateRange
from django.urls import reverse

from petajabatan.akun.models import Pengguna
from petajabatan.inti.jam import today
from petajabatan.inti.models import Notifikasi
from petajabatan.inti.temuan import Ditolak
from petajabatan.pegawai.models import RiwayatJabatan
from petajabatan.usulan.models import KonflikUsulan, Usulan
from petajabatan.usulan.queries.alur import figures_of, summary_of
from petajabatan.usulan.rules import operasi as op
from petajabatan.usulan.services import add_operations, create_usulan
from petajabatan.usulan.services.batal import cancel_version
from petajabatan.usulan.services.selaras import decide, rebase
from petajabatan.usulan.services.terbit import Penetapan, publish_usulan
from petajabatan.usulan.services.transisi import move
from petajabatan.usulan.tests.conftest import Peta
from petajabatan.usulan.tests.pembuat import do, letter

pytestmark = pytest.mark.django_db
JALAN = ("ajukan-ke-penyetuju", "tanda-tangani", "ambil", "setujui")


@pytest.fixture(autouse=True)
def own_folder(settings, tmp_path):
    settings.BERKAS_ROOT = tmp_path / "berkas"


def penetapan() -> Penetapan:
    return Penetapan("800/1", today(), today() + dt.timedelta(days=1))


def need(peta: Peta, k: int) -> Usulan:
    """A draft about the need of one box."""
    usulan = create_usulan(
        peta.operator, peta.instansi.pk, judul=f"Kebutuhan {k}", dasar_hukum_id=peta.dasar.pk
    )
    add_operations(peta.operator, usulan.pk, [op.UbahK(posisi_id=peta.kotak.pk, k=k, sumber="abk")])
    usulan.refresh_from_db()
    return usulan


def reach(peta: Peta, usulan: Usulan, *steps: str) -> Usulan:
    for step in steps:
        if step == "ajukan-ke-penyetuju":
            do(peta.operator, usulan, step)
        elif step == "tanda-tangani":
            do(peta.penyetuju, usulan, step, surat=letter(peta.penyetuju, usulan))
        else:
            do(peta.verifikator, usulan, step)
    usulan.refresh_from_db()
    return usulan


def leave(peta: Peta) -> None:
    """The person on the box left it long ago."""
    ended = DateRange(dt.date(2020, 1, 1), dt.date(2021, 1, 1))
    RiwayatJabatan.objects.filter(posisi_id=peta.kotak.pk).update(masa=ended)


def overtake(peta: Peta) -> None:
    """Another usulan about the same box is published."""
    publish_usulan(peta.penyetuju, reach(peta, need(peta, 9), *JALAN).pk, penetapan())


def refusal(call, *args, **values):
    with pytest.raises(Ditolak) as refused:
        call(*args, **values)
    return refused.value.temuan


@pytest.mark.parametrize(
    ("done", "name", "step", "button"),
    [
        (JALAN[:0], "operator", "ajukan-ke-penyetuju", "Selaraskan"),
        (JALAN[:1], "penyetuju", "tanda-tangani", "Kembalikan"),
        (JALAN[:3], "verifikator", "setujui", "Minta perbaikan"),
    ],
)
def test_nobody_signs_what_contradicts_the_published_map(peta: Peta, done, name, step, button) -> None:
    usulan = reach(peta, need(peta, 5), *done)
    overtake(peta)
    actor = getattr(peta, name)
    values = {"surat": letter(actor, usulan)} if step == "tanda-tangani" else {}
    (found,) = refusal(do, actor, usulan, step, **values)
    assert found.kode == "konflik-terbuka" and "1 pertentangan" in found.kalimat
    assert button in found.perbaikan and found.tautan == reverse("sunting:selaras", args=[usulan.pk])


def test_publishing_names_the_button_of_who_publishes(peta: Peta) -> None:
    usulan = reach(peta, need(peta, 5), *JALAN)
    overtake(peta)
    (found,) = refusal(publish_usulan, peta.penyetuju, usulan.pk, penetapan())
    assert "Kembalikan" in found.perbaikan and "Minta perbaikan" not in found.perbaikan


def test_those_concerned_are_told_when_another_publication_contradicts_theirs(peta: Peta) -> None:
    usulan = reach(peta, need(peta, 5), *JALAN[:3])
    harmless = create_usulan(peta.operator, peta.instansi.pk, judul="Lain", dasar_hukum_id=peta.dasar.pk)
    add_operations(peta.operator, harmless.pk, [op.UbahK(posisi_id=peta.kotak_lain.pk, k=8, sumber="abk")])
    overtake(peta)
    rows = Notifikasi.objects.filter(judul__contains="bertentangan")
    assert {row.tautan for row in rows} == {reverse("sunting:selaras", args=[usulan.pk])}
    told = set(rows.values_list("penerima_id", flat=True))
    assert {peta.operator.id, peta.verifikator.id} <= told and peta.penyetuju.id not in told


def test_the_page_says_that_the_map_has_moved_on_and_leads_to_the_choice(peta: Peta, client) -> None:
    usulan = need(peta, 5)
    client.force_login(Pengguna.objects.get(pk=peta.operator.id))
    page = reverse("usulan:rinci", args=[usulan.pk])
    assert 'id="bergeser"' not in client.get(page).content.decode()
    overtake(peta)
    for tab in ("ringkasan", "operasi", "riwayat"):
        shown = client.get(f"{page}?tab={tab}").content.decode()
        assert 'id="bergeser"' in shown and reverse("sunting:selaras", args=[usulan.pk]) in shown
        assert "1 pertentangan perlu diputus" in shown


def test_what_was_handed_over_is_a_draft_again_once_a_conflict_is_decided(peta: Peta) -> None:
    usulan = reach(peta, need(peta, 5), "ajukan-ke-penyetuju")
    overtake(peta)
    (conflict,) = rebase(peta.operator, usulan.pk).konflik
    decide(peta.operator, usulan.pk, conflict.pk, "usulan")
    usulan.refresh_from_db()
    assert usulan.status == "draf"


def test_a_submitted_usulan_is_not_changed_by_deciding_its_conflicts(peta: Peta) -> None:
    usulan = reach(peta, need(peta, 5), *JALAN)
    overtake(peta)
    (conflict,) = rebase(peta.verifikator, usulan.pk).konflik
    found = refusal(decide, peta.operator, usulan.pk, conflict.pk, "terbit")
    assert [t.kode for t in found] == ["usulan-terkunci"]
    assert KonflikUsulan.objects.get(pk=conflict.pk).keputusan == ""
    with pytest.raises(PermissionDenied):
        decide(peta.penyetuju, usulan.pk, conflict.pk, "terbit")


def test_the_figures_of_a_published_usulan_stay_as_they_were_approved(peta: Peta, client) -> None:
    usulan = create_usulan(
        peta.operator, peta.instansi.pk, judul="Penataan bidang", dasar_hukum_id=peta.dasar.pk
    )
    removal = op.HapusUnor(unor_id=peta.bidang.pk, penerus=(peta.bidang_lain.pk,), cabang=True)
    add_operations(peta.operator, usulan.pk, [removal])
    usulan.refresh_from_db()
    assert summary_of(usulan).orang == 2
    version = publish_usulan(peta.penyetuju, reach(peta, usulan, *JALAN).pk, penetapan())
    usulan.refresh_from_db()
    leave(peta)
    assert summary_of(usulan).orang != 2 == figures_of(usulan).ringkas.orang
    assert usulan.riwayat.get(tindakan="tetapkan").ringkas["orang"] == 2
    cancel_version(peta.penyetuju, peta.instansi.pk, version.nomor, "keliru tanggal")
    usulan.refresh_from_db()
    assert figures_of(usulan).ringkas.orang == 2
    client.force_login(Pengguna.objects.get(pk=peta.operator.id))
    shown = client.get(reverse("usulan:rinci", args=[usulan.pk])).content.decode()
    assert "Angka sebagaimana diputus pada" in shown


def test_an_usulan_given_up_keeps_the_figures_it_ended_with(peta: Peta) -> None:
    usulan = need(peta, 5)
    move(peta.operator, usulan.pk, "batalkan", alasan="tidak jadi")
    usulan.refresh_from_db()
    leave(peta)
    assert (summary_of(usulan).orang, figures_of(usulan).ringkas.orang) == (0, 1)
