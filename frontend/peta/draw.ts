// Draws boxes by the convention of printed maps. Coordinates are those of the world; the caller has set the
// transform. Colours only support what sign and text already say.
import { hasChildren, hides, selisih } from "./data.ts";
import {
  CELL_H, EXPANDER_R, EXPANDER_Y, FONT, FOOT_H, type Lod, NAME_W, type Node, NO_W, NUM_W, PAD, ROW_LINE, type Tabel,
} from "./scene.ts";
import { fill, num, signed } from "./text.ts";

export interface Theme {
  latar: string;
  kotak: string;
  garis: string;
  tepi: string;
  teks: string;
  redup: string;
  aksen: string;
  kepala: string;
  kurang: string;
  kurangLatar: string;
  lebih: string;
  lebihLatar: string;
  jf: string;
  tanda: Record<string, string>;
  galat: string;
  awas: string;
  family: string;
}

/** Colours and font of the page (CSS custom properties of the container), read again when the theme changes. */
export function readTheme(element: HTMLElement): Theme {
  const style = getComputedStyle(element);
  const v = (name: string): string => style.getPropertyValue(`--peta-${name}`).trim() || "#888";
  return {
    latar: v("latar"), kotak: v("kotak"), garis: v("garis"), tepi: v("tepi"), teks: v("teks"), redup: v("redup"),
    aksen: v("aksen"), kepala: v("kepala"), kurang: v("kurang"), kurangLatar: v("kurang-latar"), lebih: v("lebih"),
    lebihLatar: v("lebih-latar"), jf: v("jf"),
    tanda: { tambah: v("tambah"), hapus: v("hapus"), ubah: v("ubah"), pindah: v("pindah") },
    galat: v("galat"), awas: v("awas"), family: style.fontFamily || "sans-serif",
  };
}

type Ctx = CanvasRenderingContext2D;

function centred(ctx: Ctx, text: string, x: number, y: number): void {
  ctx.textAlign = "center";
  ctx.fillText(text, x, y);
}

function tint(value: number | null, t: Theme): [ink: string, ground: string] {
  if (value === null || value === 0) return [t.teks, ""];
  return value < 0 ? [t.kurang, t.kurangLatar] : [t.lebih, t.lebihLatar];
}

function totals(node: Node): { k: number | null; b: number | null } {
  if (!node.kelompok) return node.unit;
  let k = 0;
  let b = 0;
  for (const box of node.unit.kotak)
    if (box.jenis === "fungsional" && !box.kepala) {
      k += box.k ?? 0;
      b += box.b;
    }
  return { k, b };
}

function cells(ctx: Ctx, node: Node, top: number, t: Theme, labels: readonly string[]): void {
  const head = node.unit.kotak[0]?.kepala ? node.unit.kotak[0] : null;
  const sum = node.kelompok ? totals(node) : null;
  const b = sum ? sum.b : (head?.b ?? null);
  const k = sum ? sum.k : (head?.k ?? null);
  const diff = selisih(b, k);
  const w = node.w / 4;
  const [ink, ground] = tint(diff, t);
  if (ground) {
    ctx.fillStyle = ground;
    ctx.fillRect(node.x + 3 * w, top, w, CELL_H);
  }
  ctx.strokeStyle = t.tepi;
  ctx.lineWidth = 1;
  ctx.beginPath();
  ctx.moveTo(node.x, top);
  ctx.lineTo(node.x + node.w, top);
  for (let i = 1; i < 4; i++) {
    ctx.moveTo(node.x + i * w, top);
    ctx.lineTo(node.x + i * w, top + CELL_H);
  }
  ctx.moveTo(node.x, top + CELL_H);
  ctx.lineTo(node.x + node.w, top + CELL_H);
  ctx.stroke();
  const values = [num(head && !sum ? head.kelas : null), num(b), num(k), signed(diff)];
  for (let i = 0; i < 4; i++) {
    const x = node.x + (i + 0.5) * w;
    ctx.font = `${FONT.label} ${t.family}`;
    ctx.fillStyle = t.redup;
    centred(ctx, labels[i]!, x, top + 13);
    ctx.font = `${FONT.sel} ${t.family}`;
    ctx.fillStyle = i === 3 ? ink : t.teks;
    centred(ctx, values[i]!, x, top + 30);
  }
}

function footer(ctx: Ctx, node: Node, top: number, t: Theme, words: DrawWords): void {
  const { k, b } = node.unit;
  const diff = selisih(b, k);
  ctx.fillStyle = t.kepala;
  ctx.fillRect(node.x + 0.5, top + 0.5, node.w - 1, FOOT_H - 1);
  ctx.font = `${FONT.baris} ${t.family}`;
  ctx.textAlign = "left";
  ctx.fillStyle = t.redup;
  ctx.fillText(words.jumlah, node.x + PAD, top + 16);
  const w = (node.w - 70) / 3;
  ctx.fillStyle = t.teks;
  centred(ctx, `B ${num(b)}`, node.x + 70 + w / 2, top + 16);
  centred(ctx, `K ${num(k)}`, node.x + 70 + w * 1.5, top + 16);
  ctx.fillStyle = tint(diff, t)[0];
  centred(ctx, signed(diff), node.x + 70 + w * 2.5, top + 16);
}

