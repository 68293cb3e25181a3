// Edits on their way to the server: one after the other, each with a key of its own, so that one that is sent again
// after a lost connection is carried out once. What has not arrived survives a reload (localStorage).
import type { DraftServer, Hasil, Operasi, Temuan } from "./server.ts";

export interface Edit {
  jalan: "operasi" | "urung" | "ulang";
  kunci: string;
  isi: { operasi?: Operasi[]; dasar_hukum_id?: number; pasal?: string; alasan?: string };
}
export type Jawaban = { baik: true; hasil: Hasil } | { baik: false; status: number; temuan: Temuan[] };
export type KeadaanAntrean = "diam" | "mengirim" | "putus" | "sesi";

export class Antrean {
  private rows: { edit: Edit; selesai: (jawaban: Jawaban) => void }[] = [];
  private running = false;
  private timer = 0;
  private wait = 0;
  keadaan: KeadaanAntrean = "diam";
  /** The revision whose content the page shows. */
  revisi = 0;

  constructor(
    private server: DraftServer, private gudang: string, private pengguna: () => boolean,
    private on: { keadaan(): void; jawaban(edit: Edit, jawaban: Jawaban): Promise<void> },
  ) {
    addEventListener("online", () => this.again());
    addEventListener("focus", () => this.again());
    addEventListener("beforeunload", (event) => {
      if (this.rows.length) event.preventDefault();
    });
  }

  get banyak(): number {
    return this.rows.length;
  }

  /** Edits that an earlier visit could not hand over. */
  resume(): void {
    const kept = JSON.parse(localStorage.getItem(this.gudang) ?? "[]") as Edit[];
    for (const edit of kept) this.rows.push({ edit, selesai: () => {} });
    if (this.rows.length) void this.run();
  }

  add(jalan: Edit["jalan"], isi: Edit["isi"] = {}): Promise<Jawaban> {
    const kunci = crypto.randomUUID();
    return new Promise((selesai) => {
      this.rows.push({ edit: { jalan, kunci, isi }, selesai });
      this.keep();
      void this.run();
    });
  }

  private keep(): void {
    try {
      if (this.rows.length) localStorage.setItem(this.gudang, JSON.stringify(this.rows.map((row) => row.edit)));
      else localStorage.removeItem(this.gudang);
    } catch {
      // A full or forbidden store only costs the copy; the edits are still in memory.
    }
  }

  private set(keadaan: KeadaanAntrean): void {
    this.keadaan = keadaan;
    this.on.keadaan();
  }

  private again(): void {
    if (this.keadaan !== "putus" && this.keadaan !== "sesi") return;
    clearTimeout(this.timer);
    void this.run();
  }

  private later(keadaan: KeadaanAntrean): void {
    this.set(keadaan);
    this.wait = Math.min(15000, this.wait ? this.wait * 2 : 1500);
    clearTimeout(this.timer);
    this.timer = window.setTimeout(() => void this.run(), this.wait);
  }

  private async run(): Promise<void> {
    if (this.running) return;
    this.running = true;
    try {
      for (let first = this.rows[0]; first; first = this.rows[0]) {
        this.set(this.keadaan === "diam" ? "mengirim" : this.keadaan);
        const jawaban = await this.send(first.edit);
        if (jawaban === null) return;
        this.wait = 0;
        this.rows.shift();
        this.keep();
        await this.on.jawaban(first.edit, jawaban);
        first.selesai(jawaban);
      }
      this.set("diam");
    } finally {
      this.running = false;
    }
  }

  /** null: it could not be handed over; it stays first in the queue. */
  private async send(edit: Edit): Promise<Jawaban | null> {
    let response: Response;
    try {
      response = await this.server.post(edit.jalan, {
        ...edit.isi, kunci: edit.kunci, kosong: this.pengguna(), revisi: this.revisi,
      });
    } catch {
      this.later("putus");
      return null;
    }
    if (response.status === 401 || response.redirected) {
      this.later("sesi");
      return null;
    }
    if (response.status >= 500 || response.status === 429) {
      this.later("putus");
      return null;
    }
    try {
      const body = (await response.json()) as Hasil & { temuan?: Temuan[] };
      if (response.ok) return { baik: true, hasil: body };
      return { baik: false, status: response.status, temuan: body.temuan ?? [] };
    } catch {
      return { baik: false, status: response.status, temuan: [] };
    }
  }
}
