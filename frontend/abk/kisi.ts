// The grid: cells to type in, moving about by keys, pasting blocks. What a cell is worth the server says.
import { blok } from "./papan.ts";
import { ANGKA, barisBaru, berisi, type Angka, type Baris, type BarisIsi, type Data, type Hasil, type Kolom, type Teks } from "./tipe.ts";

const TEKS: readonly Kolom[] = ["uraian", "satuan"];
const isAngka = (kolom: Kolom): kolom is Angka => (ANGKA as readonly Kolom[]).includes(kolom);
export const isi = (kalimat: string, nilai: Record<string, string | number>): string =>
  kalimat.replace(/\{(\w+)\}/g, (_, nama: string) => String(nilai[nama] ?? ""));

/** Words to compare by, as the server does: case, spaces and the last stop do not matter. */
const kataDari = (text: string): string => text.toLowerCase().split(/\s+/).join(" ").trim().replace(/[.;, ]+$/, "");

export interface KisiHandlers {
  ubah(segera: boolean): void;
  tempel(teks: string, baris: number, kolom: Kolom): void;
}

export class Kisi {
  baris: Baris[] = [];
  private hasil: Hasil | null = null;
  private terbaca: BarisIsi[] = [];
  private badan: HTMLElement;

  constructor(root: HTMLElement, private data: Data, private teks: Teks, private on: KisiHandlers) {
    this.badan = root.querySelector<HTMLElement>("[data-badan]")!;
    if (data.ubah) {
      this.badan.addEventListener("input", (event) => this.masuk(event));
      this.badan.addEventListener("change", (event) => this.pilih(event));
      this.badan.addEventListener("keydown", (event) => this.tombol(event));
      this.badan.addEventListener("click", (event) => this.klik(event));
      this.badan.addEventListener("paste", (event) => this.lekat(event));
      this.badan.addEventListener("focusin", (event) => this.fokus(event));
      this.badan.addEventListener("focusout", (event) => this.lepas(event));
    }
  }

  muat(rows: BarisIsi[]): void {
    this.baris = rows.map((row) => barisBaru(row));
    this.gambar();
  }

  /** Rows with something in them, in the order the server numbers them. */
  terisi(): Baris[] {
    return this.baris.filter(berisi);
  }

  /** What is sent: of texts that are too long the last good one. */
  keluar(): BarisIsi[] {
    return this.terisi().map(({ panjang: _panjang, mentah, ...row }) => {
      const typed = Object.fromEntries(Object.entries(mentah).filter(([, text]) => text.trim()));
      return Object.keys(typed).length ? { ...row, mentah: typed } : row;
    });
  }

  /** Whether a row still says what its task says. */
  seperti(row: Baris): boolean {
    const task = this.data.tugas.find(({ id }) => id === row.tugas);
    return task !== undefined && kataDari(task.uraian) === kataDari(row.uraian);
  }

  /** Rows without a task get the one with the same words; a row without words waits for its own. */
  kaitkan(): void {
    const known = new Set(this.data.tugas.map(({ id }) => id));
    const used = new Set(this.terisi().map((row) => row.tugas));
    for (const row of this.terisi()) {
      if (row.tugas !== undefined && known.has(row.tugas)) continue;
      const same = this.data.tugas.filter((task) => kataDari(task.uraian) === kataDari(row.uraian));
      const task = same.find(({ id }) => !used.has(id)) ?? same[0];
      if (!task) continue;
      row.tugas = task.id;
      used.add(task.id);
    }
  }

  terlaluPanjang(): { baris: number; kolom: Kolom; panjang: number }[] {
    return this.terisi().flatMap((row, i) =>
      Object.entries(row.panjang).map(([kolom, text]) => ({ baris: i + 1, kolom: kolom as Kolom, panjang: text.length })),
    );
  }

  /** The figures typed so far become plain figures: before the unit that they were typed in changes. */
  bekukan(): void {
    const rows = this.terisi();
    this.hasil?.baris.forEach((read, i) => {
      const row = rows[i];
      if (!row) return;
      for (const nama of ANGKA)
        if (row.mentah[nama] !== undefined && read[nama] !== null && row.mentah[nama] === this.terbaca[i]?.mentah?.[nama]) {
          row[nama] = read[nama];
          delete row.mentah[nama];
        }
    });
  }

