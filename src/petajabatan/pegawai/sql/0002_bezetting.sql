ALTER TABLE pegawai ADD COLUMN nama_urut text COLLATE "C" GENERATED ALWAYS AS (kunci_urut(nama)) STORED;
CREATE INDEX pegawai_nama_urut ON pegawai (instansi_id, nama_urut);

-- Whom subtree and self scopes may see: the person herself and those seated today inside the units.
-- The owner's rights are needed to look up seats that the caller's own policies hide.
CREATE FUNCTION cakupan_pegawai() RETURNS bigint[]
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE b text[] := cakupan_bagian(); hasil bigint[];
BEGIN
  IF b IS NULL THEN RETURN '{}'; END IF;
  SELECT array_agg(DISTINCT r.pegawai_id) INTO hasil
  FROM unor_kini akar
  JOIN unor_kini u ON u.jalur <@ akar.jalur
  JOIN riwayat_jabatan r ON r.unor_id = u.unor_id AND r.instansi_id = u.instansi_id
    AND r.masa @> (now() AT TIME ZONE 'Asia/Jakarta')::date
  WHERE b[5] <> '' AND akar.unor_id = ANY (string_to_array(nullif(b[5], ''), ',')::bigint[]);
  IF b[6] <> '0' THEN hasil := coalesce(hasil, '{}') || b[6]::bigint; END IF;
  RETURN coalesce(hasil, '{}');
END $$;

-- Bezetting of one instansi on a day, recomputed as a whole in one pass. Policy: kebijakan_bezetting.
CREATE FUNCTION hitung_bezetting(p_instansi int, p_hari date) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE kebijakan kebijakan_bezetting; hasil bigint;
BEGIN
  SELECT * INTO kebijakan FROM kebijakan_bezetting WHERE berlaku_dari <= p_hari
  ORDER BY berlaku_dari DESC LIMIT 1;
  IF kebijakan.id IS NULL THEN
    RAISE EXCEPTION 'tidak ada kebijakan bezetting yang berlaku pada %', p_hari;
  END IF;
  CREATE TEMP TABLE duduk ON COMMIT DROP AS
  SELECT r.posisi_id, coalesce(q.unor_id, r.unor_id) AS unor_id, p.jenis, r.sementara,
    kebijakan.jenis_dihitung ? p.jenis AS dihitung, kebijakan.jenis_terpisah ? p.jenis AS terpisah
  FROM riwayat_jabatan r
  JOIN pegawai p ON p.id = r.pegawai_id
  LEFT JOIN posisi_riwayat q ON q.posisi_id = r.posisi_id AND q.hingga = 2147483647
  WHERE r.instansi_id = p_instansi AND r.jenis = 'D' AND r.masa @> p_hari
    AND kebijakan.kedudukan_aktif ? p.kedudukan_hukum;

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
    SELECT unnest(string_to_array(u.jalur::text, '.'))::bigint AS unor_id, s.b, s.pw, s.tp
    FROM sendiri s JOIN unor_kini u ON u.unor_id = s.unor_id WHERE u.instansi_id = p_instansi
  ), jumlah AS (
    SELECT unor_id, sum(b) AS b, sum(pw) AS pw, sum(tp) AS tp FROM naik GROUP BY unor_id
  ) SELECT j.unor_id, p_instansi, coalesce(s.b, 0), j.b, j.pw, coalesce(s.tp, 0), j.tp
  FROM jumlah j LEFT JOIN sendiri s ON s.unor_id = j.unor_id;
  DROP TABLE duduk;
  PERFORM ringkas_instansi(p_instansi);
  SELECT stempel INTO hasil FROM ringkasan_instansi WHERE instansi_id = p_instansi;
  RETURN hasil;
END $$;

CREATE FUNCTION ringkas_instansi(p_instansi int) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = public, pg_temp AS $$
  INSERT INTO ringkasan_instansi AS r
    (instansi_id, versi, n_unor, n_posisi, k, b, n_pegawai, stempel, dihitung_pada)
  SELECT p_instansi, (SELECT max(nomor) FROM peta_versi WHERE instansi_id = p_instansi),
    coalesce(t.n_unor, 0), coalesce(t.n_posisi, 0), coalesce(t.k, 0), coalesce(b.b, 0),
    (SELECT count(*) FROM pegawai WHERE instansi_id = p_instansi), 1, now()
  FROM unor_kini u
  LEFT JOIN unor_total_riwayat t ON t.unor_id = u.unor_id AND t.hingga = 2147483647
  LEFT JOIN bezetting_unor b ON b.unor_id = u.unor_id
  WHERE u.instansi_id = p_instansi AND u.atasan_id IS NULL
  ON CONFLICT (instansi_id) DO UPDATE SET versi = excluded.versi, n_unor = excluded.n_unor,
    n_posisi = excluded.n_posisi, k = excluded.k, b = excluded.b, n_pegawai = excluded.n_pegawai,
    stempel = r.stempel + 1, dihitung_pada = excluded.dihitung_pada
$$;
REVOKE ALL ON FUNCTION ringkas_instansi(int) FROM PUBLIC;
REVOKE ALL ON FUNCTION hitung_bezetting(int, date) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION hitung_bezetting(int, date) TO petajabatan_instansi, petajabatan_nasional;

-- A new version may move boxes between units: B of the units follows at commit.
CREATE FUNCTION peta_versi_ringkas() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  IF EXISTS (SELECT FROM kebijakan_bezetting) THEN
    PERFORM hitung_bezetting(NEW.instansi_id, (now() AT TIME ZONE 'Asia/Jakarta')::date);
  ELSE
    PERFORM ringkas_instansi(NEW.instansi_id);
  END IF;
  RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER c_ringkas AFTER INSERT ON peta_versi DEFERRABLE INITIALLY DEFERRED
  FOR EACH ROW EXECUTE FUNCTION peta_versi_ringkas();
