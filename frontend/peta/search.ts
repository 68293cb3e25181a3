// Search box over units and posts of the whole map (combobox with a list), answered by the server.
export interface Found {
  jenis: "unor" | "posisi";
  id: number;
  unor: number;
  nama: string;
  jalur: string;
}

export function attachSearch(
  input: HTMLInputElement, list: HTMLElement, words: { kosong: string; gagal: string },
  find: (query: string, signal: AbortSignal) => Promise<Found[]>, choose: (found: Found) => void,
): void {
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
    if (item) {
      input.setAttribute("aria-activedescendant", item.id);
      item.scrollIntoView({ block: "nearest" });
    }
  };
  const message = (text: string): void => {
    const item = document.createElement("div");
    item.className = "peta-hasil-kosong";
    item.setAttribute("role", "option");
    item.setAttribute("aria-disabled", "true");
    item.textContent = text;
    list.replaceChildren(item);
  };
  const show = (): void => {
    list.hidden = false;
    input.setAttribute("aria-expanded", "true");
  };
  const render = (): void => {
    if (!rows.length) message(words.kosong);
    else
      list.replaceChildren(
        ...rows.map((row, i) => {
          const item = document.createElement("div");
          item.id = `peta-hasil-${i}`;
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
    show();
  };
  const pick = (i: number): void => {
    const row = rows[i];
    if (!row) return;
    close();
    input.value = row.nama;
    choose(row);
  };
  const ask = async (): Promise<void> => {
    running?.abort();
    const query = input.value.trim();
    if (query.length < 2) {
      close();
      return;
    }
    const mine = (running = new AbortController());
    try {
      rows = await find(query, mine.signal);
      at = -1;
      render();
    } catch {
      if (mine.signal.aborted) return;
      rows = [];
      message(words.gagal);
      show();
    }
  };
  input.addEventListener("input", () => {
    clearTimeout(timer);
    timer = window.setTimeout(() => void ask(), 140);
  });
  input.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && !list.hidden) {
      close();
      event.preventDefault();
      event.stopPropagation();
    } else if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      if (list.hidden && rows.length) show();
      mark(at + (event.key === "ArrowDown" ? 1 : at < 0 ? 0 : -1));
      event.preventDefault();
    } else if (event.key === "Enter") {
      event.preventDefault();
      if (rows.length && !list.hidden) pick(Math.max(0, at));
      else void ask();
    }
  });
  input.addEventListener("blur", close);
}
