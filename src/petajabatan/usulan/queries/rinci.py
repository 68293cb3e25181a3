"""One usulan as its page shows it."""

from __future__ import annotations

from dataclasses import dataclass, field

from petajabatan.inti.actor import Actor
from petajabatan.jabatan.rules.isian import BAGIAN, isian_of
from petajabatan.usulan.models import Komentar, Operasi, Persetujuan, RiwayatUsulan, Usulan
from petajabatan.usulan.queries.pandangan import PandanganDraf
from petajabatan.usulan.rules.alur import ALUR_UTAMA, JUDUL, TABEL, Transisi, hak_of
from petajabatan.usulan.rules.alur import HAK as HAK_AKUN
from petajabatan.usulan.rules.objek import Objek
from petajabatan.usulan.services.izin import role_for

UTAMA = {
    "draf": ("ajukan-ke-penyetuju",),
    "menunggu_persetujuan": ("tanda-tangani",),
    "diajukan": ("ambil",),
    "diverifikasi": ("setujui", "periksa-kedua"),
    "perbaikan": ("ajukan-ke-penyetuju",),
    "disetujui": ("tetapkan",),
}
"""The obvious next step of a state, for those who may take it."""


@dataclass(frozen=True)
class Tombol:
    """An action this actor may take now."""

    tindakan: str
    utama: bool
    langsung: bool
    """Needs nothing but the press: no reason, no letter."""
    milik_lain: bool = False
    """Takes it out of the hands of another."""


def actions_for(actor: Actor, usulan: Usulan) -> list[Tombol]:
    """Actions whose role the actor has in this state, the obvious one first. Reads nothing."""
    found = []
    for step in TABEL:
        if step.dari != usulan.status or not _may(actor, usulan, step):
            continue
        if not _sensible(actor, usulan, step.tindakan):
            continue
        main = step.tindakan in UTAMA.get(usulan.status, ())
        others = step.tindakan == "lepas" and usulan.verifikator_id != actor.id
        direct = step.tindakan in ("ambil", "lepas") and not others
        found.append(Tombol(step.tindakan, main, direct, others))
    order = list(JUDUL)
    return sorted(found, key=lambda t: (not t.utama, order.index(t.tindakan)))


def offered(actor: Actor, usulan: Usulan, besar: bool, kedua: Persetujuan | None) -> list[Tombol]:
    """``actions_for`` without the second pair of eyes where it is not needed or has looked already."""
    wanted = besar and kedua is None
    return [t for t in actions_for(actor, usulan) if t.tindakan != "periksa-kedua" or wanted]


def second_pair(usulan: Usulan) -> Persetujuan | None:
    """The approval of the second pair of eyes that is in effect and of another account than the holder's.
    One statement."""
    rows = Persetujuan.objects.filter(usulan=usulan, pihak=Persetujuan.Pihak.BKN_KEDUA, gugur_pada=None)
    return rows.exclude(oleh_id=usulan.verifikator_id).first()


def _may(actor: Actor, usulan: Usulan, step: Transisi) -> bool:
    rights = tuple(HAK_AKUN[hak][usulan.layanan] for hak in hak_of(step, usulan.jenis))
    return role_for(actor, rights, usulan) is not None


def _sensible(actor: Actor, usulan: Usulan, tindakan: str) -> bool:
    """Not offered although the role would allow it: what belongs to the holder, to others to the others."""
    if usulan.status != "diverifikasi":
        return True
    holder = usulan.verifikator_id == actor.id
    if tindakan == "periksa-kedua":
        return not holder
    return holder or tindakan == "lepas"


@dataclass
class Langkah:
    """A station of the way: reached when and by whom; ``kini`` the present one."""

    status: str
    kini: bool = False
    lewat: bool = False
    riwayat: RiwayatUsulan | None = None


