"""Whom to tell: accounts by their grants of today."""

from __future__ import annotations

from django.db import connection
from django.db.models import Q

from petajabatan.akun.models import Pengguna, Peran
from petajabatan.akun.rules import roles_that_may
from petajabatan.inti.jam import today
from petajabatan.usulan.models import Usulan
from petajabatan.usulan.rules.alur import HAK


def accounts_with(right: str, usulan: Usulan) -> set[int]:
    """Active accounts that hold the action right over this usulan. Two statements with the clock's."""
    where = Q(lingkup="nasional") | Q(lingkup="instansi", instansi_id=usulan.instansi_id)
    if usulan.cabang_id is not None:
        where |= Q(lingkup="unor", instansi_id=usulan.instansi_id, sasaran_id=usulan.cabang_id)
    return _accounts((right,), where)


def accounts_of(rights: tuple[str, ...], instansi_id: int) -> set[int]:
    """Active accounts of this instansi that hold one of the action rights over all of it."""
    return _accounts(rights, Q(lingkup="instansi", instansi_id=instansi_id))


def _accounts(rights: tuple[str, ...], where: Q) -> set[int]:
    day = today()
    return set(
        Peran.objects.filter(
            where,
            Q(berlaku_sampai=None) | Q(berlaku_sampai__gte=day),
            peran__in={role for right in rights for role in roles_that_may(right)},
            berlaku_dari__lte=day,
            pengguna__is_active=True,
            pengguna__mesin=False,
        ).values_list("pengguna_id", flat=True)
    )


def drafters(usulan: Usulan) -> set[int]:
    """Who made it and who else may work on it."""
    people = accounts_with(HAK["susun"][usulan.layanan], usulan)
    return people | ({usulan.dibuat_oleh_id} if usulan.dibuat_oleh_id else set())


def signers(usulan: Usulan) -> set[int]:
    return accounts_with("tetapkan", usulan)


def verifiers(usulan: Usulan) -> set[int]:
    """The verifikator it is assigned to, as long as the account is active; else all of them."""
    everybody = accounts_with("verifikasi", usulan)
    assigned = {i for i in (usulan.verifikator_id, usulan.pemeriksa_kedua_id) if i} & everybody
    return assigned or everybody


# People whose seat the draft changes or removes, with an account. The draft itself is read through the wall.
_TERSENTUH = """
SELECT DISTINCT r.pegawai_id FROM riwayat_jabatan r
WHERE (r.posisi_id IN (SELECT posisi_id FROM usulan_posisi WHERE usulan_id = %(usulan)s
                       AND sebelum IS NOT NULL AND sebelum IS DISTINCT FROM sesudah)
    OR (r.posisi_id IS NULL AND r.instansi_id = %(instansi)s AND r.unor_id IN
         (SELECT unor_id FROM usulan_unor WHERE usulan_id = %(usulan)s AND sebelum IS NOT NULL
          AND sebelum IS DISTINCT FROM sesudah)))
  AND r.jenis IN ('D', 'TT', 'PLT', 'PLH', 'PJ') AND coalesce(upper(r.masa) > %(hari)s, true)
"""


def touched_accounts(usulan: Usulan) -> set[int]:
    """Accounts of the people whose seat the draft touches; only people whom the actor may read are found."""
    with connection.cursor() as cursor:
        cursor.execute(_TERSENTUH, {"usulan": usulan.pk, "instansi": usulan.instansi_id, "hari": today()})
        people = [row[0] for row in cursor.fetchall()]
    return set(Pengguna.objects.filter(pegawai_id__in=people, is_active=True).values_list("pk", flat=True))