function table(ctx: Ctx, node: Node, tab: Tabel, t: Theme, words: DrawWords): void {
  const x0 = node.x;
  let y = node.y + tab.y;
  if (tab.judul) {
    ctx.font = `600 10px ${t.family}`;
    ctx.fillStyle = t.redup;
    ctx.textAlign = "left";
    ctx.fillText(tab.judul, x0 + PAD, y + 14);
    y += 18;
  } else y += 4;
  const edges = [NO_W, NO_W + NAME_W + 8];
  for (const w of NUM_W) edges.push(edges[edges.length - 1]! + w);
  ctx.font = `${FONT.label} ${t.family}`;
  ctx.fillStyle = t.redup;
  centred(ctx, words.no, x0 + NO_W / 2, y + 11);
  ctx.textAlign = "left";
  ctx.fillText(words.namaJabatan, x0 + NO_W + 4, y + 11);
  words.kolom.forEach((label, i) => centred(ctx, label, x0 + (edges[i + 1]! + edges[i + 2]!) / 2, y + 11));
  ctx.strokeStyle = t.tepi;
  ctx.lineWidth = 0.75;
  ctx.beginPath();
  ctx.moveTo(x0, y);
  ctx.lineTo(x0 + node.w, y);
  tab.baris.forEach((row, i) => {
    const top = node.y + row.y;
    ctx.moveTo(x0, top);
    ctx.lineTo(x0 + node.w, top);
    const box = row.box;
    const diff = selisih(box.b, box.k);
    const [ink, ground] = tint(diff, t);
    if (ground) {
      ctx.fillStyle = ground;
      ctx.fillRect(x0 + edges[4]!, top, NUM_W[3]! - 0.5, row.h);
    }
    ctx.font = `${FONT.baris} ${t.family}`;
    ctx.fillStyle = t.redup;
    const mark = box.tanda ? t.tanda[box.tanda] : undefined;
    if (mark) {
      ctx.fillStyle = mark;
      ctx.fillRect(x0, top, 4, row.h);
    }
    centred(ctx, mark ? (TANDA_ROW[box.tanda] ?? "") : String(i + 1), x0 + NO_W / 2, top + 13);
    ctx.fillStyle = box.tanda === "hapus" ? t.redup : t.teks;
    ctx.textAlign = "left";
    row.lines.forEach((line, l) => ctx.fillText(line, x0 + NO_W + 4, top + 13 + l * ROW_LINE));
    if (box.tanda === "hapus")
      row.lines.forEach((line, l) => strike(ctx, line, x0 + NO_W + 4, top + 13 + l * ROW_LINE, "left"));
    centred(ctx, num(box.kelas), x0 + edges[1]! + NUM_W[0]! / 2, top + 13);
    centred(ctx, num(box.b), x0 + edges[2]! + NUM_W[1]! / 2, top + 13);
    centred(ctx, num(box.k), x0 + edges[3]! + NUM_W[2]! / 2, top + 13);
    ctx.fillStyle = ink;
    centred(ctx, signed(diff), x0 + edges[4]! + NUM_W[3]! / 2, top + 13);
  });
  const bottom = node.y + tab.y + tab.h - (tab.sisa ? 18 : 0);
  for (const edge of edges.slice(0, 5)) {
    ctx.moveTo(x0 + edge, y);
    ctx.lineTo(x0 + edge, bottom);
  }
  ctx.moveTo(x0, bottom);
  ctx.lineTo(x0 + node.w, bottom);
  ctx.stroke();
  if (tab.sisa) {
    ctx.fillStyle = t.aksen;
    ctx.textAlign = "left";
    ctx.fillText(words.sisa.replace("{n}", num(tab.sisa)), x0 + NO_W + 4, bottom + 13);
  }
}

export interface DrawWords {
  sel: readonly string[];
  kolom: readonly string[];
  no: string;
  namaJabatan: string;
  jumlah: string;
  sisa: string;
  /** Marks of a draft, in words; absent on the published map. */
  tanda?: Record<string, string>;
  /** How much a draft changes inside a closed unit. */
  dalam?: string;
}

const TANDA_ROW: Record<string, string> = { tambah: "+", hapus: "×", ubah: "~", pindah: "→" };

