"""Making accounts, giving and ending roles: who may, and what is refused."""

from __future__ import annotations

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied

from petajabatan.akun import services
from petajabatan.akun.models import Pengguna, Peran
from petajabatan.akun.queries import actor_of
from petajabatan.inti.actor import sistem
from petajabatan.inti.jam import today
from petajabatan.inti.models import Audit
from petajabatan.inti.temuan import Ditolak
from petajabatan.testing import factories as make
from petajabatan.testing.personas import make_persona

pytestmark = pytest.mark.django_db
SISTEM = sistem("uji")
STRONG = "kuda-baterai-staples"


def refused(call, *args, **kwargs) -> list[str]:
    with pytest.raises(Ditolak) as refusal:
        call(*args, **kwargs)
    assert all(t.kalimat and t.perbaikan for t in refusal.value.temuan)
    return [t.kode for t in refusal.value.temuan]


def local_admin(instansi):
    user = Pengguna.objects.create_user("admin-daerah")
    services.grant_role(SISTEM, user, "instansi-admin", instansi_id=instansi.pk)
    return actor_of(user)


def test_the_first_administrator_is_made_without_anybody_there():
    user = services.create_account(SISTEM, "siti", nama="Siti", password=STRONG)
    services.grant_role(SISTEM, user, "admin-pusat")
    assert user.check_password(STRONG)
    assert actor_of(user).memegang("admin-pusat")
    assert Audit.objects.filter(aksi="buat", objek="pengguna", rincian={"id": user.pk}).exists()
    assert Audit.objects.filter(aksi="insert", objek="peran").exists()


def test_an_account_without_password_cannot_sign_in_with_one():
    assert not services.create_account(SISTEM, "sso").has_usable_password()


@pytest.mark.parametrize(
    ("name", "password", "kode"),
    [
        ("nama tidak sah!", STRONG, "akun-tidak-sah"),
        ("siti", "pendek", "akun-tidak-sah"),
        ("ada", STRONG, "akun-sudah-ada"),
    ],
)
def test_bad_names_and_weak_passwords_are_refused(name, password, kode):
    Pengguna.objects.create_user("ada")
    assert set(refused(services.create_account, SISTEM, name, password=password)) == {kode}


@pytest.mark.parametrize(
    ("peran", "options", "kode"),
    [
        ("raja", {}, "peran-tidak-dikenal"),
        ("pemantau", {"lingkup": "instansi"}, "lingkup-tidak-sesuai"),
        ("instansi-operator-sotk", {}, "lingkup-tanpa-instansi"),
        ("instansi-operator-sotk", {"lingkup": "unor", "instansi_id": 1}, "lingkup-tanpa-sasaran"),
        ("pegawai", {}, "akun-tanpa-pegawai"),
        ("pemantau", {"sampai": dt.date(2020, 1, 1)}, "masa-terbalik"),
    ],
)
def test_grants_that_make_no_sense_are_refused(peran, options, kode):
    user = Pengguna.objects.create_user("budi")
    assert refused(services.grant_role, SISTEM, user, peran, **options) == [kode]


def test_the_same_grant_twice_is_refused_and_changes_nothing():
    user = Pengguna.objects.create_user("budi")
    services.grant_role(SISTEM, user, "pemantau")
    assert refused(services.grant_role, SISTEM, user, "pemantau") == ["peran-sudah-ada"]
    assert Peran.objects.filter(pengguna=user).count() == 1


def test_an_instansi_admin_manages_the_own_instansi_only():
    own, other = make.make_instansi("Kab. Satu"), make.make_instansi("Kab. Dua")
    admin = local_admin(own)
    user = services.create_account(admin, "operator-baru", password=STRONG)
    services.grant_role(admin, user, "instansi-operator-sotk", instansi_id=own.pk)
    with pytest.raises(PermissionDenied):
        services.grant_role(admin, user, "instansi-operator-sotk", instansi_id=other.pk)
    with pytest.raises(PermissionDenied):
        services.grant_role(admin, user, "pemantau")
    services.deactivate(admin, user)
    assert not Pengguna.objects.get(pk=user.pk).is_active
    services.reactivate(admin, user)
    assert Pengguna.objects.get(pk=user.pk).is_active


def test_an_instansi_admin_has_no_power_over_accounts_of_others():
    own = make.make_instansi("Kab. Satu")
    admin = local_admin(own)
    nation = make_persona("verifikator")
    for call in (
        lambda: services.deactivate(admin, nation),
        lambda: services.set_password(admin, nation, STRONG),
        lambda: services.end_role(admin, nation.peran_set.get()),
    ):
        with pytest.raises(PermissionDenied):
            call()


@pytest.mark.parametrize("name", ["operator", "pemantau", "verifikator", "pegawai"])
def test_other_roles_manage_no_accounts(name):
    instansi = make.make_instansi()
    actor = actor_of(make_persona(name, instansi_id=instansi.pk))
    with pytest.raises(PermissionDenied):
        services.create_account(actor, "baru", password=STRONG)
    with pytest.raises(PermissionDenied):
        services.grant_role(actor, Pengguna.objects.create_user("x"), "pemantau")


def test_an_ended_role_holds_no_longer_and_stays_as_history():
    user = make_persona("pemantau")
    services.end_role(SISTEM, user.peran_set.get())
    assert not actor_of(user).memegang("pemantau")
    assert user.peran_set.get().berlaku_sampai == today() - dt.timedelta(days=1)


def test_the_last_administrator_cannot_be_closed():
    admin = make_persona("admin")
    assert refused(services.deactivate, SISTEM, admin) == ["admin-terakhir"]
    services.grant_role(SISTEM, Pengguna.objects.create_user("kedua"), "admin-pusat")
    services.deactivate(SISTEM, admin)
    assert not Pengguna.objects.get(pk=admin.pk).is_active
