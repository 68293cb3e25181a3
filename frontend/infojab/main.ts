// The editor of an informasi jabatan: draws the form over the text of each section and opens the panels.
import type {} from "../aplikasi/main.ts";
import { Bagian, type Simpan } from "./bagian.ts";
import { type Data, type Jawaban, angka, kata, root } from "./jenis.ts";

const source = document.getElementById("infojab-data");
const data = source ? (JSON.parse(source.textContent ?? "null") as Data) : null;
const semua: Bagian[] = [];
const URUTAN: Simpan[] = ["dilarang", "bentrok", "tolak", "sesi", "putus", "menyimpan", "menunggu"];
let terakhir = "";

function keadaan(): void {
  const note = root.querySelector<HTMLElement>("[data-keadaan]");
  if (!note) return;
  const worst = URUTAN.find((state) => semua.some((one) => one.keadaan === state));
  const text = worst ? kata(worst) : `${kata("tersimpan")}${terakhir ? ` · ${terakhir}` : ""}`;
  if (note.textContent !== text) note.textContent = text;
  note.dataset.rupa = worst ?? "tersimpan";
}

function jawaban(bagian: Bagian, jawab: Jawaban): void {
  terakhir = jawab.pada;
  const status = root.querySelector<HTMLElement>(`[data-ke="${bagian.kode}"] [data-status]`);
  if (status) {
    const done = jawab.keadaan.terisi === jawab.keadaan.wajib;
    status.textContent = done ? "✓" : `${jawab.keadaan.terisi}/${jawab.keadaan.wajib}`;
    status.classList.toggle("ij-sudah", done);
    status.setAttribute("aria-label", done ? kata("lengkap") : `${jawab.keadaan.terisi} ${kata("dari")} ${jawab.keadaan.wajib}`);
  }
  const percent = root.querySelector("[data-persen]");
  if (percent) percent.textContent = `${angka(String(jawab.persen))} %`;
  const meter = root.querySelector<HTMLProgressElement>("[data-meter]");
  if (meter) {
    meter.value = jawab.persen;
    meter.className = jawab.persen === 100 ? "ij-lengkap" : "ij-berjalan";
  }
  const open = bagian.akar.querySelector<HTMLElement>('[data-buka="banding"][aria-expanded="true"]');
  if (open) void muat(bagian.akar, "banding", false);
}

async function muat(akar: HTMLElement, apa: string, fokus: boolean): Promise<void> {
  const panel = akar.querySelector<HTMLElement>("[data-panel]")!;
  const query = data ? `?posisi=${data.posisi}` : "";
  let html = "";
  try {
    const response = await fetch(`${akar.dataset.url}${apa}/${query}`, { headers: { "HX-Request": "true" } });
    if (!response.ok || response.redirected) throw new Error(String(response.status));
    html = await response.text();
  } catch {
    panel.textContent = kata("gagal");
    panel.hidden = false;
    return;
  }
  panel.innerHTML = html;
  panel.hidden = false;
  panel.dataset.apa = apa;
  akar.classList.toggle("ij-dua", apa === "banding" || apa === "saran");
  window.htmx.process(panel);
  if (fokus) panel.focus();
}

function buka(button: HTMLElement): void {
  const akar = button.closest<HTMLElement>("[data-bagian]")!;
  const panel = akar.querySelector<HTMLElement>("[data-panel]")!;
  const open = button.getAttribute("aria-expanded") === "true";
  akar.querySelectorAll("[data-buka]").forEach((other) => other.setAttribute("aria-expanded", "false"));
  if (open) {
    panel.hidden = true;
    panel.replaceChildren();
    akar.classList.remove("ij-dua");
    return;
  }
  button.setAttribute("aria-expanded", "true");
  void muat(akar, button.dataset.buka!, true);
}

/** The suggestion behind an "Ambil" button goes into the form of its section. */
function ambil(button: HTMLButtonElement): void {
  const akar = button.closest<HTMLElement>("[data-bagian]")!;
  const rows = JSON.parse(akar.querySelector("#ij-saran-data")!.textContent ?? "[]") as { isian: string; isi: unknown }[];
  const row = rows[Number(button.dataset.ambil)];
  const bagian = semua.find((one) => one.akar === akar);
  if (!row || !bagian) return;
  bagian.tambah(row.isian, row.isi);
  button.disabled = true;
  button.textContent = kata("diambil");
  const next = [...akar.querySelectorAll<HTMLButtonElement>("[data-ambil]")].find((other) => !other.disabled);
  (next ?? akar.querySelector<HTMLElement>("[data-panel]"))?.focus();
}

function pindah(arah: number): void {
  const sections = [...root.querySelectorAll<HTMLElement>("[data-bagian]")];
  const here = sections.findIndex((section) => section.contains(document.activeElement));
  const target = sections[Math.max(0, Math.min(sections.length - 1, here + arah))];
  if (!target) return;
  (target.querySelector<HTMLElement>("[data-isi] textarea, [data-isi] input") ?? target).focus();
  target.scrollIntoView({ block: "start" });
}

root.addEventListener("click", (event) => {
  const target = event.target as HTMLElement;
  const opener = target.closest<HTMLElement>("[data-buka]");
  if (opener) return buka(opener);
  const taker = target.closest<HTMLButtonElement>("[data-ambil]");
  if (taker) ambil(taker);
});
root.addEventListener("htmx:afterSwap", (event) => {
  const panel = (event.target as HTMLElement).closest<HTMLElement>("[data-panel]");
  const count = panel?.querySelector<HTMLElement>("[data-komentar-terbuka]")?.dataset.komentarTerbuka;
  if (!panel || count === undefined) return;
  const akar = panel.closest<HTMLElement>("[data-bagian]")!;
  const text = count === "0" ? "" : count;
  akar.querySelector("[data-n-komentar]")!.textContent = text;
  const listed = root.querySelector<HTMLElement>(`[data-ke="${akar.dataset.bagian}"] [data-n-komentar]`);
  if (listed) {
    listed.textContent = text;
    listed.hidden = !text;
  }
});
document.addEventListener("keydown", (event) => {
  if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "s") {
    event.preventDefault();
    for (const one of semua) one.segera();
  } else if (event.altKey && (event.key === "PageDown" || event.key === "PageUp")) {
    event.preventDefault();
    pindah(event.key === "PageDown" ? 1 : -1);
  }
});
if (matchMedia("(max-width: 62rem)").matches) root.querySelector(".ij-daftar")?.removeAttribute("open");

if (data) {
  for (const bentuk of data.bentuk) {
    const akar = root.querySelector<HTMLElement>(`[data-bagian="${bentuk.kode}"]`);
    if (akar) semua.push(new Bagian(akar, bentuk, data, { keadaan, jawaban }));
  }
  for (const event of ["online", "focus"]) {
    addEventListener(event, () => {
      for (const one of semua) if (one.keadaan === "putus" || one.keadaan === "sesi") one.segera();
    });
  }
  addEventListener("beforeunload", (event) => {
    if (semua.some((one) => one.tertunda)) event.preventDefault();
  });
  keadaan();
}
root.dataset.siap = "1";
