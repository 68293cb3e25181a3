// Working in a draft: the map's own page with editing in place.
import { json, type Page, startPage, type Teks } from "../peta/page.ts";
import type { Row } from "../peta/rows.ts";
import { fill, num, signed } from "../peta/text.ts";
import { Antrean, type Edit, type Jawaban } from "./antrean.ts";
import { notice } from "./dialog.ts";
import { startPair } from "./dua.ts";
import { again, attachForms, type FormWords } from "./formulir.ts";
import { type Ditolak, Kisi, type KisiWords } from "./kisi.ts";
import { attachMass, type MassWords } from "./massal.ts";
import { Pemindah, type PindahWords } from "./pindah.ts";
import { DraftServer, type Jumlah, type Keadaan } from "./server.ts";
import { openPaste, type PasteWords } from "./tempel.ts";
import { takeIn } from "./terap.ts";

interface Words {
  tanda: Record<string, string>;
  semula: string;
  simpan: Record<"tersimpan" | "menyimpan" | "putus" | "sesi" | "ditolak" | "baca", string>;
  total: Record<keyof Jumlah, string>;
  hitung: string;
  tanpaTemuan: string;
  urung: string;
  lain: string;
  muatUlang: string;
  bentrok: string;
  versiBaru: string;
  ditambahkan: string;
  isianTadi: string;
  luarCabang: string;
  digabung: string;
  diurungkan: string;
  diulangi: string;
  pindah: PindahWords;
  bidang: FormWords & { hapus: string };
  tempel: PasteWords;
  massal: MassWords & { pilihBaris: string };
  sel: KisiWords["sel"];
  cari: { kosong: string; gagal: string };
}
const POLL = 15000;

