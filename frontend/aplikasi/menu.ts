// Pop-up menus are <details class="menu">: they open without script; this closes them as people expect.
export function pasangMenu(): void {
  const menu = (): NodeListOf<HTMLDetailsElement> => document.querySelectorAll("details.menu[open]");

  document.addEventListener("click", (event) => {
    for (const satu of menu()) if (!satu.contains(event.target as Node)) satu.open = false;
  });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    for (const satu of menu()) {
      satu.open = false;
      satu.querySelector<HTMLElement>("summary")?.focus();
    }
    samping(false);
  });

  const tombol = document.getElementById("tombol-samping");
  const samping = (buka: boolean): void => {
    if (!tombol) return;
    const lama = document.body.classList.contains("samping-buka");
    document.body.classList.toggle("samping-buka", buka);
    tombol.setAttribute("aria-expanded", String(buka));
    if (buka) document.querySelector<HTMLElement>(".samping a")?.focus();
    else if (lama) tombol.focus();
  };
  tombol?.addEventListener("click", () => samping(!document.body.classList.contains("samping-buka")));
  document.querySelector("main")?.addEventListener("click", () => {
    if (document.body.classList.contains("samping-buka")) samping(false);
  });

  // A choice that acts at once (instansi switcher, page size): data-kirim submits its form.
  document.addEventListener("change", (event) => {
    const elemen = event.target as HTMLElement;
    if (elemen.matches("[data-kirim]")) (elemen as HTMLSelectElement).form?.requestSubmit();
  });
  // A destructive button asks first; the question is in the page's language.
  document.addEventListener("submit", (event) => {
    const tanya = ((event as SubmitEvent).submitter ?? (event.target as HTMLElement)).getAttribute("data-tanya");
    if (tanya && !confirm(tanya)) event.preventDefault();
  });
}
