// One section: its form, saved by itself while one types. What the server has not acknowledged is kept in this browser
// (localStorage), sent again after a lost connection or a reload, and never overwritten by an answer.
import { type Bidang, bidang } from "./isian.ts";
import {
  type Bentuk, type Data, type Isi, type Jawaban, type Keadaan, type Temuan, type Tolakan, buat, kata, token,
} from "./jenis.ts";

export type Simpan = "tersimpan" | "menunggu" | "menyimpan" | "putus" | "sesi" | "tolak" | "bentrok" | "dilarang";
const JEDA = 1200;
interface Simpanan {
  isi: Isi;
  kunci: string;
  revisi: number;
}

export class Bagian {
  keadaan: Simpan = "tersimpan";
  pada = "";
  private bidang: Bidang[] = [];
  private revisi: number;
  private kunci = "";
  private timer = 0;
  private jeda = 0;
  private berjalan = false;
  private lagi = false;
  private catatan = buat("div", "ij-catatan");
  private bentrok = buat("div", "ij-bentrok");
  private gudang: string;

  constructor(
    readonly akar: HTMLElement, readonly bentuk: Bentuk, private data: Data,
    private on: { keadaan(): void; jawaban(bagian: Bagian, jawaban: Jawaban): void },
  ) {
    this.gudang = `infojab:${data.usulan}:${data.infojab}:${bentuk.kode}`;
    this.revisi = data.revisi;
    const isi = data.isi[bentuk.kode] ?? {};
    const form = buat("div", "ij-form");
    for (const isian of bentuk.isian) {
      const one = bidang(isian, data, isi[isian.kode], bentuk.isian.length === 1);
      this.bidang.push(one);
      form.append(one.akar);
    }
    this.bentrok.hidden = true;
    this.akar.querySelector("[data-isi]")!.replaceChildren(this.bentrok, form, this.catatan);
    form.addEventListener("input", () => this.diubah(JEDA));
    form.addEventListener("change", () => this.diubah(250));
    form.addEventListener("focusout", (event) => {
      if (this.keadaan === "menunggu" && !form.contains(event.relatedTarget as Node | null)) this.segera();
    });
    this.tulisCatatan(data.keadaan[bentuk.kode]!);
    this.pulihkan();
  }

  get kode(): string {
    return this.bentuk.kode;
  }
  /** Whether something is not yet acknowledged. */
  get tertunda(): boolean {
    return this.keadaan !== "tersimpan";
  }
  nilai(): Isi {
    const made: Record<string, unknown> = {};
    for (const one of this.bidang) {
      const value = one.nilai();
      if (value !== "" && !(Array.isArray(value) && !value.length)) made[one.isian.kode] = value;
    }
    return Object.keys(made).length ? made : null;
  }
  tambah(isian: string, nilai: unknown): void {
    this.bidang.find((one) => one.isian.kode === isian)?.tambah(nilai);
    this.diubah(100);
  }
  private isikan(isi: Isi): void {
    for (const one of this.bidang) one.isi(isi?.[one.isian.kode]);
  }

  private pulihkan(): void {
    const kept = this.bacaGudang();
    if (!kept) return;
    if (JSON.stringify(kept.isi) === JSON.stringify(this.nilai())) return this.hapusGudang();
    this.isikan(kept.isi);
    this.kunci = kept.kunci;
    this.revisi = Math.min(kept.revisi, this.revisi);
    this.beritahu(kata("pulih"));
    this.set("menunggu");
    this.timer = window.setTimeout(() => void this.kirim(), 300);
  }
  private bacaGudang(): Simpanan | null {
    try {
      return JSON.parse(localStorage.getItem(this.gudang) ?? "null") as Simpanan | null;
    } catch {
      return null;
    }
  }
  private hapusGudang(): void {
    try {
      localStorage.removeItem(this.gudang);
    } catch {
      // Nothing to remove where nothing can be stored.
    }
  }
  private titip(): void {
    const row: Simpanan = { isi: this.nilai(), kunci: this.kunci, revisi: this.revisi };
    try {
      localStorage.setItem(this.gudang, JSON.stringify(row));
    } catch {
      // A full or forbidden store only costs the copy; the text is still in the form.
    }
  }

  private diubah(jeda: number): void {
    this.kunci = crypto.randomUUID();
    this.titip();
    if (this.keadaan === "bentrok" || this.keadaan === "dilarang") return;
    this.jeda = 0;
    if (this.berjalan) this.lagi = true;
    this.set("menunggu");
    clearTimeout(this.timer);
    this.timer = window.setTimeout(() => void this.kirim(), jeda);
  }
  /** Send now what waits. */
  segera(): void {
    if (this.keadaan !== "menunggu" && this.keadaan !== "putus" && this.keadaan !== "sesi") return;
    clearTimeout(this.timer);
    void this.kirim();
  }

  private set(keadaan: Simpan): void {
    this.keadaan = keadaan;
    const note = this.akar.querySelector<HTMLElement>("[data-simpan]")!;
    note.textContent = keadaan === "tersimpan" ? (this.pada ? `✓ ${kata("tersimpan")} ${this.pada}` : "")
      : keadaan === "menunggu" ? kata("menunggu") : keadaan === "menyimpan" ? kata("menyimpan") : kata(keadaan);
    note.dataset.rupa = keadaan;
    this.on.keadaan();
  }

