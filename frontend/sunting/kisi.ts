// The table as a spreadsheet: cells to write in, rows to choose.
import type { App } from "../peta/app.ts";
import type { Row } from "../peta/rows.ts";
import type { Table, TableEdit } from "../peta/table.ts";
import { fill } from "../peta/text.ts";
import type { Operasi } from "./server.ts";

export interface KisiWords {
  sel: { kelas: string; k: string; nama: string; simpanan: string };
  pilihBaris: string;
}
type Kolom = "nama" | "kelas" | "k";
const URUTAN: readonly Kolom[] = ["nama", "kelas", "k"];

/** A cell whose new value was refused. */
export interface Ditolak {
  kunci: string;
  kolom: Kolom;
  teks: string;
}

export interface KisiHandlers {
  send(operasi: Operasi, row: Row, kolom: Kolom, teks: string): void;
  selection(): void;
  command(event: KeyboardEvent, row: Row): boolean;
  /** Whether the draft reaches the row. */
  reaches(row: Row): boolean;
}

const canEdit = (row: Row, kolom: Kolom): boolean => {
  const { box, unit } = row;
  if ((box ?? unit).tanda === "hapus") return false;
  if (!box) return kolom === "nama";
  if (kolom === "k") return !box.kepala;
  return kolom === "kelas" || box.jenis === "struktural";
};

export class Kisi implements TableEdit {
  table!: Table;
  app!: App;
  terpilih = new Set<string>();
  private at: { kunci: string; kolom: Kolom } | null = null;
  private input: HTMLInputElement | null = null;
  private last: Kolom = "k";
  private anchor = "";

  constructor(private words: KisiWords, private on: KisiHandlers) {}

  decorate(line: HTMLElement, row: Row): void {
    const chosen = this.terpilih.has(row.kunci);
    line.setAttribute("aria-selected", String(chosen));
    line.classList.toggle("terpilih", chosen);
    const name = line.querySelector<HTMLElement>("[data-kolom=nama]");
    if (name) {
      const mark = document.createElement("input");
      mark.type = "checkbox";
      mark.className = "form-check-input kisi-pilih";
      mark.checked = chosen;
      mark.tabIndex = -1;
      mark.dataset.pilihBaris = "";
      mark.setAttribute("aria-label", fill(this.words.pilihBaris, { nama: (row.box ?? row.unit).nama }));
      name.prepend(mark);
    }
    for (const kolom of URUTAN) {
      const cell = line.querySelector<HTMLElement>(`[data-kolom=${kolom}]`);
      if (cell && this.may(row, kolom)) cell.classList.add("kisi-sel");
    }
    if (this.at?.kunci === row.kunci && this.input) {
      line.querySelector<HTMLElement>(`[data-kolom=${this.at.kolom}]`)?.append(this.input);
      const input = this.input;
      queueMicrotask(() => input.isConnected && input.focus());
    }
  }

  private may(row: Row, kolom: Kolom): boolean {
    return canEdit(row, kolom) && this.on.reaches(row);
  }

  click(event: MouseEvent, row: Row): boolean {
    const target = event.target as HTMLElement;
    if (target === this.input) return true;
    if (target.dataset.pilihBaris !== undefined || event.ctrlKey || event.metaKey || event.shiftKey) {
      this.choose(row, event.shiftKey);
      return true;
    }
    const cell = target.closest<HTMLElement>(".kisi-sel");
    const kolom = cell?.dataset.kolom as Kolom | undefined;
    // The name opens the drawer; figures are written in where they stand.
    if (!kolom || kolom === "nama") return false;
    this.begin(row, kolom);
    return true;
  }

  private choose(row: Row, range: boolean): void {
    const rows = this.table.all;
    if (range && this.anchor) {
      const [a, b] = [rows.findIndex((r) => r.kunci === this.anchor), rows.indexOf(row)].sort((x, y) => x - y);
      for (const other of rows.slice(Math.max(0, a!), b! + 1)) this.terpilih.add(other.kunci);
    } else if (!this.terpilih.delete(row.kunci)) this.terpilih.add(row.kunci);
    this.anchor = row.kunci;
    this.on.selection();
    this.table.redraw();
  }

  clear(): void {
    this.terpilih.clear();
    this.on.selection();
    this.table.redraw();
  }

  /** Rows chosen that are still shown. */
  rows(): Row[] {
    return this.table.all.filter((row) => this.terpilih.has(row.kunci));
  }

