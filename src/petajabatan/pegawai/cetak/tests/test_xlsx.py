"""The workbooks, read back with openpyxl; and with LibreOffice where it is installed."""

from __future__ import annotations

import csv
import io
import shutil
import subprocess
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from petajabatan.inti.actor import ANONIM, Actor, Izin, sistem
from petajabatan.inti.models import Audit
from petajabatan.jabatan.rules.peta import Peta, rollup
from petajabatan.pegawai.cetak.tests.contoh import IDENTITAS, Pembuat, kabupaten
from petajabatan.pegawai.cetak.xlsx import (
    export_bezetting_xlsx,
    export_map_xlsx,
    export_rekap_xlsx,
)
from petajabatan.pegawai.cetak.xlsx_peta import map_workbook, recap_workbook

RUMUS = ('=HYPERLINK("http://jahat.example","klik")', "+1+1", "-2+3", "@SUM(A1)", "\t=1+1")


def book(data: bytes) -> Any:
    return openpyxl.load_workbook(io.BytesIO(data))


def rows(sheet: Any) -> list[dict[str, Any]]:
    """Rows below the headings as dictionaries, the totals row last."""
    heads = [cell.value for cell in sheet[6]]
    return [dict(zip(heads, values, strict=True)) for values in sheet.iter_rows(min_row=7, values_only=True)]


def small(*names: str) -> Peta:
    m = Pembuat()
    dinas = m.unit(names[0], None, "Kepala Dinas", eselon="II.b", kelas=14)
    for name in names[1:]:
        m.box(dinas, name, "pelaksana", 6, 2, 1)
    peta = m.build()
    rollup(peta)
    return peta


def test_totals_of_the_map_sheet_equal_the_sum_of_its_boxes() -> None:
    peta = kabupaten()
    total = rollup(peta)
    data = rows(book(map_workbook(peta, IDENTITAS, kosong=True))["Peta"])
    boxes = [r for r in data if r["Baris"] == "Posisi"]
    units = {r["ID unor"]: r for r in data if r["Baris"] == "Unit"}
    last = data[-1]
    assert last["Baris"] == "JUMLAH"
    assert (last["B"], last["K"], last["+/−"]) == (total.b, total.k, total.b - total.k)
    assert sum(r["B"] for r in boxes) == last["B"]
    assert sum(r["K"] or 0 for r in boxes) == last["K"]
    assert len(boxes) == total.n_posisi and len(units) == total.n_unor
    for unit in peta.simpul.values():
        below = {u.id for u in peta.walk(unit.id)}
        assert units[unit.id]["B"] == sum(r["B"] for r in boxes if r["ID unor"] in below)


def test_an_undetermined_need_is_an_empty_cell() -> None:
    data = rows(book(map_workbook(kabupaten(), IDENTITAS))["Peta"])
    guards = [r for r in data if r["Unit / jabatan"] == "Penjaga Sekolah"]
    assert guards and all(r["K"] is None and r["+/−"] is None and r["B"] == 1 for r in guards)


def test_the_tree_is_shown_by_indentation_and_level() -> None:
    sheet = book(map_workbook(kabupaten(), IDENTITAS))["Peta"]
    for row in sheet.iter_rows(min_row=7, max_row=sheet.max_row - 1):
        assert row[4].alignment.indent == row[1].value - 1


def test_head_panes_filter_and_formats() -> None:
    sheet = book(map_workbook(kabupaten(), IDENTITAS))["Peta"]
    head = [sheet.cell(i, 1).value for i in range(1, 5)]
    assert head[1] == "Pemerintah Kab. Contoh"
    assert "versi 3, berlaku 1 Januari 2026 · bezetting per 23 November 2026" in head[2]
    assert IDENTITAS.hash in head[3]
    assert sheet.freeze_panes == "A7"
    assert sheet.auto_filter.ref == f"A6:O{sheet.max_row - 1}"
    assert sheet.cell(7, 13).number_format.startswith("+#,##0")
    assert sheet.cell(7, 3).number_format == "0"


def test_names_that_look_like_formulas_stay_text() -> None:
    peta = small("=cmd|' /C calc'!A0", *RUMUS)
    sheet = book(map_workbook(peta, IDENTITAS))["Peta"]
    found = {}
    for row in sheet.iter_rows(min_row=7):
        assert all(cell.data_type != "f" for cell in row)
        found[row[4].value] = row[4]
    for name in ("=cmd|' /C calc'!A0", *RUMUS):
        assert found[name].data_type == "s"
        assert found[name].quotePrefix


