// Upload areas: drop a file anywhere on the frame; size and kind are checked before anything is sent.
export function pasangUnggah(): void {
  for (const area of document.querySelectorAll<HTMLElement>(".unggah")) {
    const masukan = area.querySelector<HTMLInputElement>('input[type="file"]');
    const kabar = area.querySelector<HTMLElement>("[data-kabar]");
    if (!masukan) continue;
    const batas = Number(area.dataset["batas"] ?? "0");

    const periksa = (): void => {
      const berkas = masukan.files?.[0];
      const terlalu = berkas !== undefined && batas > 0 && berkas.size > batas;
      masukan.setCustomValidity(terlalu ? (area.dataset["terlalu"] ?? "") : "");
      if (!kabar) return;
      kabar.textContent = berkas
        ? terlalu
          ? (area.dataset["terlalu"] ?? "")
          : `${berkas.name} — ${ukuran(berkas.size)}`
        : "";
    };
    for (const nama of ["dragenter", "dragover"]) {
      area.addEventListener(nama, (event) => {
        event.preventDefault();
        area.classList.add("seret");
      });
    }
    for (const nama of ["dragleave", "drop"]) {
      area.addEventListener(nama, () => area.classList.remove("seret"));
    }
    area.addEventListener("drop", (event) => {
      event.preventDefault();
      const berkas = event.dataTransfer?.files;
      if (!berkas?.length) return;
      masukan.files = berkas;
      periksa();
    });
    masukan.addEventListener("change", periksa);
  }
}

function ukuran(byte: number): string {
  const [nilai, satuan] = byte < 1 << 20 ? [byte / 1024, "kB"] : [byte / (1 << 20), "MB"];
  return `${new Intl.NumberFormat("id-ID", { maximumFractionDigits: 1 }).format(nilai)} ${satuan}`;
}
