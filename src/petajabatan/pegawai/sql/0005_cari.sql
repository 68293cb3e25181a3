-- Search of people by words of the name, typing errors tolerated, under the wall. Trigram operators are not
-- leakproof: under row-level security they read the whole table. Here the words that occur in names are few (some
-- hundred thousand for millions of people); near words are looked up there, then people by those words in one GIN
-- index that also holds the instansi ("#12") as a word, so that a scope of one instansi reads only its people.
CREATE FUNCTION kata_nama(nama text) RETURNS text[]
LANGUAGE sql IMMUTABLE PARALLEL SAFE RETURNS NULL ON NULL INPUT AS $$
  SELECT string_to_array(btrim(regexp_replace(upper(nama), '[^A-Z0-9]+', ' ', 'g')), ' ')
$$;
ALTER TABLE pegawai ADD COLUMN kata text[]
  GENERATED ALWAYS AS (kata_nama(nama) || ('#'::text || instansi_id::text)) STORED;
CREATE INDEX pegawai_kata ON pegawai USING gin (kata);
CREATE TABLE kata_orang (kata text PRIMARY KEY);
CREATE INDEX kata_orang_trgm ON kata_orang USING gin (kata gin_trgm_ops);
CREATE INDEX kata_orang_awal ON kata_orang (kata text_pattern_ops);
-- Words of names are personal data too: no policy, so no role of the web reads them.
ALTER TABLE kata_orang ENABLE ROW LEVEL SECURITY;
INSERT INTO kata_orang SELECT DISTINCT k FROM pegawai, unnest(kata) k WHERE k NOT LIKE '#%';

CREATE FUNCTION catat_kata_orang() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  INSERT INTO kata_orang SELECT DISTINCT k FROM baru, unnest(kata) k WHERE k <> '' AND left(k, 1) <> '#'
  ON CONFLICT DO NOTHING;
  RETURN NULL;
END $$;
CREATE TRIGGER kata_tambah AFTER INSERT ON pegawai REFERENCING NEW TABLE AS baru
  FOR EACH STATEMENT EXECUTE FUNCTION catat_kata_orang();
CREATE TRIGGER kata_ubah AFTER UPDATE ON pegawai REFERENCING NEW TABLE AS baru
  FOR EACH STATEMENT EXECUTE FUNCTION catat_kata_orang();

-- Ids of people in the caller's scope, best first. p_instansi narrows further (null: the whole scope). First the
-- words as typed or begun, then words like them.
CREATE FUNCTION cari_pegawai(p_teks text, p_instansi int, p_batas int)
RETURNS TABLE (pegawai_id bigint, nilai real)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
#variable_conflict use_column
DECLARE
  b text[] := cakupan_bagian();
  banding text := btrim(regexp_replace(upper(left(p_teks, 100)), '[^A-Z0-9]+', ' ', 'g'));
  angka text := regexp_replace(p_teks, '[^0-9]', '', 'g');
  lingkup text[];
  syarat text := 'true';
  perlu text;
  dicari text;
  mirip text[];
  ids bigint[] := '{}';
BEGIN
  IF b IS NULL OR banding = '' THEN RETURN; END IF;
  IF b[1] = 'nasional' THEN
    IF p_instansi IS NOT NULL THEN lingkup := ARRAY['#' || p_instansi::text]; END IF;
  ELSIF b[1] = 'instansi' THEN
    SELECT coalesce(array_agg('#' || i), '{}') INTO lingkup FROM unnest(string_to_array(b[3], ',')) i
    WHERE p_instansi IS NULL OR i = p_instansi::text;
  ELSE
    ids := cakupan_pegawai();
    syarat := format('p.id = ANY (%L::bigint[])', ids);
    ids := '{}';
    IF p_instansi IS NOT NULL THEN lingkup := ARRAY['#' || p_instansi::text]; END IF;
  END IF;
  IF lingkup IS NOT NULL THEN syarat := syarat || format(' AND p.kata && %L::text[]', lingkup); END IF;
  IF banding ~ '^[0-9 ]+$' THEN
    IF length(angka) < 4 THEN RETURN; END IF;
    RETURN QUERY EXECUTE format(
      'SELECT p.id, 1::real FROM pegawai p WHERE %s AND p.nip LIKE %L ORDER BY p.nip USING ~<~ LIMIT %s',
      syarat, angka || '%', p_batas);
    RETURN;
  END IF;
  FOR putaran IN 1..2 LOOP
    perlu := syarat;
    FOREACH dicari IN ARRAY (string_to_array(banding, ' '))[1:5] LOOP
      SELECT array_agg(k.kata) INTO mirip FROM (
        SELECT w.kata FROM kata_orang w WHERE w.kata = dicari
        UNION
        (SELECT w.kata FROM kata_orang w WHERE length(dicari) > 1 AND w.kata LIKE dicari || '%' LIMIT 50)
        UNION
        (SELECT w.kata FROM kata_orang w WHERE putaran = 2 AND length(dicari) > 3 AND w.kata % dicari
         ORDER BY similarity(w.kata, dicari) DESC LIMIT 15)) k;
      perlu := perlu || format(' AND p.kata && %L::text[]', coalesce(mirip, '{}'));
    END LOOP;
    EXECUTE format('SELECT array_agg(id) FROM (SELECT p.id FROM pegawai p WHERE %s LIMIT 200) c', perlu) INTO ids;
    EXIT WHEN coalesce(array_length(ids, 1), 0) > 0;
  END LOOP;
  RETURN QUERY SELECT p.id, similarity(upper(p.nama), banding) AS s FROM pegawai p
  WHERE p.id = ANY (ids) ORDER BY s DESC, p.nama_urut, p.id LIMIT p_batas;
END $$;
REVOKE ALL ON FUNCTION cari_pegawai(text, int, int) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION cari_pegawai(text, int, int)
  TO petajabatan_instansi, petajabatan_nasional, petajabatan_terbatas;
