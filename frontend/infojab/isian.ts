// The fields of a section: a text, a list of items, a table of rows. Each gives its value and shows what is wrong.
import { pasangAcuan } from "./acuan.ts";
import { type Baris, type Beban, type Data, type Isian, type Temuan, angka, buat, idBaru, kata } from "./jenis.ts";

export interface Bidang {
  readonly isian: Isian;
  readonly akar: HTMLElement;
  nilai(): unknown;
  isi(nilai: unknown): void;
  tambah(nilai: unknown): void;
  tandai(temuan: Temuan[]): void;
}

const HURUF_SEBARIS = 60;
const kataDari = (teks: unknown): string => String(teks ?? "").toLowerCase().split(/\s+/).filter(Boolean).join(" ");

/** As many lines as its text needs; browsers without field-sizing get the attribute. */
function tinggi(area: HTMLTextAreaElement): void {
  const lines = area.value.split("\n").reduce((n, line) => n + Math.max(1, Math.ceil(line.length / HURUF_SEBARIS)), 0);
  area.rows = Math.min(14, Math.max(Number(area.dataset.min ?? 1), lines));
}

function area(label: string, nilai: unknown, min = 1): HTMLTextAreaElement {
  const made = buat("textarea", "form-control");
  made.dataset.min = String(min);
  made.setAttribute("aria-label", label);
  made.value = nilai === undefined || nilai === null ? "" : String(nilai);
  made.addEventListener("input", () => tinggi(made));
  tinggi(made);
  return made;
}

function salah(wadah: HTMLElement, control: HTMLElement | null, temuan: Temuan): void {
  const note = buat("div", "galat", `${temuan.kalimat} ${temuan.perbaikan}`);
  note.id = idBaru();
  note.dataset.galat = "1";
  wadah.append(note);
  control?.setAttribute("aria-invalid", "true");
  control?.setAttribute("aria-describedby", note.id);
}

function bersihkan(wadah: HTMLElement): void {
  wadah.querySelectorAll("[data-galat]").forEach((note) => note.remove());
  wadah.querySelectorAll("[aria-invalid]").forEach((control) => {
    control.removeAttribute("aria-invalid");
    control.removeAttribute("aria-describedby");
  });
}

const KOLOM_TEMPEL = "textarea[data-kolom]:not([data-panjang]), input[data-kolom]";
/** Lines and cells of pasted text; a cell in quotes may hold line breaks, as spreadsheets write it. */
function sel(teks: string): string[][] {
  const rows: string[][] = [];
  const quoted = teks.replace(/\r\n?/g, "\n").replace(/(^|[\t\n])"((?:[^"]|"")*)"(?=[\t\n]|$)/g,
    (_all, before: string, inner: string) => before + inner.replaceAll('""', '"').replace(/\s*\n\s*/g, " "));
  for (const line of quoted.split("\n")) {
    const cells = line.split("\t").map((cell) => cell.trim());
    if (cells.some(Boolean)) rows.push(cells);
  }
  return rows;
}

const judul = (isian: Isian): string => (isian.wajib ? isian.nama : `${isian.nama}`);

export class Teks implements Bidang {
  readonly akar = buat("div", "ij-isian");
  private area: HTMLTextAreaElement;
  private strip: HTMLButtonElement | null = null;

  constructor(readonly isian: Isian, nilai: unknown, panjang: boolean) {
    const label = buat("label", "ij-nama", judul(isian));
    this.area = area(isian.nama, nilai, panjang ? 4 : 1);
    this.area.id = label.htmlFor = idBaru();
    this.area.removeAttribute("aria-label");
    this.akar.append(label, this.area);
    if (isian.boleh_strip) {
      this.strip = strip(() => {
        this.area.value = "-";
        this.area.dispatchEvent(new Event("input", { bubbles: true }));
        this.area.focus();
      });
      this.akar.append(this.strip);
      this.area.addEventListener("input", () => this.lihat());
      this.lihat();
    }
    if (!panjang) this.akar.classList.add("ij-pendek");
  }
  /** "None" is offered while nothing is written. */
  private lihat(): void {
    if (this.strip) this.strip.hidden = this.area.value.trim() !== "";
  }
  nilai(): unknown {
    return this.area.value;
  }
  isi(nilai: unknown): void {
    this.area.value = String(nilai ?? "");
    tinggi(this.area);
    this.lihat();
  }
  tambah(nilai: unknown): void {
    this.isi(this.area.value.trim() ? `${this.area.value}\n${String(nilai)}` : nilai);
  }
  tandai(temuan: Temuan[]): void {
    bersihkan(this.akar);
    for (const t of temuan) salah(this.akar, this.area, t);
  }
}

