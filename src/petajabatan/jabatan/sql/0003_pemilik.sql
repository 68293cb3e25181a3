-- As organisasi/sql/0003_pemilik.sql, for boxes. That a box stands on a unit of its own instansi is checked
-- when the version is closed (bangun_total).
CREATE TRIGGER identitas_tambah AFTER INSERT ON posisi REFERENCING NEW TABLE AS baru
  FOR EACH STATEMENT EXECUTE FUNCTION identitas_tambah();

CREATE FUNCTION posisi_riwayat_pemilik() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  IF EXISTS (SELECT FROM baru b JOIN posisi p ON p.id = b.posisi_id WHERE p.instansi_id <> b.instansi_id) THEN
    RAISE EXCEPTION 'posisi milik instansi lain' USING ERRCODE = '42501';
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER pemilik AFTER INSERT ON posisi_riwayat REFERENCING NEW TABLE AS baru
  FOR EACH STATEMENT EXECUTE FUNCTION posisi_riwayat_pemilik();