  /** Shows what the server made of the rows (`terbaca`: those it was sent); cells being typed in, and those that it
   * has not read as they are now, stay as they were typed. */
  pakai(hasil: Hasil, terbaca = this.terbaca): void {
    this.hasil = hasil;
    this.terbaca = terbaca;
    const found = new Map<string, string>();
    for (const t of hasil.temuan)
      if (t.baris !== null && t.kolom && t.tingkat !== "catatan")
        found.set(`${t.baris} ${t.kolom}`, t.tingkat === "galat" ? "galat" : (found.get(`${t.baris} ${t.kolom}`) ?? "peringatan"));
    let n = 0;
    this.baris.forEach((row, i) => {
      const line = this.badan.children[i] as HTMLElement | undefined;
      if (!line) return;
      const filled = berisi(row);
      if (filled) n++;
      const read = filled ? hasil.baris[n - 1] : undefined;
      const at = (nama: string): HTMLElement => line.querySelector<HTMLElement>(`[data-sel=${nama}]`)!;
      line.querySelector("[data-nomor]")!.textContent = filled ? String(n) : "";
      at("rumus").textContent = read?.rumus.replaceAll(" menit", "") ?? "";
      at("kebutuhan").textContent = read?.kebutuhan ?? (filled ? "–" : "");
      for (const input of line.querySelectorAll<HTMLInputElement>("[data-kolom]")) {
        const kolom = input.dataset.kolom as Kolom;
        const mark = filled ? found.get(`${n} ${kolom}`) : undefined;
        const long = row.panjang[kolom] !== undefined;
        input.classList.toggle("abk-galat", long || mark === "galat");
        input.classList.toggle("abk-peringatan", !long && mark === "peringatan");
        if (mark === "galat" || long) input.setAttribute("aria-invalid", "true");
        else input.removeAttribute("aria-invalid");
        if (!isAngka(kolom) || input === document.activeElement || long) continue;
        const typed = row.mentah[kolom];
        const known = read !== undefined && read[kolom] !== null &&
          (typed === undefined ? read[kolom] === row[kolom] : typed === this.terbaca[n - 1]?.mentah?.[kolom]);
        input.value = known ? read.tampil[kolom] : this.nilai(row, kolom);
        input.title = known && typed !== undefined ? typed : "";
      }
    });
  }

  /** Needs under other volumes and norms, beside those that hold. */
  andai(kebutuhan: (string | null)[] | null): void {
    let n = 0;
    this.baris.forEach((row, i) => {
      const cell = this.badan.children[i]?.querySelector<HTMLElement>("[data-andai-sel]");
      if (!cell) return;
      const value = berisi(row) ? kebutuhan?.[n++] : undefined;
      cell.textContent = value ? `→ ${value}` : "";
    });
  }

  tambah(rows: Partial<BarisIsi>[] = [{}], at = this.akhir()): void {
    this.baris.splice(at, 0, ...rows.map((row) => barisBaru(row)));
    this.gambar();
  }

  private akhir(): number {
    let at = this.baris.length;
    while (at > 0 && !berisi(this.baris[at - 1]!)) at--;
    return at;
  }

  gambar(): void {
    if (this.data.ubah && (!this.baris.length || berisi(this.baris[this.baris.length - 1]!))) this.baris.push(barisBaru());
    this.badan.replaceChildren(...this.baris.map((row, i) => this.tr(row, i)));
    if (this.hasil) this.pakai(this.hasil);
  }

  private tr(row: Baris, i: number): HTMLElement {
    const line = document.createElement("tr");
    line.dataset.baris = String(i);
    const number = document.createElement("td");
    number.className = "n redup";
    number.dataset.nomor = "";
    line.append(number, this.sel(row, i, "uraian"), this.sel(row, i, "satuan"), this.pendekatan(row, i));
    line.append(this.sel(row, i, "volume"), this.sel(row, i, "norma"));
    const rumus = document.createElement("td");
    rumus.className = "abk-rumus";
    rumus.dataset.sel = "rumus";
    const need = document.createElement("td");
    need.className = "n";
    need.dataset.label = this.teks.kebutuhan;
    const value = document.createElement("span");
    value.dataset.sel = "kebutuhan";
    const other = document.createElement("small");
    other.dataset.andaiSel = "";
    need.append(value, other);
    const act = document.createElement("td");
    act.className = "abk-tindakan";
    if (this.data.ubah)
      for (const [aksi, tanda, nama] of [["naik", "↑", "naik"], ["turun", "↓", "turun"], ["hapus", "×", "hapus"]] as const) {
        const tombol = document.createElement("button");
        tombol.type = "button";
        tombol.className = "btn btn-sm";
        tombol.dataset.barisAksi = aksi;
        tombol.tabIndex = -1;
        tombol.textContent = tanda;
        tombol.setAttribute("aria-label", isi(this.teks[nama]!, { n: i + 1 }));
        act.append(tombol);
      }
    line.append(rumus, need, act);
    return line;
  }

