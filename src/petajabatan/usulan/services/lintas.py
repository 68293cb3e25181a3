"""Bundles: usulan of several instansi that are published together or not at all."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import transaction

from petajabatan.akun.rules import roles_that_may
from petajabatan.inti.actor import Actor
from petajabatan.inti.izin import require
from petajabatan.inti.kabar import notify
from petajabatan.inti.temuan import Ditolak, Temuan
from petajabatan.jabatan.queries.versi import last_version
from petajabatan.referensi.models import Instansi
from petajabatan.usulan.models import Lintas, Usulan
from petajabatan.usulan.queries import penerima
from petajabatan.usulan.services.kabar import address_of

BAGIAN_MAKS = 40
"""Instansi in one bundle."""


@transaction.atomic
def create_bundle(actor: Actor, judul: str, instansi_ids: Iterable[int], *, keterangan: str = "") -> Lintas:
    """Open a bundle: one draft for each instansi (at least two, each with a map), worked on and approved by
    its own people. BKN opens it, because nobody else may write at several instansi.

    Raises PermissionDenied, Ditolak. Pressed twice with the same title and instansi it gives the same bundle.
    """
    require(actor, *roles_that_may("verifikasi"))
    title = " ".join(judul.split())[:200]
    ids = sorted(set(instansi_ids))
    _check(title, ids)
    same = _same(actor, title, ids)
    if same is not None:
        return same
    lintas = Lintas.objects.create(judul=title, dibuat_oleh_id=actor.id)
    for instansi_id in ids:
        last = last_version(instansi_id)
        assert last is not None
        usulan = Usulan.objects.create(
            instansi_id=instansi_id,
            jenis=Usulan.Jenis.LINTAS,
            judul=title,
            keterangan=keterangan.strip(),
            dasar_versi=last.nomor,
            lintas=lintas,
            dibuat_oleh_id=actor.id,
            dibuat_oleh=actor.nama[:200],
        )
        notify(
            actor,
            penerima.drafters(usulan) - {actor.id or 0},
            f"Usulan lintas instansi {usulan.nomor} dibuka BKN untuk instansi Anda",
            title,
            address_of(usulan.pk),
            kunci=f"usulan:{usulan.pk}:lintas",
        )
    return lintas


def _check(title: str, ids: list[int]) -> None:
    found = []
    if not title:
        found.append(Temuan("judul-kosong", "galat", "Judul kosong.", "Isi judulnya.", kolom="judul"))
    if not 2 <= len(ids) <= BAGIAN_MAKS:
        found.append(
            Temuan(
                "lintas-kurang-instansi",
                "galat",
                f"Usulan lintas memerlukan 2 sampai {BAGIAN_MAKS} instansi, terpilih {len(ids)}.",
                "Pilih instansi yang terlibat.",
                kolom="instansi",
            )
        )
    names = dict(Instansi.objects.filter(pk__in=ids).values_list("pk", "nama"))
    for instansi_id in ids:
        if instansi_id not in names or last_version(instansi_id) is None:
            found.append(
                Temuan(
                    "peta-belum-ada",
                    "galat",
                    f"{names.get(instansi_id, f'Instansi {instansi_id}')} belum mempunyai peta jabatan.",
                    "Muat dahulu unitnya lewat halaman Impor.",
                    kolom="instansi",
                    nilai=str(instansi_id),
                )
            )
    if found:
        raise Ditolak(found)


def _same(actor: Actor, title: str, ids: list[int]) -> Lintas | None:
    """The bundle this account opened last, if it is the same one and nobody has gone on with it."""
    last = Lintas.objects.filter(dibuat_oleh_id=actor.id, judul=title).order_by("-id").first()
    if last is None:
        return None
    parts = list(last.usulan.order_by("instansi_id").values_list("instansi_id", "status", "revisi"))
    return last if parts == [(i, Usulan.Status.DRAF, 0) for i in ids] else None
