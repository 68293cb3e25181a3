-- Sections of informasi jabatan and ABK sheets. The id of a section tells its owner (id / 64) and its number
-- (rules.isian), so that two drafts that both begin a section meet on one id.
ALTER TABLE isian_riwayat ADD CONSTRAINT isian_satu_baris_per_versi
  EXCLUDE USING gist (isian_id WITH =, int4range(sejak, hingga) WITH &&);
ALTER TABLE isian_riwayat ADD CONSTRAINT isian_id_dari_pemilik
  CHECK (isian_id / 64 = coalesce(infojab_id, posisi_id) AND (bagian = 'abk') = (posisi_id IS NOT NULL)
    AND (bagian = 'abk') = (isian_id % 64 = 50));
CREATE TRIGGER riwayat_tambah AFTER INSERT ON isian_riwayat REFERENCING NEW TABLE AS baru
  FOR EACH STATEMENT EXECUTE FUNCTION riwayat_tambah();
CREATE TRIGGER riwayat_ubah AFTER UPDATE ON isian_riwayat REFERENCING OLD TABLE AS lama NEW TABLE AS baru
  FOR EACH STATEMENT EXECUTE FUNCTION riwayat_ubah();
CREATE TRIGGER identitas_tetap BEFORE UPDATE ON infojab FOR EACH STATEMENT EXECUTE FUNCTION identitas_tetap();
-- Which boxes an informasi jabatan serves.
CREATE INDEX posisi_infojab ON posisi_riwayat (infojab_id) WHERE infojab_id IS NOT NULL;
