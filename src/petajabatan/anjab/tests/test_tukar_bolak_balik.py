"""Export and import again: nothing is lost, whatever people have written."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from petajabatan.anjab.importers.berkas_json import write_json
from petajabatan.anjab.importers.masuk import read_infojab
from petajabatan.anjab.importers.tulis import write_workbook
from petajabatan.anjab.rules.tukar import Bacaan, KotakTukar, Paket, meaning
from petajabatan.anjab.tests import contoh_infojab as contoh
from petajabatan.jabatan.data_abk import limits

AMBANG = limits(contoh.HARI)


def paket(isi: dict[int, dict[str, Any]], abk: list[dict[str, Any] | None]) -> Paket:
    keys = [*isi, None, None]
    boxes = [
        KotakTukar(100 + n, 10 + n, f"Unit {n}", f"Dinas › Unit {n}", f"=Jabatan {n}", "pelaksana", k=n,
                   infojab_id=keys[n] if n < len(keys) else None, abk=sheet)
        for n, sheet in enumerate(abk)
    ]  # fmt: skip
    return Paket(1, "Pemerintah Kab. Uji", "A-1", "versi 1", isi, boxes)


def read(data: bytes | None, made: Paket, name: str) -> Bacaan:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / name
        if data is None:
            write_workbook(path, made, contoh.ISIAN)
        else:
            path.write_bytes(data)
        return read_infojab(path, name, contoh.ISIAN, AMBANG)


def said(reading: Bacaan) -> tuple[dict[str, Any], dict[str, Any]]:
    """Sections by infojab and sheets by box, tidied as a draft would."""
    infojab: dict[str, Any] = {}
    boxes: dict[str, Any] = {}
    for owner, part in reading.bagian:
        isi = meaning(contoh.stored(part.bagian, part.isi))
        if part.bagian == "abk":
            boxes[owner.posisi] = isi
        else:
            infojab.setdefault(owner.infojab, {})[part.bagian] = isi
    return infojab, boxes


@pytest.mark.parametrize("bentuk", ["xlsx", "json"])
def test_what_is_exported_comes_back_whole(bentuk: str) -> None:
    @given(st.lists(contoh.sections, min_size=1, max_size=3), st.lists(contoh.sheets, min_size=1, max_size=4))
    @settings(max_examples=60)
    def check(documents: list[dict[str, Any]], sheets: list[dict[str, Any] | None]) -> None:
        made = paket(dict(enumerate(documents, 1)), sheets)
        reading = read(None if bentuk == "xlsx" else write_json(made), made, f"infojab.{bentuk}")
        infojab, boxes = said(reading)
        assert not [t for t in reading.temuan if t.tingkat == "galat"]
        assert infojab == {str(n): meaning(isi) for n, isi in enumerate(documents, 1) if isi}
        assert boxes == {str(box.posisi_id): meaning(box.abk) for box in made.kotak if box.abk}
        assert reading.instansi == "A-1"
        assert {(j.rujukan.posisi, j.rujukan.infojab) for j in reading.jabatan} == {
            (str(b.posisi_id), str(b.infojab_id or "")) for b in made.kotak
        }

    check()


@pytest.mark.parametrize("bentuk", ["xlsx", "json"])
def test_a_task_without_words_keeps_its_steps(bentuk: str) -> None:
    tasks = [
        {"id": 1, "uraian": "Menyusun laporan", "hasil": "laporan", "tahapan": ["mengumpulkan", "menulis"]},
        {"id": 2, "uraian": "", "hasil": "", "tahapan": ["memeriksa", "mengirim"]},
    ]
    made = paket({1: {"tugas_pokok": {"tugas_pokok": tasks}}}, [None])
    reading = read(None if bentuk == "xlsx" else write_json(made), made, f"infojab.{bentuk}")
    infojab, _boxes = said(reading)
    assert infojab == {"1": {"tugas_pokok": meaning({"tugas_pokok": tasks})}}
