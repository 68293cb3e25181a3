// The right-hand drawer: whatever htmx loads into #laci-isi opens it; Esc and × close it and give the
// focus back to what opened it.
let pemanggil: HTMLElement | null = null;

export function pasangLaci(): void {
  const laci = document.getElementById("laci");
  const isi = document.getElementById("laci-isi");
  if (!laci || !isi) return;

  const tutup = (): void => {
    if (laci.hidden) return;
    laci.hidden = true;
    isi.replaceChildren();
    if (pemanggil?.isConnected) pemanggil.focus();
    pemanggil = null;
    document.dispatchEvent(new CustomEvent("laci:tutup"));
  };

  document.addEventListener("htmx:beforeRequest", (event) => {
    const { target, elt } = (event as CustomEvent<{ target: Element; elt: HTMLElement }>).detail;
    if (target === isi && !laci.contains(elt)) pemanggil = elt;
  });
  document.addEventListener("htmx:afterSwap", (event) => {
    const { target } = (event as CustomEvent<{ target: Element }>).detail;
    if (target !== isi) return;
    const judul = isi.querySelector<HTMLElement>("[data-judul]");
    const kepala = document.getElementById("laci-judul");
    if (kepala) kepala.textContent = judul?.dataset["judul"] ?? "";
    const baru = laci.hidden;
    laci.hidden = false;
    if (baru) laci.focus();
    isi.scrollTop = 0;
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && !document.querySelector("dialog[open]")) tutup();
  });
  laci.querySelector("[data-tutup]")?.addEventListener("click", tutup);
}
