"""Which map a request is about: instansi by code, version by number or date."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from petajabatan.inti.jam import today
from petajabatan.jabatan.queries import PetaTidakAda, versions
from petajabatan.jabatan.queries.versi import cancelled
from petajabatan.organisasi.models import PetaVersi
from petajabatan.pegawai.models import RingkasanInstansi
from petajabatan.pegawai.queries import stored_b_holds
from petajabatan.referensi.models import Instansi

SELAMANYA = 2147483647


@dataclass(frozen=True)
class Konteks:
    """One instansi's map as of one version.

    ``terakhir``: it is the last published version. ``kini``: number of the version in force today (None while
    none is). ``hari_b``: the day B is counted for, as ``pegawai.queries.peta_with_b`` has it: the date asked
    for, else today; for a superseded version the last day it was in force, for a scheduled one its first.
    ``b_pada``: when today's B was computed.
    """

    instansi: Instansi
    kode: str
    versi: int
    berlaku: dt.date
    terakhir: bool
    kini: int | None
    semua: tuple[PetaVersi, ...]
    stempel: int
    b_pada: dt.datetime | None
    hari: dt.date
    hari_b: dt.date
    b_segar: bool
    """Whether the stored counts are those of today; otherwise B is counted from the seats."""
    tanggal: dt.date | None = None
    """The date asked for, if the map was asked for by date."""

    @property
    def cepat(self) -> bool:
        """Whether the totals the database keeps (version in force, today's people) are the ones asked for."""
        in_force = self.kini if self.kini is not None else self.semua[-1].nomor
        return self.tersimpan and self.versi == in_force

    @property
    def batal(self) -> dict[int, int]:
        """Numbers of the versions cancelled before their day, each with the version that did it."""
        return cancelled(self.semua)

    @property
    def batal_oleh(self) -> int | None:
        """Number of the version that cancelled the one shown."""
        return self.batal.get(self.versi)

    @property
    def tersimpan(self) -> bool:
        """Whether the stored counts per box are the ones asked for."""
        return self.hari_b == self.hari and self.b_segar

    @property
    def kueri(self) -> str:
        """The part of a query string that leads back to this version and day."""
        if self.tanggal is not None:
            return f"tanggal={self.tanggal.isoformat()}"
        return f"versi={self.versi}"

    @property
    def dasar(self) -> str:
        """Address of the map's page; what is below it begins with this."""
        return reverse("peta:peta", args=[self.kode])

    @property
    def params(self) -> dict[str, Any]:
        """Parameters every statement about this map takes."""
        return {"instansi": self.instansi.pk, "versi": self.versi, "hari_b": self.hari_b}


def code_of(instansi: Instansi) -> str:
    """The code in the URL: kode cepat, or ``id-<n>`` for the few instansi without one."""
    return instansi.kode_cepat or f"id-{instansi.pk}"


def instansi_of(kode: str) -> Instansi:
    """Raises Http404 naming the code. One statement."""
    rows = Instansi.objects.filter(kode_cepat=kode)
    if kode.startswith("id-") and kode[3:].isdigit() and len(kode) < 12:
        rows = Instansi.objects.filter(pk=int(kode[3:]))
    found = rows.order_by("-aktif", "ringkasan__instansi", "id").first()
    if found is None:
        raise Http404(_("Tidak ada instansi dengan kode “%(kode)s”.") % {"kode": kode})
    return found


def _number(text: str | None) -> int | None:
    return int(text) if text and text.isdigit() and len(text) < 10 else None


def parse_date(text: str | None) -> dt.date | None:
    try:
        return dt.date.fromisoformat(text) if text else None
    except ValueError:
        raise PetaTidakAda(
            _("Tanggal “%(tanggal)s” tidak dikenal; tulis tahun-bulan-hari, misalnya 2026-11-23.")
            % {"tanggal": text}
        ) from None


def choose(semua: list[PetaVersi], hari: dt.date, versi: str | None, tanggal: str | None) -> PetaVersi:
    """The version meant by ``versi`` or ``tanggal``; the one in force today when neither is given.

    In force on a day is the highest number with ``berlaku`` ≤ day. A map that starts only later shows its
    first version. Raises PetaTidakAda with the remedy.
    """
    if not semua:
        raise PetaTidakAda(_("Instansi ini belum mempunyai peta jabatan."))
    if versi:
        nomor = _number(versi)
        for row in semua:
            if row.nomor == nomor:
                return row
        raise PetaTidakAda(
            _("Peta jabatan instansi ini tidak mempunyai versi %(versi)s (versi terakhir %(akhir)s).")
            % {"versi": versi, "akhir": semua[0].nomor}
        )
    on = parse_date(tanggal)
    for row in semua:
        if row.berlaku <= (on or hari):
            return row
    if on is None:
        return semua[-1]
    raise PetaTidakAda(
        _("Belum ada peta jabatan pada %(tanggal)s; versi pertama berlaku %(mulai)s.")
        % {"tanggal": on.isoformat(), "mulai": semua[-1].berlaku.isoformat()}
    )


def day_of_b(semua: list[PetaVersi], nomor: int, hari: dt.date, tanggal: dt.date | None) -> dt.date:
    """The day B is counted for (same rule as ``pegawai.queries.day_of_b``, without another statement)."""
    if tanggal is not None:
        return tanggal
    following = [v.berlaku for v in semua if v.nomor > nomor and v.berlaku <= hari]
    if following:
        return min(hari, min(following) - dt.timedelta(days=1))
    return max(hari, next(v.berlaku for v in semua if v.nomor == nomor))


def konteks_of(request: HttpRequest, kode: str) -> Konteks:
    """Four statements, whatever the size of the map, and one more while B is of another day. Raises Http404
    or PetaTidakAda."""
    instansi = instansi_of(kode)
    semua = versions(instansi.pk)
    hari = today()
    chosen = choose(semua, hari, request.GET.get("versi"), request.GET.get("tanggal"))
    tanggal = None if request.GET.get("versi") else parse_date(request.GET.get("tanggal"))
    ringkasan = RingkasanInstansi.objects.filter(pk=instansi.pk).first()
    return Konteks(
        instansi=instansi,
        kode=code_of(instansi),
        versi=chosen.nomor,
        berlaku=chosen.berlaku,
        terakhir=chosen.nomor == semua[0].nomor,
        kini=next((v.nomor for v in semua if v.berlaku <= hari), None),
        semua=tuple(semua),
        stempel=ringkasan.stempel if ringkasan else 0,
        b_pada=ringkasan.dihitung_pada if ringkasan else None,
        hari=hari,
        hari_b=day_of_b(semua, chosen.nomor, hari, tanggal),
        b_segar=ringkasan is None or ringkasan.b_hari == hari or stored_b_holds(instansi.pk, hari),
        tanggal=tanggal,
    )
