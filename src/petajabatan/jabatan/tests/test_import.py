"""Importing unit files: all or nothing, only differences, every format to the same map."""

from __future__ import annotations

import csv
import datetime as dt
import io
import json

import openpyxl
import pytest
from django.core.exceptions import PermissionDenied
from django.http import Http404

from petajabatan.akun.queries import actor_of
from petajabatan.inti.actor import sistem
from petajabatan.inti.dinding import scope_of
from petajabatan.jabatan import queries
from petajabatan.jabatan.models import Posisi, PosisiRiwayat
from petajabatan.jabatan.services import import_unor, write_map_template
from petajabatan.organisasi.models import PetaVersi, Unor
from petajabatan.referensi.models import Eselon
from petajabatan.testing import factories as make
from petajabatan.testing.personas import make_persona

pytestmark = pytest.mark.django_db
UJI = sistem("uji")


@pytest.fixture
def instansi():
    for kode, nama in (("21", "II.a"), ("22", "II.b"), ("31", "III.a")):
        Eselon.objects.get_or_create(kode=kode, defaults={"nama": nama})
    return make.make_instansi("Kabupaten Impor")


def siasn(instansi, n=4) -> list[dict]:
    rows = [("U0", "", "Kabupaten Impor", "", "")]
    rows += [(f"U{i}", "U0", f"Dinas {i}", f"Kepala Dinas {i}", "22") for i in range(1, n)]
    return [
        {"Id": f"{key}-{instansi.pk}", "InstansiId": instansi.id_siasn, "NamaUnor": nama,
         "NamaJabatan": kepala,
         "DiatasanId": f"{above}-{instansi.pk}" if above else "", "EselonId": eselon}
        for key, above, nama, kepala, eselon in rows
    ]  # fmt: skip


def write_json(tmp_path, rows, name="unor.json"):
    path = tmp_path / name
    path.write_text(json.dumps({"data": rows}))
    return path


def nothing_stored(instansi) -> bool:
    return not (
        PetaVersi.objects.filter(instansi=instansi).exists()
        or Unor.objects.filter(instansi=instansi).exists()
        or Posisi.objects.filter(instansi=instansi).exists()
    )


def test_a_siasn_file_becomes_version_one_with_heads(instansi, tmp_path):
    report = import_unor(UJI, instansi.pk, write_json(tmp_path, siasn(instansi)[::-1]))
    assert (report.ok, report.baris, report.ditambah, report.versi, report.versi_baru) == (
        True,
        4,
        4,
        1,
        True,
    )
    assert report.posisi.ditambah == 3
    peta = queries.peta_of(instansi.pk, 1)
    assert peta.akar.nama == "Kabupaten Impor"
    assert sorted(k.nama for u in peta.walk() for k in u.kotak) == [f"Kepala Dinas {i}" for i in (1, 2, 3)]
    assert json.loads(json.dumps(report.as_dict()))["versi"] == 1


def test_the_same_file_again_changes_nothing(instansi, tmp_path):
    path = write_json(tmp_path, siasn(instansi))
    import_unor(UJI, instansi.pk, path)
    report = import_unor(UJI, instansi.pk, path)
    assert (report.ok, report.sama, report.ditambah, report.versi, report.versi_baru) == (
        True,
        4,
        0,
        1,
        False,
    )


def test_checking_only_stores_nothing_but_counts(instansi, tmp_path):
    path = write_json(tmp_path, siasn(instansi))
    report = import_unor(UJI, instansi.pk, path, periksa=True)
    assert (report.ok, report.ditambah, report.versi) == (True, 4, None) and nothing_stored(instansi)
    import_unor(UJI, instansi.pk, path)
    changed = siasn(instansi, 3)
    changed[1]["NamaUnor"] = "Dinas Satu"
    report = import_unor(UJI, instansi.pk, write_json(tmp_path, changed), periksa=True)
    assert (report.ok, report.ditambah, report.diubah, report.sama, report.dihapus) == (True, 0, 1, 2, 1)
    assert queries.last_version(instansi.pk).nomor == 1


def test_a_newer_file_writes_its_differences_only(instansi, tmp_path):
    import_unor(UJI, instansi.pk, write_json(tmp_path, siasn(instansi)))
    changed = siasn(instansi, 6)
    changed[1]["NamaUnor"] = "Dinas Satu"
    changed[2]["DiatasanId"] = changed[1]["Id"]
    report = import_unor(UJI, instansi.pk, write_json(tmp_path, changed))
    assert (report.versi, report.ditambah, report.diubah, report.sama, report.dihapus) == (2, 2, 2, 2, 0)
    found = queries.difference(instansi.pk, 1, 2)
    assert found.count()["unor"] == {"tambah": 2, "pindah": 1, "ganti-nama": 1}


