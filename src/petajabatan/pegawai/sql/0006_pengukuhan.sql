-- The business date inside the database: the calendar day in Jakarta plus the offset of the demo's clock, as
-- inti.jam.today() has it. In production there is no offset.
CREATE FUNCTION hari_bisnis() RETURNS date
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT (now() AT TIME ZONE 'Asia/Jakarta')::date + coalesce((SELECT geser_hari FROM jam_bisnis WHERE id = 1), 0)
$$;

-- Who has been confirmed in another instansi belongs to it from the day the version begins. Both sides saw the
-- move as pending; neither may write the other's people, so the database does what the confirmed list says.
CREATE FUNCTION tuntaskan_pindah() RETURNS int
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE n int := 0; i int; p record;
BEGIN
  FOR p IN
    SELECT DISTINCT t.id, t.pegawai_id, t.instansi_asal_id AS asal, t.instansi_tujuan_id AS tujuan
    FROM pindah_tertunda t
    JOIN pengukuhan k ON k.pegawai_id = t.pegawai_id AND k.instansi_id = t.instansi_asal_id
      AND k.instansi_baru_id = t.instansi_tujuan_id
    WHERE t.selesai IS NULL AND k.status = 'dikukuhkan' AND k.jenis = 'D' AND k.berlaku <= hari_bisnis()
    ORDER BY t.id
  LOOP
    UPDATE pegawai SET instansi_id = p.tujuan, diperbarui = now() WHERE id = p.pegawai_id AND instansi_id = p.asal;
    UPDATE pindah_tertunda SET selesai = now() WHERE id = p.id;
    FOREACH i IN ARRAY ARRAY[p.asal, p.tujuan] LOOP
      UPDATE ringkasan_instansi r SET n_pegawai = (SELECT count(*) FROM pegawai WHERE instansi_id = i)
      WHERE r.instansi_id = i;
    END LOOP;
    n := n + 1;
  END LOOP;
  RETURN n;
END $$;
REVOKE ALL ON FUNCTION hari_bisnis() FROM PUBLIC;
REVOKE ALL ON FUNCTION tuntaskan_pindah() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION hari_bisnis() TO petajabatan_instansi, petajabatan_nasional, petajabatan_terbatas;
GRANT EXECUTE ON FUNCTION tuntaskan_pindah() TO petajabatan_instansi, petajabatan_nasional;
