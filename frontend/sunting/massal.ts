// One change for many chosen rows: kelas, K, another unit, another regulation, removal.
import type { Row } from "../peta/rows.ts";
import { fill, num } from "../peta/text.ts";
import type { Edit, Jawaban } from "./antrean.ts";
import { button, openDialog } from "./dialog.ts";
import type { Kisi } from "./kisi.ts";
import { attachPicker, chosen, type PilihanWords } from "./pilihan.ts";
import type { DraftServer, Operasi } from "./server.ts";

export interface MassWords {
  jumlah: string;
  kelas: string;
  k: string;
  pindah: string;
  dasar: string;
  hapus: string;
  hapusTanya: string;
  penerus: string;
  terapkan: string;
  batal: string;
  tidakAda: string;
  angka: string;
}

function numberField(max: number): HTMLInputElement {
  const input = document.createElement("input");
  Object.assign(input, { className: "form-control", type: "number", min: max === 17 ? "1" : "0", max: String(max), step: "1" });
  input.inputMode = "numeric";
  return input;
}

/** `apa`: where the candidates come from, as the server's search names it. */
function picker(apa: string, server: DraftServer, label: string, words: PilihanWords): HTMLElement {
  const root = document.createElement("div");
  root.className = "sunting-pilih";
  root.dataset.pilihan = apa;
  const list = document.createElement("ul");
  list.className = "sunting-terpilih";
  list.dataset.terpilih = "";
  const input = document.createElement("input");
  Object.assign(input, { className: "form-control", type: "search", autocomplete: "off" });
  for (const [name, value] of [["role", "combobox"], ["aria-expanded", "false"], ["aria-autocomplete", "list"],
    ["aria-controls", "massal-daftar"], ["aria-label", label]] as const) input.setAttribute(name, value);
  const hidden = document.createElement("input");
  hidden.type = "hidden";
  const options = document.createElement("div");
  Object.assign(options, { id: "massal-daftar", className: "peta-daftar-hasil", hidden: true });
  options.setAttribute("role", "listbox");
  options.setAttribute("aria-label", label);
  root.append(list, input, hidden, options);
  attachPicker(root, server, words, () => ({}));
  return root;
}

export function attachMass(
  page: HTMLElement, kisi: Kisi, server: DraftServer, words: MassWords, pilihan: PilihanWords,
  send: (isi: Edit["isi"]) => Promise<Jawaban>,
): { show(): void } {
  const bar = page.querySelector<HTMLElement>("[data-massal]")!;
  const live = (row: Row): boolean => (row.box ?? row.unit).tanda !== "hapus";
  const boxes = (): Row[] => kisi.rows().filter((row) => row.box && live(row));
  const units = (): Row[] => kisi.rows().filter((row) => !row.box && live(row));
  const show = (): void => {
    const n = kisi.terpilih.size;
    bar.hidden = n === 0;
    bar.querySelector("[data-massal-jumlah]")!.textContent = fill(words.jumlah, { n: num(n) });
  };

  /** Asks with one field; `make` gives the operations, or null while the field is not filled in. */
  function dialog(judul: string, parts: (string | Node)[], make: () => Operasi[] | null, danger = false): void {
    const go = button(words.terapkan, danger ? "btn-danger" : "btn-primary");
    const stop = button(words.batal);
    const trouble = document.createElement("div");
    trouble.className = "galat";
    trouble.setAttribute("role", "alert");
    const box = openDialog(judul, [...parts, trouble], [go, stop]);
    stop.addEventListener("click", () => box.close());
    const apply = (): void => {
      const operasi = make();
      if (!operasi?.length) {
        const wrong = parts.find((part) => part instanceof HTMLInputElement && (!part.value || !part.checkValidity()));
        const { min, max } = (wrong ?? {}) as Partial<HTMLInputElement>;
        trouble.textContent = wrong ? fill(words.angka, { dari: num(Number(min)), sampai: num(Number(max)) }) : words.tidakAda;
        return;
      }
      go.disabled = true;
      void send({ operasi }).then((jawaban) => {
        go.disabled = false;
        if (jawaban.baik) {
          box.close();
          kisi.clear();
        } else trouble.textContent = jawaban.temuan.map((t) => `${t.kalimat} ${t.perbaikan}`).join(" ");
      });
    };
    go.addEventListener("click", apply);
    for (const part of parts)
      if (part instanceof HTMLInputElement)
        part.addEventListener("keydown", (event) => {
          if (event.key !== "Enter") return;
          event.preventDefault();
          apply();
        });
    (parts.find((part) => part instanceof HTMLElement) as HTMLElement | undefined)?.querySelector?.("input")?.focus();
  }

  const actions: Record<string, () => void> = {
    batal: () => kisi.clear(),
    kelas: () => {
      const input = numberField(17);
      const judul = fill(words.kelas, { n: num(boxes().length) });
      input.setAttribute("aria-label", judul);
      dialog(judul, [input], () =>
        input.value && input.checkValidity()
          ? boxes().map((row) => ({ jenis: "ubah-kelas", posisi_id: row.box!.id, kelas: Number(input.value) }))
          : null);
      input.focus();
    },
    k: () => {
      const rows = (): Row[] => boxes().filter((row) => !row.box!.kepala);
      const input = numberField(100000);
      const judul = fill(words.k, { n: num(rows().length) });
      input.setAttribute("aria-label", judul);
      dialog(judul, [input], () =>
        input.value && input.checkValidity()
          ? rows().map((row) => ({ jenis: "ubah-k", posisi_id: row.box!.id, k: Number(input.value) }))
          : null);
      input.focus();
    },
    pindah: () => {
      const judul = fill(words.pindah, { n: num(kisi.terpilih.size) });
      const field = picker("unor-tujuan", server, judul, pilihan);
      dialog(judul, [field], () => {
        const [target] = chosen(field);
        if (target === undefined) return null;
        return [
          ...units().map((row): Operasi => ({ jenis: "pindah-unor", unor_id: row.unit.id, atasan_id: target })),
          ...boxes().filter((row) => !row.box!.kepala)
            .map((row): Operasi => ({ jenis: "pindah-posisi", posisi_id: row.box!.id, unor_id: target })),
        ];
      });
    },
    dasar: () => {
      const judul = fill(words.dasar, { n: num(units().length) });
      const select = document.createElement("select");
      select.className = "form-select";
      select.setAttribute("aria-label", judul);
      for (const [value, name] of JSON.parse(bar.dataset.dasarHukum ?? "[]") as [string, string][])
        select.append(new Option(name, value));
      dialog(judul, [select], () =>
        select.value
          ? units().map((row) => ({ jenis: "perbarui-dasar", unor_id: row.unit.id, dasar_hukum_id: Number(select.value) }))
          : null);
    },
    hapus: () => {
      const judul = fill(words.hapus, { n: num(kisi.terpilih.size) });
      const field = picker("unor", server, words.penerus, pilihan);
      const label = document.createElement("p");
      label.textContent = words.penerus;
      dialog(judul, [words.hapusTanya, label, field], () => [
        ...boxes().map((row): Operasi => ({ jenis: "hapus-posisi", posisi_id: row.box!.id })),
        // The lowest first, so that a unit is empty by the time it goes.
        ...units().sort((a, b) => b.level - a.level)
          .map((row): Operasi => ({ jenis: "hapus-unor", unor_id: row.unit.id, penerus: chosen(field) })),
      ], true);
    },
  };
  bar.addEventListener("click", (event) => {
    const name = (event.target as Element).closest<HTMLElement>("[data-massal-aksi]")?.dataset.massalAksi;
    if (name) actions[name]?.();
  });
  return { show };
}
