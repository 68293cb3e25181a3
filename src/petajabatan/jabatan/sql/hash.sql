-- Canonical bytes of a map: see docs/peta.md. Rules in Python: jabatan.rules.kanonik (a test holds both to the same
-- bytes). Parameters: instansi, versi.
WITH baris AS (
  SELECT 0 AS jenis, 0::bigint AS id, concat_ws(E'\x1f', 'petajabatan-peta-1', i.id_siasn, v.nomor,
    to_char(v.berlaku, 'YYYY-MM-DD')) AS isi
  FROM peta_versi v JOIN instansi i ON i.id = v.instansi_id WHERE v.instansi_id = %(instansi)s AND v.nomor = %(versi)s
  UNION ALL
  SELECT 1, r.unor_id, concat_ws(E'\x1f', 'U', r.unor_id, coalesce(u.id_siasn, ''), coalesce(r.atasan_id::text, ''),
    r.urutan, translate(r.nama, E'\x1f\n', '  '), translate(r.nama_jabatan, E'\x1f\n', '  '), r.jenis,
    coalesce(r.eselon_id, ''), coalesce(r.wilayah_id, ''), array_to_string(r.urusan, ','), r.cepat_kode,
    coalesce(r.dasar_hukum_id::text, ''), r.pasal, r.halaman)
  FROM unor_riwayat r JOIN unor u ON u.id = r.unor_id
  WHERE r.instansi_id = %(instansi)s AND r.sejak <= %(versi)s AND r.hingga > %(versi)s
  UNION ALL
  SELECT 2, p.posisi_id, concat_ws(E'\x1f', 'P', p.posisi_id, p.unor_id, p.urutan, p.jenis,
    coalesce(p.jabatan_id::text, ''), translate(p.nama, E'\x1f\n', '  '), coalesce(p.jenjang_id, ''),
    CASE WHEN p.kepala THEN '1' ELSE '0' END, coalesce(p.kelas::text, ''), coalesce(p.k::text, ''),
    coalesce(p.infojab_id::text, ''))
  FROM posisi_riwayat p WHERE p.instansi_id = %(instansi)s AND p.sejak <= %(versi)s AND p.hingga > %(versi)s
  UNION ALL
  SELECT 3, s.isian_id, concat_ws(E'\x1f', 'I', s.isian_id, s.isi::text)
  FROM isian_riwayat s WHERE s.instansi_id = %(instansi)s AND s.sejak <= %(versi)s AND s.hingga > %(versi)s
)
SELECT encode(sha256(convert_to(string_agg(isi || E'\n', '' ORDER BY jenis, id), 'UTF8')), 'hex') FROM baris;
