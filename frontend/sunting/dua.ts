// Before and after side by side: the changed parts of the map, panned and zoomed together.
import { Chart } from "../peta/chart.ts";
import { type Dokumen, hasChildren, Store } from "../peta/data.ts";
import { attachGestures } from "../peta/gestures.ts";
import { json, type Teks } from "../peta/page.ts";
import { buildScene } from "../peta/scene.ts";

export function startPair(root: HTMLElement): void {
  const teks = json<Teks>("peta-teks");
  const make = (side: string): Chart => {
    const chart = new Chart(root.querySelector<HTMLCanvasElement>(`canvas[data-sisi=${side}]`)!, teks.gambar);
    const store = new Store();
    const doc = json<Dokumen>(`dua-${side}`);
    store.merge(doc);
    const open = new Set(doc.lengkap.filter((id) => store.units.has(id) && hasChildren(store.units.get(id)!)));
    // Everything below the first level stays closed unless something in it changed.
    const scene = buildScene({
      store, buka: open, akar: store.akar ?? 0, lod: "tabel", family: chart.theme.family, words: teks.kelompok,
      aspek: Math.max(0.7, chart.w / chart.h),
    });
    chart.setScene(scene, null);
    return chart;
  };
  const [before, after] = [make("sebelum"), make("sesudah")];
  let leader = after;
  const follow = (from: Chart, to: Chart): void => {
    if (leader !== from) return;
    // The box nearest to the middle keeps its place on both sides; without a counterpart the middle itself does.
    const near = from.scene?.nodes
      .filter((node) => to.scene?.byKey.has(node.kunci))
      .map((node) => ({ node, d: Math.hypot(node.x + node.w / 2 - from.pos.x, node.y - from.pos.y) }))
      .sort((a, b) => a.d - b.d)[0]?.node;
    const twin = near && to.scene!.byKey.get(near.kunci);
    const pos = near && twin
      ? { x: from.pos.x + twin.x - near.x, y: from.pos.y + twin.y - near.y, z: from.pos.z } : { ...from.pos };
    if (Math.abs(pos.x - to.pos.x) + Math.abs(pos.y - to.pos.y) + Math.abs(pos.z - to.pos.z) < 0.01) return;
    to.pos = pos;
    to.paint();
  };
  for (const [own, other] of [[before, after], [after, before]] as const) {
    own.onFrame = () => follow(own, other);
    const lead = (): void => {
      leader = own;
    };
    own.canvas.addEventListener("pointerdown", lead, true);
    own.canvas.addEventListener("wheel", lead, { capture: true, passive: true });
    attachGestures(own, {
      grab: () => null,
      tap: (px, py) => {
        const hit = own.hit(px, py);
        for (const chart of [own, other]) {
          chart.selected = hit ? hit.node.kunci : null;
          chart.paint();
        }
      },
      doubleTap: (px, py) => own.zoom(1.6, px, py),
      hover: () => {},
    });
  }
  const changed = after.scene?.nodes.find((node) => node.unit.tanda || node.unit.kotak.some((box) => box.tanda));
  leader = after;
  if (changed) after.centre(changed.kunci, 0.55, false);
  else after.fit(false);
  root.dataset.siap = "1";
  Object.assign(root, { dua: { before, after } });
}
