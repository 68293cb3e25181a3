"""The way through the offices: who may take which step, what it leaves behind, and what is refused."""

from __future__ import annotations

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.http import Http404

from petajabatan.inti.dinding import scope_of
from petajabatan.inti.jam import today
from petajabatan.inti.models import Notifikasi
from petajabatan.inti.temuan import Ditolak
from petajabatan.organisasi.models import PetaVersi
from petajabatan.testing.personas import PERSONAS
from petajabatan.usulan.models import (
    Komentar,
    Persetujuan,
    RiwayatUsulan,
    TemuanUsulan,
    Usulan,
)
from petajabatan.usulan.rules.alur import TABEL, hak_of
from petajabatan.usulan.services import redo, undo
from petajabatan.usulan.services.izin import lock_usulan
from petajabatan.usulan.services.persetujuan import back_to_draft_on_edit, void_approvals
from petajabatan.usulan.services.transisi import (
    Surat,
    findings_for,
    mark_published,
    move,
    require_publishable,
)
from petajabatan.usulan.tests.pembuat import (
    TANGGAL,
    Orang,
    account,
    approved,
    do,
    letter,
    make_usulan,
    sign,
    submitted,
    taken,
)

pytestmark = pytest.mark.django_db
SIAPA = {"susun": {"operator"}, "tetapkan": {"penyetuju"}, "verifikasi": {"verifikator"}}


@pytest.fixture(autouse=True)
def own_folder(settings, tmp_path):
    settings.BERKAS_ROOT = tmp_path / "berkas"


@pytest.fixture
def orang(peta_a, peta_b):
    return Orang(peta_a.instansi.pk, peta_a.orang[0].pk, peta_b.instansi.pk)


def refusal(actor, usulan, tindakan, **values) -> list[str]:
    with pytest.raises(Ditolak) as refused:
        do(actor, usulan, tindakan, **values)
    return [t.kode for t in refused.value.temuan]


def ready(orang, instansi, step) -> Usulan:
    """An usulan in the state a transition starts from, reached by the persons themselves."""
    if step.dari == "draf":
        return make_usulan(instansi)
    if step.dari == "menunggu_persetujuan":
        return do(orang["operator"], make_usulan(instansi), "ajukan-ke-penyetuju")
    if step.dari == "diajukan":
        return submitted(orang, instansi)
    if step.dari == "diverifikasi":
        return taken(orang, instansi)
    if step.dari == "disetujui":
        return approved(orang, instansi)
    usulan = do(orang["verifikator"], taken(orang, instansi), "minta-perbaikan", alasan="perbaiki K")
    Komentar.objects.filter(usulan=usulan).update(selesai_oleh="uji", selesai_pada="2026-03-02T00:00Z")
    return usulan


def arguments(orang, usulan, step) -> dict:
    values: dict = {"alasan": "sebab", "revisi": usulan.revisi}
    if step.surat:
        values["surat"] = letter(orang["penyetuju"], usulan)
    return values


def take(actor, usulan, step, values) -> Usulan:
    """The step by its own verb: publishing takes the last one itself, after writing the map."""
    if step.tindakan != "tetapkan":
        return do(actor, usulan, step.tindakan, **values)
    with scope_of(actor):
        locked = lock_usulan(usulan.pk)
        mark_published(actor, locked, PetaVersi(instansi_id=usulan.instansi_id, nomor=2, berlaku=TANGGAL))
        return locked


@pytest.mark.parametrize("step", TABEL, ids=lambda t: f"{t.tindakan}-{t.dari}")
def test_each_step_is_taken_by_its_persons_and_by_nobody_else(orang, peta_a, step):
    usulan = ready(orang, peta_a.instansi, step)
    values = arguments(orang, usulan, step)
    allowed = set().union(*(SIAPA[hak] for hak in hak_of(step, usulan.jenis)))
    refused_by = Http404, PermissionDenied
    for name in PERSONAS:
        if name in allowed:
            continue
        with pytest.raises(refused_by):
            take(orang[name], usulan, step, values)
        usulan.refresh_from_db()
        assert usulan.status == step.dari, name
    before = RiwayatUsulan.objects.filter(usulan=usulan).count()
    actor = orang[min(allowed)] if step.tindakan != "periksa-kedua" else orang["verifikator_dua"]
    after = take(actor, usulan, step, values)
    assert after.status == step.ke
    last = RiwayatUsulan.objects.filter(usulan=usulan).last()
    assert (last.tindakan, last.dari, last.ke, last.oleh_id) == (step.tindakan, step.dari, step.ke, actor.id)
    assert last.ringkas["operasi"] == 1
    assert last.peran in {i.peran for i in actor.izin}
    if step.tindakan == "tetapkan":
        return
    # The same button once more changes nothing and writes nothing.
    again = do(actor, usulan, step.tindakan, **values)
    assert again.status == step.ke
    assert RiwayatUsulan.objects.filter(usulan=usulan).count() == before + 1


