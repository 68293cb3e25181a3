-- Statements of pegawai.services.impor, one per "-- name:" mark. Parameters: instansi (null: a file with many),
-- hari (business date), sumber. Set-based: no statement per person.

-- name: siapkan
DROP TABLE IF EXISTS impor_orang, impor_salah, impor_kenal, impor_tempat, impor_cocok, impor_kursi, impor_pindah, impor_unit;
CREATE TEMP TABLE impor_orang (
  baris int, nip text, id_siasn text, nama text, gelar_depan text, gelar_belakang text, tanggal_lahir date,
  jenis_kelamin text, jenis text, kedudukan text, golongan text, tmt_golongan date, mk_tahun smallint,
  mk_bulan smallint, tmt_cpns date, tmt_pns date, tingkat text, pendidikan_siasn text, pendidikan_nama text,
  tahun_lulus smallint, jenis_jabatan text, jabatan_siasn text, jabatan_nama text, tmt_jabatan date,
  unor_siasn text, unor_nama text, instansi_siasn text) ON COMMIT DROP;
CREATE TEMP TABLE impor_salah (baris int, kode text, kolom text, nilai text) ON COMMIT DROP;

-- name: salin
COPY impor_orang FROM STDIN WITH (FORMAT csv, NULL '', FORCE_NOT_NULL (gelar_depan, gelar_belakang, kedudukan,
  golongan, jenis_jabatan, jabatan_siasn, jabatan_nama, unor_siasn, unor_nama, instansi_siasn))

-- name: ganda
INSERT INTO impor_salah
SELECT s.baris, 'nip-ganda', 'nip_baru', s.nip FROM impor_orang s JOIN (
  SELECT nip, min(baris) AS pertama FROM impor_orang GROUP BY nip HAVING count(*) > 1) g
  ON g.nip = s.nip AND s.baris > g.pertama
UNION ALL
SELECT s.baris, 'id-siasn-ganda', 'pns_id', s.id_siasn FROM impor_orang s JOIN (
  SELECT id_siasn, min(baris) AS pertama FROM impor_orang WHERE id_siasn IS NOT NULL
  GROUP BY id_siasn HAVING count(DISTINCT nip) > 1) g ON g.id_siasn = s.id_siasn AND s.baris > g.pertama;

-- name: salah_instansi
-- Rows of another instansi than the one the import is for, or of none that is known.
INSERT INTO impor_salah
SELECT s.baris, CASE WHEN %(instansi)s::int IS NULL THEN 'instansi-tidak-dikenal' ELSE 'instansi-lain' END,
  'instansi_kerja_id', s.instansi_siasn
FROM impor_orang s LEFT JOIN instansi i ON i.id_siasn = s.instansi_siasn
WHERE CASE WHEN %(instansi)s::int IS NULL THEN i.id IS NULL
  ELSE s.instansi_siasn <> '' AND i.id IS DISTINCT FROM %(instansi)s::int END;

-- name: kenali
-- Which person of ours a row is: by NIP, then by SIASN id (a corrected NIP). People of other instansi are
-- behind the wall; pegawai_lain answers their ids.
CREATE TEMP TABLE impor_kenal ON COMMIT DROP AS
WITH milik AS (
  SELECT s.baris, s.nip, s.id_siasn, coalesce(%(instansi)s::int, i.id) AS instansi_id
  FROM impor_orang s LEFT JOIN instansi i ON i.id_siasn = s.instansi_siasn
), terlihat AS (
  SELECT m.baris, a.id AS a_id, a.instansi_id AS a_instansi, b.id AS b_id, b.instansi_id AS b_instansi
  FROM milik m LEFT JOIN pegawai a ON a.nip = m.nip LEFT JOIN pegawai b ON b.id_siasn = m.id_siasn
), jauh AS (
  SELECT l.* FROM (
    SELECT array_agg(m.nip) AS nip, array_remove(array_agg(m.id_siasn), NULL) AS id_siasn
    FROM milik m JOIN terlihat t USING (baris) WHERE t.a_id IS NULL AND t.b_id IS NULL
      AND %(instansi)s::int IS NOT NULL) q, pegawai_lain(q.nip, q.id_siasn, ARRAY[%(instansi)s::int]) l
)
SELECT m.baris, m.instansi_id, coalesce(t.a_id, ja.pegawai_id, t.b_id, jb.pegawai_id) AS pegawai_id,
  CASE WHEN t.a_id IS NOT NULL THEN t.a_instansi WHEN ja.pegawai_id IS NOT NULL THEN ja.instansi_id
    WHEN t.b_id IS NOT NULL THEN t.b_instansi ELSE jb.instansi_id END AS instansi_lama,
  coalesce(t.a_id, ja.pegawai_id) <> coalesce(t.b_id, jb.pegawai_id) AS bertentangan,
  coalesce(t.a_id, ja.pegawai_id) IS NULL AND coalesce(t.b_id, jb.pegawai_id) IS NOT NULL AS nip_berubah
