"""What the plan and the structures are made of, read from the references of the database."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Any

from psycopg import Connection

from petajabatan.simulasi.rules.bentuk import Bahan, Daerah, Fasilitas, JabatanAcuan
from petajabatan.simulasi.rules.data import padanan
from petajabatan.simulasi.rules.fasilitas import SEKOLAH_PROVINSI
from petajabatan.simulasi.rules.pusat import ukuran_pusat
from petajabatan.simulasi.rules.rencana import Calon, perkiraan_pemda

DKI = "31"
_INSTANSI = """
SELECT id, id_siasn, nama, jenis, coalesce(jenis_instansi, ''), coalesce(kode_cepat, ''), wilayah_id
FROM instansi WHERE aktif ORDER BY id"""
_FASILITAS = """
SELECT jenis, kunci, nama, bentuk, coalesce(wilayah_id, ''), kode_wilayah_asal, kecamatan FROM master_unor
WHERE aktif AND (jenis = 'sekolah' AND status = 'N' OR jenis = 'puskesmas'
  OR jenis = 'rumah-sakit' AND nama ~* '(DAERAH|RSUD|PROVINSI|PROPINSI)')
  {saring} ORDER BY jenis, kunci"""
_SARING = "AND (wilayah_id = ANY (%(kode)s) OR wilayah_id IS NULL AND kode_wilayah_asal = ANY (%(asal)s))"


class Bangsa:
    """Instansi, regions and who runs what; read once per process."""

    def __init__(self, conn: Connection[Any]) -> None:
        self.instansi = {row[0]: row for row in conn.execute(_INSTANSI)}
        self.nama_wilayah: dict[str, str] = {}
        self.kecamatan: dict[str, list[tuple[str, str]]] = {}
        for kode, nama, tingkat in conn.execute(
            "SELECT kode, nama, tingkat FROM wilayah WHERE aktif AND tingkat <= 3 ORDER BY kode"
        ):
            if tingkat == 3:
                self.kecamatan.setdefault(kode[:5], []).append((kode, nama))
            else:
                self.nama_wilayah[kode] = nama
        self.wilayah = {i: self._wilayah(row) for i, row in self.instansi.items()}
        self._mandiri = {
            w for i, w in self.wilayah.items() if w and len(w) == 5 and self.kelompok(i) != "pusat"
        }

    def _wilayah(self, row: tuple[Any, ...]) -> str | None:
        if row[6]:
            return str(row[6])
        if row[3] == "D" and row[5] in padanan("instansi"):
            return padanan("instansi")[row[5]]
        if row[3] == "D":
            nama = row[2].upper().replace("KAB. ", "").replace("PEMERINTAH ", "")
            for kode, wilayah in self.nama_wilayah.items():
                if len(kode) == 5 and wilayah.upper().endswith(nama):
                    return kode
        return None

    def kelompok(self, instansi_id: int) -> str:
        """pusat, PROV, KAB or KOT."""
        _, _, _, jenis, jenis_instansi, _, _ = self.instansi[instansi_id]
        if jenis != "D" or self.wilayah.get(instansi_id) is None:
            return "pusat"
        if jenis_instansi in ("PROV", "KAB", "KOT"):
            return str(jenis_instansi)
        return "PROV" if len(self.wilayah[instansi_id] or "") == 2 else "KAB"

    def daerah(self, instansi_id: int) -> tuple[Daerah, ...]:
        """The regions an instansi serves: its own, those of its province, or all (pusat)."""
        wilayah, kelompok = self.wilayah[instansi_id], self.kelompok(instansi_id)
        if kelompok == "pusat":
            kode: Iterable[str] = self.nama_wilayah
        elif kelompok == "PROV":
            kode = [k for k in self.nama_wilayah if len(k) == 5 and k[:2] == wilayah]
            if wilayah == DKI:
                kode = [k for k in kode if k not in self._mandiri]
        else:
            kode = [wilayah or ""]
        return tuple(Daerah(k, self.nama_wilayah.get(k, k), tuple(self.kecamatan.get(k, ()))) for k in kode)

    def milik(self, kab: str, jenis: str, bentuk: str, nama: str) -> str:
        """Region code of the government that runs a facility in ``kab``."""
        provinsi = kab[:2]
        if provinsi == DKI and kab not in self._mandiri:
            return provinsi
        if jenis == "sekolah":
            return provinsi if bentuk in SEKOLAH_PROVINSI else kab
        if jenis == "rumah-sakit" and ("PROV" in nama.upper() or "PROP" in nama.upper()):
            return provinsi
        return kab

    def fasilitas(self, conn: Connection[Any], instansi_id: int) -> tuple[Fasilitas, ...]:
        """What one province, kabupaten or kota runs, by kind and key."""
        wilayah = self.wilayah[instansi_id]
        kode = [d.kode for d in self.daerah(instansi_id)]
        if self.kelompok(instansi_id) == "PROV":
            kode = [k for k in self.nama_wilayah if len(k) == 5 and k[:2] == wilayah]
        asal = [a for a, w in padanan("dapodik").items() if w in kode]
        kode += [k for kab in kode for k, _ in self.kecamatan.get(kab, ())]  # some masters name the kecamatan
        hasil = []
        for jenis, kunci, nama, bentuk, w, kode_asal, kecamatan in conn.execute(
            _FASILITAS.format(saring=_SARING), {"kode": kode, "asal": asal}
        ):
            kab = (w or padanan("dapodik").get(kode_asal, ""))[:5]
            if len(kab) == 5 and self.milik(kab, jenis, bentuk, nama) == wilayah:
                hasil.append(Fasilitas(jenis, kunci, nama, bentuk, kab, kecamatan))
        return tuple(hasil)

    def bahan(self, conn: Connection[Any], instansi_id: int) -> Bahan:
        """Everything one instansi is composed of."""
        _, id_siasn, nama, _, _, kode_cepat, _ = self.instansi[instansi_id]
        kelompok = self.kelompok(instansi_id)
        pembina: tuple[str, ...] = ()
        if kelompok == "pusat":
            pembina = tuple(
                r[0]
                for r in conn.execute(
                    "SELECT nama FROM kelompok_jabatan WHERE pembina_id = %s AND aktif ORDER BY nama",
                    [instansi_id],
                )
            )
        return Bahan(
            id_siasn, nama.strip(), "PUSAT" if kelompok == "pusat" else kelompok, kode_cepat,
            self.wilayah[instansi_id], self.daerah(instansi_id),
            () if kelompok == "pusat" else self.fasilitas(conn, instansi_id), pembina,
        )  # fmt: skip

    def calon(self, conn: Connection[Any]) -> list[Calon]:
        """Every instansi with the people to be expected at scale 1."""
        jumlah: dict[str, Counter[str]] = {}
        for jenis, _, nama, bentuk, w, asal, _ in conn.execute(_FASILITAS.format(saring="")):
            kab = (w or padanan("dapodik").get(asal, ""))[:5]
            if len(kab) == 5:
                jumlah.setdefault(self.milik(kab, jenis, bentuk, nama), Counter())[bentuk or jenis] += 1
        hasil = []
        for i, row in self.instansi.items():
            kelompok = self.kelompok(i)
            if kelompok == "pusat":
                perkiraan = float(ukuran_pusat(row[5], row[4])[0])
            else:
                n = jumlah.get(self.wilayah[i] or "", Counter())
                kecamatan = sum(len(d.kecamatan) for d in self.daerah(i)) if kelompok != "PROV" else 0
                sekolah = {k: v for k, v in n.items() if k not in ("puskesmas", "rumah-sakit")}
                perkiraan = perkiraan_pemda(kelompok, sekolah, n["puskesmas"], n["rumah-sakit"], kecamatan)
            hasil.append(Calon(i, row[1], kelompok, perkiraan))
        return hasil


def jabatan_acuan(conn: Connection[Any], nama_pelaksana: Iterable[str]) -> list[JabatanAcuan]:
    """All JF in force, and the pelaksana of the names given. A name several rows bear: the lowest id."""
    rows = conn.execute(
        "SELECT id, nama, jenis, jenjang_id, bup FROM jabatan WHERE aktif AND nama IS NOT NULL"
        " AND (jenis = 'fungsional' AND coalesce(status, 'N') = 'N' OR jenis = 'pelaksana' AND"
        " upper(nama) = ANY (%s))"
        " ORDER BY id",
        [[n.upper() for n in nama_pelaksana]],
    )
    return [JabatanAcuan(*row) for row in rows]
