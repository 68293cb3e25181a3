-- The signed scope of a transaction. Layout: mode|aktor|orang|draf|unor|pegawai|expiry|mac (see inti/dinding.py).
CREATE TABLE cakupan_kunci (
  id boolean PRIMARY KEY DEFAULT true CHECK (id),
  kunci bytea NOT NULL
);
REVOKE ALL ON cakupan_kunci FROM PUBLIC;

-- The verified parts of the scope: NULL when it was tampered with or has expired (then nothing is visible);
-- an error when none was opened, so that a forgotten scope is a bug one sees and not an empty page.
CREATE FUNCTION cakupan_bagian() RETURNS text[]
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
  s text := current_setting('petajabatan.cakupan', true);
  bagian text[];
  isi text;
  k bytea;
BEGIN
  IF s IS NULL OR s = '' THEN
    RAISE EXCEPTION 'cakupan belum dibuka dalam transaksi ini' USING ERRCODE = '42501';
  END IF;
  bagian := string_to_array(s, '|');
  IF coalesce(array_length(bagian, 1), 0) <> 8 THEN RETURN NULL; END IF;
  SELECT kunci INTO k FROM cakupan_kunci;
  isi := array_to_string(bagian[1:7], '|');
  IF k IS NULL OR bagian[8] <> encode(sha256(k || sha256(k || convert_to(isi, 'UTF8'))), 'hex') THEN
    RETURN NULL;
  END IF;
  IF bagian[7]::bigint < extract(epoch FROM clock_timestamp()) THEN RETURN NULL; END IF;
  RETURN bagian;
END $$;

CREATE FUNCTION cakupan() RETURNS int[]
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE b text[] := cakupan_bagian();
BEGIN
  IF b IS NULL OR b[1] <> 'instansi' OR b[3] = '' THEN RETURN '{}'; END IF;
  RETURN string_to_array(b[3], ',')::int[];
END $$;

CREATE FUNCTION cakupan_draf() RETURNS int[]
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE b text[] := cakupan_bagian();
BEGIN
  IF b IS NULL OR b[1] <> 'instansi' OR b[4] = '' THEN RETURN '{}'; END IF;
  RETURN string_to_array(b[4], ',')::int[];
END $$;

CREATE FUNCTION cakupan_nasional() RETURNS boolean
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE b text[] := cakupan_bagian();
BEGIN
  RETURN b IS NOT NULL AND b[1] = 'nasional';
END $$;

CREATE FUNCTION cakupan_aktor() RETURNS bigint
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE b text[] := cakupan_bagian();
BEGIN
  IF b IS NULL THEN RETURN NULL; END IF;
  RETURN nullif(b[2]::bigint, 0);
END $$;

CREATE FUNCTION tolak_perubahan() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '% hanya dapat ditambah, tidak diubah atau dihapus', TG_TABLE_NAME USING ERRCODE = '42501';
END $$;

CREATE FUNCTION tolak_hapus() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'baris % tidak dihapus; akhiri masa berlakunya', TG_TABLE_NAME USING ERRCODE = '42501';
END $$;

CREATE TRIGGER audit_tetap BEFORE UPDATE OR DELETE OR TRUNCATE ON audit
  FOR EACH STATEMENT EXECUTE FUNCTION tolak_perubahan();

-- Statement-level audit: one record per statement and instansi. Small statements keep the ids they touched,
-- large ones (bulk loads) the count only. Arguments: key column, instansi column.
-- The owner's rights let it write whatever the row's writer may see.
CREATE FUNCTION audit_pernyataan() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
  sumber text := CASE WHEN TG_OP = 'DELETE' THEN 'lama' ELSE 'baru' END;
BEGIN
  EXECUTE format($q$
    INSERT INTO audit (aktor, permintaan, instansi_id, aksi, objek, jumlah, rincian)
    SELECT coalesce(current_setting('petajabatan.aktor', true), ''),
           coalesce(current_setting('petajabatan.permintaan', true), ''),
           %2$s, %3$L, %4$L, count(*),
           CASE WHEN count(*) <= 100 THEN jsonb_build_object('id', jsonb_agg(%1$s)) END
    FROM %5$s GROUP BY %2$s$q$,
    TG_ARGV[0], coalesce(nullif(TG_ARGV[1], ''), 'NULL::int'), lower(TG_OP), TG_TABLE_NAME, sumber);
  RETURN NULL;
END $$;