  private sel(row: Baris, i: number, kolom: Kolom): HTMLElement {
    const cell = document.createElement("td");
    cell.dataset.label = this.teks[kolom];
    cell.append(this.isian(row, i, kolom));
    // The head of the column speaks of tasks; other approaches count something else.
    if (isAngka(kolom) && row.pendekatan !== "tugas") cell.append(this.sebutan(this.namaKolom(row, kolom)));
    if (kolom === "norma" && row.pendekatan === "peralatan") {
      const more = document.createElement("div");
      more.className = "abk-rasio";
      for (const nama of ["pegawai", "giliran"] as const) {
        const part = document.createElement("div");
        part.append(this.isian(row, i, nama), this.sebutan(this.teks[nama]!));
        more.append("×", part);
      }
      cell.append(more);
    }
    return cell;
  }

  /** A label to see; for a reader of the screen every field is named already. */
  private sebutan(text: string): HTMLElement {
    const label = document.createElement("small");
    label.className = "abk-sebutan redup";
    label.textContent = text;
    label.setAttribute("aria-hidden", "true");
    return label;
  }

  private isian(row: Baris, i: number, kolom: Kolom): HTMLElement {
    const input = document.createElement(kolom === "uraian" ? "textarea" : "input");
    input.className = `form-control abk-isian${isAngka(kolom) || kolom === "pegawai" || kolom === "giliran" ? " n" : ""}`;
    input.dataset.kolom = kolom;
    input.autocomplete = "off";
    input.spellcheck = false;
    if (input instanceof HTMLTextAreaElement) input.rows = 1;
    else if (!TEKS.includes(kolom)) input.inputMode = "decimal";
    input.value = this.nilai(row, kolom);
    input.disabled = !this.data.ubah;
    input.setAttribute("aria-label", isi(this.teks.sel!, { kolom: this.namaKolom(row, kolom), n: i + 1 }));
    return input;
  }

  private namaKolom(row: Baris, kolom: Kolom): string {
    const cara = this.data.pendekatan[row.pendekatan];
    return (isAngka(kolom) && cara?.[kolom]) || this.teks[kolom]!;
  }

  private pendekatan(row: Baris, i: number): HTMLElement {
    const cell = document.createElement("td");
    cell.dataset.label = this.teks.pendekatan;
    const select = document.createElement("select");
    select.className = "form-select abk-isian";
    select.dataset.pilih = "pendekatan";
    select.disabled = !this.data.ubah;
    select.setAttribute("aria-label", isi(this.teks.sel!, { kolom: this.teks.pendekatan!, n: i + 1 }));
    for (const [kode, cara] of Object.entries(this.data.pendekatan)) {
      const option = new Option(cara.nama, kode, false, kode === row.pendekatan);
      option.title = cara.rumus;
      select.append(option);
    }
    cell.append(select);
    return cell;
  }

  private nilai(row: Baris, kolom: Kolom): string {
    const long = row.panjang[kolom];
    if (long !== undefined) return long;
    if (isAngka(kolom)) return row.mentah[kolom] ?? (row[kolom] ?? "").replace(".", ",");
    return String(row[kolom] ?? "");
  }

  private letak(target: EventTarget | null): { i: number; row: Baris; input: HTMLInputElement; kolom: Kolom } | null {
    const input = target as HTMLInputElement;
    const line = input.closest?.<HTMLElement>("tr[data-baris]");
    const row = line && this.baris[Number(line.dataset.baris)];
    return row && input.dataset.kolom ? { i: Number(line.dataset.baris), row, input, kolom: input.dataset.kolom as Kolom } : null;
  }

  private masuk(event: Event): void {
    const at = this.letak(event.target);
    if (!at) return;
    const { row, kolom, input, i } = at;
    if (input.value.length > this.data.teksMaks) row.panjang[kolom] = input.value;
    else {
      delete row.panjang[kolom];
      if (isAngka(kolom)) {
        row.mentah[kolom] = input.value;
        row[kolom] = null;
      } else (row as unknown as Record<string, string>)[kolom] = input.value;
    }
    if (i === this.baris.length - 1 && berisi(row)) {
      this.baris.push(barisBaru());
      this.badan.append(this.tr(this.baris[i + 1]!, i + 1));
    }
    this.on.ubah(false);
  }

  private pilih(event: Event): void {
    const select = event.target as HTMLSelectElement;
    const line = select.closest<HTMLElement>("tr[data-baris]");
    const row = line && this.baris[Number(line.dataset.baris)];
    if (!row || select.dataset.pilih !== "pendekatan") return;
    row.pendekatan = select.value;
    this.gambar();
    this.badan.querySelectorAll<HTMLElement>("tr")[Number(line.dataset.baris)]?.querySelector<HTMLElement>("select")?.focus();
    this.on.ubah(true);
  }

