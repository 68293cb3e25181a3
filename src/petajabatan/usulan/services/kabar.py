"""Telling those concerned about an usulan. Titles carry number, action and state, never a person's name."""

from __future__ import annotations

from petajabatan.inti.actor import Actor
from petajabatan.inti.kabar import notify
from petajabatan.usulan.models import Usulan
from petajabatan.usulan.queries import penerima
from petajabatan.usulan.rules.alur import AKHIR, HAK, STATUS
from petajabatan.usulan.services.izin import lock_usulan, require_right

KALIMAT = {
    "ajukan-ke-penyetuju": "menunggu tanda tangan Anda",
    "tanda-tangani": "diajukan ke BKN",
    "kembalikan": "dikembalikan",
    "tarik": "ditarik kembali",
    "ambil": "mulai diverifikasi BKN",
    "lepas": "kembali ke daftar kerja verifikasi",
    "minta-perbaikan": "perlu diperbaiki",
    "periksa-kedua": "disetujui pemeriksa kedua",
    "setujui": "disetujui BKN dan siap ditetapkan",
    "tolak": "ditolak BKN",
    "tetapkan": "ditetapkan",
    "batalkan": "dibatalkan",
    "batalkan-versi": "ditarik dari jadwal: versinya dibatalkan sebelum berlaku",
    "disunting": "disunting lagi dan kembali menjadi draf",
}
_D, _S, _V = penerima.drafters, penerima.signers, penerima.verifiers
PENERIMA = {
    "ajukan-ke-penyetuju": (_S,),
    "tanda-tangani": (_D, _V),
    "kembalikan": (_D,),
    "tarik": (_D, _S),
    "ambil": (_D, _S),
    "lepas": (_V,),
    "minta-perbaikan": (_D, _S),
    "periksa-kedua": (_V,),
    "setujui": (_D, _S),
    "tolak": (_D, _S),
    "tetapkan": (_D, _S),
    "batalkan": (_D, _S),
    "batalkan-versi": (_D, _S),
    "disunting": (_S,),
}


def address_of(usulan_id: int) -> str:
    return f"/usulan/{usulan_id}/"


def tell(actor: Actor, usulan: Usulan, tindakan: str, peristiwa: int, alasan: str = "") -> int:
    """Tell those concerned about a step (``peristiwa``: id of its row in the history); returns how many."""
    people: set[int] = set()
    for group in PENERIMA.get(tindakan, ()):
        people |= group(usulan)
    if tindakan in ("tetapkan", "batalkan", "batalkan-versi") and usulan.verifikator_id:
        people.add(usulan.verifikator_id)
    judul = f"Usulan {usulan.nomor} {KALIMAT.get(tindakan, STATUS[usulan.status].lower())}"
    return notify(
        actor,
        people - {actor.id or 0},
        judul,
        "\n".join(part for part in (usulan.judul, alasan) if part),
        address_of(usulan.pk),
        kunci=f"usulan:{usulan.pk}:{tindakan}:{peristiwa}",
    )


def notify_touched(actor: Actor, usulan_id: int) -> int:
    """Tell the people whose seat the draft touches that a change is being prepared; returns how many were
    told now. Once per revision and person. Only where the usulan's switch ``kabari_pegawai`` is on; raises
    Http404, PermissionDenied."""
    usulan = lock_usulan(usulan_id)
    require_right(actor, (HAK["susun"][usulan.layanan], "tetapkan", "verifikasi"), usulan)
    if not usulan.kabari_pegawai or usulan.status in AKHIR:
        return 0
    return notify(
        actor,
        penerima.touched_accounts(usulan),
        "Perubahan peta jabatan yang menyentuh jabatan Anda sedang diusulkan",
        "Perubahan ini belum berlaku. Penempatan Anda tidak berubah sebelum ada keputusan.",
        "/pegawai/saya/",
        kunci=f"usulan:{usulan.pk}:tersentuh:{usulan.revisi}",
    )
