"""Who acts, on whose behalf and within which scope. Every service takes one ``Actor``."""

from __future__ import annotations

import uuid
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Izin:
    """One grant: a role in one scope.

    ``lingkup`` is ``nasional``, ``instansi``, ``unor`` (a subtree), ``kelompok`` (a pembina's own group of
    jabatan, nationwide) or ``diri`` (the person herself); the id belonging to it, if any, is in ``sasaran``.
    """

    peran: str
    lingkup: str
    sasaran: int | None = None
    instansi_id: int | None = None


@dataclass(frozen=True)
class Actor:
    """The acting person, machine or process.

    ``cakupan_*`` say whose people (``instansi``, ``unor``) and drafts
    (``draf``) the database lets this actor read (see ``inti.dinding``);
    ``izin`` say what the services let it do.
    """

    id: int | None
    nama: str
    izin: tuple[Izin, ...] = ()
    cakupan_nasional: bool = False
    cakupan_instansi: frozenset[int] = frozenset()
    cakupan_draf: frozenset[int] = frozenset()
    cakupan_unor: frozenset[int] = frozenset()
    pegawai_id: int | None = None
    scopes: frozenset[str] | None = None
    """OAuth scopes of a machine's token; None for people."""
    request_id: str = field(default_factory=lambda: uuid.uuid4().hex)
    alasan: str = ""

    @property
    def dikenal(self) -> bool:
        """Whether this is somebody: a person or machine that has identified itself."""
        return self.id is not None or self.cakupan_nasional

    def memegang(self, *peran: str, instansi_id: int | None = None) -> bool:
        """Whether the actor holds one of the roles, nationwide or (if given) at this instansi."""
        return any(
            izin.peran in peran
            and (
                instansi_id is None
                or izin.lingkup in ("nasional", "kelompok")
                or izin.instansi_id == instansi_id
            )
            for izin in self.izin
        )


ANONIM = Actor(id=None, nama="anonim")


def sistem(alasan: str) -> Actor:
    """The installation itself (command line, scheduled work), with nationwide scope."""
    return Actor(
        id=None, nama="sistem", izin=(Izin("sistem", "nasional"),), cakupan_nasional=True, alasan=alasan
    )
