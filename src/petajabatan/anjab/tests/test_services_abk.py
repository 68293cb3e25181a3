"""ABK sheets through a draft: stored, undone, published, recapped, compared, explained."""

from __future__ import annotations

import datetime as dt
import io
from decimal import Decimal
from fractions import Fraction
from functools import partial

import openpyxl
import pytest
from django.core.exceptions import PermissionDenied
from django.http import Http404

from petajabatan.anjab.abk_xlsx import recap_xlsx
from petajabatan.anjab.queries.abk import compare_norms, draft_sheet, explain_draft, explain_published
from petajabatan.anjab.queries.abk_rekap import draft_recap, hints, published_recap
from petajabatan.anjab.services.abk import save_sheet, undo_sheet
from petajabatan.inti import jam
from petajabatan.inti.temuan import Ditolak
from petajabatan.jabatan.models import PosisiRiwayat
from petajabatan.jabatan.queries.abk import reference_for, rounding_choice, sheet_sums
from petajabatan.jabatan.queries.isian import sheets_as_of
from petajabatan.jabatan.rules.abk.hitung import compute
from petajabatan.jabatan.rules.abk.lembar import compute_sheet
from petajabatan.jabatan.services.abk import choose_rounding
from petajabatan.jabatan.tests.abk_uji import AMBANG, WAKTU, contoh_setjen, kebijakan, perlu_contoh
from petajabatan.organisasi.models import SELAMANYA
from petajabatan.testing.factories import make_instansi, make_pegawai, make_posisi
from petajabatan.usulan.models import Operasi, Usulan
from petajabatan.usulan.queries.isian import sheets_of
from petajabatan.usulan.rules.operasi import BuatInfojab, HapusPosisi, TulisIsian, UbahK
from petajabatan.usulan.services import add_operations, create_usulan
from petajabatan.usulan.services.terbit import Penetapan, publish_usulan
from petajabatan.usulan.tests.conftest import Peta
from petajabatan.usulan.tests.pembuat import account
from petajabatan.usulan.tests.test_services_draf import approve

pytestmark = pytest.mark.django_db


def draft(peta: Peta) -> Usulan:
    return create_usulan(peta.operator, peta.instansi.pk, judul="Beban kerja", layanan="infojab")


def rows(*figures: tuple[str | None, str | None]) -> dict:
    return {
        "baris": [{"uraian": f"Tugas {n}", "volume": v, "norma": m} for n, (v, m) in enumerate(figures, 1)]
    }


def publish(peta: Peta, usulan: Usulan) -> None:
    approve(usulan)
    day = jam.today()
    publish_usulan(peta.penyetuju, usulan.pk, Penetapan("800/1", day, day))


def now_of(usulan: Usulan, posisi_id: int):
    usulan.refresh_from_db()
    return sheets_of(usulan, [posisi_id]).get(posisi_id)


def code(call) -> str:
    with pytest.raises(Ditolak) as caught:
        call()
    return caught.value.temuan[0].kode


def test_a_saved_sheet_keeps_the_norm_and_the_policy_it_was_made_with(peta: Peta) -> None:
    usulan = draft(peta)
    done = save_sheet(peta.operator, usulan.pk, peta.kotak.pk, rows(("24", "4800"), ("100", "3000")))
    assert done.edit is not None and done.revisi == 1
    held = now_of(usulan, peta.kotak.pk)
    assert held is not None
    assert (held.isi["waktu"], held.isi["kebijakan"], held.isi["dari"]) == ("2020-5", "half_up", "abk")
    # What the instansi chooses later does not change a sheet that says how it was made.
    choose_rounding(peta.penyetuju, peta.instansi.pk, "ceil", alasan="Rapat tim")
    sheet = draft_sheet(peta.operator, usulan.pk, peta.kotak.pk)
    assert sheet.acuan.pilihan == "ceil"
    assert compute_sheet(held.isi, "pelaksana", sheet.acuan).hasil.kebijakan.kode == "half_up"
    other = save_sheet(peta.operator, usulan.pk, peta.kotak_lain.pk, rows(("24", "4800")))
    assert other.hitungan.lembar.k == 2  # 1.536, always up
    stored = now_of(usulan, peta.kotak_lain.pk)
    assert stored is not None and stored.isi["kebijakan"] == "ceil"


