-- Statements of usulan.services.batal: version %(batal)s takes version %(versi)s back, whose content never came into
-- force. Rows are never deleted: what the version began, ends; what it ended, begins again with the same content.

-- name: akhiri_posisi
UPDATE posisi_riwayat SET hingga = %(batal)s
WHERE instansi_id = %(instansi)s AND sejak = %(versi)s AND hingga = 2147483647;

-- name: akhiri_unor
UPDATE unor_riwayat SET hingga = %(batal)s
WHERE instansi_id = %(instansi)s AND sejak = %(versi)s AND hingga = 2147483647;

-- name: pulihkan_unor
INSERT INTO unor_riwayat (unor_id, instansi_id, sejak, hingga, atasan_id, urutan, nama, nama_jabatan, jenis,
  eselon_id, wilayah_id, urusan, cepat_kode, dasar_hukum_id, pasal, halaman, penerus)
SELECT unor_id, instansi_id, %(batal)s, 2147483647, atasan_id, urutan, nama, nama_jabatan, jenis,
  eselon_id, wilayah_id, urusan, cepat_kode, dasar_hukum_id, pasal, halaman, '{}'
FROM unor_riwayat WHERE instansi_id = %(instansi)s AND hingga = %(versi)s ORDER BY unor_id;

-- name: pulihkan_posisi
INSERT INTO posisi_riwayat (posisi_id, instansi_id, sejak, hingga, unor_id, urutan, jenis, jabatan_id, nama,
  jenjang_id, kepala, kelas, k, infojab_id, penerus)
SELECT posisi_id, instansi_id, %(batal)s, 2147483647, unor_id, urutan, jenis, jabatan_id, nama,
  jenjang_id, kepala, kelas, k, infojab_id, '{}'
FROM posisi_riwayat WHERE instansi_id = %(instansi)s AND hingga = %(versi)s ORDER BY posisi_id;

-- name: akhiri_isian
UPDATE isian_riwayat SET hingga = %(batal)s
WHERE instansi_id = %(instansi)s AND sejak = %(versi)s AND hingga = 2147483647;

-- name: pulihkan_isian
INSERT INTO isian_riwayat (isian_id, instansi_id, sejak, hingga, infojab_id, posisi_id, bagian, isi)
SELECT isian_id, instansi_id, %(batal)s, 2147483647, infojab_id, posisi_id, bagian, isi
FROM isian_riwayat WHERE instansi_id = %(instansi)s AND hingga = %(versi)s ORDER BY isian_id;

-- name: lepas_kode
-- Units that the version brought in are gone: the codes they came with are free again.
UPDATE kode_unor k SET aktif = false
WHERE k.instansi_id = %(instansi)s AND k.aktif AND EXISTS (
  SELECT FROM unor_riwayat r WHERE r.unor_id = k.unor_id AND r.sejak = %(versi)s AND r.hingga = %(batal)s)
  AND NOT EXISTS (SELECT FROM unor_riwayat r WHERE r.unor_id = k.unor_id AND r.sejak < %(versi)s);

-- name: pulihkan_kode
UPDATE kode_unor k SET aktif = true WHERE k.id = ANY(%(kode)s) AND NOT k.aktif
  AND NOT EXISTS (SELECT FROM kode_unor l WHERE l.jenis = k.jenis AND l.kode = k.kode AND l.aktif);
