-- Statements of jabatan.services.terbit, one per "-- name:" mark. Parameters: instansi, versi, lama (= versi − 1).
-- A load of n rows meets a map of m rows: hash joins, no statement per row.

-- name: lengkapi_unor
-- Attributes the load does not carry stay what they are; the order of a unit is that of its first load.
-- {simpan}: assignments of the columns that are kept.
UPDATE muat_unor m SET urutan = CASE WHEN m.urutan_tetap THEN m.urutan ELSE r.urutan END {simpan}
FROM unor_riwayat r WHERE r.unor_id = m.id AND r.instansi_id = %(instansi)s AND r.hingga = 2147483647;

-- name: beda_unor
-- Live rows the load changes or no longer has.
CREATE TEMP TABLE ubah_unor ON COMMIT DROP AS
SELECT coalesce(r.unor_id, m.id) AS id, r.unor_id IS NULL AS baru, m.id IS NULL AS hilang
FROM (SELECT * FROM unor_riwayat WHERE instansi_id = %(instansi)s AND hingga = 2147483647) r
FULL JOIN muat_unor m ON m.id = r.unor_id
WHERE (r.unor_id IS NULL OR m.id IS NULL OR
  (r.atasan_id, r.urutan, r.nama, r.nama_jabatan, r.jenis, r.eselon_id, r.wilayah_id, r.urusan, r.cepat_kode,
   r.dasar_hukum_id, r.pasal, r.halaman) IS DISTINCT FROM
  (m.atasan_id, m.urutan, m.nama, m.nama_jabatan, m.jenis, m.eselon_id, m.wilayah_id, m.urusan, m.cepat_kode,
   m.dasar_hukum_id, m.pasal, m.halaman))
  AND (%(lengkap)s OR m.id IS NOT NULL);

-- name: kenali_posisi
-- Which box of the load is which box of the map: the head of a unit is the head; other boxes are known by
-- unit, jenis and jabatan (by name where there is none), in their order when there are several alike. What the
-- load leaves open (order, jenjang) stays as it is.
WITH lama AS (
  SELECT posisi_id, urutan, jenjang_id, unor_id, kepala, CASE WHEN kepala THEN '' ELSE jenis || ':' || coalesce(jabatan_id::text, lower(nama)) END AS kunci,
    row_number() OVER (PARTITION BY unor_id, kepala, CASE WHEN kepala THEN '' ELSE jenis || ':' || coalesce(jabatan_id::text, lower(nama)) END
      ORDER BY urutan, posisi_id) AS ke
  FROM posisi_riwayat WHERE instansi_id = %(instansi)s AND hingga = 2147483647
), muat AS (
  SELECT n, unor_id, kepala, CASE WHEN kepala THEN '' ELSE jenis || ':' || coalesce(jabatan_id::text, lower(nama)) END AS kunci,
    row_number() OVER (PARTITION BY unor_id, kepala, CASE WHEN kepala THEN '' ELSE jenis || ':' || coalesce(jabatan_id::text, lower(nama)) END
      ORDER BY n) AS ke
  FROM muat_posisi
)
UPDATE muat_posisi p SET id = lama.posisi_id, urutan = CASE WHEN p.urutan_tetap THEN p.urutan ELSE lama.urutan END,
  jenjang_id = coalesce(p.jenjang_id, lama.jenjang_id)
FROM muat JOIN lama USING (unor_id, kepala, kunci, ke) WHERE muat.n = p.n;

