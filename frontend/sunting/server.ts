// What the editing page asks the server for, besides the parts of the map.
import type { Dokumen, TemuanRow } from "../peta/data.ts";
import type { Found } from "../peta/kombo.ts";
import { Server } from "../peta/server.ts";

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
export interface Jumlah {
  n_unor: number;
  n_posisi: number;
  k: number;
  b: number;
  selisih: number;
}
export interface Keadaan {
  revisi: number;
  nomor: number;
  pada: string;
  urung: string;
  bisaUrung: boolean;
  bisaUlang: boolean;
  bolehUbah: boolean;
  tertinggal: number;
  ringkasan: { akar?: number; sebelum?: Jumlah; sesudah?: Jumlah };
  hitung: { galat: number; peringatan: number; catatan: number; bawaan: number };
}
/** The answer to an edit. */
export interface Hasil extends Keadaan {
  id_baru: Record<string, number>;
  pesan: Temuan[];
  muat_ulang: boolean;
  dokumen?: Dokumen;
  disentuh?: ["unor" | "posisi", number][];
  anak?: [number, number[]][];
  temuan?: TemuanRow[];
  total?: [id: number, k: number, b: number, nPosisi: number, nUnor: number, ...rest: number[]][];
}
export interface Kabar {
  revisi: number;
  status: string;
  bolehUbah: boolean;
  tertinggal: number;
  lain: { oleh: string; ringkas: string; pada: string }[];
}
export type Operasi = Record<string, unknown> & { jenis: string };

export class DraftServer extends Server {
  hanya = false;
  readonly token = document.querySelector<HTMLMetaElement>('meta[name="csrf-token"]')?.content ?? "";

  override start(buka: string | null, kosong: boolean, pilih: string | null = null): Promise<Dokumen> {
    if (this.hanya) return this.get("awal", { hanya: "1" });
    return super.start(buka, kosong, pilih);
  }
  state(): Promise<Keadaan> {
    return this.get("keadaan", {});
  }
  /** For each unit how much changed inside it. */
  async changes(): Promise<[id: number, n: number][]> {
    return (await this.get<{ di_dalam: [number, number][] }>("perubahan", {})).di_dalam;
  }
  news(nomor: number): Promise<Kabar> {
    return this.get("kabar", { nomor: String(nomor) });
  }
  async find(q: string, params: Record<string, string>, signal: AbortSignal): Promise<Found[]> {
    return (await this.get<{ hasil: Found[] }>("cari", { q, ...params }, signal)).hasil;
  }
  async suggest(kotak: number[], penerus: number[]): Promise<{ kotak: number; id: number; nama: string }[]> {
    const answer = await this.get<{ saran: { kotak: number; id: number; nama: string }[] }>("saran", {
      kotak: kotak.join("."), penerus: penerus.join("."),
    });
    return answer.saran;
  }
  async html(url: string): Promise<string> {
    const response = await fetch(url, { headers: { "HX-Request": "true" } });
    if (!response.ok) throw new Error(String(response.status));
    return response.text();
  }
  /** `path` is relative to the usulan, not to its map. */
  post(path: string, body: unknown): Promise<Response> {
    return fetch(`${this.dasar.replace(/peta\/$/, "")}${path}`, {
      method: "POST",
      headers: { "Content-Type": "application/json", "X-CSRFToken": this.token, Accept: "application/json" },
      body: JSON.stringify(body),
    });
  }
}
