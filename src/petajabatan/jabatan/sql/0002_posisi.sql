ALTER TABLE posisi_riwayat ADD CONSTRAINT posisi_satu_baris_per_versi
  EXCLUDE USING gist (posisi_id WITH =, int4range(sejak, hingga) WITH &&);
ALTER TABLE posisi_riwayat ADD CONSTRAINT satu_kepala_per_unor
  EXCLUDE USING gist (unor_id WITH =, int4range(sejak, hingga) WITH &&) WHERE (kepala);
CREATE TRIGGER riwayat_tambah AFTER INSERT ON posisi_riwayat REFERENCING NEW TABLE AS baru
  FOR EACH STATEMENT EXECUTE FUNCTION riwayat_tambah();
CREATE TRIGGER riwayat_ubah AFTER UPDATE ON posisi_riwayat REFERENCING OLD TABLE AS lama NEW TABLE AS baru
  FOR EACH STATEMENT EXECUTE FUNCTION riwayat_ubah();
CREATE TRIGGER identitas_tetap BEFORE UPDATE ON posisi FOR EACH STATEMENT EXECUTE FUNCTION identitas_tetap();

-- At commit of a version: every live box stands on a live unit, and the subtree totals follow.
CREATE FUNCTION bangun_total(p_instansi int, p_versi int) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE contoh text;
BEGIN
  SELECT string_agg(format('%s (%s)', nama, posisi_id), ', ') INTO contoh FROM (
    SELECT p.nama, p.posisi_id FROM posisi_riwayat p
    LEFT JOIN unor_kini u ON u.unor_id = p.unor_id AND u.instansi_id = p.instansi_id
    WHERE p.instansi_id = p_instansi AND p.hingga = 2147483647 AND u.unor_id IS NULL LIMIT 3) c;
  IF contoh IS NOT NULL THEN
    RAISE EXCEPTION 'posisi pada unit yang tidak aktif: %', contoh
      USING ERRCODE = '23514', CONSTRAINT = 'posisi_pada_unit_aktif';
  END IF;
  CREATE TEMP TABLE total_baru ON COMMIT DROP AS
  WITH sendiri AS (
    SELECT unor_id, coalesce(sum(k), 0) AS k, count(*) AS n FROM posisi_riwayat
    WHERE instansi_id = p_instansi AND hingga = 2147483647 GROUP BY unor_id
  ), naik AS (
    SELECT unnest(string_to_array(u.jalur::text, '.'))::bigint AS unor_id, s.k, s.n
    FROM unor_kini u LEFT JOIN sendiri s USING (unor_id) WHERE u.instansi_id = p_instansi
  ) SELECT unor_id, coalesce(sum(k), 0)::bigint AS k, coalesce(sum(n), 0)::int AS n_posisi,
      count(*)::int AS n_unor FROM naik GROUP BY unor_id;
  UPDATE unor_total_riwayat t SET hingga = p_versi
  WHERE t.instansi_id = p_instansi AND t.hingga = 2147483647 AND t.sejak < p_versi AND NOT EXISTS (
    SELECT FROM total_baru b WHERE b.unor_id = t.unor_id
      AND (b.k, b.n_posisi, b.n_unor) = (t.k, t.n_posisi, t.n_unor));
  INSERT INTO unor_total_riwayat (unor_id, instansi_id, sejak, hingga, k, n_posisi, n_unor)
  SELECT b.unor_id, p_instansi, p_versi, 2147483647, b.k, b.n_posisi, b.n_unor FROM total_baru b
  WHERE NOT EXISTS (SELECT FROM unor_total_riwayat t WHERE t.unor_id = b.unor_id AND t.hingga = 2147483647);
  DROP TABLE total_baru;
END $$;
REVOKE ALL ON FUNCTION bangun_total(int, int) FROM PUBLIC;

CREATE FUNCTION peta_versi_total() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  PERFORM bangun_total(NEW.instansi_id, NEW.nomor);
  RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER b_total AFTER INSERT ON peta_versi DEFERRABLE INITIALLY DEFERRED
  FOR EACH ROW EXECUTE FUNCTION peta_versi_total();
