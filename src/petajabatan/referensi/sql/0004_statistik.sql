-- A list of tens of thousands of rows has just come in: gather its statistics now, so that the next statement and the
-- first search are planned with them. Needs the owner's rights; open for the tables of the references only.
CREATE FUNCTION segarkan_statistik_referensi(p_tabel text) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE indeks regclass;
BEGIN
  IF p_tabel NOT IN ('diklat', 'instansi', 'jabatan', 'kata_referensi', 'lokasi', 'master_unor', 'pendidikan',
                     'satuan_kerja', 'sub_jabatan', 'wilayah') THEN
    RETURN;
  END IF;
  FOR indeks IN SELECT i.indexrelid::regclass FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid
    JOIN pg_am a ON a.oid = c.relam WHERE i.indrelid = p_tabel::regclass AND a.amname = 'gin' LOOP
    PERFORM gin_clean_pending_list(indeks);
  END LOOP;
  EXECUTE format('ANALYZE %I', p_tabel);
END $$;
REVOKE ALL ON FUNCTION segarkan_statistik_referensi(text) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION segarkan_statistik_referensi(text) TO petajabatan_nasional;