def test_saving_what_is_there_already_writes_nothing_and_the_same_key_writes_once(peta: Peta) -> None:
    usulan = draft(peta)
    body = rows(("24", "4800"))
    first = save_sheet(peta.operator, usulan.pk, peta.kotak.pk, body, kunci="satu")
    again = save_sheet(peta.operator, usulan.pk, peta.kotak.pk, body, kunci="dua")
    assert again.edit is None and again.revisi == first.revisi
    save_sheet(peta.operator, usulan.pk, peta.kotak.pk, rows(("30", "4800")), kunci="tiga")
    late = save_sheet(peta.operator, usulan.pk, peta.kotak.pk, body, kunci="satu")
    assert late.edit is not None and late.edit.diulang
    assert Operasi.objects.filter(usulan=usulan).count() == 2


def test_a_figure_nobody_can_read_is_stored_as_it_was_typed_and_keeps_k(peta: Peta) -> None:
    usulan = draft(peta)
    body = {"baris": [{"uraian": "Menyusun", "mentah": {"volume": "12/3", "norma": "1.080"}}]}
    done = save_sheet(peta.operator, usulan.pk, peta.kotak.pk, body)
    held = now_of(usulan, peta.kotak.pk)
    assert held is not None and held.isi["baris"][0]["mentah"] == {"volume": "12/3"}
    assert held.isi["baris"][0]["norma"] == "1080" and done.hitungan.lembar.k is None
    assert draft_sheet(peta.operator, usulan.pk, peta.kotak.pk).posisi.k == 3


def test_text_that_cannot_be_kept_refuses_the_whole_and_leaves_what_was_stored(peta: Peta) -> None:
    usulan = draft(peta)
    save_sheet(peta.operator, usulan.pk, peta.kotak.pk, rows(("24", "4800")))
    body = {"baris": [{"uraian": "kata " * 1_000_000, "volume": "1", "norma": "60"}]}
    assert code(lambda: save_sheet(peta.operator, usulan.pk, peta.kotak.pk, body)) == "abk-teks-panjang"
    held = now_of(usulan, peta.kotak.pk)
    assert held is not None and held.isi["baris"][0]["uraian"] == "Tugas 1"


def test_emptying_the_grid_removes_the_sheet(peta: Peta) -> None:
    usulan = draft(peta)
    save_sheet(peta.operator, usulan.pk, peta.kotak.pk, rows(("24", "4800")))
    save_sheet(peta.operator, usulan.pk, peta.kotak.pk, {"baris": []})
    assert now_of(usulan, peta.kotak.pk) is None


def test_undo_takes_back_the_last_change_of_this_sheet_only(peta: Peta) -> None:
    usulan = draft(peta)
    box = peta.kotak.pk
    assert code(lambda: undo_sheet(peta.operator, usulan.pk, box)) == "tanpa-urungan"
    save_sheet(peta.operator, usulan.pk, box, rows(("24", "4800")))
    save_sheet(peta.operator, usulan.pk, box, rows(("100", "4800")))
    undo_sheet(peta.operator, usulan.pk, box, kunci="urung-1")
    undo_sheet(peta.operator, usulan.pk, box, kunci="urung-1")  # the same request again
    held = now_of(usulan, box)
    assert held is not None and held.isi["baris"][0]["volume"] == "24"
    assert draft_sheet(peta.operator, usulan.pk, box).posisi.k == 2
    add_operations(peta.operator, usulan.pk, [UbahK(posisi_id=peta.kotak_lain.pk, k=9)])
    assert code(lambda: undo_sheet(peta.operator, usulan.pk, box)) == "urungan-lain"


def test_somebody_elses_change_is_not_written_over_unseen(peta: Peta) -> None:
    usulan = draft(peta)
    save_sheet(peta.operator, usulan.pk, peta.kotak.pk, rows(("24", "4800")))
    body = rows(("30", "4800"))
    late = partial(save_sheet, peta.operator, usulan.pk, peta.kotak.pk, body, revisi=0)
    assert code(late) == "objek-sudah-berubah"


