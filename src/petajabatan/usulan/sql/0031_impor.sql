-- Whether the map of an instansi changes by usulan already: yes or no, so that an import may ask past the wall.
CREATE FUNCTION ada_usulan(p_instansi int) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT EXISTS (SELECT FROM usulan WHERE instansi_id = p_instansi AND status <> 'dibatalkan')
$$;
REVOKE ALL ON FUNCTION ada_usulan(int) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION ada_usulan(int) TO petajabatan_instansi, petajabatan_nasional, petajabatan_terbatas;