BROKEN = {
    "melingkar": lambda rows: rows[1].update(DiatasanId=rows[1]["Id"]),
    "akar-ganda": lambda rows: rows[1].update(DiatasanId=""),
    "tanpa-akar": lambda rows: rows[0].update(DiatasanId=rows[1]["Id"]),
    "atasan-tidak-ada": lambda rows: rows[1].update(DiatasanId="TIDAK-ADA"),
    "id-ganda": lambda rows: rows[2].update(Id=rows[1]["Id"]),
    "eselon-tak-dikenal": lambda rows: rows[1].update(EselonId="88"),
    "nama-kosong": lambda rows: rows[1].update(NamaUnor=" "),
    "terlalu-panjang": lambda rows: rows[1].update(NamaUnor="x" * 300),
    "instansi-lain": lambda rows: [row.update(InstansiId="LAIN") for row in rows],
}


@pytest.mark.parametrize("kode", BROKEN)
@pytest.mark.parametrize("periksa", [True, False])
def test_a_broken_file_is_refused_as_a_whole(instansi, tmp_path, kode, periksa):
    rows = siasn(instansi)
    BROKEN[kode](rows)
    report = import_unor(UJI, instansi.pk, write_json(tmp_path, rows), periksa=periksa)
    assert not report.ok and kode in report.jumlah_temuan and nothing_stored(instansi)
    finding = next(t for t in report.temuan if t.kode == kode)
    assert finding.tempat == "unor.json" and finding.perbaikan


def test_ids_of_another_instansi_are_refused(instansi, tmp_path):
    other = make.make_instansi("Kabupaten Tetangga")
    import_unor(UJI, other.pk, write_json(tmp_path, siasn(other)))
    rows = siasn(other)
    for row in rows:
        row["InstansiId"] = instansi.id_siasn
    report = import_unor(UJI, instansi.pk, write_json(tmp_path, rows))
    assert report.jumlah_temuan == {"milik-instansi-lain": 4} and nothing_stored(instansi)
    assert "Kabupaten Tetangga" in report.temuan[0].kalimat


def test_a_unit_with_people_may_not_go_missing(instansi, tmp_path):
    make.make_policy()
    import_unor(UJI, instansi.pk, write_json(tmp_path, siasn(instansi)))
    seat = PosisiRiwayat.objects.get(instansi=instansi, nama="Kepala Dinas 3")
    make.make_pegawai(instansi, "Sri", Posisi.objects.get(pk=seat.posisi_id))
    for periksa in (True, False):
        report = import_unor(UJI, instansi.pk, write_json(tmp_path, siasn(instansi, 3)), periksa=periksa)
        assert not report.ok and report.jumlah_temuan == {"masih-diduduki": 1}
    assert queries.last_version(instansi.pk).nomor == 1


def test_csv_and_json_of_the_same_units_agree(instansi, tmp_path):
    import_unor(UJI, instansi.pk, write_json(tmp_path, siasn(instansi)))
    path = tmp_path / "unor.csv"
    with path.open("w", newline="") as file:
        writer = csv.writer(file, delimiter=";")
        writer.writerow(["Id", "NamaUnor", "DiatasanId"])
        for row in siasn(instansi):
            prefix = "--" if row["DiatasanId"] else ""
            writer.writerow([row["Id"], prefix + row["NamaUnor"], row["DiatasanId"]])
    report = import_unor(UJI, instansi.pk, path)
    assert (report.ok, report.format, report.sama, report.versi) == (True, "siasn-csv", 4, 1)


@pytest.fixture
def filled(instansi, tmp_path):
    """The template of a map with boxes of every kind, ready to be edited."""
    make.make_jabatan("Pengolah Data Impor", "pelaksana")
    make.make_jabatan("Arsiparis Terampil Impor", "fungsional")
    import_unor(UJI, instansi.pk, write_json(tmp_path, siasn(instansi)))
    return edit(instansi, tmp_path, posisi=[
        (f"U1-{instansi.pk}", "Pengolah Data Impor", "pelaksana", None, "tidak", 6, 4),
        (f"U2-{instansi.pk}", "Arsiparis terampil impor", "JF", None, None, 6, None),
    ], unor=[("L-1", f"U2-{instansi.pk}", "SDN 1 Impor", None, "sekolah")],
        kode=[("L-1", "npsn", "20319999")])  # fmt: skip


def edit(instansi, tmp_path, unor=(), posisi=(), kode=(), change=None):
    out = io.BytesIO()
    write_map_template(UJI, instansi.pk, out)
    book = openpyxl.load_workbook(out)
    for sheet, rows in (("Unor", unor), ("Posisi", posisi), ("Kode", kode)):
        for row in rows:
            book[sheet].append(row)
    if change:
        change(book)
    path = tmp_path / "templat.xlsx"
    book.save(path)
    return path