def test_the_whole_way_leaves_signatures_dates_and_messages(orang, peta_a, settings):
    usulan = approved(orang, peta_a.instansi)
    assert usulan.status == "disetujui"
    assert usulan.tenggat == today() + dt.timedelta(days=14)
    signed, verified = Persetujuan.objects.filter(usulan=usulan, gugur_pada=None).order_by("id")
    assert (signed.pihak, signed.nomor_surat, signed.tanggal_surat) == ("instansi", "800/12/2026", TANGGAL)
    assert signed.surat.jenis_isi == "application/pdf"
    assert (verified.pihak, verified.oleh_id) == ("bkn", orang["verifikator"].id)
    told = set(Notifikasi.objects.values_list("penerima_id", "judul"))
    assert (orang["penyetuju"].id, f"Usulan {usulan.nomor} menunggu tanda tangan Anda") in told
    assert (orang["verifikator"].id, f"Usulan {usulan.nomor} diajukan ke BKN") in told
    assert (orang["operator"].id, f"Usulan {usulan.nomor} disetujui BKN dan siap ditetapkan") in told
    assert not Notifikasi.objects.filter(penerima_id=orang["orang_luar"].id).exists()


def test_who_acts_is_not_told_about_it(orang, peta_a):
    usulan = do(orang["operator"], make_usulan(peta_a.instansi), "ajukan-ke-penyetuju")
    sign(orang, usulan)
    assert not Notifikasi.objects.filter(
        penerima_id=orang["operator"].id, judul__contains="tanda tangan"
    ).exists()
    assert not Notifikasi.objects.filter(
        penerima_id=orang["penyetuju"].id, judul__contains="diajukan"
    ).exists()


def test_a_stale_page_takes_no_step(orang, peta_a):
    usulan = make_usulan(peta_a.instansi)
    Usulan.objects.filter(pk=usulan.pk).update(revisi=5)
    assert refusal(orang["operator"], usulan, "ajukan-ke-penyetuju", revisi=1) == ["usulan-sudah-berubah"]


def test_a_second_verifikator_who_takes_is_told_it_is_taken(orang, peta_a):
    usulan = taken(orang, peta_a.instansi)
    assert refusal(orang["verifikator_dua"], usulan, "ambil") == ["sudah-diambil"]
    assert refusal(orang["penyetuju"], usulan, "tarik") == ["sudah-diambil"]


def test_a_release_makes_it_free_for_another(orang, peta_a):
    usulan = taken(orang, peta_a.instansi)
    assert refusal(orang["verifikator_dua"], usulan, "lepas") == ["alasan-kosong"]
    do(orang["verifikator_dua"], usulan, "lepas", alasan="pemegang cuti")
    usulan = do(orang["verifikator_dua"], usulan, "ambil")
    assert usulan.verifikator_id == orang["verifikator_dua"].id


def test_only_the_holder_approves(orang, peta_a):
    assert refusal(orang["verifikator_dua"], taken(orang, peta_a.instansi), "setujui") == [
        "bukan-pemeriksanya"
    ]


def test_a_large_change_waits_for_a_second_pair_of_eyes(orang, peta_a):
    usulan = taken(orang, peta_a.instansi, operasi=101)
    one, two = orang["verifikator"], orang["verifikator_dua"]
    assert refusal(one, usulan, "setujui") == ["perlu-mata-kedua"]
    assert refusal(one, usulan, "periksa-kedua") == ["mata-kedua-orang-lain"]
    since = usulan.status_sejak
    usulan = do(two, usulan, "periksa-kedua", alasan="sudah dibaca seluruhnya")
    assert (usulan.pemeriksa_kedua_id, usulan.status_sejak) == (two.id, since)
    # Who was the second pair of eyes cannot become the first one for the same signature.
    do(two, usulan, "lepas", alasan="uji")
    usulan = do(two, usulan, "ambil")
    assert refusal(two, usulan, "setujui") == ["perlu-mata-kedua"]
    do(two, usulan, "lepas")
    do(one, usulan, "ambil")
    assert do(one, usulan, "setujui").status == "disetujui"


