// Rows from a spreadsheet: checked by the server first, shown by row and column, applied all or none.
import { fill, num } from "../peta/text.ts";
import type { Jawaban } from "./antrean.ts";
import { button, openDialog } from "./dialog.ts";
import type { DraftServer, Operasi } from "./server.ts";

export interface PasteWords {
  judul: string;
  petunjuk: string;
  isi: string;
  periksa: string;
  terapkan: string;
  batal: string;
  salah: string;
  benar: string;
  kolom: string[];
  gagal: string;
  tidakAda: string;
}
interface Galat {
  kolom: string;
  kalimat: string;
  usul: string[];
}
interface Baris {
  baris: number;
  unor: string;
  jabatan: string;
  kelas: string;
  k: string;
  lakukan: string;
  galat: Galat[];
}
interface Pratinjau {
  baris: Baris[];
  operasi: Operasi[];
  salah: number;
}
const KOLOM = ["unor", "jabatan", "kelas", "k"] as const;

function table(rows: Baris[], words: PasteWords): HTMLElement {
  const frame = document.createElement("div");
  frame.className = "tabel sunting-tempel";
  frame.tabIndex = 0;
  frame.setAttribute("role", "region");
  frame.setAttribute("aria-label", words.judul);
  const made = document.createElement("table");
  made.className = "table";
  const head = made.createTHead().insertRow();
  for (const name of words.kolom) {
    const cell = document.createElement("th");
    cell.scope = "col";
    cell.textContent = name;
    head.append(cell);
  }
  const body = made.createTBody();
  for (const row of rows) {
    const line = body.insertRow();
    if (row.galat.length) line.className = "salah";
    line.insertCell().textContent = num(row.baris);
    for (const name of KOLOM) {
      const cell = line.insertCell();
      cell.textContent = row[name];
      for (const g of row.galat.filter((g) => g.kolom === name)) {
        const text = document.createElement("div");
        text.className = "galat";
        text.textContent = g.kalimat + (g.usul.length ? ` → ${g.usul.join("; ")}` : "");
        cell.append(text);
      }
    }
    const last = line.insertCell();
    last.textContent = row.lakukan;
    for (const g of row.galat.filter((g) => !(KOLOM as readonly string[]).includes(g.kolom))) {
      const text = document.createElement("div");
      text.className = "galat";
      text.textContent = g.kalimat;
      last.append(text);
    }
  }
  frame.append(made);
  return frame;
}

export function openPaste(
  server: DraftServer, words: PasteWords, unit: { id: number; nama: string }, text: string,
  apply: (operasi: Operasi[]) => Promise<Jawaban>,
): void {
  const label = document.createElement("label");
  label.htmlFor = "sunting-tempel-isi";
  label.textContent = words.isi;
  const area = document.createElement("textarea");
  Object.assign(area, { id: "sunting-tempel-isi", className: "form-control", rows: 7, value: text, spellcheck: false });
  const result = document.createElement("div");
  result.setAttribute("aria-live", "polite");
  const check = button(words.periksa);
  const go = button(fill(words.terapkan, { n: 0 }), "btn-primary");
  const stop = button(words.batal);
  go.disabled = true;
  let ready: Operasi[] = [];
  const sentence = (what: string, bad: boolean): HTMLElement => {
    const line = document.createElement("p");
    line.className = bad ? "galat" : "";
    line.textContent = what;
    return line;
  };
  const look = async (): Promise<void> => {
    go.disabled = true;
    if (!area.value.trim()) {
      result.replaceChildren(sentence(words.tidakAda, true));
      return;
    }
    try {
      const response = await server.post("tempel", { teks: area.value, unor: unit.id });
      if (!response.ok) throw new Error(String(response.status));
      const found = (await response.json()) as Pratinjau;
      ready = found.salah ? [] : found.operasi;
      go.textContent = fill(words.terapkan, { n: num(found.baris.length) });
      go.disabled = ready.length === 0;
      result.replaceChildren(
        sentence(
          found.salah ? fill(words.salah, { n: num(found.salah) }) : fill(words.benar, { n: num(found.baris.length) }),
          found.salah > 0,
        ),
        table(found.baris, words),
      );
      if (!go.disabled) go.focus();
    } catch {
      result.replaceChildren(sentence(words.gagal, true));
    }
  };
  const box = openDialog(
    words.judul, [fill(words.petunjuk, { unit: unit.nama }), label, area, result], [check, go, stop], true,
  );
  check.addEventListener("click", () => void look());
  area.addEventListener("input", () => {
    go.disabled = true;
  });
  stop.addEventListener("click", () => box.close());
  go.addEventListener("click", () => {
    go.disabled = true;
    void apply(ready).then((jawaban) => {
      if (jawaban.baik) box.close();
      else result.prepend(sentence(jawaban.temuan.map((t) => `${t.kalimat} ${t.perbaikan}`).join(" "), true));
    });
  });
  if (text) void look();
  else area.focus();
}