def test_every_recap_sheet_adds_up_to_the_same_total() -> None:
    peta = kabupaten()
    total = rollup(peta)
    workbook = book(recap_workbook(peta, IDENTITAS, {"MU": "Ahli Muda"}))
    assert workbook.sheetnames == ["Jenis", "Jenjang", "Kelas", "Unit"]
    for sheet in workbook:
        data = rows(sheet)
        for column, value in (("B", total.b), ("K", total.k), ("Jabatan", total.n_posisi)):
            assert data[-1][column] == value, sheet.title
            assert sum(r[column] for r in data[:-1]) == value, sheet.title


def test_the_same_map_gives_the_same_bytes() -> None:
    assert map_workbook(kabupaten(), IDENTITAS) == map_workbook(kabupaten(), IDENTITAS)


def operator(instansi_id: int) -> Actor:
    return Actor(
        id=7,
        nama="operator",
        izin=(Izin("instansi-operator-sotk", "instansi", None, instansi_id),),
        cakupan_instansi=frozenset({instansi_id}),
        cakupan_draf=frozenset({instansi_id}),
    )


def test_names_are_on_a_sheet_of_their_own_and_reading_them_is_recorded(peta_a) -> None:
    from django.db import connection

    connection.cursor().execute("SET CONSTRAINTS ALL IMMEDIATE")
    workbook = book(export_bezetting_xlsx(operator(peta_a.instansi.pk), peta_a.instansi.pk))
    people = rows(workbook["Pegawai"])
    assert {r["NIP"] for r in people[:-1]} == {p.nip for p in peta_a.orang}
    assert all(isinstance(r["NIP"], str) and len(r["NIP"]) == 18 for r in people[:-1])
    counts = rows(workbook["Bezetting"])
    assert (counts[-1]["B"], counts[-1]["PNS"], counts[-1]["PPPK"]) == (3, 2, 1)
    assert Audit.objects.filter(aksi="ekspor", objek="pegawai", instansi_id=peta_a.instansi.pk, jumlah=3)


def test_who_may_not_see_people_gets_counts_only(peta_a) -> None:
    from django.db import connection

    connection.cursor().execute("SET CONSTRAINTS ALL IMMEDIATE")
    monitor = Actor(id=8, nama="pemantau", izin=(Izin("pemantau", "nasional"),))
    data = export_bezetting_xlsx(monitor, peta_a.instansi.pk)
    assert book(data).sheetnames == ["Bezetting"]
    for person in peta_a.orang:
        assert person.nip not in everything(data)
    assert rows(book(data)["Bezetting"])[-1]["B"] == 3


def everything(data: bytes) -> str:
    return "\n".join(str(c.value) for sheet in book(data) for row in sheet.iter_rows() for c in row)


def test_map_and_recap_of_a_stored_map(peta_a) -> None:
    from django.db import connection

    connection.cursor().execute("SET CONSTRAINTS ALL IMMEDIATE")
    actor = sistem("uji")
    data = rows(book(export_map_xlsx(actor, peta_a.instansi.pk))["Peta"])
    assert (data[-1]["B"], data[-1]["K"], data[-1]["+/−"]) == (3, 6, -3)
    part = rows(book(export_map_xlsx(actor, peta_a.instansi.pk, unor_id=peta_a.bidang.pk))["Peta"])
    assert (part[-1]["B"], part[-1]["K"]) == (2, 5)
    recap = rows(book(export_rekap_xlsx(actor, peta_a.instansi.pk))["Jenis"])
    assert (recap[-1]["B"], recap[-1]["K"]) == (3, 6)


def test_nobody_exports_without_signing_in(peta_a) -> None:
    from django.core.exceptions import PermissionDenied

    for export in (export_map_xlsx, export_bezetting_xlsx, export_rekap_xlsx):
        with pytest.raises(PermissionDenied):
            export(ANONIM, peta_a.instansi.pk)


def test_libreoffice_reads_the_same_figures(tmp_path: Path) -> None:
    program = shutil.which("soffice") or shutil.which("libreoffice")
    if program is None:
        pytest.skip("LibreOffice is not installed (soffice not found on PATH)")
    peta = kabupaten(1, 1, 1, 1)
    total = rollup(peta)
    (tmp_path / "peta.xlsx").write_bytes(map_workbook(peta, IDENTITAS))
    subprocess.run(
        [program, "--headless", f"-env:UserInstallation=file://{tmp_path}/profil", "--convert-to", "csv",
         "--outdir", str(tmp_path), str(tmp_path / "peta.xlsx")],
        check=True, capture_output=True, timeout=180,
    )  # fmt: skip
    with (tmp_path / "peta.csv").open(encoding="utf-8", errors="replace") as file:
        last = list(csv.reader(file))[-1]
    assert last[0] == "JUMLAH"
    assert int(last[10].replace(",", "").replace(".", "")) == total.b
