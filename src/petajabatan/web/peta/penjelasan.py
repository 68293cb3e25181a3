"""How a figure of the map came about: value, formula with the figures put in, rows behind it, policy, source
and date. Every figure of the page leads here."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from petajabatan.inti.actor import Actor
from petajabatan.jabatan.queries import posisi_detail, posisi_history, unor_detail
from petajabatan.jabatan.queries.pohon import PosisiRinci
from petajabatan.pegawai.models import JenisPegawai, KebijakanBezetting
from petajabatan.pegawai.queries import Bezetting, Penghuni, bezetting_of_boxes, outside_b, people_on
from petajabatan.web.peta.konteks import Konteks
from petajabatan.web.peta.rinci import boxes_of_unit, child_totals, unit_counts
from petajabatan.web.templatetags.format import angka, selisih, tanggal

UKURAN = ("kelas", "b", "k", "selisih")
DI_LUAR = {
    "terpisah": gettext_lazy("PPPK paruh waktu"),
    "PLT": gettext_lazy("Plt."),
    "PLH": gettext_lazy("Plh."),
    "PJ": gettext_lazy("penjabat"),
    "TT": gettext_lazy("tugas tambahan"),
    "tidak-aktif": gettext_lazy("tidak aktif"),
    "jenis-lain": gettext_lazy("jenis pegawai lain"),
}
"""Why somebody on a box is outside B, as pages say it (``pegawai.queries.outside_b``)."""


@dataclass(frozen=True)
class BarisJelas:
    """One row behind a figure; ``url`` explains the row's own figure."""

    nama: str
    nilai: int | None
    url: str = ""
    keterangan: str = ""


@dataclass(frozen=True)
class Penjelasan:
    """What the drawer shows. ``pada`` is the day the figure holds for; ``penghuni`` the people behind a B."""

    judul: str
    nilai: int | None
    rumus: str
    baris: list[BarisJelas] = field(default_factory=list)
    catatan: list[str] = field(default_factory=list)
    sumber: str = ""
    pada: dt.date | None = None
    selisih: bool = False
    judul_baris: str = ""
    penghuni: Penghuni | None = None
    kembali: str = ""
    abk: str = ""
    """Where the work behind a K is shown row by row."""


def _url(name: str, konteks: Konteks, *args: object) -> str:
    return f"{reverse(f'peta:{name}', args=[konteks.kode, *args])}?{konteks.kueri}"


def _version(konteks: Konteks) -> str:
    return _("Peta jabatan versi %(versi)s, berlaku %(tanggal)s") % {
        "versi": konteks.versi,
        "tanggal": tanggal(konteks.berlaku),
    }


def policy_on(day: dt.date) -> KebijakanBezetting | None:
    """Who counts for B on a day. One statement."""
    return KebijakanBezetting.objects.filter(berlaku_dari__lte=day).order_by("-berlaku_dari").first()


def _kinds(codes: Iterable[str]) -> str:
    words = dict(JenisPegawai.choices)
    return ", ".join(_(str(words.get(code, code))) for code in codes)


def _policy_notes(policy: KebijakanBezetting | None) -> tuple[list[str], str]:
    if policy is None:
        return [], ""
    notes = [
        _("Dihitung: %(jenis)s yang aktif dan menduduki jabatan definitif.")
        % {"jenis": _kinds(policy.jenis_dihitung)}
    ]
    if policy.jenis_terpisah:
        notes.append(
            _("Dicatat terpisah, tidak masuk B: %(jenis)s.") % {"jenis": _kinds(policy.jenis_terpisah)}
        )
    notes.append(_("Plt., Plh., penjabat, dan tugas tambahan tidak masuk B."))
    return notes, policy.sumber


def _outside(konteks: Konteks, boxes: list[int], kalimat: str) -> list[str]:
    """Those on these boxes whom B leaves out, by reason; nothing when there is nobody. One statement."""
    found = outside_b(konteks.instansi.pk, boxes, konteks.hari_b)
    told = ", ".join(f"{angka(found[key])} {word}" for key, word in DI_LUAR.items() if key in found)
    return [kalimat % {"rincian": told}] if told else []


