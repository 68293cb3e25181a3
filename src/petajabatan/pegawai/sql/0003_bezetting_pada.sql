-- B of an instansi on any day, from the seats themselves: counts only, so that everybody may read it although
-- the seats are behind the wall. Rows without a posisi are people on a unit without a box.
CREATE FUNCTION bezetting_pada(p_instansi int, p_hari date)
RETURNS TABLE (posisi_id bigint, unor_id bigint, b int, pns int, cpns int, pppk int, paruh_waktu int, sementara int)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
#variable_conflict use_column
DECLARE kebijakan kebijakan_bezetting;
BEGIN
  SELECT * INTO kebijakan FROM kebijakan_bezetting WHERE berlaku_dari <= p_hari
  ORDER BY berlaku_dari DESC LIMIT 1;
  IF kebijakan.id IS NULL THEN
    RAISE EXCEPTION 'tidak ada kebijakan bezetting yang berlaku pada %', p_hari;
  END IF;
  RETURN QUERY
  SELECT r.posisi_id, CASE WHEN r.posisi_id IS NULL THEN r.unor_id END,
    (count(*) FILTER (WHERE kebijakan.jenis_dihitung ? p.jenis))::int,
    (count(*) FILTER (WHERE p.jenis = 'PNS'))::int, (count(*) FILTER (WHERE p.jenis = 'CPNS'))::int,
    (count(*) FILTER (WHERE p.jenis = 'PPPK'))::int,
    (count(*) FILTER (WHERE kebijakan.jenis_terpisah ? p.jenis))::int,
    (count(*) FILTER (WHERE r.sementara AND kebijakan.jenis_dihitung ? p.jenis))::int
  FROM riwayat_jabatan r JOIN pegawai p ON p.id = r.pegawai_id
  WHERE r.instansi_id = p_instansi AND r.jenis = 'D' AND r.masa @> p_hari
    AND kebijakan.kedudukan_aktif ? p.kedudukan_hukum
  GROUP BY 1, 2;
END $$;

-- Assignments of a box or unit on a day that B does not count, by reason; counts only.
CREATE FUNCTION bezetting_di_luar(p_instansi int, p_posisi bigint[], p_hari date)
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
  WHERE r.instansi_id = p_instansi AND r.posisi_id = ANY (p_posisi) AND r.masa @> p_hari
    AND NOT (r.jenis = 'D' AND kebijakan.kedudukan_aktif ? p.kedudukan_hukum
             AND kebijakan.jenis_dihitung ? p.jenis)
  GROUP BY 1 ORDER BY 1;
END $$;
REVOKE ALL ON FUNCTION bezetting_pada(int, date) FROM PUBLIC;
REVOKE ALL ON FUNCTION bezetting_di_luar(int, bigint[], date) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION bezetting_pada(int, date), bezetting_di_luar(int, bigint[], date)
  TO petajabatan_instansi, petajabatan_nasional, petajabatan_terbatas;
