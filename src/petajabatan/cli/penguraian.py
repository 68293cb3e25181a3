"""Argument parsing shared by all commands: Indonesian headings, examples, two options that go anywhere."""

from __future__ import annotations

import argparse
import datetime as dt
import textwrap
from collections.abc import Callable, Sequence
from typing import Any, NoReturn

Perintah = Callable[[argparse.Namespace], int]


class Formatter(argparse.RawDescriptionHelpFormatter):
    """Keeps our line breaks and says ``pemakaian:``."""

    def __init__(self, prog: str) -> None:
        super().__init__(prog, max_help_position=30, width=100)

    def add_usage(self, usage: Any, actions: Any, groups: Any, prefix: str | None = None) -> None:
        super().add_usage(usage, actions, groups, "pemakaian: " if prefix is None else prefix)


class Pengurai(argparse.ArgumentParser):
    """A parser in Indonesian; misuse exits with code 2 and names the help."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("formatter_class", Formatter)
        super().__init__(*args, **{**kwargs, "add_help": False})
        self._positionals.title = "argumen"
        self._optionals.title = "pilihan"
        self.add_argument("-h", "--help", action="help", help="tampilkan penjelasan ini lalu selesai")

    def error(self, message: str) -> NoReturn:
        for english, indonesian in _MISUSE:
            message = message.replace(english, indonesian)
        self.exit(2, f"Galat: {message}\nLihat: {self.prog} --help\n")


_MISUSE = (
    ("the following arguments are required:", "argumen ini wajib diisi:"),
    ("unrecognized arguments:", "argumen tidak dikenal:"),
    ("invalid choice:", "pilihan tidak dikenal:"),
    ("choose from", "pilih dari"),
    ("expected one argument", "perlu satu nilai"),
    ("expected at least one argument", "perlu sedikitnya satu nilai"),
    ("not allowed with argument", "tidak dapat dipakai bersama"),
    ("one of the arguments", "salah satu dari"),
    ("is required", "wajib diisi"),
    ("argument ", "argumen "),
    ("invalid int value:", "bukan bilangan bulat:"),
)


def common(parser: argparse.ArgumentParser) -> None:
    """The two options every command takes, before or after its name."""
    parser.add_argument(
        "--json",
        action="store_true",
        default=argparse.SUPPRESS,
        help="hasil sebagai satu objek JSON pada keluaran baku; kemajuan tetap pada galat baku",
    )
    parser.add_argument(
        "--data-dir",
        metavar="FOLDER",
        default=argparse.SUPPRESS,
        help="folder data: basis data tertanam, berkas, log (juga PETAJABATAN_DATA)",
    )


def add_command(
    sub: Any,
    name: str,
    ringkas: str,
    uraian: str,
    contoh: Sequence[str] = (),
    run: Perintah | None = None,
) -> Pengurai:
    """A command with its help. ``uraian`` says what it does and when it fails; ``contoh`` are examples."""
    uraian = textwrap.fill(" ".join(uraian.split()), 98)
    epilog = "contoh:\n" + "\n".join(f"  {line}" for line in contoh) if contoh else None
    parser: Pengurai = sub.add_parser(name, help=ringkas, description=uraian, epilog=epilog)
    common(parser)
    if run is not None:
        parser.set_defaults(run=run)
    return parser


def add_group(parser: argparse.ArgumentParser, metavar: str = "HAL") -> Any:
    """Subcommands of a command, one of which must be named."""
    return parser.add_subparsers(
        title="hal", metavar=metavar, required=True, dest="hal", parser_class=Pengurai
    )


def day(text: str) -> dt.date:
    """The type of an option that takes a day."""
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} bukan tanggal TTTT-BB-HH") from None
