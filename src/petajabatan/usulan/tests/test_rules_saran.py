"""Which box is proposed as heir of one that goes."""

from __future__ import annotations

from petajabatan.jabatan.rules.beda import IsiPosisi
from petajabatan.usulan.rules.saran import Kursi, usulkan_penerus


def head(key: int, nama: str, eselon: str, orang: int = 0) -> Kursi:
    return Kursi(IsiPosisi(key, key, nama, "struktural", k=1, kepala=True), eselon, orang)


def box(key: int, nama: str, jenjang: str, k: int | None = 2, jabatan: int | None = None, orang: int = 0):
    return Kursi(IsiPosisi(key, 1, nama, "fungsional", jenjang, k=k, jabatan_id=jabatan), None, orang)


def test_a_head_never_goes_to_an_occupied_seat_or_another_eselon_level():
    old = head(1, "Kepala Subbagian Program", "41", 1)
    assert usulkan_penerus([old], [head(2, "Sekretaris Dinas", "31")]) == {}
    assert usulkan_penerus([old], [head(2, "Kepala Subbagian Program", "41", 1)]) == {}
    free = head(3, "Kepala Subbagian Umum", "41")
    assert usulkan_penerus([old], [head(2, "Kepala Subbagian Program", "42"), free]) == {1: 3}


def test_one_free_seat_is_proposed_to_one_head():
    seats = usulkan_penerus(
        [head(1, "Kepala A", "31", 1), head(2, "Kepala B", "31", 1)], [head(3, "X", "31")]
    )
    assert seats == {1: 3}


def test_the_same_jabatan_comes_first_and_another_jenjang_is_no_heir():
    old = box(1, "Administrator Kesehatan Ahli Pertama", "PT", jabatan=7, orang=1)
    muda = box(2, "Administrator Kesehatan Ahli Muda", "MU", k=2, jabatan=8)
    same = box(3, "Administrator Kesehatan Ahli Pertama", "PT", k=0, jabatan=7)
    assert usulkan_penerus([old], [muda]) == {}
    assert usulkan_penerus([old], [muda, same]) == {1: 3}


def test_a_like_named_box_is_proposed_only_where_somebody_is_needed():
    old = box(1, "Pengelola Data dan Informasi", "PEL", orang=1)
    assert usulkan_penerus([old], [box(2, "Pengelola Data Informasi", "PEL", k=0)]) == {}
    assert usulkan_penerus([old], [box(2, "Pengelola Data Informasi", "PEL", k=2)]) == {1: 2}
    assert usulkan_penerus([old], [box(2, "Pengemudi", "PEL", k=2)]) == {}


def test_of_several_boxes_of_the_jabatan_one_with_room_is_proposed():
    old = box(1, "Perawat Ahli Pertama", "PT", jabatan=7, orang=1)
    full = box(2, "Perawat Ahli Pertama", "PT", k=1, jabatan=7, orang=1)
    assert usulkan_penerus([old], [full, box(3, "Perawat Ahli Pertama", "PT", k=3, jabatan=7)]) == {1: 3}