def test_only_who_drafts_here_writes_and_only_who_reads_drafts_sees(peta: Peta) -> None:
    usulan = draft(peta)
    monitor = account("pemonitor", "instansi-monitor-perencanaan-kepegawaian", "instansi",
                      instansi_id=peta.instansi.pk)  # fmt: skip
    with pytest.raises(PermissionDenied):
        save_sheet(monitor, usulan.pk, peta.kotak.pk, rows(("24", "4800")))
    outside = account("luar", "instansi-operator-sotk", "instansi", instansi_id=make_instansi().pk)
    with pytest.raises(Http404):
        draft_sheet(outside, usulan.pk, peta.kotak.pk)
    writer = account("penulis", "instansi-operator-infojab", "instansi", instansi_id=peta.instansi.pk)
    assert save_sheet(writer, usulan.pk, peta.kotak.pk, rows(("24", "4800"))).edit is not None


def test_rows_come_from_the_tasks_and_keep_their_number(peta: Peta) -> None:
    usulan = draft(peta)
    tasks = [{"uraian": "Menyusun laporan", "satuan": "laporan"}, {"uraian": "Menilai berkas"}]
    add_operations(
        peta.operator, usulan.pk,
        [BuatInfojab(id=-1, posisi_id=(peta.kotak.pk,)),
         TulisIsian(infojab_id=-1, bagian="tugas_pokok", isi={"tugas_pokok": tasks})],
    )  # fmt: skip
    sheet = draft_sheet(peta.operator, usulan.pk, peta.kotak.pk)
    assert [(t.id, t.uraian, t.satuan) for t in sheet.tugas] == [
        (1, "Menyusun laporan", "laporan"), (2, "Menilai berkas", ""),
    ]  # fmt: skip
    body = {"baris": [{"uraian": "Menyusun laporan", "volume": "12", "norma": "1080", "tugas": 1}]}
    done = save_sheet(peta.operator, usulan.pk, peta.kotak.pk, body)
    assert [t.kode for t in done.hitungan.temuan if t.kode.startswith("abk-tugas")] == [
        "abk-tugas-tanpa-baris"
    ]
    held = now_of(usulan, peta.kotak.pk)
    assert held is not None and held.isi["baris"][0]["tugas"] == 1


@perlu_contoh
def test_the_official_cases_go_through_draft_publication_and_recap_to_four_decimals(peta: Peta) -> None:
    usulan = draft(peta)
    expected = {}
    boxes = {}
    for n, (name, lines) in enumerate(contoh_setjen().items()):
        kind = "pelaksana" if "PELAKSANA" in lines[0]["jenis"] else "struktural"
        jabatan = peta.jabatan if kind == "pelaksana" else None
        box = make_posisi(
            peta.seksi, lines[0]["nama_jabatan"], jenis=kind, jabatan=jabatan, k=0, urutan=n + 1
        )
        boxes[name] = box
        body = {
            "baris": [
                {"uraian": r["uraian_tugas"], "mentah": {"volume": r["volume"], "norma": r["waktu_menit"]}}
                for r in lines
            ]
        }
        done = save_sheet(peta.operator, usulan.pk, box.pk, body)
        assert [str(b.tampil) for b in done.hitungan.lembar.hasil.baris] == [
            r["kebutuhan_item"] for r in lines
        ]
        total = sum(Decimal(r["kebutuhan_item"]) for r in lines)
        expected[box.pk] = (total, int(lines[0]["kebutuhan_bulat"]))
    in_draft = {b.posisi_id: b for b in draft_recap(usulan).kotak}
    publish(peta, usulan)
    published = {b.posisi_id: b for b in published_recap(peta.instansi.pk, 2).kotak}
    for key, (total, k) in expected.items():
        for found in (in_draft[key], published[key]):
            assert found.jumlah == Fraction(total) and found.k == k
        assert PosisiRiwayat.objects.get(posisi_id=key, hingga=SELAMANYA).k == k
        why = explain_published(peta.instansi.pk, key, 2).penjelasan
        assert why is not None and why.k == k
    data = recap_xlsx(published_recap(peta.instansi.pk), "Instansi Uji", "versi 2")
    sheet = openpyxl.load_workbook(io.BytesIO(data))["Kotak"]
    head = [cell.value for cell in sheet[3]]
    lines = {
        row[0]: dict(zip(head, row, strict=True)) for row in sheet.iter_rows(min_row=4, values_only=True)
    }
    for key, (total, k) in expected.items():
        assert (Decimal(str(lines[key]["Σ"])), lines[key]["K"]) == (total, k)


