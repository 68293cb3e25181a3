// Search fields with candidates inside forms: one value, or several as removable labels.
import { attachCombo, type ComboWords } from "../peta/kombo.ts";
import { fill } from "../peta/text.ts";
import type { DraftServer } from "./server.ts";

export interface PilihanWords extends ComboWords {
  hapus: string;
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

/** Says `pilihan` with the row when one is chosen. */
export function attachPicker(
  root: HTMLElement, server: DraftServer, words: PilihanWords, params: () => Record<string, string>,
): void {
  const input = root.querySelector<HTMLInputElement>("input[type=search]")!;
  attachCombo(
    input, root.querySelector<HTMLElement>("[role=listbox]")!, words,
    (query, signal) => server.find(query, { apa: root.dataset.pilihan!, ...params() }, signal),
    (row) => {
      input.value = "";
      setChoice(root, row.id, row.nama, words);
      root.dispatchEvent(new CustomEvent("pilihan", { bubbles: true, detail: row }));
    },
  );
}
