// A page with a map: wires the page's controls to the app. Words come translated from the server.
import { App } from "./app.ts";
import { Chart } from "./chart.ts";
import type { Dokumen } from "./data.ts";
import { hasChildren } from "./data.ts";
import type { DrawWords } from "./draw.ts";
import { attachGestures, type Drag } from "./gestures.ts";
import { attachCombo } from "./kombo.ts";
import { Minimap } from "./minimap.ts";
import type { Row } from "./rows.ts";
import type { Hit } from "./scene.ts";
import { Server } from "./server.ts";
import type { Rincian } from "./state.ts";
import { Table, type TableEdit, type TableWords } from "./table.ts";
import { fill, num } from "./text.ts";
import { Tree, type TreeWords } from "./tree.ts";

export interface Teks {
  gambar: DrawWords;
  pohon: TreeWords;
  tabel: TableWords;
  kelompok: { jf: string; pelaksana: string; lain: string };
  cari: { kosong: string; gagal: string };
  gagal: string;
  terpotong: string;
  disalin: string;
  terlihat: string;
}
interface Htmx {
  ajax(verb: string, url: string, options: { target: string; swap: string; source?: Element }): Promise<void>;
}

/** What a page that does more with the map (editing) may hook into. */
export interface Extension {
  /** A pointer went down on a box: answer with a way to follow it, and the map does not pan. */
  grab?(hit: Hit, px: number, py: number, event: PointerEvent): Drag | null;
  /** A key the page does not know, or (with ctrl or alt) before it does. */
  key?(event: KeyboardEvent, row: Row): boolean;
  table?: TableEdit;
  server?: Server;
}
/** The parts of the page, for those who extend it. */
export interface Page {
  app: App;
  chart: Chart;
  tree: Tree;
  table: Table;
  server: Server;
  drawer(path: string): void;
  say(sentence: string): void;
}

export const json = <T>(id: string): T => JSON.parse(document.getElementById(id)!.textContent!) as T;

