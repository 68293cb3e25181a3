-- The counts of B as in 0007 and 0003, with what the policy says as arrays and with the instansi on both sides of the
-- join. Of the operator "?" the planner thinks that one person in a hundred passes; nearly all do, and it met their
-- boxes one by one.
CREATE FUNCTION kebijakan_b(p_hari date, OUT dihitung text[], OUT terpisah text[], OUT aktif text[]) RETURNS SETOF record
LANGUAGE sql STABLE AS $$
  SELECT ARRAY(SELECT jsonb_array_elements_text(jenis_dihitung)), ARRAY(SELECT jsonb_array_elements_text(jenis_terpisah)),
    ARRAY(SELECT jsonb_array_elements_text(kedudukan_aktif))
  FROM kebijakan_bezetting WHERE berlaku_dari <= p_hari ORDER BY berlaku_dari DESC LIMIT 1
$$;

CREATE OR REPLACE FUNCTION hitung_bezetting(p_instansi int, p_hari date) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE kebijakan record; hasil bigint; v int;
BEGIN
  SELECT * INTO kebijakan FROM kebijakan_b(p_hari);
  IF NOT FOUND THEN
    RAISE EXCEPTION 'tidak ada kebijakan bezetting yang berlaku pada %', p_hari;
  END IF;
  PERFORM pg_advisory_xact_lock(1111841364, p_instansi);
  v := versi_pada(p_instansi, p_hari);
  CREATE TEMP TABLE duduk ON COMMIT DROP AS
  SELECT r.posisi_id, coalesce(q.unor_id, r.unor_id) AS unor_id, p.jenis, r.sementara,
    p.jenis = ANY (kebijakan.dihitung) AS dihitung, p.jenis = ANY (kebijakan.terpisah) AS terpisah
  FROM riwayat_jabatan r
  JOIN pegawai p ON p.id = r.pegawai_id
  LEFT JOIN posisi_riwayat q ON q.posisi_id = r.posisi_id AND q.instansi_id = p_instansi AND q.sejak <= v
    AND q.hingga > v
  WHERE r.instansi_id = p_instansi AND r.jenis = 'D' AND r.masa @> p_hari
    AND p.kedudukan_hukum = ANY (kebijakan.aktif);
  CREATE TEMP TABLE pohon_b (unor_id bigint, jalur bigint[]) ON COMMIT DROP;
  IF v = (SELECT max(nomor) FROM peta_versi WHERE instansi_id = p_instansi) THEN
    INSERT INTO pohon_b SELECT unor_id, string_to_array(jalur::text, '.')::bigint[] FROM unor_kini
    WHERE instansi_id = p_instansi;
  ELSE
    INSERT INTO pohon_b
    WITH RECURSIVE hidup AS MATERIALIZED (
      SELECT unor_id, atasan_id FROM unor_riwayat WHERE instansi_id = p_instansi AND sejak <= v AND hingga > v
    ), turun AS (
      SELECT unor_id, ARRAY[unor_id] AS jalur FROM hidup WHERE atasan_id IS NULL
      UNION ALL
      SELECT h.unor_id, t.jalur || h.unor_id FROM turun t JOIN hidup h ON h.atasan_id = t.unor_id
    ) SELECT unor_id, jalur FROM turun;
  END IF;
  ANALYZE pohon_b;

  DELETE FROM bezetting_posisi WHERE instansi_id = p_instansi;
  INSERT INTO bezetting_posisi (posisi_id, instansi_id, b, pns, cpns, pppk, paruh_waktu, sementara)
  SELECT posisi_id, p_instansi, count(*) FILTER (WHERE dihitung), count(*) FILTER (WHERE jenis = 'PNS'),
    count(*) FILTER (WHERE jenis = 'CPNS'), count(*) FILTER (WHERE jenis = 'PPPK'),
    count(*) FILTER (WHERE terpisah), count(*) FILTER (WHERE sementara AND dihitung)
  FROM duduk WHERE posisi_id IS NOT NULL GROUP BY posisi_id;

  DELETE FROM bezetting_unor WHERE instansi_id = p_instansi;
  INSERT INTO bezetting_unor (unor_id, instansi_id, b_sendiri, b, paruh_waktu, tanpa_posisi, tanpa_posisi_bawah)
  WITH sendiri AS (
    SELECT unor_id, count(*) FILTER (WHERE dihitung AND posisi_id IS NOT NULL) AS b,
      count(*) FILTER (WHERE terpisah) AS pw, count(*) FILTER (WHERE dihitung AND posisi_id IS NULL) AS tp
    FROM duduk WHERE unor_id IS NOT NULL GROUP BY unor_id
  ), naik AS (
    SELECT unnest(u.jalur) AS unor_id, s.b, s.pw, s.tp FROM sendiri s JOIN pohon_b u ON u.unor_id = s.unor_id
  ), jumlah AS (
    SELECT unor_id, sum(b) AS b, sum(pw) AS pw, sum(tp) AS tp FROM naik GROUP BY unor_id
  ) SELECT j.unor_id, p_instansi, coalesce(s.b, 0), j.b, j.pw, coalesce(s.tp, 0), j.tp
  FROM jumlah j LEFT JOIN sendiri s ON s.unor_id = j.unor_id;
  DROP TABLE duduk, pohon_b;
  PERFORM ringkas_instansi(p_instansi, p_hari);
  SELECT stempel INTO hasil FROM ringkasan_instansi WHERE instansi_id = p_instansi;
  RETURN hasil;
