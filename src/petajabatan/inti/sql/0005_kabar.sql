-- Notifications. Only the recipient reads a row (a nationwide role reads its own, no more); the installation
-- itself (signed scope: nationwide and without an account) reads them to send e-mail.
ALTER TABLE notifikasi ENABLE ROW LEVEL SECURITY;
CREATE POLICY sendiri ON notifikasi TO petajabatan_instansi, petajabatan_terbatas
  USING (penerima_id = (SELECT cakupan_aktor())) WITH CHECK (penerima_id = (SELECT cakupan_aktor()));
CREATE POLICY sendiri_nasional ON notifikasi TO petajabatan_nasional
  USING (penerima_id = (SELECT cakupan_aktor())
    OR ((SELECT cakupan_nasional()) AND (SELECT cakupan_aktor()) IS NULL))
  WITH CHECK (penerima_id = (SELECT cakupan_aktor())
    OR ((SELECT cakupan_nasional()) AND (SELECT cakupan_aktor()) IS NULL));

-- One message to many recipients, with the owner's rights because nobody may read what others receive.
-- The same event (p_kunci) reaches a recipient once. Returns ids and recipients of the new rows.
-- Recipients in ascending order, so that two writers of the same event wait for each other and never deadlock.
CREATE FUNCTION kirim_notifikasi(p_penerima bigint[], p_judul text, p_isi text, p_tautan text, p_kunci text,
  p_surel bigint[]) RETURNS TABLE (id bigint, penerima_id bigint)
LANGUAGE sql SECURITY DEFINER SET search_path = public, pg_temp AS $$
  INSERT INTO notifikasi AS n (penerima_id, judul, isi, tautan, kunci, surel)
  SELECT p, p_judul, p_isi, p_tautan, p_kunci, CASE WHEN p = ANY (p_surel) THEN 'antre' ELSE '' END
  FROM (SELECT DISTINCT unnest(p_penerima)) AS t (p) WHERE p IS NOT NULL ORDER BY p
  ON CONFLICT (penerima_id, kunci) WHERE NOT (kunci = '') DO NOTHING
  RETURNING n.id, n.penerima_id
$$;
REVOKE ALL ON FUNCTION kirim_notifikasi(bigint[], text, text, text, text, bigint[]) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION kirim_notifikasi(bigint[], text, text, text, text, bigint[])
  TO petajabatan_instansi, petajabatan_nasional, petajabatan_terbatas;