function begin(root: HTMLElement): void {
  const teks = json<Teks & { sunting: Words }>("peta-teks");
  const words = teks.sunting;
  const mula = json<Keadaan>("sunting-mula");
  const server = new DraftServer(root.dataset.dasar!, "");
  server.hanya = root.dataset.hanya === "1";
  const $ = <T extends HTMLElement>(selector: string): T | null => root.querySelector<T>(selector);
  const pilihan = { hapus: words.bidang.hapus, ...words.cari };
  const laci = document.getElementById("laci")!;
  const laciIsi = document.getElementById("laci-isi")!;
  let keadaan = mula;
  let editable = root.dataset.ubah === "1";

  const load = (path: string): void => page.drawer(path);
  new MutationObserver(() => {
    root.classList.toggle("laci-terbuka", !laci.hidden);
    // The head of the page may have grown: once the map stands still, what is chosen comes into sight.
    setTimeout(() => {
      if (page.chart.selected && !laci.hidden) page.chart.reveal(page.chart.selected);
    }, 360);
  }).observe(laci, {
    attributes: true, attributeFilter: ["hidden"],
  });
  /** A draft bound to a branch reaches what is in it. */
  const branch = Number(root.dataset.cabang ?? 0);
  const reaches = (unor: number): boolean => !branch || page.app.store.path(unor).some((unit) => unit.id === branch);
  const objectPath = (key: string): string => `${key.startsWith("u") ? "unor" : "posisi"}/${key.slice(1)}/`;
  const openForm = (key: string, jenis: string): void => load(`${objectPath(key)}form/${jenis}/`);

  // --- edits on their way
  const queue = new Antrean(server, `sunting:${root.dataset.usulan}`, () => page.app.state.kosong, {
    keadaan: () => showState(),
    jawaban: answered,
  });
  queue.revisi = mula.revisi;
  const send = (isi: Edit["isi"]): Promise<Jawaban> => queue.add("operasi", isi);

  async function answered(edit: Edit, jawaban: Jawaban): Promise<void> {
    if (!jawaban.baik) {
      refused(edit, jawaban);
      return;
    }
    const { hasil } = jawaban;
    const contiguous = hasil.revisi <= queue.revisi + 1;
    keadaan = hasil;
    await takeIn(page.app, server, hasil, contiguous);
    void showChanges();
    queue.revisi = hasil.revisi;
    if (!contiguous) notice(words.digabung);
    showAll();
    for (const t of hasil.pesan) notice(`${t.kalimat} ${t.perbaikan}`);
    if (edit.jalan !== "operasi") {
      page.say(edit.jalan === "urung" ? words.diurungkan : words.diulangi);
      refreshDrawer();
    }
  }
  let shownRefusal = "";
  function refused(edit: Edit, jawaban: Jawaban & { baik: false }): void {
    const first = jawaban.temuan[0];
    shownRefusal = fill(words.simpan.ditolak, { kalimat: first?.kalimat ?? String(jawaban.status) });
    page.say(shownRefusal);
    if (jawaban.status === 409) notice(first?.kalimat ?? "", { nama: words.bentrok, lakukan: () => void reload() });
    else if (edit.jalan !== "operasi" || !edit.isi.operasi?.length) notice(first?.kalimat ?? String(jawaban.status));
    showState();
  }
  /** A refusal of an edit that was not made in a form of the drawer. */
  const tell = (jawaban: Jawaban): void => {
    if (jawaban.baik || jawaban.status === 409) return;
    for (const t of jawaban.temuan.slice(0, 3)) notice(`${t.kalimat} ${t.perbaikan}`);
  };

  async function reload(): Promise<void> {
    try {
      const [state] = await Promise.all([server.state(), page.app.reload(server.hanya)]);
      keadaan = state;
      queue.revisi = state.revisi;
      void showChanges();
      $("[data-lain]")!.hidden = true;
      showAll();
      refreshDrawer();
      if (typedCell) kisi.retype(typedCell);
      typedCell = null;
    } catch {
      page.say(teks.gagal);
    }
  }

  function refreshDrawer(): void {
    const shown = laciIsi.querySelector<HTMLElement>("[data-objek]");
    if (laci.hidden || !shown || shown.dataset.formulir) return;
    const key = shown.dataset.objek!;
    const known = key.startsWith("u") ? page.app.store.units.has(Number(key.slice(1))) : true;
    if (known) load(objectPath(key));
    else laci.querySelector<HTMLElement>("[data-tutup]")?.click();
  }

  // --- what closed units hide
  let turn = 0;
  async function showChanges(): Promise<void> {
    const mine = ++turn;
    try {
      const rows = await server.changes();
      if (mine !== turn || !page.app.store.setChanges(rows)) return;
    } catch {
      return; // the next edit asks again
    }
    page.chart.tiles.clear();
    page.chart.paint();
    page.table.redraw();
    page.tree.redraw();
  }

  // --- the head of the page
  function showState(): void {
    const place = $("[data-keadaan]")!;
    const kind = queue.keadaan;
    const text =
      kind === "mengirim" ? words.simpan.menyimpan
      : kind === "putus" ? fill(words.simpan.putus, { n: num(queue.banyak) })
      : kind === "sesi" ? words.simpan.sesi
      : !editable ? fill(words.simpan.baca, { n: num(keadaan.revisi) })
      : shownRefusal || fill(words.simpan.tersimpan, { n: num(keadaan.revisi), jam: keadaan.pada });
    if (place.textContent !== text) place.textContent = text;
    place.dataset.apa = kind === "diam" && shownRefusal ? "ditolak" : kind;
  }
  function showAll(): void {
    shownRefusal = "";
    showState();
    const undo = $<HTMLButtonElement>("[data-aksi=urung]");
    if (undo) {
      undo.disabled = !keadaan.bisaUrung;
      undo.title = keadaan.urung ? fill(words.urung, { apa: keadaan.urung }) : "";
    }
    const redo = $<HTMLButtonElement>("[data-aksi=ulang]");
    if (redo) redo.disabled = !keadaan.bisaUlang;
    const { galat, peringatan, catatan } = keadaan.hitung;
    const count = $("[data-hitung]")!;
    count.textContent = galat + peringatan + catatan
      ? fill(words.hitung, { galat: num(galat), peringatan: num(peringatan) }) : words.tanpaTemuan;
    count.parentElement!.dataset.tingkat = galat ? "galat" : peringatan ? "peringatan" : "";
    showTotals();
  }
  function showTotals(): void {
    const { sebelum, sesudah } = keadaan.ringkasan;
    const place = $("[data-total]")!;
    if (!sebelum || !sesudah) return;
    place.replaceChildren(
      ...(Object.keys(words.total) as (keyof Jumlah)[]).map((name) => {
        const item = document.createElement("div");
        const label = document.createElement("dt");
        label.textContent = words.total[name];
        const value = document.createElement("dd");
        const show = name === "selisih" ? signed : num;
        const now = document.createElement("b");
        now.textContent = show(sesudah[name]);
        if (sebelum[name] !== sesudah[name]) {
          const old = document.createElement("s");
          old.className = "semula";
          old.textContent = show(sebelum[name]);
          value.append(old, " → ", now, ` (${signed(sesudah[name] - sebelum[name])})`);
        } else value.append(now);
        item.append(label, value);
        return item;
      }),
    );
  }

  // --- editing on the map
  const say = (sentence: string): void => page.say(sentence);
  const kisi = new Kisi(
    { sel: words.sel, pilihBaris: words.massal.pilihBaris },
    {
      send: (operasi, row, kolom, text) =>
        void send({ operasi: [operasi] }).then((jawaban) => {
          if (jawaban.baik) return;
          if (jawaban.status === 409) typedCell = { kunci: row.kunci, kolom, teks: text };
          void page.app.reload(server.hanya);
          if (kolom === "nama" && jawaban.temuan.some((t) => t.kode === "bukan-koreksi")) {
            retype = text;
            openForm(row.kunci, "koreksi-nama");
          } else tell(jawaban);
        }),
      selection: () => mass?.show(),
      command: (event, row) => command(event, row),
      reaches: (row) => reaches(row.unit.id),
    },
  );
  /** A name that was refused in a cell, to be put into the form that offers the way out. */
  let retype = "";
  /** What was typed over somebody else's change, in a cell or beside a figure of the drawer: kept for the reload. */
  let typedCell: Ditolak | null = null;
  let typedBeside: { objek: string; nama: string; nilai: string } | null = null;

  const page: Page = startPage(root, {
    server,
    grab: (hit, _px, _py, event) => (editable ? mover.grab(hit, event) : null),
    key: (event, row) => command(event, row),
    ...(editable ? { table: kisi } : {}),
  });
  kisi.table = page.table;
  kisi.app = page.app;
  const mover = new Pemindah(page.app, page.chart, words.pindah, {
    send: (operasi, key, target) =>
      void send({ operasi }).then(async (jawaban) => {
        if (!jawaban.baik) return tell(jawaban);
        if (!page.app.isOpen(target)) await page.app.setOpen(target, true);
        page.app.select(key, false);
        page.tree.setActive(key);
        refreshDrawer();
      }),
    say,
    reaches,
  });
  const mass = editable
    ? attachMass(root, kisi, server, words.massal, pilihan, (isi) =>
        send(isi).then((jawaban) => {
          tell(jawaban);
          return jawaban;
        }))
    : null;

  function command(event: KeyboardEvent, row: Row): boolean {
    if (!editable) return false;
    const key = row.kunci;
    const unit = `u${row.unit.id}`;
    const tool = event.altKey ? event.key.startsWith("Arrow") : ["n", "j", "m", "Delete"].includes(event.key);
    // Inside the branch, its own unit stays where it is.
    const place = !row.box && (event.altKey || event.key === "m") ? (row.unit.atasan ?? row.unit.id) : row.unit.id;
    if (tool && !event.ctrlKey && !event.metaKey && !reaches(place)) {
      const values = { nama: (row.box ?? row.unit).nama, cabang: root.dataset.cabangNama ?? "" };
      say(fill(words.luarCabang, values));
      notice(fill(words.luarCabang, values));
      return true;
    }
    if (event.altKey) {
      if (event.key === "ArrowUp") mover.shift(key, -1);
      else if (event.key === "ArrowDown") mover.shift(key, 1);
      else if (event.key === "ArrowRight") mover.level(key, 1);
      else if (event.key === "ArrowLeft") mover.level(key, -1);
      else return false;
      return true;
    }
    if (event.ctrlKey || event.metaKey) return false;
    switch (event.key) {
      case "n": openForm(unit, "tambah-unor"); return true;
      case "j": openForm(unit, "tambah-posisi"); return true;
      case "m": openForm(key, row.box ? "pindah-posisi" : "pindah-unor"); return true;
      case "Delete": openForm(key, row.box ? "hapus-posisi" : "hapus-unor"); return true;
      default: return false;
    }
  }

  const undo = (): void => void queue.add("urung").then(tell);
  const redo = (): void => void queue.add("ulang").then(tell);
  document.addEventListener("keydown", (event) => {
    if (!editable || !(event.ctrlKey || event.metaKey) || event.key.toLowerCase() !== "z") return;
    if ((event.target as HTMLElement).matches("input:not([type=checkbox]), textarea, select")) return;
    event.preventDefault();
    if (event.shiftKey) redo();
    else undo();
  });
  root.addEventListener("click", (event) => {
    const action = (event.target as Element).closest<HTMLElement>("[data-aksi]")?.dataset.aksi;
    if (action === "urung") undo();
    else if (action === "ulang") redo();
    else if (action === "temuan") load("temuan");
    else if (action === "tempel") paste("");
  });

  // --- pasting rows
  const target = (): { id: number; nama: string } => {
    const key = page.app.state.pilih ?? page.chart.focused ?? `u${page.app.root}`;
    const id = key.startsWith("p") ? page.app.store.boxes.get(Number(key.slice(1)))?.unor : Number(key.slice(1));
    const unit = page.app.store.units.get(id ?? page.app.root) ?? page.app.store.units.get(page.app.root)!;
    return { id: unit.id, nama: unit.nama };
  };
  const paste = (text: string): void => {
    const unit = target();
    openPaste(server, words.tempel, unit, text, async (operasi) => {
      const jawaban = await send({ operasi });
      if (jawaban.baik) {
        page.app.openQuietly([unit.id]);
        page.app.rebuild(`u${unit.id}`);
        refreshDrawer();
      }
      return jawaban;
    });
  };
  document.addEventListener("paste", (event) => {
    if (!editable || (event.target as HTMLElement).matches("input, textarea, select")) return;
    const text = event.clipboardData?.getData("text/plain") ?? "";
    if (!text.trim() || !(text.includes("\t") || text.includes("\n"))) return;
    event.preventDefault();
    paste(text);
  });

  /** What was moved may have gone under a unit that is closed or not loaded. */
  async function bringIntoSight(key: string, operasi: Record<string, unknown>): Promise<void> {
    const target = Number(operasi.jenis === "pindah-unor" ? operasi.atasan_id : operasi.jenis === "pindah-posisi" ? operasi.unor_id : 0);
    if (!target) return;
    if (page.app.store.units.has(target) && page.chart.scene?.byKey.has(`u${target}`)) {
      if (!page.app.isOpen(target)) await page.app.setOpen(target, true);
    } else await page.app.goTo(key.startsWith("u") ? Number(key.slice(1)) : target, null);
  }

  // --- the drawer's forms
  document.addEventListener("htmx:afterSwap", (event) => {
    if ((event as CustomEvent<{ target: Element }>).detail.target !== laciIsi) return;
    attachForms(laciIsi, server, words.bidang, pilihan, {
      send: (isi, form) => {
        form.dataset.terkirim = JSON.stringify(isi.operasi?.[0] ?? {});
        return send(isi).then((jawaban) => {
          const field = form.querySelector<HTMLInputElement>("input[name]");
          if (!jawaban.baik && jawaban.status === 409 && form.matches(".sunting-baris") && field)
            typedBeside = { objek: form.dataset.objek!, nama: field.name, nilai: field.value };
          return jawaban;
        });
      },
      saved: (form, jawaban, lagi) => {
        const made = Object.values(jawaban.hasil.id_baru)[0];
        const jenis = form.dataset.jenis ?? "";
        const key = jenis === "tambah-unor" || jenis === "ganti-nama" ? `u${made}` : jenis === "tambah-posisi" ? `p${made}` : form.dataset.objek!;
        const near = Number((form.dataset.objek ?? "u0").slice(1));
        if (jenis.startsWith("tambah")) page.app.openQuietly([near]);
        page.app.rebuild(`u${near}`);
        page.chart.found = null;
        if (lagi && form.isConnected) {
          const name = page.app.store.boxes.get(made ?? 0)?.nama ?? "";
          again(form, fill(words.ditambahkan, { nama: name }));
          return;
        }
        void bringIntoSight(key, JSON.parse(form.dataset.terkirim ?? "{}") as Record<string, unknown>).then(() => {
          page.app.select(key, false);
          page.tree.setActive(key);
          page.table.show(key);
          load(objectPath(key));
          const node = page.app.nodeKey(key);
          if (node) page.chart.reveal(node);
        });
      },
    });
    if (typedBeside) {
      const { objek, nama, nilai } = typedBeside;
      const form = laciIsi.querySelector(`form.sunting-baris[data-objek="${objek}"]:has([name="${nama}"])`);
      if (form) form.querySelector("[data-galat]")!.textContent = fill(words.isianTadi, { nilai: nilai || "–" });
      typedBeside = null;
    }
    const name = retype && laciIsi.querySelector<HTMLInputElement>("form[data-jenis=koreksi-nama] input[name=nama]");
    if (name) {
      name.value = retype;
      name.dispatchEvent(new Event("input", { bubbles: true }));
    }
    retype = "";
    if (field && laciIsi.querySelector("[data-objek]")) {
      const place = laciIsi.querySelector<HTMLElement>(`form [name="${CSS.escape(field)}"]`);
      field = "";
      place?.focus();
      place?.scrollIntoView({ block: "nearest" });
    }
    const first = laciIsi.querySelector<HTMLElement>(
      "[data-formulir] form:not([hidden]) :is(input:not([type=hidden]), select)",
    );
    first?.focus();
  });
  /** The column a finding is about: its field takes the keyboard once the object is shown. */
  let field = "";
  laci.addEventListener("click", (event) => {
    const finding = (event.target as Element).closest<HTMLElement>("[data-temuan-laci] a[data-kolom]");
    if (finding) field = finding.dataset.kolom!;
    const button = (event.target as Element).closest<HTMLElement>("[data-geser]");
    if (button) mover.shift(button.dataset.kunci!, button.dataset.geser === "-1" ? -1 : 1);
  });

  // --- only what changed
  const only = $<HTMLInputElement>("input[data-hanya]")!;
  only.addEventListener("change", () => {
    server.hanya = only.checked;
    const url = new URL(location.href);
    if (only.checked) url.searchParams.set("hanya", "1");
    else url.searchParams.delete("hanya");
    history.replaceState(null, "", url);
    void page.app.reload(only.checked).then(() => page.app.fit());
  });

  // --- what others do meanwhile
  let version = mula.tertinggal;
  const look = async (): Promise<void> => {
    if (document.hidden) return;
    try {
      const news = await server.news(keadaan.nomor);
      const place = $("[data-lain]")!;
      if (news.lain.length && news.revisi > queue.revisi) {
        const button = document.createElement("button");
        button.type = "button";
        button.className = "btn btn-sm";
        button.textContent = words.muatUlang;
        button.addEventListener("click", () => void reload());
        const who = [...new Set(news.lain.map((row) => row.oleh))].join(", ");
        place.replaceChildren(fill(words.lain, { siapa: who, apa: news.lain[0]!.ringkas }), " ", button);
        place.hidden = false;
      }
      if (news.tertinggal > version) notice(words.versiBaru, { nama: words.muatUlang, lakukan: () => location.reload() });
      version = news.tertinggal;
      if (news.bolehUbah !== editable) {
        editable = news.bolehUbah;
        showState();
      }
    } catch {
      // The next look will tell; edits have their own way of saying that the connection is gone.
    }
  };
  setInterval(() => void look(), POLL);
  document.addEventListener("visibilitychange", () => void look());

  if (server.hanya) {
    page.app.openQuietly([...page.app.store.units.keys()]);
    page.app.rebuild(null);
    if (page.chart.found) page.chart.centre(page.chart.found, 0.75, false);
    else page.app.fit(false);
  }
  showAll();
  if (mula.nomor) void showChanges();
  queue.resume();
  Object.assign(root, { sunting: { queue, server, look, reload, page } });
  root.dataset.sunting = "1";
}

const root = document.getElementById("peta");
if (root?.classList.contains("sunting")) begin(root);
const pair = document.getElementById("dua");
if (pair) startPair(pair);
