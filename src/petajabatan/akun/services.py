"""Accounts and grants: who may make them, give them, end them."""

from __future__ import annotations

import datetime as dt

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction

from petajabatan.akun.models import Pengguna, Peran
from petajabatan.akun.rules import PERAN, roles_that_may
from petajabatan.inti.actor import Actor
from petajabatan.inti.audit import record
from petajabatan.inti.izin import require
from petajabatan.inti.jam import today
from petajabatan.inti.temuan import Ditolak, Temuan, refuse


def _nationwide(actor: Actor) -> bool:
    allowed = ("sistem", *roles_that_may("akun"))
    return any(izin.peran in allowed and izin.lingkup == "nasional" for izin in actor.izin)


def _require_over(actor: Actor, user: Pengguna) -> None:
    """The actor manages this account: nationwide; or all its grants stand in an instansi of the actor's;
    or it has none yet and the actor made it."""
    require(actor, *roles_that_may("akun"))
    if _nationwide(actor):
        return
    own = {i.instansi_id for i in actor.izin if i.peran in roles_that_may("akun")}
    grants = set(Peran.objects.filter(pengguna=user).values_list("instansi_id", flat=True))
    if not grants and user.dibuat_oleh_id != actor.id:
        raise PermissionDenied(
            "Akun ini belum berperan; hanya pembuatnya atau admin pusat yang mengelolanya."
        )
    if not grants <= own:
        raise PermissionDenied("Akun ini memegang peran di luar instansi Anda.")


def create_account(
    actor: Actor,
    username: str,
    *,
    nama: str = "",
    email: str = "",
    password: str | None = None,
    pegawai_id: int | None = None,
) -> Pengguna:
    """A new account without any grant. Without a password it signs in by SSO only.

    Raises Ditolak for a taken or malformed name and for a weak password.
    """
    require(actor, *roles_that_may("akun"))
    user = Pengguna(username=username, nama=nama, email=email, pegawai_id=pegawai_id, dibuat_oleh_id=actor.id)
    try:
        user.clean_fields(exclude=["password"])
        if password is not None:
            validate_password(password, user)
    except ValidationError as error:
        temuan = [
            Temuan(
                "akun-tidak-sah", "galat", sentence, "Perbaiki isian ini lalu ulangi.",
                kolom=field if field != "__all__" else "sandi",
            )
            for field, sentences in (
                error.message_dict if hasattr(error, "error_dict") else {"sandi": error.messages}
            ).items()
            for sentence in sentences
        ]  # fmt: skip
        raise Ditolak(temuan) from error
    if password is None:
        user.set_unusable_password()
    else:
        user.set_password(password)
    try:
        with transaction.atomic():
            user.save()
    except IntegrityError:
        refuse(
            "akun-sudah-ada",
            f"Nama akun {username!r} sudah dipakai.",
            "Pilih nama lain.",
            "username",
            username,
        )
    record(actor, "buat", "pengguna", {"id": user.pk})
    return user


