// The page's state and what changes it; everything on screen is drawn from here.
import { Chart } from "./chart.ts";
import { type Box, type Dokumen, hasChildren, Store } from "./data.ts";
import { canOpen, flatten, type Row } from "./rows.ts";
import { buildScene, type Lod, type Scene, type Words } from "./scene.ts";
import type { Server } from "./server.ts";
import { bukaText, expandAll, readState, type State, writeState } from "./state.ts";

/** Zooming in past these values adds detail; a little less takes it away again, so that nothing flickers. */
const KE_KOTAK = 0.56;
const KE_TABEL = 0.95;
const KEMBALI = 0.88;

export interface Listener {
  rows(rows: Row[]): void;
  view(): void;
  state(): void;
  busy(on: boolean): void;
  failed(error: unknown): void;
  drawer(path: string): void;
}

export class App {
  readonly store = new Store();
  readonly state: State;
  private opened: Set<number>;
  private lod: Lod = "kotak";
  private saveTimer = 0;
  /** Where the reader has been put by the program rather than by hand; then the URL needs no position. */
  private untouched = true;

  constructor(
    private chart: Chart, private server: Server, private words: Words, private on: Listener, doc: Dokumen,
  ) {
    const { seluruh, ...state } = readState(new URLSearchParams(location.search));
    this.state = state;
    this.store.merge(doc);
    this.opened = new Set(state.buka ?? (this.store.akar === null ? [] : [this.store.akar]));
    for (const id of seluruh) expandAll(this.store, id, this.opened);
    if (state.fokus !== null && !this.store.units.has(state.fokus)) state.fokus = null;
    chart.onView = () => this.viewed();
  }

  get root(): number {
    return this.state.fokus ?? this.store.akar ?? 0;
  }

  isOpen(id: number): boolean {
    return this.opened.has(id);
  }

  /** First drawing: the position of the URL, or all of it as far as it stays legible. */
  begin(): void {
    const { pos, rincian } = this.state;
    this.lod = rincian === "otomatis" ? (pos ? this.lodFor(pos.z, "kotak") : "kotak") : rincian;
    if (pos) {
      this.untouched = false;
      this.chart.pos = { ...pos };
      this.rebuild(null);
    } else {
      this.rebuild(null);
      this.fit(false);
    }
    this.select(this.state.pilih, false);
  }

  fit(smooth = true): void {
    const least = 0.42;
    if (this.state.rincian === "otomatis") {
      // The most detailed of the two that fits at a zoom which keeps it.
      for (const lod of ["kotak", "ringkas"] as const) {
        this.lod = lod;
        this.rebuild(null);
        const { w, h } = this.chart.scene ?? { w: 1, h: 1 };
        if (Math.min(this.chart.w / (w + 60), this.chart.h / (h + 60)) >= KE_KOTAK) break;
      }
    }
    // Names only, yet at a zoom that would bring the boxes back: stay just below it.
    const most = this.state.rincian === "otomatis" && this.lod === "ringkas" ? KE_KOTAK - 0.01 : 1.2;
    this.chart.fit(smooth, least, most);
  }

  private lodFor(z: number, now: Lod): Lod {
    if (this.state.rincian !== "otomatis") return this.state.rincian;
    if (z >= KE_TABEL || (now === "tabel" && z >= KE_TABEL * KEMBALI)) return "tabel";
    if (z >= KE_KOTAK || (now !== "ringkas" && z >= KE_KOTAK * KEMBALI)) return "kotak";
    return "ringkas";
  }

  private scene(): Scene {
    return buildScene({
      store: this.store, buka: this.opened, akar: this.root, lod: this.lod, family: this.chart.theme.family,
      words: this.words, aspek: Math.min(2.4, Math.max(0.7, this.chart.w / this.chart.h)),
    });
  }

  /** Lays out anew; the box `anchor` keeps its place on the screen. */
  rebuild(anchor: string | null): void {
    this.chart.setScene(this.scene(), anchor);
    this.on.rows(flatten(this.store, this.root, this.opened, this.state.urut));
    this.save();
  }

