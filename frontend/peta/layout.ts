// A tidy tree for boxes of different sizes. Children hang under their parent, tops aligned; a run of children
// that show nothing below themselves is packed into columns, as printed maps do with long rows of staff units.
// Children whose subtrees would stand far too wide side by side are set in rows instead, served by a trunk at
// the left: a whole regency then fills a screen and not a ribbon.
// Subtrees are pushed together until their outlines touch (Reingold–Tilford with outlines as steps in y, so
// that heights may differ). Pure: sizes in, positions out. Linear in practice: outlines are short.

export interface LayoutNode {
  w: number;
  h: number;
  anak: LayoutNode[];
  /** Top-left corner, set by `layout`. */
  x: number;
  y: number;
  /** Set on children packed in columns: x of the spine that serves them. */
  tulang?: number;
  /** Set on children in the second row or below: x of the trunk, and y of the bus of their row. */
  rute?: { x: number; y: number };
}

export interface LayoutOptions {
  /** Gap between neighbours, and between a parent and its children. */
  gapX: number;
  gapY: number;
  /** From how many bare siblings on they are packed in columns. */
  pak: number;
  /** Wanted width : height of packed siblings and of rows of subtrees. */
  aspek: number;
}

/** Outline of one side: at heights [y0, y1) the edge is at x; ascending, without overlap. */
type Step = { y0: number; y1: number; x: number };

interface Blok {
  nodes: LayoutNode[];
  kolom: number;
  w: number;
  h: number;
}
type Part = { node: LayoutNode } | { blok: Blok };
interface Result {
  left: Step[];
  right: Step[];
  /** Everything below moves with the part: shifts are applied top-down at the end. */
  shift: number;
  /** Downward, for parts in a lower row. */
  drop: number;
  rute?: { x: number; y: number };
  part: Part;
  below: Result[];
  anchor: number;
}

const STUB = 16;
/** Side by side may be this many times wider than rows before rows are made. */
const TERLALU_LEBAR = 2.2;

/** How many columns bring the block of n boxes of this size nearest to the wanted width : height. */
export function columns(n: number, w: number, h: number, aspek: number): number {
  return Math.max(2, Math.min(n, Math.round(Math.sqrt((n * h * aspek) / w))));
}

function merge(a: Step[], b: Step[], prefer: (p: number, q: number) => number): Step[] {
  const out: Step[] = [];
  const push = (y0: number, y1: number, x: number): void => {
    if (y1 <= y0) return;
    const last = out[out.length - 1];
    if (last && last.x === x && last.y1 === y0) last.y1 = y1;
    else out.push({ y0, y1, x });
  };
  let i = 0;
  let j = 0;
  let y = Math.min(a[0]?.y0 ?? Infinity, b[0]?.y0 ?? Infinity);
  while (i < a.length || j < b.length) {
    const p = a[i];
    const q = b[j];
    const inP = p !== undefined && p.y0 <= y;
    const inQ = q !== undefined && q.y0 <= y;
    const end = Math.min(
      p === undefined ? Infinity : inP ? p.y1 : p.y0,
      q === undefined ? Infinity : inQ ? q.y1 : q.y0,
    );
    if (inP && inQ) push(y, end, prefer(p.x, q.x));
    else if (inP) push(y, end, p.x);
    else if (inQ) push(y, end, q.x);
    y = end;
    if (p !== undefined && p.y1 <= y) i++;
    if (q !== undefined && q.y1 <= y) j++;
  }
  return out;
}

function moved(steps: Step[], dx: number): Step[] {
  return dx === 0 ? steps : steps.map((s) => ({ y0: s.y0, y1: s.y1, x: s.x + dx }));
}

