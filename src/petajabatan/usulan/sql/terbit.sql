-- Statements of usulan.services.terbit, one per "-- name:" mark. Parameters: usulan, instansi, versi (the new one),
-- dasar (the version the draft stands on). Everything comes from the touched objects: set-based, whatever their number.

-- name: bergeser
-- Touched objects whose published row is no longer what the draft was made from (must be none).
SELECT 'unor', o.unor_id FROM usulan_unor o
LEFT JOIN unor_riwayat r ON r.unor_id = o.unor_id AND r.hingga = 2147483647
WHERE o.usulan_id = %(usulan)s AND (r.unor_id IS NULL) <> (o.sebelum IS NULL)
UNION ALL
SELECT 'posisi', o.posisi_id FROM usulan_posisi o
LEFT JOIN posisi_riwayat r ON r.posisi_id = o.posisi_id AND r.hingga = 2147483647
WHERE o.usulan_id = %(usulan)s AND (r.posisi_id IS NULL) <> (o.sebelum IS NULL)
UNION ALL
SELECT 'isian', o.isian_id FROM usulan_isian o
LEFT JOIN isian_riwayat r ON r.isian_id = o.isian_id AND r.hingga = 2147483647
WHERE o.usulan_id = %(usulan)s AND (r.isian_id IS NULL) <> (o.sebelum IS NULL)
LIMIT 20;

-- name: akhiri_unor
UPDATE unor_riwayat r SET hingga = %(versi)s,
  penerus = CASE WHEN o.sesudah IS NULL THEN o.penerus ELSE r.penerus END
FROM usulan_unor o
WHERE o.usulan_id = %(usulan)s AND o.sebelum IS NOT NULL AND r.unor_id = o.unor_id AND r.hingga = 2147483647;

-- name: akhiri_posisi
UPDATE posisi_riwayat r SET hingga = %(versi)s,
  penerus = CASE WHEN o.sesudah IS NULL THEN o.penerus ELSE r.penerus END
FROM usulan_posisi o
WHERE o.usulan_id = %(usulan)s AND o.sebelum IS NOT NULL AND r.posisi_id = o.posisi_id AND r.hingga = 2147483647;

-- name: identitas_unor
INSERT INTO unor (id, instansi_id)
SELECT o.unor_id, %(instansi)s FROM usulan_unor o
WHERE o.usulan_id = %(usulan)s AND o.sebelum IS NULL AND o.sesudah IS NOT NULL
  AND NOT EXISTS (SELECT FROM unor u WHERE u.id = o.unor_id) ORDER BY 1;

-- name: identitas_posisi
INSERT INTO posisi (id, instansi_id)
SELECT o.posisi_id, %(instansi)s FROM usulan_posisi o
WHERE o.usulan_id = %(usulan)s AND o.sebelum IS NULL AND o.sesudah IS NOT NULL
  AND NOT EXISTS (SELECT FROM posisi p WHERE p.id = o.posisi_id) ORDER BY 1;

-- name: tulis_unor
INSERT INTO unor_riwayat (unor_id, instansi_id, sejak, hingga, atasan_id, urutan, nama, nama_jabatan, jenis,
  eselon_id, wilayah_id, urusan, cepat_kode, dasar_hukum_id, pasal, halaman, penerus)
SELECT o.unor_id, %(instansi)s, %(versi)s, 2147483647, s.atasan_id, s.urutan, s.nama, s.nama_jabatan, s.jenis,
  s.eselon, s.wilayah, s.urusan, s.cepat_kode, s.dasar_hukum_id, s.pasal, s.halaman, '{}'
FROM usulan_unor o, jsonb_to_record(o.sesudah) AS s(atasan_id bigint, urutan int, nama text, nama_jabatan text,
  jenis text, eselon text, wilayah text, urusan varchar(12)[], cepat_kode text, dasar_hukum_id bigint, pasal text,
  halaman text)
WHERE o.usulan_id = %(usulan)s AND o.sesudah IS NOT NULL ORDER BY o.unor_id;

-- name: tulis_posisi
INSERT INTO posisi_riwayat (posisi_id, instansi_id, sejak, hingga, unor_id, urutan, jenis, jabatan_id, nama,
  jenjang_id, kepala, kelas, k, infojab_id)
SELECT o.posisi_id, %(instansi)s, %(versi)s, 2147483647, s.unor_id, s.urutan, s.jenis, s.jabatan_id, s.nama,
  s.jenjang, s.kepala, s.kelas, s.k, s.infojab_id
FROM usulan_posisi o, jsonb_to_record(o.sesudah) AS s(unor_id bigint, urutan int, jenis text, jabatan_id int,
  nama text, jenjang text, kepala boolean, kelas smallint, k int, infojab_id bigint)
WHERE o.usulan_id = %(usulan)s AND o.sesudah IS NOT NULL ORDER BY o.posisi_id;

-- name: akhiri_isian
-- The ABK sheet of a removed box ends with it.
UPDATE isian_riwayat r SET hingga = %(versi)s
WHERE r.hingga = 2147483647 AND r.isian_id IN (
  SELECT o.isian_id FROM usulan_isian o WHERE o.usulan_id = %(usulan)s AND o.sebelum IS NOT NULL
  UNION ALL
  SELECT o.posisi_id * 64 + 50 FROM usulan_posisi o WHERE o.usulan_id = %(usulan)s AND o.sesudah IS NULL);