  /** After pan or zoom: the level of detail follows the zoom, the URL follows the view. */
  private viewed(): void {
    const lod = this.lodFor(this.chart.pos.z, this.lod);
    if (lod !== this.lod) {
      this.lod = lod;
      const aim = this.chart.aim;
      const node = aim ? this.chart.nearest(aim.x, aim.y) : this.chart.nearest();
      this.chart.setScene(this.scene(), node?.kunci.replace("j", "u") ?? null);
    }
    this.chart.aim = null;
    this.on.view();
    this.save();
  }

  /** The reader moved the map by hand. */
  touched(): void {
    this.untouched = false;
  }

  async load(what: () => Promise<Dokumen>): Promise<Dokumen | null> {
    this.on.busy(true);
    try {
      const doc = await what();
      this.store.merge(doc);
      return doc;
    } catch (error) {
      this.on.failed(error);
      return null;
    } finally {
      this.on.busy(false);
    }
  }

  async setOpen(id: number, open: boolean): Promise<void> {
    const unit = this.store.units.get(id);
    if (!unit || !canOpen(unit)) return;
    if (!open) {
      this.opened.delete(id);
    } else {
      if (unit.anak === null && !(await this.load(() => this.server.children(id, this.state.kosong)))) return;
      this.opened.add(id);
    }
    this.rebuild(`u${id}`);
    this.on.state();
  }

  toggle(id: number): Promise<void> {
    return this.setOpen(id, !this.opened.has(id));
  }

  /** Opens everything below; returns false when the server sent only a part because it is too much. */
  async openBelow(id: number): Promise<boolean> {
    const doc = await this.load(() => this.server.below(id, this.state.kosong));
    if (!doc) return true;
    expandAll(this.store, id, this.opened);
    this.rebuild(`u${id}`);
    return !doc.terpotong;
  }

  closeBelow(id: number): void {
    for (const unit of this.store.below(id)) this.opened.delete(unit.id);
    if (id !== this.root) this.opened.delete(id);
    this.rebuild(`u${id}`);
    this.chart.reveal(`u${id}`);
  }

  /** Finds the way to a unit wherever it is: loads, opens what is above it, selects and centres. */
  async goTo(unor: number, posisi: number | null): Promise<void> {
    const known = this.store.path(unor);
    const complete =
      this.store.units.has(unor) && known[0]?.id === this.store.akar && known.slice(0, -1).every((u) => u.anak);
    if (!complete && !(await this.load(() => this.server.path(unor, this.state.kosong)))) return;
    if (posisi !== null && !this.store.boxes.has(posisi)) await this.setEmpty(true);
    const path = this.store.path(unor);
    if (this.state.fokus !== null && !path.some((unit) => unit.id === this.state.fokus)) this.state.fokus = null;
    for (const unit of path.slice(0, -1)) this.opened.add(unit.id);
    if (posisi !== null) this.opened.add(unor);
    const key = posisi === null ? `u${unor}` : `p${posisi}`;
    this.rebuild(null);
    this.select(key, true);
    this.chart.found = this.nodeKey(key);
    this.chart.centre(this.chart.found ?? `u${unor}`, posisi === null ? 0.75 : 1);
  }

  /** Goes to what the URL selects, as if the reader had searched for it; of what is not on this
   * map the drawer says what became of it. */
  async goToChosen(): Promise<void> {
    const key = this.state.pilih;
    if (!key) return;
    const id = Number(key.slice(1));
    if (key.startsWith("u")) {
      if (this.store.units.has(id)) await this.goTo(id, null);
      else this.on.drawer(`unor/${id}/`);
      return;
    }
    if (!this.store.boxes.has(id) && !this.state.kosong) {
      await this.setEmpty(true);
      if (!this.store.boxes.has(id)) await this.setEmpty(false);
    }
    const box = this.store.boxes.get(id);
    if (box) await this.goTo(box.unor, id);
    else this.on.drawer(`posisi/${id}/`);
  }

