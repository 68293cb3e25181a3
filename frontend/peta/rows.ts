// The visible map as rows, one after the other: what the table shows and what screen readers walk through.
import { type Box, hasChildren, selisih, type Store, type Unit } from "./data.ts";

export interface Row {
  /** `u12` or `p34`, as in the URL. */
  kunci: string;
  unit: Unit;
  box: Box | null;
  level: number;
  pos: number;
  size: number;
  /** undefined: nothing to expand. */
  terbuka: boolean | undefined;
  atas: number;
}

export const canOpen = (unit: Unit): boolean => hasChildren(unit) || unit.kotak.length > 0;

/** ± of a row: a unit's is that of its whole subtree. */
export const rowDiff = (row: Row): number | null =>
  row.box ? selisih(row.box.b, row.box.k) : selisih(row.unit.b, row.unit.k);

type Key = "nama" | "kelas" | "b" | "k" | "selisih";

function value(key: Key, unit: Unit, box: Box | null): string | number | null {
  if (key === "nama") return box ? box.nama : unit.nama;
  if (key === "kelas") return box ? box.kelas : (unit.kotak[0]?.kelas ?? null);
  if (key === "b") return box ? box.b : unit.b;
  if (key === "k") return box ? box.k : unit.k;
  return box ? selisih(box.b, box.k) : selisih(unit.b, unit.k);
}

/** Sorts siblings only; rows without a value come last whichever the direction. */
function sorted<T>(list: T[], urut: string, of: (item: T, key: Key) => string | number | null): T[] {
  if (!urut) return list;
  const down = urut.startsWith("-");
  const key = urut.replace("-", "") as Key;
  return [...list].sort((p, q) => {
    const [a, b] = [of(p, key), of(q, key)];
    if (a === null || b === null) return a === b ? 0 : a === null ? 1 : -1;
    const order =
      typeof a === "string" ? a.localeCompare(String(b), "id", { numeric: true }) : a - Number(b);
    return down ? -order : order;
  });
}

export function flatten(store: Store, root: number, buka: Set<number>, urut: string): Row[] {
  const rows: Row[] = [];
  const walk = (id: number, level: number, pos: number, size: number, atas: number): void => {
    const unit = store.units.get(id);
    if (!unit) return;
    const terbuka = canOpen(unit) ? buka.has(id) && unit.anak !== null : undefined;
    const at = rows.length;
    rows.push({ kunci: `u${id}`, unit, box: null, level, pos, size, terbuka, atas });
    if (!terbuka) return;
    const boxes = sorted(unit.kotak, urut, (box, key) => value(key, unit, box));
    const below = sorted(unit.anak ?? [], urut, (child, key) => value(key, store.units.get(child)!, null));
    const total = boxes.length + below.length;
    boxes.forEach((box, i) =>
      rows.push({
        kunci: `p${box.id}`, unit, box, level: level + 1, pos: i + 1, size: total, terbuka: undefined, atas: at,
      }),
    );
    below.forEach((child, i) => walk(child, level + 1, boxes.length + i + 1, total, at));
  };
  walk(root, 1, 1, 1, -1);
  return rows;
}
