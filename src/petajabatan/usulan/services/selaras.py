"""Bringing a draft onto the newest published version, and deciding conflicts."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from petajabatan.inti.actor import Actor
from petajabatan.inti.temuan import Ditolak, Temuan
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
from petajabatan.usulan.queries.draf import net_changes, published_states, whole_draft
from petajabatan.usulan.queries.hapusan import last_actions, newcomers
from petajabatan.usulan.queries.pandangan import PandanganDraf
from petajabatan.usulan.rules.objek import Keadaan, Perubahan, isi_to_dict, perubahan_from_json
from petajabatan.usulan.rules.pandangan import atas
from petajabatan.usulan.rules.selaras import HasilSelaras, Konflik, parents_gone, selaraskan
from petajabatan.usulan.rules.total import carried_people, deltas, rollup_of
from petajabatan.usulan.services.persetujuan import back_to_draft_on_edit
from petajabatan.usulan.services.simpan import lock, refresh_all_findings, store_objects, store_totals

TAMAT = ("ditetapkan", "ditolak", "dibatalkan")
GANTUNG = "atasan"
"""Column name of a conflict about an object that would hang on a unit somebody else removed."""
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


def behind(usulan: Usulan) -> int:
    """By how many versions the published map is ahead of the draft's base."""
    last = last_version(usulan.instansi_id)
    return 0 if last is None else last.nomor - usulan.dasar_versi


def rebase(actor: Actor, usulan_id: int) -> HasilPenyelarasan:
    """Bring the draft onto the last published version where nothing conflicts.

    What both changed differently is stored as conflicts to be decided; until all are, the draft stays on
    its base as it is. Already there: nothing happens. Raises PermissionDenied, Http404, Ditolak for an
    usulan that has ended.
    """
    from petajabatan.usulan.services.hak import may_draft

    with transaction.atomic():
        usulan = lock(usulan_id)
        if not actor.memegang("verifikator-bkn", "instansi-penetapan-sotk", instansi_id=usulan.instansi_id):
            may_draft(actor, usulan.instansi_id, usulan.layanan, usulan.cabang_id)
        return rebase_locked(actor, usulan)


def rebase_locked(actor: Actor, usulan: Usulan) -> HasilPenyelarasan:
    """``rebase`` for an usulan the caller has locked and may act on."""
    if usulan.status in TAMAT:
        raise Ditolak(
            [
                Temuan(
                    "usulan-sudah-berakhir",
                    "galat",
                    f"Usulan ini {usulan.get_status_display().lower()}.",
                    "Buat usulan baru.",
                )
            ]
        )
    last = last_version(usulan.instansi_id)
    assert last is not None
    base = usulan.dasar_versi
    if last.nomor == base:
        return HasilPenyelarasan(usulan, base, base)
    draft, result = _merged(usulan, last.nomor)
    if result.konflik:
        return HasilPenyelarasan(usulan, base, last.nomor, False, _keep(usulan, last.nomor, result.konflik))
    _store(actor, usulan, draft, result, base, last.nomor)
    return HasilPenyelarasan(usulan, base, last.nomor)


def pending_conflicts(usulan: Usulan) -> list[Konflik]:
    """What would have to be decided to bring the draft onto the last version; writes nothing. One statement
    for a draft that stands on it."""
    last = last_version(usulan.instansi_id)
    if last is None or last.nomor == usulan.dasar_versi:
        return []
    return _merged(usulan, last.nomor)[1].konflik


def _merged(usulan: Usulan, target: int) -> tuple[list[Perubahan], HasilSelaras]:
    """The draft, and the draft on version ``target`` with what was decided for it."""
    draft = net_changes(usulan)
    states = published_states(usulan.instansi_id, [p.kunci for p in draft])
    decided = {
        (row.objek, row.objek_id, row.kolom): row.keputusan
        for row in KonflikUsulan.objects.filter(usulan=usulan, versi=target).exclude(keputusan="")
    }
    result = selaraskan(
        draft,
        states,
        decided,  # type: ignore[arg-type]
        tindakan=last_actions(usulan),
        penghuni=newcomers(usulan, draft),
    )
    _rehang(usulan, result, decided)
    return draft, result