  private nanti(keadaan: "putus" | "sesi"): void {
    this.jeda = Math.min(15000, this.jeda ? this.jeda * 2 : 1500);
    this.set(keadaan);
    clearTimeout(this.timer);
    this.timer = window.setTimeout(() => void this.kirim(), this.jeda);
  }

  private async kirim(): Promise<void> {
    if (this.berjalan) {
      this.lagi = true;
      return;
    }
    this.berjalan = true;
    this.lagi = false;
    if (this.keadaan === "menunggu") this.set("menyimpan");
    const kunci = this.kunci;
    try {
      const response = await fetch(this.akar.dataset.url!, {
        method: "POST",
        headers: { "Content-Type": "application/json", "X-CSRFToken": token, Accept: "application/json" },
        body: JSON.stringify({ isi: this.nilai(), kunci, revisi: this.revisi, posisi: this.data.posisi }),
      });
      if (response.status === 401 || response.redirected) this.nanti("sesi");
      else if (response.status >= 500 || response.status === 429) this.nanti("putus");
      else if (response.ok) this.diterima((await response.json()) as Jawaban, kunci);
      else this.ditolak(response.status, (await response.json().catch(() => ({ temuan: [] }))) as Tolakan);
    } catch {
      this.nanti("putus");
    } finally {
      this.berjalan = false;
    }
    // Typed while it was under way: what was sent is not what stands here.
    if (this.lagi && (this.keadaan === "menunggu" || this.keadaan === "tersimpan")) {
      this.set("menunggu");
      clearTimeout(this.timer);
      this.timer = window.setTimeout(() => void this.kirim(), JEDA);
    }
  }

  private diterima(jawaban: Jawaban, kunci: string): void {
    this.revisi = jawaban.revisi;
    this.pada = jawaban.pada;
    this.jeda = 0;
    for (const one of this.bidang) one.tandai([]);
    if (kunci === this.kunci) {
      this.hapusGudang();
      this.set("tersimpan");
    } else {
      this.titip();
      this.lagi = true;
    }
    this.tulisCatatan(jawaban.keadaan, jawaban.pesan);
    this.on.jawaban(this, jawaban);
  }

  private ditolak(status: number, tolakan: Tolakan): void {
    const found = tolakan.temuan;
    if (status === 409 && found.some((t) => t.kode === "objek-sudah-berubah")) return this.tanyakan(tolakan);
    for (const one of this.bidang) one.tandai(found.filter((t) => t.kolom.split(".")[0] === one.isian.kode));
    const known = new Set(this.bidang.map((one) => one.isian.kode));
    const rest = found.filter((t) => !known.has(t.kolom.split(".")[0]!));
    if (rest.length) this.beritahu(rest.map((t) => `${t.kalimat} ${t.perbaikan}`).join(" "));
    this.set(status === 422 || status === 400 ? "tolak" : "dilarang");
  }

  /** Somebody else wrote this section since: both texts are there, a person decides. The focus stays where it is:
   * who is typing elsewhere must not press a button that has just appeared. */
  private tanyakan(tolakan: Tolakan): void {
    const ulang = (isi: Isi | undefined): void => {
      this.bentrok.hidden = true;
      this.bentrok.replaceChildren();
      this.revisi = tolakan.revisi ?? this.revisi;
      this.kunci = crypto.randomUUID();
      if (isi !== undefined) {
        this.isikan(isi);
        this.hapusGudang();
        this.set("tersimpan");
      } else {
        this.titip();
        this.set("menunggu");
        void this.kirim();
      }
    };
    const tombol = (teks: string, kerja: () => void): HTMLButtonElement => {
      const button = buat("button", "btn btn-sm", teks);
      button.type = "button";
      button.addEventListener("click", kerja);
      return button;
    };
    const beda = buat("div");
    // Rendered by our own server from escaped text.
    beda.innerHTML = tolakan.beda ?? "";
    this.bentrok.setAttribute("role", "alert");
    this.bentrok.replaceChildren(
      buat("p", "mb-1", tolakan.temuan.map((t) => t.kalimat).join(" ")), beda,
      tombol(kata("punyaku"), () => ulang(undefined)), tombol(kata("punyadia"), () => ulang(tolakan.isi ?? null)),
    );
    this.bentrok.hidden = false;
    this.set("bentrok");
  }

  private beritahu(kalimat: string): void {
    const note = buat("p", "ij-pesan", kalimat);
    note.setAttribute("role", "status");
    this.catatan.prepend(note);
  }

  private tulisCatatan(keadaan: Keadaan, pesan: Temuan[] = []): void {
    this.catatan.replaceChildren();
    for (const t of pesan) this.beritahu(`${t.kalimat} ${t.perbaikan}`);
    if (keadaan.pola) {
      const list = buat("dl", "ij-pola");
      for (const nama of ["apa", "bagaimana", "mengapa"] as const) {
        list.append(buat("dt", "", kata(nama)), buat("dd", keadaan.pola[nama] ? "" : "redup", keadaan.pola[nama] || kata("belum")));
      }
      this.catatan.append(list);
    }
    const rows = [...keadaan.bantuan, ...keadaan.temuan];
    if (!rows.length) return;
    const list = buat("ul", "ij-bantuan");
    for (const t of rows) {
      const item = buat("li", `ij-${t.tingkat}`, t.kalimat);
      item.append(" ", buat("span", "redup", t.perbaikan));
      list.append(item);
    }
    this.catatan.append(list);
  }
}