def grant_role(
    actor: Actor,
    user: Pengguna,
    peran: str,
    *,
    lingkup: str | None = None,
    instansi_id: int | None = None,
    sasaran_id: int | None = None,
    dari: dt.date | None = None,
    sampai: dt.date | None = None,
) -> Peran:
    """Give a role in a scope from a day (today) on. Only a nationwide admin grants beyond one instansi.

    Raises Ditolak for an unknown role, a scope the role does not have, and a target that is missing.
    """
    definition = PERAN.get(peran)
    if definition is None:
        refuse(
            "peran-tidak-dikenal",
            f"Peran {peran!r} tidak dikenal.",
            f"Pilih: {', '.join(PERAN)}.",
            "peran",
            peran,
        )
    lingkup = lingkup or definition.lingkup[0]
    if lingkup not in definition.lingkup:
        refuse(
            "lingkup-tidak-sesuai",
            f"Peran {definition.nama} tidak mempunyai lingkup {lingkup}.",
            f"Pilih lingkup: {', '.join(definition.lingkup)}.",
            "lingkup",
            lingkup,
        )
    if lingkup in ("instansi", "unor") and instansi_id is None:
        refuse(
            "lingkup-tanpa-instansi", "Lingkup ini memerlukan instansi.", "Sebutkan instansinya.", "instansi"
        )
    if lingkup in ("unor", "kelompok") and sasaran_id is None:
        refuse(
            "lingkup-tanpa-sasaran",
            f"Lingkup {lingkup} memerlukan sasaran.",
            "Sebutkan id unor atau kelompok jabatannya.",
            "sasaran",
        )
    if lingkup in ("nasional", "kelompok", "diri") and not _nationwide(actor):
        raise PermissionDenied("Hanya admin pusat yang memberi peran berlingkup lebih dari satu instansi.")
    if lingkup == "diri" and user.pegawai_id is None:
        refuse(
            "akun-tanpa-pegawai",
            "Akun ini belum dihubungkan dengan seorang pegawai.",
            "Hubungkan akun dengan pegawainya lebih dahulu.",
            "pegawai",
        )
    require(actor, *roles_that_may("akun"), instansi_id=instansi_id)
    dari = dari or today()
    if sampai is not None and sampai < dari:
        refuse("masa-terbalik", f"Akhir {sampai} mendahului awal {dari}.", "Perbaiki tanggalnya.", "sampai")
    try:
        with transaction.atomic():
            return Peran.objects.create(
                pengguna=user,
                peran=peran,
                lingkup=lingkup,
                instansi_id=instansi_id if lingkup in ("instansi", "unor") else None,
                sasaran_id=sasaran_id if lingkup in ("unor", "kelompok") else None,
                berlaku_dari=dari,
                berlaku_sampai=sampai,
                diberikan_oleh_id=actor.id,
            )
    except IntegrityError:
        refuse(
            "peran-sudah-ada",
            "Peran itu sudah dipegang sejak tanggal yang sama.",
            "Tidak ada yang perlu diubah.",
        )


def end_role(actor: Actor, grant: Peran, sampai: dt.date | None = None) -> Peran:
    """Let a grant end (yesterday unless a day is given); the row stays as history."""
    require(actor, *roles_that_may("akun"), instansi_id=grant.instansi_id)
    if grant.instansi_id is None and not _nationwide(actor):
        raise PermissionDenied("Hanya admin pusat yang mengakhiri peran ini.")
    end = sampai or today() - dt.timedelta(days=1)
    # A grant given today and ended today leaves one day: its period may not be empty.
    grant.berlaku_sampai = max(end, grant.berlaku_dari)
    grant.save(update_fields=["berlaku_sampai"])
    return grant


def deactivate(actor: Actor, user: Pengguna) -> Pengguna:
    """Close an account: sessions and tokens stop at once, history stays, and so does the last admin.

    Raises Ditolak when nobody else could manage accounts.
    """
    _require_over(actor, user)
    admins = _active_admins()
    if user.pk in admins and len(admins) == 1:
        refuse(
            "admin-terakhir",
            "Ini satu-satunya admin pusat yang aktif.",
            "Beri peran admin-pusat kepada akun lain lebih dahulu.",
            "akun",
            user.username,
        )
    user.is_active = False
    user.save(update_fields=["is_active"])
    record(actor, "nonaktif", "pengguna", {"id": user.pk})
    return user


def reactivate(actor: Actor, user: Pengguna) -> Pengguna:
    _require_over(actor, user)
    user.is_active = True
    user.save(update_fields=["is_active"])
    record(actor, "aktif", "pengguna", {"id": user.pk})
    return user


def _active_admins() -> set[int]:
    day = today()
    grants = Peran.objects.filter(
        peran="admin-pusat", lingkup="nasional", berlaku_dari__lte=day, pengguna__is_active=True
    )
    return {
        g.pengguna_id
        for g in grants.only("pengguna_id", "berlaku_sampai")
        if g.berlaku_sampai is None or g.berlaku_sampai >= day
    }


def set_mail_wanted(actor: Actor, wanted: bool) -> None:
    """Whether the actor's own messages also come by e-mail. Raises PermissionDenied without an account."""
    if actor.id is None:
        raise PermissionDenied("Perlu masuk untuk mengubah setelan ini.")
    Pengguna.objects.filter(pk=actor.id).update(kabar_surel=wanted)


def set_password(actor: Actor, user: Pengguna, password: str) -> None:
    """A new password given by an administrator. Raises Ditolak for a weak one."""
    _require_over(actor, user)
    try:
        validate_password(password, user)
    except ValidationError as error:
        raise Ditolak(
            [Temuan("sandi-lemah", "galat", s, "Pakai sandi lain.", kolom="sandi") for s in error.messages]
        ) from error
    user.set_password(password)
    user.save(update_fields=["password"])
    record(actor, "sandi", "pengguna", {"id": user.pk})
