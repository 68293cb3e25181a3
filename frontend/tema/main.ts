// Loaded before the first paint: turns "auto" into light or dark, so that nothing flashes.
const akar = document.documentElement;
const gelap = matchMedia("(prefers-color-scheme: dark)");

function terapkan(): void {
  const tema = akar.dataset["tema"] ?? "auto";
  akar.dataset["bsTheme"] = tema === "dark" || (tema === "auto" && gelap.matches) ? "dark" : "light";
}

terapkan();
gelap.addEventListener("change", terapkan);
