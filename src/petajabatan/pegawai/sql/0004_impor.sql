-- Names as they are compared: capitals and digits only, one blank between words.
CREATE FUNCTION nama_banding(nama text) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE RETURNS NULL ON NULL INPUT AS $$
  SELECT btrim(regexp_replace(upper(nama), '[^A-Z0-9]+', ' ', 'g'))
$$;

-- Which of these people sit in an instansi outside the list: an import must know it, but the wall hides them.
-- Answers ids only, and only for NIP or SIASN ids the caller already has in hand.
CREATE FUNCTION pegawai_lain(p_nip text[], p_siasn text[], p_instansi int[])
RETURNS TABLE (nip text, id_siasn text, pegawai_id bigint, instansi_id int)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT p.nip, p.id_siasn, p.id, p.instansi_id FROM pegawai p
  WHERE p.nip = ANY (p_nip) AND p.instansi_id <> ALL (p_instansi)
  UNION
  SELECT p.nip, p.id_siasn, p.id, p.instansi_id FROM pegawai p
  WHERE p.id_siasn = ANY (p_siasn) AND p.instansi_id <> ALL (p_instansi)
$$;
REVOKE ALL ON FUNCTION pegawai_lain(text[], text[], int[]) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION pegawai_lain(text[], text[], int[]) TO petajabatan_instansi, petajabatan_nasional;
