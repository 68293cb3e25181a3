-- Statements of pegawai.services.penempatan and pengukuhan, one per "-- name:" mark. Parameters: instansi, versi,
-- berlaku (first day of the version), usulan, sumber. Set-based: no statement per person.

-- name: siapkan
DROP TABLE IF EXISTS pindah_kursi, pindah_orang;
CREATE TEMP TABLE pindah_kursi (posisi_lama bigint, unor_lama bigint, posisi_baru bigint, unor_baru bigint,
  instansi_baru int) ON COMMIT DROP;
INSERT INTO pindah_kursi
SELECT a, b, c, d, coalesce(e, %(instansi)s) FROM unnest(%(posisi_lama)s::bigint[], %(unor_lama)s::bigint[],
  %(posisi_baru)s::bigint[], %(unor_baru)s::bigint[], %(instansi_baru)s::int[]) AS t (a, b, c, d, e);
UPDATE pindah_kursi k SET unor_baru = q.unor_id FROM posisi_riwayat q
WHERE q.posisi_id = k.posisi_baru AND q.hingga = 2147483647;
ANALYZE pindah_kursi;

-- name: tujuan_mati
-- Successors that are not on the last map of the instansi named for them.
SELECT DISTINCT k.posisi_baru, k.unor_baru FROM pindah_kursi k
LEFT JOIN posisi_riwayat q ON q.posisi_id = k.posisi_baru AND q.hingga = 2147483647
LEFT JOIN unor_riwayat u ON u.unor_id = k.unor_baru AND u.hingga = 2147483647
WHERE (k.posisi_baru IS NOT NULL AND q.instansi_id IS DISTINCT FROM k.instansi_baru)
  OR (k.unor_baru IS NOT NULL AND u.instansi_id IS DISTINCT FROM k.instansi_baru)
ORDER BY 1, 2 LIMIT 20;

-- name: kumpulkan
-- Every assignment the version touches. People without a box follow the entry that names the unit alone; where a
-- unit ends and there is none, its head's successor, else the successor of most of its boxes.
CREATE TEMP TABLE pindah_orang ON COMMIT DROP AS
WITH kotak AS MATERIALIZED (
  SELECT k.*, q.kepala, q.kelas, q.k, q.nama, u.nama AS nama_unor
  FROM pindah_kursi k
  LEFT JOIN LATERAL (SELECT * FROM posisi_riwayat q WHERE q.posisi_id = k.posisi_lama AND q.sejak < %(versi)s
                     ORDER BY q.sejak DESC LIMIT 1) q ON true
  LEFT JOIN LATERAL (SELECT nama FROM unor_riwayat u WHERE u.unor_id = k.unor_lama AND u.sejak < %(versi)s
                     ORDER BY u.sejak DESC LIMIT 1) u ON true
), unit AS (
  SELECT DISTINCT ON (unor_lama) unor_lama, unor_baru, instansi_baru, nama_unor FROM (
    SELECT unor_lama, unor_baru, instansi_baru, nama_unor, count(*) AS n,
      bool_or(posisi_lama IS NULL) AS tersurat, coalesce(bool_or(kepala), false) AS kepala
    FROM kotak WHERE posisi_lama IS NULL
      OR NOT EXISTS (SELECT FROM unor_riwayat u WHERE u.unor_id = kotak.unor_lama AND u.hingga = 2147483647)
    GROUP BY 1, 2, 3, 4) s
  ORDER BY unor_lama, tersurat DESC, kepala DESC, n DESC, unor_baru
), sasaran AS (
  SELECT r.id, r.pegawai_id, r.jenis, r.jabatan_id, r.nama_jabatan, r.masa, r.nama_unor AS nama_unor_orang,
    k.unor_lama, k.posisi_lama, k.posisi_baru, k.unor_baru, k.instansi_baru, k.kepala, k.kelas, k.k, k.nama,
    k.nama_unor
  FROM kotak k JOIN riwayat_jabatan r ON r.posisi_id = k.posisi_lama AND r.instansi_id = %(instansi)s
  UNION ALL
  SELECT r.id, r.pegawai_id, r.jenis, r.jabatan_id, r.nama_jabatan, r.masa, r.nama_unor,
    u.unor_lama, NULL, NULL, u.unor_baru, u.instansi_baru, false, NULL, NULL, '', u.nama_unor
  FROM unit u JOIN riwayat_jabatan r ON r.instansi_id = %(instansi)s AND r.unor_id = u.unor_lama
    AND r.posisi_id IS NULL
)
SELECT s.id AS lama_id, s.pegawai_id, s.jenis, s.jabatan_id, s.nama_jabatan, lower(s.masa) AS dari,
  upper(s.masa) AS sampai, greatest(lower(s.masa), %(berlaku)s::date) AS mulai,
  coalesce(lower(s.masa) >= %(berlaku)s::date, false) AS utuh,
  CASE WHEN s.unor_baru IS NOT NULL THEN nextval(pg_get_serial_sequence('riwayat_jabatan', 'id')) END AS baru_id,
  s.posisi_baru, s.unor_baru, s.instansi_baru, coalesce(s.kepala, false) AS kepala_lama,
  s.unor_lama, s.posisi_lama, s.kelas AS kelas_lama, s.k AS k_lama,
  coalesce(nullif(s.nama, ''), s.nama_jabatan) AS nama_lama,
  coalesce(s.nama_unor, s.nama_unor_orang) AS nama_unor_lama,
  CASE WHEN s.posisi_baru IS NOT NULL THEN '' WHEN s.unor_baru IS NOT NULL THEN 'tanpa-kotak'
    ELSE 'tanpa-pengganti' END AS sebab