def test_sending_back_voids_signatures_and_leaves_a_request_to_answer(orang, peta_a):
    usulan = taken(orang, peta_a.instansi)
    assert orang["verifikator_dua"].id
    usulan = do(orang["verifikator"], usulan, "minta-perbaikan", alasan="K tidak didukung ABK")
    assert not Persetujuan.objects.filter(usulan=usulan, gugur_pada=None).exists()
    request = Komentar.objects.get(usulan=usulan)
    assert (request.isi, request.minta_perbaikan, request.pihak) == ("K tidak didukung ABK", True, "bkn")
    assert refusal(orang["operator"], usulan, "ajukan-ke-penyetuju") == ["perbaikan-belum-dijawab"]
    Komentar.objects.create(
        usulan=usulan,
        instansi_id=usulan.instansi_id,
        isi="ABK diunggah",
        balasan_untuk=request,
        pihak="instansi",
    )
    do(orang["operator"], usulan, "ajukan-ke-penyetuju")
    usulan = sign(orang, usulan)
    # It goes back to who checked it before.
    step = usulan.riwayat.last()
    told = Notifikasi.objects.filter(kunci=f"usulan:{usulan.pk}:tanda-tangani:{step.pk}")
    assert set(told.values_list("penerima_id", flat=True)) == {orang["operator"].id, orang["verifikator"].id}
    assert usulan.verifikator_id == orang["verifikator"].id


def test_a_second_round_asks_anew_although_the_first_was_answered(orang, peta_a):
    usulan = do(orang["verifikator"], taken(orang, peta_a.instansi), "minta-perbaikan", alasan="pertama")
    first = Komentar.objects.get(usulan=usulan)
    Komentar.objects.create(
        usulan=usulan, instansi_id=usulan.instansi_id, isi="sudah", balasan_untuk=first, pihak="instansi"
    )
    do(orang["operator"], usulan, "ajukan-ke-penyetuju")
    sign(orang, usulan)
    do(orang["verifikator"], usulan, "ambil")
    do(orang["verifikator"], usulan, "minta-perbaikan", alasan="kedua")
    assert refusal(orang["operator"], usulan, "ajukan-ke-penyetuju") == ["perbaikan-belum-dijawab"]


def test_an_edit_while_the_signature_is_awaited_makes_it_a_draft_again(orang, peta_a):
    usulan = do(orang["operator"], make_usulan(peta_a.instansi), "ajukan-ke-penyetuju")
    with scope_of(orang["operator"]):
        assert back_to_draft_on_edit(orang["operator"], usulan).status == "draf"
    usulan.refresh_from_db()
    assert (usulan.status, usulan.tenggat) == ("draf", None)
    assert usulan.riwayat.last().tindakan == "disunting"
    assert Notifikasi.objects.filter(penerima_id=orang["penyetuju"].id, judul__contains="disunting").exists()


def test_an_edit_after_submission_is_refused(orang, peta_a):
    usulan = submitted(orang, peta_a.instansi)
    with pytest.raises(Ditolak) as refused, scope_of(orang["operator"]):
        back_to_draft_on_edit(orang["operator"], usulan)
    assert refused.value.temuan[0].kode == "usulan-terkunci"


def test_void_approvals_say_why(orang, peta_a):
    usulan = approved(orang, peta_a.instansi)
    assert void_approvals(usulan, "draf disunting") == 2
    assert void_approvals(usulan, "lagi") == 0
    assert set(usulan.persetujuan.values_list("gugur_karena", flat=True)) == {"draf disunting"}
    with pytest.raises(Ditolak) as refused, scope_of(orang["penyetuju"]):
        require_publishable(orang["penyetuju"], usulan)
    assert refused.value.temuan[0].kode == "persetujuan-gugur"


