-- Training and certificates follow the person to another instansi: the wall stands on their instansi_id.
CREATE FUNCTION kompetensi_ikut() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  UPDATE pegawai_diklat SET instansi_id = NEW.instansi_id WHERE pegawai_id = NEW.id;
  UPDATE pegawai_sertifikasi SET instansi_id = NEW.instansi_id WHERE pegawai_id = NEW.id;
  RETURN NULL;
END $$;
CREATE TRIGGER kompetensi_ikut AFTER UPDATE OF instansi_id ON pegawai FOR EACH ROW
  WHEN (OLD.instansi_id IS DISTINCT FROM NEW.instansi_id) EXECUTE FUNCTION kompetensi_ikut();

-- What the people counted in B bring along, in groups and without who they are: only what the requirements in
-- p_syarat ask about (infojab_id, bidang: whether the field of education matters, diklat and sertifikasi: the ids
-- asked for, tahun: whether service matters). One row per group: the unit right below p_unor it belongs to (null:
-- p_unor itself), the box (p_kotak, and always on p_unor itself), its informasi jabatan, what is held, how many.
-- diklat and sertifikasi are null where nothing is recorded about the person at all.
CREATE FUNCTION kualifikasi_profil(p_instansi int, p_unor bigint, p_versi int, p_hari date, p_syarat jsonb,
  p_kotak boolean)
RETURNS TABLE (anak_id bigint, posisi_id bigint, infojab_id bigint, tingkat_id text, pendidikan_id int, tahun int,
  diklat int[], sertifikasi int[], kedaluwarsa int[], n int)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
#variable_conflict use_column
DECLARE dihitung text[]; aktif text[];
BEGIN
  SELECT ARRAY(SELECT jsonb_array_elements_text(jenis_dihitung)), ARRAY(SELECT jsonb_array_elements_text(kedudukan_aktif))
  INTO dihitung, aktif FROM kebijakan_bezetting WHERE berlaku_dari <= p_hari ORDER BY berlaku_dari DESC LIMIT 1;
  RETURN QUERY
  WITH RECURSIVE turun AS (
    SELECT p_unor AS unor_id, NULL::bigint AS anak
    UNION ALL
    SELECT r.unor_id, coalesce(t.anak, r.unor_id) FROM turun t JOIN unor_riwayat r ON r.atasan_id = t.unor_id
      AND r.instansi_id = p_instansi AND r.sejak <= p_versi AND r.hingga > p_versi
  ), syarat AS MATERIALIZED (
    SELECT * FROM jsonb_to_recordset(p_syarat) AS s (infojab_id bigint, bidang boolean, diklat int[], sertifikasi int[],
      tahun boolean)
  ), duduk AS MATERIALIZED (
    SELECT t.anak, q.posisi_id, s.infojab_id, s.bidang, s.diklat, s.sertifikasi, s.tahun, p.id, p.tingkat_pendidikan_id,
      p.pendidikan_id, least(p.tmt_cpns, lower(r.masa)) AS mulai
    FROM riwayat_jabatan r
    JOIN pegawai p ON p.id = r.pegawai_id AND p.jenis = ANY (dihitung) AND p.kedudukan_hukum = ANY (aktif)
    JOIN posisi_riwayat q ON q.posisi_id = r.posisi_id AND q.instansi_id = p_instansi AND q.sejak <= p_versi
      AND q.hingga > p_versi
    JOIN turun t ON t.unor_id = q.unor_id
    LEFT JOIN syarat s ON s.infojab_id = q.infojab_id
    WHERE r.instansi_id = p_instansi AND r.jenis = 'D' AND r.masa @> p_hari
  )
  -- Looked up person by person where something is asked for: nobody knows how many people a CTE holds.
  SELECT d.anak, CASE WHEN p_kotak OR d.anak IS NULL THEN d.posisi_id END, d.infojab_id,
    CASE WHEN d.infojab_id IS NOT NULL THEN d.tingkat_pendidikan_id::text END,
    CASE WHEN d.bidang THEN d.pendidikan_id END,
    CASE WHEN d.tahun THEN extract(year FROM age(p_hari, d.mulai))::int END,
    CASE WHEN d.diklat <> '{}' THEN (
      SELECT coalesce(array_agg(DISTINCT k.diklat_id ORDER BY k.diklat_id) FILTER (WHERE k.diklat_id = ANY (d.diklat)),
        '{}') FROM pegawai_diklat k WHERE k.pegawai_id = d.id HAVING count(*) > 0) END,
    CASE WHEN d.sertifikasi <> '{}' THEN (
      SELECT coalesce(array_agg(DISTINCT k.sertifikasi_id ORDER BY k.sertifikasi_id) FILTER (WHERE
        k.sertifikasi_id = ANY (d.sertifikasi) AND coalesce(k.berlaku_sampai >= p_hari, true)), '{}')
      FROM pegawai_sertifikasi k WHERE k.pegawai_id = d.id HAVING count(*) > 0) END,
    CASE WHEN d.sertifikasi <> '{}' THEN (
      SELECT coalesce(array_agg(DISTINCT k.sertifikasi_id ORDER BY k.sertifikasi_id) FILTER (WHERE
        k.sertifikasi_id = ANY (d.sertifikasi) AND k.berlaku_sampai < p_hari), '{}')
      FROM pegawai_sertifikasi k WHERE k.pegawai_id = d.id HAVING count(*) > 0) END, count(*)::int
  FROM duduk d
  GROUP BY 1, 2, 3, 4, 5, 6, 7, 8, 9;
END $$;
REVOKE ALL ON FUNCTION kompetensi_ikut() FROM PUBLIC;
REVOKE ALL ON FUNCTION kualifikasi_profil(int, bigint, int, date, jsonb, boolean) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION kualifikasi_profil(int, bigint, int, date, jsonb, boolean)
  TO petajabatan_instansi, petajabatan_nasional, petajabatan_terbatas;
