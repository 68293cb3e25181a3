-- The map changes only by publishing a version: whoever writes history rows must have written the version
-- in the same transaction. Sibling order and names: nama_urut sorts "SDN 2" before "SDN 10" and does not
-- depend on a collation the server may not have.
CREATE FUNCTION kunci_urut(nama text) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT string_agg(CASE WHEN m[1] <> '' THEN lpad(m[1], 10, '0') ELSE upper(m[2]) END, '' ORDER BY n)
  FROM regexp_matches(nama, '(\d{1,10})|(\D+)', 'g') WITH ORDINALITY AS t(m, n)
$$;
ALTER TABLE unor_kini ALTER COLUMN jalur TYPE ltree USING jalur::ltree;
ALTER TABLE unor_kini ADD COLUMN nama_urut text COLLATE "C" GENERATED ALWAYS AS (kunci_urut(nama)) STORED;
CREATE INDEX unor_kini_jalur ON unor_kini (jalur);
CREATE INDEX unor_kini_nama_urut ON unor_kini (instansi_id, nama_urut);

ALTER TABLE peta_versi ADD COLUMN transaksi xid8 NOT NULL DEFAULT pg_current_xact_id();
ALTER TABLE unor_riwayat ADD CONSTRAINT unor_satu_baris_per_versi
  EXCLUDE USING gist (unor_id WITH =, int4range(sejak, hingga) WITH &&);

CREATE FUNCTION peta_versi_urut() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE akhir record;
BEGIN
  IF TG_OP = 'UPDATE' THEN
    IF OLD.transaksi <> pg_current_xact_id() OR NEW.transaksi <> OLD.transaksi THEN
      RAISE EXCEPTION 'versi peta yang sudah ditetapkan tidak diubah' USING ERRCODE = '42501';
    END IF;
    RETURN NEW;
  END IF;
  NEW.transaksi := pg_current_xact_id();
  SELECT nomor, berlaku INTO akhir FROM peta_versi WHERE instansi_id = NEW.instansi_id
  ORDER BY nomor DESC LIMIT 1;
  IF NEW.nomor <> coalesce(akhir.nomor, 0) + 1 THEN
    RAISE EXCEPTION 'versi % bukan kelanjutan versi %', NEW.nomor, coalesce(akhir.nomor, 0)
      USING ERRCODE = '23514', CONSTRAINT = 'peta_versi_berurutan';
  END IF;
  IF akhir.berlaku > NEW.berlaku THEN
    RAISE EXCEPTION 'tanggal berlaku % mendahului versi sebelumnya (%)', NEW.berlaku, akhir.berlaku
      USING ERRCODE = '23514', CONSTRAINT = 'peta_versi_berlaku_tak_mundur';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER peta_versi_urut BEFORE INSERT OR UPDATE ON peta_versi
  FOR EACH ROW EXECUTE FUNCTION peta_versi_urut();

-- Rows may be added only for a version of this very transaction.
CREATE FUNCTION riwayat_tambah() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  IF EXISTS (
    SELECT FROM (SELECT DISTINCT instansi_id, sejak FROM baru) b
    LEFT JOIN peta_versi v ON v.instansi_id = b.instansi_id AND v.nomor = b.sejak
    WHERE v.transaksi IS DISTINCT FROM pg_current_xact_id()
  ) THEN
    RAISE EXCEPTION '% ditulis di luar penetapan versi', TG_TABLE_NAME USING ERRCODE = '42501';
  END IF;
  RETURN NULL;
END $$;

-- An update may only end a live row at a version of this transaction (and name its successors).
CREATE FUNCTION riwayat_ubah() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  IF EXISTS (
    SELECT FROM (
      SELECT instansi_id, hingga, to_jsonb(b) - 'hingga' - 'penerus' AS isi FROM baru b
    ) b LEFT JOIN peta_versi v ON v.instansi_id = b.instansi_id AND v.nomor = b.hingga
    WHERE v.transaksi IS DISTINCT FROM pg_current_xact_id()
  ) OR EXISTS (
    SELECT to_jsonb(b) - 'hingga' - 'penerus' FROM baru b
    EXCEPT
    SELECT to_jsonb(l) - 'hingga' - 'penerus' FROM lama l WHERE l.hingga = 2147483647
  ) THEN
    RAISE EXCEPTION 'riwayat % hanya dapat diakhiri oleh versi baru', TG_TABLE_NAME USING ERRCODE = '42501';
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER riwayat_tambah AFTER INSERT ON unor_riwayat REFERENCING NEW TABLE AS baru
  FOR EACH STATEMENT EXECUTE FUNCTION riwayat_tambah();
