"""Bringing a draft onto the newest published version, and deciding conflicts."""

from __future__ import annotations

from dataclasses import dataclass, field

from django.db import transaction
from django.db.models import Max
from django.http import Http404
from django.utils import timezone

from petajabatan.inti.actor import Actor
from petajabatan.inti.temuan import refuse
from petajabatan.jabatan.queries.versi import last_version
from petajabatan.usulan.models import (
    KonflikUsulan,
    Operasi,
    Usulan,
    UsulanIsian,
    UsulanPosisi,
    UsulanTotal,
    UsulanUnor,
)
from petajabatan.usulan.queries.acuan import AcuanDb
from petajabatan.usulan.queries.draf import net_changes, whole_draft
from petajabatan.usulan.queries.pandangan import PandanganDraf
from petajabatan.usulan.queries.selaras import GANTUNG, merged, open_rows
from petajabatan.usulan.rules.objek import Perubahan, perubahan_from_json
from petajabatan.usulan.rules.selaras import HasilSelaras, Konflik
from petajabatan.usulan.rules.total import carried_people, deltas, rollup_of
from petajabatan.usulan.services.hak import may_draft, may_settle
from petajabatan.usulan.services.persetujuan import back_to_draft_on_edit
from petajabatan.usulan.services.simpan import lock, refresh_all_findings, store_objects, store_totals

TAMAT = ("ditetapkan", "ditolak", "dibatalkan")
IKUT = "_ikut"
"""Beside the published columns of a removal: what goes or stays along with it."""


@dataclass
class HasilPenyelarasan:
    """``selaras``: the draft stands on the last version (``dari`` → ``ke``); else ``konflik`` are open."""

    usulan: Usulan
    dari: int
    ke: int
    selaras: bool = True
    konflik: list[KonflikUsulan] = field(default_factory=list)


def rebase(actor: Actor, usulan_id: int) -> HasilPenyelarasan:
    """Bring the draft onto the last published version where nothing conflicts.

    What both changed differently is stored as conflicts to be decided; until all are, the draft stays on
    its base as it is. Already there: nothing happens. Raises PermissionDenied, Http404, Ditolak for an
    usulan that has ended.
    """
    with transaction.atomic():
        usulan = lock(usulan_id)
        if not actor.memegang("verifikator-bkn", "instansi-penetapan-sotk", instansi_id=usulan.instansi_id):
            may_draft(actor, usulan.instansi_id, usulan.layanan, usulan.cabang_id)
        return rebase_locked(actor, usulan)


def rebase_locked(actor: Actor, usulan: Usulan) -> HasilPenyelarasan:
    """``rebase`` for an usulan the caller has locked and may act on."""
    if usulan.status in TAMAT:
        refuse(
            "usulan-sudah-berakhir", f"Usulan ini {usulan.get_status_display().lower()}.", "Buat usulan baru."
        )
    last = last_version(usulan.instansi_id)
    assert last is not None
    base = usulan.dasar_versi
    if last.nomor == base:
        return HasilPenyelarasan(usulan, base, base)
    draft, result = merged(usulan, last.nomor)
    if result.konflik:
        return HasilPenyelarasan(usulan, base, last.nomor, False, _keep(usulan, last.nomor, result.konflik))
    _store(actor, usulan, draft, result, base, last.nomor)
    return HasilPenyelarasan(usulan, base, last.nomor)


def _keep(usulan: Usulan, versi: int, conflicts: list[Konflik]) -> list[KonflikUsulan]:
    KonflikUsulan.objects.bulk_create(
        [
            KonflikUsulan(
                usulan=usulan,
                instansi_id=usulan.instansi_id,
                objek=c.objek,
                objek_id=c.id,
                kolom=c.kolom,
                versi=versi,
                dasar=c.dasar,
                milik_usulan=c.usulan,
                milik_terbit=_with_company(c),
            )
            for c in conflicts
        ],
        ignore_conflicts=True,
    )
    return open_rows(usulan, versi, conflicts)


def _with_company(c: Konflik) -> object:
    """The published side; for a removal along with what goes or stays with it and what was changed in it."""
    if not c.ikut and set(c.sebab) <= {(c.objek, c.id)}:
        return c.terbit
    return {
        **(c.terbit or {}),
        IKUT: {
            "unor": [key for kind, key in c.ikut if kind == "unor"],
            "posisi": [key for kind, key in c.ikut if kind == "posisi"],
            "sebab": [[kind, key] for kind, key in c.sebab],
        },
    }