/** How far the right one must move so that it clears the left one by `gap`; -Infinity if they never meet. */
function clearance(right: Step[], left: Step[], gap: number): number {
  let need = -Infinity;
  let j = 0;
  for (const s of right) {
    while (j < left.length && left[j]!.y1 <= s.y0) j++;
    for (let m = j; m < left.length && left[m]!.y0 < s.y1; m++) need = Math.max(need, s.x + gap - left[m]!.x);
  }
  return need;
}

function packBlok(nodes: LayoutNode[], opt: LayoutOptions): Blok {
  const w = Math.max(...nodes.map((n) => n.w));
  const mean = nodes.reduce((sum, n) => sum + n.h, 0) / nodes.length;
  const kolom = columns(nodes.length, w + opt.gapX + STUB, mean + opt.gapY / 2, opt.aspek);
  const rows = Math.ceil(nodes.length / kolom);
  let h = 0;
  for (let c = 0; c < kolom; c++) {
    let column = 0;
    for (let r = 0; r < rows; r++) {
      const node = nodes[c * rows + r];
      if (node) column += node.h + opt.gapY / 2;
    }
    h = Math.max(h, column);
  }
  const used = Math.ceil(nodes.length / rows);
  return { nodes, kolom: used, w: used * (w + STUB) + (used - 1) * opt.gapX, h: h - opt.gapY / 2 };
}

function placeBlok(blok: Blok, x: number, y: number, opt: LayoutOptions): void {
  const w = Math.max(...blok.nodes.map((n) => n.w));
  const rows = Math.ceil(blok.nodes.length / blok.kolom);
  for (let c = 0; c < blok.kolom; c++) {
    const left = x + c * (w + STUB + opt.gapX);
    let top = y;
    for (let r = 0; r < rows; r++) {
      const node = blok.nodes[c * rows + r];
      if (!node) continue;
      node.x = left + STUB;
      node.y = top;
      node.tulang = left + STUB / 2 - 2;
      top += node.h + opt.gapY / 2;
    }
  }
}

/** Children as parts: long runs of bare ones become blocks. */
function parts(node: LayoutNode, opt: LayoutOptions): Part[] {
  const out: Part[] = [];
  let run: LayoutNode[] = [];
  const flush = (): void => {
    if (run.length >= opt.pak) out.push({ blok: packBlok(run, opt) });
    else out.push(...run.map((n) => ({ node: n })));
    run = [];
  };
  for (const child of node.anak) {
    if (child.anak.length === 0) run.push(child);
    else {
      flush();
      out.push({ node: child });
    }
  }
  flush();
  return out;
}

/** Sets the parts in rows when side by side they would be far too wide; null when they would not. */
function inRows(below: Result[], top: number, opt: LayoutOptions): { w: number; h: number } | null {
  if (below.length < 3) return null;
  const sizes = below.map((child) => {
    const x0 = child.left.reduce((m, s) => Math.min(m, s.x), Infinity);
    const x1 = child.right.reduce((m, s) => Math.max(m, s.x), -Infinity);
    const y1 = child.left.reduce((m, s) => Math.max(m, s.y1), top);
    return { x0, w: x1 - x0 + opt.gapX, h: y1 - top };
  });
  const total = sizes.reduce((sum, s) => sum + s.w, 0);
  const area = sizes.reduce((sum, s) => sum + s.w * (s.h + opt.gapY), 0);
  const wanted = Math.max(Math.sqrt(area * opt.aspek), ...sizes.map((s) => s.w));
  if (total < wanted * TERLALU_LEBAR) return null;
  const trunk = STUB + opt.gapX;
  let [x, y, high, widest] = [trunk, 0, 0, 0];
  below.forEach((child, i) => {
    const { x0, w, h } = sizes[i]!;
    if (x > trunk && x - trunk + w > wanted) {
      y += high + opt.gapY;
      [x, high] = [trunk, 0];
    }
    child.shift = x - x0;
    child.drop = y;
    if (y > 0) child.rute = { x: STUB / 2, y: top + y - opt.gapY / 2 + 3 };
    x += w;
    widest = Math.max(widest, x - opt.gapX);
    high = Math.max(high, h);
  });
  return { w: widest, h: y + high };
}

