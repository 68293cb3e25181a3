-- Validated editions of one jabatan never overlap; they are ended, not changed.
ALTER TABLE standar_kompetensi ADD CONSTRAINT standar_kompetensi_satu_berlaku
  EXCLUDE USING gist (instansi_id WITH =, kunci WITH =, daterange(berlaku_dari, berlaku_hingga, '[]') WITH &&)
  WHERE (status = 'divalidasi');
CREATE FUNCTION standar_kompetensi_tetap() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF OLD.status = 'divalidasi' AND (NEW.status, NEW.instansi_id, NEW.kunci, NEW.berlaku_dari, NEW.dasar_hukum)
      IS DISTINCT FROM (OLD.status, OLD.instansi_id, OLD.kunci, OLD.berlaku_dari, OLD.dasar_hukum) THEN
    RAISE EXCEPTION 'standar kompetensi % sudah divalidasi', OLD.id USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER standar_tetap BEFORE UPDATE ON standar_kompetensi
  FOR EACH ROW EXECUTE FUNCTION standar_kompetensi_tetap();
CREATE FUNCTION standar_baris_tetap() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF (SELECT status FROM standar_kompetensi WHERE id = NEW.standar_id) = 'divalidasi' THEN
    RAISE EXCEPTION 'standar kompetensi % sudah divalidasi', NEW.standar_id USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER standar_baris_tetap BEFORE INSERT OR UPDATE ON standar_kompetensi_baris
  FOR EACH ROW EXECUTE FUNCTION standar_baris_tetap();
-- What is validated is as public as the map; drafts stay with their instansi.
CREATE POLICY sah ON standar_kompetensi FOR SELECT TO petajabatan_instansi, petajabatan_terbatas
  USING (status = 'divalidasi');
CREATE POLICY sah ON standar_kompetensi_baris FOR SELECT TO petajabatan_instansi, petajabatan_terbatas
  USING (EXISTS (SELECT FROM standar_kompetensi s WHERE s.id = standar_id AND s.status = 'divalidasi'));
