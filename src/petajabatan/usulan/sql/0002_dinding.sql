-- Which units a subtree scope names; an usulan bound to one of them (cabang_id) is visible to it.
CREATE FUNCTION cakupan_cabang() RETURNS bigint[]
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE b text[] := cakupan_bagian();
BEGIN
  IF b IS NULL OR b[5] = '' THEN RETURN '{}'; END IF;
  RETURN string_to_array(b[5], ',')::bigint[];
END $$;

-- Where a touched object hangs on each side, so that a page finds what belongs under a unit by index.
ALTER TABLE usulan_unor
  ADD COLUMN atasan_lama bigint GENERATED ALWAYS AS ((sebelum->>'atasan_id')::bigint) STORED,
  ADD COLUMN atasan_baru bigint GENERATED ALWAYS AS ((sesudah->>'atasan_id')::bigint) STORED;
ALTER TABLE usulan_posisi
  ADD COLUMN unor_lama bigint GENERATED ALWAYS AS ((sebelum->>'unor_id')::bigint) STORED,
  ADD COLUMN unor_baru bigint GENERATED ALWAYS AS ((sesudah->>'unor_id')::bigint) STORED;
CREATE INDEX usulan_unor_baru ON usulan_unor (usulan_id, atasan_baru);
CREATE INDEX usulan_unor_lama ON usulan_unor (usulan_id, atasan_lama);
CREATE INDEX usulan_posisi_baru ON usulan_posisi (usulan_id, unor_baru);
CREATE INDEX usulan_posisi_lama ON usulan_posisi (usulan_id, unor_lama);

-- Operations are added while the usulan is a draft, and only their mark of being undone changes later. What the
-- program itself adds when it brings a signed draft onto a newer version ("selaras") is allowed until the end.
CREATE FUNCTION usulan_operasi_tambah() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  IF EXISTS (
    SELECT FROM baru b JOIN usulan u ON u.id = b.usulan_id
    WHERE u.instansi_id <> b.instansi_id
      OR (b.jenis = 'selaras' AND u.status IN ('ditetapkan', 'ditolak', 'dibatalkan'))
      OR (b.jenis <> 'selaras' AND u.status NOT IN ('draf', 'perbaikan'))
  ) THEN
    RAISE EXCEPTION 'operasi hanya ditambahkan pada draf' USING ERRCODE = '42501';
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER operasi_tambah AFTER INSERT ON usulan_operasi REFERENCING NEW TABLE AS baru
  FOR EACH STATEMENT EXECUTE FUNCTION usulan_operasi_tambah();

CREATE FUNCTION usulan_operasi_tetap() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF to_jsonb(OLD) - 'aktif' <> to_jsonb(NEW) - 'aktif' THEN
    RAISE EXCEPTION 'operasi usulan tidak diubah; urungkan dengan operasi baru' USING ERRCODE = '42501';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER operasi_tetap BEFORE UPDATE ON usulan_operasi
  FOR EACH ROW EXECUTE FUNCTION usulan_operasi_tetap();

-- The ways an usulan may go (usulan.rules.alur). An usulan keeps its instansi for life.
CREATE FUNCTION usulan_alur() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.instansi_id <> OLD.instansi_id THEN
    RAISE EXCEPTION 'instansi usulan tidak diubah' USING ERRCODE = '42501';
  END IF;
  IF NEW.status <> OLD.status AND NOT (OLD.status || '>' || NEW.status) = ANY (ARRAY[
    'draf>menunggu_persetujuan', 'draf>dibatalkan', 'menunggu_persetujuan>draf', 'menunggu_persetujuan>diajukan',
    'menunggu_persetujuan>dibatalkan', 'diajukan>draf', 'diajukan>diverifikasi', 'diverifikasi>diajukan',
    'diverifikasi>perbaikan', 'diverifikasi>disetujui', 'diverifikasi>ditolak', 'perbaikan>menunggu_persetujuan',
    'perbaikan>dibatalkan', 'disetujui>perbaikan', 'disetujui>ditetapkan', 'disetujui>dibatalkan'
  ]) THEN
    RAISE EXCEPTION 'usulan tidak beralih dari % ke %', OLD.status, NEW.status
      USING ERRCODE = '23514', CONSTRAINT = 'usulan_alur';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER usulan_alur BEFORE UPDATE ON usulan FOR EACH ROW EXECUTE FUNCTION usulan_alur();

-- How many people hold a seat of these boxes, or sit on these units without a box, now or later: counts only,
-- because checks of a draft need them where the person drafting may not read names.
CREATE FUNCTION orang_pada_posisi(p_posisi bigint[]) RETURNS TABLE (posisi_id bigint, n int)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT r.posisi_id, count(DISTINCT r.pegawai_id)::int FROM riwayat_jabatan r
  WHERE r.posisi_id = ANY (p_posisi) AND r.jenis IN ('D', 'TT', 'PLT', 'PLH', 'PJ')
    AND coalesce(upper(r.masa) > (now() AT TIME ZONE 'Asia/Jakarta')::date, true)
  GROUP BY r.posisi_id
$$;
CREATE FUNCTION orang_tanpa_posisi(p_instansi int, p_unor bigint[]) RETURNS TABLE (unor_id bigint, n int)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT r.unor_id, count(DISTINCT r.pegawai_id)::int FROM riwayat_jabatan r
  WHERE r.instansi_id = p_instansi AND r.unor_id = ANY (p_unor) AND r.posisi_id IS NULL
    AND r.jenis IN ('D', 'TT', 'PLT', 'PLH', 'PJ')
    AND coalesce(upper(r.masa) > (now() AT TIME ZONE 'Asia/Jakarta')::date, true)
  GROUP BY r.unor_id
$$;
REVOKE ALL ON FUNCTION orang_pada_posisi(bigint[]), orang_tanpa_posisi(int, bigint[]) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION orang_pada_posisi(bigint[]), orang_tanpa_posisi(int, bigint[])
  TO petajabatan_instansi, petajabatan_nasional, petajabatan_terbatas;

-- Units of the partners of a bundle that may be named as successors: on their published map and not removed by
-- their draft, or added by it. Asked by one of the sides (or the nation), never by others.
CREATE FUNCTION unor_lintas(p_lintas bigint, p_unor bigint[]) RETURNS SETOF bigint
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  WITH pihak AS (
    SELECT u.id, u.instansi_id FROM usulan u WHERE u.lintas_id = p_lintas AND u.status <> 'dibatalkan'
      AND ((SELECT cakupan_nasional()) OR EXISTS (
        SELECT FROM usulan s WHERE s.lintas_id = p_lintas AND s.instansi_id = ANY ((SELECT cakupan_draf())::int[])))
  )
  SELECT k.unor_id FROM pihak p JOIN unor_kini k ON k.instansi_id = p.instansi_id
  WHERE k.unor_id = ANY (p_unor) AND NOT EXISTS (
    SELECT FROM usulan_unor o WHERE o.usulan_id = p.id AND o.unor_id = k.unor_id AND o.sesudah IS NULL)
  UNION
  SELECT o.unor_id FROM pihak p JOIN usulan_unor o ON o.usulan_id = p.id
  WHERE o.unor_id = ANY (p_unor) AND o.sesudah IS NOT NULL
$$;
REVOKE ALL ON FUNCTION unor_lintas(bigint, bigint[]) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION unor_lintas(bigint, bigint[]) TO petajabatan_instansi, petajabatan_nasional;