def stations(usulan: Usulan, riwayat: list[RiwayatUsulan]) -> list[Langkah]:
    """The way as one line: the main states, with the last time each was reached; an usulan in repair or ended
    otherwise shows that state after those it has passed."""
    latest = {row.ke: row for row in riwayat if row.dari != row.ke}
    if usulan.status in ALUR_UTAMA:
        here = ALUR_UTAMA.index(usulan.status)
        return [
            Langkah(
                status,
                kini=n == here,
                lewat=n < here or usulan.status == "ditetapkan",
                riwayat=latest.get(status) if n <= here else None,
            )
            for n, status in enumerate(ALUR_UTAMA)
        ]
    passed = [s for s in ALUR_UTAMA[:-1] if s == "draf" or s in latest]
    way = [Langkah(s, lewat=True, riwayat=latest.get(s)) for s in passed]
    return [*way, Langkah(usulan.status, kini=True, riwayat=latest.get(usulan.status))]


@dataclass
class Utas:
    """A thread: a remark and its answers."""

    induk: Komentar
    balasan: list[Komentar] = field(default_factory=list)

    @property
    def bagian(self) -> tuple[int, str, str] | None:
        """The informasi jabatan, the section and its name, where the remark is about one."""
        if self.induk.objek != "isian" or self.induk.objek_id is None:
            return None
        owner, code = isian_of(self.induk.objek_id)
        return None if code == "abk" else (owner, code, BAGIAN[code][1])

    @property
    def dijawab(self) -> bool:
        return any(b.pihak == "instansi" for b in self.balasan)

    @property
    def terbuka(self) -> bool:
        return self.induk.selesai_pada is None


def threads(usulan_id: int) -> list[Utas]:
    """All threads in the order they were begun. One statement."""
    found: dict[int, Utas] = {}
    for row in Komentar.objects.filter(usulan_id=usulan_id).order_by("id"):
        if row.balasan_untuk_id is None:
            found[row.pk] = Utas(row)
        elif row.balasan_untuk_id in found:
            found[row.balasan_untuk_id].balasan.append(row)
    return list(found.values())


DIKEMBALIKAN = ("minta-perbaikan", "kembalikan")


@dataclass(frozen=True)
class ButirPerbaikan:
    """One remark that waits: the thread, and what it stands on in words (operation, or unit or box)."""

    utas: Utas
    operasi: str = ""
    objek: str = ""


@dataclass(frozen=True)
class Perbaikan:
    """Why an usulan came back: the step (who, when, the reason) and the remarks still open."""

    langkah: RiwayatUsulan
    butir: list[ButirPerbaikan]


def sent_back(usulan: Usulan, riwayat: list[RiwayatUsulan], utas: list[Utas]) -> Perbaikan | None:
    """For an usulan that was sent back and not handed over since. A few statements when it was."""
    last = next((row for row in reversed(riwayat) if row.dari != row.ke), None)
    if last is None or last.tindakan not in DIKEMBALIKAN or usulan.status != last.ke:
        return None
    waiting = [
        u for u in utas if u.terbuka and (u.induk.minta_perbaikan or u.induk.operasi_nomor is not None)
    ]
    numbers = {u.induk.operasi_nomor for u in waiting if u.induk.operasi_nomor is not None}
    rows = Operasi.objects.filter(usulan=usulan, nomor__in=numbers).values_list("nomor", "ringkas")
    told = dict(rows) if numbers else {}
    names = remarked_objects(usulan, waiting)
    return Perbaikan(
        last,
        [
            ButirPerbaikan(u, told.get(u.induk.operasi_nomor or 0, ""), names.get(u.induk.pk, ""))
            for u in waiting
        ],
    )


def remarked_objects(usulan: Usulan, utas: list[Utas]) -> dict[int, str]:
    """The names of the units and boxes that threads stand on, by thread. Two statements per kind at most."""
    view = PandanganDraf(usulan)
    found: dict[int, str] = {}
    kinds: tuple[Objek, Objek] = ("unor", "posisi")
    for objek in kinds:
        on = {u.induk.pk: u.induk.objek_id for u in utas if u.induk.objek == objek and u.induk.objek_id}
        ids = sorted(set(on.values()))
        if not ids:
            continue
        states, base = view.keadaan(objek, ids), view.terbit(objek, ids)
        for thread, key in on.items():
            isi = states[key].isi or base.get(key)
            found[thread] = isi.nama if isi is not None else "–"
    return found
