"""What must hold for people, their seats and the counts of B."""

from __future__ import annotations

from petajabatan.inti.periksa import Cek, Jaga

_AUDIT = ("audit_insert", "audit_update", "audit_delete")
JAGA = Jaga(
    pemicu={
        "pegawai": ("tak_terhapus", *_AUDIT),
        "riwayat_jabatan": ("tak_terhapus", *_AUDIT),
        "pengukuhan": ("tak_terhapus", *_AUDIT),
        "pegawai_diklat": ("tak_terhapus", *_AUDIT),
        "pegawai_sertifikasi": ("tak_terhapus", *_AUDIT),
    },
    tembok=(
        "pegawai",
        "riwayat_jabatan",
        "pindah_tertunda",
        "pengukuhan",
        "pegawai_diklat",
        "pegawai_sertifikasi",
    ),
)
_HITUNG = "Hitung ulang B: petajabatan periksa --hitung-ulang."

# The same rules as the database function hitung_bezetting, for every instansi at once and without writing.
# The policy is the one of the day the stored figures were computed for, as are the seats. What counts as
# active is joined and not asked with the operator "?", whose share of the people the planner takes for one
# in a hundred: it then met millions of seats one by one.
_DUDUK = """
WITH RECURSIVE berlaku AS MATERIALIZED (
  SELECT i.instansi_id, versi_pada(i.instansi_id, %(hari)s) AS n, i.akhir
  FROM (SELECT instansi_id, max(nomor) AS akhir FROM peta_versi GROUP BY 1) i
), kebijakan AS (
  SELECT * FROM kebijakan_bezetting WHERE berlaku_dari <= %(hari)s ORDER BY berlaku_dari DESC LIMIT 1
), duduk AS (
  SELECT r.instansi_id, r.posisi_id, coalesce(q.unor_id, r.unor_id) AS unor_id, p.jenis, r.sementara,
    k.jenis_dihitung ? p.jenis AS dihitung, k.jenis_terpisah ? p.jenis AS terpisah
  FROM kebijakan k CROSS JOIN LATERAL (
    SELECT DISTINCT jsonb_array_elements_text(k.kedudukan_aktif) AS kode) aktif
  JOIN pegawai p ON p.kedudukan_hukum = aktif.kode
  JOIN riwayat_jabatan r ON r.pegawai_id = p.id
  LEFT JOIN berlaku v ON v.instansi_id = r.instansi_id
  LEFT JOIN posisi_riwayat q ON q.posisi_id = r.posisi_id AND q.sejak <= v.n AND q.hingga > v.n
  WHERE r.jenis = 'D' AND r.masa @> %(hari)s::date
)"""


# Starts from what has ended: few rows. A scheduled end counts for seats that reach past it.
_BERAKHIR = """
WITH akhir AS (
  SELECT posisi_id, NULL::bigint AS unor_id, instansi_id, max(hingga) AS n FROM posisi_riwayat
  GROUP BY posisi_id, instansi_id HAVING max(hingga) < 2147483647
  UNION ALL
  SELECT NULL, unor_id, instansi_id, max(hingga) FROM unor_riwayat
  GROUP BY unor_id, instansi_id HAVING max(hingga) < 2147483647
)
SELECT 'pegawai ' || r.pegawai_id,
  CASE WHEN a.unor_id IS NULL THEN 'posisi ' || a.posisi_id ELSE 'unor ' || a.unor_id END
    || ' berakhir ' || v.berlaku
FROM akhir a JOIN peta_versi v ON v.instansi_id = a.instansi_id AND v.nomor = a.n
JOIN riwayat_jabatan r ON r.jenis = 'D' AND (upper_inf(r.masa) OR upper(r.masa) > greatest(v.berlaku,
    %(hari)s::date))
  AND (r.posisi_id = a.posisi_id OR (r.posisi_id IS NULL AND r.unor_id = a.unor_id))"""
_PENGUKUHAN = """
SELECT 'pengukuhan ' || p.id || ', pegawai ' || p.pegawai_id, p.status || ' tetapi riwayat lama '
  || CASE WHEN l.jenis = 'X' THEN 'dibatalkan'
    ELSE 'sampai ' || coalesce(upper(l.masa)::text, 'seterusnya') END
  || ', baru ' || coalesce(CASE WHEN b.jenis = 'X' THEN 'dibatalkan' WHEN b.sementara THEN 'sementara'
    ELSE 'tetap' END, 'tidak ada')
FROM pengukuhan p JOIN riwayat_jabatan l ON l.id = p.riwayat_lama_id
LEFT JOIN riwayat_jabatan b ON b.id = p.riwayat_baru_id
WHERE l.pegawai_id <> p.pegawai_id OR b.pegawai_id <> p.pegawai_id OR CASE p.status
  WHEN 'batal' THEN b.jenis <> 'X'
  ELSE NOT (l.jenis = 'X' OR coalesce(upper(l.masa) <= p.berlaku, false)) OR b.jenis = 'X'
    OR b.sementara <> (p.status = 'menunggu') END"""


