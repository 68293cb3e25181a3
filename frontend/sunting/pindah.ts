// Moving: by dragging on the chart, by Alt and arrows, by the buttons Naikkan and Turunkan.
import type { App } from "../peta/app.ts";
import type { Chart } from "../peta/chart.ts";
import type { Box, Unit } from "../peta/data.ts";
import type { Drag } from "../peta/gestures.ts";
import type { Hit } from "../peta/scene.ts";
import { fill, num } from "../peta/text.ts";
import { ask } from "./dialog.ts";
import type { Operasi } from "./server.ts";

export interface PindahWords {
  seret: string;
  ke: string;
  tanya: string;
  judul: string;
  batal: string;
  ya: string;
  tidakBoleh: string;
  naikHabis: string;
  turunHabis: string;
}
/** From this many units a move asks first. */
const BANYAK = 20;
const TEPI = 40;

export class Pemindah {
  constructor(
    private app: App, private chart: Chart, private words: PindahWords,
    private on: { send(operasi: Operasi[], key: string, target: number): void; say(sentence: string): void; reaches(unit: number): boolean },
  ) {}

  private live(ids: number[] | null): Unit[] {
    return (ids ?? []).map((id) => this.app.store.units.get(id)!).filter((unit) => unit && unit.tanda !== "hapus");
  }

  private inside(target: number, unit: number): boolean {
    return this.app.store.path(target).some((above) => above.id === unit);
  }

  async unitTo(unit: Unit, target: Unit, sesudah?: number): Promise<void> {
    if (unit.nUnor > BANYAK && unit.atasan !== target.id) {
      const sentence = fill(this.words.tanya, { nama: unit.nama, n: num(unit.nUnor - 1), tujuan: target.nama });
      const { judul, ya, batal } = this.words;
      if (!(await ask({ judul, isi: [sentence], ya, batal }))) return;
    }
    const operasi: Operasi = { jenis: "pindah-unor", unor_id: unit.id, atasan_id: target.id };
    if (sesudah !== undefined) operasi.sesudah = sesudah;
    this.on.send([operasi], `u${unit.id}`, target.id);
  }

  private box(box: Box, unor: number, sesudah?: number): void {
    const operasi: Operasi = { jenis: "pindah-posisi", posisi_id: box.id, unor_id: unor };
    if (sesudah !== undefined) operasi.sesudah = sesudah;
    this.on.send([operasi], `p${box.id}`, unor);
  }

  /** One place up (−1) or down (1) among its siblings. */
  shift(key: string, by: -1 | 1): void {
    const id = Number(key.slice(1));
    const own = key.startsWith("u") ? this.app.store.units.get(id) : this.app.store.boxes.get(id);
    if (!own || own.tanda === "hapus") return;
    const above = this.app.store.units.get("kotak" in own ? (own.atasan ?? 0) : own.unor);
    if (!above) return;
    const rows: { id: number }[] =
      "kotak" in own ? this.live(above.anak) : above.kotak.filter((box) => !box.kepala && box.tanda !== "hapus");
    const at = rows.findIndex((row) => row.id === id);
    const to = at + by;
    if (at < 0 || to < 0 || to >= rows.length) {
      this.on.say(by < 0 ? this.words.naikHabis : this.words.turunHabis);
      return;
    }
    const sesudah = by > 0 ? rows[to]!.id : (rows[to - 1]?.id ?? 0);
    if ("kotak" in own) void this.unitTo(own, above, sesudah);
    else this.box(own, above.id, sesudah);
  }

  /** Under the sibling before it (1), or next to the unit above it (−1). */
  level(key: string, by: -1 | 1): void {
    if (!key.startsWith("u")) return;
    const unit = this.app.store.units.get(Number(key.slice(1)));
    const above = unit && this.app.store.units.get(unit.atasan ?? 0);
    if (!unit || !above || unit.tanda === "hapus") return;
    if (by < 0) {
      const over = this.app.store.units.get(above.atasan ?? 0);
      if (over) void this.unitTo(unit, over, above.id);
      return;
    }
    const rows = this.live(above.anak);
    const before = rows[rows.findIndex((row) => row.id === unit.id) - 1];
    if (before) void this.unitTo(unit, before);
    else this.on.say(this.words.naikHabis);
  }

  grab(hit: Hit, event: PointerEvent): Drag | null {
    if (event.button !== 0 || hit.apa === "buka" || event.ctrlKey || event.shiftKey) return null;
    const box = hit.posisi && !hit.posisi.kepala ? hit.posisi : null;
    if (hit.node.kelompok && !box) return null;
    const unit = hit.node.unit;
    if (box ? box.tanda === "hapus" : unit.atasan === null || unit.tanda === "hapus") return null;
    if (!this.on.reaches(box ? unit.id : unit.atasan!)) return null;
    // A finger pans the map unless the box has been chosen before.
    if (event.pointerType === "touch" && this.chart.selected !== hit.node.kunci) return null;
    return this.drag(unit, box);
  }

  private drag(unit: Unit, box: Box | null): Drag {
    const { chart, words } = this;
    const nama = box ? box.nama : unit.nama;
    let over: Unit | null = null;
    let given_up = false;
    const stop = (event: KeyboardEvent): void => {
      if (event.key !== "Escape") return;
      event.preventDefault();
      event.stopImmediatePropagation();
      given_up = true;
      clear();
    };
    addEventListener("keydown", stop, true);
    const clear = (): void => {
      chart.tujuan = chart.bayangan = null;
      chart.canvas.classList.remove("sedang-seret");
      chart.paint();
    };
    return {
      move: (px, py) => {
        if (given_up) return;
        chart.canvas.classList.add("sedang-seret");
        const [w, h] = [chart.w, chart.h];
        const [dx, dy] = [px < TEPI ? 12 : px > w - TEPI ? -12 : 0, py < TEPI ? 12 : py > h - TEPI ? -12 : 0];
        if (dx || dy) chart.pan(dx, dy);
        const target = chart.hit(px, py)?.node.unit ?? null;
        const good =
          target !== null && target.tanda !== "hapus" && this.on.reaches(target.id) &&
          (box ? target.id !== unit.id : target.id !== unit.atasan && !this.inside(target.id, unit.id));
        over = good ? target : null;
        chart.tujuan = over ? `u${over.id}` : null;
        const teks = over
          ? fill(words.ke, { nama, tujuan: over.nama })
          : target && target.id !== unit.id ? `${nama}: ${words.tidakBoleh}` : fill(words.seret, { nama });
        chart.bayangan = { px, py, teks, boleh: over !== null };
        chart.paint();
      },
      end: (_px, _py, lost) => {
        removeEventListener("keydown", stop, true);
        const target = over;
        clear();
        if (given_up || lost || !target) return;
        if (box) this.box(box, target.id);
        else void this.unitTo(unit, target);
      },
    };
  }
}
