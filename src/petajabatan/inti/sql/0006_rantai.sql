-- The audit chain: every record is sealed once, at the end of the transaction that wrote it, into the chain of
-- its instansi (chain 0: records of no instansi). docs/audit.md gives the canonical bytes and the reasons.
ALTER TABLE audit ADD COLUMN transaksi xid8;
ALTER TABLE audit ALTER COLUMN transaksi SET DEFAULT pg_current_xact_id();

-- One field of the canonical bytes: <length in bytes>:<text>, or -, for NULL.
CREATE FUNCTION audit_ruas(t text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT CASE WHEN t IS NULL THEN '-,' ELSE octet_length(t) || ':' || t || ',' END
$$;

CREATE FUNCTION audit_bait(p_rantai int, p_nomor bigint, a audit) RETURNS bytea
LANGUAGE sql STABLE PARALLEL SAFE AS $$
  SELECT convert_to('audit1,' || audit_ruas(p_rantai::text) || audit_ruas(p_nomor::text)
    || audit_ruas(a.id::text) || audit_ruas(to_char(a.pada AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'))
    || audit_ruas(a.aktor) || audit_ruas(a.permintaan) || audit_ruas(a.instansi_id::text) || audit_ruas(a.aksi)
    || audit_ruas(a.objek) || audit_ruas(a.jumlah::text) || audit_ruas(a.rincian::text), 'UTF8')
$$;

-- As a window aggregate: each hash is taken over the one before it and the record's bytes.
CREATE FUNCTION rantai_maju(keadaan bytea, awal bytea, bait bytea) RETURNS bytea
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$ SELECT sha256(coalesce(keadaan, awal) || bait) $$;
CREATE AGGREGATE rantai_hash(bytea, bytea) (SFUNC = rantai_maju, STYPE = bytea);

-- Append records to one chain. Records left over by others go first. False: the chain was busy for half a second
-- (or at all, with p_tunggu false); the records then stand in audit_tertunda and whoever seals next takes them.
CREATE FUNCTION segel_rantai(p_rantai int, p_ids bigint[], p_tunggu boolean) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp SET lock_timeout = '500ms' AS $$
DECLARE akhir bigint; sidik bytea; ids bigint[]; dapat boolean := pg_try_advisory_xact_lock(1397049164, p_rantai);
BEGIN
  IF NOT dapat AND p_tunggu THEN
    BEGIN
      PERFORM pg_advisory_xact_lock(1397049164, p_rantai);
      dapat := true;
    EXCEPTION WHEN lock_not_available THEN NULL;
    END;
  END IF;
  IF NOT dapat THEN
    INSERT INTO audit_tertunda (audit_id, rantai) SELECT unnest(p_ids), p_rantai;
    RETURN false;
  END IF;
  WITH lepas AS (DELETE FROM audit_tertunda WHERE rantai = p_rantai RETURNING audit_id)
  SELECT array_agg(id) INTO ids FROM (SELECT audit_id AS id FROM lepas UNION SELECT unnest(p_ids)) AS semua;
  IF ids IS NULL THEN RETURN true; END IF;
  SELECT nomor, hash INTO akhir, sidik FROM audit_kepala WHERE rantai = p_rantai;
  akhir := coalesce(akhir, 0);
  sidik := coalesce(sidik, sha256(convert_to('petajabatan audit ' || p_rantai, 'UTF8')));
  WITH urut AS (
    SELECT a.id, akhir + row_number() OVER (ORDER BY a.id) AS nomor
    FROM unnest(ids) AS x (id) JOIN audit a ON a.id = x.id
  ), tulis AS (
    INSERT INTO audit_rantai (rantai, nomor, audit_id, hash)
    SELECT p_rantai, u.nomor, u.id, rantai_hash(sidik, audit_bait(p_rantai, u.nomor, a)) OVER (ORDER BY u.nomor)
    FROM urut u JOIN audit a ON a.id = u.id
    RETURNING nomor, hash
  )
  INSERT INTO audit_kepala AS k (rantai, nomor, hash, pada)
  SELECT p_rantai, nomor, hash, clock_timestamp() FROM tulis ORDER BY nomor DESC LIMIT 1
  ON CONFLICT (rantai) DO UPDATE SET nomor = excluded.nomor, hash = excluded.hash, pada = excluded.pada;
  RETURN true;
END $$;
REVOKE ALL ON FUNCTION segel_rantai(int, bigint[], boolean) FROM PUBLIC;

-- Fires at commit for each record; the first of a transaction seals all of them, chain by chain in ascending
-- order. After one busy chain it waits for no other: no transaction waits longer than half a second, which is
-- below deadlock_timeout, so that chains cannot deadlock in whatever order anybody takes them.
CREATE FUNCTION segel_transaksi() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE r record; tunggu boolean := true;
BEGIN
  IF EXISTS (SELECT FROM audit_rantai WHERE audit_id = NEW.id)
    OR EXISTS (SELECT FROM audit_tertunda WHERE audit_id = NEW.id) THEN RETURN NULL; END IF;
  FOR r IN
    SELECT coalesce(a.instansi_id, 0) AS rantai, array_agg(a.id) AS ids FROM audit a
    WHERE a.id >= NEW.id AND (a.transaksi = pg_current_xact_id() OR a.id = NEW.id)
      AND NOT EXISTS (SELECT FROM audit_rantai s WHERE s.audit_id = a.id)
      AND NOT EXISTS (SELECT FROM audit_tertunda s WHERE s.audit_id = a.id)
    GROUP BY 1 ORDER BY 1
  LOOP
    tunggu := segel_rantai(r.rantai, r.ids, tunggu) AND tunggu;
  END LOOP;
  RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER z_segel AFTER INSERT ON audit DEFERRABLE INITIALLY DEFERRED
  FOR EACH ROW EXECUTE FUNCTION segel_transaksi();

-- Seal what was left over; the worker calls it. Returns how many records still wait.
CREATE FUNCTION segel_tertunda() RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE r int;
BEGIN
  FOR r IN SELECT DISTINCT rantai FROM audit_tertunda ORDER BY 1 LOOP
    PERFORM segel_rantai(r, '{}', false);
  END LOOP;
  RETURN (SELECT count(*) FROM audit_tertunda);
END $$;
REVOKE ALL ON FUNCTION segel_tertunda() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION segel_tertunda() TO petajabatan_nasional;

CREATE TRIGGER rantai_tetap BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_rantai
  FOR EACH STATEMENT EXECUTE FUNCTION tolak_perubahan();
CREATE TRIGGER kepala_tetap BEFORE DELETE OR TRUNCATE ON audit_kepala
  FOR EACH STATEMENT EXECUTE FUNCTION tolak_perubahan();
CREATE FUNCTION kepala_maju() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.rantai <> OLD.rantai OR NEW.nomor <= OLD.nomor THEN
    RAISE EXCEPTION 'kepala rantai audit hanya maju' USING ERRCODE = '42501';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER kepala_maju BEFORE UPDATE ON audit_kepala FOR EACH ROW EXECUTE FUNCTION kepala_maju();

-- What was recorded before there was a chain.
SELECT segel_rantai(rantai, ids, true) FROM (
  SELECT coalesce(instansi_id, 0) AS rantai, array_agg(id) AS ids FROM audit GROUP BY 1 ORDER BY 1) AS lama;
