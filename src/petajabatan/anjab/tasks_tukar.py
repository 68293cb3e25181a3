"""Background jobs of exchange and print of informasi jabatan."""

from __future__ import annotations

import tempfile
from pathlib import Path

from petajabatan.anjab.cetak.pilihan import Permintaan, write_file
from petajabatan.anjab.services.tukar import HasilImpor, import_infojab
from petajabatan.anjab.services.tukar_salah import write_rejects
from petajabatan.inti.berkas import store_file, stored_path
from petajabatan.inti.models import Berkas
from petajabatan.inti.pekerjaan import Hasil, Konteks, pekerjaan


@pekerjaan("infojab-berkas")
def run_file(konteks: Konteks) -> Hasil:
    """Print or export informasi jabatan. ``masukan``: the fields of Permintaan."""
    wanted = Permintaan.of_input(konteks.masukan)
    with tempfile.TemporaryFile() as out:
        name, figures = write_file(konteks.actor, wanted, out, konteks.kemajuan)
        size = out.tell()
        out.seek(0)
        berkas = store_file(konteks.actor, out, name, "hasil", konteks.pekerjaan.instansi_id)
    more = {"usulan_id": wanted.usulan_id} if wanted.usulan_id is not None else {}
    return Hasil(figures | {"ukuran_byte": size} | more, berkas=berkas)


@pekerjaan("infojab-impor")
def run_import(konteks: Konteks) -> Hasil:
    """Bring a file into a draft. ``masukan``: usulan_id, periksa, lewati_salah. What was left out comes back
    as a file that can be repaired and brought in again."""
    masukan, berkas = konteks.masukan, konteks.pekerjaan.berkas_masukan
    assert berkas is not None
    usulan_id = int(masukan["usulan_id"])
    check = bool(masukan.get("periksa"))
    with stored_path(konteks.actor, berkas) as path:
        result = import_infojab(
            konteks.actor,
            usulan_id,
            path,
            nama=berkas.nama,
            periksa=check,
            lewati_salah=bool(masukan.get("lewati_salah")),
            kunci=f"pekerjaan-{konteks.pekerjaan.pk}",
            kemajuan=konteks.kemajuan,
        )
        rejects = _rejects(konteks, result, path, berkas.nama)
    refused = not result.terbaca or (not check and result.edit is None and not result.ok)
    return Hasil(
        result.as_dict() | {"usulan_id": usulan_id},
        tuple(result.temuan),
        berkas=rejects,
        ditolak=refused,
    )


def _rejects(konteks: Konteks, result: HasilImpor, path: Path, nama: str) -> Berkas | None:
    if not result.salah:
        return None
    with tempfile.TemporaryFile() as out:
        ending = write_rejects(path, result, out)
        if ending is None:
            return None
        out.seek(0)
        name = f"salah-{Path(nama).stem}.{ending}"
        return store_file(konteks.actor, out, name, "hasil", konteks.pekerjaan.instansi_id)
