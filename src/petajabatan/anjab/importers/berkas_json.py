"""Informasi jabatan as JSON: the same content as the workbook, for programs."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from petajabatan.anjab.rules.tukar import Bacaan, BagianBaca, JabatanBaca, KotakTukar, Paket, Rujukan
from petajabatan.inti.temuan import Ditolak, Temuan
from petajabatan.jabatan.rules.isian import BAGIAN_INFOJAB

FORMAT = "petajabatan-infojab"
VERSI_FORMAT = 1
UKURAN_MAKS = 64 * 1024 * 1024


def as_json(paket: Paket) -> dict[str, Any]:
    """The document of a paket."""
    users: dict[int | None, list[dict[str, Any]]] = {}
    for box in paket.kotak:
        users.setdefault(box.infojab_id, []).append(_box(box))
    return {
        "format": FORMAT,
        "versi_format": VERSI_FORMAT,
        "instansi": {"id_siasn": paket.id_siasn, "nama": paket.instansi},
        "sumber": paket.sumber,
        "infojab": [
            {"id": key, "jabatan": users.get(key, []), "isi": dict(isi)} for key, isi in paket.isi.items()
        ],
        "tanpa_infojab": users.get(None, []),
    }


def _box(box: KotakTukar) -> dict[str, Any]:
    made: dict[str, Any] = {
        "posisi_id": box.posisi_id, "unit": box.unit, "jalur": box.jalur, "jabatan": box.nama,
        "jenis": box.jenis, "kelas": box.kelas, "k": box.k,
    }  # fmt: skip
    return made | ({"abk": box.abk} if box.abk else {})


def write_json(paket: Paket) -> bytes:
    return json.dumps(as_json(paket), ensure_ascii=False, indent=1).encode()


def read_json(path: Path, nama: str) -> Bacaan:
    """What a JSON file says. Raises Ditolak when it is no such document."""
    if path.stat().st_size > UKURAN_MAKS:
        raise _refuse("berkas-terlalu-besar", f"Berkas JSON {nama} lebih besar dari 64 MB.",
                      "Bagi menurut unit, atau pakai XLSX.", nama)  # fmt: skip
    try:
        data = json.loads(path.read_text(encoding="utf-8-sig"))
    except json.JSONDecodeError as error:
        raise _refuse(
            "json-tidak-sah",
            f"Berkas {nama} bukan JSON yang utuh (baris {error.lineno}).",
            "Buat ulang berkasnya; pastikan pengunduhannya selesai.",
            nama,
            error.lineno,
        ) from None
    except (UnicodeDecodeError, RecursionError, ValueError):
        raise _refuse("json-tidak-sah", f"Berkas {nama} tidak terbaca sebagai JSON UTF-8.",
                      "Simpan sebagai UTF-8, lalu unggah lagi.", nama) from None  # fmt: skip
    if not isinstance(data, Mapping) or not isinstance(data.get("infojab", []), list):
        raise _wrong(nama)
    if data.get("format") != FORMAT and "infojab" not in data:
        raise _wrong(nama)
    out = Bacaan("json", nama)
    instansi = data.get("instansi")
    if isinstance(instansi, Mapping):
        out.instansi = str(instansi.get("id_siasn") or "")
    for number, row in enumerate(data.get("infojab") or (), 1):
        _document(out, row, number)
    loose = data.get("tanpa_infojab")
    for number, box in enumerate(loose if isinstance(loose, list) else (), 1):
        _box_of(out, box, "", f"tanpa_infojab[{number}]", number)
    return out


def _document(out: Bacaan, row: Any, number: int) -> None:
    place = f"infojab[{number}]"
    if not isinstance(row, Mapping) or not isinstance(row.get("isi") or {}, Mapping):
        _say(
            out, "isian-tidak-sah", f"{place} bukan objek dengan isi.", "Samakan dengan hasil ekspor.", place
        )
        return
    boxes = row.get("jabatan")
    boxes = boxes if isinstance(boxes, list) else []
    key = _text(row.get("id"))
    first = boxes[0] if boxes and isinstance(boxes[0], Mapping) else row
    owner = Rujukan(key, _text(first.get("posisi_id")), _text(first.get("unit")), _text(first.get("jabatan")))
    for box in boxes:
        _box_of(out, box, key, place, number)
    for code, isi in (row.get("isi") or {}).items():
        if code not in BAGIAN_INFOJAB:
            _say(out, "bagian-tidak-dikenal", f"Bagian {str(code)[:40]} tidak dikenal.",
                 f"Pakai: {', '.join(BAGIAN_INFOJAB)}.", place, "isi")  # fmt: skip
            continue
        if isi is not None and not isinstance(isi, Mapping):
            _say(out, "isian-tidak-sah", f"{place}, bagian {code}: isinya bukan objek.",
                 "Samakan dengan hasil ekspor.", place, code)  # fmt: skip
            continue
        out.bagian.append((owner, BagianBaca(code, None if isi is None else dict(isi), f"{place}.{code}")))


def _box_of(out: Bacaan, box: Any, key: str, place: str, number: int) -> None:
    if not isinstance(box, Mapping):
        _say(out, "isian-tidak-sah", f"{place}: jabatan bukan objek.", "Samakan dengan hasil ekspor.", place)
        return
    owner = Rujukan(key, _text(box.get("posisi_id")), _text(box.get("unit")), _text(box.get("jabatan")))
    out.jabatan.append(JabatanBaca(owner, number, place))
    sheet = box.get("abk")
    if sheet is not None and not isinstance(sheet, Mapping):
        _say(
            out, "isian-tidak-sah", f"{place}: abk bukan objek.", "Samakan dengan hasil ekspor.", place, "abk"
        )
    elif sheet:
        out.bagian.append((owner._replace(infojab=""), BagianBaca("abk", dict(sheet), f"{place}.abk")))


def _text(value: Any) -> str:
    return "" if value is None or isinstance(value, Mapping | list) else " ".join(str(value).split())


def _say(out: Bacaan, kode: str, kalimat: str, perbaikan: str, tempat: str, kolom: str = "") -> None:
    out.temuan.append(Temuan(kode, "galat", kalimat, perbaikan, tempat, kolom=kolom))


def _wrong(nama: str) -> Ditolak:
    return _refuse("bukan-berkas-infojab", f"Berkas {nama} tidak berisi informasi jabatan.",
                   "Pakai hasil ekspor informasi jabatan sebagai contoh.", nama)  # fmt: skip


def _refuse(kode: str, kalimat: str, perbaikan: str, nama: str, baris: int | None = None) -> Ditolak:
    return Ditolak([Temuan(kode, "galat", kalimat, perbaikan, nama, baris)])
