// Forms of the drawer: from fields to one operation, and refusals back to the fields they are about.
import { fill } from "../peta/text.ts";
import type { Edit, Jawaban } from "./antrean.ts";
import type { Found } from "../peta/kombo.ts";
import { attachPicker, chosen, clearChoice, type PilihanWords, setChoice } from "./pilihan.ts";
import type { DraftServer, Operasi, Temuan } from "./server.ts";

export interface FormWords {
  wajib: string;
  pilih: string;
  angka: string;
}
type Field = HTMLInputElement | HTMLSelectElement;

const fields = (form: HTMLFormElement): Field[] =>
  [...form.querySelectorAll<Field>("[name][data-tipe]")].filter((field) => !field.disabled);

function value(field: Field): unknown {
  const text = field.value.trim();
  switch (field.dataset.tipe) {
    case "centang":
      return (field as HTMLInputElement).checked ? true : undefined;
    case "angka":
      return text === "" ? (field.dataset.kosong ? null : undefined) : Number(text);
    case "daftar":
      return text === "" ? undefined : text.split(".").map(Number);
    case "kode":
      return text.split(/[,;\s]+/).filter(Boolean);
    default:
      return text === "" ? (field.dataset.kosong ? "" : undefined) : text;
  }
}

/** Problems the page can see by itself. */
function complain(form: HTMLFormElement, words: FormWords): boolean {
  let good = true;
  for (const place of form.querySelectorAll<HTMLElement>("[data-galat-bidang], [data-galat]")) place.textContent = "";
  for (const field of form.querySelectorAll<Field>("input:not([type=hidden]), select")) {
    const box = field.closest<HTMLElement>(".bidang, .sunting-baris");
    let problem = "";
    const picker = field.closest<HTMLElement>("[data-pilihan]");
    if (picker) {
      if (field.required && !chosen(picker).length) problem = words.wajib;
      else if (field.value.trim() && !chosen(picker).length) problem = words.pilih;
    } else if (field.required && !field.value.trim()) problem = words.wajib;
    else if (field.dataset.tipe === "angka" && field instanceof HTMLInputElement && field.value) {
      const n = Number(field.value);
      const [low, high] = [Number(field.min || 0), Number(field.max || 1e9)];
      if (!Number.isInteger(n) || n < low || n > high) problem = fill(words.angka, { dari: low, sampai: high });
    }
    if (field instanceof HTMLInputElement && field.validity.badInput) problem = fill(words.angka, { dari: field.min, sampai: field.max });
    field.toggleAttribute("aria-invalid", problem !== "");
    if (!problem) continue;
    const place = box?.querySelector<HTMLElement>("[data-galat-bidang], [data-galat]");
    if (place) place.textContent = problem;
    if (good) field.focus();
    good = false;
  }
  return good;
}

function settle(field: HTMLElement): void {
  const box = field.closest<HTMLElement>(".bidang, .sunting-baris");
  const place = box?.querySelector<HTMLElement>("[data-galat-bidang], [data-galat]");
  if (!box || !place?.textContent) return;
  place.textContent = "";
  for (const marked of box.querySelectorAll("[aria-invalid]")) marked.removeAttribute("aria-invalid");
}

export function readForm(form: HTMLFormElement): Edit["isi"] {
  const operasi = JSON.parse(form.dataset.tetap!) as Operasi;
  const isi: Edit["isi"] = {};
  const empties: string[] = [];
  for (const field of fields(form)) {
    const got = value(field);
    if (got === undefined) continue;
    if (field.hasAttribute("data-amplop")) {
      Object.assign(isi, { [field.name]: got });
      continue;
    }
    const [name, key] = field.name.split(".");
    if (key) operasi[name!] = { ...(operasi[name!] as object | undefined), [key]: got };
    else if (operasi.jenis === "ubah-unor" && got === "" && (name === "eselon" || name === "wilayah")) empties.push(name);
    else operasi[name!] = got;
  }
  if (empties.length) operasi.kosongkan = empties;
  return { ...isi, operasi: [operasi] };
}

