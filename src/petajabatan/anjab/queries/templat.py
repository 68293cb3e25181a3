"""Templates of pembina: which there are, who follows them, and what is needed to read and compare one."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Max, Prefetch, Q, QuerySet
from django.http import Http404

from petajabatan.anjab.models import TemplatPembina, TemplatVersi
from petajabatan.anjab.rules.simpangan import Keadaan
from petajabatan.anjab.rules.templat import CariJabatan, names_in
from petajabatan.inti.actor import Actor
from petajabatan.jabatan.queries.acuan import jabatan_for
from petajabatan.jabatan.queries.peta import fetch
from petajabatan.organisasi.rules.baris import BarisPosisi
from petajabatan.referensi.models import Instansi, Jabatan, KelompokJabatan
from petajabatan.usulan.models import Usulan
from petajabatan.usulan.queries.isian import contents_of
from petajabatan.usulan.queries.pandangan import PandanganDraf
from petajabatan.usulan.rules.pandangan import JabatanAcuan, cabang

_FOLLOWERS = """SELECT DISTINCT ON (t.unor_id) t.unor_id, t.versi_id FROM templat_unor t
WHERE t.instansi_id = %(instansi)s
  AND (t.usulan_id = %(usulan)s OR (
    EXISTS (SELECT FROM peta_versi p WHERE p.instansi_id = t.instansi_id AND p.usulan_id = t.usulan_id
      AND p.nomor <= %(versi)s)
    AND NOT EXISTS (SELECT FROM usulan_keputusan k WHERE k.usulan_id = t.usulan_id AND k.dibatalkan_versi IS
    NOT NULL))) AND (t.kelompok IS NULL OR EXISTS (SELECT FROM usulan_operasi o WHERE o.usulan_id =
    t.usulan_id AND o.kelompok = t.kelompok AND o.aktif AND o.membatalkan IS NULL))
ORDER BY t.unor_id, t.id DESC"""


def ministries_of(actor: Actor) -> QuerySet[Instansi]:
    """The ministries for which the actor publishes templates. One statement."""
    if any(i.peran in ("admin-pusat", "sistem") and i.lingkup == "nasional" for i in actor.izin):
        return Instansi.objects.filter(aktif=True)
    mine = [i for i in actor.izin if i.peran == "pembina"]
    if any(i.lingkup == "nasional" for i in mine):
        return Instansi.objects.filter(aktif=True, jenis="P")
    groups = [i.sasaran for i in mine if i.lingkup == "kelompok" and i.sasaran is not None]
    keys = KelompokJabatan.objects.filter(pk__in=groups, pembina__isnull=False).values("pembina_id")
    return Instansi.objects.filter(pk__in=keys)


def publishes_for(actor: Actor, pembina_id: int) -> bool:
    return ministries_of(actor).filter(pk=pembina_id).exists()


def templates_for(actor: Actor) -> QuerySet[TemplatPembina]:
    """Templates with a published version, and the actor's own drafts; each with ``versi_terbit`` (its last
    published number, None without) and its versions."""
    own = Q(pembina__in=ministries_of(actor))
    published = Max("versi__nomor", filter=Q(versi__status="terbit"))
    versions = TemplatVersi.objects.defer("isi").order_by("-nomor")
    return (
        TemplatPembina.objects.select_related("pembina")
        .annotate(versi_terbit=published)
        .filter(Q(versi_terbit__isnull=False) | own)
        .prefetch_related(Prefetch("versi", versions))
        .order_by("pembina__nama", "nama", "id")
    )


def template_for(actor: Actor, templat_id: int) -> TemplatPembina:
    """One of them. Raises Http404."""
    found = templates_for(actor).filter(pk=templat_id).first()
    if found is None:
        raise Http404("Templat itu tidak ada, atau belum diterbitkan.")
    return found


def version_for(actor: Actor, templat_id: int, nomor: int) -> TemplatVersi:
    """A version: published, or a draft of one's own. Raises Http404."""
    templat = template_for(actor, templat_id)
    row = TemplatVersi.objects.select_related("templat__pembina").filter(templat=templat, nomor=nomor).first()
    if row is None or not (row.terbit or publishes_for(actor, templat.pembina_id)):
        raise Http404("Versi templat itu tidak ada, atau belum diterbitkan.")
    return row


