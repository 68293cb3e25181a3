// The map as the browser knows it: units and boxes that have been loaded so far.

export interface Box {
  id: number;
  unor: number;
  nama: string;
  jenis: "struktural" | "fungsional" | "pelaksana";
  jenjang: string;
  kelas: number | null;
  /** Kebutuhan in persons; null where none has been determined, which is not zero. */
  k: number | null;
  b: number;
  paruhWaktu: number;
  kepala: boolean;
  /** In a draft: what it does to the box, and the columns as they were. */
  tanda: Tanda;
  sebelum: Sebelum | null;
}
export type Tanda = "" | "tambah" | "hapus" | "ubah" | "pindah";
export type Sebelum = Record<string, string | number | null>;

export interface Unit {
  id: number;
  atasan: number | null;
  nama: string;
  jabatan: string;
  jenis: string;
  eselonKode: string;
  eselon: string;
  /** Totals of the whole subtree, persons; b is null when it cannot be known for this version. */
  k: number;
  b: number | null;
  nPosisi: number;
  nUnor: number;
  kotak: Box[];
  /** Ids of the units below, in order; null while they have not been loaded. */
  anak: number[] | null;
  /** Whether anything is shown below; in a draft also units that are removed. */
  punya: boolean;
  tanda: Tanda;
  sebelum: Sebelum | null;
  /** In a draft: how many units below and boxes inside it changes. */
  diDalam: number;
}

type UnitRow = [
  id: number, atasan: number | null, nama: string, jabatan: string, jenis: string, eselonKode: string,
  eselon: string, k: number, b: number | null, nPosisi: number, nUnor: number,
  punya?: number, tanda?: Tanda, sebelum?: Sebelum | null,
];
type BoxRow = [
  id: number, unor: number, nama: string, jenis: number, jenjang: string, kelas: number | null,
  k: number | null, b: number, paruhWaktu: number, kepala: number, tanda?: Tanda, sebelum?: Sebelum | null,
];
/** Errors and other findings of an object of a draft. */
export type TemuanRow = [objek: "unor" | "posisi", id: number, galat: number, lain: number];

/** One answer of the server; every endpoint speaks this shape. `lengkap`: units whose children are all in. */
export interface Dokumen {
  akar: number | null;
  unor: UnitRow[];
  kotak: BoxRow[];
  lengkap: number[];
  terpotong?: boolean;
  temuan?: TemuanRow[];
  revisi?: number;
}

const JENIS = ["struktural", "fungsional", "pelaksana"] as const;

export const selisih = (b: number | null, k: number | null): number | null =>
  b === null || k === null ? null : b - k;

export class Store {
  units = new Map<number, Unit>();
  boxes = new Map<number, Box>();
  akar: number | null = null;
  /** Errors and other findings by key (`u12`, `p34`); only in drafts. */
  temuan = new Map<string, { galat: number; lain: number }>();

  private diDalam = new Map<number, number>();

  /** Takes in how much changed inside each unit; false when that is known. */
  setChanges(rows: [id: number, n: number][]): boolean {
    const same = rows.length === this.diDalam.size && rows.every(([id, n]) => this.diDalam.get(id) === n);
    if (same) return false;
    this.diDalam = new Map(rows);
    for (const unit of this.units.values()) unit.diDalam = this.diDalam.get(unit.id) ?? 0;
    return true;
  }

  clear(): void {
    this.units.clear();
    this.boxes.clear();
    this.temuan.clear();
  }

  addFindings(rows: TemuanRow[]): void {
    for (const [objek, id, galat, lain] of rows) this.temuan.set(`${objek === "unor" ? "u" : "p"}${id}`, { galat, lain });
  }

  /** Findings of a unit and of its boxes together. */
  findings(unit: Unit): { galat: number; lain: number } {
    const sum = { galat: 0, lain: 0 };
    if (!this.temuan.size) return sum;
    for (const key of [`u${unit.id}`, ...unit.kotak.map((box) => `p${box.id}`)]) {
      const found = this.temuan.get(key);
      if (found) {
        sum.galat += found.galat;
        sum.lain += found.lain;
      }
    }
    return sum;
  }

  /** Takes an answer in. Children arrive in order; a unit that is already known keeps its loaded children. */
  merge(doc: Dokumen): void {
    if (doc.akar !== null) this.akar = doc.akar;
    const anak = new Map<number, number[]>(doc.lengkap.map((id) => [id, []]));
    for (const r of doc.unor) {
      const lama = this.units.get(r[0]);
      this.units.set(r[0], {
        id: r[0], atasan: r[1], nama: r[2], jabatan: r[3], jenis: r[4], eselonKode: r[5], eselon: r[6],
        k: r[7], b: r[8], nPosisi: r[9], nUnor: r[10], kotak: [],
        punya: r[11] === undefined ? r[10] > 1 : r[11] === 1, tanda: r[12] ?? "", sebelum: r[13] ?? null,
        diDalam: this.diDalam.get(r[0]) ?? 0,
        anak: (r[11] === undefined ? r[10] > 1 : r[11] === 1) ? (lama?.anak ?? null) : [],
      });
      for (const box of lama?.kotak ?? []) if (this.boxes.get(box.id) === box) this.boxes.delete(box.id);
      if (r[1] !== null) anak.get(r[1])?.push(r[0]);
    }
    for (const r of doc.kotak) {
      const box: Box = {
        id: r[0], unor: r[1], nama: r[2], jenis: JENIS[r[3]] ?? "pelaksana", jenjang: r[4], kelas: r[5],
        k: r[6], b: r[7], paruhWaktu: r[8], kepala: r[9] === 1,
        tanda: r[10] ?? "", sebelum: r[11] ?? null,
      };
      this.boxes.set(box.id, box);
      this.units.get(box.unor)?.kotak.push(box);
    }
    if (doc.temuan) this.addFindings(doc.temuan);
    for (const [id, list] of anak) {
      const unit = this.units.get(id);
      if (unit) unit.anak = list;
    }
  }

  head(unit: Unit): Box | null {
    const box = unit.kotak[0];
    return box?.kepala ? box : null;
  }

  /** From the root down to and including the unit. */
  path(id: number): Unit[] {
    const path: Unit[] = [];
    for (let unit = this.units.get(id); unit; unit = unit.atasan === null ? undefined : this.units.get(unit.atasan))
      path.push(unit);
    return path.reverse();
  }

  /** Units below (the unit itself excluded) that are loaded, each before those below it. */
  *below(id: number): Generator<Unit> {
    const stack = [...(this.units.get(id)?.anak ?? [])].reverse();
    for (let next = stack.pop(); next !== undefined; next = stack.pop()) {
      const unit = this.units.get(next);
      if (!unit) continue;
      yield unit;
      if (unit.anak) for (let i = unit.anak.length - 1; i >= 0; i--) stack.push(unit.anak[i]!);
    }
  }
}

/** Whether a draft changes something inside the unit that is still there. */
export const hides = (unit: Unit): boolean => unit.diDalam > 0 && unit.tanda !== "hapus";
export const hasChildren = (unit: Unit): boolean => unit.punya;