FROM milik m JOIN terlihat t USING (baris)
LEFT JOIN jauh ja ON ja.nip = m.nip LEFT JOIN jauh jb ON jb.id_siasn = m.id_siasn AND jb.nip <> m.nip;
INSERT INTO impor_salah
SELECT k.baris, 'identitas-bertentangan', 'pns_id', s.id_siasn FROM impor_kenal k JOIN impor_orang s USING (baris)
WHERE k.bertentangan;
CREATE TEMP TABLE impor_pindah ON COMMIT DROP AS
SELECT baris, pegawai_id, instansi_lama, instansi_id FROM impor_kenal
WHERE instansi_lama <> instansi_id AND baris NOT IN (SELECT baris FROM impor_salah);

-- name: tempat
-- Every distinct place of the file, once: its unit by SIASN id, else by a name that only one live unit has; its
-- jabatan likewise; its box by unit and jabatan, else by unit and name; for structural posts the head box.
CREATE TEMP TABLE impor_unit ON COMMIT DROP AS SELECT DISTINCT instansi_id FROM impor_kenal;
CREATE TEMP TABLE impor_tempat ON COMMIT DROP AS
WITH tempat AS MATERIALIZED (
  SELECT k.instansi_id, s.unor_siasn, s.unor_nama, s.jenis_jabatan, s.jabatan_siasn, s.jabatan_nama,
    count(*) AS n, min(s.baris) AS baris
  FROM impor_orang s JOIN impor_kenal k USING (baris) GROUP BY 1, 2, 3, 4, 5, 6
), nama_unit AS (
  SELECT u.instansi_id, nama_banding(u.nama) AS nama, min(u.unor_id) AS unor_id, count(*) AS n
  FROM unor_kini u JOIN impor_unit i USING (instansi_id) GROUP BY 1, 2
), unit AS MATERIALIZED (
  SELECT q.*, h.unor_id AS aktif, n.unor_id AS nama_id, n.n AS nama_n FROM (
    SELECT DISTINCT t.instansi_id, t.unor_siasn, t.unor_nama, u.id AS unor_id
    FROM tempat t LEFT JOIN unor u ON u.id_siasn = t.unor_siasn AND u.instansi_id = t.instansi_id) q
  LEFT JOIN unor_kini h ON h.unor_id = q.unor_id
  LEFT JOIN nama_unit n ON q.unor_id IS NULL AND n.instansi_id = q.instansi_id
    AND n.nama = nama_banding(q.unor_nama) AND q.unor_nama <> ''
), jab0 AS MATERIALIZED (
  SELECT q.*, j.id AS jabatan_id FROM (SELECT DISTINCT jenis_jabatan, jabatan_siasn, jabatan_nama FROM tempat) q
  LEFT JOIN jabatan j ON j.id_siasn = q.jabatan_siasn AND q.jenis_jabatan <> 'struktural'
), dicari AS MATERIALIZED (
  SELECT DISTINCT jenis_jabatan, jabatan_nama, nama_banding(jabatan_nama) AS nama FROM jab0
  WHERE jabatan_id IS NULL AND jenis_jabatan <> 'struktural' AND jabatan_nama <> ''
), nama_jab AS MATERIALIZED (
  SELECT d.jenis_jabatan, d.jabatan_nama, min(j.id) AS jabatan_id, count(*) AS n
  FROM (SELECT id, jenis, nama_banding(nama) AS nama FROM jabatan
        WHERE aktif AND EXISTS (SELECT FROM dicari)) j
  JOIN dicari d ON d.nama = j.nama AND d.jenis_jabatan IN ('', j.jenis) GROUP BY 1, 2
), jab AS MATERIALIZED (
  SELECT b.jenis_jabatan, b.jabatan_siasn, b.jabatan_nama,
    coalesce(b.jabatan_id, CASE WHEN n.n = 1 THEN n.jabatan_id END) AS jabatan_id, coalesce(n.n, 0) AS nama_n
  FROM jab0 b LEFT JOIN nama_jab n ON b.jabatan_id IS NULL AND n.jenis_jabatan = b.jenis_jabatan
    AND n.jabatan_nama = b.jabatan_nama
), hidup AS MATERIALIZED (
  SELECT q.posisi_id, q.unor_id, q.jabatan_id, q.jenis, q.kepala, nama_banding(q.nama) AS nama, q.urutan
  FROM posisi_riwayat q JOIN impor_unit i USING (instansi_id) WHERE q.hingga = 2147483647
), per_jabatan AS (
  SELECT DISTINCT ON (unor_id, jabatan_id) unor_id, jabatan_id, posisi_id FROM hidup
  WHERE jabatan_id IS NOT NULL ORDER BY unor_id, jabatan_id, kepala, urutan, posisi_id
), per_nama AS (
  SELECT DISTINCT ON (unor_id, nama, jenis = 'struktural') unor_id, nama, jenis = 'struktural' AS struktural,
    posisi_id FROM hidup ORDER BY unor_id, nama, jenis = 'struktural', kepala DESC, urutan, posisi_id
), per_kepala AS (SELECT unor_id, posisi_id FROM hidup WHERE kepala)
SELECT t.*, u.unor_id IS NULL AND u.nama_n > 1 AS unor_ganda, u.unor_id IS NOT NULL AND u.aktif IS NULL AS unor_mati,
  coalesce(u.unor_id, CASE WHEN u.nama_n = 1 THEN u.nama_id END) AS unor_id,
  j.jabatan_id, j.nama_n > 1 AND j.jabatan_id IS NULL AS jabatan_ganda,
  CASE WHEN t.jenis_jabatan = 'struktural' THEN coalesce(ns.posisi_id, h.posisi_id)
    ELSE coalesce(pj.posisi_id, nf.posisi_id, CASE WHEN t.jenis_jabatan = '' THEN ns.posisi_id END) END AS posisi_id
