"""The command line: help that reads, JSON that parses, exit codes that tell."""

from __future__ import annotations

import datetime as dt
import io
import json

import pytest

from petajabatan.cli import main as cli
from petajabatan.cli.keluaran import KemajuanTerminal, finding_lines, save_findings_csv
from petajabatan.cli.perintah.impor import table_of_files
from petajabatan.inti.temuan import Temuan
from petajabatan.referensi.importers import siasn, unit, wilayah
from petajabatan.referensi.importers.laporan import LaporanBerkas, LaporanReferensi
from petajabatan.simulasi.rules.sumber import PERLU, missing

COMMANDS = [
    ("serve",), ("worker",), ("siapkan",), ("demo",), ("impor",), ("impor", "referensi"), ("impor", "unor"),
    ("impor", "pegawai"), ("ekspor", "peta"), ("ekspor", "bezetting"), ("ekspor", "rekap"), ("periksa",),
    ("cadangkan",), ("pulihkan",), ("akun", "buat"), ("akun", "peran"), ("akun", "nonaktif"), ("jam",),
    ("bench",),
]  # fmt: skip


def run(capsys, *argv: str) -> tuple[int, str, str]:
    try:
        code = cli.main(argv)
    except SystemExit as end:
        code = int(end.code or 0)
    out, err = capsys.readouterr()
    return code, out, err


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_every_command_explains_itself_with_examples(capsys, command):
    code, out, _ = run(capsys, *command, "--help")
    assert code == 0
    assert out.startswith("pemakaian: petajabatan " + " ".join(command))
    assert "contoh:\n  " in out
    assert "--json" in out
    assert "--data-dir" in out
    for english in ("usage:", "options:", "positional arguments", "show this help"):
        assert english not in out


def test_the_program_lists_its_commands(capsys):
    code, out, _ = run(capsys, "--help")
    assert code == 0
    for command in {c[0] for c in COMMANDS}:
        assert f"    {command} " in out


@pytest.mark.parametrize(
    ("argv", "words"),
    [
        ((), "wajib diisi"),
        (("terbang",), "pilihan tidak dikenal"),
        (("impor", "unor", "x.json"), "--instansi"),
        (("serve", "--port", "delapan"), "bukan bilangan bulat"),
        (("jam", "--ke", "besok"), "bukan tanggal"),
        (("jam", "--ke", "2027-01-01", "--kembali"), "tidak dapat dipakai bersama"),
    ],
)
def test_misuse_exits_with_two_and_says_what_is_wrong(capsys, argv, words):
    code, out, err = run(capsys, *argv)
    assert (code, out) == (2, "")
    assert words in err
    assert "--help" in err


@pytest.mark.parametrize(
    "argv",
    [
        ("impor", "referensi", "/tidak/ada"),
        ("impor", "unor", "/tidak/ada.json", "--instansi", "1"),
        ("ekspor", "peta", "--instansi", "1", "--keluaran", "peta.docx"),
        ("ekspor", "rekap", "--instansi", "1", "--keluaran", "/tidak/ada/rekap.xlsx"),
        ("pulihkan", "/tidak/ada.tar"),
        ("bench", "tidak-ada"),
        ("simulasi", "nasional", "--sumber", "/tidak/ada"),
    ],
)
def test_what_is_not_there_is_said_before_anything_starts(capsys, argv):
    code, out, err = run(capsys, *argv, "--json")
    assert code == 2
    assert json.loads(out)["ok"] is False
    assert err.startswith("Galat: ")


def test_a_simulation_names_the_lists_its_folder_lacks_before_anything_is_set_up(capsys, tmp_path):
    lists = tmp_path / "lists"
    for name in (*PERLU[1:], "catatan.txt"):
        (lists / "dalam").mkdir(parents=True, exist_ok=True)
        (lists / "dalam" / f"{name.upper()}.gz").touch()
    data = tmp_path / "data"
    code, _, err = run(capsys, "--data-dir", str(data), "simulasi", "nasional", "--sumber", str(lists))
    assert (code, list(data.glob("*"))) == (2, [])
    assert "instansi.json" in err and "BKN, web service SIASN" in err and "tanpa --sumber" in err
    assert not any(name in err for name in PERLU[1:])


def test_every_list_a_simulation_needs_is_one_the_importer_knows():
    known = {spek.berkas for spek in (*siasn.SPEK, *wilayah.SPEK, *unit.SPEK)}
    assert missing([]) == list(PERLU) and set(PERLU) <= known


def finding(n: int) -> Temuan:
    return Temuan("kode", "galat", f"Kalimat {n}.", "Perbaiki.", baris=n, kolom="NIP", nilai="=1+1")


def test_findings_are_counted_and_the_first_ones_shown():
    lines = finding_lines([finding(n) for n in range(1, 31)], shown=2)
    assert lines[0] == "Temuan: 30"
    assert "        30  kode" in lines[1]
    assert lines[2] == "- [galat] Kalimat 1. (baris 1, kolom NIP: '=1+1')"
    assert "28 lagi" in lines[-1]


def test_a_flood_of_one_finding_does_not_hide_the_others():
    flood = [Temuan("banjir", "peringatan", f"Banjir {n}.", "") for n in range(30)]
    lines = finding_lines([*flood, Temuan("lain", "peringatan", "Yang lain.", "")], shown=3)
    assert [line for line in lines if line.startswith("-")] == [
        "- [peringatan] Banjir 0.", "- [peringatan] Banjir 1.", "- [peringatan] Yang lain.",
    ]  # fmt: skip


def test_an_import_of_references_shows_a_line_per_file():
    report = LaporanReferensi([LaporanBerkas("instansi", "instansi.json.gz", 644, 643, ditolak=1)])
    head, row = table_of_files(report)
    assert head.split() == [
        "berkas", "dibaca", "ditambah", "berubah", "tetap", "ditolak", "dilewati", "hilang",
    ]  # fmt: skip
    assert row.split() == ["instansi.json.gz", "644", "643", "0", "0", "1", "0", "0"]


def test_saved_findings_are_no_formulas(tmp_path):
    path = tmp_path / "temuan.csv"
    save_findings_csv(path, [finding(1)])
    assert "'=1+1" in path.read_text(encoding="utf-8-sig")


def test_progress_into_a_log_says_little(monkeypatch):
    log = io.StringIO()
    monkeypatch.setattr("sys.stderr", log)
    progress = KemajuanTerminal(every=0)
    progress(10, 100, "membaca")
    progress.close()
    assert "membaca: 10 dari 100" in log.getvalue()
    quiet = KemajuanTerminal(every=60)
    quiet(1, 2, "a")
    assert log.getvalue().count("\n") == 1


def test_progress_on_a_terminal_is_a_bar(monkeypatch):
    class Terminal(io.StringIO):
        def isatty(self) -> bool:
            return True

    screen = Terminal()
    monkeypatch.setattr("sys.stderr", screen)
    progress = KemajuanTerminal()
    progress(50, 100, "membaca")
    progress.close()
    assert "█" * 15 in screen.getvalue()
    assert " 50%" in screen.getvalue()


def test_days_are_read_as_iso(capsys):
    args = cli.build_parser().parse_args(["jam", "--ke", "2027-01-02"])
    assert args.ke == dt.date(2027, 1, 2)