/** Text struck through, as printed changes are. */
function strike(ctx: Ctx, text: string, x: number, y: number, align: "left" | "center"): void {
  const w = ctx.measureText(text).width;
  const left = align === "center" ? x - w / 2 : x;
  ctx.save();
  ctx.strokeStyle = ctx.fillStyle as string;
  ctx.lineWidth = 1;
  ctx.beginPath();
  ctx.moveTo(left, y - 4);
  ctx.lineTo(left + w, y - 4);
  ctx.stroke();
  ctx.restore();
}

/** What the draft does to the unit: a bar and a word in the corner; findings as a count at the right. */
function marks(ctx: Ctx, node: Node, z: number, t: Theme, words: DrawWords): void {
  const { x, y, w, h } = node;
  const { tanda } = node.unit;
  const colour = tanda ? t.tanda[tanda] : undefined;
  if (colour && !node.kelompok) {
    ctx.fillStyle = colour;
    ctx.fillRect(x, y, Math.max(5, 2 / z), h);
    ctx.strokeStyle = colour;
    ctx.lineWidth = Math.max(2, 1 / z);
    if (tanda === "hapus") ctx.setLineDash([7, 4]);
    ctx.strokeRect(x, y, w, h);
    ctx.setLineDash([]);
    if (z >= 0.2) {
      const label = words.tanda?.[tanda] ?? tanda;
      ctx.font = `600 11px ${t.family}`;
      const wide = ctx.measureText(label).width + 12;
      ctx.fillStyle = colour;
      ctx.fillRect(x, y - 16, wide, 16);
      ctx.fillStyle = t.kotak;
      ctx.textAlign = "left";
      ctx.fillText(label, x + 6, y - 4);
    }
  }
  const found = node.temuan;
  if (!found || node.kelompok || !(found.galat + found.lain)) return;
  const r = Math.max(9, Math.min(26, 4 / z));
  ctx.beginPath();
  ctx.arc(x + w - 4, y + 2, r, 0, 2 * Math.PI);
  ctx.fillStyle = found.galat ? t.galat : t.awas;
  ctx.fill();
  ctx.font = `700 ${r * 1.2}px ${t.family}`;
  ctx.fillStyle = t.kotak;
  centred(ctx, found.galat ? String(Math.min(99, found.galat)) : "!", x + w - 4, y + 2 + r * 0.42);
}

/** At the foot of a closed unit: how much the draft changes inside it. From far away only a wedge. */
function hidden(ctx: Ctx, node: Node, z: number, t: Theme, words: DrawWords): void {
  const right = node.x + node.w;
  const foot = node.y + node.h;
  ctx.fillStyle = t.tanda.ubah!;
  if (z < 0.2) {
    const side = Math.min(node.w / 4, 7 / z);
    ctx.beginPath();
    ctx.moveTo(right, foot);
    ctx.lineTo(right - side, foot);
    ctx.lineTo(right, foot - side);
    ctx.fill();
    return;
  }
  const label = `~ ${fill(words.dalam ?? "{n}", { n: num(node.unit.diDalam) })}`;
  const size = z < 0.6 ? 17 : 12;
  ctx.font = `600 ${size}px ${t.family}`;
  const wide = ctx.measureText(label).width + 12;
  ctx.fillRect(right - wide, foot + 1, wide, size + 4);
  ctx.fillStyle = t.kotak;
  ctx.textAlign = "left";
  ctx.fillText(label, right - wide + 6, foot + size);
}

/** The same once more, over what is drawn around a selected or focused box. */
export function drawHidden(ctx: Ctx, node: Node, lod: Lod, z: number, t: Theme, words: DrawWords): void {
  if (isClosed(node, lod) && hides(node.unit)) hidden(ctx, node, z, t, words);
}

/** A unit drawn with all its boxes and nothing below it hides nothing. */
const isClosed = (node: Node, lod: Lod): boolean =>
  !node.kelompok && !node.terbuka && (lod !== "tabel" || hasChildren(node.unit));

function expander(ctx: Ctx, node: Node, t: Theme): void {
  const x = node.x + node.w / 2;
  const y = node.y + node.h + EXPANDER_Y;
  const label = node.terbuka ? "−" : "+";
  ctx.beginPath();
  ctx.arc(x, y, EXPANDER_R, 0, 2 * Math.PI);
  ctx.fillStyle = node.terbuka ? t.kotak : t.aksen;
  ctx.fill();
  ctx.strokeStyle = t.aksen;
  ctx.lineWidth = 1.5;
  ctx.stroke();
  ctx.font = `600 16px ${t.family}`;
  ctx.fillStyle = node.terbuka ? t.aksen : t.kotak;
  centred(ctx, label, x, y + 5.5);
}