-- name: ubah_turunan
-- A head that merely follows from its unit changes nothing about the head the map has, except that one which
-- came about the same way (structural, named like the unit's jabatan pimpinan) takes the new name.
UPDATE muat_posisi m SET urutan = r.urutan, jenis = r.jenis, jabatan_id = r.jabatan_id, jenjang_id = r.jenjang_id,
  kelas = r.kelas, k = r.k,
  nama = CASE WHEN r.jenis = 'struktural' AND r.nama = u.nama_jabatan THEN m.nama ELSE r.nama END
FROM posisi_riwayat r JOIN unor_riwayat u ON u.unor_id = r.unor_id AND u.hingga = 2147483647
WHERE m.turunan AND r.posisi_id = m.id AND r.hingga = 2147483647;

-- name: jenjang_kepala
-- A new head takes the managerial jenjang of its unit's eselon.
UPDATE muat_posisi m SET jenjang_id = j.kode
FROM muat_unor u JOIN eselon e ON e.kode = u.eselon_id
JOIN jenjang j ON upper(j.nama) = upper(e.jabatan_asn) AND j.kategori = 'manajerial'
WHERE m.kepala AND m.jenis = 'struktural' AND m.id IS NULL AND m.jenjang_id IS NULL AND u.id = m.unor_id;

-- name: nomori_posisi
UPDATE muat_posisi SET id = nextval(pg_get_serial_sequence('posisi', 'id')), baru = true WHERE id IS NULL;

-- name: beda_posisi
-- posisi_lengkap: whether the load is the complete list of boxes. Boxes on units that end, end with them.
CREATE TEMP TABLE ubah_posisi ON COMMIT DROP AS
SELECT coalesce(r.posisi_id, m.id) AS id, r.posisi_id IS NULL AS baru, m.id IS NULL AS hilang
FROM (SELECT * FROM posisi_riwayat WHERE instansi_id = %(instansi)s AND hingga = 2147483647) r
FULL JOIN muat_posisi m ON m.id = r.posisi_id
WHERE CASE
  WHEN r.posisi_id IS NULL THEN true
  WHEN m.id IS NULL THEN EXISTS (SELECT FROM ubah_unor u WHERE u.id = r.unor_id AND u.hilang)
    OR (%(posisi_lengkap)s AND EXISTS (SELECT FROM muat_unor u WHERE u.id = r.unor_id))
  ELSE (r.unor_id, r.urutan, r.jenis, r.jabatan_id, r.nama, r.jenjang_id, r.kepala, r.kelas, r.k) IS DISTINCT FROM
       (m.unor_id, m.urutan, m.jenis, m.jabatan_id, m.nama, m.jenjang_id, m.kepala, m.kelas, m.k)
END;

-- name: hitung
SELECT count(*) FILTER (WHERE baru), count(*) FILTER (WHERE NOT baru AND NOT hilang), count(*) FILTER (WHERE hilang)
FROM ubah_unor
UNION ALL
SELECT count(*) FILTER (WHERE baru), count(*) FILTER (WHERE NOT baru AND NOT hilang), count(*) FILTER (WHERE hilang)
FROM ubah_posisi;

-- name: akhiri_unor
UPDATE unor_riwayat r SET hingga = %(versi)s FROM ubah_unor u
WHERE NOT u.baru AND r.unor_id = u.id AND r.hingga = 2147483647;

-- name: akhiri_posisi
UPDATE posisi_riwayat r SET hingga = %(versi)s FROM ubah_posisi p
WHERE NOT p.baru AND r.posisi_id = p.id AND r.hingga = 2147483647;

-- name: akhiri_isian
-- The ABK sheet of a box that is no longer on the map ends with it.
UPDATE isian_riwayat s SET hingga = %(versi)s
WHERE s.instansi_id = %(instansi)s AND s.bagian = 'abk' AND s.hingga = 2147483647 AND NOT EXISTS (
  SELECT FROM posisi_riwayat p WHERE p.posisi_id = s.posisi_id AND p.hingga = 2147483647);

-- name: tulis_identitas
INSERT INTO unor (id, instansi_id, id_siasn) SELECT id, %(instansi)s, id_siasn FROM muat_unor_baru ORDER BY id;

-- name: tulis_unor
INSERT INTO unor_riwayat (unor_id, instansi_id, sejak, hingga, atasan_id, urutan, nama, nama_jabatan, jenis,
  eselon_id, wilayah_id, urusan, cepat_kode, dasar_hukum_id, pasal, halaman, penerus)
SELECT m.id, %(instansi)s, %(versi)s, 2147483647, m.atasan_id, m.urutan, m.nama, m.nama_jabatan, m.jenis,
  m.eselon_id, m.wilayah_id, m.urusan, m.cepat_kode, m.dasar_hukum_id, m.pasal, m.halaman, '{}'
FROM muat_unor m JOIN ubah_unor u ON u.id = m.id ORDER BY m.id;

-- name: tulis_identitas_posisi
INSERT INTO posisi (id, instansi_id) SELECT id, %(instansi)s FROM muat_posisi WHERE baru ORDER BY id;

-- name: tulis_posisi
INSERT INTO posisi_riwayat (posisi_id, instansi_id, sejak, hingga, unor_id, urutan, jenis, jabatan_id, nama,
  jenjang_id, kepala, kelas, k, infojab_id)
SELECT m.id, %(instansi)s, %(versi)s, 2147483647, m.unor_id, m.urutan, m.jenis, m.jabatan_id, m.nama,
  m.jenjang_id, m.kepala, m.kelas, m.k,
  (SELECT l.infojab_id FROM posisi_riwayat l WHERE NOT m.baru AND l.posisi_id = m.id ORDER BY l.sejak DESC LIMIT 1)
FROM muat_posisi m JOIN ubah_posisi p ON p.id = m.id ORDER BY m.id;

-- name: tulis_kode
INSERT INTO kode_unor (unor_id, instansi_id, jenis, kode, aktif)
SELECT DISTINCT m.unor_id, %(instansi)s, m.jenis, m.kode, true FROM muat_kode m
WHERE NOT EXISTS (SELECT FROM kode_unor k WHERE k.jenis = m.jenis AND k.kode = m.kode AND k.aktif);

-- name: kode_ganda
-- External codes of the load that an active link already gives to another unit.
SELECT m.jenis, m.kode, m.unor_id, k.unor_id, r.nama FROM muat_kode m
JOIN kode_unor k ON k.jenis = m.jenis AND k.kode = m.kode AND k.aktif AND k.unor_id <> m.unor_id
LEFT JOIN unor_riwayat r ON r.unor_id = k.unor_id AND r.hingga = 2147483647
ORDER BY 1, 2 LIMIT 1000;

-- name: masih_diduduki
-- People whose assignment has not ended, on units or boxes the load would end. The table belongs to the app
-- above; only counts are read, through the caller's own wall.
-- It starts from what ends (few rows), so that it stays fast on tables the planner has no statistics of yet.
SELECT u.nama, coalesce(p.nama, ''), count(DISTINCT j.pegawai_id), u.unor_id, p.posisi_id
FROM (
  SELECT r.* FROM ubah_posisi h JOIN riwayat_jabatan r ON r.posisi_id = h.id WHERE h.hilang
  UNION
  SELECT r.* FROM ubah_unor h JOIN riwayat_jabatan r ON r.instansi_id = %(instansi)s AND r.unor_id = h.id
  WHERE h.hilang AND NOT EXISTS (
    SELECT FROM posisi_riwayat q WHERE q.posisi_id = r.posisi_id AND q.hingga = 2147483647)
) j
LEFT JOIN posisi_riwayat p ON p.posisi_id = j.posisi_id AND p.hingga = 2147483647
JOIN unor_riwayat u ON u.unor_id = coalesce(p.unor_id, j.unor_id) AND u.hingga = 2147483647
WHERE j.instansi_id = %(instansi)s AND j.jenis <> 'X' AND coalesce(upper(j.masa) > %(berlaku)s, true)
GROUP BY 1, 2, 4, 5 ORDER BY 1, 2 LIMIT 1000;