def explain_box(actor: Actor, konteks: Konteks, posisi_id: int, ukuran: str) -> Penjelasan:
    """Kelas, K, B or B − K of one box. Raises PetaTidakAda."""
    box = posisi_detail(posisi_id, versi=konteks.versi)
    back = _url("posisi", konteks, posisi_id)
    if ukuran == "kelas":
        return _box_kelas(konteks, box, back)
    if ukuran == "k":
        return _box_k(konteks, box, back)
    counts = bezetting_of_boxes([posisi_id], konteks.hari_b).get(posisi_id, Bezetting())
    notes, source = _policy_notes(policy_on(konteks.hari_b))
    notes += _outside(konteks, [posisi_id], _("Di jabatan ini tetapi di luar B: %(rincian)s."))
    if ukuran == "b":
        rows = [
            BarisJelas(name, n)
            for name, n in (("PNS", counts.pns), ("CPNS", counts.cpns), ("PPPK", counts.pppk))
        ]
        if counts.sementara:
            notes.append(
                _("Termasuk %(n)s orang yang ditempatkan sementara menunggu pengukuhan.")
                % {"n": angka(counts.sementara)}
            )
        return Penjelasan(
            judul=_("B %(nama)s") % {"nama": box.nama},
            nilai=counts.b,
            rumus=_("B = jumlah pegawai definitif = %(rincian)s = %(b)s orang")
            % {
                "rincian": " + ".join(f"{angka(r.nilai)} {r.nama}" for r in rows),
                "b": angka(counts.b),
            },
            baris=rows,
            judul_baris=_("Menurut jenis pegawai"),
            catatan=notes,
            sumber=source,
            pada=konteks.hari_b,
            penghuni=people_on(actor, posisi_id=posisi_id, tanggal=konteks.hari_b),
            kembali=back,
        )
    return Penjelasan(
        judul=_("Selisih %(nama)s") % {"nama": box.nama},
        nilai=None if box.k is None else counts.b - box.k,
        selisih=True,
        rumus=_difference(counts.b, box.k),
        baris=[
            BarisJelas(_("B, pegawai yang ada"), counts.b, _url("jelas-posisi", konteks, posisi_id, "b")),
            BarisJelas(_("K, kebutuhan"), box.k, _url("jelas-posisi", konteks, posisi_id, "k")),
        ],
        catatan=[_sign_note(), *notes],
        sumber=source,
        pada=konteks.hari_b,
        kembali=back,
    )


def _difference(b: int, k: int | None) -> str:
    if k is None:
        return _("Kebutuhan (K) belum ditetapkan, sehingga selisih tidak dapat dihitung. Kosong bukan nol.")
    return _("B − K = %(b)s − %(k)s = %(hasil)s") % {
        "b": angka(b),
        "k": angka(k),
        "hasil": selisih(b - k),
    }


def _sign_note() -> str:
    return _("Tanda mengikuti peta jabatan cetak: negatif berarti kekurangan, positif berarti kelebihan.")


def _history_rows(konteks: Konteks, box: PosisiRinci, column: str) -> list[BarisJelas]:
    rows: list[BarisJelas] = []
    for row in posisi_history(box.id):
        value = getattr(row, column)
        if rows and rows[-1].nilai == value:
            rows.pop()
        since = _("sejak versi %(versi)s, %(tanggal)s") % {
            "versi": row.sejak,
            "tanggal": tanggal(row.berlaku),
        }
        rows.append(BarisJelas(since, value))
    return rows


def _box_k(konteks: Konteks, box: PosisiRinci, back: str) -> Penjelasan:
    if box.kepala:
        formula = _("Jabatan pimpinan unit selalu satu kursi: K = 1 orang")
    elif box.k is None:
        formula = _("Kebutuhan belum ditetapkan untuk jabatan ini. Kosong bukan nol.")
    else:
        formula = _("K = %(k)s orang, sebagaimana ditetapkan dalam peta") % {"k": angka(box.k)}
    unit = unor_detail(box.unor_id, versi=konteks.versi)
    basis = " ".join(x for x in (unit.dasar_hukum, unit.pasal) if x)
    return Penjelasan(
        judul=_("K %(nama)s") % {"nama": box.nama},
        nilai=box.k,
        rumus=formula,
        baris=_history_rows(konteks, box, "k"),
        judul_baris=_("Riwayat K"),
        catatan=[_("Dasar hukum unit: %(dasar)s") % {"dasar": basis}] if basis else [],
        sumber=_version(konteks),
        pada=konteks.berlaku,
        kembali=back,
        abk=f"{reverse('anjab:abk-sebab', args=[konteks.instansi.pk, box.id])}?versi={konteks.versi}",
    )


