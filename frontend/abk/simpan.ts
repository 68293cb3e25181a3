// Autosave: one sheet at a time on its way, each with a key of its own; what has not arrived is tried again and
// survives a reload (localStorage).
import type { Jawaban, Server } from "./server.ts";
import type { BarisIsi, Hasil, Isi, Temuan } from "./tipe.ts";

export type Keadaan = "diam" | "menunggu" | "mengirim" | "putus" | "sesi" | "ditolak" | "bentrok";
interface Tersimpan {
  revisi: number;
  berubah: boolean;
  hasil: Hasil;
}
interface Tertunda {
  kunci: string;
  isi: string;
  nomor: number;
}
export interface Simpanan {
  isi: Isi;
  satuan: string;
  revisi: number;
  tertunda: Tertunda | null;
}
const DIAM = 900;

export class Penyimpan {
  keadaan: Keadaan = "diam";
  alasan = "";
  private kotor = false;
  private berjalan = false;
  private timer = 0;
  private jeda = 0;
  /** A request that was not answered is repeated as it was, so that it is carried out once. */
  private tertunda: Tertunda | null = null;
  private nomor = 0;

  constructor(
    private server: Server, private gudang: string, public revisi: number,
    private on: {
      isi(): Isi & { satuan_waktu: string };
      keadaan(): void;
      tersimpan(hasil: Hasil, baris: BarisIsi[]): void;
      bentrok(temuan: Temuan[]): void;
    },
  ) {
    addEventListener("online", () => this.lagi());
    addEventListener("focus", () => this.lagi());
    addEventListener("beforeunload", (event) => {
      if (this.kotor || this.berjalan) event.preventDefault();
    });
    document.addEventListener("visibilitychange", () => {
      if (document.visibilityState === "hidden" && this.kotor) void this.kirim();
    });
  }

  get adaPerubahan(): boolean {
    return this.kotor || this.berjalan;
  }

  simpanan(): Simpanan | null {
    try {
      return JSON.parse(localStorage.getItem(this.gudang) ?? "null") as Simpanan | null;
    } catch {
      return null;
    }
  }

  lupakan(): void {
    localStorage.removeItem(this.gudang);
  }

  private salin(tempat = this.gudang): void {
    const { satuan_waktu, ...isi } = this.on.isi();
    const copy: Simpanan = { isi, satuan: satuan_waktu, revisi: this.revisi, tertunda: this.tertunda };
    try {
      localStorage.setItem(tempat, JSON.stringify(copy));
    } catch {
      // A full or forbidden store only costs the copy.
    }
  }

  /** What an earlier visit could not hand over; a request that was not answered then goes first. */
  lanjutkan(dulu: Simpanan): void {
    this.revisi = dulu.revisi;
    this.tertunda = dulu.tertunda && { ...dulu.tertunda, nomor: 0 };
    this.ubah();
  }

  /** Something was typed: keep a copy here at once, send it after a moment of rest. */
  ubah(segera = false): void {
    this.kotor = true;
    this.nomor++;
    this.salin();
    clearTimeout(this.timer);
    if (this.keadaan !== "putus" && this.keadaan !== "sesi") this.set("menunggu");
    this.timer = window.setTimeout(() => void this.kirim(), segera ? 0 : DIAM);
  }

  /** What was typed here and given up for what somebody else wrote; null: nothing. */
  tersisih(): Simpanan | null {
    try {
      return JSON.parse(localStorage.getItem(`${this.gudang}:tersisih`) ?? "null") as Simpanan | null;
    } catch {
      return null;
    }
  }

  lepaskan(): void {
    localStorage.removeItem(`${this.gudang}:tersisih`);
  }

  /** What was typed here makes room for what somebody else wrote; a copy stays in this browser. */
  buang(): void {
    this.salin(`${this.gudang}:tersisih`);
    this.kotor = false;
    this.tertunda = null;
    clearTimeout(this.timer);
    this.lupakan();
    this.set("diam");
  }

  /** Resolves when nothing is on its way any more. */
  async tuntas(): Promise<boolean> {
    clearTimeout(this.timer);
    if (this.kotor) await this.kirim();
    return !this.kotor && !this.berjalan;
  }

  private set(keadaan: Keadaan, alasan = ""): void {
    this.keadaan = keadaan;
    this.alasan = alasan;
    this.on.keadaan();
  }

  private lagi(): void {
    if (this.kotor && (this.keadaan === "putus" || this.keadaan === "sesi")) {
      clearTimeout(this.timer);
      void this.kirim();
    }
  }

  private nanti(keadaan: Keadaan): void {
    this.kotor = true;
    this.set(keadaan);
    this.jeda = Math.min(15000, this.jeda ? this.jeda * 2 : 1500);
    clearTimeout(this.timer);
    this.timer = window.setTimeout(() => void this.kirim(), this.jeda);
  }

  async kirim(): Promise<void> {
    if (this.berjalan || !this.kotor) return;
    this.berjalan = true;
    this.kotor = false;
    this.set("mengirim");
    this.tertunda ??= { kunci: crypto.randomUUID(), isi: JSON.stringify(this.on.isi()), nomor: this.nomor };
    const kini = this.tertunda;
    this.salin();
    let jawaban: Jawaban<Tersimpan> | null = null;
    try {
      const isi = JSON.parse(kini.isi) as object;
      jawaban = await this.server.kirim<Tersimpan>("simpan", { ...isi, kunci: kini.kunci, revisi: this.revisi });
    } catch {
      jawaban = null;
    }
    this.berjalan = false;
    if (jawaban === null) return this.nanti("putus");
    if (!jawaban.baik && jawaban.status === 401) return this.nanti("sesi");
    this.jeda = 0;
    this.tertunda = null;
    if (jawaban.baik) {
      this.revisi = Math.max(this.revisi, jawaban.isi.revisi);
      if (kini.nomor === this.nomor) {
        this.kotor = false;
        this.lupakan();
        this.set("diam");
        this.on.tersimpan(jawaban.isi.hasil, (JSON.parse(kini.isi) as Isi).baris);
      } else {
        this.kotor = true;
        this.salin();
        this.set("menunggu");
        clearTimeout(this.timer);
        this.timer = window.setTimeout(() => void this.kirim(), DIAM);
      }
      return;
    }
    if (jawaban.status === 409) {
      this.kotor = true;
      this.set("bentrok");
      this.on.bentrok(jawaban.temuan);
    } else {
      // The content was refused: it stays here, and is sent again with the next change.
      this.set("ditolak", jawaban.temuan[0]?.kalimat ?? String(jawaban.status));
    }
  }
}