def published_versions(jenis_master: str | None = None) -> list[TemplatVersi]:
    """The last published version of every template, for choosing; ``jenis_master``: only those meant for
    units of that kind."""
    rows = TemplatVersi.objects.filter(status="terbit").select_related("templat__pembina")
    if jenis_master is not None:
        rows = rows.filter(templat__jenis_master__in=["", jenis_master])
    last: dict[int, TemplatVersi] = {}
    for row in rows.order_by("templat__nama", "templat_id", "nomor"):
        last[row.templat_id] = row
    return list(last.values())


def jabatan_lookup(raw: Any) -> CariJabatan:
    """What the names and ids of jabatan in a structure are looked up in. Two statements, and one more when a
    name is not known."""
    names = names_in(raw)
    found = jabatan_for([BarisPosisi(baris=n, unor="", nama=name) for n, name in enumerate(names, 1)])
    rows = [
        JabatanAcuan(j.id, j.nama, j.jenis, j.jenjang, j.aktif)
        for group in found.menurut_nama.values()
        for j in group
    ]
    known = {row.id for row in rows}
    ids = {key for key in _ids_in(raw) if key not in known}
    more = Jabatan.objects.filter(pk__in=ids).values_list("id", "nama", "jenis", "jenjang_id", "aktif")
    rows += [
        JabatanAcuan(key, nama or "", jenis, jenjang, aktif) for key, nama, jenis, jenjang, aktif in more
    ]
    named = {" ".join(row.nama.lower().split()) for row in rows}
    unknown = [name for name in names if name.lower() not in named]
    return CariJabatan(rows, {name: found.saran(name, "") for name in unknown})


def _ids_in(raw: Any) -> list[int]:
    units = raw.get("unit") if isinstance(raw, dict) else None
    found = []
    for unit in units if isinstance(units, list) else ():
        posts = unit.get("posisi") if isinstance(unit, dict) else None
        for post in posts if isinstance(posts, list) else ():
            key = post.get("jabatan_id") if isinstance(post, dict) else None
            if isinstance(key, int) and not isinstance(key, bool) and 0 < key < 2**31:
                found.append(key)
    return found


def followers(usulan: Usulan) -> dict[int, int]:
    """Which unit of the draft follows which version (ids), published or applied by this draft. One statement;
    units that are gone are for the caller to leave out."""
    params = {"instansi": usulan.instansi_id, "usulan": usulan.pk, "versi": usulan.dasar_versi}
    return dict(fetch(_FOLLOWERS, params))


@dataclass(frozen=True, slots=True)
class Pengikut:
    """How many units of an instansi's published map follow a version."""

    instansi_id: int
    instansi: str
    nomor: int
    n: int


def published_followers(templat_id: int) -> list[Pengikut]:
    """Per instansi and version. One statement."""
    rows = fetch(
        "SELECT p.instansi_id, i.nama, p.nomor, count(*)::int FROM pengikut_templat(%(templat)s) p"
        " JOIN instansi i ON i.id = p.instansi_id GROUP BY 1, 2, 3 ORDER BY 2, 3",
        {"templat": templat_id},
    )
    return [Pengikut(*row) for row in rows]


def branch_states(
    usulan: Usulan, unor_ids: Iterable[int], view: PandanganDraf | None = None
) -> dict[int, Keadaan]:
    """The branches of these units of the draft, ready to be compared; units that are gone are left out."""
    view = view or PandanganDraf(usulan)
    branches: dict[int, Sequence[Any]] = {}
    for key in dict.fromkeys(unor_ids):
        units = cabang(view, key)
        if units:
            branches[key] = units
    boxes = view.kotak([u.id for units in branches.values() for u in units])
    served = {b.infojab_id for group in boxes.values() for b in group if b.infojab_id is not None}
    texts = contents_of(usulan, sorted(served))
    return {key: Keadaan(units, {u.id: boxes[u.id] for u in units}, texts) for key, units in branches.items()}
