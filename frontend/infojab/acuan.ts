// A text field that offers candidates of a reference list. What is picked is bound by its id; changing the text
// afterwards frees it again: free text is always allowed.
import { buat, idBaru, kata } from "./jenis.ts";

interface Calon {
  id: number;
  nama: string;
  jalur: string;
  tingkat: string;
}

export function pasangAcuan(
  kotak: HTMLElement, input: HTMLTextAreaElement, alamat: string, isian: string,
  awal: number | null, dipilih: (calon: Calon) => void,
): { id(): number | null } {
  let id = awal;
  let calon: Calon[] = [];
  let pada = -1;
  let timer = 0;
  let jalan: AbortController | null = null;
  const daftar = buat("div", "ij-calon");
  daftar.id = idBaru();
  daftar.hidden = true;
  daftar.setAttribute("role", "listbox");
  daftar.setAttribute("aria-label", input.getAttribute("aria-label") ?? "");
  const tanda = buat("p", "ij-terikat");
  input.setAttribute("role", "combobox");
  input.setAttribute("aria-autocomplete", "list");
  input.setAttribute("aria-controls", daftar.id);
  input.setAttribute("aria-expanded", "false");
  input.autocomplete = "off";
  kotak.append(daftar, tanda);

  const tulisTanda = (): void => {
    tanda.replaceChildren();
    if (!input.value.trim() || input.value.trim() === "-") return;
    tanda.append(buat("span", id ? "ij-sudah" : "redup", id ? `✓ ${kata("terikat")}` : kata("taut")));
  };
  const tutup = (): void => {
    daftar.hidden = true;
    pada = -1;
    input.setAttribute("aria-expanded", "false");
    input.removeAttribute("aria-activedescendant");
  };
  const buka = (): void => {
    daftar.hidden = false;
    input.setAttribute("aria-expanded", "true");
  };
  const tandai = (ke: number): void => {
    pada = calon.length ? (ke + calon.length) % calon.length : -1;
    [...daftar.children].forEach((item, i) => item.setAttribute("aria-selected", String(i === pada)));
    const item = daftar.children[pada];
    if (!item) return;
    input.setAttribute("aria-activedescendant", item.id);
    item.scrollIntoView({ block: "nearest" });
  };
  const ambil = (i: number): void => {
    const pilihan = calon[i];
    if (!pilihan) return;
    id = pilihan.id;
    input.value = pilihan.nama;
    tutup();
    tulisTanda();
    dipilih(pilihan);
    input.dispatchEvent(new CustomEvent("terikat", { bubbles: true }));
  };
  const pesan = (teks: string): void => {
    const item = buat("div", "redup", teks);
    item.setAttribute("role", "option");
    item.setAttribute("aria-disabled", "true");
    daftar.replaceChildren(item);
    buka();
  };
  const cari = async (): Promise<void> => {
    jalan?.abort();
    const teks = input.value.trim();
    if (teks.length < 2) return tutup();
    const ini = (jalan = new AbortController());
    try {
      const jawaban = await fetch(`${alamat}?isian=${isian}&q=${encodeURIComponent(teks)}`, { signal: ini.signal });
      if (!jawaban.ok) throw new Error(String(jawaban.status));
      calon = ((await jawaban.json()) as { hasil: Calon[] }).hasil;
    } catch {
      if (ini.signal.aborted) return;
      calon = [];
      return pesan(kata("gagal"));
    }
    if (document.activeElement !== input) return;
    pada = -1;
    if (!calon.length) return pesan(kata("kosong"));
    daftar.replaceChildren(...calon.map((row, i) => {
      const item = buat("div");
      item.id = `${daftar.id}-${i}`;
      item.setAttribute("role", "option");
      item.setAttribute("aria-selected", "false");
      item.append(buat("span", "", row.nama), buat("small", "redup", row.jalur));
      item.addEventListener("mousedown", (event) => {
        event.preventDefault();
        ambil(i);
      });
      return item;
    }));
    buka();
  };
  input.addEventListener("input", () => {
    id = null;
    tulisTanda();
    clearTimeout(timer);
    timer = window.setTimeout(() => void cari(), 180);
  });
  input.addEventListener("keydown", (event) => {
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    if (event.key === "Escape" && !daftar.hidden) {
      tutup();
      event.preventDefault();
      event.stopPropagation();
    } else if ((event.key === "ArrowDown" || event.key === "ArrowUp") && !daftar.hidden) {
      tandai(pada + (event.key === "ArrowDown" ? 1 : pada < 0 ? 0 : -1));
      event.preventDefault();
      event.stopPropagation();
    } else if (event.key === "Enter" && !daftar.hidden && pada >= 0) {
      ambil(pada);
      event.preventDefault();
      event.stopPropagation();
    }
  }, true);
  input.addEventListener("blur", () => {
    clearTimeout(timer);
    jalan?.abort();
    setTimeout(tutup, 120);
  });
  tulisTanda();
  return { id: () => id };
}
