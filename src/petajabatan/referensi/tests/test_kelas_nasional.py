"""Classes set nationally come in by file and by fixture. Every row here is synthetic: no regulation."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import IntegrityError, transaction

from petajabatan.inti.actor import sistem
from petajabatan.referensi.models import KelasNasional, TolakanReferensi
from petajabatan.referensi.services import import_referensi, load_shipped
from petajabatan.testing.factories import make_jabatan

pytestmark = pytest.mark.django_db
KEPALA = "jabatan,jenjang,eselon,jenis_instansi,kelas,sumber,berlaku_dari,berlaku_sampai"


@pytest.fixture(autouse=True)
def _loaded(db: None) -> None:
    load_shipped(sistem("uji"))


def bring(folder: Path, *rows: str):
    (folder / "kelas_nasional.csv").write_text("\n".join([KEPALA, *rows]) + "\n", encoding="utf-8")
    return import_referensi(sistem("uji"), folder).of("kelas_nasional.csv")


def test_the_product_ships_no_such_class() -> None:
    assert not KelasNasional.objects.exists()


def test_a_synthetic_annex_comes_in_and_again_changes_nothing(tmp_path: Path) -> None:
    jabatan = make_jabatan("Penata Uji Ahli Pertama", jenis="fungsional")
    rows = (
        f"{jabatan.id_siasn},,,,8,Lampiran buatan,2025-01-01,",
        ",PENGAWAS,,KAB,9,Lampiran buatan,2025-01-01,2026-12-31",
        ",,22,D,14,Lampiran buatan,,",
    )
    done = bring(tmp_path, *rows)
    assert (done.ditambah, done.ditolak) == (3, 0)
    row = KelasNasional.objects.get(jabatan=jabatan)
    assert (row.kelas, row.sumber, row.berlaku_dari) == (8, "Lampiran buatan", dt.date(2025, 1, 1))
    changed = bring(tmp_path, rows[0].replace(",8,", ",9,"), *rows[1:])
    assert (changed.ditambah, changed.berubah) == (0, 1)
    assert KelasNasional.objects.count() == 3


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        (",,,,8,Lampiran buatan,,", "tepat satu"),
        (",PENGAWAS,22,,9,Lampiran buatan,,", "tepat satu"),
        ("TIDAK-ADA,,,,8,Lampiran buatan,,", "jabatan tidak dikenal"),
        (",APA,,,8,Lampiran buatan,,", "jenjang tidak dikenal"),
        (",,77,,8,Lampiran buatan,,", "eselon tidak dikenal"),
        (",PENGAWAS,,DESA,8,Lampiran buatan,,", "jenis instansi"),
        (",PENGAWAS,,,18,Lampiran buatan,,", "1–17"),
        (",PENGAWAS,,,8,,,", "sumber"),
        (",PENGAWAS,,,8,Lampiran buatan,2025-02-30,", "tanggal"),
    ],
)
def test_a_bad_row_is_refused_with_its_reason(tmp_path: Path, row: str, reason: str) -> None:
    done = bring(tmp_path, row, ",ADM,,,11,Lampiran buatan,,")
    assert (done.ditambah, done.ditolak) == (1, 1)
    assert reason in TolakanReferensi.objects.get(berkas="kelas_nasional.csv").alasan


def test_a_fixture_brings_it_in_too(tmp_path: Path) -> None:
    row = {
        "model": "referensi.kelasnasional",
        "pk": 1,
        "fields": {"jenjang": "PENGAWAS", "kelas": 9, "sumber": "Lampiran buatan", "jenis_instansi": "KAB"},
    }
    path = tmp_path / "kelas_buatan.json"
    path.write_text(json.dumps([row]), encoding="utf-8")
    call_command("loaddata", str(path), verbosity=0)
    assert KelasNasional.objects.get().jenjang_id == "PENGAWAS"


def test_the_database_keeps_a_row_to_one_key_and_a_known_class() -> None:
    for values in ({"kelas": 8}, {"jenjang_id": "ADM", "eselon_id": "22", "kelas": 8},
                   {"jenjang_id": "ADM", "kelas": 18}):  # fmt: skip
        with pytest.raises(IntegrityError), transaction.atomic():
            KelasNasional.objects.create(sumber="Lampiran buatan", **values)