  private fokus(event: FocusEvent): void {
    const at = this.letak(event.target);
    if (!at) return;
    at.input.dataset.semula = at.input.value;
    if (isAngka(at.kolom)) {
      at.input.value = this.nilai(at.row, at.kolom);
      at.input.dataset.semula = at.input.value;
      at.input.select();
    }
  }

  private lepas(event: FocusEvent): void {
    const at = this.letak(event.target);
    if (at && this.hasil) queueMicrotask(() => this.hasil && this.pakai(this.hasil));
  }

  private lekat(event: ClipboardEvent): void {
    const at = this.letak(event.target);
    const text = event.clipboardData?.getData("text/plain") ?? "";
    if (!at || !blok(text)) return;
    event.preventDefault();
    this.on.tempel(text, at.i, at.kolom);
  }

  private klik(event: Event): void {
    const tombol = (event.target as HTMLElement).closest<HTMLElement>("[data-baris-aksi]");
    const line = tombol?.closest<HTMLElement>("tr[data-baris]");
    if (!tombol || !line) return;
    this.aksi(tombol.dataset.barisAksi!, Number(line.dataset.baris), "uraian");
  }

  private aksi(aksi: string, i: number, kolom: Kolom): void {
    let to = i;
    if (aksi === "hapus") this.baris.splice(i, 1);
    else if (aksi === "sisip") this.baris.splice(i, 0, barisBaru());
    else {
      to = i + (aksi === "naik" ? -1 : 1);
      if (to < 0 || to >= this.baris.length) return;
      this.baris.splice(to, 0, ...this.baris.splice(i, 1));
    }
    this.gambar();
    this.kunjungi(Math.min(to, this.baris.length - 1), kolom);
    this.on.ubah(true);
  }

  kunjungi(i: number, kolom: Kolom): boolean {
    const input = this.badan.children[i]?.querySelector<HTMLInputElement>(`[data-kolom=${kolom}]`);
    input?.focus();
    input?.scrollIntoView({ block: "nearest", inline: "nearest" });
    return Boolean(input);
  }

  /** The cell a finding is about; rows are numbered without empty ones. */
  kunjungiTemuan(baris: number, kolom: string): void {
    const row = this.terisi()[baris - 1];
    if (row) this.kunjungi(this.baris.indexOf(row), kolom as Kolom) || this.kunjungi(this.baris.indexOf(row), "uraian");
  }

  private tombol(event: KeyboardEvent): void {
    const at = this.letak(event.target);
    if (!at) return;
    const { i, input, kolom, row } = at;
    if (event.altKey && ["ArrowUp", "ArrowDown", "Insert", "Delete"].includes(event.key)) {
      event.preventDefault();
      this.aksi({ ArrowUp: "naik", ArrowDown: "turun", Insert: "sisip", Delete: "hapus" }[event.key]!, i, kolom);
      return;
    }
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "Enter" && !event.shiftKey) {
      event.preventDefault();
      if (i === this.baris.length - 1 && berisi(row)) this.tambah([{}], i + 1);
      this.kunjungi(Math.min(i + 1, this.baris.length - 1), kolom);
    } else if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      const tall = input instanceof HTMLTextAreaElement && input.selectionStart !== null && this.tengah(input, event.key);
      if (!tall && this.kunjungi(i + (event.key === "ArrowDown" ? 1 : -1), kolom)) event.preventDefault();
    } else if (event.key === "ArrowLeft" || event.key === "ArrowRight") {
      const right = event.key === "ArrowRight";
      const whole = input.selectionStart === 0 && input.selectionEnd === input.value.length;
      const edge = right ? input.value.length : 0;
      if (!whole && (input.selectionStart !== edge || input.selectionEnd !== edge)) return;
      const cells = [...input.closest("tr")!.querySelectorAll<HTMLElement>("[data-kolom]")];
      const next = cells[cells.indexOf(input) + (right ? 1 : -1)];
      if (next) {
        event.preventDefault();
        next.focus();
      }
    } else if (event.key === "Escape" && input.dataset.semula !== undefined && input.value !== input.dataset.semula) {
      event.preventDefault();
      event.stopPropagation();
      input.value = input.dataset.semula;
      input.dispatchEvent(new Event("input", { bubbles: true }));
    }
  }

  /** Whether the caret has another line of the same text to go to. */
  private tengah(input: HTMLTextAreaElement, key: string): boolean {
    const lines = input.scrollHeight > 40;
    return lines && (key === "ArrowUp" ? input.selectionStart > 0 : input.selectionEnd < input.value.length);
  }
}