  /** The drawn box a selection stands in. */
  nodeKey(key: string | null): string | null {
    if (!key) return null;
    if (key.startsWith("u")) return key;
    const box = this.store.boxes.get(Number(key.slice(1)));
    if (!box) return null;
    const group = `j${box.unor}`;
    const inGroup = box.jenis === "fungsional" && !box.kepala && this.chart.scene?.byKey.has(group);
    return inGroup ? group : `u${box.unor}`;
  }

  select(key: string | null, open: boolean): void {
    this.state.pilih = key;
    this.chart.selected = this.nodeKey(key);
    this.chart.paint();
    this.on.state();
    this.save();
    if (open && key) this.on.drawer(key.startsWith("u") ? `unor/${key.slice(1)}/` : `posisi/${key.slice(1)}/`);
  }

  explain(box: Box | null, unor: number, ukuran: string): void {
    this.on.drawer(box ? `jelas/posisi/${box.id}/${ukuran}/` : `jelas/unor/${unor}/${ukuran}/`);
  }

  setFocus(id: number | null): void {
    const before = this.state.fokus;
    this.state.fokus = id === this.store.akar ? null : id;
    if (id !== null) this.opened.add(id);
    this.rebuild(null);
    if (id === null && before !== null) {
      this.chart.centre(`u${before}`, 0.5, false);
    } else this.fit();
    this.on.state();
  }

  setDetail(rincian: State["rincian"]): void {
    this.state.rincian = rincian;
    this.lod = this.lodFor(this.chart.pos.z, this.lod);
    this.rebuild(this.chart.nearest()?.kunci.replace("j", "u") ?? null);
  }

  setSort(column: string): void {
    const { urut } = this.state;
    this.state.urut = urut === column ? `-${column}` : urut === `-${column}` ? "" : column;
    this.on.rows(flatten(this.store, this.root, this.opened, this.state.urut));
    this.save();
  }

  /** Empty boxes are not even sent by default; showing them loads what is open again. */
  async setEmpty(kosong: boolean): Promise<void> {
    this.state.kosong = kosong;
    if (!(await this.reload())) this.state.kosong = !kosong;
  }

  /** Loads what is open again. `all`: everything the answer holds is opened (a document of changes only). */
  async reload(all = false): Promise<boolean> {
    const buka = bukaText(this.store, this.opened);
    this.on.busy(true);
    let good = true;
    try {
      const doc = await this.server.start(buka, this.state.kosong, this.state.pilih);
      this.store.clear();
      this.store.merge(doc);
      for (const id of [...this.opened]) if (!this.store.units.has(id)) this.opened.delete(id);
      if (all) for (const id of doc.lengkap) this.opened.add(id);
    } catch (error) {
      good = false;
      this.on.failed(error);
    } finally {
      this.on.busy(false);
    }
    this.rebuild(this.chart.nearest()?.kunci.replace("j", "u") ?? null);
    this.on.state();
    return good;
  }

  /** Opens these units whose children are loaded; draws nothing. */
  openQuietly(ids: Iterable<number>): void {
    for (const id of ids) if (this.store.units.get(id)?.anak) this.opened.add(id);
  }

  query(): URLSearchParams {
    this.state.buka = this.opened;
    this.state.pos = this.untouched ? null : { ...this.chart.pos };
    return writeState(new URLSearchParams(location.search), this.store, this.state);
  }

  /** The print link prints what one is looking at: the unit in focus, else the selected one. */
  private pointPrint(): void {
    const link = document.querySelector<HTMLAnchorElement>("a[data-cetak]");
    if (!link) return;
    const url = new URL(link.href);
    const chosen = this.state.pilih?.startsWith("u") ? Number(this.state.pilih.slice(1)) : null;
    const unit = this.state.fokus ?? chosen;
    if (unit === null || unit === this.store.akar) url.searchParams.delete("unor");
    else url.searchParams.set("unor", String(unit));
    link.href = url.toString();
  }

  /** The URL remembers, a moment after the last change. */
  save(): void {
    clearTimeout(this.saveTimer);
    this.saveTimer = window.setTimeout(() => {
      const text = this.query().toString();
      history.replaceState(null, "", text ? `?${text}` : location.pathname);
      this.pointPrint();
      this.on.state();
    }, 250);
  }
}

export { hasChildren };
