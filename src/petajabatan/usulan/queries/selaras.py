"""A draft beside the newest published version: how far it is behind, and what conflicts."""

from __future__ import annotations

from typing import Any

from petajabatan.jabatan.queries.versi import last_version
from petajabatan.usulan.models import KonflikUsulan, Usulan
from petajabatan.usulan.queries.draf import net_changes, published_states
from petajabatan.usulan.queries.hapusan import last_actions, newcomers
from petajabatan.usulan.rules.objek import Keadaan, Perubahan, isi_to_dict
from petajabatan.usulan.rules.pandangan import atas
from petajabatan.usulan.rules.selaras import HasilSelaras, Konflik, parents_gone, selaraskan

GANTUNG = "atasan"
"""Column name of a conflict about an object that would hang on a unit somebody else removed."""


def behind(usulan: Usulan) -> int:
    """By how many versions the published map is ahead of the draft's base."""
    last = last_version(usulan.instansi_id)
    return 0 if last is None else last.nomor - usulan.dasar_versi


def pending_conflicts(usulan: Usulan) -> list[Konflik]:
    """What would have to be decided to bring the draft onto the last version; writes nothing. One statement
    for a draft that stands on it."""
    last = last_version(usulan.instansi_id)
    if last is None or last.nomor == usulan.dasar_versi:
        return []
    return merged(usulan, last.nomor)[1].konflik


def open_conflicts(usulan: Usulan) -> list[KonflikUsulan]:
    """Recorded conflicts that are still to be decided: not those that an edit settled since, or that a later
    version brings again."""
    last = last_version(usulan.instansi_id)
    return [] if last is None else open_rows(usulan, last.nomor, pending_conflicts(usulan))


def merged(usulan: Usulan, target: int) -> tuple[list[Perubahan], HasilSelaras]:
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
        decided,
        tindakan=last_actions(usulan),
        penghuni=newcomers(usulan, draft),
    )
    _rehang(usulan, result, decided)
    return draft, result


def open_rows(usulan: Usulan, versi: int, conflicts: list[Konflik]) -> list[KonflikUsulan]:
    """The recorded rows of these conflicts that nobody has decided yet."""
    wanted = {c.kunci for c in conflicts}
    rows = KonflikUsulan.objects.filter(usulan=usulan, versi=versi, keputusan="")
    return [
        row
        for row in rows.order_by("objek", "objek_id", "kolom")
        if (row.objek, row.objek_id, row.kolom) in wanted
    ]


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