function strip(pakai: () => void): HTMLButtonElement {
  const button = buat("button", "btn btn-sm ij-strip", kata("strip"));
  button.type = "button";
  button.addEventListener("click", pakai);
  return button;
}

/** Rows that can be added, moved and removed; what a row looks like the subclasses say. */
abstract class Berbaris implements Bidang {
  readonly akar = buat("fieldset", "ij-isian");
  protected badan = buat("div", "ij-baris-semua");
  protected simpanan = new WeakMap<HTMLElement, Baris>();

  constructor(readonly isian: Isian, protected data: Data) {
    const legend = buat("legend", "ij-nama", judul(isian));
    this.akar.append(legend);
  }
  private lihat: () => void = () => {};
  protected abstract sel(baris: HTMLElement, nilai: Baris): void;
  protected abstract baca(baris: HTMLElement): Baris;

  protected pasang(nilai: unknown): void {
    this.akar.append(this.badan);
    const bawah = buat("div", "ij-bawah");
    const button = buat("button", "btn btn-sm", `+ ${kata("tambah")}`);
    button.type = "button";
    button.addEventListener("click", () => this.baru({}, true));
    bawah.append(button);
    if (this.isian.boleh_strip) {
      const none = strip(() => {
        this.kosongkan();
        this.baru(this.dariTeks("-"), true);
        this.ubah();
      });
      bawah.append(none);
      this.lihat = () => (none.hidden = this.semua().some((row) => this.adaIsi(row)));
      this.badan.addEventListener("input", this.lihat);
    }
    this.akar.append(bawah);
    this.badan.addEventListener("keydown", (event) => this.kunci(event));
    this.badan.addEventListener("paste", (event) => this.tempel(event));
    this.isi(nilai);
  }
  protected semua(): HTMLElement[] {
    return [...this.badan.children] as HTMLElement[];
  }
  protected dariTeks(teks: string): Baris {
    return this.isian.bentuk === "tabel"
      ? Object.fromEntries(this.isian.kolom.filter((k) => !k.dari_abk).map((k) => [k.kode, teks]))
      : { teks };
  }
  protected adaIsi(row: HTMLElement): boolean {
    return Object.entries(this.baca(row)).some(([nama, n]) => nama !== "id" && n !== "" && (!Array.isArray(n) || n.length));
  }
  protected ubah(): void {
    this.badan.dispatchEvent(new Event("input", { bubbles: true }));
  }
  private kosongkan(): void {
    this.badan.replaceChildren();
  }
  isi(nilai: unknown): void {
    this.kosongkan();
    const rows = Array.isArray(nilai) ? nilai : nilai === null || nilai === undefined ? [] : [nilai];
    for (const row of rows) this.baru(typeof row === "object" && row ? (row as Baris) : this.dariTeks(String(row)));
    if (!rows.length && this.isian.bentuk === "tabel") this.baru({});
    this.lihat();
  }
  tambah(nilai: unknown): void {
    const last = this.semua().at(-1);
    if (last && !this.adaIsi(last)) last.remove();
    const row = { ...(typeof nilai === "object" && nilai ? (nilai as Baris) : this.dariTeks(String(nilai))) };
    this.baru(row);
    this.ubah();
  }
  nilai(): unknown {
    return this.semua().filter((row) => this.adaIsi(row)).map((row) => this.baca(row));
  }
  protected baru(nilai: Baris, fokus = false, sesudah?: HTMLElement): HTMLElement {
    const row = buat("div", "ij-baris");
    row.setAttribute("role", "group");
    this.simpanan.set(row, nilai);
    const no = buat("span", "ij-urut");
    row.append(no);
    this.sel(row, nilai);
    const alat = buat("span", "ij-alat-baris");
    const tombol = (tanda: string, nama: string, kerja: () => void): void => {
      const button = buat("button", "btn btn-sm", tanda);
      button.type = "button";
      button.dataset.nama = nama;
      button.title = nama;
      button.addEventListener("click", kerja);
      alat.append(button);
    };
    tombol("↑", kata("naik"), () => this.geser(row, -1));
    tombol("↓", kata("turun"), () => this.geser(row, 1));
    tombol("×", kata("hapus"), () => this.hapus(row));
    row.append(alat);
    if (sesudah) sesudah.after(row);
    else this.badan.append(row);
    this.urutkan();
    if (fokus) row.querySelector<HTMLElement>("textarea")?.focus();
    return row;
  }
  private urutkan(): void {
    this.semua().forEach((row, i) => {
      row.querySelector(".ij-urut")!.textContent = String(i + 1);
      row.setAttribute("aria-label", `${this.isian.nama}, ${kata("baris")} ${i + 1}`);
      row.querySelectorAll<HTMLElement>("[data-nama]").forEach((control) => {
        control.setAttribute("aria-label", `${control.dataset.nama}, ${kata("baris")} ${i + 1}`);
      });
    });
  }
  private geser(row: HTMLElement, arah: number): void {
    const focused = document.activeElement as HTMLElement | null;
    const other = arah < 0 ? row.previousElementSibling : row.nextElementSibling;
    if (!other) return;
    if (arah < 0) other.before(row);
    else other.after(row);
    this.urutkan();
    focused?.focus();
    this.ubah();
  }
  private hapus(row: HTMLElement): void {
    const next = (row.nextElementSibling ?? row.previousElementSibling) as HTMLElement | null;
    row.remove();
    this.urutkan();
    (next?.querySelector<HTMLElement>("textarea") ?? this.akar.querySelector<HTMLElement>(".ij-bawah button"))?.focus();
    this.ubah();
  }
  private kunci(event: KeyboardEvent): void {
    const row = (event.target as HTMLElement).closest<HTMLElement>(".ij-baris");
    if (!row || event.isComposing) return;
    const control = event.target as HTMLElement;
    if (event.key === "Enter" && !event.shiftKey && !event.altKey && control.matches("textarea:not([data-panjang]), input")) {
      event.preventDefault();
      const controls = [...row.querySelectorAll<HTMLElement>("textarea:not([data-panjang])")];
      const next = controls[controls.indexOf(control) + 1];
      if (next) next.focus();
      else if (row.nextElementSibling) row.nextElementSibling.querySelector<HTMLElement>("textarea")?.focus();
      else this.baru({}, true, row);
    } else if (event.altKey && (event.key === "ArrowUp" || event.key === "ArrowDown")) {
      event.preventDefault();
      this.geser(row, event.key === "ArrowUp" ? -1 : 1);
    } else if ((event.ctrlKey || event.metaKey) && event.key === "Delete") {
      event.preventDefault();
      this.hapus(row);
    }
  }
  /** Fill cells of a row where all of them are empty. */
  private isiSel(row: HTMLElement, nilai: Baris): boolean {
    const cells = [...row.querySelectorAll<HTMLTextAreaElement | HTMLInputElement>(KOLOM_TEMPEL)]
      .filter((one) => one.dataset.kolom! in nilai);
    if (!cells.length || cells.some((one) => one.value.trim())) return false;
    for (const one of cells) {
      one.value = String(nilai[one.dataset.kolom!] ?? "");
      one.dispatchEvent(new Event("input", { bubbles: true }));
    }
    return true;
  }
  /** Lines become rows and tabs columns, from the cell pasted into. What is written already is never replaced:
   * rows go between. */
  private tempel(event: ClipboardEvent): void {
    const control = event.target as HTMLTextAreaElement;
    const row = control.closest<HTMLElement>(".ij-baris");
    const text = event.clipboardData?.getData("text/plain") ?? "";
    if (!row || !control.matches("[data-kolom]:not([data-panjang])")) return;
    let lines = sel(text);
    if (lines.length < 2 && (lines[0]?.length ?? 0) < 2) return;
    event.preventDefault();
    const controls = [...row.querySelectorAll<HTMLTextAreaElement>(KOLOM_TEMPEL)];
    const codes = controls.slice(controls.indexOf(control)).map((one) => one.dataset.kolom!);
    // The number of a row copied along with it has no column here.
    if (lines.every((cells) => cells.length > 1 && /^\d+[.)]?$/.test(cells[0]!))) lines = lines.map((cells) => cells.slice(1));
    const values = lines.map((cells): Baris => {
      const rest = cells.slice(codes.length).filter(Boolean);
      const kept = cells.slice(0, codes.length);
      if (rest.length) kept[kept.length - 1] = [kept.at(-1), ...rest].join(" ");
      return Object.fromEntries(kept.map((value, i) => [codes[i]!, value]));
    });
    let last = row;
    let here: HTMLElement | null = row;
    for (const value of values) {
      if (here && this.isiSel(here, value)) {
        last = here;
        here = here.nextElementSibling as HTMLElement | null;
      } else {
        last = this.baru(value, false, last);
        here = null;
      }
    }
    last.querySelector<HTMLElement>(KOLOM_TEMPEL)?.focus();
    this.ubah();
  }
  tandai(temuan: Temuan[]): void {
    bersihkan(this.akar);
    const rows = this.semua().filter((row) => this.adaIsi(row));
    for (const t of temuan) {
      const row = t.baris === null ? undefined : rows[t.baris - 1];
      const column = t.kolom.split(".")[1];
      const control = (row ?? this.akar).querySelector<HTMLElement>(column ? `[data-kolom="${column}"]` : "textarea");
      salah(row ?? this.akar, control, t);
    }
  }
}