def test_the_sum_of_the_database_is_the_sum_of_the_rules(peta: Peta) -> None:
    usulan = draft(peta)
    mixed = {
        "baris": [
            {"uraian": "A", "volume": "24", "norma": "4800"},
            {"uraian": "B", "volume": "80.5", "norma": "7", "pendekatan": "objek"},
            {
                "uraian": "C",
                "volume": "20",
                "norma": "3",
                "pendekatan": "peralatan",
                "pegawai": 2,
                "giliran": 3,
            },
        ],
        "waktu": "2004",
    }
    save_sheet(peta.operator, usulan.pk, peta.kotak.pk, mixed)
    save_sheet(peta.operator, usulan.pk, peta.kotak_lain.pk, rows(("24", "4800"), ("12", None)))
    head = save_sheet(peta.operator, usulan.pk, peta.kepala.pk, rows(("0", "4800")))
    assert head.hitungan.lembar.hasil.jumlah == 0
    publish(peta, usulan)
    acuan = reference_for(peta.instansi.pk)
    sheets = sheets_as_of(peta.instansi.pk, 2, [peta.kotak.pk, peta.kotak_lain.pk, peta.kepala.pk])
    sums = sheet_sums(peta.instansi.pk, 2)
    assert sheets.keys() == sums.keys()
    for key, isi in sheets.items():
        assert sums[key].jumlah == compute_sheet(isi, "pelaksana", acuan).hasil.jumlah
        assert sums[key].baris == len(isi["baris"])
    assert sums[peta.kotak_lain.pk].jumlah is None  # a gap is not a zero
    assert sums[peta.kepala.pk].jumlah == 0


def test_the_recap_counts_boxes_without_a_sheet_apart(peta: Peta) -> None:
    make_pegawai(peta.instansi, "Rani Uji", peta.kotak_lain)
    usulan = draft(peta)
    save_sheet(peta.operator, usulan.pk, peta.kotak.pk, rows(("24", "4800"), ("100", "3000")))  # 5.536
    rekap = draft_recap(usulan)
    whole = rekap.total(rekap.kotak, "Semua")
    assert (whole.jumlah, whole.tanpa_abk) == (Fraction("5.536"), len(rekap.kotak) - 1)
    one = rekap.total([b for b in rekap.kotak if b.posisi_id == peta.kotak.pk], "x")
    assert (one.k, one.b, one.efisiensi.prestasi) == (6, one.b, "A" if one.b else None)
    units = {row.nama: row for row in rekap.per_unit(rekap.kotak)}
    assert units["Bidang Anggaran"].jumlah == Fraction("5.536") and units["Bidang Aset"].tanpa_abk == 2
    assert {b.unit for b in rekap.branch(peta.bidang.pk)} == {"Bidang Anggaran", "Seksi Pendataan"}
    assert [name for _key, name in rekap.branches()] == ["Bidang Anggaran", "Bidang Aset"]


def test_people_of_a_removed_box_count_where_its_successor_stands(peta: Peta) -> None:
    usulan = create_usulan(peta.operator, peta.instansi.pk, judul="Penataan", dasar_hukum_id=peta.dasar.pk)
    before = {b.posisi_id: b.b for b in draft_recap(usulan).kotak}
    add_operations(
        peta.operator, usulan.pk, [HapusPosisi(posisi_id=peta.kotak.pk, penerus=peta.kotak_lain.pk)]
    )
    after = {b.posisi_id: b.b for b in draft_recap(usulan).kotak}
    assert peta.kotak.pk not in after
    assert after[peta.kotak_lain.pk] == before[peta.kotak.pk] + before[peta.kotak_lain.pk]