FROM tempat t
JOIN unit u ON u.instansi_id = t.instansi_id AND u.unor_siasn = t.unor_siasn AND u.unor_nama = t.unor_nama
JOIN jab j ON j.jenis_jabatan = t.jenis_jabatan AND j.jabatan_siasn = t.jabatan_siasn
  AND j.jabatan_nama = t.jabatan_nama
LEFT JOIN per_jabatan pj ON pj.unor_id = coalesce(u.aktif, CASE WHEN u.nama_n = 1 THEN u.nama_id END)
  AND pj.jabatan_id = j.jabatan_id
LEFT JOIN per_nama ns ON ns.unor_id = coalesce(u.aktif, CASE WHEN u.nama_n = 1 THEN u.nama_id END)
  AND ns.struktural AND ns.nama = nama_banding(t.jabatan_nama)
LEFT JOIN per_nama nf ON nf.unor_id = coalesce(u.aktif, CASE WHEN u.nama_n = 1 THEN u.nama_id END)
  AND NOT nf.struktural AND nf.nama = nama_banding(t.jabatan_nama)
LEFT JOIN per_kepala h ON h.unor_id = coalesce(u.aktif, CASE WHEN u.nama_n = 1 THEN u.nama_id END);
ANALYZE impor_tempat;

-- name: cocokkan
-- The rows that will be taken, with all keys turned into ids of ours. Education by SIASN id, else by a name that
-- only one row of its level has.
CREATE TEMP TABLE impor_cocok ON COMMIT DROP AS
WITH dicari AS MATERIALIZED (
  SELECT DISTINCT s.tingkat, s.pendidikan_siasn, s.pendidikan_nama FROM impor_orang s
  WHERE s.pendidikan_siasn IS NOT NULL OR s.pendidikan_nama IS NOT NULL
), per_id AS MATERIALIZED (
  SELECT d.*, p.id AS pendidikan_id FROM dicari d LEFT JOIN pendidikan p ON p.id_siasn = d.pendidikan_siasn
), per_nama AS MATERIALIZED (
  SELECT d.tingkat, d.pendidikan_nama, min(p.id) AS pendidikan_id
  FROM (SELECT DISTINCT tingkat, pendidikan_nama, nama_banding(pendidikan_nama) AS nama FROM per_id
        WHERE pendidikan_id IS NULL AND pendidikan_nama IS NOT NULL) d
  JOIN (SELECT id, tingkat_id, nama_banding(nama) AS nama FROM pendidikan
        WHERE EXISTS (SELECT FROM per_id WHERE pendidikan_id IS NULL)) p
    ON p.nama = d.nama AND (d.tingkat IS NULL OR p.tingkat_id = d.tingkat)
  GROUP BY 1, 2 HAVING count(*) = 1
), didik AS MATERIALIZED (
  SELECT i.tingkat, i.pendidikan_siasn, i.pendidikan_nama, coalesce(i.pendidikan_id, n.pendidikan_id) AS pendidikan_id
  FROM per_id i LEFT JOIN per_nama n ON i.pendidikan_id IS NULL AND n.pendidikan_nama = i.pendidikan_nama
    AND n.tingkat IS NOT DISTINCT FROM i.tingkat
)
SELECT s.baris, coalesce(k.pegawai_id, nextval(pg_get_serial_sequence('pegawai', 'id'))) AS pegawai_id,
  k.pegawai_id IS NULL AS baru, k.nip_berubah, k.instansi_id, s.nip, s.id_siasn, s.nama, s.gelar_depan,
  s.gelar_belakang, s.tanggal_lahir, s.jenis_kelamin, s.jenis, s.kedudukan, s.golongan, s.tmt_golongan,
  s.mk_tahun, s.mk_bulan, s.tmt_cpns, s.tmt_pns, t.kode AS tingkat_id, s.tingkat, d.pendidikan_id,
  s.pendidikan_siasn, s.pendidikan_nama, s.tahun_lulus, s.tmt_jabatan,
  s.unor_siasn, s.unor_nama, s.jenis_jabatan, s.jabatan_siasn, s.jabatan_nama,
  p.unor_id, p.jabatan_id, p.posisi_id, p.unor_ganda, p.unor_mati, p.jabatan_ganda
