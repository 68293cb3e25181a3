-- Informasi jabatan of one jabatan in the whole nation, the newest first: suggestions while writing, comparisons.
CREATE INDEX posisi_jabatan_infojab ON posisi_riwayat (jabatan_id, infojab_id)
  WHERE infojab_id IS NOT NULL AND hingga = 2147483647;
