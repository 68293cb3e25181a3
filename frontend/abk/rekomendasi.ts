// K of a jabatan fungsional from the recommendation of its pembina: fields and the document behind it.
import { isi } from "./kisi.ts";
import type { Server } from "./server.ts";
import type { Data, Isi, Rekomendasi, Teks } from "./tipe.ts";

export interface BagianRekomendasi {
  isi(): Pick<Isi, "dari" | "rekomendasi">;
  muat(isi: Isi): void;
}

export function pasangRekomendasi(
  root: HTMLElement, data: Data, teks: Teks, server: Server, ubah: () => void,
): BagianRekomendasi | null {
  const box = root.querySelector<HTMLDetailsElement>("[data-rekomendasi]");
  if (!box) return null;
  const fields = [...box.querySelectorAll<HTMLInputElement>("[data-rek]")];
  const radios = [...box.querySelectorAll<HTMLInputElement>("input[name=dari]")];
  const place = box.querySelector<HTMLElement>("[data-berkas-kini]")!;
  const upload = box.querySelector<HTMLInputElement>("[data-berkas]")!;
  let berkas = "";

  const show = (dokumen: Data["dokumen"]): void => {
    place.replaceChildren();
    if (!dokumen) return;
    const link = document.createElement("a");
    link.href = dokumen.url;
    link.textContent = dokumen.nama;
    place.append(link);
  };
  const muat = (lembar: Isi): void => {
    const advice = lembar.rekomendasi;
    for (const field of fields) field.value = String(advice?.[field.dataset.rek as keyof Rekomendasi] ?? "");
    for (const radio of radios) radio.checked = radio.value === (lembar.dari ?? "abk");
    berkas = advice?.berkas ?? "";
    if (!berkas) show(null);
    if (lembar.dari === "rekomendasi") box.open = true;
  };
  muat(data.isi);
  show(data.dokumen);
  for (const input of [...fields, upload]) input.disabled = !data.ubah;
  for (const field of fields) field.addEventListener("input", ubah);
  for (const radio of radios) radio.addEventListener("change", ubah);
  upload.addEventListener("change", async () => {
    const file = upload.files?.[0];
    if (!file) return;
    place.textContent = teks.unggah!;
    try {
      const answer = await server.unggah<NonNullable<Data["dokumen"]>>(file);
      if (!answer.baik) {
        place.textContent = isi(teks.unggahGagal!, { kalimat: answer.temuan[0]?.kalimat ?? String(answer.status) });
        return;
      }
      berkas = answer.isi.id;
      show(answer.isi);
      ubah();
    } catch {
      place.textContent = teks.putus!;
    }
  });
  return {
    isi: () => {
      const advice = Object.fromEntries(fields.map((field) => [field.dataset.rek!, field.value.trim()]));
      const any = Object.values(advice).some(Boolean) || berkas;
      const dari = radios.find((radio) => radio.checked)?.value ?? "abk";
      return { dari, ...(any ? { rekomendasi: { ...advice, berkas } as unknown as Rekomendasi } : {}) };
    },
    muat,
  };
}
