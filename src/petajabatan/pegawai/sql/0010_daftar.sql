-- The list of people of an instansi: in the order of names without a look at the rows, filtered by what stands in the
-- index; and the few definitive seats that have no box.
DROP INDEX pegawai_nama_urut;
CREATE INDEX pegawai_nama_urut ON pegawai (instansi_id, nama_urut, id) INCLUDE (jenis, golongan, kedudukan_hukum);
CREATE INDEX riwayat_tanpa_kotak ON riwayat_jabatan (instansi_id, pegawai_id) INCLUDE (masa, unor_id)
  WHERE jenis = 'D' AND posisi_id IS NULL;
