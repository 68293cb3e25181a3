-- Statements of pegawai.services.kompetensi, one per "-- name:" mark. Parameters: instansi, baris (records as JSON),
-- bagian (part of our list of trainings, empty for certificates), sumber.

-- name: cocokkan
CREATE TEMP TABLE kompetensi_cocok ON COMMIT DROP AS
WITH masuk AS MATERIALIZED (
  SELECT * FROM jsonb_to_recordset(%(baris)s::jsonb) AS m (baris int, id text, nip text, orang text, acuan text,
    nama text, lembaga text, nomor text, tahun smallint, jam int, tanggal date, sampai date)
), orang AS (
  SELECT m.baris, p.id FROM masuk m JOIN pegawai p ON p.nip = m.nip AND m.nip <> '' AND p.instansi_id = %(instansi)s
  UNION
  SELECT m.baris, p.id FROM masuk m JOIN pegawai p ON p.id_siasn = m.orang AND m.nip = '' AND m.orang <> ''
    AND p.instansi_id = %(instansi)s
), bernama AS (
  -- Certificates bear no id of ours: by a name that only one has.
  SELECT nama_banding(nama) AS nama, min(id) AS id FROM sertifikasi WHERE %(bagian)s = '' GROUP BY 1 HAVING count(*) = 1
)
SELECT m.*, o.id AS pegawai_id, coalesce(d.id, s.id) AS acuan_id
FROM masuk m LEFT JOIN orang o ON o.baris = m.baris
LEFT JOIN diklat d ON d.jenis = %(bagian)s AND d.kunci = m.acuan
LEFT JOIN bernama s ON s.nama = nama_banding(m.nama);

-- name: catat_diklat
INSERT INTO pegawai_diklat AS t (pegawai_id, instansi_id, diklat_id, id_siasn, nama, penyelenggara, tanggal, tahun, jam,
  sumber)
SELECT pegawai_id, %(instansi)s, acuan_id, nullif(id, ''), nama, coalesce(lembaga, ''), tanggal, tahun, jam, %(sumber)s
FROM kompetensi_cocok c WHERE pegawai_id IS NOT NULL AND (id <> '' OR NOT EXISTS (
  SELECT FROM pegawai_diklat k WHERE k.pegawai_id = c.pegawai_id AND k.nama = c.nama
    AND k.tanggal IS NOT DISTINCT FROM c.tanggal))
ON CONFLICT (id_siasn) DO UPDATE SET diklat_id = excluded.diklat_id, nama = excluded.nama,
  penyelenggara = excluded.penyelenggara, tanggal = excluded.tanggal, tahun = excluded.tahun, jam = excluded.jam
WHERE t.pegawai_id = excluded.pegawai_id;

-- name: catat_sertifikasi
INSERT INTO pegawai_sertifikasi AS t (pegawai_id, instansi_id, sertifikasi_id, id_siasn, nama, nomor, lembaga, tanggal,
  berlaku_sampai, sumber)
SELECT pegawai_id, %(instansi)s, acuan_id, nullif(id, ''), nama, coalesce(nomor, ''), coalesce(lembaga, ''), tanggal,
  sampai, %(sumber)s
FROM kompetensi_cocok c WHERE pegawai_id IS NOT NULL AND (id <> '' OR NOT EXISTS (
  SELECT FROM pegawai_sertifikasi k WHERE k.pegawai_id = c.pegawai_id AND k.nama = c.nama
    AND k.tanggal IS NOT DISTINCT FROM c.tanggal))
ON CONFLICT (id_siasn) DO UPDATE SET sertifikasi_id = excluded.sertifikasi_id, nama = excluded.nama,
  nomor = excluded.nomor, lembaga = excluded.lembaga, tanggal = excluded.tanggal, berlaku_sampai = excluded.berlaku_sampai
WHERE t.pegawai_id = excluded.pegawai_id;

-- name: kabar
SELECT baris, pegawai_id IS NULL, nama FROM kompetensi_cocok WHERE pegawai_id IS NULL OR acuan_id IS NULL ORDER BY baris;
