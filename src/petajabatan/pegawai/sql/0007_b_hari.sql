-- B belongs to a day, and on that day to the version then in force: a scheduled version changes neither the map of
-- today nor its counts. Nothing is switched at midnight either; b_basi() says whether stored counts still hold.

-- The version in force on a day; before the first one, the first.
CREATE FUNCTION versi_pada(p_instansi int, p_hari date) RETURNS int
LANGUAGE sql STABLE PARALLEL SAFE AS $$
  SELECT coalesce(max(nomor) FILTER (WHERE berlaku <= p_hari), min(nomor)) FROM peta_versi
  WHERE instansi_id = p_instansi
$$;

-- Units and everything below them on a day.
CREATE FUNCTION unor_bawah(p_unor bigint[], p_hari date) RETURNS SETOF bigint
LANGUAGE sql STABLE AS $$
  WITH RECURSIVE turun AS (
    SELECT u.id, u.instansi_id, versi_pada(u.instansi_id, p_hari) AS versi FROM unor u WHERE u.id = ANY (p_unor)
    UNION
    SELECT r.unor_id, t.instansi_id, t.versi FROM turun t JOIN unor_riwayat r ON r.atasan_id = t.id
      AND r.instansi_id = t.instansi_id AND r.sejak <= t.versi AND r.hingga > t.versi
  ) SELECT id FROM turun
$$;

-- As in 0002, for the business date and the tree then in force; assignments taken back give no sight of anybody.
CREATE OR REPLACE FUNCTION cakupan_pegawai() RETURNS bigint[]
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE b text[] := cakupan_bagian(); hasil bigint[]; hari date := hari_bisnis();
BEGIN
  IF b IS NULL THEN RETURN '{}'; END IF;
  IF b[5] <> '' THEN
    SELECT array_agg(DISTINCT r.pegawai_id) INTO hasil
    FROM unor_bawah(string_to_array(b[5], ',')::bigint[], hari) AS bawah (unor_id)
    JOIN unor u ON u.id = bawah.unor_id
    JOIN riwayat_jabatan r ON r.unor_id = u.id AND r.instansi_id = u.instansi_id
      AND r.masa @> hari AND r.jenis <> 'X';
  END IF;
  IF b[6] <> '0' THEN hasil := coalesce(hasil, '{}') || b[6]::bigint; END IF;
  RETURN coalesce(hasil, '{}');
END $$;

