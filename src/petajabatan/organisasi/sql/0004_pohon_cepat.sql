-- Same as in 0002, on a copy of the live rows that has statistics: right after a bulk load the history has
-- none, and the planner then met every unit with every other (10,000 units: 6 s instead of 0.1 s).
CREATE OR REPLACE FUNCTION bangun_pohon(p_instansi int) RETURNS int
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE n_hidup int; terjangkau int; akar int; berubah int; contoh text;
BEGIN
  CREATE TEMP TABLE pohon_hidup ON COMMIT DROP AS
  SELECT unor_id, atasan_id, urutan, nama FROM unor_riwayat
  WHERE instansi_id = p_instansi AND hingga = 2147483647;
  ANALYZE pohon_hidup;
  SELECT count(*), count(*) FILTER (WHERE atasan_id IS NULL) INTO n_hidup, akar FROM pohon_hidup;
  IF n_hidup > 0 AND akar <> 1 THEN
    RAISE EXCEPTION 'peta instansi % mempunyai % akar, seharusnya satu', p_instansi, akar
      USING ERRCODE = '23514', CONSTRAINT = 'pohon_satu_akar';
  END IF;
  CREATE TEMP TABLE pohon_baru ON COMMIT DROP AS
  WITH RECURSIVE turun AS (
    SELECT unor_id, atasan_id, urutan, nama, text2ltree(unor_id::text) AS jalur, 0 AS kedalaman
    FROM pohon_hidup WHERE atasan_id IS NULL
    UNION ALL
    SELECT r.unor_id, r.atasan_id, r.urutan, r.nama, t.jalur || r.unor_id::text, t.kedalaman + 1
    FROM turun t JOIN pohon_hidup r ON r.atasan_id = t.unor_id
  ) SELECT * FROM turun;
  ANALYZE pohon_baru;
  SELECT count(*) INTO terjangkau FROM pohon_baru;
  IF terjangkau <> n_hidup THEN
    SELECT string_agg(format('%s (%s)', nama, unor_id), ', ') INTO contoh FROM (
      SELECT nama, unor_id FROM pohon_hidup r
      WHERE NOT EXISTS (SELECT FROM pohon_baru p WHERE p.unor_id = r.unor_id) ORDER BY unor_id LIMIT 3) c;
    RAISE EXCEPTION 'peta instansi %: % unit tidak tersambung ke akar (melingkar atau tanpa atasan), misalnya %',
      p_instansi, n_hidup - terjangkau, contoh USING ERRCODE = '23514', CONSTRAINT = 'pohon_tersambung';
  END IF;
  DELETE FROM unor_kini k WHERE instansi_id = p_instansi
    AND NOT EXISTS (SELECT FROM pohon_baru p WHERE p.unor_id = k.unor_id);
  INSERT INTO unor_kini AS k (unor_id, instansi_id, atasan_id, jalur, kedalaman, urutan, nama)
  SELECT p.unor_id, p_instansi, p.atasan_id, p.jalur, p.kedalaman, p.urutan, p.nama FROM pohon_baru p
  LEFT JOIN unor_kini l ON l.unor_id = p.unor_id
  WHERE l.unor_id IS NULL
    OR (l.atasan_id, l.jalur, l.urutan, l.nama) IS DISTINCT FROM (p.atasan_id, p.jalur, p.urutan, p.nama)
  ORDER BY p.unor_id
  ON CONFLICT (unor_id) DO UPDATE SET atasan_id = excluded.atasan_id, jalur = excluded.jalur,
    kedalaman = excluded.kedalaman, urutan = excluded.urutan, nama = excluded.nama;
  GET DIAGNOSTICS berubah = ROW_COUNT;
  IF berubah >= 5000 THEN PERFORM segarkan_statistik(ARRAY['unor_kini']); END IF;
  DROP TABLE pohon_hidup;
  DROP TABLE pohon_baru;
  RETURN n_hidup;
END $$;

-- A bulk load refreshes the statistics of the tables it filled, so that the first reader does not wait for
-- autovacuum. Only the owner may ANALYZE; a table somebody else is just analysing is left to them.
CREATE FUNCTION segarkan_statistik(tabel text[]) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp SET lock_timeout = '200ms' AS $$
DECLARE t text;
BEGIN
  FOREACH t IN ARRAY tabel LOOP
    IF t <> ALL (ARRAY['unor', 'unor_riwayat', 'unor_kini', 'posisi', 'posisi_riwayat', 'unor_total_riwayat']) THEN
      RAISE EXCEPTION 'bukan tabel peta: %', t;
    END IF;
    BEGIN
      EXECUTE format('ANALYZE %I', t);
    EXCEPTION WHEN lock_not_available THEN NULL;
    END;
  END LOOP;
END $$;
REVOKE ALL ON FUNCTION segarkan_statistik(text[]) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION segarkan_statistik(text[]) TO petajabatan_instansi, petajabatan_nasional;
