// Search fields with candidates inside forms: one value, or several as removable labels.
import type { Found } from "../peta/search.ts";
import { fill } from "../peta/text.ts";
import type { DraftServer } from "./server.ts";

export interface PilihanWords {
  hapus: string;
  kosong: string;
  gagal: string;
}

const hidden = (root: Element): HTMLInputElement => root.querySelector<HTMLInputElement>("input[type=hidden]")!;

/** Ids chosen in a field. */
export const chosen = (root: Element): number[] => hidden(root).value.split(".").filter(Boolean).map(Number);

export function setChoice(root: HTMLElement, id: number, nama: string, words: PilihanWords): void {
  const many = root.hasAttribute("data-banyak");
  const list = root.querySelector<HTMLElement>("[data-terpilih]")!;
  if (!many) list.replaceChildren();
  if (many && chosen(root).includes(id)) return;
  const item = document.createElement("li");
  item.dataset.id = String(id);
  const text = document.createElement("span");
  text.textContent = nama;
  const remove = document.createElement("button");
  remove.type = "button";
  remove.textContent = "×";
  remove.setAttribute("aria-label", fill(words.hapus, { nama }));
  remove.addEventListener("click", () => {
    item.remove();
    store();
    root.querySelector<HTMLInputElement>("input[type=search]")?.focus();
  });
  item.append(text, remove);
  list.append(item);
  const store = (): void => {
    hidden(root).value = [...list.children].map((row) => (row as HTMLElement).dataset.id).join(".");
    hidden(root).dispatchEvent(new Event("change", { bubbles: true }));
  };
  store();
}

export function clearChoice(root: HTMLElement): void {
  root.querySelector<HTMLElement>("[data-terpilih]")!.replaceChildren();
  hidden(root).value = "";
}

export function attachPicker(
  root: HTMLElement, server: DraftServer, words: PilihanWords, params: () => Record<string, string>,
): void {
  const input = root.querySelector<HTMLInputElement>("input[type=search]")!;
  const list = root.querySelector<HTMLElement>("[role=listbox]")!;
  let rows: Found[] = [];
  let at = -1;
  let timer = 0;
  let running: AbortController | null = null;
  const close = (): void => {
    list.hidden = true;
    input.setAttribute("aria-expanded", "false");
    input.removeAttribute("aria-activedescendant");
    at = -1;
  };
  const mark = (to: number): void => {
    at = rows.length ? (to + rows.length) % rows.length : -1;
    [...list.children].forEach((item, i) => item.setAttribute("aria-selected", String(i === at)));
    const item = list.children[at];
    if (!item) return;
    input.setAttribute("aria-activedescendant", item.id);
    item.scrollIntoView({ block: "nearest" });
  };
  const message = (text: string): void => {
    const item = document.createElement("div");
    item.className = "peta-hasil-kosong";
    item.setAttribute("role", "option");
    item.setAttribute("aria-disabled", "true");
    item.textContent = text;
    list.replaceChildren(item);
    open();
  };
  const open = (): void => {
    list.hidden = false;
    input.setAttribute("aria-expanded", "true");
  };
  const pick = (i: number): void => {
    const row = rows[i];
    if (!row) return;
    setChoice(root, row.id, row.nama, words);
    root.dispatchEvent(new CustomEvent("pilihan", { bubbles: true, detail: row }));
    input.value = "";
    close();
  };
  const show = (): void => {
    if (!rows.length) return message(words.kosong);
    list.replaceChildren(
      ...rows.map((row, i) => {
        const item = document.createElement("div");
        item.id = `${list.id}-${i}`;
        item.className = "peta-hasil";
        item.setAttribute("role", "option");
        item.setAttribute("aria-selected", "false");
        const name = document.createElement("span");
        name.className = "peta-hasil-nama";
        name.textContent = row.nama;
        const path = document.createElement("span");
        path.className = "peta-hasil-jalur";
        path.textContent = row.jalur;
        item.append(name, path);
        item.addEventListener("mousedown", (event) => {
          event.preventDefault();
          pick(i);
        });
        return item;
      }),
    );
    open();
  };
  const ask = async (): Promise<void> => {
    running?.abort();
    const query = input.value.trim();
    if (query.length < 2) return close();
    const mine = (running = new AbortController());
    try {
      const source = root.dataset.pilihan!;
      rows = await server.find(query, { apa: source, ...params() }, mine.signal);
      at = -1;
      show();
    } catch {
      if (mine.signal.aborted) return;
      rows = [];
      message(words.gagal);
    }
  };
  input.addEventListener("input", () => {
    clearTimeout(timer);
    timer = window.setTimeout(() => void ask(), 160);
  });
  input.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && !list.hidden) {
      close();
      event.preventDefault();
      event.stopPropagation();
    } else if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      mark(at + (event.key === "ArrowDown" ? 1 : at < 0 ? 0 : -1));
      event.preventDefault();
    } else if (event.key === "Enter" && !list.hidden) {
      pick(Math.max(0, at));
      event.preventDefault();
    } else if (event.key === "Enter" && input.value.trim()) {
      event.preventDefault();
      void ask();
    }
  });
  input.addEventListener("blur", () => setTimeout(close, 120));
}