FROM sasaran s
WHERE s.jenis <> 'X' AND (upper_inf(s.masa) OR upper(s.masa) > %(berlaku)s::date);
ANALYZE pindah_orang;

-- name: asal_sebenarnya
-- A provisional seat that had not begun is replaced as a whole: she comes from where she sat before it.
UPDATE pindah_orang o SET unor_lama = p.unor_lama_id, posisi_lama = p.posisi_lama_id, kelas_lama = p.kelas_lama,
  k_lama = p.k_lama, nama_lama = p.nama_jabatan_lama, nama_unor_lama = p.nama_unor_lama
FROM pengukuhan p WHERE o.utuh AND p.riwayat_baru_id = o.lama_id AND p.status <> 'batal';

-- name: bentrok
-- One holder per head box and time. Definitive goes before additional task, penjabat, PLT; then who led a unit
-- before, the higher kelas, the longer service. Acting for a day (PLH) only competes with its like. Who stays on
-- the box keeps it against an equal or lower kind.
WITH calon AS (
  SELECT o.lama_id, o.pegawai_id, o.posisi_baru, daterange(o.mulai, o.sampai) AS masa, o.jenis = 'PLH' AS harian,
    array_position(ARRAY['D', 'TT', 'PJ', 'PLT', 'PLH'], o.jenis::text) AS tingkat,
    row_number() OVER (PARTITION BY o.posisi_baru ORDER BY
      array_position(ARRAY['D', 'TT', 'PJ', 'PLT', 'PLH'], o.jenis::text), NOT o.kepala_lama,
      o.kelas_lama DESC NULLS LAST, o.dari NULLS FIRST, o.lama_id) AS ke
  FROM pindah_orang o
  JOIN posisi_riwayat q ON q.posisi_id = o.posisi_baru AND q.hingga = 2147483647 AND q.kepala
), kalah AS (
  SELECT c.lama_id FROM calon c WHERE EXISTS (
    SELECT FROM calon d WHERE d.posisi_baru = c.posisi_baru AND d.ke < c.ke AND d.harian = c.harian
      AND d.pegawai_id <> c.pegawai_id AND d.masa && c.masa
  ) OR EXISTS (
    SELECT FROM riwayat_jabatan r WHERE r.posisi_id = c.posisi_baru AND r.pegawai_id <> c.pegawai_id
      AND r.jenis <> 'X' AND (r.jenis = 'PLH') = c.harian AND r.masa && c.masa
      AND array_position(ARRAY['D', 'TT', 'PJ', 'PLT', 'PLH'], r.jenis::text) <= c.tingkat
      AND NOT EXISTS (SELECT FROM pindah_orang o WHERE o.lama_id = r.id)
  )
)
UPDATE pindah_orang o SET posisi_baru = NULL, sebab = 'kursi-terisi' FROM kalah WHERE o.lama_id = kalah.lama_id;

-- name: akhiri
UPDATE riwayat_jabatan r SET
  masa = CASE WHEN o.utuh THEN r.masa ELSE daterange(lower(r.masa), %(berlaku)s::date) END,
  jenis = CASE WHEN o.utuh THEN 'X' ELSE r.jenis END
FROM pindah_orang o WHERE r.id = o.lama_id;

-- name: dudukkan
INSERT INTO riwayat_jabatan (id, pegawai_id, instansi_id, posisi_id, unor_id, jabatan_id, nama_unor, nama_jabatan,
  masa, jenis, sementara, sumber)
SELECT o.baru_id, o.pegawai_id, o.instansi_baru, o.posisi_baru, o.unor_baru,
  CASE WHEN q.posisi_id IS NULL THEN o.jabatan_id ELSE q.jabatan_id END, u.nama,
  coalesce(q.nama, nullif(o.nama_jabatan, ''), o.nama_lama, ''), daterange(o.mulai, o.sampai), o.jenis, true,
  %(sumber)s