/** Findings next to the fields they name, the rest above the buttons. */
export function showFindings(form: HTMLFormElement, temuan: Temuan[]): void {
  const rest: Temuan[] = [];
  let first: HTMLElement | null = null;
  for (const t of temuan) {
    const box = t.kolom ? form.querySelector<HTMLElement>(`[data-bidang="${CSS.escape(t.kolom)}"]`) : null;
    const place = box?.querySelector<HTMLElement>("[data-galat-bidang]");
    if (!place) {
      rest.push(t);
      continue;
    }
    place.textContent = `${t.kalimat} ${t.perbaikan}`;
    const field = box!.querySelector<HTMLElement>("input:not([type=hidden]), select");
    field?.setAttribute("aria-invalid", "true");
    first ??= field;
  }
  const place = form.querySelector<HTMLElement>(":scope > [data-galat]");
  if (place) place.textContent = rest.map((t) => `${t.kalimat} ${t.perbaikan}`).join(" ");
  first?.focus();
}

export interface FormHandlers {
  send(isi: Edit["isi"], form: HTMLFormElement): Promise<Jawaban>;
  /** `lagi`: the form stays for another one of the same kind. */
  saved(form: HTMLFormElement, jawaban: Jawaban & { baik: true }, lagi: boolean): void;
}

export function attachForms(
  root: HTMLElement, server: DraftServer, words: FormWords, pilihan: PilihanWords, on: FormHandlers,
): void {
  for (const form of root.querySelectorAll<HTMLFormElement>("form.sunting-form")) {
    for (const picker of form.querySelectorAll<HTMLElement>("[data-pilihan]"))
      attachPicker(picker, server, pilihan, (): Record<string, string> => {
        const kind = form.querySelector<HTMLSelectElement>("select[name=jenis_posisi]");
        return kind && picker.dataset.pilihan === "jabatan" ? { jenis: kind.value } : {};
      });
    // What was wrong with a field is said until it is filled in anew, not beyond.
    for (const name of ["input", "change"])
      form.addEventListener(name, (event) => settle(event.target as HTMLElement));
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      if (!complain(form, words)) return;
      const buttons = [...form.querySelectorAll<HTMLButtonElement>("button:not([type=button])")];
      const lagi = (event.submitter as HTMLElement | null)?.hasAttribute("data-lagi") ?? false;
      for (const button of buttons) button.disabled = true;
      void on.send(readForm(form), form).then((jawaban) => {
        for (const button of buttons) button.disabled = false;
        if (jawaban.baik) on.saved(form, jawaban, lagi);
        else showFindings(form, jawaban.temuan);
      });
    });
  }
  attachHints(root);
  attachMerge(root, server);
  attachRename(root, server);
  attachSuccessors(root, server, pilihan);
  attachKinds(root);
}

/** Which fields a new box needs follows from its kind. */
function attachKinds(root: HTMLElement): void {
  const kind = root.querySelector<HTMLSelectElement>("select[name=jenis_posisi]");
  if (!kind) return;
  const follow = (): void => {
    const own = kind.value === "struktural";
    const field = (name: string): HTMLElement | null => root.querySelector(`[data-bidang="${name}"]`);
    field("jabatan_id")!.hidden = own;
    field("nama")!.hidden = !own;
    field("kepala")!.hidden = kind.value === "pelaksana";
    for (const input of field("jabatan_id")!.querySelectorAll<HTMLInputElement>("input")) {
      input.disabled = own;
      if (input.type === "search") input.required = !own;
    }
    field("nama")!.querySelector("input")!.disabled = !own;
  };
  kind.addEventListener("change", follow);
  follow();
  const picker = root.querySelector<HTMLElement>('[data-pilihan="jabatan"]');
  if (!picker) return;
  // The search finds both kinds; what is chosen tells which it is, and another kind wants another jabatan.
  picker.addEventListener("pilihan", (event) => {
    kind.value = picker.dataset.jenis = (event as CustomEvent<Found>).detail.jenis;
    follow();
  });
  kind.addEventListener("change", () => {
    if (chosen(picker).length && picker.dataset.jenis !== kind.value) clearChoice(picker);
  });
}

/** Another one of the same kind on the same unit: what was particular to the last one is emptied. */
export function again(form: HTMLFormElement, sentence: string): void {
  for (const picker of form.querySelectorAll<HTMLElement>('[data-pilihan="jabatan"]')) clearChoice(picker);
  for (const name of ["nama", "kelas", "k"]) {
    const field = form.querySelector<HTMLInputElement>(`input[name=${name}]`);
    if (field) field.value = "";
  }
  const head = form.querySelector<HTMLInputElement>("input[name=kepala]");
  if (head) head.checked = false;
  form.querySelector("[data-lagi-status]")!.textContent = sentence;
  const own = form.querySelector<HTMLElement>('[data-bidang="jabatan_id"]')!.hidden ? "nama" : "jabatan_id";
  form.querySelector<HTMLElement>(`[data-bidang="${own}"] input:not([type=hidden])`)?.focus();
}

