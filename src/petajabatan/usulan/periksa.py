"""What must hold for usulan: content, signatures, decisions and the versions they became."""

from __future__ import annotations

from petajabatan.inti.periksa import Cek, Jaga

_AUDIT = ("audit_insert", "audit_update", "audit_delete")
_ISI = (
    "usulan_operasi", "usulan_unor", "usulan_posisi", "usulan_isian", "usulan_total", "usulan_temuan",
    "usulan_konflik",
)  # fmt: skip
_ALUR = ("usulan_riwayat", "usulan_persetujuan", "usulan_komentar", "usulan_dokumen", "usulan_keputusan")
JAGA = Jaga(
    pemicu={
        "usulan": ("tak_terhapus", "usulan_alur", *_AUDIT),
        "usulan_operasi": ("tak_terhapus", "operasi_tambah", "operasi_tetap", *_AUDIT),
        "usulan_riwayat": ("tak_terhapus", "riwayat_tetap"),
        "usulan_persetujuan": ("tak_terhapus", *_AUDIT),
        "usulan_keputusan": ("tak_terhapus", *_AUDIT),
    },
    tembok=("usulan", "usulan_lintas", "permohonan_otk", "permohonan_otk_tahap", *_ISI, *_ALUR),
)
_TERBUKA = "u.status NOT IN ('ditetapkan', 'ditolak', 'dibatalkan')"

CEK = [
    Cek(
        "usulan-tanpa-versi",
        "Usulan ditetapkan tanpa versi peta yang menyebutnya.",
        "Periksa catatan audit usulan itu; jangan mengubah versi peta dengan tangan.",
        "SELECT 'usulan ' || u.id, 'versi ' || coalesce(u.versi_terbit::text, '-') FROM usulan u"
        " LEFT JOIN peta_versi v ON v.instansi_id = u.instansi_id AND v.nomor = u.versi_terbit"
        "   AND v.usulan_id = u.id"
        " WHERE u.status = 'ditetapkan' AND v.nomor IS NULL",
    ),
    Cek(
        "usulan-tanpa-tanda-tangan",
        "Usulan ditetapkan tanpa persetujuan instansi dan BKN yang berlaku.",
        "Periksa catatan audit usulan itu.",
        "SELECT 'usulan ' || u.id, string_agg(p.pihak, ', ') FROM usulan u"
        " LEFT JOIN usulan_persetujuan p ON p.usulan_id = u.id AND p.gugur_pada IS NULL"
        " WHERE u.status = 'ditetapkan' GROUP BY u.id"
        " HAVING NOT coalesce(bool_or(p.pihak = 'instansi') AND bool_or(p.pihak = 'bkn'), false)",
    ),
    Cek(
        "keputusan-beda-hash",
        "Hash pada keputusan tidak sama dengan hash versi petanya.",
        "Bandingkan dengan dokumen yang sudah dicetak; cari perubahan dengan periksa audit.",
        "SELECT 'keputusan ' || k.nomor, k.hash_peta FROM usulan_keputusan k"
        " LEFT JOIN peta_versi v ON v.instansi_id = k.instansi_id AND v.nomor = k.versi"
        " WHERE v.hash IS DISTINCT FROM k.hash_peta",
    ),
    Cek(
        "draf-bukan-dari-operasinya",
        "Objek tersentuh tidak sama dengan hasil operasi terakhir atasnya.",
        "Batalkan usulan itu dan buat yang baru; laporkan nomornya.",
        # The last step on an object says what the draft says (not after a rebase, which writes no steps).
        f"""WITH langkah AS (
  SELECT o.usulan_id, o.nomor, p->>0 AS objek, (p->>1)::bigint AS id, nullif(p->4, 'null'::jsonb) AS sesudah
  FROM usulan u JOIN usulan_operasi o ON o.usulan_id = u.id, jsonb_array_elements(o.perubahan) p
  WHERE {_TERBUKA} AND NOT EXISTS (
    SELECT FROM usulan_operasi s WHERE s.usulan_id = u.id AND s.jenis = 'selaras')
), akhir AS (
  SELECT DISTINCT ON (usulan_id, objek, id) usulan_id, objek, id, sesudah FROM langkah
  ORDER BY usulan_id, objek, id, nomor DESC
), draf AS (
  SELECT usulan_id, 'unor' AS objek, unor_id AS id, sesudah FROM usulan_unor
  UNION ALL SELECT usulan_id, 'posisi', posisi_id, sesudah FROM usulan_posisi
  UNION ALL SELECT usulan_id, 'isian', isian_id, sesudah FROM usulan_isian
)
SELECT 'usulan ' || d.usulan_id || ', ' || d.objek || ' ' || d.id, coalesce(d.sesudah->>'nama', 'dihapus')
FROM draf d JOIN akhir a USING (usulan_id, objek, id) WHERE a.sesudah IS DISTINCT FROM d.sesudah""",
        penuh=True,
    ),
    Cek(
        "draf-unit-menggantung",
        "Draf menaruh unit di bawah unit yang tidak ada.",
        "Buka usulannya dan pindahkan unit itu, atau urungkan penghapusan atasannya.",
        f"""SELECT 'usulan ' || o.usulan_id || ', unor ' || o.unor_id, o.sesudah->>'nama'
FROM usulan u JOIN usulan_unor o ON o.usulan_id = u.id
LEFT JOIN usulan_unor a ON a.usulan_id = o.usulan_id AND a.unor_id = o.atasan_baru
LEFT JOIN unor_riwayat r ON r.unor_id = o.atasan_baru AND r.sejak <= u.dasar_versi
  AND r.hingga > u.dasar_versi
WHERE {_TERBUKA} AND o.sesudah IS NOT NULL AND o.atasan_baru IS NOT NULL
  AND CASE WHEN a.id IS NULL THEN r.unor_id IS NULL ELSE a.sesudah IS NULL END""",
    ),
]
