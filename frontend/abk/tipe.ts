// What the ABK page and the server say to each other. Figures are neutral texts ("1250.5"); what somebody typed for a
// figure stands in `mentah` until the server has read it.
export type Angka = "volume" | "norma";
export type Kolom = "uraian" | "satuan" | Angka | "pegawai" | "giliran";
export const ANGKA: readonly Angka[] = ["volume", "norma"];

export interface Temuan {
  kode: string;
  tingkat: "galat" | "peringatan" | "catatan";
  kalimat: string;
  perbaikan: string;
  baris: number | null;
  kolom: string;
  nilai: string;
}
export interface BarisIsi {
  uraian: string;
  satuan: string;
  pendekatan: string;
  volume: string | null;
  norma: string | null;
  pegawai: number | string;
  giliran: number | string;
  tugas?: number;
  mentah?: Partial<Record<Angka, string>>;
}
export interface BarisHasil extends BarisIsi {
  tampil: Record<Angka, string>;
  rumus: string;
  kebutuhan: string | null;
}
export interface Rekomendasi {
  k: number | string | null;
  pembina: string;
  metode: string;
  dokumen: string;
  tanggal: string;
  berkas: string;
}
export interface Isi {
  baris: BarisIsi[];
  waktu?: string;
  kebijakan?: string;
  dari?: string;
  rekomendasi?: Rekomendasi;
}
interface K {
  k_lembar: number | null;
  k: number | null;
  dari: string;
  b: number | null;
  selisih: number | null;
}
export interface Andai extends K {
  jumlah_tampil: string;
  baris: Record<Angka, string | null>[];
  kebutuhan: (string | null)[];
}
export interface Waktu {
  kode: string;
  nama: string;
  tampil: string;
  sumber: string;
  hingga: string | null;
}
export interface Kebijakan {
  kode: string;
  nama: string;
  sifat: string;
  sumber: string;
  tetap: number | null;
}
export interface Hasil extends K {
  baris: BarisHasil[];
  jumlah: string | null;
  jumlah_tampil: string;
  jumlah_sementara: string;
  waktu: Waktu;
  kebijakan: Kebijakan;
  temuan: Temuan[];
  andai?: Andai | null;
}
export interface Tempelan {
  kolom: Kolom[];
  baris: Partial<BarisIsi>[];
  judul: boolean;
  temuan: Temuan[];
}
export interface Sebaran {
  n: number;
  instansi: number;
  sebaran: Record<"q1" | "median" | "q3" | "batas_bawah" | "batas_atas", string> | null;
  temuan: Temuan[];
}
export interface Data {
  revisi: number;
  ubah: boolean;
  posisi: number;
  usulan: number;
  jenis: string;
  kepala: boolean;
  kPeta: number | null;
  jabatan: number | null;
  isi: Isi;
  hasil: Hasil;
  tugas: { id: number; uraian: string; satuan: string }[];
  waktu: Waktu[];
  kebijakan: Kebijakan[];
  pilihan: string;
  pendekatan: Record<string, { nama: string; rumus: string; volume: string; norma: string }>;
  teksMaks: number;
  dokumen: { id: string; nama: string; url: string } | null;
}
export type Teks = Record<string, string>;
/** A row on screen. `mentah` holds everything typed since the page was loaded, read or not. */
export interface Baris extends BarisIsi {
  mentah: Partial<Record<Angka, string>>;
  /** Long texts that the server would refuse; kept here, the last good text is sent instead. */
  panjang: Partial<Record<Kolom, string>>;
}
export const barisBaru = (isi: Partial<BarisIsi> = {}): Baris => ({
  uraian: "", satuan: "", pendekatan: "tugas", volume: null, norma: null, pegawai: 1, giliran: 1, ...isi,
  mentah: { ...isi.mentah }, panjang: {},
});
export const berisi = (baris: Baris): boolean =>
  Boolean(baris.uraian.trim() || baris.satuan.trim() || Object.keys(baris.panjang).length) ||
  ANGKA.some((nama) => baris[nama] !== null || baris.mentah[nama]?.trim());