def test_galat_findings_stop_the_gate(orang, peta_a):
    usulan = make_usulan(peta_a.instansi)
    common = {"usulan": usulan, "instansi_id": usulan.instansi_id, "objek": "unor", "objek_id": 1}
    texts = {"kalimat": "k", "perbaikan": "p"}
    TemuanUsulan.objects.create(**common, **texts, kode="lama", tingkat="galat", bawaan=True)
    TemuanUsulan.objects.create(**common, **texts, kode="ingat", tingkat="peringatan")
    TemuanUsulan.objects.bulk_create(
        TemuanUsulan(**common, **texts, kode="nama-ganda", tingkat="galat") for _ in range(22)
    )
    found = findings_for(orang["operator"], usulan, "ajukan-ke-penyetuju")
    assert [t.kode for t in found] == [*["nama-ganda"] * 20, "galat-lainnya"]
    # At the gate itself the draft is checked anew: findings nobody can see in it any more stop nothing.
    assert do(orang["operator"], usulan, "ajukan-ke-penyetuju").status == "menunggu_persetujuan"


def test_a_draft_that_changes_nothing_does_not_go_on(orang, peta_a):
    usulan = make_usulan(peta_a.instansi)
    with scope_of(orang["operator"]):
        undo(orang["operator"], usulan.pk)
    assert refusal(orang["operator"], usulan, "ajukan-ke-penyetuju") == ["usulan-kosong"]


def test_an_edit_by_the_operator_voids_what_was_handed_over(orang, peta_a):
    usulan = do(orang["operator"], make_usulan(peta_a.instansi), "ajukan-ke-penyetuju")
    with scope_of(orang["operator"]):
        redo(orang["operator"], usulan.pk)
        undo(orang["operator"], usulan.pk)
    usulan.refresh_from_db()
    assert (usulan.status, usulan.riwayat.last().tindakan) == ("draf", "disunting")


def test_the_database_publishes_nothing_without_two_signatures(orang, peta_a):
    usulan = approved(orang, peta_a.instansi)
    published = {"status": "ditetapkan", "versi_terbit": 2, "berlaku": TANGGAL}
    void_approvals(usulan, "uji")
    with pytest.raises(IntegrityError), transaction.atomic():
        Usulan.objects.filter(pk=usulan.pk).update(**published)


def test_the_letter_must_be_a_pdf_of_this_usulan(orang, peta_a):
    usulan = do(orang["operator"], make_usulan(peta_a.instansi), "ajukan-ke-penyetuju")
    other = do(orang["operator"], make_usulan(peta_a.instansi), "ajukan-ke-penyetuju")
    foreign = letter(orang["penyetuju"], other)
    assert refusal(orang["penyetuju"], usulan, "tanda-tangani", surat=foreign) == ["surat-belum-ada"]
    assert refusal(orang["penyetuju"], usulan, "tanda-tangani", surat=Surat()) == [
        "surat-belum-ada",
        "nomor-surat-kosong",
        "tanggal-surat-kosong",
    ]


def test_a_subtree_operator_hands_over_only_what_is_bound_to_the_subtree(orang, peta_a):
    scope = {"instansi_id": peta_a.instansi.pk, "sasaran_id": peta_a.dinas.pk}
    actor = account("operator.dinas", "instansi-operator-sotk", "unor", **scope)
    own = make_usulan(peta_a.instansi, cabang_id=peta_a.dinas.pk)
    whole = make_usulan(peta_a.instansi)
    assert do(actor, own, "ajukan-ke-penyetuju").status == "menunggu_persetujuan"
    with pytest.raises(Http404):
        do(actor, whole, "ajukan-ke-penyetuju")
    # Even where the wall lets the row through (a second role), the right ends at the subtree.
    with pytest.raises(PermissionDenied):
        move(actor, whole.pk, "ajukan-ke-penyetuju")


def test_informasi_jabatan_is_handed_over_by_its_own_operators_and_those_of_sotk(orang, peta_a):
    infojab = account("infojab", "instansi-operator-infojab", "instansi", instansi_id=peta_a.instansi.pk)
    usulan = make_usulan(peta_a.instansi, layanan="infojab")
    assert do(infojab, usulan, "ajukan-ke-penyetuju").status == "menunggu_persetujuan"
    other = make_usulan(peta_a.instansi, layanan="infojab")
    assert do(orang["operator"], other, "ajukan-ke-penyetuju").status == "menunggu_persetujuan"
    with pytest.raises(PermissionDenied):
        do(infojab, make_usulan(peta_a.instansi), "ajukan-ke-penyetuju")


def test_publishing_is_no_button_of_its_own(orang, peta_a):
    usulan = approved(orang, peta_a.instansi)
    with pytest.raises(ValueError):
        do(orang["penyetuju"], usulan, "tetapkan")