def _store(
    actor: Actor, usulan: Usulan, draft: list[Perubahan], result: HasilSelaras, base: int, target: int
) -> None:
    after = result.perubahan
    usulan.dasar_versi = target
    usulan.revisi += 1
    usulan.tumpukan_ulang = []
    usulan.save(update_fields=["dasar_versi", "revisi", "tumpukan_ulang", "diubah"])
    UsulanUnor.objects.filter(usulan=usulan).delete()
    UsulanPosisi.objects.filter(usulan=usulan).delete()
    UsulanIsian.objects.filter(usulan=usulan).delete()
    given_up = _give_up(usulan, result)
    last = Operasi.objects.filter(usulan=usulan).aggregate(n=Max("nomor"), k=Max("kelompok"))
    Operasi.objects.create(
        usulan=usulan,
        instansi_id=usulan.instansi_id,
        nomor=(last["n"] or 0) + 1,
        kelompok=(last["k"] or 0) + 1,
        jenis="selaras",
        isi={
            "dari": base,
            "ke": target,
            "objek": len(draft),
            "tinggal": len(after),
            "gugur": [row.nomor for row in given_up],
        },
        perubahan=[],
        ringkas=(
            f"Diselaraskan dengan peta versi {target} (semula versi {base})"
            + "".join(f"; tidak jadi: {row.ringkas}" for row in given_up)
        )[:400],
        oleh_id=actor.id,
        oleh=actor.nama[:200],
        pada=timezone.now(),
    )
    view = PandanganDraf(usulan, AcuanDb(usulan.instansi_id))
    view.take(after)
    store_objects(usulan, view, [p.kunci for p in after], actor.nama)
    recompute_totals(usulan)
    refresh_all_findings(usulan, PandanganDraf(usulan, view.acuan), after)


def _give_up(usulan: Usulan, result: HasilSelaras) -> list[Operasi]:
    """Operations in effect that removed nothing but what was decided to stay: they count as undone."""
    back = {key for removal in result.dilepas for key in removal.terhapus | removal.dipindah}
    if not back:
        return []
    still = {p.kunci for p in result.perubahan}
    rows = Operasi.objects.filter(usulan=usulan, aktif=True, membatalkan=None).order_by("nomor")
    found = []
    for row in rows:
        keys = {(p.objek, p.id) for p in perubahan_from_json(row.perubahan)}
        if keys & back and not keys & still:
            found.append(row)
    Operasi.objects.filter(pk__in=[row.pk for row in found]).update(aktif=False)
    return found


def recompute_totals(usulan: Usulan) -> None:
    """The differences of totals from scratch: the map with the draft minus the map without."""
    before = whole_draft(usulan, draf=False)
    after = whole_draft(usulan)
    b = before.orang([box.id for box in before.boxes()])
    net = net_changes(usulan)
    old = rollup_of(before.units(), before.boxes(), b)
    new = rollup_of(after.units(), after.boxes(), carried_people(net, b))
    UsulanTotal.objects.filter(usulan=usulan).delete()
    store_totals(usulan, deltas(old, new))


def decide(actor: Actor, usulan_id: int, konflik_id: int, keputusan: str) -> HasilPenyelarasan:
    """Decide one conflict (``usulan`` or ``terbit``) and go on with the rebase. A decision made stays made.

    Raises PermissionDenied, Http404, Ditolak.
    """
    with transaction.atomic():
        usulan = lock(usulan_id)
        may_settle(actor, usulan)
        row = KonflikUsulan.objects.select_for_update().filter(usulan=usulan, pk=konflik_id).first()
        if row is None:
            raise Http404("Pertentangan itu tidak ada.")
        if keputusan not in ("usulan", "terbit"):
            refuse("keputusan-tidak-dikenal", "Pilihan tidak dikenal.", "Pilih usulan atau terbit.")
        if row.keputusan and row.keputusan != keputusan:
            refuse(
                "sudah-diputus",
                f"Pertentangan ini sudah diputus oleh {row.diputus_oleh}.",
                "Ubah objeknya langsung bila keputusannya keliru.",
            )
        if row.kolom == GANTUNG and keputusan == "usulan" and row.milik_terbit is None:
            refuse(
                "tanpa-tempat-gantung",
                "Unit atasannya sudah dihapus dan tidak mempunyai penerus.",
                "Pindahkan dahulu objeknya ke unit lain, atau pilih mengikuti peta terbit.",
            )
        if not row.keputusan:
            back_to_draft_on_edit(actor, usulan)  # what was signed is another content then
            row.keputusan, row.diputus_oleh, row.diputus_pada = keputusan, actor.nama[:200], timezone.now()
            row.save(update_fields=["keputusan", "diputus_oleh", "diputus_pada"])
        return rebase_locked(actor, usulan)