export function startPage(page: HTMLElement, more: Extension = {}): Page {
  const $ = <T extends HTMLElement>(selector: string): T => page.querySelector<T>(selector)!;
  const teks = json<Teks>("peta-teks");
  const doc = json<Dokumen>("peta-data");
  const server = more.server ?? new Server(page.dataset.dasar!, page.dataset.kueri!);
  const status = $("[data-status]");
  const say = (sentence: string): void => {
    status.textContent = sentence;
  };

  let fromMap = false;
  const drawer = (path: string): void => {
    const htmx = (window as unknown as { htmx?: Htmx }).htmx;
    fromMap = true;
    chart.tertutup = innerWidth >= 992 ? Math.min(chart.w - 320, 34 * 16) : 0;
    const seen = chart.focused ?? chart.selected;
    if (seen && chart.tertutup) chart.reveal(seen);
    const url = server.drawer(path);
    if (htmx) void htmx.ajax("GET", url, { target: "#laci-isi", swap: "innerHTML" });
    else location.href = url;
  };

  const canvas = $<HTMLCanvasElement>("canvas[data-bagan]");
  const chart = new Chart(canvas, teks.gambar);
  const minimap = new Minimap($<HTMLCanvasElement>("canvas[data-kecil]"), chart);
  chart.onFrame = () => minimap.paint();

  let busy = 0;
  const app: App = new App(
    chart, server, teks.kelompok,
    {
      rows: (rows) => showRows(rows),
      view: () => trail(),
      state: () => {
        trail();
        controls();
      },
      busy: (on) => {
        busy += on ? 1 : -1;
        page.toggleAttribute("aria-busy", busy > 0);
        page.classList.toggle("memuat", busy > 0);
      },
      failed: () => say(teks.gagal),
      drawer,
    },
    doc,
  );

  const tree = new Tree($("[data-pohon]"), teks.pohon, {
    focus: (row) => {
      chart.focused = app.nodeKey(row.kunci);
      if (chart.focused) chart.reveal(chart.focused);
      chart.paint();
      trail();
    },
    blur: () => {
      chart.focused = null;
      chart.paint();
    },
    open: (row) => app.select(row.kunci, true),
    toggle: (row, open) => void app.setOpen(row.unit.id, open),
    key: (event, row) => (more.key?.(event, row) ?? false) || shortcut(event, row),
  });
  const table = new Table($("[data-tabel]"), teks.tabel, {
    open: (row) => app.select(row.kunci, true),
    explain: (row, ukuran) => app.explain(row.box, row.unit.id, ukuran),
    toggle: (row, open) => void app.setOpen(row.unit.id, open),
    sort: (column) => app.setSort(column),
    active: (row) => tree.setActive(row.kunci),
  }, more.table ?? null);
  function showRows(rows: Row[]): void {
    tree.setRows(rows);
    table.setRows(rows, app.state.urut, null);
    const count = $("[data-jumlah-baris]");
    count.textContent = fill(teks.terlihat, { n: num(rows.filter((row) => !row.box).length) });
  }

  // --- where we are: ancestors of the selected, focused or central unit, always in sight
  const strip = $("[data-jejak]");
  let shown = "";
  function trail(): void {
    const top = chart.scene?.byKey.get(`u${app.root}`);
    const middle = top && chart.sees(top) ? top : chart.nearest();
    const key = chart.focused ?? chart.selected ?? middle?.kunci ?? null;
    if (!key) return;
    const path = app.store.path(Number(key.slice(1)));
    const now = `${path.map((unit) => unit.id).join()}|${app.state.fokus}`;
    if (now === shown) return;
    shown = now;
    strip.replaceChildren(
      ...path.map((unit) => {
        const item = document.createElement("li");
        const button = document.createElement("button");
        button.type = "button";
        button.textContent = unit.nama;
        button.addEventListener("click", () => {
          if (app.state.fokus !== null && !chart.scene?.byKey.has(`u${unit.id}`)) app.setFocus(null);
          app.select(`u${unit.id}`, false);
          chart.centre(`u${unit.id}`, 0.6);
        });
        item.append(button);
        return item;
      }),
    );
    strip.lastElementChild?.setAttribute("aria-current", "location");
  }

  const current = (): number => {
    const key = chart.selected ?? chart.focused;
    return key ? Number(key.slice(1)) : app.root;
  };
  const actions: Record<string, () => void> = {
    besar: () => chart.zoom(1.35),
    kecil: () => chart.zoom(1 / 1.35),
    pas: () => app.fit(),
    buka: () => void openBelow(current()),
    tutup: () => app.closeBelow(current()),
    fokus: () => app.setFocus(app.state.fokus === null ? current() : null),
    salin: () => void navigator.clipboard.writeText(table.tsv()).then(() => say(teks.disalin)),
    bantuan: () => $<HTMLDialogElement>("dialog[data-bantuan]").showModal(),
    layar: () => void (document.fullscreenElement ? document.exitFullscreen() : page.requestFullscreen()),
  };
  async function openBelow(id: number): Promise<void> {
    if (!(await app.openBelow(id))) say(teks.terpotong);
  }
  page.addEventListener("click", (event) => {
    const button = (event.target as Element).closest<HTMLElement>("[data-aksi]");
    if (!button) return;
    app.touched();
    actions[button.dataset.aksi!]?.();
  });
  const detail = $<HTMLSelectElement>("select[data-rincian]");
  detail.addEventListener("change", () => app.setDetail(detail.value as Rincian));
  const empty = $<HTMLInputElement>("input[data-kosong]");
  empty.addEventListener("change", () => void app.setEmpty(empty.checked));

  function controls(): void {
    detail.value = app.state.rincian;
    empty.checked = app.state.kosong;
    const focus = $("[data-aksi=fokus]");
    focus.setAttribute("aria-pressed", String(app.state.fokus !== null));
    // Links of this page (tabs, versions, print) carry the state along.
    const query = app.query();
    for (const link of page.querySelectorAll<HTMLAnchorElement>("a[data-lihat]")) {
      const mine = new URLSearchParams(query);
      if (link.dataset.lihat === "bagan") mine.delete("lihat");
      else mine.set("lihat", link.dataset.lihat!);
      link.search = mine.toString();
    }
    for (const form of page.querySelectorAll<HTMLFormElement>("form[data-ikut]")) {
      const own = new Set([...form.querySelectorAll("[name]:not([type=hidden])")].map((e) => e.getAttribute("name")));
      for (const hidden of form.querySelectorAll("input[type=hidden][data-ikut]")) hidden.remove();
      for (const [name, value] of query) {
        if (own.has(name) || name === "versi" || name === "tanggal") continue;
        const input = document.createElement("input");
        Object.assign(input, { type: "hidden", name, value });
        input.dataset.ikut = "";
        form.append(input);
      }
    }
  }

  function shortcut(event: KeyboardEvent, row: Row): boolean {
    const step = 80;
    const pan: Record<string, [number, number]> = {
      ArrowLeft: [step, 0], ArrowRight: [-step, 0], ArrowUp: [0, step], ArrowDown: [0, -step],
    };
    if (event.altKey) return false;
    if (event.ctrlKey) {
      const move = pan[event.key];
      if (!move) return false;
      app.touched();
      chart.pan(...move);
      return true;
    }
    const keys: Record<string, () => void> = {
      z: actions.besar!, x: actions.kecil!, "0": actions.pas!, "?": actions.bantuan!,
      "*": () => void openBelow(row.unit.id), f: () => app.setFocus(app.state.fokus === null ? row.unit.id : null),
      "/": () => $<HTMLInputElement>("input[data-cari]").focus(),
      k: () => app.explain(row.box, row.unit.id, "k"), b: () => app.explain(row.box, row.unit.id, "b"),
      s: () => app.explain(row.box, row.unit.id, "selisih"),
    };
    const action = keys[event.key];
    if (!action) return false;
    app.touched();
    action();
    return true;
  }

  const search = $<HTMLInputElement>("input[data-cari]");
  attachCombo(
    search, $("[data-hasil]"), teks.cari,
    (query, signal) => server.search(query, signal),
    (found) => {
      search.value = found.nama;
      app.touched();
      void app.goTo(found.unor, found.jenis === "posisi" ? found.id : null).then(() => {
        const key = found.jenis === "posisi" ? `p${found.id}` : `u${found.id}`;
        tree.setActive(key);
        table.show(key);
      });
    },
  );

  // Links to a place on this map go there instead of loading the page again.
  document.addEventListener("click", (event) => {
    const link = (event.target as Element).closest<HTMLAnchorElement>("a[data-pilih]");
    if (!link || event.ctrlKey || event.metaKey || link.dataset.kueri !== page.dataset.kueri) return;
    event.preventDefault();
    const posisi = link.dataset.pilih!.startsWith("p") ? Number(link.dataset.pilih!.slice(1)) : null;
    app.touched();
    void app.goTo(Number(link.dataset.unor), posisi);
  });

  let waiting = 0;
  attachGestures(chart, {
    grab: (px, py, event) => {
      const hit = more.grab && chart.hit(px, py);
      return hit ? more.grab!(hit, px, py, event) : null;
    },
    tap: (px, py) => {
      const hit = chart.hit(px, py);
      if (!hit) return;
      app.touched();
      tree.setActive(hit.posisi ? `p${hit.posisi.id}` : `u${hit.node.unit.id}`);
      if (hit.apa === "buka") void app.toggle(hit.node.unit.id);
      else {
        // A second tap may follow and mean "expand": the drawer waits for it.
        clearTimeout(waiting);
        const key = hit.apa === "posisi" ? `p${hit.posisi!.id}` : `u${hit.node.unit.id}`;
        app.select(key, false);
        waiting = window.setTimeout(() => {
          if (hit.apa === "angka") app.explain(hit.posisi ?? null, hit.node.unit.id, hit.ukuran!);
          else app.select(key, true);
        }, 230);
      }
    },
    doubleTap: (px, py) => {
      clearTimeout(waiting);
      const hit = chart.hit(px, py);
      app.touched();
      if (hit && hasChildren(hit.node.unit)) void app.toggle(hit.node.unit.id);
      else chart.zoom(1.6, px, py);
    },
    hover: (px, py) => {
      const hit = chart.hit(px, py);
      canvas.classList.toggle("dapat-ditekan", hit !== null);
    },
  });
  canvas.addEventListener("pointerdown", () => app.touched());
  canvas.addEventListener("wheel", () => app.touched(), { passive: true });
  document.addEventListener("laci:tutup", () => {
    if (!fromMap) return;
    fromMap = false;
    chart.tertutup = 0;
    const open = page.dataset.lihat === "tabel" ? "[data-tabel] [tabindex='0']" : "[data-pohon] [tabindex='0']";
    page.querySelector<HTMLElement>(open)?.focus({ preventScroll: true });
  });

  app.begin();
  const { pilih, pos } = app.state;
  if (pilih) tree.setActive(pilih);
  // The drawer tells of what the address chooses; where it names no view, the map goes there too.
  if (pilih && pos) app.select(pilih, true);
  else if (pilih)
    void app.goToChosen().then(() => {
      tree.setActive(pilih);
      table.show(pilih);
    });
  page.dataset.siap = "1";
  // For the bench and the browser tests: read-only figures of what is on screen.
  Object.assign(page, { peta: { chart, visible: () => visible(chart) } });
  return { app, chart, tree, table, server, drawer, say };
}

function visible(chart: Chart): number {
  const { x, y, z } = chart.pos;
  return chart.tiles.countVisible(
    x - chart.w / 2 / z, y - chart.h / 2 / z, x + chart.w / 2 / z, y + chart.h / 2 / z,
  );
}

