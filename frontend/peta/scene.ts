// From the loaded map and the state to boxes with sizes: what is visible, at which level of detail.
import { type Box, hasChildren, type Store, type Unit } from "./data.ts";
import { layout, type LayoutNode } from "./layout.ts";
import { wrap } from "./text.ts";

/** Levels of detail: names only; boxes with Kelas | B | K | +/−; boxes with the tables of their posts. */
export type Lod = "ringkas" | "kotak" | "tabel";

export interface Node extends LayoutNode {
  /** `u12` a unit, `j12` the group of functional posts drawn apart under an eselon II head. */
  kunci: string;
  unit: Unit;
  kelompok: boolean;
  atas: Node | null;
  anak: Node[];
  terbuka: boolean;
  judul: string[];
  subjudul: string[];
  /** Height of the part above the tables. */
  kepalaH: number;
  tabel: Tabel[];
  /** Findings of the unit and its boxes, in a draft. */
  temuan: { galat: number; lain: number } | null;
}
export interface Tabel {
  judul: string;
  y: number;
  h: number;
  baris: { box: Box; lines: string[]; y: number; h: number }[];
  sisa: number;
}
export interface Scene {
  lod: Lod;
  nodes: Node[];
  byKey: Map<string, Node>;
  w: number;
  h: number;
}

export const W = 288;
export const PAD = 10;
export const CELL_H = 36;
export const FOOT_H = 24;
export const ROW_LINE = 13;
export const NO_W = 24;
export const NUM_W = [30, 32, 32, 36];
export const NAME_W = W - NO_W - NUM_W.reduce((a, b) => a + b, 0) - 8;
/** Rows of one table before the rest is left to the drawer. */
const ROWS_MAX = 60;

export const FONT = {
  ringkas: "600 21px",
  judul: "600 14px",
  sub: "400 12px",
  sel: "600 14px",
  label: "400 10px",
  baris: "400 11px",
};

/** Functional posts of an eselon II unit get the group box of their own (convention of printed maps). */
const groupsJf = (unit: Unit): boolean => unit.eselonKode.startsWith("2");

export interface Words {
  jf: string;
  pelaksana: string;
  lain: string;
}

function makeTable(judul: string, boxes: Box[], y: number, family: string): Tabel {
  const shown = boxes.slice(0, ROWS_MAX);
  let at = y + (judul ? 18 : 4) + 16;
  const baris = shown.map((box) => {
    const lines = wrap(box.nama, `${FONT.baris} ${family}`, NAME_W, 3);
    const h = Math.max(1, lines.length) * ROW_LINE + 5;
    const row = { box, lines, y: at, h };
    at += h;
    return row;
  });
  const sisa = boxes.length - shown.length;
  return { judul, y, h: at - y + (sisa ? 18 : 0), baris, sisa };
}

function measure(node: Node, lod: Lod, boxes: Box[], family: string, words: Words): void {
  const unit = node.unit;
  node.w = W;
  node.tabel = [];
  if (lod === "ringkas") {
    node.judul = wrap(node.kelompok ? words.jf : unit.nama, `${FONT.ringkas} ${family}`, W - 2 * PAD - 4, 2);
    node.subjudul = [];
    node.kepalaH = PAD + node.judul.length * 25 + 32;
    node.h = node.kepalaH;
    return;
  }
  const head = unit.kotak[0]?.kepala ? unit.kotak[0] : null;
  const jabatan = node.kelompok ? words.jf : head?.nama || unit.jabatan || unit.nama;
  node.judul = wrap(jabatan, `${FONT.judul} ${family}`, W - 2 * PAD, 2);
  node.subjudul =
    node.kelompok || jabatan === unit.nama ? [] : wrap(unit.nama, `${FONT.sub} ${family}`, W - 2 * PAD, 2);
  node.kepalaH = PAD + node.subjudul.length * 15 + node.judul.length * 18 + 8 + CELL_H + (node.kelompok ? 0 : FOOT_H);
  let y = node.kepalaH;
  if (lod === "tabel") {
    const own = boxes.filter((box) => !box.kepala);
    const groups: [string, Box[]][] = node.kelompok
      ? [["", own]]
      : [
          [words.jf, own.filter((b) => b.jenis === "fungsional")],
          [words.pelaksana, own.filter((b) => b.jenis === "pelaksana")],
          [words.lain, own.filter((b) => b.jenis === "struktural")],
        ];
    for (const [judul, rows] of groups) {
      if (!rows.length) continue;
      const table = makeTable(judul, rows, y, family);
      node.tabel.push(table);
      y += table.h;
    }
    if (node.tabel.length) y += 4;
  }
  node.h = y;
}