/** One box. Below z = 0.2 letters would be smaller than a pixel or two: only its shape and sign are drawn. */
export function drawNode(ctx: Ctx, node: Node, lod: Lod, z: number, t: Theme, words: DrawWords): void {
  const { x, y, w, h } = node;
  const sum = totals(node);
  const diff = selisih(sum.b, sum.k);
  const closed = isClosed(node, lod);
  const inside = closed && hides(node.unit);
  ctx.fillStyle = t.kotak;
  ctx.fillRect(x, y, w, h);
  ctx.strokeStyle = node.kelompok ? t.jf : t.garis;
  ctx.lineWidth = Math.max(1, 0.6 / z);
  if (node.kelompok) ctx.setLineDash([6, 3]);
  ctx.strokeRect(x, y, w, h);
  if (node.kelompok) ctx.setLineDash([]);
  if (z < 0.2) {
    const [ink] = tint(diff, t);
    ctx.fillStyle = diff === null || diff === 0 ? t.redup : ink;
    // A bar whose place tells the sign without colour: left short, right over, middle even.
    const bar = w / 3;
    ctx.fillRect(x + (diff === null || diff === 0 ? bar : diff < 0 ? 0 : 2 * bar), y + h * 0.62, bar, h * 0.22);
    ctx.fillStyle = t.tepi;
    ctx.fillRect(x + w * 0.1, y + h * 0.2, w * 0.8, h * 0.2);
    marks(ctx, node, z, t, words);
    if (inside) hidden(ctx, node, z, t, words);
    return;
  }
  if (lod === "ringkas") {
    ctx.font = `${FONT.ringkas} ${t.family}`;
    ctx.fillStyle = t.teks;
    const gone = node.unit.tanda === "hapus" && !node.kelompok;
    if (gone) ctx.fillStyle = t.redup;
    node.judul.forEach((line, i) => {
      centred(ctx, line, x + w / 2, y + PAD + 19 + i * 25);
      if (gone) strike(ctx, line, x + w / 2, y + PAD + 17 + i * 25, "center");
    });
    const [ink, ground] = tint(diff, t);
    const top = y + h - 30;
    if (ground) {
      ctx.fillStyle = ground;
      ctx.fillRect(x + 1, top, w - 2, 29);
    }
    ctx.font = `400 18px ${t.family}`;
    ctx.fillStyle = t.redup;
    ctx.textAlign = "left";
    ctx.fillText(`B ${num(sum.b)} / K ${num(sum.k)}`, x + PAD, top + 21);
    ctx.font = `600 18px ${t.family}`;
    ctx.fillStyle = ink;
    ctx.textAlign = "right";
    ctx.fillText(signed(diff), x + w - PAD, top + 21);
  } else {
    let at = y + PAD;
    ctx.font = `${FONT.sub} ${t.family}`;
    ctx.fillStyle = t.redup;
    for (const line of node.subjudul) {
      centred(ctx, line, x + w / 2, at + 11);
      at += 15;
    }
    ctx.font = `${FONT.judul} ${t.family}`;
    const head = node.unit.kotak[0]?.kepala ? node.unit.kotak[0] : null;
    const gone = !node.kelompok && (node.unit.tanda === "hapus" || head?.tanda === "hapus");
    ctx.fillStyle = gone ? t.redup : t.teks;
    for (const line of node.judul) {
      centred(ctx, line, x + w / 2, at + 14);
      if (gone) strike(ctx, line, x + w / 2, at + 14, "center");
      at += 18;
    }
    cells(ctx, node, at + 8, t, words.sel);
    if (!node.kelompok) footer(ctx, node, at + 8 + CELL_H, t, words);
    for (const tab of node.tabel) table(ctx, node, tab, t, words);
  }
  marks(ctx, node, z, t, words);
  if (inside) hidden(ctx, node, z, t, words);
  if (!node.kelompok && hasChildren(node.unit)) expander(ctx, node, t);
}

/**
 * The line from a parent down to one child: a bus at half the gap, a spine for children in columns, a
 * trunk at the left for children in lower rows.
 */
export function edgePath(ctx: Ctx, child: Node): void {
  const parent = child.atas;
  if (!parent) return;
  const px = parent.x + parent.w / 2;
  const py = parent.y + parent.h;
  let bus = py + 30;
  ctx.moveTo(px, py);
  ctx.lineTo(px, bus);
  if (child.rute) {
    ctx.lineTo(child.rute.x, bus);
    bus = child.rute.y;
    ctx.lineTo(child.rute.x, bus);
  }
  if (child.tulang === undefined) {
    const cx = child.x + child.w / 2;
    ctx.lineTo(cx, bus);
    ctx.lineTo(cx, child.y);
  } else {
    const cy = child.y + Math.min(child.h / 2, 30);
    ctx.lineTo(child.tulang, bus);
    ctx.lineTo(child.tulang, cy);
    ctx.lineTo(child.x, cy);
  }
}
