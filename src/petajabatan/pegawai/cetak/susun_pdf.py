"""Typesets one batch of pages, in a process of its own.

typst keeps its caches for the life of the process (70 MB more with every batch of ten dense pages), so each
batch gets a fresh one and the memory goes back when it ends. Run as a script by ``render``; imports nothing
of the product.
"""

from __future__ import annotations

import sys
from pathlib import Path

import typst


def typeset(folder: Path, fonts: Path, data: str, output: str, template: str = "peta.typ") -> None:
    """Compile ``folder/template`` with ``folder/data`` to ``folder/output``; only the shipped fonts."""
    huruf = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(fonts)])
    compiler = typst.Compiler(
        str(folder / template), root=str(folder), font_paths=huruf, sys_inputs={"data": data}
    )
    # Tags would make a page of tables 25 times larger; the XLSX is the form for screen readers.
    pdf = compiler.compile(format="pdf", pdf_tags=False, timestamp=0)
    if not isinstance(pdf, bytes):
        raise RuntimeError("typst returned no PDF")
    (folder / output).write_bytes(pdf)


if __name__ == "__main__":
    typeset(Path(sys.argv[1]), Path(sys.argv[2]), *sys.argv[3:6])