def test_hints_name_the_box_that_hangs_on_little_and_sums_that_repeat(peta: Peta) -> None:
    usulan = draft(peta)
    boxes = [make_posisi(peta.seksi, "Pengelola Data", jenis="pelaksana", jabatan=peta.jabatan_lain, k=1,
                         urutan=n) for n in range(1, 4)]  # fmt: skip
    for box in boxes:
        save_sheet(peta.operator, usulan.pk, box.pk, rows(("2", "60000")))  # 1.6 each
    save_sheet(peta.operator, usulan.pk, peta.kotak.pk, rows(("1", "113250")))  # 1.51
    rekap = draft_recap(usulan)
    found = {(h.temuan.kode, h.kotak.posisi_id) for h in hints(rekap.acuan, rekap.kotak)}
    assert ("abk-tepat-di-atas", peta.kotak.pk) in found
    assert [code for code, _ in found if code == "abk-jumlah-berulang"] == ["abk-jumlah-berulang"]


def test_norms_are_compared_with_the_same_jabatan_in_published_sheets(
    peta: Peta, django_assert_num_queries
) -> None:
    usulan = draft(peta)
    body = {
        "baris": [
            {"uraian": "Menyusun laporan bulanan", "volume": "12", "norma": str(n)}
            for n in range(300, 400, 10)
        ]
    }
    save_sheet(peta.operator, usulan.pk, peta.kotak_lain.pk, body)
    publish(peta, usulan)
    other = draft(peta)
    sheet = draft_sheet(peta.operator, other.pk, peta.kotak.pk)
    isi = {"baris": [{"uraian": "Menyusun laporan bulanan", "volume": "12", "norma": "21000"}]}
    with django_assert_num_queries(1):
        found = compare_norms(sheet.acuan, sheet.posisi.jabatan_id, peta.kotak.pk, isi)
    assert (found.n, found.instansi) == (10, 1) and found.sebaran is not None
    [finding] = found.temuan
    assert (finding.kode, finding.baris, finding.kolom) == ("abk-norma-pencilan", 1, "norma")
    assert "345 menit" in finding.kalimat and "menit pada kolom jam" in finding.perbaikan
    # Its own sheet is not what it is compared with.
    assert compare_norms(sheet.acuan, sheet.posisi.jabatan_id, peta.kotak_lain.pk, isi).n == 0


def test_what_calculating_reads_does_not_grow_with_the_sheet(
    peta: Peta, django_assert_max_num_queries
) -> None:
    usulan = draft(peta)
    save_sheet(peta.operator, usulan.pk, peta.kotak.pk, rows(*[("12", "600")] * 200))
    with django_assert_max_num_queries(10):
        draft_sheet(peta.operator, usulan.pk, peta.kotak.pk)


def test_the_recommendation_of_a_pembina_gives_k_of_a_jf_and_the_sheet_stays_beside_it(peta: Peta) -> None:
    box = make_posisi(peta.seksi, "Arsiparis", jenis="fungsional", jabatan=peta.jabatan_lain, k=1, urutan=5)
    usulan = draft(peta)
    body = rows(("24", "4800")) | {
        "dari": "rekomendasi",
        "rekomendasi": {"k": "5", "pembina": "ANRI", "dokumen": "B-1/2026", "tanggal": "2026-02-03"},
    }
    done = save_sheet(peta.operator, usulan.pk, box.pk, body)
    assert done.hitungan.lembar.k == 5
    sebab = explain_draft(peta.operator, usulan.pk, box.pk)
    assert sebab.k_peta == 5 and sebab.penjelasan is not None
    assert sebab.penjelasan.langkah[0].judul == "Rekomendasi ANRI"
    assert any("Lembar ABK menghasilkan 2 orang" in note for note in sebab.penjelasan.catatan)
    gap = body | {"rekomendasi": {"k": "5", "pembina": "ANRI"}}
    done = save_sheet(peta.operator, usulan.pk, box.pk, gap)
    assert done.hitungan.lembar.k is None
    assert draft_sheet(peta.operator, usulan.pk, box.pk).posisi.k == 5
    done = save_sheet(peta.operator, usulan.pk, peta.kotak.pk, body)  # a pelaksana
    assert "rekomendasi-bukan-jf" in {t.kode for t in done.hitungan.temuan}


