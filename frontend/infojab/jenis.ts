// What the page hands over and the server answers.
export interface Kolom {
  kode: string;
  nama: string;
  dari_abk: boolean;
}
export interface Isian {
  kode: string;
  nama: string;
  bentuk: "teks" | "daftar" | "tabel" | "kelas";
  wajib: boolean;
  boleh_strip: boolean;
  kolom: Kolom[];
  tambahan: string[];
  daftar_kode: string | null;
  acuan: string | null;
}
export interface Bentuk {
  kode: string;
  nomor: string;
  nama: string;
  saran: boolean;
  isian: Isian[];
}
export interface Temuan {
  kode: string;
  tingkat: string;
  kalimat: string;
  perbaikan: string;
  tempat: string;
  baris: number | null;
  kolom: string;
  nilai: string;
}
export interface Keadaan {
  wajib: number;
  terisi: number;
  temuan: Temuan[];
  bantuan: Temuan[];
  berubah: boolean;
  oleh: string;
  pola?: { apa: string; bagaimana: string; mengapa: string } | null;
}
export interface Beban {
  volume: string | null;
  waktu: string | null;
  kebutuhan: string | null;
}
export type Baris = Record<string, unknown>;
export type Isi = Record<string, unknown> | null;
export interface Data {
  usulan: number;
  infojab: number;
  posisi: number;
  revisi: number;
  dasar: string;
  acuan: string;
  bentuk: Bentuk[];
  kode: Record<string, { kode: string; nama: string; deskripsi: string }[]>;
  /** Levels of education: code and name. */
  tingkat: [string, string][];
  isi: Record<string, Isi>;
  keadaan: Record<string, Keadaan>;
  persen: number;
  beban: Record<string, Beban>;
  kepala: boolean;
}
export interface Jawaban {
  revisi: number;
  pada: string;
  isi: Isi;
  keadaan: Keadaan;
  pesan: Temuan[];
  persen: number;
  ringkas: string;
}
export interface Tolakan {
  temuan: Temuan[];
  isi?: Isi;
  revisi?: number;
  beda?: string;
}

export const root = document.getElementById("infojab")!;
/** A word of the page (data-kata-…), so that translations stay in templates. */
export const kata = (nama: string): string => root.dataset[`kata${nama[0]!.toUpperCase()}${nama.slice(1)}`] ?? nama;
export const token = document.querySelector<HTMLMetaElement>('meta[name="csrf-token"]')?.content ?? "";

export function buat<K extends keyof HTMLElementTagNameMap>(
  tag: K, kelas = "", teks = "",
): HTMLElementTagNameMap[K] {
  const element = document.createElement(tag);
  if (kelas) element.className = kelas;
  if (teks) element.textContent = teks;
  return element;
}

/** A number as the office writes it. */
export function angka(nilai: string | null | undefined): string {
  if (nilai === null || nilai === undefined || nilai === "") return "–";
  const [bulat = "", desimal] = nilai.split(".");
  const titik = bulat.replace(/\B(?=(\d{3})+(?!\d))/g, ".");
  return desimal ? `${titik},${desimal}` : titik;
}

let nomor = 0;
export const idBaru = (): string => `ij-${++nomor}`;