-- name: identitas_infojab
INSERT INTO infojab (id, instansi_id)
SELECT DISTINCT (o.sesudah->>'infojab_id')::bigint, %(instansi)s FROM usulan_isian o
WHERE o.usulan_id = %(usulan)s AND o.sesudah->>'infojab_id' IS NOT NULL
  AND NOT EXISTS (SELECT FROM infojab i WHERE i.id = (o.sesudah->>'infojab_id')::bigint) ORDER BY 1;

-- name: tulis_isian
INSERT INTO isian_riwayat (isian_id, instansi_id, sejak, hingga, infojab_id, posisi_id, bagian, isi)
SELECT o.isian_id, %(instansi)s, %(versi)s, 2147483647, (o.sesudah->>'infojab_id')::bigint,
  (o.sesudah->>'posisi_id')::bigint, o.sesudah->>'bagian', o.sesudah->'isi'
FROM usulan_isian o WHERE o.usulan_id = %(usulan)s AND o.sesudah IS NOT NULL AND NOT EXISTS (
  SELECT FROM usulan_posisi p WHERE p.usulan_id = o.usulan_id AND p.posisi_id = (o.sesudah->>'posisi_id')::bigint
    AND p.sesudah IS NULL)
ORDER BY o.isian_id;

-- name: kode_berakhir
-- External codes of removed units stop pointing at them (the row stays as history); which, is told.
UPDATE kode_unor k SET aktif = false FROM usulan_unor o
WHERE o.usulan_id = %(usulan)s AND o.sesudah IS NULL AND k.unor_id = o.unor_id AND k.aktif
RETURNING k.id;

-- name: kode_mulai
-- External codes that new units bring along; a code that another unit holds by now stays there and is missed.
INSERT INTO kode_unor (unor_id, instansi_id, jenis, kode, aktif)
SELECT DISTINCT ON (o.isi->'kode'->>'jenis', o.isi->'kode'->>'kode') u.unor_id, %(instansi)s,
  o.isi->'kode'->>'jenis', o.isi->'kode'->>'kode', true
FROM usulan_operasi o JOIN usulan_unor u ON u.usulan_id = o.usulan_id AND u.unor_id = (o.isi->>'id')::bigint
WHERE o.usulan_id = %(usulan)s AND o.jenis = 'tambah-unor' AND jsonb_typeof(o.isi->'kode') = 'object'
  AND u.sesudah IS NOT NULL
ORDER BY o.isi->'kode'->>'jenis', o.isi->'kode'->>'kode', u.unor_id
ON CONFLICT (jenis, kode) WHERE aktif DO NOTHING;

-- name: kode_tak_sampai
-- Codes of new units that are not theirs after all, and who holds them.
SELECT o.isi->'kode'->>'jenis', o.isi->'kode'->>'kode', u.sesudah->>'nama', i.nama, coalesce(h.nama, '')
FROM usulan_operasi o JOIN usulan_unor u ON u.usulan_id = o.usulan_id AND u.unor_id = (o.isi->>'id')::bigint
LEFT JOIN kode_unor k ON k.jenis = o.isi->'kode'->>'jenis' AND k.kode = o.isi->'kode'->>'kode' AND k.aktif
LEFT JOIN unor_kini h ON h.unor_id = k.unor_id LEFT JOIN instansi i ON i.id = k.instansi_id
WHERE o.usulan_id = %(usulan)s AND o.jenis = 'tambah-unor' AND jsonb_typeof(o.isi->'kode') = 'object'
  AND u.sesudah IS NOT NULL AND k.unor_id IS DISTINCT FROM u.unor_id LIMIT 20;

-- name: kursi
-- Seats the version takes away or moves: removed boxes with the box and unit that carry them on, boxes that went
-- to another unit, and removed units (for people on them without a box).
SELECT o.posisi_id, (o.sebelum->>'unor_id')::bigint, o.penerus[1],
  coalesce(t.unor_id, u.penerus[1], (o.sebelum->>'unor_id')::bigint)
FROM usulan_posisi o
LEFT JOIN posisi_riwayat t ON t.posisi_id = o.penerus[1] AND t.hingga = 2147483647
LEFT JOIN usulan_unor u ON u.usulan_id = o.usulan_id AND u.unor_id = (o.sebelum->>'unor_id')::bigint
  AND u.sesudah IS NULL
WHERE o.usulan_id = %(usulan)s AND o.sebelum IS NOT NULL AND o.sesudah IS NULL
UNION ALL
SELECT o.posisi_id, (o.sebelum->>'unor_id')::bigint, o.posisi_id, (o.sesudah->>'unor_id')::bigint
FROM usulan_posisi o
WHERE o.usulan_id = %(usulan)s AND o.sebelum IS NOT NULL AND o.sesudah IS NOT NULL
  AND o.sebelum->>'unor_id' <> o.sesudah->>'unor_id'
UNION ALL
SELECT NULL, o.unor_id, NULL, o.penerus[1] FROM usulan_unor o
WHERE o.usulan_id = %(usulan)s AND o.sebelum IS NOT NULL AND o.sesudah IS NULL AND o.penerus <> '{}';