CREATE TRIGGER riwayat_ubah AFTER UPDATE ON unor_riwayat REFERENCING OLD TABLE AS lama NEW TABLE AS baru
  FOR EACH STATEMENT EXECUTE FUNCTION riwayat_ubah();

CREATE FUNCTION identitas_tetap() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'identitas % tidak diubah', TG_TABLE_NAME USING ERRCODE = '42501';
END $$;
CREATE TRIGGER identitas_tetap BEFORE UPDATE ON unor FOR EACH STATEMENT EXECUTE FUNCTION identitas_tetap();

-- At commit of a version: the live tree must be sound (one root, no orphan, no cycle) and its paths rebuilt.
CREATE FUNCTION bangun_pohon(p_instansi int) RETURNS int
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE hidup int; terjangkau int; akar int; contoh text;
BEGIN
  SELECT count(*), count(*) FILTER (WHERE atasan_id IS NULL) INTO hidup, akar
  FROM unor_riwayat WHERE instansi_id = p_instansi AND hingga = 2147483647;
  IF hidup > 0 AND akar <> 1 THEN
    RAISE EXCEPTION 'peta instansi % mempunyai % akar, seharusnya satu', p_instansi, akar
      USING ERRCODE = '23514', CONSTRAINT = 'pohon_satu_akar';
  END IF;
  CREATE TEMP TABLE pohon_baru ON COMMIT DROP AS
  WITH RECURSIVE turun AS (
    SELECT unor_id, atasan_id, urutan, nama, text2ltree(unor_id::text) AS jalur, 0 AS kedalaman
    FROM unor_riwayat WHERE instansi_id = p_instansi AND hingga = 2147483647 AND atasan_id IS NULL
    UNION ALL
    SELECT r.unor_id, r.atasan_id, r.urutan, r.nama, t.jalur || r.unor_id::text, t.kedalaman + 1
    FROM turun t JOIN unor_riwayat r ON r.atasan_id = t.unor_id AND r.hingga = 2147483647
      AND r.instansi_id = p_instansi
  ) SELECT * FROM turun;
  SELECT count(*) INTO terjangkau FROM pohon_baru;
  IF terjangkau <> hidup THEN
    SELECT string_agg(format('%s (%s)', nama, unor_id), ', ') INTO contoh FROM (
      SELECT nama, unor_id FROM unor_riwayat r WHERE instansi_id = p_instansi AND hingga = 2147483647
        AND NOT EXISTS (SELECT FROM pohon_baru p WHERE p.unor_id = r.unor_id) ORDER BY unor_id LIMIT 3) c;
    RAISE EXCEPTION 'peta instansi %: % unit tidak tersambung ke akar (melingkar atau tanpa atasan), misalnya %',
      p_instansi, hidup - terjangkau, contoh USING ERRCODE = '23514', CONSTRAINT = 'pohon_tersambung';
  END IF;
  DELETE FROM unor_kini k WHERE instansi_id = p_instansi
    AND NOT EXISTS (SELECT FROM pohon_baru p WHERE p.unor_id = k.unor_id);
  INSERT INTO unor_kini AS k (unor_id, instansi_id, atasan_id, jalur, kedalaman, urutan, nama)
  SELECT unor_id, p_instansi, atasan_id, jalur, kedalaman, urutan, nama FROM pohon_baru
  ON CONFLICT (unor_id) DO UPDATE SET atasan_id = excluded.atasan_id, jalur = excluded.jalur,
    kedalaman = excluded.kedalaman, urutan = excluded.urutan, nama = excluded.nama
  WHERE (k.atasan_id, k.jalur, k.urutan, k.nama)
    IS DISTINCT FROM (excluded.atasan_id, excluded.jalur, excluded.urutan, excluded.nama);
  DROP TABLE pohon_baru;
  RETURN hidup;
END $$;
REVOKE ALL ON FUNCTION bangun_pohon(int) FROM PUBLIC;

CREATE FUNCTION peta_versi_tutup() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  PERFORM bangun_pohon(NEW.instansi_id);
  RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER a_pohon AFTER INSERT ON peta_versi DEFERRABLE INITIALLY DEFERRED
  FOR EACH ROW EXECUTE FUNCTION peta_versi_tutup();