def _rehang(usulan: Usulan, result: HasilSelaras, decided: dict[tuple[str, int, str], str]) -> None:
    """Objects of the draft that would hang on a unit the published map no longer has: under its successor, or
    given up, as decided; else a conflict."""
    alive = {p.id: p.sesudah.hidup for p in result.perubahan if p.objek == "unor"}
    wanted = {atas(p.sesudah.isi) for p in result.perubahan if p.sesudah.isi is not None}
    others = published_states(
        usulan.instansi_id, [("unor", key) for key in wanted if key and key not in alive]
    )
    heirs = {key: state.penerus for (_, key), state in others.items() if not state.hidup}
    alive |= {key: state.hidup for (_, key), state in others.items()}
    lost = parents_gone(result.perubahan, alive)
    for p in lost:
        choice = decided.get((p.objek, p.id, GANTUNG))
        assert p.sesudah.isi is not None
        above = atas(p.sesudah.isi)
        heir = next((h for h in heirs.get(above or 0, ()) if _alive(usulan, h)), None)
        n = result.perubahan.index(p)
        if choice == "terbit":
            del result.perubahan[n]
        elif choice == "usulan" and heir is not None:
            column = "atasan_id" if p.objek == "unor" else "unor_id"
            moved: dict[str, Any] = {column: heir}
            isi = p.sesudah.isi._replace(**moved)
            result.perubahan[n] = Perubahan(p.objek, p.id, p.sebelum, Keadaan(isi))
        else:
            result.konflik.append(Konflik(p.objek, p.id, GANTUNG, above, isi_to_dict(p.sesudah.isi), heir))


def _alive(usulan: Usulan, unor_id: int) -> bool:
    return published_states(usulan.instansi_id, [("unor", unor_id)])[("unor", unor_id)].hidup


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
    return _open_rows(usulan, versi, conflicts)


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


def open_conflicts(usulan: Usulan) -> list[KonflikUsulan]:
    """Recorded conflicts that are still to be decided: not those that an edit settled since, or that a later
    version brings again."""
    last = last_version(usulan.instansi_id)
    return [] if last is None else _open_rows(usulan, last.nomor, pending_conflicts(usulan))


def _open_rows(usulan: Usulan, versi: int, conflicts: list[Konflik]) -> list[KonflikUsulan]:
    wanted = {c.kunci for c in conflicts}
    rows = KonflikUsulan.objects.filter(usulan=usulan, versi=versi, keputusan="")
    return [
        row
        for row in rows.order_by("objek", "objek_id", "kolom")
        if (row.objek, row.objek_id, row.kolom) in wanted
    ]


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
    from django.http import Http404

    from petajabatan.usulan.services.hak import may_settle

    with transaction.atomic():
        usulan = lock(usulan_id)
        may_settle(actor, usulan)
        row = KonflikUsulan.objects.select_for_update().filter(usulan=usulan, pk=konflik_id).first()
        if row is None:
            raise Http404("Pertentangan itu tidak ada.")
        if keputusan not in ("usulan", "terbit"):
            raise Ditolak(
                [
                    Temuan(
                        "keputusan-tidak-dikenal",
                        "galat",
                        "Pilihan tidak dikenal.",
                        "Pilih usulan atau terbit.",
                    )
                ]
            )
        if row.keputusan and row.keputusan != keputusan:
            raise Ditolak(
                [
                    Temuan(
                        "sudah-diputus",
                        "galat",
                        f"Pertentangan ini sudah diputus oleh {row.diputus_oleh}.",
                        "Ubah objeknya langsung bila keputusannya keliru.",
                    )
                ]
            )
        if row.kolom == GANTUNG and keputusan == "usulan" and row.milik_terbit is None:
            raise Ditolak(
                [
                    Temuan(
                        "tanpa-tempat-gantung",
                        "galat",
                        "Unit atasannya sudah dihapus dan tidak mempunyai penerus.",
                        "Pindahkan dahulu objeknya ke unit lain, atau pilih mengikuti peta terbit.",
                    )
                ]
            )
        if not row.keputusan:
            back_to_draft_on_edit(actor, usulan)  # what was signed is another content then
            row.keputusan, row.diputus_oleh, row.diputus_pada = keputusan, actor.nama[:200], timezone.now()
            row.save(update_fields=["keputusan", "diputus_oleh", "diputus_pada"])
        return rebase_locked(actor, usulan)