/** Where the round button that opens and closes a unit hangs: below the box, clear of its text. */
export const EXPANDER_R = 11;
export const EXPANDER_Y = 9;

export interface SceneInput {
  store: Store;
  buka: Set<number>;
  akar: number;
  lod: Lod;
  family: string;
  words: Words;
  aspek: number;
}

export function buildScene({ store, buka, akar, lod, family, words, aspek }: SceneInput): Scene {
  const nodes: Node[] = [];
  const byKey = new Map<string, Node>();
  const make = (unit: Unit, atas: Node | null, kelompok: boolean, terbuka: boolean): Node => {
    const node: Node = {
      kunci: `${kelompok ? "j" : "u"}${unit.id}`, unit, kelompok, atas, anak: [], terbuka,
      judul: [], subjudul: [], kepalaH: 0, tabel: [],
      temuan: store.temuan.size ? store.findings(unit) : null, x: 0, y: 0, w: W, h: 0,
    };
    nodes.push(node);
    byKey.set(node.kunci, node);
    atas?.anak.push(node);
    return node;
  };
  const walk = (id: number, atas: Node | null): Node | null => {
    const unit = store.units.get(id);
    if (!unit) return null;
    const terbuka = buka.has(id) && hasChildren(unit) && unit.anak !== null;
    const node = make(unit, atas, false, terbuka);
    const jf = unit.kotak.filter((b) => b.jenis === "fungsional" && !b.kepala);
    const apart = terbuka && groupsJf(unit) && jf.length > 0 && lod !== "ringkas";
    measure(node, lod, apart ? unit.kotak.filter((b) => b.jenis !== "fungsional") : unit.kotak, family, words);
    if (apart) measure(make(unit, node, true, false), lod, jf, family, words);
    if (terbuka) for (const child of unit.anak ?? []) walk(child, node);
    return node;
  };
  const root = walk(akar, null);
  const size = root ? layout(root, { gapX: 26, gapY: 54, pak: 4, aspek }) : { w: 0, h: 0 };
  return { lod, nodes, byKey, ...size };
}

export interface Hit {
  node: Node;
  /** What was hit inside the node. */
  apa: "unit" | "posisi" | "angka" | "buka" | "kelompok";
  posisi?: Box;
  ukuran?: "kelas" | "b" | "k" | "selisih";
  total?: boolean;
}

const UKURAN = ["kelas", "b", "k", "selisih"] as const;

/** What lies at a point of the world. */
export function hitNode(node: Node, lod: Lod, x: number, y: number): Hit | null {
  const lx = x - node.x;
  const ly = y - node.y;
  const unit = node.unit;
  if (!node.kelompok && hasChildren(unit) && Math.hypot(lx - node.w / 2, ly - node.h - EXPANDER_Y) <= EXPANDER_R + 5)
    return { node, apa: "buka" };
  if (lx < 0 || ly < 0 || lx > node.w || ly > node.h) return null;
  const apa = node.kelompok ? "kelompok" : "unit";
  if (lod === "ringkas") return { node, apa };
  const cellsTop = node.kepalaH - CELL_H - (node.kelompok ? 0 : FOOT_H);
  if (ly >= cellsTop && ly < cellsTop + CELL_H) {
    const ukuran = UKURAN[Math.min(3, Math.floor((lx / node.w) * 4))]!;
    const head = unit.kotak[0]?.kepala ? unit.kotak[0] : null;
    if (node.kelompok) return { node, apa };
    return head ? { node, apa: "angka", posisi: head, ukuran } : { node, apa };
  }
  if (!node.kelompok && ly >= cellsTop + CELL_H && ly < node.kepalaH) {
    if (lx < 70) return { node, apa };
    const third = Math.min(2, Math.floor(((lx - 70) / (node.w - 70)) * 3));
    return { node, apa: "angka", ukuran: UKURAN[third + 1]!, total: true };
  }
  for (const table of node.tabel)
    for (const row of table.baris) {
      if (ly < row.y || ly >= row.y + row.h) continue;
      let edge = NO_W + NAME_W + 8;
      if (lx < edge) return { node, apa: "posisi", posisi: row.box };
      for (let i = 0; i < 4; i++) {
        edge += NUM_W[i]!;
        if (lx < edge) return { node, apa: "angka", posisi: row.box, ukuran: UKURAN[i]! };
      }
    }
  return { node, apa };
}
