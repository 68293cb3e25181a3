"""The surroundings of a command: data folder, a running and migrated database, the actor's scope."""

from __future__ import annotations

import argparse
import contextlib
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from petajabatan.cli.keluaran import GagalPerintah, KemajuanTerminal, say
from petajabatan.runtime import postgres
from petajabatan.runtime.check import StartError, check_data_dir, check_database_url
from petajabatan.runtime.data_dir import DataDir

if TYPE_CHECKING:
    from petajabatan.akun.models import Pengguna
    from petajabatan.inti.pekerjaan import Kemajuan
    from petajabatan.referensi.models import Instansi


def data_dir(args: argparse.Namespace) -> DataDir:
    """The data folder of this command; also sets PETAJABATAN_DATA for what it starts."""
    named = getattr(args, "data_dir", None)
    if named:
        os.environ["PETAJABATAN_DATA"] = str(Path(named).expanduser().resolve())
    return DataDir.from_env()


def run_siapkan() -> None:
    """Bring the database up to date in a child process, which alone holds the owner's connection."""
    command = [sys.executable, "-m", "petajabatan", "siapkan", "--json"]
    done = subprocess.run(command, stdout=subprocess.DEVNULL)  # noqa: S603
    if done.returncode != 0:
        raise GagalPerintah("Basis data tidak dapat disiapkan (lihat pesan di atas).", kode=done.returncode)


@contextlib.contextmanager
def server(args: argparse.Namespace) -> Iterator[DataDir]:
    """A reachable PostgreSQL: that of DATABASE_URL, the embedded one running already, or one of our own."""
    folder = data_dir(args)
    try:
        check_data_dir(folder)
        if not os.environ.get("DATABASE_WEB_URL"):
            check_database_url()
        with postgres.running(folder):
            yield folder
    except (StartError, postgres.PostgresError) as error:
        raise GagalPerintah(str(error)) from error


@contextlib.contextmanager
def database(args: argparse.Namespace) -> Iterator[DataDir]:
    """Django connected as the web role, to a database that is up to date."""
    with server(args) as folder:
        if not os.environ.get("DATABASE_WEB_URL") and _outdated():
            say("Menyiapkan basis data …")
            run_siapkan()
        from petajabatan.runtime.install import WEB, setup_django

        setup_django(WEB)
        try:
            yield folder
        finally:
            from django.db import connections

            connections.close_all()


def _outdated() -> bool:
    """Whether migrations are missing, by comparing the files with the table; cheap, no Django."""
    import psycopg

    from petajabatan.runtime.database import OWNER, database_url
    from petajabatan.runtime.install import migration_names

    try:
        with psycopg.connect(database_url(DataDir.from_env(), OWNER), connect_timeout=10) as conn:
            done = {f"{app}.{name}" for app, name in conn.execute("SELECT app, name FROM django_migrations")}
    except psycopg.errors.UndefinedTable:
        return True
    return not migration_names() <= done


@contextlib.contextmanager
def progress() -> Iterator[Kemajuan]:
    """Progress for a long service, on stderr. Django must have been set up."""
    from petajabatan.inti.pekerjaan import Kemajuan

    terminal = KemajuanTerminal()

    class _Kemajuan(Kemajuan):
        def __call__(self, selesai: int, total: int | None = None, tahap: str = "") -> None:
            terminal(selesai, total, tahap)

    try:
        yield _Kemajuan()
    finally:
        terminal.close()


def find_instansi(text: str) -> Instansi:
    """The instansi by id, SIASN id, BKN code or (part of a) name. Call with Django set up."""
    from django.db.models import Q

    from petajabatan.referensi.models import Instansi

    exact = Q(id_siasn=text) | Q(kode_cepat=text) | Q(nama__iexact=text)
    found = list(Instansi.objects.filter(exact)[:6])
    if not found:
        found = list(Instansi.objects.filter(nama__icontains=text).order_by("nama")[:6])
    if len(found) == 1:
        return found[0]
    if not found:
        raise GagalPerintah(
            f"Instansi {text!r} tidak ditemukan.",
            "Muat daftar instansi dengan: petajabatan impor referensi FOLDER; lalu pakai kode BKN, id SIASN"
            " atau namanya.",
        )
    choices = "\n".join(f"  {i.kode_cepat or '-':>6}  {i.nama}  ({i.id_siasn})" for i in found[:5])
    raise GagalPerintah(
        f"{text!r} cocok dengan lebih dari satu instansi:\n{choices}", "Pakai kode atau id-nya."
    )


def find_unit(instansi_id: int, text: str) -> int:
    """A unit of today's map by id or by name; the whole name wins over a beginning, that over a part."""
    from petajabatan.organisasi.models import UnorKini

    units = UnorKini.objects.filter(instansi_id=instansi_id)
    if text.isdigit():
        return int(text)  # it may be a unit of an older version; the export says when it is unknown
    found: list[tuple[int, str]] = []
    for how in ("iexact", "istartswith", "icontains"):
        rows = units.filter(**{f"nama__{how}": text}).order_by("kedalaman", "unor_id")
        found = list(rows.values_list("unor_id", "nama")[:6])
        if found:
            break
    if len(found) == 1:
        return int(found[0][0])
    if not found:
        raise GagalPerintah(f"Unit {text!r} tidak ada pada peta instansi ini.")
    choices = "\n".join(f"  {number:>8}  {nama}" for number, nama in found[:5])
    raise GagalPerintah(f"{text!r} cocok dengan lebih dari satu unit:\n{choices}", "Pakai id-nya.")


def find_user(username: str) -> Pengguna:
    """The account of that name. Call with Django set up."""
    from petajabatan.akun.models import Pengguna

    user = Pengguna.objects.filter(username=username).first()
    if user is None:
        raise GagalPerintah(f"Akun {username!r} tidak ada.", "Lihat: petajabatan akun daftar")
    return user