export class Daftar extends Berbaris {
  private kotak: HTMLInputElement[] = [];
  private terikat = new WeakMap<HTMLElement, { id(): number | null }>();

  constructor(isian: Isian, data: Data, nilai: unknown) {
    super(isian, data);
    if (isian.daftar_kode) this.pasangKode();
    this.pasang(nilai);
  }
  private pasangKode(): void {
    const pilihan = buat("div", "ij-kode");
    for (const row of this.data.kode[this.isian.daftar_kode!] ?? []) {
      const label = buat("label", "form-check");
      const input = buat("input", "form-check-input");
      input.type = "checkbox";
      input.value = row.kode;
      input.dataset.teks = row.nama;
      if (row.deskripsi) label.title = row.deskripsi;
      label.append(input, buat("span", "form-check-label", row.kode ? `${row.kode} · ${row.nama}` : row.nama));
      pilihan.append(label);
      this.kotak.push(input);
    }
    this.akar.append(pilihan);
  }
  private milik(row: Baris): HTMLInputElement | undefined {
    return this.kotak.find((box) =>
      box.value && row.kode ? box.value === row.kode : !row.kode && kataDari(box.dataset.teks) === kataDari(row.teks));
  }
  override isi(nilai: unknown): void {
    for (const box of this.kotak) box.checked = false;
    const rows = (Array.isArray(nilai) ? nilai : nilai ? [nilai] : []).map((row): Baris =>
      typeof row === "object" && row ? (row as Baris) : { teks: String(row) });
    const free = rows.filter((row) => {
      const box = this.milik(row);
      if (box) box.checked = true;
      return !box;
    });
    super.isi(free);
    if (!free.length && !this.kotak.length) this.baru({});
  }
  override tambah(nilai: unknown): void {
    const row: Baris = typeof nilai === "object" && nilai ? (nilai as Baris) : { teks: String(nilai) };
    const box = this.milik(row);
    if (!box) return super.tambah(nilai);
    box.checked = true;
    this.ubah();
  }
  override nilai(): unknown {
    const chosen = this.kotak.filter((box) => box.checked)
      .map((box) => (box.value ? { kode: box.value, teks: box.dataset.teks } : { teks: box.dataset.teks }));
    return [...chosen, ...(super.nilai() as Baris[])];
  }
  protected sel(row: HTMLElement, nilai: Baris): void {
    const cell = buat("div", "ij-sel ij-sel-lebar");
    const text = area(this.isian.nama, nilai.teks);
    text.dataset.nama = this.isian.nama;
    text.dataset.kolom = "teks";
    cell.append(text);
    row.append(cell);
    let level: HTMLSelectElement | null = null;
    if (this.isian.tambahan.includes("tingkat")) {
      level = buat("select", "form-select ij-tingkat");
      level.dataset.kolom = "tingkat";
      level.dataset.nama = kata("tingkat");
      const held = String(nilai.tingkat ?? "");
      const own = this.data.tingkat.find(([kode]) => kode === held)?.[1] ?? held;
      const known = new Set(["", ...this.data.tingkat.map(([, nama]) => nama), own]);
      for (const name of known) level.append(new Option(name || kata("tingkat"), name));
      level.value = own;
      row.append(level);
    }
    if (this.isian.tambahan.includes("tahun")) {
      const year = buat("input", "form-control ij-tahun");
      year.inputMode = "numeric";
      year.dataset.kolom = "tahun";
      year.dataset.nama = kata("tahun");
      year.placeholder = kata("tahun");
      year.value = String(nilai.tahun ?? "");
      row.append(year);
    }
    if (this.isian.acuan) {
      const bound = pasangAcuan(cell, text, this.data.acuan, this.isian.kode, Number(nilai.id) || null, (hit) => {
        if (level && hit.tingkat) {
          if (![...level.options].some((o) => o.value === hit.tingkat)) level.append(new Option(hit.tingkat));
          level.value = hit.tingkat;
        }
      });
      text.addEventListener("terikat", () => this.ubah());
      this.terikat.set(row, bound);
    }
  }
  protected baca(row: HTMLElement): Baris {
    const value: Baris = {};
    row.querySelectorAll<HTMLTextAreaElement | HTMLSelectElement | HTMLInputElement>("[data-kolom]").forEach((c) => {
      value[c.dataset.kolom!] = c.value.trim();
    });
    const before = this.simpanan.get(row)!;
    if (before.kode && value.teks === before.teks) value.kode = before.kode;
    const id = this.terikat.get(row)?.id();
    if (id) value.id = id;
    return value;
  }
  protected override adaIsi(row: HTMLElement): boolean {
    const value = this.baca(row);
    return String(value.teks ?? "") !== "" || String(value.tahun ?? "") !== "";
  }
}

