// The same rows as a table: an ARIA treegrid of which only the rows in sight are in the document.
import { hides } from "./data.ts";
import { rowDiff, type Row } from "./rows.ts";
import { fill, num, signed } from "./text.ts";

const ROW_H = 36;
const MARGIN = 12;

export interface TableHandlers {
  open(row: Row): void;
  explain(row: Row, ukuran: string): void;
  toggle(row: Row, terbuka: boolean): void;
  sort(column: string): void;
  active(row: Row): void;
}

/** What a page that edits adds to the table; true: dealt with. */
export interface TableEdit {
  decorate(line: HTMLElement, row: Row): void;
  keydown(event: KeyboardEvent, row: Row): boolean;
  click(event: MouseEvent, row: Row): boolean;
}

export interface TableWords {
  /** Marks of rows of a draft, in words. */
  tanda?: Record<string, string>;
  semula?: string;
  /** How much a draft changes inside a closed unit. */
  dalam?: string;
  buka: string;
  tutup: string;
  jelaskan: string;
  jenis: Record<string, string>;
  kepala: readonly string[];
}

export class Table {
  private rows: Row[] = [];
  private active = 0;
  private body: HTMLElement;
  private space: HTMLElement;
  private head: HTMLElement;

  constructor(private root: HTMLElement, private words: TableWords, private on: TableHandlers,
    private edit: TableEdit | null = null,
  ) {
    this.head = root.querySelector<HTMLElement>("[data-kepala]")!;
    this.space = root.querySelector<HTMLElement>("[data-ruang]")!;
    this.body = root.querySelector<HTMLElement>("[data-baris]")!;
    root.addEventListener("scroll", () => this.render(), { passive: true });
    new ResizeObserver(() => this.render()).observe(root);
    this.head.addEventListener("click", (event) => {
      const button = (event.target as Element).closest<HTMLElement>("[data-urut]");
      if (button) this.on.sort(button.dataset.urut!);
    });
    this.body.addEventListener("click", (event) => this.click(event));
    this.body.addEventListener("keydown", (event) => this.keydown(event));
    root.addEventListener("copy", (event) => {
      if (String(getSelection()) || (event.target as Element).closest?.("input,textarea")) return;
      event.clipboardData?.setData("text/plain", this.tsv());
      event.preventDefault();
    });
  }

  setRows(rows: Row[], urut: string, selected: string | null): void {
    const key = this.rows[this.active]?.kunci;
    this.rows = rows;
    const at = rows.findIndex((row) => row.kunci === (selected ?? key));
    this.active = at >= 0 ? at : Math.min(this.active, Math.max(0, rows.length - 1));
    for (const cell of this.head.querySelectorAll<HTMLElement>("[role=columnheader]")) {
      const column = cell.querySelector<HTMLElement>("[data-urut]")?.dataset.urut;
      const sort = urut === column ? "ascending" : urut === `-${column}` ? "descending" : null;
      if (sort) cell.setAttribute("aria-sort", sort);
      else cell.removeAttribute("aria-sort");
    }
    this.root.setAttribute("aria-rowcount", String(rows.length + 1));
    this.render();
  }

  get current(): Row | undefined {
    return this.rows[this.active];
  }

  get all(): readonly Row[] {
    return this.rows;
  }

  /** Draws the rows in sight again; with `focus` the active one takes the keyboard. */
  redraw(focus = this.body.contains(document.activeElement)): void {
    this.render(focus);
  }

  /** The line of a row, while it is in the document. */
  line(key: string): HTMLElement | null {
    const at = this.rows.findIndex((row) => row.kunci === key);
    return at < 0 ? null : this.body.querySelector<HTMLElement>(`[data-i="${at}"]`);
  }

  show(key: string): void {
    const at = this.rows.findIndex((row) => row.kunci === key);
    if (at < 0) return;
    this.active = at;
    this.scrollTo(at);
    this.render();
  }

