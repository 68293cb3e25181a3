-- The change feed: every published change of every instansi, numbered without gaps in the order of commits.
-- See interop/umpan.py for why no reader can miss one.

-- What version p_versi says differently from the one before, as rows without numbers. Index scans on
-- (instansi_id, hingga, sejak) and (instansi_id, sejak); never the whole map.
CREATE FUNCTION umpan_beda(p_instansi int, p_versi int)
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
$$;

-- Number and store the events of one version. The difference is computed before the lock is taken; it is held
-- from the first number to the end of the transaction, and everything slow has run by then.
CREATE FUNCTION tulis_umpan(p_instansi int, p_versi int) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE v peta_versi; jumlah jsonb; n bigint; rinci boolean;
BEGIN
  SELECT * INTO v FROM peta_versi WHERE instansi_id = p_instansi AND nomor = p_versi;
  CREATE TEMP TABLE umpan_baru (urut int, kedalaman int, jenis text, objek text, objek_id bigint, ringkas jsonb)
    ON COMMIT DROP;
  IF p_versi = 1 THEN
    SELECT jsonb_build_object(
      'unor', jsonb_build_object('tambah', (SELECT count(*) FROM unor_riwayat
        WHERE instansi_id = p_instansi AND sejak = 1)),
      'posisi', jsonb_build_object('tambah', (SELECT count(*) FROM posisi_riwayat
        WHERE instansi_id = p_instansi AND sejak = 1))) INTO jumlah;
    rinci := false;
  ELSE
    INSERT INTO umpan_baru SELECT * FROM umpan_beda(p_instansi, p_versi);
    SELECT coalesce(sum(c), 0), coalesce(jsonb_object_agg(objek, per), '{}') INTO n, jumlah FROM (
      SELECT objek, sum(c) AS c, jsonb_object_agg(split_part(jenis, '-', 2), c) AS per
      FROM (SELECT objek, jenis, count(*) AS c FROM umpan_baru GROUP BY 1, 2) AS tiap GROUP BY 1) AS semua;
    rinci := n <= 20000;
    IF NOT rinci THEN TRUNCATE umpan_baru; END IF;
  END IF;
  INSERT INTO umpan_baru VALUES (0, 0,
    CASE WHEN p_versi = 1 THEN 'muat-awal' WHEN rinci THEN 'versi' ELSE 'versi-besar' END, 'peta', p_versi,
    jsonb_build_object('berlaku', v.berlaku, 'jenis', v.jenis, 'hash', v.hash, 'jumlah', jumlah));
  PERFORM pg_advisory_xact_lock(1431130177, 0);
  INSERT INTO umpan (nomor, instansi_id, versi, jenis, objek, objek_id, ringkas, pada)
  SELECT coalesce((SELECT max(nomor) FROM umpan), 0) + row_number() OVER (ORDER BY b.urut, b.kedalaman, b.objek_id),
    p_instansi, p_versi, b.jenis, b.objek, b.objek_id, b.ringkas, clock_timestamp()
  FROM umpan_baru b ORDER BY 1;
  DROP TABLE umpan_baru;
END $$;
REVOKE ALL ON FUNCTION tulis_umpan(int, int) FROM PUBLIC;

CREATE FUNCTION peta_versi_umpan() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  PERFORM tulis_umpan(NEW.instansi_id, NEW.nomor);
  RETURN NULL;
END $$;
-- After a_pohon, b_total, c_ringkas (constraint triggers fire in the order of their names), and at commit only:
-- inti.tunda.run_deferred_checks() leaves z_… alone.
CREATE CONSTRAINT TRIGGER z_umpan AFTER INSERT ON peta_versi DEFERRABLE INITIALLY DEFERRED
  FOR EACH ROW EXECUTE FUNCTION peta_versi_umpan();

CREATE TRIGGER umpan_tetap BEFORE UPDATE OR DELETE OR TRUNCATE ON umpan
  FOR EACH STATEMENT EXECUTE FUNCTION tolak_perubahan();

-- Versions published before there was a feed, in the order they were published.
DO $$
DECLARE v record;
BEGIN
  FOR v IN SELECT instansi_id, nomor FROM peta_versi ORDER BY ditetapkan_pada, instansi_id, nomor LOOP
    PERFORM tulis_umpan(v.instansi_id, v.nomor);
  END LOOP;
END $$;
