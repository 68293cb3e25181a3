"""What must hold for boxes and the totals of K."""

from __future__ import annotations

from petajabatan.inti.periksa import SELAMANYA, Cek, Jaga
from petajabatan.organisasi.periksa import _overlap, _unknown_version

JAGA = Jaga(
    pemicu={
        "peta_versi": ("b_kata",),
        "posisi": ("tak_terhapus", "identitas_tetap"),
        "posisi_riwayat": ("tak_terhapus", "riwayat_tambah", "riwayat_ubah", "audit_insert", "audit_update"),
        "infojab": ("tak_terhapus", "identitas_tetap"),
        "isian_riwayat": ("tak_terhapus", "riwayat_tambah", "riwayat_ubah", "audit_insert", "audit_update"),
    }
)
_HIDUP = f"SELECT * FROM posisi_riwayat WHERE hingga = {SELAMANYA}"
_PULIH = "Pulihkan dari cadangan, atau perbaiki sebagai pemilik basis data lalu tetapkan versi baru."

CEK = [
    Cek(
        "kepala-ganda",
        "Unit ini mempunyai lebih dari satu jabatan kepala.",
        _PULIH,
        f"SELECT 'unor ' || unor_id, string_agg(nama || ' (posisi ' || posisi_id || ')', ', ' ORDER"
        f" BY posisi_id)"
        f" FROM ({_HIDUP}) p WHERE kepala GROUP BY unor_id HAVING count(*) > 1",
    ),
    Cek(
        "kursi-kepala",
        "Jabatan kepala tidak mempunyai tepat satu kursi.",
        _PULIH,
        f"SELECT nama || ' (posisi ' || posisi_id || ')', 'K = ' || coalesce(k::text, 'kosong')"
        f" FROM ({_HIDUP}) p WHERE kepala AND k IS DISTINCT FROM 1",
    ),
    Cek(
        "infojab-tidak-ada",
        "Jabatan menunjuk informasi jabatan yang tidak ada pada instansinya.",
        _PULIH,
        f"SELECT p.nama || ' (posisi ' || p.posisi_id || ')', 'infojab ' || p.infojab_id FROM ({_HIDUP}) p"
        " LEFT JOIN infojab i ON i.id = p.infojab_id AND i.instansi_id = p.instansi_id"
        " WHERE p.infojab_id IS NOT NULL AND i.id IS NULL",
    ),
    Cek(
        "isian-tanpa-pemilik",
        "Bagian informasi jabatan tanpa informasi jabatannya, atau lembar ABK tanpa jabatan pada peta.",
        _PULIH,
        f"SELECT 'isian ' || s.isian_id || ' (' || s.bagian || ')', 'versi ' || s.sejak"
        f" FROM isian_riwayat s WHERE s.hingga = {SELAMANYA} AND CASE WHEN s.bagian = 'abk'"
        f" THEN NOT EXISTS (SELECT FROM posisi_riwayat p WHERE p.posisi_id = s.posisi_id"
        f"   AND p.instansi_id = s.instansi_id AND p.hingga = {SELAMANYA})"
        " ELSE NOT EXISTS (SELECT FROM infojab i WHERE i.id = s.infojab_id"
        "   AND i.instansi_id = s.instansi_id) END",
    ),
    Cek(
        "posisi-nilai",
        "Kelas di luar 1–17, atau kebutuhan negatif.",
        _PULIH,
        "SELECT nama || ' (posisi ' || posisi_id || ')', 'kelas ' || coalesce(kelas::text, '-') || ', K '"
        " || coalesce(k::text, '-') FROM posisi_riwayat WHERE kelas NOT BETWEEN 1 AND 17 OR k < 0",
    ),
    Cek(
        "posisi-tanpa-unit",
        "Posisi berdiri pada unit yang tidak aktif atau milik instansi lain.",
        _PULIH,
        f"SELECT p.nama || ' (posisi ' || p.posisi_id || ')', 'unor ' || p.unor_id FROM ({_HIDUP}) p"
        f" LEFT JOIN unor_riwayat u ON u.unor_id = p.unor_id AND u.instansi_id = p.instansi_id"
        f"   AND u.hingga = {SELAMANYA} WHERE u.unor_id IS NULL",
    ),
    Cek(
        "posisi-tanpa-unit-dulu",
        "Pada versi ini posisi berdiri pada unit yang tidak aktif.",
        _PULIH,
        "SELECT p.nama || ' (posisi ' || p.posisi_id || ')', 'versi ' || v.nomor FROM peta_versi v"
        " JOIN posisi_riwayat p ON p.instansi_id = v.instansi_id AND p.sejak <= v.nomor AND p.hingga"
        " > v.nomor"
        " LEFT JOIN unor_riwayat u ON u.unor_id = p.unor_id AND u.instansi_id = p.instansi_id"
        "   AND u.sejak <= v.nomor AND u.hingga > v.nomor WHERE u.unor_id IS NULL",
        penuh=True,
    ),
    Cek(
        "kepala-ganda-dulu",
        "Pada versi ini unit mempunyai lebih dari satu jabatan kepala.",
        _PULIH,
        "SELECT 'unor ' || p.unor_id, 'versi ' || v.nomor FROM peta_versi v"
        " JOIN posisi_riwayat p ON p.instansi_id = v.instansi_id AND p.sejak <= v.nomor AND p.hingga"
        " > v.nomor"
        " WHERE p.kepala GROUP BY p.unor_id, v.nomor HAVING count(*) > 1",
        penuh=True,
    ),
    Cek("riwayat-posisi-tumpang", "Dua baris riwayat satu posisi berlaku bersamaan.", _PULIH,
        _overlap("posisi_riwayat", "posisi_id")),
    Cek("riwayat-posisi-tanpa-versi", "Riwayat posisi menunjuk versi peta yang tidak ada.", _PULIH,
        _unknown_version("posisi_riwayat", "posisi_id")),
    Cek(
        "posisi-pindah-instansi",
        "Riwayat posisi tercatat pada instansi lain dari identitasnya.",
        _PULIH,
        "SELECT 'posisi ' || p.id, 'identitas ' || p.instansi_id || ', riwayat ' || r.instansi_id"
        " FROM posisi p JOIN posisi_riwayat r ON r.posisi_id = p.id WHERE r.instansi_id <> p.instansi_id",
    ),
    Cek("total-tumpang", "Dua baris jumlah satu unit berlaku bersamaan.",
        "Tetapkan versi baru; jumlah dihitung ulang.", _overlap("unor_total_riwayat", "unor_id")),
    Cek(
        "nama-posisi-beda",
        "Nama yang dicari berbeda dari nama posisi pada peta; pencarian tidak menemukannya.",
        "Sebagai pemilik basis data: SELECT catat_nama_posisi(instansi_id, NULL).",
        "SELECT 'instansi ' || coalesce(p.instansi_id, n.instansi_id),"
        " coalesce(p.nama, n.nama || ' (sudah tidak ada)')"
        f" FROM (SELECT DISTINCT instansi_id, nama FROM ({_HIDUP}) h) p"
        " FULL JOIN nama_posisi n ON n.instansi_id = p.instansi_id AND n.nama = p.nama"
        " WHERE p.nama IS NULL OR n.nama IS NULL",
        penuh=True,
    ),
    Cek(
        "kata-peta-kurang",
        "Kata pada nama unit atau posisi tidak ada dalam daftar kata; pencarian dengan salah ketik"
        " melewatkannya.",
        "Sebagai pemilik basis data: INSERT INTO kata_peta VALUES (kata).",
        "SELECT 'kata', k FROM (SELECT unnest(kata) AS k FROM unor_kini"
        " UNION SELECT unnest(kata) FROM nama_posisi) s"
        " WHERE left(k, 1) <> '#' AND k <> '' AND NOT EXISTS (SELECT FROM kata_peta l WHERE l.kata = k)",
        penuh=True,
    ),
    Cek(
        "total-beda",
        "Jumlah K, posisi atau unit yang tersimpan berbeda dari hitungan ulang.",
        "Sebagai pemilik basis data: SELECT bangun_total(instansi_id, versi terakhir).",
        f"""
WITH sendiri AS (
  SELECT unor_id, coalesce(sum(k), 0) AS k, count(*) AS n FROM ({_HIDUP}) p GROUP BY unor_id
), naik AS (
  SELECT unnest(string_to_array(u.jalur::text, '.'))::bigint AS unor_id, s.k, s.n
  FROM unor_kini u LEFT JOIN sendiri s USING (unor_id)
), hitung AS (
  SELECT unor_id, coalesce(sum(k), 0)::bigint AS k, coalesce(sum(n), 0)::bigint AS n, count(*) AS n_unor
  FROM naik GROUP BY unor_id
), simpan AS (
  SELECT * FROM unor_total_riwayat t WHERE hingga = {SELAMANYA}
    AND EXISTS (SELECT FROM unor_kini u WHERE u.unor_id = t.unor_id)
)
SELECT 'unor ' || coalesce(h.unor_id, t.unor_id), 'tersimpan K ' || coalesce(t.k::text, '-') || ', '
  || coalesce(t.n_posisi::text, '-') || ' posisi, ' || coalesce(t.n_unor::text, '-') || ' unit; hitungan K '
  || coalesce(h.k::text, '-') || ', ' || coalesce(h.n::text, '-') || ', ' || coalesce(h.n_unor::text, '-')
FROM hitung h FULL JOIN simpan t ON t.unor_id = h.unor_id
WHERE (t.k, t.n_posisi::bigint, t.n_unor::bigint) IS DISTINCT FROM (h.k, h.n, h.n_unor)""",
    ),
]  # fmt: skip
