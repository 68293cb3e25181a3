"""The factor sheet as it is stored: what the evaluator writes, what the validator decides.

The evaluator's part is ``jenis``, ``faktor``, ``pengecualian``, ``rekomendasi`` and ``berkas``; the rest
(``status``, ``oleh``, ``pada``, ``catatan``, ``total``, ``kelas``) is set by a decision alone. Any change of
the evaluator's part voids a validation.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal

from petajabatan.jabatan.rules.evaluasi import HasilEvaluasi, IsianFaktor, Pengecualian, TabelKelas, evaluate

DITULIS = ("jenis", "faktor", "pengecualian", "rekomendasi", "berkas")
DIPUTUS = ("status", "oleh", "pada", "catatan", "total", "kelas")
Status = Literal["diisi", "divalidasi", "dikembalikan"]
STATUS: Mapping[str, str] = {
    "diisi": "Menunggu validasi",
    "divalidasi": "Divalidasi",
    "dikembalikan": "Dikembalikan",
}


def written(
    before: Mapping[str, Any] | None, after: Mapping[str, Any] | None, jenis: str
) -> dict[str, Any] | None:
    """The sheet after somebody wrote it, whatever he sent as decision: that of ``before`` stays while the
    evaluator's part is the same, else it is ``diisi`` again (the reason of a return is kept to be read)."""
    if after is None:
        return None
    made = {name: after[name] for name in DITULIS if name in after} | {"jenis": jenis}
    old = before or {}
    if {name: old[name] for name in DITULIS if name in old} == made:
        return made | {name: old[name] for name in DIPUTUS if name in old}
    if old.get("status") in ("dikembalikan", "diisi"):
        made |= {name: old[name] for name in ("oleh", "pada", "catatan") if name in old}
    return made | {"status": "diisi"}


def decided(
    isi: Mapping[str, Any], putusan: str, oleh: str, pada: str, catatan: str, hasil: HasilEvaluasi
) -> dict[str, Any]:
    """The sheet with a decision on it; a validation fixes total and kelas as they were that day."""
    made = {name: isi[name] for name in DITULIS if name in isi}
    made |= {"status": putusan, "oleh": oleh, "pada": pada}
    if catatan:
        made["catatan"] = catatan
    if putusan == "divalidasi":
        made |= {"total": hasil.total, "kelas": hasil.kelas}
    return made


def factors_of(isi: Mapping[str, Any] | None) -> list[IsianFaktor]:
    """What was chosen per factor."""
    rows = (isi or {}).get("faktor") or {}
    return [IsianFaktor(str(code), row.get("level"), row.get("alasan") or "") for code, row in rows.items()]


def evaluate_stored(isi: Mapping[str, Any] | None, jenis: str, tabel: TabelKelas) -> HasilEvaluasi:
    """A stored sheet of a post of kind ``jenis``, evaluated."""
    return evaluate(jenis, factors_of(isi), tabel)


def exception_of(isi: Mapping[str, Any] | None) -> Pengecualian | None:
    """The deviation from a national class that the sheet proposes; for a JF the document of the pembina's
    recommendation goes with it."""
    if not isi or not (isi.get("pengecualian") or isi.get("berkas")):
        return None
    return Pengecualian(isi.get("pengecualian") or "", isi.get("berkas") or "")


def validated_class(isi: Mapping[str, Any] | None) -> int | None:
    """The kelas that a validated sheet has given; None without a sheet or before its validation."""
    if not isi or isi.get("status") != "divalidasi":
        return None
    kelas = isi.get("kelas")
    return kelas if isinstance(kelas, int) else None
