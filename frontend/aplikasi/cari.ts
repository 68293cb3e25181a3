// The search palette (Ctrl/⌘ K). Results come from the server, grouped; arrows move, Enter opens.
export function pasangCari(): void {
  const dialog = document.getElementById("cari") as HTMLDialogElement | null;
  const masukan = document.getElementById("cari-masukan") as HTMLInputElement | null;
  const hasil = document.getElementById("cari-hasil");
  if (!dialog || !masukan || !hasil) return;

  const buka = (): void => {
    if (!dialog.open) dialog.showModal();
    masukan.select();
  };
  const pilihan = (): HTMLElement[] => [...hasil.querySelectorAll<HTMLElement>('[role="option"]')];
  const sorot = (baru: HTMLElement | undefined): void => {
    for (const satu of pilihan()) satu.setAttribute("aria-selected", String(satu === baru));
    if (baru) {
      masukan.setAttribute("aria-activedescendant", baru.id);
      baru.scrollIntoView({ block: "nearest" });
    } else masukan.removeAttribute("aria-activedescendant");
  };

  document.addEventListener("keydown", (event) => {
    if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "k") {
      event.preventDefault();
      buka();
    }
  });
  for (const tombol of document.querySelectorAll("[data-buka-cari]")) {
    tombol.addEventListener("click", (event) => {
      event.preventDefault();
      buka();
    });
  }
  dialog.addEventListener("click", (event) => {
    if (event.target === dialog) dialog.close();
  });
  masukan.addEventListener("keydown", (event) => {
    const semua = pilihan();
    const kini = semua.findIndex((satu) => satu.getAttribute("aria-selected") === "true");
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      const langkah = event.key === "ArrowDown" ? 1 : -1;
      sorot(semua[(kini + langkah + semua.length) % semua.length]);
    } else if (event.key === "Home" && event.ctrlKey) sorot(semua[0]);
    else if (event.key === "Enter") {
      event.preventDefault();
      (semua[kini] ?? semua[0])?.click();
    }
  });
  hasil.addEventListener("htmx:afterSwap", () => sorot(pilihan()[0]));
}
