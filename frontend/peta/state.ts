// What the URL remembers: expanded units, selection, view and switches. Pure functions over URLSearchParams.
import { hasChildren, type Store } from "./data.ts";

export type Rincian = "otomatis" | "ringkas" | "kotak" | "tabel";
export interface Posisi {
  x: number;
  y: number;
  z: number;
}

export interface State {
  lihat: string;
  /** Expanded units; null = the default (only the root). */
  buka: Set<number> | null;
  pilih: string | null;
  rincian: Rincian;
  fokus: number | null;
  kosong: boolean;
  urut: string;
  pos: Posisi | null;
}

const RINCIAN: readonly string[] = ["otomatis", "ringkas", "kotak", "tabel"];
const id36 = (text: string): number => Number.parseInt(text, 36);

/** `*id` in `buka` stands for the whole subtree; the server sends it and `expandTokens` resolves it. */
export function readState(query: URLSearchParams): State & { seluruh: number[] } {
  const buka = query.get("buka");
  const tokens = buka === null ? [] : buka.split(".").filter(Boolean);
  const ids = tokens.filter((t) => !t.startsWith("*")).map(id36).filter(Number.isFinite);
  const seluruh = tokens.filter((t) => t.startsWith("*")).map((t) => id36(t.slice(1))).filter(Number.isFinite);
  const pos = (query.get("pos") ?? "").split("_").map(Number);
  const rincian = query.get("rincian") ?? "otomatis";
  const fokus = Number(query.get("fokus"));
  return {
    lihat: query.get("lihat") ?? "bagan",
    buka: buka === null ? null : new Set(ids),
    seluruh,
    pilih: /^[up]\d+$/.test(query.get("pilih") ?? "") ? query.get("pilih") : null,
    rincian: (RINCIAN.includes(rincian) ? rincian : "otomatis") as Rincian,
    fokus: Number.isInteger(fokus) && fokus > 0 ? fokus : null,
    kosong: query.get("kosong") === "1",
    urut: /^-?(nama|kelas|b|k|selisih)$/.test(query.get("urut") ?? "") ? (query.get("urut") ?? "") : "",
    pos: pos.length === 3 && pos.every(Number.isFinite) && pos[2]! > 0 ? { x: pos[0]!, y: pos[1]!, z: pos[2]! } : null,
  };
}

/** Marks every loaded unit with children at or below the given ones as expanded. */
export function expandAll(store: Store, from: number, into: Set<number>): void {
  const unit = store.units.get(from);
  if (!unit) return;
  if (hasChildren(unit) && unit.anak) into.add(from);
  for (const below of store.below(from)) if (hasChildren(below) && below.anak) into.add(below.id);
}

/** Short text for the expanded set: a subtree that is open to its leaves becomes one token. */
export function bukaText(store: Store, buka: Set<number>): string {
  if (store.akar === null) return "";
  const tokens: string[] = [];
  const full = (id: number): boolean => {
    const unit = store.units.get(id);
    if (!unit || !hasChildren(unit)) return true;
    return buka.has(id) && unit.anak !== null && unit.anak.every(full);
  };
  const walk = (id: number, covered: boolean): void => {
    const unit = store.units.get(id);
    if (!unit) return;
    let inside = covered;
    if (buka.has(id)) {
      const children = unit.anak ?? [];
      const deep = children.some((a) => hasChildren(store.units.get(a)!));
      if (!covered && hasChildren(unit) && deep && full(id)) {
        tokens.push(`*${id.toString(36)}`);
        inside = true;
      } else if (!covered || !hasChildren(unit)) tokens.push(id.toString(36));
    }
    for (const child of unit.anak ?? []) walk(child, inside);
  };
  walk(store.akar, false);
  return tokens.join(".");
}

/** The query string of the present state; parameters it does not own (versi, tanggal, …) are kept. */
export function writeState(base: URLSearchParams, store: Store, state: State): URLSearchParams {
  const query = new URLSearchParams(base);
  const put = (name: string, value: string | null, standard = ""): void => {
    if (value === null || value === standard) query.delete(name);
    else query.set(name, value);
  };
  put("lihat", state.lihat, "bagan");
  const buka = state.buka === null ? null : bukaText(store, state.buka);
  put("buka", buka !== null && store.akar !== null && buka === store.akar.toString(36) ? null : buka, "-");
  put("pilih", state.pilih);
  put("rincian", state.rincian, "otomatis");
  put("fokus", state.fokus === null ? null : String(state.fokus));
  put("kosong", state.kosong ? "1" : null);
  put("urut", state.urut);
  const pos = state.pos;
  put("pos", pos ? `${Math.round(pos.x)}_${Math.round(pos.y)}_${+pos.z.toFixed(3)}` : null);
  return query;
}