function arrange(part: Part, top: number, opt: LayoutOptions): Result {
  if ("blok" in part) {
    const { w, h } = part.blok;
    return {
      left: [{ y0: top, y1: top + h, x: 0 }], right: [{ y0: top, y1: top + h, x: w }],
      shift: 0, drop: 0, part, below: [], anchor: w / 2,
    };
  }
  const node = part.node;
  delete node.tulang;
  delete node.rute;
  node.y = top;
  const childTop = top + node.h + opt.gapY;
  const below = parts(node, opt).map((p) => arrange(p, childTop, opt));
  if (below.length === 0) {
    return {
      left: [{ y0: top, y1: top + node.h + opt.gapY, x: 0 }],
      right: [{ y0: top, y1: top + node.h + opt.gapY, x: node.w }],
      shift: 0, drop: 0, part, below, anchor: node.w / 2,
    };
  }
  const rows = inRows(below, childTop, opt);
  if (rows) {
    const x = (rows.w - node.w) / 2;
    for (const child of below) {
      child.shift -= x;
      if (child.rute) child.rute.x -= x;
    }
    const edge = (own: number, all: number): Step[] => [
      { y0: top, y1: childTop, x: own }, { y0: childTop, y1: childTop + rows.h, x: all },
    ];
    return {
      left: edge(0, -x), right: edge(node.w, rows.w - x), shift: 0, drop: 0, part, below, anchor: node.w / 2,
    };
  }
  let left: Step[] = [];
  let right: Step[] = [];
  for (const child of below) {
    if (right.length) {
      child.shift = Math.max(clearance(right, child.left, opt.gapX), -1e9);
      left = merge(left, moved(child.left, child.shift), Math.min);
      right = merge(moved(child.right, child.shift), right, Math.max);
    } else {
      left = child.left;
      right = child.right;
    }
  }
  const first = below[0]!;
  const last = below[below.length - 1]!;
  const centre = (first.shift + first.anchor + last.shift + last.anchor) / 2;
  const x = centre - node.w / 2;
  // From here on the parent's left edge is 0 and what is below moves along.
  for (const child of below) child.shift -= x;
  const own = (edge: number): Step[] => [{ y0: top, y1: childTop, x: edge }];
  return {
    left: merge(own(0), moved(left, -x), Math.min),
    right: merge(own(node.w), moved(right, -x), Math.max),
    shift: 0, drop: 0, part, below, anchor: node.w / 2,
  };
}

/** Sets x and y of every node (root at the top, leftmost edge at 0); returns width and height of it all. */
export function layout(root: LayoutNode, opt: LayoutOptions): { w: number; h: number } {
  const result = arrange({ node: root }, 0, opt);
  const min = result.left.reduce((m, s) => Math.min(m, s.x), Infinity);
  const max = result.right.reduce((m, s) => Math.max(m, s.x), -Infinity);
  let h = 0;
  const stack: [Result, number, number][] = [[result, -min, 0]];
  for (let next = stack.pop(); next; next = stack.pop()) {
    const [r, x0, y0] = next;
    const x = x0 + r.shift;
    const down = y0 + r.drop;
    const rute = r.rute && { x: x0 + r.rute.x, y: y0 + r.rute.y };
    if ("blok" in r.part) {
      placeBlok(r.part.blok, x, r.left[0]!.y0 + down, opt);
      for (const node of r.part.blok.nodes) {
        if (rute) node.rute = rute;
        else delete node.rute;
        h = Math.max(h, node.y + node.h);
      }
    } else {
      const node = r.part.node;
      node.x = x;
      node.y += down;
      if (rute) node.rute = rute;
      h = Math.max(h, node.y + node.h);
    }
    for (const child of r.below) stack.push([child, x, down]);
  }
  return { w: max - min, h };
}