  keydown(event: KeyboardEvent, row: Row): boolean {
    if (event.target === this.input) return false;
    if (event.key === " " && event.shiftKey) {
      this.choose(row, false);
      return true;
    }
    if ((event.target as HTMLElement).dataset.ukuran && event.key === "Enter") {
      const kolom = (event.target as HTMLElement).dataset.ukuran as Kolom;
      if (kolom === "k" && this.may(row, "k")) {
        this.begin(row, "k");
        return true;
      }
      return false;
    }
    if (!event.ctrlKey && !event.altKey && !event.metaKey) {
      if (event.key === "Enter" || event.key === "F2") {
        const kolom = [this.last, "k" as Kolom, "kelas" as Kolom, "nama" as Kolom].find((name) => this.may(row, name));
        if (!kolom) return false;
        this.begin(row, kolom);
        return true;
      }
      if (/^\d$/.test(event.key) && row.box) {
        const kolom: Kolom = this.last === "kelas" ? "kelas" : "k";
        if (this.may(row, kolom)) {
          this.begin(row, kolom, event.key);
          return true;
        }
      }
    }
    return this.on.command(event, row);
  }

  private text(row: Row, kolom: Kolom): string {
    if (kolom === "nama") return (row.box ?? row.unit).nama;
    const value = row.box![kolom];
    return value === null ? "" : String(value);
  }

  private begin(row: Row, kolom: Kolom, typed?: string): void {
    this.finish(false);
    this.last = kolom;
    this.at = { kunci: row.kunci, kolom };
    const input = document.createElement("input");
    input.className = `form-control kisi-isi kisi-isi-${kolom}`;
    input.type = kolom === "nama" ? "text" : "number";
    if (kolom !== "nama") {
      input.min = kolom === "kelas" ? "1" : "0";
      input.max = kolom === "kelas" ? "17" : "100000";
      input.inputMode = "numeric";
    }
    input.value = typed ?? this.text(row, kolom);
    input.setAttribute("aria-label", fill(this.words.sel[kolom], { nama: (row.box ?? row.unit).nama }));
    input.title = this.words.sel.simpanan;
    input.addEventListener("keydown", (event) => this.key(event));
    input.addEventListener("blur", () => {
      // Drawing the rows anew takes the field out of the document for a moment.
      setTimeout(() => {
        if (this.input === input && document.activeElement !== input && input.isConnected) this.finish(true);
      }, 60);
    });
    this.input = input;
    this.table.show(row.kunci);
    this.table.redraw(false);
    if (typed === undefined) input.select();
  }

  /** What was typed and not taken is offered again in its cell. */
  retype({ kunci, kolom, teks }: Ditolak): void {
    const row = this.table.all.find((r) => r.kunci === kunci);
    if (row && this.may(row, kolom)) this.begin(row, kolom, teks);
  }

  private finish(keep: boolean): void {
    const { at, input } = this;
    this.at = this.input = null;
    if (!at || !input) return;
    const row = this.table.all.find((r) => r.kunci === at.kunci);
    input.remove();
    if (!keep || !row) return;
    const text = input.value.trim();
    if (text === this.text(row, at.kolom) || !input.checkValidity() || input.validity.badInput) return;
    if (at.kolom === "nama") {
      if (!text) return;
      const target = row.box ? { posisi_id: row.box.id } : { unor_id: row.unit.id };
      this.on.send({ jenis: "koreksi-nama", nama: text, ...target }, row, "nama", text);
      return;
    }
    const value = text === "" ? null : Number(text);
    this.on.send({ jenis: `ubah-${at.kolom}`, posisi_id: row.box!.id, [at.kolom]: value }, row, at.kolom, text);
    row.box![at.kolom] = value; // shown at once; the answer brings the truth
  }

  private key(event: KeyboardEvent): void {
    event.stopPropagation();
    const at = this.at;
    if (!at) return;
    if (event.key === "Escape") {
      this.finish(false);
      this.table.redraw(true);
    } else if (event.key === "Enter" || event.key === "Tab") {
      const next = event.key === "Enter" ? this.down(at, event.shiftKey ? -1 : 1) : this.beside(at, event.shiftKey ? -1 : 1);
      this.finish(true);
      this.table.redraw(true);
      if (next) this.begin(next.row, next.kolom);
    } else return;
    event.preventDefault();
  }

  private down(at: { kunci: string; kolom: Kolom }, by: number): { row: Row; kolom: Kolom } | null {
    const rows = this.table.all;
    for (let i = rows.findIndex((r) => r.kunci === at.kunci) + by; i >= 0 && i < rows.length; i += by)
      if (this.may(rows[i]!, at.kolom) && (at.kolom === "nama" || rows[i]!.box)) return { row: rows[i]!, kolom: at.kolom };
    return null;
  }

  private beside(at: { kunci: string; kolom: Kolom }, by: number): { row: Row; kolom: Kolom } | null {
    const rows = this.table.all;
    let i = rows.findIndex((r) => r.kunci === at.kunci);
    let c = URUTAN.indexOf(at.kolom) + by;
    for (; i >= 0 && i < rows.length; i += by, c = by > 0 ? 0 : URUTAN.length - 1)
      for (; c >= 0 && c < URUTAN.length; c += by)
        if (this.may(rows[i]!, URUTAN[c]!)) return { row: rows[i]!, kolom: URUTAN[c]! };
    return null;
  }
}
