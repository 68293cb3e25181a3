-- A row of history belongs to the instansi of its unit, and identities come into being only with a version of
-- the same transaction: without this the wall around peta_versi could be walked around with raw SQL.
CREATE FUNCTION identitas_tambah() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  IF EXISTS (
    SELECT FROM (SELECT DISTINCT instansi_id FROM baru) b WHERE NOT EXISTS (
      SELECT FROM peta_versi v WHERE v.instansi_id = b.instansi_id AND v.transaksi = pg_current_xact_id())
  ) THEN
    RAISE EXCEPTION '% ditulis di luar penetapan versi', TG_TABLE_NAME USING ERRCODE = '42501';
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER identitas_tambah AFTER INSERT ON unor REFERENCING NEW TABLE AS baru
  FOR EACH STATEMENT EXECUTE FUNCTION identitas_tambah();

CREATE FUNCTION unor_riwayat_pemilik() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  IF EXISTS (SELECT FROM baru b JOIN unor u ON u.id = b.unor_id WHERE u.instansi_id <> b.instansi_id) THEN
    RAISE EXCEPTION 'unit milik instansi lain' USING ERRCODE = '42501';
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER pemilik AFTER INSERT ON unor_riwayat REFERENCING NEW TABLE AS baru
  FOR EACH STATEMENT EXECUTE FUNCTION unor_riwayat_pemilik();