FROM impor_orang s JOIN impor_kenal k USING (baris)
JOIN impor_tempat p ON p.instansi_id = k.instansi_id AND p.unor_siasn = s.unor_siasn AND p.unor_nama = s.unor_nama
  AND p.jenis_jabatan = s.jenis_jabatan AND p.jabatan_siasn = s.jabatan_siasn AND p.jabatan_nama = s.jabatan_nama
LEFT JOIN tingkat_pendidikan t ON t.kode = s.tingkat
LEFT JOIN didik d ON coalesce(d.tingkat, '') = coalesce(s.tingkat, '')
  AND coalesce(d.pendidikan_siasn, '') = coalesce(s.pendidikan_siasn, '')
  AND coalesce(d.pendidikan_nama, '') = coalesce(s.pendidikan_nama, '')
LEFT JOIN (SELECT DISTINCT baris FROM impor_salah) x ON x.baris = s.baris
LEFT JOIN impor_pindah g ON g.baris = s.baris
WHERE x.baris IS NULL AND g.baris IS NULL;
ANALYZE impor_cocok;

-- name: ubah_orang
-- {kolom}: assignments of the columns the file has; {lama}, {baru}: the same as rows, to find what differs.
UPDATE pegawai p SET {kolom}, diperbarui = now() FROM impor_cocok c
WHERE NOT c.baru AND p.id = c.pegawai_id AND ({lama}) IS DISTINCT FROM ({baru});

-- name: tambah_orang
INSERT INTO pegawai (id, instansi_id, nip, id_siasn, nama, gelar_depan, gelar_belakang, tanggal_lahir,
  jenis_kelamin, jenis, kedudukan_hukum, golongan, tmt_golongan, mk_tahun, mk_bulan, tmt_cpns, tmt_pns,
  tingkat_pendidikan_id, pendidikan_id, tahun_lulus, sintetis, diperbarui)
