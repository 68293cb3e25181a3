"""The decision: its record, its document, its public page; bundles across instansi; walls."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import replace

import pypdf
import pytest
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, connection, transaction

from petajabatan.akun.models import Pengguna
from petajabatan.inti.actor import ANONIM, sistem
from petajabatan.inti.berkas import file_path
from petajabatan.inti.dinding import scope_of
from petajabatan.inti.jam import today
from petajabatan.inti.models import Notifikasi, Pekerjaan
from petajabatan.inti.pekerjaan import Kemajuan, Konteks
from petajabatan.inti.temuan import Ditolak
from petajabatan.jabatan.models import PosisiRiwayat
from petajabatan.pegawai.queries import bezetting_of_boxes
from petajabatan.testing.factories import make_version
from petajabatan.usulan.cetak.keputusan import document_data
from petajabatan.usulan.models import Keputusan, Komentar, Usulan
from petajabatan.usulan.queries.alur import status_lintas
from petajabatan.usulan.queries.keputusan import public_decision
from petajabatan.usulan.rules.operasi import UbahK, UbahKelas
from petajabatan.usulan.services import add_operations
from petajabatan.usulan.services.kabar import notify_touched
from petajabatan.usulan.services.keputusan import HURUF, clean_code
from petajabatan.usulan.services.lintas import create_bundle
from petajabatan.usulan.services.terbit import Penetapan, publish_bundle, publish_usulan
from petajabatan.usulan.services.transisi import require_publishable
from petajabatan.usulan.tasks import run_decision_document
from petajabatan.usulan.tests.pembuat import (
    Orang,
    account,
    approved,
    do,
    letter,
    make_usulan,
    submitted,
    taken,
)

pytestmark = pytest.mark.django_db
NOMOR = "800/77/2026"


@pytest.fixture(autouse=True)
def own_folder(settings, tmp_path):
    settings.BERKAS_ROOT = tmp_path / "berkas"


@pytest.fixture
def orang(peta_a, peta_b):
    with connection.cursor() as cursor:  # the totals of version 1, as a commit would write them
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")
    return Orang(peta_a.instansi.pk, peta_a.orang[0].pk, peta_b.instansi.pk)


def publish(orang, peta, *, berlaku: dt.date | None = None) -> Keputusan:
    usulan = approved(orang, peta.instansi)
    day = today()
    with scope_of(orang["penyetuju"]):
        publish_usulan(orang["penyetuju"], usulan.pk, Penetapan(NOMOR, day, berlaku or day))
    return Keputusan.objects.get(usulan=usulan)


def test_publishing_leaves_a_decision_with_the_map_s_hash_and_tells_everybody(orang, peta_a):
    row = publish(orang, peta_a)
    assert re.fullmatch(f"[{HURUF}]{{16}}", row.kode)
    assert re.fullmatch("[0-9a-f]{64}", row.hash_peta)
    usulan = Usulan.objects.get(pk=row.usulan_id)
    assert (usulan.status, usulan.versi_terbit, usulan.tenggat) == ("ditetapkan", 2, None)
    last = usulan.riwayat.last()
    assert (last.tindakan, last.ringkas["versi"], last.ringkas["k"]) == ("tetapkan", 2, 1)
    assert last.peran == "instansi-penetapan-sotk"
    for name in ("operator", "verifikator"):
        assert Notifikasi.objects.filter(
            penerima_id=orang[name].id, judul=f"Usulan {usulan.nomor} ditetapkan"
        ).exists()


def test_a_decision_changes_no_more(orang, peta_a):
    row = publish(orang, peta_a)
    for values in ({"nomor": "1"}, {"kode": "X" * 16}, {"hash_peta": "0" * 64}):
        with pytest.raises(DatabaseError), transaction.atomic():
            Keputusan.objects.filter(pk=row.pk).update(**values)


def test_the_document_carries_number_totals_changes_and_the_way_to_verify(orang, peta_a, settings):
    settings.ALAMAT_SITUS = "https://peta.contoh.go.id"
    row = publish(orang, peta_a)
    job = Pekerjaan.objects.get(jenis="cetak-keputusan")
    assert job.pemilik_id == orang["penyetuju"].id
    with scope_of(orang["penyetuju"]):
        result = run_decision_document(Konteks(job, orang["penyetuju"], Kemajuan()))
    row.refresh_from_db()
    assert row.berkas_id == result.berkas.pk
    assert row.berkas.instansi_id == peta_a.instansi.pk
    reader = pypdf.PdfReader(file_path(row.berkas))
    text = " ".join(" ".join(page.extract_text() for page in reader.pages).split())
    for part in (
        NOMOR,
        "Kabupaten Alfa",
        "Lampiran",
        "K berubah",
        "Pegawai yang ada, B (orang)",
        row.hash_peta[:32],
        " ".join(re.findall("....", row.kode)),
    ):
        assert part in text, part
    assert f"https://peta.contoh.go.id/keputusan/{row.kode}/" in text.replace(" ", "")
    assert "+1" in text
    with scope_of(orang["penyetuju"]):  # again: the same paper
        again = run_decision_document(Konteks(job, orang["penyetuju"], Kemajuan()))
    assert again.berkas.pk == row.berkas_id


def test_the_annex_lists_the_net_change_with_k_and_b_not_the_operations(orang, peta_a):
    usulan = make_usulan(peta_a.instansi, operasi=3)  # the same box three times: 4 → 5, 6, 7
    box = PosisiRiwayat.objects.filter(instansi=peta_a.instansi, jenis="pelaksana").first()
    back = PosisiRiwayat.objects.filter(instansi=peta_a.instansi, kepala=True).first()
    with scope_of(sistem("uji")):  # there and back again: no change at all
        for kelas in (back.kelas + 1, back.kelas):
            step = UbahKelas(posisi_id=back.posisi_id, kelas=kelas)
            add_operations(sistem("uji"), usulan.pk, [step])
    do(orang["operator"], usulan, "ajukan-ke-penyetuju")
    do(orang["penyetuju"], usulan, "tanda-tangani", surat=letter(orang["penyetuju"], usulan))
    do(orang["verifikator"], usulan, "ambil")
    do(orang["verifikator"], usulan, "setujui")
    with scope_of(orang["penyetuju"]):
        publish_usulan(orang["penyetuju"], usulan.pk, Penetapan(NOMOR, today(), today()))
        data = document_data(Keputusan.objects.get(usulan=usulan))
    n = bezetting_of_boxes([box.posisi_id])[box.posisi_id].b
    assert n > 0
    (row,) = data["posisi"]
    assert row[1] == box.nama and row[4:6] == [f"{box.k} → 7", str(n)]
    assert data["unor"] == []
    assert "0 unit dan 1 jabatan berubah" in data["lampiran"]
    people = data["total"][3]
    assert people[0].startswith("Pegawai yang ada, B") and int(people[2]) >= n


def public(kode: str):
    with scope_of(ANONIM):
        return public_decision(kode)


def test_the_public_page_s_function_gives_seven_columns_and_follows_what_happens(orang, peta_a):
    row = publish(orang, peta_a, berlaku=today() + dt.timedelta(days=1))
    found = public(row.kode)
    assert (found.instansi, found.nomor, found.versi, found.hash) == (
        "Kabupaten Alfa", NOMOR, 2, row.hash_peta,
    )  # fmt: skip
    assert found.keadaan == "terjadwal"
    with scope_of(ANONIM), connection.cursor() as cursor:
        cursor.execute("SELECT * FROM keputusan_publik(%s, %s)", [row.kode, row.berlaku])
        columns = [c.name for c in cursor.description]
        assert cursor.fetchone()[-1] == "berlaku"
    assert columns == ["instansi", "nomor", "tanggal", "versi", "berlaku", "hash", "keadaan"]
    make_version(peta_a.instansi, today() + dt.timedelta(days=2))
    with scope_of(ANONIM), connection.cursor() as cursor:
        cursor.execute(
            "SELECT keadaan FROM keputusan_publik(%s, %s)", [row.kode, today() + dt.timedelta(days=2)]
        )
        assert cursor.fetchone() == ("digantikan",)
    Keputusan.objects.filter(pk=row.pk).update(dibatalkan_versi=3)
    assert public(row.kode).keadaan == "dibatalkan"


def test_nobody_s_scope_reads_decisions_or_usulan_themselves(orang, peta_a):
    row = publish(orang, peta_a)
    for table in ("usulan_keputusan", "usulan", "usulan_riwayat", "berkas"):
        with scope_of(ANONIM), connection.cursor() as cursor:
            cursor.execute(f"SELECT count(*) FROM {table}")
            assert cursor.fetchone() == (0,), table
    assert public(row.kode[:-1] + "%") is None
    assert public("") is None


def test_a_code_is_typed_as_people_type():
    assert clean_code(" abcd-2345 efgh ") == "ABCD2345EFGH"


TABEL = (
    "usulan", "usulan_operasi", "usulan_posisi", "usulan_riwayat", "usulan_persetujuan", "usulan_komentar",
    "usulan_dokumen", "usulan_keputusan", "usulan_temuan",
)  # fmt: skip


def counts(actor) -> dict[str, int]:
    found = {}
    with scope_of(actor), connection.cursor() as cursor:
        for table in TABEL:
            cursor.execute(f"SELECT count(*) FROM {table}")
            found[table] = cursor.fetchone()[0]
    return found


def test_another_instansi_sees_nothing_of_an_usulan_by_raw_sql(orang, peta_a):
    row = publish(orang, peta_a)
    Komentar.objects.create(usulan_id=row.usulan_id, instansi_id=peta_a.instansi.pk, isi="x")
    own = counts(orang["operator"])
    assert all(n > 0 for table, n in own.items() if table != "usulan_temuan"), own
    for name in ("orang_luar", "pegawai", "pembina", "pemantau"):
        assert set(counts(orang[name]).values()) == {0}, name
    assert counts(orang["verifikator"]) == own


def test_another_instansi_writes_nothing_into_an_usulan_by_raw_sql(orang, peta_a):
    usulan = submitted(orang, peta_a.instansi)
    outsider = orang["orang_luar"]
    with scope_of(outsider), connection.cursor() as cursor:
        cursor.execute("UPDATE usulan SET judul = 'x' WHERE id = %s", [usulan.pk])
        assert cursor.rowcount == 0
    with pytest.raises(DatabaseError), scope_of(outsider), connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO usulan_komentar (usulan_id, instansi_id, isi, objek, bagian, minta_perbaikan, oleh,"
            " pihak, pada, selesai_oleh) VALUES (%s, %s, 'x', '', '', false, '', '', now(), '')",
            [usulan.pk, peta_a.instansi.pk],
        )


@pytest.fixture
def bundle(orang, peta_a, peta_b):
    actor = orang["verifikator"]
    with scope_of(actor):
        return create_bundle(actor, "Pemindahan urusan", [peta_b.instansi.pk, peta_a.instansi.pk])


def test_bkn_opens_a_bundle_with_a_draft_for_each_instansi(orang, peta_a, peta_b, bundle):
    parts = list(Usulan.objects.filter(lintas=bundle).order_by("instansi_id"))
    assert [(u.instansi_id, u.jenis, u.status) for u in parts] == [
        (peta_a.instansi.pk, "lintas", "draf"),
        (peta_b.instansi.pk, "lintas", "draf"),
    ]
    actor = orang["verifikator"]
    with scope_of(actor):
        again = create_bundle(actor, "Pemindahan  urusan", [peta_a.instansi.pk, peta_b.instansi.pk])
    assert again.pk == bundle.pk
    assert Notifikasi.objects.filter(penerima_id=orang["operator"].id, judul__contains="lintas").exists()
    for name in ("operator", "penyetuju", "admin"):
        with pytest.raises(PermissionDenied), scope_of(orang[name]):
            create_bundle(orang[name], "x", [peta_a.instansi.pk, peta_b.instansi.pk])
    with pytest.raises(Ditolak), scope_of(actor):
        create_bundle(actor, "x", [peta_a.instansi.pk])


def test_each_side_of_a_bundle_sees_the_state_of_the_others_and_nothing_else(orang, peta_a, peta_b, bundle):
    with scope_of(orang["operator"]):
        rows = status_lintas(bundle.pk)
        assert [(r.instansi, r.status) for r in rows] == [
            ("Kabupaten Alfa", "draf"),
            ("Kabupaten Beta", "draf"),
        ]
        assert Usulan.objects.filter(lintas=bundle).count() == 1
    with scope_of(orang["orang_luar"]):
        assert len(status_lintas(bundle.pk)) == 2
    for name in ("pegawai", "pembina", "pemantau"):
        with scope_of(orang[name]):
            assert status_lintas(bundle.pk) == []
    stranger = replace(
        orang["orang_luar"], cakupan_draf=frozenset({999999}), cakupan_instansi=frozenset({999999})
    )
    with scope_of(stranger):
        assert status_lintas(bundle.pk) == []


def test_a_bundle_is_published_by_bkn_when_every_part_is_approved(orang, peta_a, peta_b, bundle):
    for usulan in Usulan.objects.filter(lintas=bundle).order_by("instansi_id"):
        box = PosisiRiwayat.objects.get(instansi_id=usulan.instansi_id, jenis="pelaksana")
        with scope_of(sistem("uji")):
            add_operations(sistem("uji"), usulan.pk, [UbahK(posisi_id=box.posisi_id, k=9, sumber="abk")])
    one, two = Usulan.objects.filter(lintas=bundle).order_by("instansi_id")
    penyetuju_b = account(
        "penyetuju.b", "instansi-penetapan-sotk", "instansi", instansi_id=peta_b.instansi.pk
    )
    for usulan, drafter, signer in (
        (one, orang["operator"], orang["penyetuju"]),
        (two, orang["orang_luar"], penyetuju_b),
    ):
        do(drafter, usulan, "ajukan-ke-penyetuju")
        do(signer, usulan, "tanda-tangani", surat=letter(signer, usulan))
        do(orang["verifikator"], usulan, "ambil")
    do(orang["verifikator"], one, "setujui")
    day = today()
    with pytest.raises(PermissionDenied), scope_of(orang["penyetuju"]):
        require_publishable(orang["penyetuju"], Usulan.objects.get(pk=one.pk))
    with pytest.raises(Ditolak), scope_of(orang["verifikator"]):
        publish_bundle(orang["verifikator"], bundle.pk, Penetapan(NOMOR, day, day))
    with pytest.raises(Ditolak) as refused, scope_of(orang["verifikator"]):
        require_publishable(orang["verifikator"], Usulan.objects.get(pk=one.pk))
    assert [t.kode for t in refused.value.temuan] == ["bagian-belum-disetujui"]
    do(orang["verifikator"], two, "setujui")
    with scope_of(orang["verifikator"]):
        versions = publish_bundle(orang["verifikator"], bundle.pk, Penetapan(NOMOR, day, day))
    assert [v.nomor for v in versions] == [2, 2]
    assert Keputusan.objects.count() == 2


def test_people_whose_seat_is_touched_are_told_once_per_revision_where_the_switch_is_on(orang, peta_a):
    person = peta_a.orang[1]  # sits on the box whose need the draft changes
    Pengguna.objects.create_user("budi", password="x", pegawai_id=person.pk)
    quiet = make_usulan(peta_a.instansi)
    with scope_of(orang["operator"]):
        assert notify_touched(orang["operator"], quiet.pk) == 0
    usulan = make_usulan(peta_a.instansi, kabari_pegawai=True)
    with scope_of(orang["operator"]):
        assert notify_touched(orang["operator"], usulan.pk) == 1
        assert notify_touched(orang["operator"], usulan.pk) == 0
    Usulan.objects.filter(pk=usulan.pk).update(revisi=9)
    with scope_of(orang["operator"]):
        assert notify_touched(orang["operator"], usulan.pk) == 1
    told = Notifikasi.objects.filter(penerima_id=Pengguna.objects.get(username="budi").pk)
    assert told.count() == 2
    assert person.nama not in told[0].judul + told[0].isi


def test_approval_tells_the_touched_people_by_itself(orang, peta_a):
    user = Pengguna.objects.create_user("budi", password="x", pegawai_id=peta_a.orang[1].pk)
    usulan = taken(orang, peta_a.instansi, kabari_pegawai=True)
    do(orang["verifikator"], usulan, "setujui")
    assert Notifikasi.objects.filter(penerima_id=user.pk).count() == 1
