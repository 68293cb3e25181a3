"""Which draft a request is about, and what the one who asks may do with it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from petajabatan.inti.actor import Actor
from petajabatan.inti.jam import today
from petajabatan.jabatan.queries import PetaTidakAda, versions
from petajabatan.pegawai.models import RingkasanInstansi
from petajabatan.pegawai.queries import stored_b_holds
from petajabatan.usulan.models import Usulan
from petajabatan.usulan.rules.alur import AKHIR
from petajabatan.usulan.services.draf import DAPAT_DIUBAH
from petajabatan.usulan.services.hak import may_draft
from petajabatan.web.peta.konteks import Konteks, code_of, day_of_b


@dataclass(frozen=True)
class KonteksDraf:
    """A draft laid over its base version. ``peta`` is that base: the same map the published page shows."""

    usulan: Usulan
    peta: Konteks
    boleh_ubah: bool
    """Whether this person may edit it now: drafts for the instansi, and its status allows edits."""
    sebab_baca: str
    """Why it can only be read, for people; empty when it can be edited."""
    tertinggal: int
    """By how many versions the published map is ahead of the base; 0 for an usulan that has ended:
    nothing brings it up to date any more."""

    @property
    def dasar(self) -> str:
        """Address of the page; what is below it begins with this."""
        return reverse("sunting:peta", args=[self.usulan.pk])

    def menjangkau(self, jalur: Iterable[int]) -> bool:
        """Whether a draft bound to a branch reaches the unit at the end of this way down from the root."""
        return self.usulan.cabang_id is None or self.usulan.cabang_id in jalur

    @property
    def params(self) -> dict[str, Any]:
        """Parameters every statement about this draft takes."""
        return self.peta.params | {"usulan": self.usulan.pk}


def draft_of(request: HttpRequest, usulan_id: int) -> KonteksDraf:
    """The draft as the one behind the request sees it. Raises Http404 for a draft the wall hides."""
    return draft_for(request.actor, usulan_id)  # type: ignore[attr-defined]


def draft_for(actor: Actor, usulan_id: int) -> KonteksDraf:
    """Four statements, whatever the size of the map. Raises Http404 for a draft the wall hides."""
    usulan = Usulan.objects.select_related("instansi").filter(pk=usulan_id).first()
    if usulan is None:
        raise Http404(_("Usulan itu tidak ada atau berada di luar cakupan Anda."))
    semua = versions(usulan.instansi_id)
    base = next((v for v in semua if v.nomor == usulan.dasar_versi), None)
    if base is None:
        raise PetaTidakAda(_("Versi dasar usulan ini tidak ditemukan."))
    hari = today()
    ringkasan = RingkasanInstansi.objects.filter(pk=usulan.instansi_id).first()
    konteks = Konteks(
        instansi=usulan.instansi,
        kode=code_of(usulan.instansi),
        versi=base.nomor,
        berlaku=base.berlaku,
        terakhir=base.nomor == semua[0].nomor,
        kini=next((v.nomor for v in semua if v.berlaku <= hari), None),
        semua=tuple(semua),
        stempel=ringkasan.stempel if ringkasan else 0,
        b_pada=ringkasan.dihitung_pada if ringkasan else None,
        hari=hari,
        hari_b=day_of_b(semua, base.nomor, hari, None),
        b_segar=ringkasan is None or ringkasan.b_hari == hari or stored_b_holds(usulan.instansi_id, hari),
    )
    sebab = _why_read_only(actor, usulan)
    behind = 0 if usulan.status in AKHIR else semua[0].nomor - base.nomor
    return KonteksDraf(usulan, konteks, not sebab, sebab, behind)


def _why_read_only(actor: Actor, usulan: Usulan) -> str:
    try:
        may_draft(actor, usulan.instansi_id, usulan.layanan, usulan.cabang_id)
    except PermissionDenied:
        return _("Peran Anda membaca usulan ini, tidak mengubahnya.")
    if usulan.status not in DAPAT_DIUBAH:
        return _("Usulan berstatus “%(status)s” tidak dapat diubah.") % {
            "status": _(usulan.get_status_display())
        }
    return ""