export class Tabel extends Berbaris {
  private tugas: boolean;
  private terakhir = 0;
  private kepala = buat("div", "ij-baris ij-kepala");

  constructor(isian: Isian, data: Data, nilai: unknown) {
    super(isian, data);
    this.tugas = isian.kode === "tugas_pokok";
    this.akar.classList.add(this.tugas ? "ij-tugas" : "ij-tabel", `ij-kolom-${isian.kolom.length}`);
    this.kepala.setAttribute("aria-hidden", "true");
    this.kepala.append(buat("span", "ij-urut", kata("no")));
    for (const column of this.ditulis()) this.kepala.append(buat("span", "ij-sel", column.nama));
    if (this.tugas) {
      this.kepala.append(buat("span", "ij-sel ij-satuan", kata("satuan")), buat("span", "ij-sel ij-abk", kata("abk")));
    }
    this.kepala.append(buat("span", "ij-alat-baris"));
    this.akar.append(this.kepala);
    this.pasang(nilai);
  }
  private ditulis(): { kode: string; nama: string }[] {
    return this.isian.kolom.filter((column) => !column.dari_abk);
  }
  protected sel(row: HTMLElement, nilai: Baris): void {
    this.terakhir = Math.max(this.terakhir, Number(nilai.id) || 0);
    for (const column of this.ditulis()) row.append(this.sebuah(column.kode, column.nama, nilai[column.kode]));
    if (!this.tugas) return;
    const satuan = this.sebuah("satuan", kata("satuan"), nilai.satuan);
    satuan.classList.add("ij-satuan");
    row.append(satuan, buat("div", "ij-sel ij-abk"));
    const steps = buat("details", "ij-langkah");
    const text = area(kata("tahapan"), Array.isArray(nilai.tahapan) ? nilai.tahapan.join("\n") : nilai.tahapan, 2);
    text.dataset.kolom = "tahapan";
    text.dataset.panjang = "1";
    text.dataset.nama = kata("tahapan");
    steps.open = text.value !== "";
    steps.append(buat("summary", "", kata("tahapan")), text);
    row.append(steps);
    this.beban(row);
    row.addEventListener("input", () => this.beban(row));
  }
  private sebuah(kode: string, nama: string, nilai: unknown): HTMLElement {
    const cell = buat("label", "ij-sel");
    const text = area(nama, nilai);
    text.dataset.kolom = kode;
    text.dataset.nama = nama;
    cell.append(buat("span", "ij-label", nama), text);
    return cell;
  }
  /** Volume, time and need of the task: read only, from the ABK sheet of the box. */
  private beban(row: HTMLElement): void {
    const cell = row.querySelector<HTMLElement>(".ij-abk");
    if (!cell) return;
    const uraian = row.querySelector<HTMLTextAreaElement>('[data-kolom="uraian"]')?.value ?? "";
    const id = Number(this.simpanan.get(row)?.id) || 0;
    const found: Beban | undefined = this.data.beban[String(id)] ?? this.data.beban[`=${kataDari(uraian)}`];
    const link = buat("a", "", found ? `${angka(found.volume)} × ${angka(found.waktu)}` : "–");
    link.href = `/anjab/usulan/${this.data.usulan}/abk/${this.data.posisi}/`;
    link.setAttribute("aria-label", `${kata("abk")}: ${link.textContent}`);
    cell.replaceChildren(buat("span", "ij-label", kata("abk")), link);
    if (found?.kebutuhan) cell.append(buat("span", "n", ` = ${angka(found.kebutuhan)}`));
  }
  protected baca(row: HTMLElement): Baris {
    const value: Baris = {};
    row.querySelectorAll<HTMLTextAreaElement>("[data-kolom]").forEach((control) => {
      const text = control.value.trim();
      if (control.dataset.kolom === "tahapan") {
        const steps = text.split("\n").map((s) => s.trim()).filter(Boolean);
        if (steps.length) value.tahapan = steps;
      } else value[control.dataset.kolom!] = text;
    });
    const id = Number(this.simpanan.get(row)?.id) || 0;
    if (id) value.id = id;
    return value;
  }
  override nilai(): unknown {
    if (this.tugas) {
      // A task keeps its number for life, so that rows of the ABK sheet find it: given once, here.
      for (const row of this.semua()) {
        const held = this.simpanan.get(row)!;
        if (!held.id && this.adaIsi(row)) this.simpanan.set(row, { ...held, id: ++this.terakhir });
      }
    }
    return super.nilai();
  }
  override tambah(nilai: unknown): void {
    const row = { ...(nilai as Baris) };
    if (this.tugas) delete row.id;
    super.tambah(row);
  }
}

export function bidang(isian: Isian, data: Data, nilai: unknown, satu: boolean): Bidang {
  if (isian.bentuk === "teks") return new Teks(isian, nilai, satu && isian.kode !== "nama_jabatan");
  return isian.bentuk === "daftar" ? new Daftar(isian, data, nilai) : new Tabel(isian, data, nilai);
}
