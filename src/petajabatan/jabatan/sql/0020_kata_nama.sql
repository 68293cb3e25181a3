-- Search of units and boxes by name, typing errors tolerated. Comparing the words of a search with millions of names
-- costs a tenth of a second and more; the distinct words in names are few (some fifty thousand in the nation). So near
-- words are looked up first (kata_peta), then the names that hold them, in a GIN index of their words. "#12" among the
-- words is the instansi, so that a search in one map reads only its names. Names of boxes repeat (one per school and
-- post): they are kept once per instansi (nama_posisi). Both follow the last version of each instansi.
CREATE FUNCTION pecah_kata(nama text) RETURNS text[]
LANGUAGE sql IMMUTABLE PARALLEL SAFE RETURNS NULL ON NULL INPUT AS $$
  SELECT string_to_array(btrim(regexp_replace(upper(nama), '[^A-Z0-9]+', ' ', 'g')), ' ')
$$;
ALTER TABLE unor_kini ADD COLUMN kata text[]
  GENERATED ALWAYS AS (pecah_kata(nama) || ('#'::text || instansi_id::text)) STORED;
CREATE INDEX unor_kini_kata ON unor_kini USING gin (kata);
CREATE TABLE nama_posisi (
  instansi_id int NOT NULL,
  nama text NOT NULL,
  kata text[] GENERATED ALWAYS AS (pecah_kata(nama) || ('#'::text || instansi_id::text)) STORED,
  PRIMARY KEY (instansi_id, nama)
);
CREATE TABLE kata_peta (kata text PRIMARY KEY);

-- What version p_versi began and ended (null: everything anew).
CREATE FUNCTION catat_nama_posisi(p_instansi int, p_versi int) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  IF p_versi IS NULL THEN
    DELETE FROM nama_posisi WHERE instansi_id = p_instansi;
    INSERT INTO nama_posisi (instansi_id, nama) SELECT DISTINCT p_instansi, nama FROM posisi_riwayat
    WHERE instansi_id = p_instansi AND hingga = 2147483647;
    RETURN;
  END IF;
  INSERT INTO nama_posisi (instansi_id, nama) SELECT DISTINCT p_instansi, nama FROM posisi_riwayat
  WHERE instansi_id = p_instansi AND sejak = p_versi AND hingga = 2147483647
  ON CONFLICT DO NOTHING;
  DELETE FROM nama_posisi n USING (
    SELECT DISTINCT nama FROM posisi_riwayat WHERE instansi_id = p_instansi AND hingga = p_versi) AS akhir
  WHERE n.instansi_id = p_instansi AND n.nama = akhir.nama AND NOT EXISTS (
    SELECT FROM posisi_riwayat p WHERE p.instansi_id = p_instansi AND p.nama = n.nama AND p.hingga = 2147483647);
END $$;
REVOKE ALL ON FUNCTION catat_nama_posisi(int, int) FROM PUBLIC;

-- Words are never taken out: one that no name holds any more finds nothing. In one order, so that two versions closed
-- at once wait for each other at most and never for ever.
CREATE FUNCTION catat_kata_peta(p_instansi int, p_versi int) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  INSERT INTO kata_peta
  SELECT k FROM (
    SELECT DISTINCT unnest(pecah_kata(nama)) AS k FROM (
      SELECT nama FROM unor_riwayat WHERE instansi_id = p_instansi AND sejak = p_versi AND hingga = 2147483647
      UNION
      SELECT nama FROM posisi_riwayat WHERE instansi_id = p_instansi AND sejak = p_versi AND hingga = 2147483647
    ) AS n
  ) AS baru
  WHERE k <> '' AND NOT EXISTS (SELECT FROM kata_peta l WHERE l.kata = k) ORDER BY k
  ON CONFLICT DO NOTHING;
END $$;
REVOKE ALL ON FUNCTION catat_kata_peta(int, int) FROM PUBLIC;

CREATE FUNCTION peta_versi_kata() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  PERFORM catat_nama_posisi(NEW.instansi_id, NEW.nomor);
  PERFORM catat_kata_peta(NEW.instansi_id, NEW.nomor);
  RETURN NULL;
END $$;
-- After a_pohon, in the order of names.
CREATE CONSTRAINT TRIGGER b_kata AFTER INSERT ON peta_versi DEFERRABLE INITIALLY DEFERRED
  FOR EACH ROW EXECUTE FUNCTION peta_versi_kata();

-- What was published before.
INSERT INTO nama_posisi (instansi_id, nama)
SELECT DISTINCT instansi_id, nama FROM posisi_riwayat WHERE hingga = 2147483647;
INSERT INTO kata_peta SELECT DISTINCT k FROM (
  SELECT kata FROM unor_kini UNION ALL SELECT kata FROM nama_posisi) AS n, unnest(n.kata) AS k
WHERE k <> '' AND left(k, 1) <> '#';
CREATE INDEX nama_posisi_kata ON nama_posisi USING gin (kata);
CREATE INDEX nama_posisi_trgm ON nama_posisi USING gin (nama gin_trgm_ops);
CREATE INDEX kata_peta_trgm ON kata_peta USING gin (kata gin_trgm_ops);
CREATE INDEX kata_peta_awal ON kata_peta (kata text_pattern_ops);