  /** All rows that are open, for a spreadsheet: tab-separated, figures without thousands separators. */
  tsv(): string {
    const lines = [this.words.kepala.join("\t")];
    const plain = (value: number | null): string => (value === null ? "" : String(value));
    // A cell that starts like a formula must not become one.
    const safe = (text: string): string => (/^[=+\-@]/.test(text) ? `'${text}` : text).replace(/[\t\r\n]+/g, " ");
    for (const row of this.rows) {
      const { box, unit } = row;
      const indent = " ".repeat(4 * (row.level - 1));
      lines.push(
        [
          indent + safe(box ? box.nama : unit.nama), this.kind(row), box ? box.jenjang : unit.eselon,
          plain(box ? box.kelas : null), plain(box ? box.b : unit.b), plain(box ? box.k : unit.k),
          plain(rowDiff(row)),
        ].join("\t"),
      );
    }
    return lines.join("\n");
  }

  private kind(row: Row): string {
    const key = row.box ? (row.box.kepala ? "kepala" : row.box.jenis) : row.unit.jenis;
    return this.words.jenis[row.box || key !== "struktural" ? key : "unit"] ?? key;
  }

  private scrollTo(at: number): void {
    const top = at * ROW_H;
    const seen = this.root.clientHeight - this.head.offsetHeight;
    if (top < this.root.scrollTop) this.root.scrollTop = top;
    else if (top + ROW_H > this.root.scrollTop + seen) this.root.scrollTop = top + ROW_H - seen;
  }

  private render(focus = this.body.contains(document.activeElement)): void {
    if (this.root.offsetParent === null) return;
    const first = Math.max(0, Math.floor(this.root.scrollTop / ROW_H) - MARGIN);
    const count = Math.ceil(this.root.clientHeight / ROW_H) + 2 * MARGIN;
    const column = focus ? (document.activeElement as HTMLElement).dataset.ukuran : undefined;
    this.space.style.height = `${this.rows.length * ROW_H}px`;
    this.body.style.transform = `translateY(${first * ROW_H}px)`;
    const seen = this.rows.slice(first, first + count).map((row, i) => this.row(row, first + i));
    this.body.replaceChildren(...seen);
    if (!focus) return;
    const row = seen[this.active - first];
    const target = column ? row?.querySelector<HTMLElement>(`[data-ukuran=${column}]`) : row;
    target?.focus({ preventScroll: true });
  }

  private row(row: Row, at: number): HTMLElement {
    const active = at === this.active;
    const line = document.createElement("div");
    line.className = `peta-baris${row.box ? " peta-baris-posisi" : ""}${active ? " aktif" : ""}`;
    line.setAttribute("role", "row");
    line.setAttribute("aria-level", String(row.level));
    line.setAttribute("aria-posinset", String(row.pos));
    line.setAttribute("aria-setsize", String(row.size));
    line.setAttribute("aria-rowindex", String(at + 2));
    if (row.terbuka !== undefined) line.setAttribute("aria-expanded", String(row.terbuka));
    line.dataset.i = String(at);
    line.tabIndex = active ? 0 : -1;
    const cell = (kelas: string): HTMLElement => {
      const element = document.createElement("div");
      element.setAttribute("role", "gridcell");
      element.className = kelas;
      line.append(element);
      return element;
    };
    const name = cell("peta-sel peta-sel-nama");
    name.style.setProperty("--tingkat", String(Math.min(row.level - 1, 12)));
    if (row.terbuka !== undefined) {
      const toggle = document.createElement("button");
      toggle.type = "button";
      toggle.className = "peta-lipat";
      toggle.tabIndex = -1;
      toggle.dataset.lipat = "";
      toggle.setAttribute("aria-label", fill(row.terbuka ? this.words.tutup : this.words.buka, { nama: row.unit.nama }));
      toggle.textContent = row.terbuka ? "▾" : "▸";
      name.append(toggle);
    }
    const text = document.createElement("span");
    text.className = "peta-nama";
    text.textContent = row.box ? row.box.nama : row.unit.nama;
    text.title = text.textContent;
    name.append(text);
    name.dataset.kolom = "nama";
    const { tanda, sebelum } = row.box ?? row.unit;
    if (tanda) {
      line.classList.add(`tanda-${tanda}`);
      const label = document.createElement("span");
      label.className = `lencana tanda tanda-${tanda}`;
      label.textContent = this.words.tanda?.[tanda] ?? tanda;
      label.title = label.textContent;
      name.append(label);
    }
    if (row.terbuka === false && hides(row.unit)) {
      const inside = document.createElement("span");
      inside.className = "lencana tanda tanda-dalam";
      inside.textContent = fill(this.words.dalam ?? "{n}", { n: num(row.unit.diDalam) });
      inside.title = inside.textContent;
      inside.dataset.n = num(row.unit.diDalam);
      name.append(inside);
    }
    const was = (column: string, now: HTMLElement): void => {
      if (!sebelum || !(column in sebelum)) return;
      const old = document.createElement("s");
      old.className = "semula";
      old.textContent = sebelum[column] === null ? "–" : String(sebelum[column]);
      old.title = this.words.semula ?? "";
      now.prepend(old, " ");
    };
    cell("peta-sel peta-sel-jenis").textContent = this.kind(row);
    cell("peta-sel peta-sel-jenjang").textContent = row.box ? row.box.jenjang : row.unit.eselon;
    const kelas = cell("peta-sel peta-sel-angka");
    kelas.textContent = row.box ? num(row.box.kelas) : "";
    kelas.dataset.kolom = "kelas";
    if (row.box) was("kelas", kelas);
    const figures: [string, string, number | null][] = [
      ["b", num(row.box ? row.box.b : row.unit.b), 0],
      ["k", num(row.box ? row.box.k : row.unit.k), 0],
      ["selisih", signed(rowDiff(row)), rowDiff(row)],
    ];
    for (const [ukuran, shown, sign] of figures) {
      const button = document.createElement("button");
      button.type = "button";
      button.className = `peta-angka${sign ? (sign < 0 ? " kurang" : " lebih") : ""}`;
      button.dataset.ukuran = ukuran;
      button.tabIndex = active ? 0 : -1;
      button.textContent = shown;
      button.setAttribute("aria-label", fill(this.words.jelaskan, { nama: ukuran === "selisih" ? "±" : ukuran.toUpperCase(), nilai: shown }));
      const place = cell("peta-sel peta-sel-angka");
      place.append(button);
      if (ukuran !== "k") continue;
      place.dataset.kolom = "k";
      if (row.box) was("k", place);
    }
    this.edit?.decorate(line, row);
    return line;
  }

