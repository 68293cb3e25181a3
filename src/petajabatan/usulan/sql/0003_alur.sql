-- What stays as it was written; only the columns named may change. Arguments: those columns.
CREATE FUNCTION hanya_kolom() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF to_jsonb(OLD) - TG_ARGV::text[] <> to_jsonb(NEW) - TG_ARGV::text[] THEN
    RAISE EXCEPTION 'baris % tidak diubah selain %', TG_TABLE_NAME, array_to_string(TG_ARGV::text[], ', ')
      USING ERRCODE = '42501';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER persetujuan_tetap BEFORE UPDATE ON usulan_persetujuan
  FOR EACH ROW EXECUTE FUNCTION hanya_kolom('gugur_pada', 'gugur_karena');
CREATE TRIGGER komentar_tetap BEFORE UPDATE ON usulan_komentar
  FOR EACH ROW EXECUTE FUNCTION hanya_kolom('selesai_pada', 'selesai_oleh');
CREATE TRIGGER dokumen_tetap BEFORE UPDATE ON usulan_dokumen
  FOR EACH ROW EXECUTE FUNCTION hanya_kolom('ditarik_pada');
CREATE TRIGGER keputusan_tetap BEFORE UPDATE ON usulan_keputusan
  FOR EACH ROW EXECUTE FUNCTION hanya_kolom('berkas_id', 'dibatalkan_versi');

-- One signature per side is in effect; whoever is late by a moment waits and then sees the first one.
CREATE UNIQUE INDEX persetujuan_satu_berlaku ON usulan_persetujuan (usulan_id, pihak) WHERE gugur_pada IS NULL;
-- No map without signatures: an usulan is published with one of its instansi and one of BKN in effect.
CREATE FUNCTION usulan_bertanda_tangan() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF (SELECT count(DISTINCT p.pihak) FROM usulan_persetujuan p
      WHERE p.usulan_id = NEW.id AND p.gugur_pada IS NULL AND p.pihak IN ('instansi', 'bkn')) < 2 THEN
    RAISE EXCEPTION 'usulan % ditetapkan tanpa persetujuan instansi dan BKN', NEW.id
      USING ERRCODE = '23514', CONSTRAINT = 'usulan_bertanda_tangan';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER usulan_bertanda_tangan BEFORE UPDATE OF status ON usulan FOR EACH ROW
  WHEN (NEW.status = 'ditetapkan' AND OLD.status <> 'ditetapkan') EXECUTE FUNCTION usulan_bertanda_tangan();

-- A document comes once: the same content is not hung up twice while it is in effect.
CREATE UNIQUE INDEX dokumen_sekali ON usulan_dokumen (usulan_id, berkas_id) WHERE ditarik_pada IS NULL;

-- Who works in a subtree reads the documents of the usulan bound to it (the table itself is behind the wall).
CREATE POLICY dokumen_usulan ON berkas FOR SELECT TO petajabatan_terbatas
  USING (EXISTS (SELECT FROM usulan_dokumen d WHERE d.berkas_id = berkas.id));

-- The sides of a bundle, for whoever has one of them in scope: instansi, state and number, nothing else.
CREATE FUNCTION status_lintas(p_lintas bigint)
RETURNS TABLE (usulan_id bigint, instansi_id int, instansi text, status text, nomor text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT u.id, u.instansi_id, i.nama::text, u.status::text, 'U-' || lpad(u.id::text, 6, '0')
  FROM usulan u JOIN instansi i ON i.id = u.instansi_id
  WHERE u.lintas_id = p_lintas AND EXISTS (
    SELECT FROM usulan m WHERE m.lintas_id = p_lintas AND (
      (SELECT cakupan_nasional()) OR m.instansi_id = ANY ((SELECT cakupan_draf())::int[])
      OR m.cabang_id = ANY ((SELECT cakupan_cabang())::bigint[])))
  ORDER BY u.instansi_id
$$;

-- The public verification of a decision: what anybody who holds the paper may know, found by its code only.
-- Superseded: a later version is in force that was not itself taken back (nor is what took it back).
CREATE FUNCTION keputusan_publik(p_kode text, p_hari date)
RETURNS TABLE (instansi text, nomor text, tanggal date, versi int, berlaku date, hash text, keadaan text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT i.nama::text, k.nomor::text, k.tanggal, k.versi, k.berlaku, k.hash_peta::text,
    CASE
      WHEN k.dibatalkan_versi IS NOT NULL THEN 'dibatalkan'
      WHEN k.berlaku > p_hari THEN 'terjadwal'
      WHEN EXISTS (SELECT FROM peta_versi v WHERE v.instansi_id = k.instansi_id AND v.nomor > k.versi
                   AND v.berlaku <= p_hari AND NOT EXISTS (
                     SELECT FROM usulan_keputusan b WHERE b.instansi_id = v.instansi_id
                       AND b.dibatalkan_versi IS NOT NULL AND v.nomor IN (b.versi, b.dibatalkan_versi)))
        THEN 'digantikan'
      ELSE 'berlaku'
    END
  FROM usulan_keputusan k JOIN instansi i ON i.id = k.instansi_id
  WHERE k.kode = p_kode
$$;
REVOKE ALL ON FUNCTION status_lintas(bigint), keputusan_publik(text, date) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION status_lintas(bigint), keputusan_publik(text, date)
  TO petajabatan_instansi, petajabatan_nasional, petajabatan_terbatas;