SELECT pegawai_id, instansi_id, nip, id_siasn, nama, gelar_depan, gelar_belakang, tanggal_lahir,
  jenis_kelamin, jenis, kedudukan, golongan, tmt_golongan, mk_tahun, mk_bulan, tmt_cpns, tmt_pns,
  tingkat_id, pendidikan_id, tahun_lulus, %(sintetis)s, now()
FROM impor_cocok WHERE baru;

-- name: kursi
-- What happens to each person's definitive seat. "Same place": the same box; where a box is missing, the same
-- unit and jabatan (by id, else by name).
CREATE TEMP TABLE impor_kursi ON COMMIT DROP AS
WITH lama AS MATERIALIZED (
  SELECT c.pegawai_id, r.id, r.posisi_id, r.unor_id, r.jabatan_id, r.nama_unor, r.nama_jabatan,
    lower(r.masa) AS dari, upper(r.masa) AS sampai, upper_inf(r.masa) AS terbuka,
    k.id IS NOT NULL AS dari_versi,
    -- A file that does not know of a reorganisation yet still names the place the seat came from.
    EXISTS (SELECT FROM pengukuhan a WHERE a.pegawai_id = c.pegawai_id AND a.jenis = 'D' AND a.status <> 'batal'
      AND a.unor_lama_id = c.unor_id AND (c.unor_mati OR (a.id = k.id AND k.status = 'menunggu'))) AS belum_tahu
  FROM impor_cocok c JOIN riwayat_jabatan r ON r.pegawai_id = c.pegawai_id AND r.jenis = 'D'
  LEFT JOIN pengukuhan k ON k.riwayat_baru_id = r.id AND k.status <> 'batal' WHERE NOT c.baru
), terakhir AS (
  SELECT pegawai_id, max(sampai) AS sampai FROM lama WHERE NOT terbuka GROUP BY 1
), banding AS (
  SELECT c.*, l.id AS lama_id, l.dari AS lama_dari, l.posisi_id AS lama_posisi, h.sampai AS terakhir_sampai,
    coalesce(c.tmt_jabatan, c.tmt_cpns, %(hari)s) AS dari_berkas,
    coalesce(l.belum_tahu, false) AS belum_tahu, coalesce(l.dari_versi, false) AS dari_versi, l.id IS NOT NULL AND CASE
      -- A file cannot tell two boxes of one unit and jabatan apart (a head teacher and the other teachers).
      WHEN l.posisi_id IS NOT NULL AND c.posisi_id IS NOT NULL
        THEN l.posisi_id = c.posisi_id OR (l.unor_id = c.unor_id AND l.jabatan_id = c.jabatan_id)
      ELSE CASE WHEN l.unor_id IS NOT NULL AND c.unor_id IS NOT NULL THEN l.unor_id = c.unor_id
             ELSE l.nama_unor = c.unor_nama END
       AND CASE WHEN l.jabatan_id IS NOT NULL AND c.jabatan_id IS NOT NULL THEN l.jabatan_id = c.jabatan_id
             ELSE l.nama_jabatan = c.jabatan_nama END END AS sama,
    (l.posisi_id IS NULL AND c.posisi_id IS NOT NULL) OR (l.unor_id IS NULL AND c.unor_id IS NOT NULL)
      OR (l.jabatan_id IS NULL AND c.jabatan_id IS NOT NULL) AS lebih_lengkap
  FROM impor_cocok c LEFT JOIN lama l ON l.pegawai_id = c.pegawai_id AND l.terbuka
  LEFT JOIN terakhir h ON h.pegawai_id = c.pegawai_id
  WHERE c.unor_nama <> '' OR c.jabatan_nama <> '' OR c.unor_siasn <> '' OR c.jabatan_siasn <> ''
)
SELECT baris, pegawai_id, instansi_id, posisi_id, unor_id, jabatan_id, unor_nama, jabatan_nama, tmt_jabatan,
  lama_id, lama_dari,
  CASE WHEN lama_id IS NULL THEN 'baru'
    WHEN belum_tahu THEN 'tetap'
    WHEN sama AND lebih_lengkap THEN 'lengkapi'
    WHEN sama AND NOT dari_versi AND tmt_jabatan <> lama_dari AND tmt_jabatan >= coalesce(terakhir_sampai, tmt_jabatan) THEN 'tmt'
    WHEN sama THEN 'tetap'
    WHEN lama_dari IS NULL OR dari_berkas > lama_dari THEN 'ganti'
    WHEN %(hari)s > lama_dari THEN 'ganti-hari-ini'
    ELSE 'betulkan' END AS tindakan,
  CASE WHEN lama_id IS NULL THEN greatest(dari_berkas, terakhir_sampai)
    WHEN dari_berkas > lama_dari OR lama_dari IS NULL THEN dari_berkas ELSE %(hari)s END AS dari
