"""Every command line that documents and help texts show is one the program accepts."""

from __future__ import annotations

import contextlib
import importlib
import io
import re
import shlex
from collections.abc import Iterator
from pathlib import Path

import pytest

from petajabatan.cli.main import PERINTAH, build_parser

ROOT = Path(__file__).resolve().parents[4]
DOCUMENTS = [ROOT / "README.md", ROOT / "README.id.md", *sorted((ROOT / "docs").glob("*.md"))]
SHOWN = re.compile(r"(?:^|[\s/`])petajabatan ([a-z][^`\n]*)")


def in_document(path: Path) -> Iterator[str]:
    """Lines of code blocks, and commands between backticks, without what they only sketch (``…``)."""
    text = path.read_text().replace("\\\n", " ")
    for block in re.findall(r"```(?:sh|console|ini)?\n(.*?)```", text, re.S):
        yield from (line for line in block.splitlines() if "…" not in line)
    prose = re.sub(r"```.*?```", "", text, flags=re.S)
    yield from (code for code in re.findall(r"`([^`]*)`", prose) if "…" not in code)


def in_help() -> Iterator[str]:
    for name in PERINTAH:
        source = importlib.import_module(f"petajabatan.cli.perintah.{name}").__file__
        assert source
        text = Path(source).read_text()
        yield from re.findall(r'"((?:PETAJABATAN_\w+=\w+ )?petajabatan [a-z][^"]*)"', text)
    yield from re.findall(r"^  (petajabatan [^…]*?)(?:  .*)?$", build_parser().format_help(), re.M)


def commands() -> list[str]:
    lines = [*in_help(), *(line for path in DOCUMENTS if path.exists() for line in in_document(path))]
    found = (match[1] for line in lines if (match := SHOWN.search(f" {line}")))
    return sorted({shown.split("  #")[0].strip() for shown in found})


@pytest.mark.parametrize("shown", commands())
def test_a_command_that_is_shown_is_accepted(shown):
    words = shlex.split(re.sub(r"\$\([^)]*\)", "HARI", shown), comments=True)
    mentioned = not any(word.startswith("--") for word in words)
    said = io.StringIO()
    with contextlib.redirect_stderr(said), contextlib.redirect_stdout(said):
        try:
            # A command named without its options stands for all its uses: that it exists is enough.
            build_parser().parse_args([*words, "--help"] if mentioned else words)
        except SystemExit as end:
            assert not end.code, f"petajabatan {shown}: {said.getvalue()}"