def checks(hari: object) -> list[Cek]:
    """The checks of this app for the business day ``hari``."""
    day = {"hari": hari}
    return [
        Cek(
            "kursi-definitif-ganda",
            "Seorang pegawai menduduki dua jabatan definitif pada hari yang sama.",
            "Akhiri salah satunya pada riwayat jabatannya.",
            "SELECT 'pegawai ' || pegawai_id, 'sejak ' || lower(masa) FROM (SELECT pegawai_id, masa,"
            "   lag(masa) OVER (PARTITION BY pegawai_id ORDER BY lower(masa)) AS sebelum"
            "   FROM riwayat_jabatan WHERE jenis = 'D') r WHERE masa && sebelum",
        ),
        Cek(
            "nip-tidak-sah",
            "NIP tidak terdiri dari 18 angka.",
            "Perbaiki NIP dari sumbernya.",
            "SELECT 'pegawai ' || id, length(nip) || ' huruf' FROM pegawai WHERE nip !~ '^[0-9]{18}$'",
        ),
        Cek(
            "kursi-instansi-lain",
            "Jabatan yang diduduki tercatat pada instansi lain dari posisinya.",
            "Perbaiki riwayat jabatannya.",
            "SELECT 'pegawai ' || r.pegawai_id, 'posisi ' || p.id || ' milik instansi ' || p.instansi_id"
            " FROM riwayat_jabatan r JOIN posisi p ON p.id = r.posisi_id WHERE p.instansi_id <>"
            " r.instansi_id",
        ),
        Cek(
            "kursi-pada-yang-berakhir",
            "Pegawai duduk definitif pada jabatan atau unit yang sudah berakhir.",
            "Tempatkan pada penggantinya, atau akhiri masa jabatannya.",
            _BERAKHIR,
            params=day,
        ),
        Cek(
            "pengukuhan-beda",
            "Baris pengukuhan tidak sesuai dengan riwayat jabatannya.",
            "Pulihkan dari cadangan, atau perbaiki riwayat jabatannya.",
            _PENGUKUHAN,
        ),
        Cek(
            "bezetting-tanpa-kebijakan",
            "Tidak ada kebijakan bezetting yang berlaku, jadi B tidak dapat dihitung.",
            "Jalankan petajabatan siapkan, yang memuat kebijakan bawaan.",
            "SELECT 'kebijakan_bezetting', %(hari)s::text WHERE EXISTS (SELECT FROM riwayat_jabatan)"
            " AND NOT EXISTS (SELECT FROM kebijakan_bezetting WHERE berlaku_dari <= %(hari)s)",
            params=day,
        ),
        Cek(
            "bezetting-posisi-beda",
            "B sebuah posisi berbeda dari hitungan ulang atas pegawai.",
            _HITUNG,
            _DUDUK + """, hitung AS (
  SELECT posisi_id, instansi_id, count(*) FILTER (WHERE dihitung) AS b, count(*) FILTER (WHERE terpisah) AS
    pw,
    count(*) FILTER (WHERE jenis = 'PNS') AS pns, count(*) FILTER (WHERE jenis = 'CPNS') AS cpns,
    count(*) FILTER (WHERE jenis = 'PPPK') AS pppk
  FROM duduk WHERE posisi_id IS NOT NULL GROUP BY posisi_id, instansi_id
)
SELECT 'posisi ' || coalesce(h.posisi_id, s.posisi_id),
  'tersimpan ' || coalesce(s.b, 0) || ', hitungan ' || coalesce(h.b, 0)
FROM hitung h FULL JOIN bezetting_posisi s ON s.posisi_id = h.posisi_id
WHERE (coalesce(s.b, 0), coalesce(s.paruh_waktu, 0), coalesce(s.pns, 0), coalesce(s.cpns, 0),
  coalesce(s.pppk, 0))
  IS DISTINCT FROM (coalesce(h.b, 0), coalesce(h.pw, 0), coalesce(h.pns, 0), coalesce(h.cpns, 0),
    coalesce(h.pppk, 0))""",
            params=day,
        ),
        Cek(
            "bezetting-unor-beda",
            "B sebuah unit (dengan bawahannya) berbeda dari hitungan ulang.",
            _HITUNG,
            _DUDUK + """, sendiri AS (
  SELECT unor_id, count(*) FILTER (WHERE dihitung AND posisi_id IS NOT NULL) AS b,
    count(*) FILTER (WHERE terpisah) AS pw, count(*) FILTER (WHERE dihitung AND posisi_id IS NULL) AS tp
  FROM duduk WHERE unor_id IS NOT NULL GROUP BY unor_id
), naik AS (  -- only where a version is scheduled; the others have their paths
  SELECT r.unor_id, r.atasan_id, s.b, s.pw, s.tp, 0 AS langkah, v.n FROM sendiri s
  JOIN unor o ON o.id = s.unor_id JOIN berlaku v ON v.instansi_id = o.instansi_id AND v.n <> v.akhir
  JOIN unor_riwayat r ON r.unor_id = s.unor_id AND r.sejak <= v.n AND r.hingga > v.n
  UNION ALL
  SELECT r.unor_id, r.atasan_id, t.b, t.pw, t.tp, t.langkah + 1, t.n FROM naik t
  JOIN unor_riwayat r ON r.unor_id = t.atasan_id AND r.sejak <= t.n AND r.hingga > t.n WHERE t.langkah < 50
), jumlah AS (
  SELECT unor_id, sum(b) AS b, sum(pw) AS pw, sum(tp) AS tp FROM (
    SELECT unor_id, b, pw, tp FROM naik
    UNION ALL
    SELECT unnest(string_to_array(u.jalur::text, '.'))::bigint, s.b, s.pw, s.tp FROM sendiri s
    JOIN unor_kini u ON u.unor_id = s.unor_id
    JOIN berlaku v ON v.instansi_id = u.instansi_id AND v.n = v.akhir
  ) semua GROUP BY unor_id
)
SELECT 'unor ' || coalesce(j.unor_id, s.unor_id), 'tersimpan ' || coalesce(s.b, 0) || ', hitungan ' ||
  coalesce(j.b, 0)
FROM jumlah j FULL JOIN bezetting_unor s ON s.unor_id = j.unor_id
WHERE (coalesce(s.b, 0), coalesce(s.paruh_waktu, 0), coalesce(s.tanpa_posisi_bawah, 0))
  IS DISTINCT FROM (coalesce(j.b, 0), coalesce(j.pw, 0), coalesce(j.tp, 0))""",
            params=day,
        ),
        Cek(
            "ringkasan-beda",
            "Angka daftar instansi berbeda dari petanya.",
            _HITUNG,
            """
SELECT 'instansi ' || coalesce(v.instansi_id, r.instansi_id), 'tersimpan versi ' || coalesce(r.versi, 0) ||
  ', '
  || coalesce(r.n_unor, 0) || ' unit, K ' || coalesce(r.k, 0) || ', B ' || coalesce(r.b, 0) || ', '
  || coalesce(r.n_pegawai, 0) || ' pegawai'
FROM (SELECT instansi_id, coalesce(max(nomor) FILTER (WHERE berlaku <= %(hari)s), min(nomor)) AS versi
  FROM peta_versi GROUP BY instansi_id) v
LEFT JOIN unor_riwayat u ON u.instansi_id = v.instansi_id AND u.atasan_id IS NULL AND u.sejak <= v.versi
  AND u.hingga > v.versi
LEFT JOIN unor_total_riwayat t ON t.unor_id = u.unor_id AND t.sejak <= v.versi AND t.hingga > v.versi
LEFT JOIN bezetting_unor b ON b.unor_id = u.unor_id
LEFT JOIN (SELECT instansi_id, count(*) AS n FROM pegawai GROUP BY instansi_id) p ON p.instansi_id =
  v.instansi_id
FULL JOIN ringkasan_instansi r ON r.instansi_id = v.instansi_id
WHERE u.unor_id IS NOT NULL AND (r.versi, r.n_unor, r.n_posisi, r.k, r.b, r.n_pegawai::bigint) IS DISTINCT
  FROM
  (v.versi, t.n_unor, t.n_posisi, coalesce(t.k, 0), coalesce(b.b, 0), coalesce(p.n, 0))""",
            params=day,
        ),
    ]  # fmt: skip
