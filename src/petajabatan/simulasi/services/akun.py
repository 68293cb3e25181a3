"""The demonstration's accounts on a simulated nation, so that one can sign in and look (demo mode only)."""

from __future__ import annotations

from petajabatan.demo.akun import make_accounts
from petajabatan.demo.services import KEMENDIKBUD, KEMENKES
from petajabatan.organisasi.models import UnorKini
from petajabatan.pegawai.models import RingkasanInstansi, RiwayatJabatan
from petajabatan.referensi.models import Instansi

REMBANG = "6413"


def demo_accounts() -> int:
    """Create the accounts that are missing; returns how many. Those of one instansi belong to Kabupaten
    Rembang where it was simulated, else to a kabupaten of the sample; none where no school and no Dinas
    Kesehatan is found.

    Raises Ditolak outside demo mode. Call inside the installation's scope.
    """
    kementerian = Instansi.objects.filter(id_siasn__in=(KEMENKES, KEMENDIKBUD))
    pembina = dict(kementerian.values_list("id_siasn", "id"))
    calon = RingkasanInstansi.objects.filter(instansi__jenis_instansi="KAB").order_by("instansi_id")
    ringkasan = calon.filter(instansi__kode_cepat=REMBANG).first() or calon.first()
    if ringkasan is None or len(pembina) < 2:
        return 0
    di_sini = {"instansi_id": ringkasan.instansi_id}
    dinkes = UnorKini.objects.filter(nama="Dinas Kesehatan", **di_sini).order_by("unor_id").first()
    guru = (
        RiwayatJabatan.objects.filter(
            jabatan__nama="Guru Ahli Muda", pegawai__jenis="PNS", jenis="D", **di_sini
        )
        .filter(masa__endswith=None)
        .order_by("id")
        .first()
    )
    if dinkes is None or guru is None:
        return 0
    return make_accounts(
        instansi_id=ringkasan.instansi_id,
        unor_dinkes=dinkes.unor_id,
        pegawai_id=guru.pegawai_id,
        pembina={"pembina.kemenkes": pembina[KEMENKES], "pembina.kemendikbud": pembina[KEMENDIKBUD]},
    )
