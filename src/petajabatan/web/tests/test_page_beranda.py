"""Home, the list of instansi, explanations and search: content by role and a fixed number of statements."""

from __future__ import annotations

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from petajabatan.akun.models import Pengguna, Peran
from petajabatan.akun.queries import actor_of
from petajabatan.inti.jam import today
from petajabatan.pegawai.models import Pegawai, RingkasanInstansi, RiwayatJabatan
from petajabatan.testing.factories import make_instansi, make_posisi, make_version
from petajabatan.usulan.models import Usulan
from petajabatan.usulan.queries.daftar import search_usulan
from petajabatan.web.kelengkapan import completeness
from petajabatan.web.pencarian import slips


@pytest.fixture
def committed(peta_a, peta_b):
    """What the deferred triggers of a commit compute."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


def test_an_operator_sees_its_instansi_with_findings_and_next_steps(client, orang, peta_a, committed):
    client.force_login(orang["operator"])
    text = client.get("/").content.decode()
    assert peta_a.instansi.nama in text
    assert "Kebutuhan (K)" in text and "−" in text
    assert "unit tidak mempunyai kotak pimpinan" in text, "the root has no head box"
    assert reverse("web:impor-unor") in text


def test_home_and_import_say_what_becomes_of_a_file(client, orang, peta_a, committed):
    """A version, as long as the map is loaded by files; a draft once it changes by usulan."""
    client.force_login(orang["operator"])
    home, wizard = client.get("/").content.decode(), client.get(reverse("web:impor-unor")).content.decode()
    assert "hanya perbedaannya yang menjadi versi baru" in home and "lewat usulan" not in home
    assert "sebagai versi baru" in wizard
    Usulan.objects.create(instansi=peta_a.instansi, judul="Penataan", dasar_versi=1)
    home, wizard = client.get("/").content.decode(), client.get(reverse("web:impor-unor")).content.decode()
    assert "perbedaannya menjadi draf usulan" in home and "Tambahkan kotak pimpinannya lewat usulan" in home
    assert "Peta instansi ini berubah lewat usulan" in wizard
    assert "versi baru" not in home and "versi baru" not in wizard


def test_what_a_map_lacks_is_counted_again_with_each_version(peta_a, committed):
    def told(versi):
        found = completeness(peta_a.instansi.pk, versi)
        return {t.kode: t.kalimat.split()[0] for t in found}

    first = told(1)
    assert (first["unit-tanpa-kepala"], first["unit-tanpa-dasar-hukum"]) == ("1", "3")
    assert "posisi-tanpa-k" not in first and told(1) == first
    make_version(peta_a.instansi)
    make_posisi(peta_a.akar, "Kepala Daerah", sejak=2, kepala=True, kelas=None)
    second = told(2)
    assert "unit-tanpa-kepala" not in second
    assert second["posisi-tanpa-k"] == second["posisi-tanpa-kelas"] == "1"


def test_people_without_a_box_are_shown_by_name_to_those_who_may_see_them(client, orang, peta_a, committed):
    """Home says how many; the list behind it shows as many. Who sees counts or a branch is led to the map."""
    RiwayatJabatan.objects.filter(pegawai__in=peta_a.orang[1:]).update(posisi=None)
    Pegawai.objects.filter(pk=peta_a.orang[2].pk).update(kedudukan_hukum="03")
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SELECT hitung_bezetting(%s, %s)", [peta_a.instansi.id, today()])
    people = reverse("pegawai:daftar", args=[peta_a.instansi.id]) + "?penempatan=tanpa-kotak"
    branch = Pengguna.objects.create_user("cabang")
    Peran.objects.create(
        pengguna=branch, peran="instansi-operator-sotk", lingkup="unor", instansi_id=peta_a.instansi.id,
        sasaran_id=peta_a.dinas.pk, berlaku_dari="2020-01-01",
    )  # fmt: skip
    the_map = reverse("peta:instansi", args=[peta_a.instansi.id])
    for user, target in ((orang["operator"], people), (orang["monitor"], the_map), (branch, the_map)):
        client.force_login(user)
        text = client.get("/").content.decode()
        said = text[text.index("1 pegawai duduk pada unit tanpa kotak") :]
        assert re.search(r'class="perbaikan"><a href="([^"]+)"', said)[1] == target, user.username
    client.force_login(orang["operator"])
    listed = client.get(people).content.decode()
    assert "1–1 dari 1" in re.sub(r"\s+", " ", listed) and peta_a.orang[1].nama in listed
    assert peta_a.orang[2].nama not in listed, "B would not count her on a box either"


@pytest.mark.parametrize("name", ["verifikator", "admin", "pembina", "pemantau"])
def test_nationwide_roles_see_the_nation(client, orang, peta_a, peta_b, committed, name):
    client.force_login(orang[name])
    text = client.get("/").content.decode()
    assert "Instansi berpeta" in text
    assert peta_a.instansi.nama in text and peta_b.instansi.nama in text


def test_a_civil_servant_sees_her_own_post(client, orang, peta_a, committed):
    client.force_login(orang["pegawai"])
    text = client.get("/").content.decode()
    assert peta_a.orang[0].nama in text and peta_a.orang[0].nip in text
    assert "Kepala Dinas" in text
    assert peta_a.orang[1].nama not in text


def test_nobody_in_particular_gets_an_invitation(client, db):
    text = client.get("/").content.decode()
    assert reverse("account_login") in text and 'id="samping"' not in text


@pytest.mark.parametrize(
    ("query", "there", "gone"),
    [
        ("", ["Alfa", "Beta"], ["Gama"]),
        ("?q=alfa", ["Alfa"], ["Beta"]),
        ("?peta=", ["Alfa", "Gama"], []),
        ("?peta=belum", ["Gama"], ["Alfa"]),
        ("?peta=&wilayah=33", ["Gama"], ["Alfa"]),
        ("?peta=&jenis=KAB", ["Gama"], ["Alfa"]),
        ("?jenis=zz&urut=x&hal=99999999&wilayah=a'", ["Alfa"], []),
    ],
)
def test_the_list_filters(client, orang, committed, query, there, gone):
    from petajabatan.referensi.models import Wilayah

    jateng = Wilayah.objects.create(kode="33", nama="Jawa Tengah", tingkat=1)
    kab = Wilayah.objects.create(kode="33.17", nama="Gama", tingkat=2, induk=jateng)
    make_instansi("Kabupaten Gama", jenis_instansi="KAB", wilayah=kab)
    client.force_login(orang["pemantau"])
    text = client.get(reverse("web:instansi") + query).content.decode()
    table = text[text.index("Cari nama atau kode") :]
    for name in there:
        assert f"Kabupaten {name}</a>" in table
    for name in gone:
        assert f"Kabupaten {name}</a>" not in table


def test_the_list_names_the_kind_of_an_instansi_in_words(client, orang, committed):
    make_instansi("Komisi Gama", jenis_instansi="LNS")
    make_instansi("Badan Delta", jenis_instansi="BARU")
    client.force_login(orang["pemantau"])
    url = reverse("web:instansi") + "?peta="
    text = client.get(url).content.decode()
    assert ">Lembaga nonstruktural</td>" in text and ">LNS</td>" not in text
    assert ">BARU</td>" in text, "a code without a word is shown as it is"
    client.cookies["django_language"] = "en"
    assert ">Non-structural body</td>" in client.get(url).content.decode()


@pytest.mark.parametrize("ukuran", ["k", "b", "selisih"])
def test_totals_explain_themselves(client, orang, peta_a, committed, ukuran):
    client.force_login(orang["pemantau"])
    whole = reverse("web:instansi"), reverse("web:instansi-rinci", args=[peta_a.instansi.id])
    addresses = (
        reverse("web:jelas-nasional", args=[ukuran]),
        reverse("web:jelas-instansi", args=[peta_a.instansi.id, ukuran]),
    )
    for address, back in zip(addresses, whole, strict=True):
        answer = client.get(address, headers={"HX-Request": "true"})
        own = answer.content.decode()
        assert "data-judul=" in own and "<html" not in own and 'class="rumus"' in own
        assert "HX-Request" in answer["Vary"]
        page = client.get(address).content.decode()
        assert own in page and '<nav class="samping"' in page, "opened in a tab: the same inside the frame"
        assert f'<nav class="remah" aria-label="Letak"><ol><li><a href="{back}">' in page
    assert "Dinas Pendidikan" in own
    assert client.get(reverse("web:jelas-nasional", args=["lain"])).status_code == 404


def test_the_drawer_shows_the_figures_of_the_map(client, orang, peta_a, committed):
    """K: one head, one head, four staff; B: one head and two staff."""
    client.force_login(orang["pemantau"])
    text = client.get(reverse("web:jelas-instansi", args=[peta_a.instansi.id, "selisih"])).content.decode()
    assert "B − K = 3 − 6 = −3" in text
    assert "Kotak pada unit tertinggi" not in text, "the root has no box of its own"


def test_search_finds_units_posts_pages_and_nothing_beyond_the_scope(client, orang, peta_a, committed):
    client.force_login(orang["operator"])
    url = reverse("web:cari-hasil")
    units = client.get(url, {"q": "pendidikan"}).content.decode()
    assert "Dinas Pendidikan" in units and 'role="option"' in units
    assert f"unor={peta_a.dinas.pk}" in units
    assert "Kepala Bidang" in client.get(url, {"q": "kepala bidang"}).content.decode()
    assert reverse("web:impor-unor") in client.get(url, {"q": "impor"}).content.decode()
    person = peta_a.orang[1]
    assert person.nip in client.get(url, {"q": person.nama}).content.decode()
    for name in ("pemantau", "orang_luar", "monitor"):
        client.force_login(orang[name])
        assert person.nip not in client.get(url, {"q": person.nama}).content.decode(), name
    client.force_login(orang["pemantau"])
    assert reverse("web:impor-unor") not in client.get(url, {"q": "impor"}).content.decode()
    for odd in ("", "%", "_", "\\", "'", "x" * 5000, "<script>"):
        answer = client.get(url, {"q": odd})
        assert answer.status_code == 200 and "<script" not in answer.content.decode()


def test_pages_are_found_in_spite_of_a_typing_slip(client, orang, peta_a, committed):
    client.force_login(orang["operator"])

    def pages(q):
        text = client.get(reverse("web:cari-hasil"), {"q": q}).content.decode()
        found = re.search(r'aria-label="Halaman">(.*?)</div>(?=<div role="group"|$)', text.strip(), re.S)
        return re.findall(r'<a [^>]*href="([^"]+)"', found[1]) if found else []

    info = reverse("anjab:infojab-terbit", args=[peta_a.instansi.id])
    people = reverse("pegawai:daftar", args=[peta_a.instansi.id])
    assert pages("informsi") == pages("jabatn informsi") == pages("informasi ja") == [info]
    assert people in pages("pegwai") and pages("dftar pegawai")[0] == people
    assert reverse("web:impor-pegawai") in pages("pegawai")
    assert pages("puskesmas") == pages("sari") == pages("budi pegwai") == []
    client.force_login(orang["pemantau"])
    assert people not in pages("pegwai"), "only pages the account may use"


@pytest.mark.parametrize(
    ("text", "title", "away"),
    [
        ("", "Beranda", 0),
        ("jabatan", "Informasi jabatan", 0),
        ("informsi", "Informasi jabatan", 1),
        ("infromsai", "Informasi jabatan", 2),
        ("jabatan informasi", "Informasi jabatan", 0),
        ("infrom", "Informasi jabatan", 1),
        ("sayo", "Instansi saya", None),
        ("pegwi", "Daftar pegawai", None),
        ("informasi unit", "Informasi jabatan", None),
    ],
)
def test_slips_are_counted_word_by_word(text, title, away):
    assert slips(text, title) == away


def test_usulan_are_found_by_number_and_title_inside_the_scope(client, orang, peta_a, peta_b, committed):
    own = Usulan.objects.create(instansi=peta_a.instansi, judul="Penataan Dinas 100% baru", dasar_versi=1)
    other = Usulan.objects.create(instansi=peta_b.instansi, judul="Penataan Dinas Beta", dasar_versi=1)
    url = reverse("web:cari-hasil")
    sees = {
        "operator": [own], "penyetuju": [own], "monitor": [own], "orang_luar": [other],
        "verifikator": [other, own], "pegawai": [],
    }  # fmt: skip
    for name, expected in sees.items():
        client.force_login(orang[name])

        def found(q):
            text = client.get(url, {"q": q}).content.decode()
            return [int(pk) for pk in re.findall(r'href="/usulan/(\d+)/"', text)]

        ids = [u.pk for u in expected]
        assert found("dinas penataan") == ids, name
        for u in (own, other):
            for q in (u.nomor, u.nomor.lower(), f"u{u.pk:02d}", f"{u.pk:03d}"):
                assert found(q) == ([u.pk] if u in expected else []), (name, q)
    client.force_login(orang["operator"])
    text = client.get(url, {"q": "100% baru"}).content.decode()
    assert f"{own.nomor} {own.judul}" in text and "Draf › Kabupaten Alfa" in text


def test_looking_for_usulan_takes_one_statement(orang, peta_a, django_assert_num_queries):
    for n in range(20):
        Usulan.objects.create(instansi=peta_a.instansi, judul=f"Penataan {n}", dasar_versi=1)
    for name, n in (("operator", 1), ("verifikator", 1), ("pegawai", 0)):
        actor = actor_of(orang[name])
        with django_assert_num_queries(n):
            rows = search_usulan(actor, "penataan", 6)
            assert [u.instansi.nama for u in rows] == ["Kabupaten Alfa"] * 6 * n


STATEMENTS = {
    "web:beranda": 18,
    "web:instansi": 14,
    "web:pekerjaan": 12,
    "web:matriks": 11,
    "web:bantuan": 11,
    "web:cari-hasil": 9,
}
"""SQL statements of a page for an operator, savepoints and scope included; change them knowingly."""


@pytest.mark.parametrize("page", STATEMENTS)
def test_pages_take_a_fixed_number_of_statements(client, orang, committed, page):
    client.force_login(orang["operator"])
    url = reverse(page)
    client.get(url)
    with CaptureQueriesContext(connection) as first:
        client.get(url)
    for n in range(30):
        make_instansi(f"Kabupaten Tambahan {n}")
    with CaptureQueriesContext(connection) as second:
        client.get(url)
    assert len(first) == len(second)
    shown = "\n".join(q["sql"][:100] for q in first)
    assert len(first) == STATEMENTS[page], f"{len(first)} statements:\n{shown}"


def test_the_list_stays_below_sixty_kilobytes(client, orang, committed):
    for n in range(60):
        instansi = make_instansi(
            f"Kementerian Pendidikan Tinggi, Sains dan Teknologi Nomor {n}", jenis_instansi="KEMENT"
        )
        RingkasanInstansi.objects.create(instansi=instansi, versi=1, n_unor=10_000, k=123_456, b=100_000)
    client.force_login(orang["pemantau"])
    answer = client.get(reverse("web:instansi") + "?peta=")
    assert answer.content.decode().count("<tr>") == 51
    assert len(answer.content) <= 60_000


@pytest.mark.parametrize("page", ["web:beranda", "web:instansi"])
def test_figures_of_an_instansi_in_a_list_lead_to_their_explanation(client, orang, peta_a, committed, page):
    client.force_login(orang["pemantau"])
    text = client.get(reverse(page)).content.decode()
    for ukuran in ("k", "b", "selisih"):
        assert f'hx-get="{reverse("web:jelas-instansi", args=[peta_a.instansi.id, ukuran])}"' in text


def test_a_chosen_instansi_must_be_inside_ones_grants(client, orang, peta_a, peta_b):
    client.force_login(orang["operator"])
    refused = client.post(reverse("web:pilih-instansi"), {"instansi": peta_b.instansi.id})
    assert refused.status_code == 403
    client.force_login(orang["verifikator"])
    client.post(reverse("web:pilih-instansi"), {"instansi": peta_b.instansi.id, "kembali": "/instansi/"})
    assert f">{peta_b.instansi.nama}</span>" in client.get("/").content.decode()