def test_the_filled_template_round_trips(instansi, filled, tmp_path):
    report = import_unor(UJI, instansi.pk, filled)
    assert report.ok, report.temuan
    assert (report.versi, report.ditambah, report.posisi.ditambah) == (2, 1, 2)
    peta = queries.peta_of(instansi.pk, 2)
    school = next(u for u in peta.walk() if u.nama == "SDN 1 Impor")
    assert (school.jenis, school.id_siasn) == ("sekolah", None)
    assert ("npsn", "20319999") in queries.unor_detail(school.id, 2).kode
    boxes = {k.nama: k for u in peta.walk() for k in u.kotak}
    assert boxes["Arsiparis terampil impor"].k is None and boxes["Pengolah Data Impor"].k == 4
    again = import_unor(UJI, instansi.pk, edit(instansi, tmp_path))
    assert (again.ok, again.versi, again.versi_baru, again.sama) == (True, 2, False, 5), again.temuan


def test_a_box_without_its_row_ends_and_a_changed_need_is_a_difference(instansi, filled, tmp_path):
    import_unor(UJI, instansi.pk, filled)

    def change(book):
        sheet = book["Posisi"]
        for row in list(sheet.iter_rows(min_row=2)):
            if row[1].value == "Pengolah Data Impor":
                row[6].value = 9
            if row[1].value == "Arsiparis terampil impor":
                sheet.delete_rows(row[0].row)

    report = import_unor(UJI, instansi.pk, edit(instansi, tmp_path, change=change))
    assert (report.versi, report.posisi.diubah, report.posisi.dihapus) == (3, 1, 1)
    assert queries.difference(instansi.pk, 2, 3).count() == {
        "unor": {},
        "posisi": {"hapus": 1, "ubah-k": 1},
    }


def test_a_wrong_row_of_any_sheet_refuses_the_workbook(instansi, filled, tmp_path):
    key = f"U1-{instansi.pk}"
    path = edit(
        instansi,
        tmp_path,
        posisi=[(key, "Pengolah Dato Impor", "pelaksana", None, None, 18, -2), ("NIHIL", "X", "struktural")],
        kode=[(key, "npsn", "12")],
    )
    report = import_unor(UJI, instansi.pk, path)
    assert report.jumlah_temuan == {
        "jabatan-tak-dikenal": 1,
        "kelas-di-luar-1-17": 1,
        "k-bukan-bilangan": 1,
        "unit-posisi-tidak-ada": 1,
        "kode-tak-sah": 1,
    }
    unknown = next(t for t in report.temuan if t.kode == "jabatan-tak-dikenal")
    assert (unknown.tempat, unknown.baris) == ("Posisi", 5) and "Pengolah Data Impor" in unknown.perbaikan
    assert queries.last_version(instansi.pk).nomor == 1


def test_a_template_of_another_instansi_is_refused(instansi, filled, tmp_path):
    other = make.make_instansi("Kabupaten Tetangga")
    report = import_unor(UJI, other.pk, filled)
    assert "instansi-lain" in report.jumlah_temuan and nothing_stored(other)


def test_the_effective_date_defaults_to_today_and_never_goes_back(instansi, tmp_path):
    ahead = dt.date(2030, 1, 1)
    import_unor(UJI, instansi.pk, write_json(tmp_path, siasn(instansi)), berlaku=ahead)
    report = import_unor(UJI, instansi.pk, write_json(tmp_path, siasn(instansi, 5)))
    assert queries.last_version(instansi.pk).berlaku == ahead and report.versi == 2
    report = import_unor(
        UJI, instansi.pk, write_json(tmp_path, siasn(instansi, 6)), berlaku=dt.date(2029, 1, 1)
    )
    assert report.jumlah_temuan == {"berlaku-mundur": 1}


@pytest.mark.parametrize(
    "name", ["penyetuju", "monitor", "verifikator", "pembina", "pemantau", "pegawai", "orang_luar"]
)
def test_only_those_who_may_import(instansi, peta_b, tmp_path, name):
    where = peta_b.instansi.pk if name == "orang_luar" else instansi.pk
    actor = actor_of(make_persona(name, instansi_id=where))
    with scope_of(actor), pytest.raises(PermissionDenied):
        import_unor(actor, instansi.pk, write_json(tmp_path, siasn(instansi)))


def test_an_operator_imports_through_the_wall(instansi, tmp_path):
    actor = actor_of(make_persona("operator", instansi_id=instansi.pk))
    with scope_of(actor):
        report = import_unor(actor, instansi.pk, write_json(tmp_path, siasn(instansi)))
    assert report.ok and PetaVersi.objects.get(instansi=instansi).ditetapkan_oleh == "Operator"


def test_an_unknown_instansi_is_not_found(tmp_path, instansi):
    with pytest.raises(Http404):
        import_unor(UJI, 10**8, write_json(tmp_path, siasn(instansi)))