FROM pindah_orang o
JOIN unor_riwayat u ON u.unor_id = o.unor_baru AND u.hingga = 2147483647
LEFT JOIN posisi_riwayat q ON q.posisi_id = o.posisi_baru AND q.hingga = 2147483647
WHERE o.baru_id IS NOT NULL ORDER BY o.baru_id;

-- name: gantikan
-- Rows of earlier versions whose new seat never came to be; a plain status first, the reference after the insert.
UPDATE pengukuhan p SET status = 'batal' FROM pindah_orang o
WHERE o.utuh AND p.riwayat_baru_id = o.lama_id AND p.status <> 'batal';

-- name: catat
INSERT INTO pengukuhan (instansi_id, versi, usulan_id, berlaku, pegawai_id, nip, nama, jenis, riwayat_lama_id,
  riwayat_baru_id, sampai_lama, unor_lama_id, posisi_lama_id, nama_unor_lama, nama_jabatan_lama, kelas_lama,
  k_lama, instansi_baru_id, unor_baru_id, posisi_baru_id, nama_unor_baru, nama_jabatan_baru, kelas_baru, k_baru,
  sebab, status, nomor_sk, dikukuhkan_oleh)
SELECT %(instansi)s, %(versi)s, %(usulan)s, %(berlaku)s, o.pegawai_id, coalesce(p.nip, s.nip, ''),
  coalesce(btrim(p.gelar_depan || ' ' || p.nama)
    || CASE WHEN p.gelar_belakang <> '' THEN ', ' || p.gelar_belakang ELSE '' END, s.nama, ''),
  o.jenis, o.lama_id, o.baru_id, o.sampai, o.unor_lama, o.posisi_lama, coalesce(o.nama_unor_lama, ''),
  coalesce(o.nama_lama, ''), o.kelas_lama, o.k_lama, o.instansi_baru, o.unor_baru, o.posisi_baru,
  coalesce(u.nama, ''), coalesce(q.nama, ''), q.kelas, q.k, o.sebab, 'menunggu', '', ''
FROM pindah_orang o LEFT JOIN pegawai p ON p.id = o.pegawai_id
-- Somebody still on her way from another instansi is hidden from this one; her last row here names her.
LEFT JOIN LATERAL (SELECT nip, nama FROM pengukuhan d WHERE p.id IS NULL AND d.pegawai_id = o.pegawai_id
                   ORDER BY d.id DESC LIMIT 1) s ON true
LEFT JOIN unor_riwayat u ON u.unor_id = o.unor_baru AND u.hingga = 2147483647
LEFT JOIN posisi_riwayat q ON q.posisi_id = o.posisi_baru AND q.hingga = 2147483647
ORDER BY o.lama_id;
UPDATE pengukuhan p SET digantikan_id = n.id
FROM pindah_orang o JOIN pengukuhan n ON n.riwayat_lama_id = o.lama_id AND n.status <> 'batal'
WHERE o.utuh AND p.riwayat_baru_id = o.lama_id AND p.status = 'batal' AND p.digantikan_id IS NULL AND p.id <> n.id;

-- name: tertinggal
-- Seats that reach past the version's first day on a box or unit this version ends.
SELECT coalesce(u.nama, r.nama_unor), coalesce(q.nama, ''), count(DISTINCT r.pegawai_id), q.unor_id
FROM (
  SELECT q.posisi_id, q.unor_id, q.nama FROM posisi_riwayat q
  WHERE q.instansi_id = %(instansi)s AND q.hingga = %(versi)s
    AND NOT EXISTS (SELECT FROM posisi_riwayat h WHERE h.posisi_id = q.posisi_id AND h.sejak >= %(versi)s)
  UNION ALL
  SELECT NULL, h.unor_id, NULL FROM unor_riwayat h WHERE h.instansi_id = %(instansi)s AND h.hingga = %(versi)s
    AND NOT EXISTS (SELECT FROM unor_riwayat l WHERE l.unor_id = h.unor_id AND l.sejak >= %(versi)s)
) q
JOIN riwayat_jabatan r ON r.instansi_id = %(instansi)s AND (r.posisi_id = q.posisi_id
  OR (q.posisi_id IS NULL AND r.posisi_id IS NULL AND r.unor_id = q.unor_id))
LEFT JOIN LATERAL (SELECT nama FROM unor_riwayat u WHERE u.unor_id = q.unor_id ORDER BY u.sejak DESC LIMIT 1) u
  ON true
WHERE r.jenis <> 'X' AND (upper_inf(r.masa) OR upper(r.masa) > %(berlaku)s::date)
GROUP BY 1, 2, 4 ORDER BY 1, 2 LIMIT 20;