FROM banding;

-- name: tulis_kursi
UPDATE riwayat_jabatan r SET posisi_id = coalesce(s.posisi_id, r.posisi_id), unor_id = coalesce(s.unor_id, r.unor_id),
  jabatan_id = coalesce(s.jabatan_id, r.jabatan_id)
FROM impor_kursi s WHERE s.tindakan = 'lengkapi' AND r.id = s.lama_id;
UPDATE riwayat_jabatan r SET masa = daterange(s.tmt_jabatan, NULL) FROM impor_kursi s
WHERE s.tindakan = 'tmt' AND r.id = s.lama_id;
UPDATE riwayat_jabatan r SET posisi_id = s.posisi_id, unor_id = s.unor_id, jabatan_id = s.jabatan_id,
  nama_unor = s.unor_nama, nama_jabatan = s.jabatan_nama, sumber = %(sumber)s
FROM impor_kursi s WHERE s.tindakan = 'betulkan' AND r.id = s.lama_id;
UPDATE riwayat_jabatan r SET masa = daterange(lower(r.masa), s.dari) FROM impor_kursi s
WHERE s.tindakan IN ('ganti', 'ganti-hari-ini') AND r.id = s.lama_id;
INSERT INTO riwayat_jabatan (pegawai_id, instansi_id, posisi_id, unor_id, jabatan_id, nama_unor, nama_jabatan,
  masa, jenis, sementara, sumber)
SELECT pegawai_id, instansi_id, posisi_id, unor_id, jabatan_id, unor_nama, jabatan_nama, daterange(dari, NULL),
  'D', false, %(sumber)s
FROM impor_kursi WHERE tindakan IN ('baru', 'ganti', 'ganti-hari-ini');

-- name: hitung_kursi
SELECT count(*) FILTER (WHERE tindakan IN ('baru', 'ganti', 'ganti-hari-ini'))::int,
  count(*) FILTER (WHERE tindakan IN ('ganti', 'ganti-hari-ini'))::int,
  count(*) FILTER (WHERE tindakan IN ('lengkapi', 'tmt', 'betulkan'))::int FROM impor_kursi;

-- name: hitung_orang
SELECT count(*)::int, count(*) FILTER (WHERE baru)::int, count(*) FILTER (WHERE posisi_id IS NOT NULL)::int,
  count(*) FILTER (WHERE unor_id IS NOT NULL)::int FROM impor_cocok;

-- name: tunda_pindah
INSERT INTO pindah_tertunda (pegawai_id, instansi_asal_id, instansi_tujuan_id, pekerjaan_id, dibuat)
SELECT DISTINCT ON (g.pegawai_id) g.pegawai_id, g.instansi_lama, g.instansi_id, %(pekerjaan)s::uuid, now()
FROM impor_pindah g WHERE NOT EXISTS (
  SELECT FROM pindah_tertunda t WHERE t.pegawai_id = g.pegawai_id AND t.instansi_tujuan_id = g.instansi_id
    AND t.selesai IS NULL);

-- name: hilang
-- People of these instansi whom the file does not name.
SELECT p.id, p.nip, p.nama, count(*) OVER () FROM pegawai p
WHERE p.instansi_id IN (SELECT instansi_id FROM impor_unit WHERE instansi_id IS NOT NULL)
  AND NOT EXISTS (SELECT FROM impor_kenal k WHERE k.pegawai_id = p.id)
ORDER BY p.nama_urut, p.id LIMIT %(contoh)s;