def _box_kelas(konteks: Konteks, box: PosisiRinci, back: str) -> Penjelasan:
    return Penjelasan(
        judul=_("Kelas %(nama)s") % {"nama": box.nama},
        nilai=box.kelas,
        rumus=_("Kelas jabatan 1–17 melekat pada posisi ini dalam peta")
        if box.kelas is not None
        else _("Kelas jabatan belum ditetapkan untuk posisi ini."),
        baris=_history_rows(konteks, box, "kelas"),
        judul_baris=_("Riwayat kelas"),
        sumber=_version(konteks),
        pada=konteks.berlaku,
        kembali=back,
    )


def explain_unit(konteks: Konteks, unor_id: int, ukuran: str) -> Penjelasan:
    """K, B or B − K of a unit and everything below it: its own boxes plus the units right below."""
    unit = unor_detail(unor_id, versi=konteks.versi)
    counts = unit_counts(konteks, unor_id)
    boxes = boxes_of_unit(konteks, unor_id)
    children = child_totals(konteks, unor_id)
    value_of = {"k": counts.k, "b": counts.b, "selisih": counts.selisih}[ukuran]
    own = {
        "k": sum(box.k or 0 for box in boxes),
        "b": sum(box.b for box in boxes),
        "selisih": sum(box.b for box in boxes) - sum(box.k or 0 for box in boxes),
    }[ukuran]
    rows = [BarisJelas(_("Jabatan di unit ini sendiri"), own, _url("unor", konteks, unor_id))]
    rows += [
        BarisJelas(child.nama, getattr(child, ukuran), _url("jelas-unor", konteks, child.id, ukuran))
        for child in children
    ]
    show = selisih if ukuran == "selisih" else angka
    names = {"k": "K", "b": "B", "selisih": "B − K"}
    formula = _("%(nama)s = unit ini %(sendiri)s + %(n)s unit langsung di bawahnya %(bawah)s = %(hasil)s") % {
        "nama": names[ukuran],
        "sendiri": show(own),
        "n": angka(len(children)),
        "bawah": show(value_of - own),
        "hasil": show(value_of),
    }
    if not children:
        formula = _("%(nama)s = jumlah jabatan di unit ini = %(hasil)s") % {
            "nama": names[ukuran],
            "hasil": show(value_of),
        }
    notes: list[str] = []
    empty = sum(1 for box in boxes if box.k is None)
    if ukuran != "b" and empty:
        notes.append(
            _("%(n)s jabatan di unit ini belum mempunyai K dan tidak ikut dijumlahkan.") % {"n": angka(empty)}
        )
    source = _version(konteks)
    if ukuran != "k":
        policy_notes, policy = _policy_notes(policy_on(konteks.hari_b))
        notes += policy_notes
        source = f"{source}; {policy}" if policy else source
        notes += _outside(
            konteks,
            [box.id for box in boxes],
            _("Di jabatan unit ini sendiri tetapi di luar B: %(rincian)s."),
        )
        if counts.paruh_waktu:
            notes.append(
                _("%(n)s PPPK paruh waktu di unit ini atau di bawahnya; tidak masuk B.")
                % {"n": angka(counts.paruh_waktu)}
            )
        if counts.tanpa_posisi_bawah:
            notes.append(
                _("%(n)s pegawai di unit ini atau di bawahnya tanpa jabatan dalam peta; tidak masuk B.")
                % {"n": angka(counts.tanpa_posisi_bawah)}
            )
    if ukuran == "selisih":
        notes.insert(0, _difference(counts.b, counts.k))
        notes.insert(1, _sign_note())
    titles = {"k": _("K %(nama)s"), "b": _("B %(nama)s"), "selisih": _("Selisih %(nama)s")}
    return Penjelasan(
        judul=titles[ukuran] % {"nama": unit.nama},
        nilai=value_of,
        selisih=ukuran == "selisih",
        rumus=formula,
        baris=rows,
        judul_baris=_("Penjumlahan"),
        catatan=notes,
        sumber=source,
        pada=konteks.berlaku if ukuran == "k" else konteks.hari_b,
        kembali=_url("unor", konteks, unor_id),
    )
