// Findings of the sheet: severity in words, the sentence, the remedy, the way to the cell.
import { isi } from "./kisi.ts";
import type { Data, Sebaran, Teks, Temuan } from "./tipe.ts";

export type TemuanHalaman = Temuan;
const URUT = { galat: 0, peringatan: 1, catatan: 2 };
const BANYAK = 100;

export function gambarTemuan(
  list: Element, temuan: Temuan[], teks: Teks,
  on: { kunjungi(t: Temuan): void; tindakan(t: Temuan): { nama: string; lakukan(): void } | null },
): void {
  const rows = [...temuan].sort((a, b) => URUT[a.tingkat] - URUT[b.tingkat]).slice(0, BANYAK);
  list.replaceChildren(...rows.map((t) => butir(t, teks, on)));
  if (rows.length) return;
  const none = document.createElement("li");
  none.textContent = teks.tanpaTemuan!;
  list.append(none);
}

function butir(
  t: Temuan, teks: Teks, on: { kunjungi(t: Temuan): void; tindakan(t: Temuan): { nama: string; lakukan(): void } | null },
): HTMLElement {
  const item = document.createElement("li");
  item.className = `temuan-${t.tingkat}`;
  const level = document.createElement("strong");
  level.className = `tingkat tingkat-${t.tingkat}`;
  level.textContent = teks[t.tingkat]!;
  item.append(level, " ", t.kalimat);
  const remedy = document.createElement("div");
  remedy.className = "perbaikan";
  remedy.textContent = t.perbaikan;
  item.append(remedy);
  const act = on.tindakan(t);
  if (act) remedy.append(" ", tombol(act.nama, act.lakukan));
  if (t.baris !== null && t.kolom) remedy.append(" ", tombol(teks.keSel!, () => on.kunjungi(t)));
  return item;
}

function tombol(nama: string, lakukan: () => void): HTMLElement {
  const made = document.createElement("button");
  made.type = "button";
  made.className = "btn btn-sm";
  made.textContent = nama;
  made.addEventListener("click", lakukan);
  return made;
}

export function gambarSebaran(place: Element, data: Data, sebaran: Sebaran, teks: Teks): void {
  const { n, instansi } = sebaran;
  const spread = sebaran.sebaran;
  place.textContent = data.jabatan === null ? teks.sebaranTanpa!
    : spread ? isi(teks.sebaran!, { n, instansi, median: spread.median, bawah: spread.batas_bawah, atas: spread.batas_atas })
    : isi(teks.sebaranSedikit!, { n });
}
