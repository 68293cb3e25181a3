-- Progress and heartbeat of a job, written beside the job's own open transaction by a connection that has opened
-- no scope; hence the owner's rights. NULL arguments leave their column alone. Returns whether to cancel.
CREATE FUNCTION lapor_kemajuan(p_id uuid, p_selesai bigint, p_total bigint, p_tahap text) RETURNS boolean
LANGUAGE sql SECURITY DEFINER SET search_path = public, pg_temp AS $$
  UPDATE pekerjaan SET detak = now(), selesai_n = coalesce(p_selesai, selesai_n),
    total_n = CASE WHEN p_selesai IS NULL THEN total_n ELSE p_total END,
    tahap = left(coalesce(p_tahap, tahap), 120)
  WHERE id = p_id AND status = 'berjalan' RETURNING batal_diminta
$$;
REVOKE ALL ON FUNCTION lapor_kemajuan(uuid, bigint, bigint, text) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION lapor_kemajuan(uuid, bigint, bigint, text)
  TO petajabatan_web, petajabatan_instansi, petajabatan_nasional, petajabatan_terbatas;

-- A job runs with its owner's scope, so nobody may file one in another's name or without an owner (the
-- installation's own jobs have none); nor change owner, kind or input of one that is filed.
CREATE FUNCTION pekerjaan_atas_nama_sendiri() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
  IF TG_OP = 'UPDATE' THEN
    IF (NEW.id, NEW.jenis, NEW.masukan) IS DISTINCT FROM (OLD.id, OLD.jenis, OLD.masukan)
      OR NEW.pemilik_id IS DISTINCT FROM OLD.pemilik_id OR NEW.instansi_id IS DISTINCT FROM OLD.instansi_id
      OR NEW.berkas_masukan_id IS DISTINCT FROM OLD.berkas_masukan_id
      OR NEW.cakupan_token IS DISTINCT FROM OLD.cakupan_token THEN
      RAISE EXCEPTION 'pekerjaan yang sudah diajukan tidak diubah isinya' USING ERRCODE = '42501';
    END IF;
  ELSIF current_user IN ('petajabatan_web', 'petajabatan_instansi', 'petajabatan_nasional', 'petajabatan_terbatas')
    AND NEW.pemilik_id IS DISTINCT FROM cakupan_aktor() THEN
    RAISE EXCEPTION 'pekerjaan hanya diajukan atas nama sendiri' USING ERRCODE = '42501';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER pekerjaan_atas_nama_sendiri BEFORE INSERT OR UPDATE ON pekerjaan
  FOR EACH ROW EXECUTE FUNCTION pekerjaan_atas_nama_sendiri();
