-- The feed tells of sections of informasi jabatan and ABK sheets too: which, not what they say (long texts are
-- read through the API).
CREATE OR REPLACE FUNCTION umpan_beda(p_instansi int, p_versi int)
RETURNS TABLE (urut int, kedalaman int, jenis text, objek text, objek_id bigint, ringkas jsonb)
LANGUAGE sql STABLE SET search_path = public, pg_temp AS $$
  WITH unor_isi AS (
    SELECT r.unor_id AS id, r.sejak = p_versi AS baru, r.penerus, u.id_siasn, r.nama, jsonb_build_object(
      'id_siasn', u.id_siasn, 'nama', r.nama, 'atasan_id', r.atasan_id, 'nama_jabatan', r.nama_jabatan,
      'jenis', r.jenis, 'eselon', r.eselon_id, 'urutan', r.urutan, 'wilayah', r.wilayah_id, 'urusan', r.urusan,
      'cepat_kode', r.cepat_kode, 'dasar_hukum_id', r.dasar_hukum_id, 'pasal', r.pasal, 'halaman', r.halaman) AS isi
    FROM unor_riwayat r JOIN unor u ON u.id = r.unor_id
    WHERE r.instansi_id = p_instansi AND (r.hingga = p_versi OR r.sejak = p_versi)
  ), posisi_isi AS (
    SELECT r.posisi_id AS id, r.sejak = p_versi AS baru, r.nama, r.unor_id, jsonb_build_object(
      'nama', r.nama, 'unor_id', r.unor_id, 'jenis', r.jenis, 'jenjang', r.jenjang_id, 'jabatan_id', r.jabatan_id,
      'kelas', r.kelas, 'k', r.k, 'kepala', r.kepala, 'urutan', r.urutan, 'infojab_id', r.infojab_id) AS isi
    FROM posisi_riwayat r WHERE r.instansi_id = p_instansi AND (r.hingga = p_versi OR r.sejak = p_versi)
  ), pasangan AS (
    SELECT 'unor' AS objek, coalesce(b.id, l.id) AS id, l.isi AS lama, b.isi AS baru,
      CASE WHEN b.id IS NULL THEN jsonb_build_object('id_siasn', l.id_siasn, 'nama', l.nama, 'penerus', l.penerus)
      END AS akhir
    FROM (SELECT * FROM unor_isi WHERE NOT baru) l FULL JOIN (SELECT * FROM unor_isi WHERE baru) b ON b.id = l.id
    UNION ALL
    SELECT 'posisi', coalesce(b.id, l.id), l.isi, b.isi,
      CASE WHEN b.id IS NULL THEN jsonb_build_object('nama', l.nama, 'unor_id', l.unor_id) END
    FROM (SELECT * FROM posisi_isi WHERE NOT baru) l FULL JOIN (SELECT * FROM posisi_isi WHERE baru) b ON b.id = l.id
  ), isian_isi AS (
    SELECT r.isian_id AS id, r.sejak = p_versi AS baru, r.isi,
      jsonb_build_object('infojab_id', r.infojab_id, 'posisi_id', r.posisi_id, 'bagian', r.bagian) AS ringkas
    FROM isian_riwayat r WHERE r.instansi_id = p_instansi AND (r.hingga = p_versi OR r.sejak = p_versi)
  )
  SELECT CASE p.objek || CASE WHEN p.lama IS NULL THEN '+' WHEN p.baru IS NULL THEN '-' ELSE '' END
      WHEN 'unor+' THEN 1 WHEN 'unor' THEN 2 WHEN 'posisi+' THEN 3 WHEN 'posisi' THEN 4 WHEN 'posisi-' THEN 5 ELSE 6 END,
    coalesce(k.kedalaman, 0),
    p.objek || CASE WHEN p.lama IS NULL THEN '-tambah' WHEN p.baru IS NULL THEN '-hapus' ELSE '-ubah' END,
    p.objek, p.id,
    CASE WHEN p.lama IS NULL THEN p.baru WHEN p.baru IS NULL THEN p.akhir ELSE jsonb_build_object(
      'nama', p.baru -> 'nama',
      'kolom', (SELECT jsonb_object_agg(s.key, jsonb_build_array(l.value, s.value))
        FROM jsonb_each(p.baru) s JOIN jsonb_each(p.lama) l ON l.key = s.key WHERE l.value <> s.value)) END
  FROM pasangan p LEFT JOIN unor_kini k ON p.objek = 'unor' AND k.unor_id = p.id
  WHERE p.lama IS DISTINCT FROM p.baru
  UNION ALL
  SELECT 7, 0, 'isian-' || CASE WHEN l.id IS NULL THEN 'tambah' WHEN b.id IS NULL THEN 'hapus' ELSE 'ubah' END,
    'isian', coalesce(b.id, l.id), coalesce(b.ringkas, l.ringkas)
  FROM (SELECT * FROM isian_isi WHERE NOT baru) l FULL JOIN (SELECT * FROM isian_isi WHERE baru) b ON b.id = l.id
  WHERE l.isi IS DISTINCT FROM b.isi
$$;
