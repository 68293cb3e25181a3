-- Distributions of a simulated nation, for its page and its own checks. Counts only, no person.

-- name: n_instansi
SELECT count(*) FROM peta_versi WHERE nomor = 1

-- name: n_unor
SELECT count(*) FROM unor_kini

-- name: n_posisi
SELECT count(*) FROM posisi_riwayat WHERE hingga = 2147483647

-- name: n_pegawai
SELECT count(*) FROM pegawai

-- name: n_riwayat
SELECT count(*) FROM riwayat_jabatan

-- name: n_kode
SELECT count(*) FROM kode_unor

-- name: n_infojab
SELECT count(*) FROM infojab

-- name: n_isian
SELECT count(*) FROM isian_riwayat WHERE hingga = 2147483647

-- name: isian
SELECT bagian, count(*) FROM isian_riwayat WHERE hingga = 2147483647 GROUP BY 1 ORDER BY 2 DESC, 1

-- name: jenis
SELECT jenis, count(*) FROM pegawai GROUP BY 1 ORDER BY 2 DESC

-- name: kelamin
SELECT jenis_kelamin, count(*) FROM pegawai GROUP BY 1 ORDER BY 1

-- name: umur
SELECT CASE WHEN umur < 30 THEN '< 30' WHEN umur < 40 THEN '30–39' WHEN umur < 50 THEN '40–49'
  WHEN umur < 60 THEN '50–59' ELSE '≥ 60' END, count(*)
FROM (SELECT extract(year FROM age(date '2026-11-01', tanggal_lahir)) AS umur FROM pegawai) u GROUP BY 1 ORDER BY min(umur)

-- name: golongan
SELECT CASE WHEN golongan LIKE '%/%' THEN 'PNS ' || split_part(golongan, '/', 1) ELSE 'PPPK ' || golongan END, count(*)
FROM pegawai GROUP BY 1 ORDER BY 1

-- name: menurut_instansi
SELECT coalesce(i.jenis_instansi, CASE i.jenis WHEN 'D' THEN 'KAB' ELSE '–' END), count(*), sum(r.n_unor), sum(r.n_posisi), sum(r.k), sum(r.b),
  sum(r.n_pegawai)
FROM ringkasan_instansi r JOIN instansi i ON i.id = r.instansi_id GROUP BY 1 ORDER BY 7 DESC

-- name: terbesar
SELECT i.id, i.nama, r.n_unor, r.n_posisi, r.k, r.b, r.n_pegawai
FROM ringkasan_instansi r JOIN instansi i ON i.id = r.instansi_id ORDER BY r.n_pegawai DESC LIMIT 10

-- name: jenis_unor
SELECT jenis, count(*) FROM unor_riwayat WHERE hingga = 2147483647 GROUP BY 1 ORDER BY 2 DESC

-- name: rumpun
SELECT CASE k.jenis_umum WHEN '1' THEN 'guru' WHEN '2' THEN 'nakes' ELSE j.jenis END, count(*)
FROM riwayat_jabatan r JOIN jabatan j ON j.id = r.jabatan_id LEFT JOIN kelompok_jabatan k ON k.id = j.kelompok_id
WHERE r.jenis = 'D' AND upper(r.masa) IS NULL GROUP BY 1 ORDER BY 2 DESC

-- name: keterisian
SELECT CASE WHEN b = 0 AND k = 0 THEN 'kosong' WHEN b < k THEN 'kurang' WHEN b = k THEN 'cukup' ELSE 'lebih' END, count(*)
FROM (SELECT coalesce(p.k, 0) AS k, coalesce(b.b, 0) AS b FROM posisi_riwayat p
  LEFT JOIN bezetting_posisi b ON b.posisi_id = p.posisi_id WHERE p.hingga = 2147483647) q GROUP BY 1 ORDER BY 2 DESC

-- name: cacat
SELECT 'unit-hilang', count(*) FROM riwayat_jabatan WHERE unor_id IS NULL AND jenis = 'D' AND upper(masa) IS NULL
UNION ALL
SELECT 'jabatan-tak-dikenal', count(*) FROM riwayat_jabatan
WHERE unor_id IS NOT NULL AND posisi_id IS NULL AND jabatan_id IS NULL AND jenis = 'D' AND upper(masa) IS NULL
UNION ALL
SELECT 'tanpa-kotak', count(*) FROM riwayat_jabatan
WHERE unor_id IS NOT NULL AND posisi_id IS NULL AND jabatan_id IS NOT NULL AND jenis = 'D' AND upper(masa) IS NULL
UNION ALL
SELECT 'pensiun-duduk', count(*) FROM pegawai WHERE kedudukan_hukum = '99'
UNION ALL
SELECT 'npsn-ganda', count(*) FROM kode_unor WHERE NOT aktif AND jenis = 'npsn'
