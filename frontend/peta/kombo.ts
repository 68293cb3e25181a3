// A search field with a list of what the server finds (combobox): the map's own search and the pickers of forms.
export interface Found {
  jenis: string;
  id: number;
  unor: number;
  nama: string;
  jalur: string;
}
export interface ComboWords {
  kosong: string;
  gagal: string;
}
const WAIT = 150;

export function attachCombo(
  input: HTMLInputElement, list: HTMLElement, words: ComboWords,
  find: (query: string, signal: AbortSignal) => Promise<Found[]>, choose: (found: Found) => void,
): void {
  let rows: Found[] = [];
  /** What the rows were found for. */
  let asked = "";
  let at = -1;
  let timer = 0;
  let running: AbortController | null = null;

  const open = (): void => {
    list.hidden = false;
    input.setAttribute("aria-expanded", "true");
  };
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
  const pick = (i: number): void => {
    const row = rows[i];
    if (!row) return;
    close();
    choose(row);
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
  const option = (row: Found, i: number): HTMLElement => {
    const item = document.createElement("div");
    item.id = `${list.id}-${i}`;
    item.className = "peta-hasil";
    item.setAttribute("role", "option");
    item.setAttribute("aria-selected", "false");
    for (const [kelas, text] of [["peta-hasil-nama", row.nama], ["peta-hasil-jalur", row.jalur]] as const) {
      const part = document.createElement("span");
      part.className = kelas;
      part.textContent = text;
      item.append(part);
    }
    item.addEventListener("mousedown", (event) => {
      event.preventDefault();
      pick(i);
    });
    return item;
  };
  const ask = async (): Promise<void> => {
    clearTimeout(timer);
    running?.abort();
    const query = input.value.trim();
    if (query.length < 2) return close();
    const mine = (running = new AbortController());
    try {
      rows = await find(query, mine.signal);
    } catch {
      if (mine.signal.aborted) return;
      rows = [];
      return message(words.gagal);
    }
    asked = query;
    at = -1;
    if (!rows.length) return message(words.kosong);
    list.replaceChildren(...rows.map(option));
    open();
  };
  input.addEventListener("input", () => {
    clearTimeout(timer);
    timer = window.setTimeout(() => void ask(), WAIT);
  });
  input.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && !list.hidden) {
      close();
      event.stopPropagation();
    } else if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      if (list.hidden && rows.length && asked === input.value.trim()) open();
      if (!list.hidden) mark(at + (event.key === "ArrowDown" ? 1 : at < 0 ? 0 : -1));
    } else if (event.key === "Enter" && input.value.trim()) {
      // What is listed may still belong to what was typed before.
      if (!list.hidden && asked === input.value.trim()) pick(Math.max(0, at));
      else void ask();
    } else return;
    event.preventDefault();
  });
  input.addEventListener("blur", close);
}