-- Whether the stored counts of an instansi are of another day and a seat, a version or a policy has begun or ended
-- in between (in either direction: the demo's clock moves back too).
CREATE FUNCTION b_basi(p_instansi int, p_hari date) RETURNS boolean
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE tersimpan date; a date; z date;
BEGIN
  SELECT b_hari INTO tersimpan FROM ringkasan_instansi WHERE instansi_id = p_instansi;
  IF NOT FOUND OR tersimpan = p_hari THEN RETURN false; END IF;
  IF tersimpan IS NULL THEN RETURN true; END IF;
  a := least(tersimpan, p_hari);
  z := greatest(tersimpan, p_hari);
  RETURN EXISTS (SELECT FROM peta_versi WHERE instansi_id = p_instansi AND berlaku > a AND berlaku <= z)
    OR EXISTS (SELECT FROM kebijakan_bezetting WHERE berlaku_dari > a AND berlaku_dari <= z)
    OR EXISTS (SELECT FROM riwayat_jabatan WHERE instansi_id = p_instansi AND jenis = 'D'
      AND ((lower(masa) > a AND lower(masa) <= z) OR (upper(masa) > a AND upper(masa) <= z)));
END $$;

-- Bezetting of one instansi on a day, recomputed as a whole in one pass, on the version in force that day. One
-- count at a time per instansi: two at once would both insert what both deleted.
CREATE OR REPLACE FUNCTION hitung_bezetting(p_instansi int, p_hari date) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE kebijakan kebijakan_bezetting; hasil bigint; v int;
BEGIN
  SELECT * INTO kebijakan FROM kebijakan_bezetting WHERE berlaku_dari <= p_hari
  ORDER BY berlaku_dari DESC LIMIT 1;
  IF kebijakan.id IS NULL THEN
    RAISE EXCEPTION 'tidak ada kebijakan bezetting yang berlaku pada %', p_hari;
  END IF;
  PERFORM pg_advisory_xact_lock(1111841364, p_instansi);
  v := versi_pada(p_instansi, p_hari);
  CREATE TEMP TABLE duduk ON COMMIT DROP AS
  SELECT r.posisi_id, coalesce(q.unor_id, r.unor_id) AS unor_id, p.jenis, r.sementara,
    kebijakan.jenis_dihitung ? p.jenis AS dihitung, kebijakan.jenis_terpisah ? p.jenis AS terpisah
  FROM riwayat_jabatan r
  JOIN pegawai p ON p.id = r.pegawai_id
  LEFT JOIN posisi_riwayat q ON q.posisi_id = r.posisi_id AND q.sejak <= v AND q.hingga > v
  WHERE r.instansi_id = p_instansi AND r.jenis = 'D' AND r.masa @> p_hari
    AND kebijakan.kedudukan_aktif ? p.kedudukan_hukum;
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

-- The figures of the instansi list: of the version in force on the day, not of a scheduled one.
DROP FUNCTION ringkas_instansi(int);
CREATE FUNCTION ringkas_instansi(p_instansi int, p_hari date) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = public, pg_temp AS $$
  INSERT INTO ringkasan_instansi AS r
    (instansi_id, versi, n_unor, n_posisi, k, b, n_pegawai, stempel, dihitung_pada, b_hari)
  SELECT p_instansi, v.n, coalesce(t.n_unor, 0), coalesce(t.n_posisi, 0), coalesce(t.k, 0), coalesce(b.b, 0),
    (SELECT count(*) FROM pegawai WHERE instansi_id = p_instansi), 1, now(), p_hari
  FROM (SELECT versi_pada(p_instansi, p_hari) AS n) v
  JOIN unor_riwayat u ON u.instansi_id = p_instansi AND u.atasan_id IS NULL AND u.sejak <= v.n AND u.hingga > v.n
  LEFT JOIN unor_total_riwayat t ON t.unor_id = u.unor_id AND t.sejak <= v.n AND t.hingga > v.n
  LEFT JOIN bezetting_unor b ON b.unor_id = u.unor_id
  ON CONFLICT (instansi_id) DO UPDATE SET versi = excluded.versi, n_unor = excluded.n_unor,
    n_posisi = excluded.n_posisi, k = excluded.k, b = excluded.b, n_pegawai = excluded.n_pegawai,
    stempel = r.stempel + 1, dihitung_pada = excluded.dihitung_pada, b_hari = excluded.b_hari
$$;

CREATE OR REPLACE FUNCTION peta_versi_ringkas() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  IF EXISTS (SELECT FROM kebijakan_bezetting WHERE berlaku_dari <= hari_bisnis()) THEN
    PERFORM hitung_bezetting(NEW.instansi_id, hari_bisnis());
  ELSE
    PERFORM ringkas_instansi(NEW.instansi_id, hari_bisnis());
  END IF;
  RETURN NULL;
END $$;

-- Stored counts that are of another day but still right are right for this day too: nobody has to look again.
CREATE FUNCTION teruskan_b(p_hari date) RETURNS int
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE n int;
BEGIN
  UPDATE ringkasan_instansi SET b_hari = p_hari
  WHERE b_hari IS DISTINCT FROM p_hari AND NOT b_basi(instansi_id, p_hari);
  GET DIAGNOSTICS n = ROW_COUNT;
  RETURN n;
END $$;

CREATE OR REPLACE FUNCTION bezetting_di_luar(p_instansi int, p_posisi bigint[], p_hari date)
RETURNS TABLE (sebab text, n int)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
#variable_conflict use_column
DECLARE kebijakan kebijakan_bezetting;
BEGIN
  SELECT * INTO kebijakan FROM kebijakan_bezetting WHERE berlaku_dari <= p_hari
  ORDER BY berlaku_dari DESC LIMIT 1;
  RETURN QUERY
  SELECT CASE WHEN r.jenis <> 'D' THEN r.jenis
      WHEN NOT coalesce(kebijakan.kedudukan_aktif ? p.kedudukan_hukum, false) THEN 'tidak-aktif'
      WHEN kebijakan.jenis_terpisah ? p.jenis THEN 'terpisah'
      WHEN NOT kebijakan.jenis_dihitung ? p.jenis THEN 'jenis-lain' END AS sebab,
    count(*)::int
  FROM riwayat_jabatan r JOIN pegawai p ON p.id = r.pegawai_id
  WHERE r.instansi_id = p_instansi AND r.posisi_id = ANY (p_posisi) AND r.masa @> p_hari AND r.jenis <> 'X'
    AND NOT (r.jenis = 'D' AND kebijakan.kedudukan_aktif ? p.kedudukan_hukum
             AND kebijakan.jenis_dihitung ? p.jenis)
  GROUP BY 1 ORDER BY 1;
END $$;

UPDATE ringkasan_instansi SET b_hari = (dihitung_pada AT TIME ZONE 'Asia/Jakarta')::date;
REVOKE ALL ON FUNCTION ringkas_instansi(int, date) FROM PUBLIC;
REVOKE ALL ON FUNCTION b_basi(int, date) FROM PUBLIC;
REVOKE ALL ON FUNCTION teruskan_b(date) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION b_basi(int, date) TO petajabatan_instansi, petajabatan_nasional, petajabatan_terbatas;
GRANT EXECUTE ON FUNCTION teruskan_b(date) TO petajabatan_nasional;
