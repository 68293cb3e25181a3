-- What a search says, word by word: whether every word stands in some name, and for each word the words like it. The
-- palette asks for units and boxes, in one instansi and in the nation: the words are looked up once for all four.
-- {"ada": bool, "dekat": [[kata, …], …], "bobot": [trigrams a like word has in common at most, …]}; words that nothing
-- is like have no entry. "dekat" and "bobot" stay empty for a text that says too little for its trigrams.
CREATE FUNCTION kata_cari(p_teks text) RETURNS jsonb
LANGUAGE plpgsql STABLE SET search_path = public, pg_temp SET enable_seqscan = off SET jit = off
SET pg_trgm.similarity_threshold = 0.3 AS $$
DECLARE
  dicari text[] := (pecah_kata(p_teks))[1:5];
  ada boolean := true;
  dekat jsonb := '[]';
  bobot jsonb := '[]';
  mirip text[];
  terdekat real;
BEGIN
  -- A name can only contain the text when each part of it stands in some word.
  FOR i IN 1..coalesce(array_length(dicari, 1), 0) LOOP
    ada := ada AND (EXISTS (SELECT FROM kata_peta w WHERE w.kata = dicari[i])
      OR EXISTS (SELECT FROM kata_peta w WHERE w.kata LIKE '%' || dicari[i] || '%'));
    CONTINUE WHEN length(btrim(p_teks)) < 3;
    -- Trigrams in common c of words with a and b trigrams: similarity s = c / (a + b - c).
    SELECT array_agg(d.kata), max(d.s * (length(dicari[i]) + length(d.kata) + 2) / (1 + d.s)) INTO mirip, terdekat
    FROM (
      SELECT w.kata, 1::real AS s FROM kata_peta w WHERE w.kata = dicari[i]
      UNION ALL
      (SELECT w.kata, similarity(w.kata, dicari[i]) FROM kata_peta w
       WHERE length(dicari[i]) > 2 AND w.kata LIKE dicari[i] || '_%' LIMIT 30)
      UNION ALL
      (SELECT w.kata, similarity(w.kata, dicari[i]) FROM kata_peta w
       WHERE length(dicari[i]) > 2 AND w.kata % dicari[i] AND w.kata NOT LIKE dicari[i] || '%'
       ORDER BY similarity(w.kata, dicari[i]) DESC, w.kata LIMIT 20)) d;
    IF mirip IS NOT NULL THEN
      dekat := dekat || jsonb_build_array(to_jsonb(mirip));
      bobot := bobot || to_jsonb(terdekat);
    END IF;
  END LOOP;
  RETURN jsonb_build_object('ada', ada, 'dekat', dekat, 'bobot', bobot);
END $$;

-- As before (0020), with the words looked up elsewhere: p_kata is what kata_cari() said of p_teks, looked up here
-- where it is null.
DROP FUNCTION calon_peta(text, text, int, int, real, int);
CREATE FUNCTION calon_peta(p_tabel text, p_teks text, p_instansi int, p_batas int, p_ambang real, p_calon int,
  p_kata jsonb DEFAULT NULL)
RETURNS TABLE (kunci bigint, instansi int, sebutan text, urut text, mirip real)
LANGUAGE plpgsql STABLE SET search_path = public, pg_temp SET enable_seqscan = off SET jit = off AS $$
DECLARE
  dicari text[] := (pecah_kata(p_teks))[1:5];
  pola text := '%' || regexp_replace(p_teks, '([\\%_])', '\\\1', 'g') || '%';
  perlu real := p_ambang * coalesce(array_length(show_trgm(p_teks), 1), 0);
  sumber text := CASE p_tabel
    WHEN 'unor' THEN 'SELECT k.unor_id, k.instansi_id, k.nama::text, k.nama_urut, %s FROM unor_kini k WHERE '
    WHEN 'posisi' THEN 'SELECT NULL::bigint, k.instansi_id, k.nama, k.nama, %s FROM nama_posisi k WHERE ' END;
  lingkup text[] := CASE WHEN p_instansi IS NULL THEN '{}' ELSE ARRAY['#' || p_instansi::text] END;
  syarat text[];
  bobot real[];
  gabung text;
  banyak int;
  n int;
BEGIN
  IF btrim(p_teks) = '' THEN RETURN; END IF;
  IF p_instansi IS NOT NULL THEN
    sumber := sumber || format('k.kata @> %L::text[] AND ', lingkup);
  END IF;
  p_kata := coalesce(p_kata, kata_cari(p_teks));
  IF (p_kata->'ada')::boolean THEN
    IF coalesce(array_length(dicari, 1), 0) > 0 THEN
      -- As whole words: the index of words is faster than that of trigrams, which || keeps away.
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
  SELECT array_agg(format('k.kata && %L::text[]', ARRAY(SELECT jsonb_array_elements_text(d.value))) ORDER BY d.ordinality)
    INTO syarat FROM jsonb_array_elements(p_kata->'dekat') WITH ORDINALITY d;
  SELECT array_agg(b.value::real ORDER BY b.ordinality) INTO bobot
    FROM jsonb_array_elements_text(p_kata->'bobot') WITH ORDINALITY b;
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