  private at(event: Event): Row | undefined {
    const line = (event.target as Element).closest<HTMLElement>("[data-i]");
    if (!line) return undefined;
    this.active = Number(line.dataset.i);
    return this.rows[this.active];
  }

  private click(event: MouseEvent): void {
    const row = this.at(event);
    if (!row) return;
    const target = event.target as HTMLElement;
    if (this.edit?.click(event, row)) return;
    this.on.active(row);
    if (target.closest("[data-lipat]")) this.on.toggle(row, !row.terbuka);
    else if (target.dataset.ukuran) this.on.explain(row, target.dataset.ukuran);
    else this.on.open(row);
    this.render(true);
  }

  private keydown(event: KeyboardEvent): void {
    const row = this.at(event);
    if (row && this.edit?.keydown(event, row)) {
      event.preventDefault();
      return;
    }
    if (!row || event.altKey || event.ctrlKey || event.metaKey) return;
    const onFigure = (event.target as HTMLElement).dataset.ukuran;
    const go = (to: number): void => {
      this.active = Math.max(0, Math.min(this.rows.length - 1, to));
      this.scrollTo(this.active);
      this.render(true);
      this.on.active(this.rows[this.active]!);
    };
    switch (event.key) {
      case "ArrowDown": go(this.active + 1); break;
      case "ArrowUp": go(this.active - 1); break;
      case "PageDown": go(this.active + 15); break;
      case "PageUp": go(this.active - 15); break;
      case "Home": go(0); break;
      case "End": go(this.rows.length - 1); break;
      case "ArrowRight":
      case "+":
        if (row.terbuka === false) this.on.toggle(row, true);
        else if (event.key === "ArrowRight" && row.terbuka) go(this.active + 1);
        break;
      case "ArrowLeft":
      case "-":
        if (row.terbuka) this.on.toggle(row, false);
        else if (event.key === "ArrowLeft" && row.atas >= 0) go(row.atas);
        break;
      case "Enter":
        if (onFigure) return;
        this.on.open(row);
        break;
      default:
        return;
    }
    event.preventDefault();
  }
}
