// Takes the answer to an edit into the map the browser holds: changed rows, children in order, totals, findings.
import type { App } from "../peta/app.ts";
import type { DraftServer, Hasil } from "./server.ts";

/** Returns the units whose children must be asked for because the answer names some that are not loaded. */
function patch(app: App, hasil: Hasil): number[] {
  const { store } = app;
  const doc = hasil.dokumen!;
  const here = { unor: new Set(doc.unor.map((row) => row[0])), posisi: new Set(doc.kotak.map((row) => row[0])) };
  for (const [objek, id] of hasil.disentuh ?? []) {
    if (here[objek].has(id)) continue;
    if (objek === "unor") store.units.delete(id);
    else {
      const box = store.boxes.get(id);
      const owner = box && store.units.get(box.unor);
      if (owner) owner.kotak = owner.kotak.filter((other) => other.id !== id);
      store.boxes.delete(id);
    }
  }
  for (const row of doc.unor) store.temuan.delete(`u${row[0]}`);
  for (const row of doc.kotak) store.temuan.delete(`p${row[0]}`);
  for (const [, children] of hasil.anak ?? []) for (const id of children) store.temuan.delete(`u${id}`);
  // A unit nobody has opened stays unknown; only those on screen and those that came into sight are taken in.
  const shown = new Set([...store.units.keys()]);
  for (const [parent, children] of hasil.anak ?? [])
    if (store.units.get(parent)?.anak) for (const id of children) shown.add(id);
  store.merge({
    ...doc, akar: null,
    unor: doc.unor.filter((row) => shown.has(row[0])),
    kotak: doc.kotak.filter((row) => shown.has(row[1])),
  });
  if (hasil.temuan) store.addFindings(hasil.temuan);
  const missing: number[] = [];
  for (const [parent, children] of hasil.anak ?? []) {
    const unit = store.units.get(parent);
    if (!unit || unit.anak === null) continue;
    if (children.every((id) => store.units.has(id))) unit.anak = children;
    else {
      unit.anak = null;
      missing.push(parent);
    }
  }
  for (const [id, k, b, nPosisi, nUnor] of hasil.total ?? []) {
    const unit = store.units.get(id);
    if (unit) Object.assign(unit, { k, b, nPosisi, nUnor });
  }
  return missing;
}

/** `contiguous` false: somebody else's edits lie between what the page showed and this answer. */
export async function takeIn(app: App, server: DraftServer, hasil: Hasil, contiguous: boolean): Promise<void> {
  if (hasil.muat_ulang || !hasil.dokumen || !contiguous) {
    await app.reload(server.hanya);
    return;
  }
  const missing = patch(app, hasil);
  for (const id of missing) await app.load(() => server.children(id, app.state.kosong));
  if (server.hanya) app.openQuietly(hasil.dokumen.unor.map((row) => row[0]));
  const anchor = app.state.pilih?.startsWith("u") ? app.state.pilih : null;
  app.rebuild(anchor);
}