/** Help that depends on what another field says. */
function attachHints(root: HTMLElement): void {
  for (const hint of root.querySelectorAll<HTMLElement>("[data-petunjuk]")) {
    const source = hint.closest("form")!.querySelector<HTMLSelectElement>(`[name=${hint.dataset.ikut}]`)!;
    const known = JSON.parse(hint.dataset.petunjuk!) as Record<string, string>;
    const plain = hint.textContent;
    source.addEventListener("change", () => (hint.textContent = known[source.value] ?? plain));
  }
}

/** Once it is known what a unit is merged into, the people of the heads that go are asked for. */
function attachMerge(root: HTMLElement, server: DraftServer): void {
  const place = root.querySelector<HTMLElement>("[data-lebur]");
  const picker = root.querySelector<HTMLElement>('[data-bidang="menjadi"] [data-pilihan]');
  if (!place || !picker) return;
  let turn = 0;
  picker.addEventListener("change", () => {
    const mine = ++turn;
    const [target] = chosen(picker);
    place.replaceChildren();
    if (target === undefined) return;
    void server.html(`${place.dataset.lebur}?menjadi=${target}`).then(
      (text) => mine === turn && (place.innerHTML = text),
      () => {}, // without an answer nobody is named; the operation tells what that means
    );
  });
}

/** As one types, the server says whether the new name is a correction; if not, the other way is offered. */
function attachRename(root: HTMLElement, server: DraftServer): void {
  const place = root.querySelector<HTMLElement>("[data-nilai]");
  if (!place) return;
  const form = place.closest("form")!;
  const other = root.querySelector<HTMLFormElement>("form[data-ganti]");
  const button = form.querySelector<HTMLButtonElement>("button:not([type=button])")!;
  let timer = 0;
  let turn = 0;
  const judge = async (): Promise<void> => {
    const mine = ++turn;
    const query = new URLSearchParams();
    for (const name of ["nama", "nama_jabatan"]) {
      const field = form.querySelector<HTMLInputElement>(`input[name=${name}]`);
      if (field) query.set(name, field.value);
    }
    try {
      const text = await server.html(`${place.dataset.nilai}&${query}`);
      if (mine !== turn) return;
      place.innerHTML = text;
    } catch {
      return;
    }
    const verdict = place.querySelector<HTMLElement>("[data-putusan]")?.dataset.putusan;
    button.disabled = verdict === "reorganisasi";
    if (!other) return;
    other.hidden = verdict !== "reorganisasi";
    for (const name of ["nama", "nama_jabatan"]) {
      const field = form.querySelector<HTMLInputElement>(`input[name=${name}]`);
      // A title left as it was follows the new name of its unit.
      const kept = name === "nama_jabatan" && field?.value === field?.defaultValue;
      other.querySelector<HTMLInputElement>(`input[name=${name}]`)!.value = kept ? "" : (query.get(name) ?? "");
    }
  };
  form.addEventListener("input", () => {
    clearTimeout(timer);
    timer = window.setTimeout(() => void judge(), 220);
  });
}

/** Once successors are named, boxes that look like heirs are proposed for the occupied boxes; other successors,
 * other proposals. What was chosen by hand stays. */
function attachSuccessors(root: HTMLElement, server: DraftServer, words: PilihanWords): void {
  const field = root.querySelector<HTMLElement>("[data-penerus]");
  const picker = root.querySelector<HTMLElement>('[data-bidang="penerus"] [data-pilihan]');
  if (!field || !picker) return;
  let asked = "";
  picker.addEventListener("change", () => {
    const heirs = chosen(picker);
    const now = heirs.join(".");
    if (now === asked) return;
    asked = now;
    const boxes = [...field.querySelectorAll<HTMLElement>("[data-kotak]")];
    for (const box of boxes) {
      const own = box.querySelector<HTMLElement>("[data-pilihan]")!;
      if (own.dataset.usul && chosen(own).join() === own.dataset.usul) clearChoice(own);
      delete own.dataset.usul;
    }
    if (!heirs.length) return;
    void server.suggest(boxes.map((box) => Number(box.dataset.kotak)), heirs).then((found) => {
      if (now !== asked) return;
      for (const { kotak, id, nama } of found) {
        const own = field.querySelector<HTMLElement>(`[data-kotak="${kotak}"] [data-pilihan]`);
        if (!own || chosen(own).length) continue;
        setChoice(own, id, nama, words);
        own.dataset.usul = String(id);
      }
    });
  });
}
