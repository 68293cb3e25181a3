"""Reads of people and of B. Counts are for everybody; names and NIP pass both walls and are recorded."""

from petajabatan.pegawai.queries.bezetting import (
    Bezetting,
    b_of_units,
    bezetting_of,
    bezetting_of_boxes,
    bezetting_of_units,
    outside_b,
    policy_on,
    stored_b_holds,
)
from petajabatan.pegawai.queries.daftar import (
    BarisPegawai,
    DaftarPegawai,
    Pindah,
    list_people,
    pending_moves,
    search_people,
)
from petajabatan.pegawai.queries.orang import (
    Orang,
    OrangDuduk,
    Penghuni,
    Penugasan,
    may_list_people,
    may_see_people,
    people_on,
    person_history,
    sees_all_people,
)
from petajabatan.pegawai.queries.penerus import Penerus, successors_of_boxes, successors_of_units
from petajabatan.pegawai.queries.pengukuhan import Saring, confirmations, placements_of
from petajabatan.pegawai.queries.peta import day_of_b, peta_with_b
from petajabatan.pegawai.queries.ringkasan import DaftarInstansi, instansi_list
from petajabatan.pegawai.queries.riwayat import history_of
from petajabatan.pegawai.queries.terdampak import OrangTerdampak, Terdampak, accounts_of, people_affected

__all__ = [
    "BarisPegawai",
    "Bezetting",
    "DaftarInstansi",
    "DaftarPegawai",
    "Orang",
    "OrangDuduk",
    "OrangTerdampak",
    "Penerus",
    "Penghuni",
    "Penugasan",
    "Pindah",
    "Saring",
    "Terdampak",
    "accounts_of",
    "b_of_units",
    "bezetting_of",
    "bezetting_of_boxes",
    "bezetting_of_units",
    "confirmations",
    "day_of_b",
    "history_of",
    "instansi_list",
    "list_people",
    "may_list_people",
    "may_see_people",
    "outside_b",
    "pending_moves",
    "people_affected",
    "people_on",
    "person_history",
    "peta_with_b",
    "placements_of",
    "policy_on",
    "search_people",
    "sees_all_people",
    "stored_b_holds",
    "successors_of_boxes",
    "successors_of_units",
]