def test_every_k_is_explained_also_without_a_sheet(peta: Peta) -> None:
    none = explain_published(peta.instansi.pk, peta.kotak.pk)
    assert none.isi is None and none.k_peta == 3
    usulan = draft(peta)
    save_sheet(peta.operator, usulan.pk, peta.kotak.pk, rows(("24", "4800"), ("12", "1080")))
    add_operations(peta.operator, usulan.pk, [UbahK(posisi_id=peta.kotak.pk, k=7)])
    sebab = explain_draft(peta.operator, usulan.pk, peta.kotak.pk)
    assert sebab.penjelasan is not None
    sums = [step.hitungan for step in sebab.penjelasan.langkah]
    assert sums[0] == "24 × 4.800 menit ÷ 75.000 menit" and sums[2] == "1,5360 + 0,1728"
    assert any("7" in note and "2" in note for note in sebab.catatan)
    head = explain_published(peta.instansi.pk, peta.kepala.pk)
    assert head.kepala and head.k_peta == 1
    with pytest.raises(Http404):
        explain_published(make_instansi().pk, peta.kotak.pk)


def test_an_instansi_chooses_its_rounding_with_a_reason_and_never_backwards(peta: Peta) -> None:
    key, day = peta.instansi.pk, jam.today()
    assert rounding_choice(key, day) == ""
    choose_rounding(peta.penyetuju, key, "ceil", alasan="Keputusan PPK 1/2026")
    choose_rounding(peta.operator, key, "jf_050", berlaku=day + dt.timedelta(days=10), alasan="Rapat")
    assert rounding_choice(key, day) == "ceil"
    assert rounding_choice(key, day + dt.timedelta(days=10)) == "jf_050"
    choose_rounding(peta.penyetuju, key, "", alasan="Kembali ke bawaan")
    assert rounding_choice(key, day) == ""
    yesterday = day - dt.timedelta(days=1)
    cases = {
        "tanggal-lampau": {"kebijakan": "ceil", "berlaku": yesterday, "alasan": "x"},
        "kebijakan-tidak-dikenal": {"kebijakan": "struktural_satu", "alasan": "x"},
        "alasan-wajib": {"kebijakan": "ceil", "alasan": "  "},
    }
    for expected, values in cases.items():
        assert code(lambda v=values: choose_rounding(peta.penyetuju, key, **v)) == expected
    monitor = account("pemonitor", "instansi-monitor-perencanaan-kepegawaian", "instansi", instansi_id=key)
    with pytest.raises(PermissionDenied):
        choose_rounding(monitor, key, "ceil", alasan="x")
    branch = account("cabang", "instansi-operator-sotk", "unor", instansi_id=key, sasaran_id=peta.bidang.pk)
    with pytest.raises(PermissionDenied):
        choose_rounding(branch, key, "ceil", alasan="x")


def test_the_golden_rules_and_the_stored_path_agree_where_shown_rows_would_mislead(peta: Peta) -> None:
    usulan = draft(peta)
    # 0.49995 and 1.00002 are shown as 0.5000 and 1.0000; the exact sum 1.49997 gives 1.
    body = rows(("1", "37496.25"), ("1", "75001.5"))
    done = save_sheet(peta.operator, usulan.pk, peta.kotak.pk, body)
    pure = compute([b.baris for b in done.hitungan.lembar.hasil.baris], WAKTU, kebijakan("half_up"), AMBANG)
    assert done.hitungan.lembar.k == pure.k == 1
    assert draft_recap(usulan).total(draft_recap(usulan).branch(peta.bidang.pk), "x").jumlah == Fraction(
        "1.49997"
    )
