// The chart for keyboards and screen readers: an ARIA tree with one tab stop. Only a window of items around the
// active one is in the document; aria-level, -posinset and -setsize say where each stands in the whole.
import { hides } from "./data.ts";
import { rowDiff, type Row } from "./rows.ts";
import { fill, num } from "./text.ts";

const AROUND = 30;

export interface TreeHandlers {
  focus(row: Row): void;
  blur(): void;
  open(row: Row): void;
  toggle(row: Row, terbuka: boolean): void;
  key(event: KeyboardEvent, row: Row): boolean;
}

export interface TreeWords {
  unit: string;
  posisi: string;
  kurang: string;
  lebih: string;
  sesuai: string;
  /** Marks of a draft, in words. */
  tanda?: Record<string, string>;
  dalam?: string;
}

export class Tree {
  private rows: Row[] = [];
  private index = new Map<string, number>();
  active = 0;

  constructor(private root: HTMLElement, private words: TreeWords, private on: TreeHandlers) {
    root.addEventListener("keydown", (event) => this.keydown(event));
    root.addEventListener("focusin", () => this.announce());
    root.addEventListener("focusout", (event) => {
      if (!root.contains(event.relatedTarget as globalThis.Node | null)) this.on.blur();
    });
    root.addEventListener("click", (event) => {
      const item = (event.target as Element).closest<HTMLElement>("[data-kunci]");
      const row = item && this.rows[this.index.get(item.dataset.kunci!) ?? -1];
      if (row) this.on.open(row);
    });
  }

  setRows(rows: Row[], active?: string): void {
    const key = active ?? this.rows[this.active]?.kunci;
    this.rows = rows;
    this.index = new Map(rows.map((row, i) => [row.kunci, i]));
    this.active = Math.min((key && this.index.get(key)) || 0, Math.max(0, rows.length - 1));
    this.render(this.root.contains(document.activeElement));
  }

  /** Makes a row the tab stop; without `focus` the keyboard stays where it is. */
  setActive(key: string, focus = false): void {
    const at = this.index.get(key);
    if (at === undefined) return;
    this.active = at;
    this.render(focus || this.root.contains(document.activeElement));
  }

  /** The same rows with other words. */
  redraw(): void {
    this.render(this.root.contains(document.activeElement));
  }

  get current(): Row | undefined {
    return this.rows[this.active];
  }

  label(row: Row): string {
    const diff = rowDiff(row);
    const kata =
      diff === null ? "" : diff < 0 ? this.words.kurang : diff > 0 ? this.words.lebih : this.words.sesuai;
    const hasil = fill(kata, { n: num(diff === null ? null : Math.abs(diff)) });
    const { tanda } = row.box ?? row.unit;
    const mark = tanda ? ` (${this.words.tanda?.[tanda] ?? tanda})` : "";
    if (row.box)
      return fill(this.words.posisi, {
        nama: row.box.nama + mark, kelas: num(row.box.kelas), b: num(row.box.b), k: num(row.box.k), hasil,
      });
    const unit = row.unit;
    const inside =
      row.terbuka === false && hides(unit)
        ? ` (${fill(this.words.dalam ?? "{n}", { n: num(unit.diDalam) })})` : "";
    return fill(this.words.unit, {
      nama: unit.nama + mark + inside, jabatan: unit.kotak[0]?.kepala ? unit.kotak[0].nama : unit.jabatan || "–",
      b: num(unit.b), k: num(unit.k), n: num(unit.nUnor - 1), hasil,
    });
  }

  private render(focus: boolean): void {
    const from = Math.max(0, this.active - AROUND);
    const items = this.rows.slice(from, this.active + AROUND + 1).map((row, i) => {
      const item = document.createElement("div");
      item.setAttribute("role", "treeitem");
      item.dataset.kunci = row.kunci;
      item.setAttribute("aria-level", String(row.level));
      item.setAttribute("aria-posinset", String(row.pos));
      item.setAttribute("aria-setsize", String(row.size));
      if (row.terbuka !== undefined) item.setAttribute("aria-expanded", String(row.terbuka));
      const active = from + i === this.active;
      item.setAttribute("aria-selected", String(active));
      item.tabIndex = active ? 0 : -1;
      item.textContent = this.label(row);
      return item;
    });
    this.root.replaceChildren(...items);
    if (focus) items[this.active - from]?.focus({ preventScroll: true });
  }

  private announce(): void {
    const row = this.rows[this.active];
    if (row) this.on.focus(row);
  }

  private move(to: number): void {
    const next = Math.max(0, Math.min(this.rows.length - 1, to));
    if (next === this.active) return;
    this.active = next;
    this.render(true);
  }

  private keydown(event: KeyboardEvent): void {
    const row = this.rows[this.active];
    if (!row || event.metaKey) return;
    if (event.altKey) {
      if (!this.on.key(event, row)) return;
      event.preventDefault();
      event.stopPropagation();
      return;
    }
    if (event.ctrlKey && !event.key.startsWith("Arrow")) return;
    const done = this.command(event, row);
    if (done) {
      event.preventDefault();
      event.stopPropagation();
    }
  }

  private command(event: KeyboardEvent, row: Row): boolean {
    if (event.ctrlKey) return this.on.key(event, row);
    switch (event.key) {
      case "ArrowDown": this.move(this.active + 1); return true;
      case "ArrowUp": this.move(this.active - 1); return true;
      case "PageDown": this.move(this.active + 10); return true;
      case "PageUp": this.move(this.active - 10); return true;
      case "Home": this.move(0); return true;
      case "End": this.move(this.rows.length - 1); return true;
      case "ArrowRight":
        if (row.terbuka === false) this.on.toggle(row, true);
        else if (row.terbuka) this.move(this.active + 1);
        return true;
      case "ArrowLeft":
        if (row.terbuka) this.on.toggle(row, false);
        else if (row.atas >= 0) this.move(row.atas);
        return true;
      case "+":
        if (row.terbuka === false) this.on.toggle(row, true);
        return true;
      case "-":
        if (row.terbuka) this.on.toggle(row, false);
        return true;
      case "Enter":
      case " ":
        this.on.open(row);
        return true;
      default:
        return this.on.key(event, row);
    }
  }
}
