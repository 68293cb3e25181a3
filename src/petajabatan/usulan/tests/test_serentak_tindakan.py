"""Every transition pressed several times at once is taken once, publishing and cancelling included."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Callable

import pytest

from petajabatan.inti.actor import Actor
from petajabatan.inti.dinding import scope_of
from petajabatan.inti.jam import today
from petajabatan.inti.models import Notifikasi
from petajabatan.inti.temuan import Ditolak
from petajabatan.jabatan.models import PosisiRiwayat
from petajabatan.organisasi.models import PetaVersi
from petajabatan.pegawai.models import RiwayatJabatan
from petajabatan.usulan.models import Keputusan, Komentar, Persetujuan, RiwayatUsulan, Usulan
from petajabatan.usulan.rules.alur import TABEL, Transisi, hak_of
from petajabatan.usulan.rules.operasi import UbahK
from petajabatan.usulan.services import add_operations
from petajabatan.usulan.services.batal import cancel_version
from petajabatan.usulan.services.komentar import add_comment
from petajabatan.usulan.services.terbit import Penetapan, publish_usulan
from petajabatan.usulan.services.transisi import PIHAK
from petajabatan.usulan.tests.pembuat import Orang, approved, do, letter, sign, taken
from petajabatan.usulan.tests.test_serentak import step, together
from petajabatan.usulan.tests.test_transisi import ready

pytestmark = pytest.mark.django_db(transaction=True)
KALI = 3
SIAPA = {"susun": "operator", "tetapkan": "penyetuju", "verifikasi": "verifikator"}


@pytest.fixture(autouse=True)
def own_folder(settings, tmp_path):
    settings.BERKAS_ROOT = tmp_path / "berkas"


@pytest.fixture
def orang(peta_a):
    return Orang(peta_a.instansi.pk)


def told(usulan: Usulan) -> Counter[tuple[int, str]]:
    """Messages about the usulan per recipient and event."""
    rows = Notifikasi.objects.filter(kunci__startswith=f"usulan:{usulan.pk}:")
    return Counter(rows.values_list("penerima_id", "kunci"))


def publish(actor: Actor, usulan: Usulan, berlaku: dt.date) -> Callable[[], int]:
    def call() -> int:
        with scope_of(actor):
            return publish_usulan(actor, usulan.pk, Penetapan("800/1", today(), berlaku)).nomor

    return call


@pytest.mark.parametrize(
    "row", [t for t in TABEL if t.tindakan != "tetapkan"], ids=lambda t: f"{t.tindakan}-{t.dari}"
)
def test_a_button_pressed_several_times_at_once_is_one_step(orang, peta_a, row: Transisi):
    usulan = ready(orang, peta_a.instansi, row)
    name = SIAPA[hak_of(row, usulan.jenis)[0]]
    actor = orang["verifikator_dua" if row.tindakan == "periksa-kedua" else name]
    values: dict = {"alasan": "sebab", "revisi": usulan.revisi}
    if row.surat:
        values["surat"] = letter(actor, usulan)
    steps, approvals = RiwayatUsulan.objects.count(), Persetujuan.objects.count()
    asked = Komentar.objects.filter(minta_perbaikan=True).count()
    assert together(*[step(actor, usulan, row.tindakan, **values)] * KALI) == [row.ke] * KALI
    usulan.refresh_from_db()
    assert usulan.status == row.ke
    assert RiwayatUsulan.objects.count() == steps + 1
    assert Persetujuan.objects.count() == approvals + (row.tindakan in PIHAK)
    assert Komentar.objects.filter(minta_perbaikan=True).count() == asked + (
        row.tindakan == "minta-perbaikan"
    )
    assert set(told(usulan).values()) <= {1}


def test_published_several_times_at_once_there_is_one_version(orang, peta_a):
    usulan = approved(orang, peta_a.instansi)
    seats = RiwayatJabatan.objects.count()
    answers = together(*[publish(orang["penyetuju"], usulan, today())] * KALI)
    assert answers == [2] * KALI
    assert list(PetaVersi.objects.filter(usulan_id=usulan.pk).values_list("nomor", flat=True)) == [2]
    assert Keputusan.objects.filter(usulan=usulan).count() == 1
    assert RiwayatUsulan.objects.filter(usulan=usulan, tindakan="tetapkan").count() == 1
    assert RiwayatJabatan.objects.count() == seats
    assert set(told(usulan).values()) == {1}


def test_a_version_cancelled_several_times_at_once_is_cancelled_once(orang, peta_a):
    usulan, actor = approved(orang, peta_a.instansi), orang["penyetuju"]
    publish(actor, usulan, today() + dt.timedelta(days=2))()

    def cancel() -> int:
        with scope_of(actor):
            return cancel_version(actor, usulan.instansi_id, 2, "salah naskah").nomor

    assert together(*[cancel] * KALI) == [3] * KALI
    assert PetaVersi.objects.filter(instansi=peta_a.instansi).count() == 3
    assert RiwayatUsulan.objects.filter(usulan=usulan, tindakan="batalkan-versi").count() == 1


def test_published_and_sent_back_at_once_it_is_one_of_the_two(orang, peta_a):
    usulan = approved(orang, peta_a.instansi)
    back = step(orang["verifikator"], usulan, "minta-perbaikan", alasan="ada yang terlewat")
    results = together(publish(orang["penyetuju"], usulan, today()), back)
    usulan.refresh_from_db()
    n = PetaVersi.objects.filter(usulan_id=usulan.pk).count()
    assert (usulan.status, n) in (("ditetapkan", 1), ("perbaikan", 0))
    assert [r for r in results if isinstance(r, list)] == [["tindakan-tidak-berlaku"]]


def test_of_two_usulan_that_change_the_same_published_at_once_one_is_told(orang, peta_a):
    one, two = approved(orang, peta_a.instansi), approved(orang, peta_a.instansi, operasi=2)
    actor = orang["penyetuju"]
    results = together(publish(actor, one, today()), publish(actor, two, today()))
    assert sorted(map(str, results)) == ["2", "['peta-bergeser']"]
    assert PetaVersi.objects.filter(instansi=peta_a.instansi).count() == 2
    assert sorted(Usulan.objects.values_list("status", flat=True)) == ["disetujui", "ditetapkan"]


def test_an_approval_given_on_a_page_from_before_the_repair_is_refused(orang, peta_a):
    """The verifikator's other tab shows what she sent back; it was edited and signed again meanwhile."""
    usulan = taken(orang, peta_a.instansi)
    seen = usulan.revisi
    do(orang["verifikator"], usulan, "minta-perbaikan", alasan="K terlalu besar")
    operator = orang["operator"]
    box = PosisiRiwayat.objects.filter(instansi=peta_a.instansi, jenis="pelaksana")[0]
    with scope_of(operator):
        add_operations(operator, usulan.pk, [UbahK(posisi_id=box.posisi_id, k=6, sumber="abk")])
        add_comment(operator, usulan.pk, "sudah", balasan_untuk=Komentar.objects.get(usulan=usulan).pk)
    do(operator, usulan, "ajukan-ke-penyetuju")
    sign(orang, usulan)
    do(orang["verifikator"], usulan, "ambil")
    with pytest.raises(Ditolak) as refused:
        do(orang["verifikator"], usulan, "setujui", revisi=seen)
    assert [t.kode for t in refused.value.temuan] == ["usulan-sudah-berubah"]
    assert not Persetujuan.objects.filter(usulan=usulan, pihak="bkn").exists()