END $$;

CREATE OR REPLACE FUNCTION bezetting_pada(p_instansi int, p_hari date)
RETURNS TABLE (posisi_id bigint, unor_id bigint, b int, pns int, cpns int, pppk int, paruh_waktu int, sementara int)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
#variable_conflict use_column
DECLARE kebijakan record;
BEGIN
  SELECT * INTO kebijakan FROM kebijakan_b(p_hari);
  IF NOT FOUND THEN
    RAISE EXCEPTION 'tidak ada kebijakan bezetting yang berlaku pada %', p_hari;
  END IF;
  RETURN QUERY
  SELECT r.posisi_id, CASE WHEN r.posisi_id IS NULL THEN r.unor_id END,
    (count(*) FILTER (WHERE p.jenis = ANY (kebijakan.dihitung)))::int,
    (count(*) FILTER (WHERE p.jenis = 'PNS'))::int, (count(*) FILTER (WHERE p.jenis = 'CPNS'))::int,
    (count(*) FILTER (WHERE p.jenis = 'PPPK'))::int,
    (count(*) FILTER (WHERE p.jenis = ANY (kebijakan.terpisah)))::int,
    (count(*) FILTER (WHERE r.sementara AND p.jenis = ANY (kebijakan.dihitung)))::int
  FROM riwayat_jabatan r JOIN pegawai p ON p.id = r.pegawai_id
  WHERE r.instansi_id = p_instansi AND r.jenis = 'D' AND r.masa @> p_hari
    AND p.kedudukan_hukum = ANY (kebijakan.aktif)
  GROUP BY 1, 2;
END $$;

-- Its first column was of the type of a seat's kind and not text, so that it always failed.
CREATE OR REPLACE FUNCTION bezetting_di_luar(p_instansi int, p_posisi bigint[], p_hari date)
RETURNS TABLE (sebab text, n int)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
#variable_conflict use_column
DECLARE kebijakan record;
BEGIN
  SELECT * INTO kebijakan FROM kebijakan_b(p_hari);
  RETURN QUERY
  SELECT CASE WHEN r.jenis <> 'D' THEN r.jenis::text
      WHEN NOT coalesce(p.kedudukan_hukum = ANY (kebijakan.aktif), false) THEN 'tidak-aktif'
      WHEN p.jenis = ANY (kebijakan.terpisah) THEN 'terpisah'
      WHEN NOT p.jenis = ANY (kebijakan.dihitung) THEN 'jenis-lain' END AS sebab,
    count(*)::int
  FROM riwayat_jabatan r JOIN pegawai p ON p.id = r.pegawai_id
  WHERE r.instansi_id = p_instansi AND r.posisi_id = ANY (p_posisi) AND r.masa @> p_hari AND r.jenis <> 'X'
    AND NOT (r.jenis = 'D' AND p.kedudukan_hukum = ANY (kebijakan.aktif)
             AND p.jenis = ANY (kebijakan.dihitung))
  GROUP BY 1 ORDER BY 1;
END $$;