-- name: catatan
-- What was matched only in part, one row per kind and place, the most frequent places first.
SELECT kode, n, baris, kolom, nilai, orang FROM (
  SELECT kode, n, baris, kolom, nilai, sum(n) OVER (PARTITION BY kode) AS orang,
    row_number() OVER (PARTITION BY kode ORDER BY n DESC, baris) AS ke
  FROM (
    SELECT kode, sum(n)::int AS n, min(baris) AS baris, kolom, nilai FROM (
      SELECT 'unor-tidak-cocok' AS kode, n, baris, 'unor_nama' AS kolom,
        coalesce(nullif(unor_nama, ''), unor_siasn) AS nilai
      FROM impor_tempat WHERE unor_id IS NULL AND NOT coalesce(unor_ganda, false) AND unor_nama || unor_siasn <> ''
      UNION ALL SELECT 'unor-nama-ganda', n, baris, 'unor_nama', unor_nama FROM impor_tempat WHERE unor_ganda
      UNION ALL SELECT 'unor-tidak-aktif', n, baris, 'unor_nama', unor_nama FROM impor_tempat WHERE unor_mati
      UNION ALL SELECT 'unor-kosong', n, baris, 'unor_id', '' FROM impor_tempat WHERE unor_nama || unor_siasn = ''
      UNION ALL SELECT 'jabatan-tidak-cocok', n, baris, 'jabatan_nama', coalesce(nullif(jabatan_nama, ''), jabatan_siasn)
      FROM impor_tempat WHERE jabatan_id IS NULL AND posisi_id IS NULL AND NOT coalesce(jabatan_ganda, false)
        AND jenis_jabatan <> 'struktural' AND jabatan_nama || jabatan_siasn <> ''
      UNION ALL SELECT 'jabatan-nama-ganda', n, baris, 'jabatan_nama', jabatan_nama FROM impor_tempat WHERE jabatan_ganda
      UNION ALL SELECT 'tanpa-posisi', n, baris, 'jabatan_nama', jabatan_nama || ' — ' || unor_nama FROM impor_tempat
      WHERE posisi_id IS NULL AND unor_id IS NOT NULL AND NOT unor_mati
        AND (jabatan_id IS NOT NULL OR jenis_jabatan = 'struktural')
    ) a GROUP BY kode, kolom, nilai
    UNION ALL
    SELECT 'pendidikan-tidak-cocok', count(*)::int, min(baris), 'pendidikan_nama',
      coalesce(pendidikan_nama, pendidikan_siasn) FROM impor_cocok
    WHERE pendidikan_id IS NULL AND coalesce(pendidikan_nama, pendidikan_siasn) IS NOT NULL GROUP BY 5
    UNION ALL
    SELECT 'tingkat-pendidikan-tidak-dikenal', count(*)::int, min(baris), 'tingkat_pendidikan_id', tingkat
    FROM impor_cocok WHERE tingkat_id IS NULL AND tingkat IS NOT NULL GROUP BY 5
    UNION ALL
    SELECT 'kepala-ganda', count(*)::int, min(c.baris), 'jabatan_nama', min(c.jabatan_nama) || ' — ' || min(c.unor_nama)
    FROM impor_cocok c JOIN posisi_riwayat q ON q.posisi_id = c.posisi_id AND q.hingga = 2147483647 AND q.kepala
    GROUP BY c.posisi_id HAVING count(*) > 1
    UNION ALL
    SELECT 'nip-berubah', 1, baris, 'nip_baru', nip FROM impor_cocok WHERE nip_berubah
    UNION ALL
    SELECT 'tmt-jabatan-kosong', count(*)::int, min(c.baris), 'tmt_jabatan', ''
    FROM impor_kursi c WHERE tmt_jabatan IS NULL AND tindakan IN ('baru', 'ganti', 'ganti-hari-ini') HAVING count(*) > 0
    UNION ALL
    SELECT 'tmt-tidak-lebih-baru', 1, baris, 'tmt_jabatan', coalesce(tmt_jabatan::text, '')
    FROM impor_kursi WHERE tindakan IN ('ganti-hari-ini', 'betulkan')
  ) b
) c WHERE ke <= %(contoh)s ORDER BY kode, ke;
