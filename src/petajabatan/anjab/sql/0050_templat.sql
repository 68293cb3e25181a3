-- Whether whoever acts publishes templates for a ministry: a grant as pembina, nationwide or for a group of jabatan
-- that the ministry stewards. Asked of the grants themselves, because the signed scope knows people and drafts only.
CREATE FUNCTION boleh_templat(p_pembina int) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT EXISTS (
    SELECT FROM peran p WHERE p.pengguna_id = (SELECT cakupan_aktor())
      AND p.berlaku_dari <= hari_bisnis() AND coalesce(p.berlaku_sampai >= hari_bisnis(), true)
      AND ((p.peran = 'pembina' AND (p.lingkup = 'nasional' OR (p.lingkup = 'kelompok' AND EXISTS (
              SELECT FROM kelompok_jabatan k WHERE k.id = p.sasaran_id AND k.pembina_id = p_pembina))))
        OR (p.peran = 'admin-pusat' AND p.lingkup = 'nasional')))
    OR ((SELECT cakupan_nasional()) AND coalesce((SELECT cakupan_aktor()), 0) = 0)
$$;
REVOKE ALL ON FUNCTION boleh_templat(int) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION boleh_templat(int)
  TO petajabatan_instansi, petajabatan_nasional, petajabatan_terbatas;

ALTER TABLE templat_pembina ENABLE ROW LEVEL SECURITY;
CREATE POLICY baca ON templat_pembina FOR SELECT USING (true);
CREATE POLICY tulis ON templat_pembina FOR INSERT WITH CHECK (boleh_templat(pembina_id));
CREATE POLICY ubah ON templat_pembina FOR UPDATE USING (boleh_templat(pembina_id))
  WITH CHECK (boleh_templat(pembina_id));

-- A draft version is its ministry's own; a published one is everybody's.
ALTER TABLE templat_versi ENABLE ROW LEVEL SECURITY;
CREATE POLICY baca ON templat_versi FOR SELECT USING (status = 'terbit' OR EXISTS (
  SELECT FROM templat_pembina t WHERE t.id = templat_id AND boleh_templat(t.pembina_id)));
CREATE POLICY tulis ON templat_versi FOR INSERT WITH CHECK (EXISTS (
  SELECT FROM templat_pembina t WHERE t.id = templat_id AND boleh_templat(t.pembina_id)));
CREATE POLICY ubah ON templat_versi FOR UPDATE USING (EXISTS (
  SELECT FROM templat_pembina t WHERE t.id = templat_id AND boleh_templat(t.pembina_id)));

CREATE FUNCTION templat_versi_tetap() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF OLD.status = 'terbit' THEN
    RAISE EXCEPTION 'versi templat yang terbit tidak diubah; buat versi baru' USING ERRCODE = '42501';
  END IF;
  IF (NEW.templat_id, NEW.nomor) IS DISTINCT FROM (OLD.templat_id, OLD.nomor) THEN
    RAISE EXCEPTION 'versi templat tidak berpindah' USING ERRCODE = '42501';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER versi_tetap BEFORE UPDATE ON templat_versi
  FOR EACH ROW EXECUTE FUNCTION templat_versi_tetap();

-- Units of published maps that follow a template, and which version: what the last published usulan that applied one
-- made of them. As public as the map; counts and names of units, no people.
CREATE FUNCTION pengikut_templat(p_templat bigint)
RETURNS TABLE (instansi_id int, unor_id bigint, versi_id bigint, nomor int)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT x.instansi_id, x.unor_id, x.versi_id, v.nomor FROM (
    SELECT DISTINCT ON (t.unor_id) t.instansi_id, t.unor_id, t.versi_id FROM templat_unor t
    WHERE EXISTS (SELECT FROM peta_versi p WHERE p.instansi_id = t.instansi_id AND p.usulan_id = t.usulan_id)
      AND NOT EXISTS (SELECT FROM usulan_keputusan k WHERE k.usulan_id = t.usulan_id AND k.dibatalkan_versi IS NOT NULL)
      AND (t.kelompok IS NULL OR EXISTS (SELECT FROM usulan_operasi o WHERE o.usulan_id = t.usulan_id
        AND o.kelompok = t.kelompok AND o.aktif AND o.membatalkan IS NULL))
    ORDER BY t.unor_id, t.id DESC
  ) x JOIN templat_versi v ON v.id = x.versi_id AND v.templat_id = p_templat
  JOIN unor_kini u ON u.unor_id = x.unor_id
$$;
REVOKE ALL ON FUNCTION pengikut_templat(bigint) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION pengikut_templat(bigint)
  TO petajabatan_instansi, petajabatan_nasional, petajabatan_terbatas;