-- name: hasil
SELECT count(*)::int, count(*) FILTER (WHERE posisi_baru IS NULL)::int, coalesce(array_agg(DISTINCT pegawai_id), '{}'),
  coalesce(array_agg(DISTINCT instansi_baru) FILTER (WHERE baru_id IS NOT NULL), '{}')
FROM pindah_orang;

-- name: pindah_instansi
-- Who goes to another instansi is reported to both sides, like everybody who changes instansi.
INSERT INTO pindah_tertunda (pegawai_id, instansi_asal_id, instansi_tujuan_id, dibuat)
SELECT DISTINCT o.pegawai_id, %(instansi)s, o.instansi_baru, now() FROM pindah_orang o
WHERE o.jenis = 'D' AND o.instansi_baru <> %(instansi)s AND o.baru_id IS NOT NULL AND NOT EXISTS (
  SELECT FROM pindah_tertunda t WHERE t.pegawai_id = o.pegawai_id AND t.instansi_tujuan_id = o.instansi_baru
    AND t.selesai IS NULL);

-- name: batal_keadaan
-- Rows of the version, first day, how many are confirmed, how many a later version has built upon.
SELECT count(*)::int, min(p.berlaku), count(*) FILTER (WHERE p.status = 'dikukuhkan')::int,
  count(*) FILTER (WHERE p.digantikan_id IS NOT NULL OR EXISTS (
    SELECT FROM pengukuhan n WHERE n.riwayat_lama_id = p.riwayat_baru_id AND n.status <> 'batal'))::int
FROM pengukuhan p WHERE p.instansi_id = %(instansi)s AND p.versi = %(versi)s
  AND (p.status <> 'batal' OR p.digantikan_id IS NOT NULL);

-- name: batal_kumpulkan
-- Ends the new seats were given meanwhile hold for the old ones too.
DROP TABLE IF EXISTS batal_orang;
CREATE TEMP TABLE batal_orang ON COMMIT DROP AS
SELECT p.id, p.pegawai_id, p.jenis, p.riwayat_lama_id AS lama_id, p.riwayat_baru_id AS baru_id,
  p.instansi_baru_id AS instansi_baru, l.jenis = 'X' AS utuh, l.masa AS masa_lama,
  CASE WHEN p.riwayat_baru_id IS NOT NULL THEN upper(n.masa) ELSE least(p.sampai_lama, d.dari) END AS sampai
FROM pengukuhan p JOIN riwayat_jabatan l ON l.id = p.riwayat_lama_id
LEFT JOIN riwayat_jabatan n ON n.id = p.riwayat_baru_id
LEFT JOIN LATERAL (
  SELECT min(lower(r.masa)) AS dari FROM riwayat_jabatan r
  WHERE p.jenis = 'D' AND p.riwayat_baru_id IS NULL AND r.pegawai_id = p.pegawai_id AND r.jenis = 'D'
    AND r.id <> l.id AND lower(r.masa) >= greatest(p.berlaku, lower(l.masa))) d ON true
WHERE p.instansi_id = %(instansi)s AND p.versi = %(versi)s AND p.status <> 'batal';

-- name: batal_kursi_baru
UPDATE riwayat_jabatan r SET jenis = 'X' FROM batal_orang b WHERE r.id = b.baru_id;

-- name: batal_kursi_lama
-- Whoever was given a definitive seat over the whole time meanwhile keeps that one.
UPDATE riwayat_jabatan r SET jenis = b.jenis, masa = daterange(lower(r.masa), b.sampai) FROM batal_orang b
WHERE r.id = b.lama_id AND (b.sampai IS NULL OR lower(r.masa) IS NULL OR b.sampai > lower(r.masa))
  AND NOT (b.jenis = 'D' AND EXISTS (
    SELECT FROM riwayat_jabatan d WHERE d.pegawai_id = b.pegawai_id AND d.jenis = 'D' AND d.id <> r.id
      AND d.masa && daterange(lower(r.masa), b.sampai)));

-- name: batal_catat
UPDATE pengukuhan p SET status = 'batal' FROM batal_orang b WHERE p.id = b.id;
UPDATE pengukuhan p SET digantikan_id = NULL, status = CASE WHEN p.nomor_sk <> '' THEN 'dikukuhkan' ELSE 'menunggu' END
FROM batal_orang b WHERE p.digantikan_id = b.id;
UPDATE pindah_tertunda t SET selesai = now() FROM batal_orang b
WHERE b.instansi_baru <> %(instansi)s AND t.pegawai_id = b.pegawai_id AND t.instansi_tujuan_id = b.instansi_baru
  AND t.instansi_asal_id = %(instansi)s AND t.selesai IS NULL;

-- name: batal_hasil
SELECT count(*)::int, coalesce(array_agg(DISTINCT pegawai_id), '{}'), coalesce(array_agg(DISTINCT instansi_baru), '{}')
FROM batal_orang;