-- Names to be ranked for a search: p_tabel 'unor' (kunci: the unit) or 'posisi' (kunci empty: one row per instansi and
-- name); p_instansi null: the nation. Those that contain the text come first in any case; only when they are fewer
-- than p_batas also names like it, i.e. with a word similarity of at least p_ambang (mirip; of names that contain the
-- text it only says whether they do as whole words, because computing it costs more than finding them). Such a name holds words like
-- those of the text that have p_ambang of its trigrams together: first names with all of the words are tried, then
-- with one less, and so on. At most p_calon names of each kind; the same name may come twice. A sequential scan is
-- never worth it here, whatever the planner makes of a pattern.
CREATE FUNCTION calon_peta(p_tabel text, p_teks text, p_instansi int, p_batas int, p_ambang real, p_calon int)
RETURNS TABLE (kunci bigint, instansi int, sebutan text, urut text, mirip real)
LANGUAGE plpgsql STABLE SET search_path = public, pg_temp SET enable_seqscan = off SET jit = off
SET pg_trgm.similarity_threshold = 0.3 AS $$
DECLARE
  dicari text[] := (pecah_kata(p_teks))[1:5];
  n int := coalesce(array_length(dicari, 1), 0);
  pola text := '%' || regexp_replace(p_teks, '([\\%_])', '\\\1', 'g') || '%';
  perlu real := p_ambang * coalesce(array_length(show_trgm(p_teks), 1), 0);
  sumber text := CASE p_tabel
    WHEN 'unor' THEN 'SELECT k.unor_id, k.instansi_id, k.nama::text, k.nama_urut, %s FROM unor_kini k WHERE '
    WHEN 'posisi' THEN 'SELECT NULL::bigint, k.instansi_id, k.nama, k.nama, %s FROM nama_posisi k WHERE ' END;
  lingkup text[] := CASE WHEN p_instansi IS NULL THEN '{}' ELSE ARRAY['#' || p_instansi::text] END;
  syarat text[] := '{}';
  bobot real[] := '{}';
  ada boolean := true;
  dekat text[];
  terdekat real;
  gabung text;
  banyak int;
BEGIN
  IF btrim(p_teks) = '' THEN RETURN; END IF;
  IF p_instansi IS NOT NULL THEN
    sumber := sumber || format('k.kata @> %L::text[] AND ', lingkup);
  END IF;
  -- A name can only contain the text when each part of it stands in some word.
  FOR i IN 1..n LOOP
    ada := ada AND EXISTS (SELECT FROM kata_peta w WHERE w.kata LIKE '%' || dicari[i] || '%');
  END LOOP;
  IF ada THEN
    IF n > 0 THEN  -- as whole words: the index of words is faster than that of trigrams, which || keeps away
      RETURN QUERY EXECUTE format(sumber, '1::real') || 'k.kata @> $1 AND k.nama || '''' ILIKE $2 LIMIT $3'
        USING dicari || lingkup, pola, p_calon;
      GET DIAGNOSTICS banyak = ROW_COUNT;
      IF banyak >= p_batas THEN RETURN; END IF;
    END IF;
    RETURN QUERY EXECUTE format(sumber, '(CASE WHEN k.kata @> $1 THEN 1 ELSE 0.9 END)::real')
      || 'k.nama ILIKE $2 LIMIT $3' USING dicari, pola, p_calon;
    GET DIAGNOSTICS banyak = ROW_COUNT;
    IF banyak >= p_batas THEN RETURN; END IF;
  END IF;
  IF length(btrim(p_teks)) < 3 THEN RETURN; END IF;  -- a trigram says nothing then
  FOR i IN 1..n LOOP
    -- Trigrams in common c of words with a and b trigrams: similarity s = c / (a + b - c).
    SELECT array_agg(d.kata), max(d.s * (length(dicari[i]) + length(d.kata) + 2) / (1 + d.s)) INTO dekat, terdekat
    FROM (
      SELECT w.kata, 1::real AS s FROM kata_peta w WHERE w.kata = dicari[i]
      UNION ALL
      (SELECT w.kata, similarity(w.kata, dicari[i]) FROM kata_peta w
       WHERE length(dicari[i]) > 2 AND w.kata LIKE dicari[i] || '_%' LIMIT 30)
      UNION ALL
      (SELECT w.kata, similarity(w.kata, dicari[i]) FROM kata_peta w
       WHERE length(dicari[i]) > 2 AND w.kata % dicari[i] AND w.kata NOT LIKE dicari[i] || '%'
       ORDER BY similarity(w.kata, dicari[i]) DESC, w.kata LIMIT 20)) d;
    IF dekat IS NOT NULL THEN
      syarat := syarat || format('k.kata && %L::text[]', dekat);
      bobot := bobot || terdekat;
    END IF;
  END LOOP;
  n := coalesce(array_length(syarat, 1), 0);
  FOR m IN REVERSE n..1 LOOP
    SELECT string_agg(b.semua, ' OR ') INTO gabung FROM (
      SELECT '(' || string_agg(syarat[i], ' AND ') || ')' AS semua
      FROM generate_series(1, (1 << n) - 1) AS g, generate_series(1, n) AS i
      WHERE g & (1 << (i - 1)) <> 0 GROUP BY g HAVING count(*) = m AND sum(bobot[i]) >= perlu) b;
    CONTINUE WHEN gabung IS NULL;
    RETURN QUERY EXECUTE format('SELECT * FROM (%s (%s) LIMIT $2) c WHERE c.mirip >= $3',
        format(sumber, 'word_similarity($1, k.nama) AS mirip'), gabung)
      USING p_teks, p_calon, p_ambang;
    GET DIAGNOSTICS banyak = ROW_COUNT;
    EXIT WHEN banyak >= p_batas;
  END LOOP;
END $$;
