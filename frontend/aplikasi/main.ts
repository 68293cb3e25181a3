// The frame's behaviour. Every page works without it except the drawer and the search palette.
import htmx from "htmx.org";
import { pasangAkun } from "./akun";
import { pasangCari } from "./cari";
import { pasangLaci } from "./laci";
import { pasangMenu } from "./menu";
import { pasangUnggah } from "./unggah";

declare global {
  interface Window {
    htmx: typeof htmx;
  }
}

window.htmx = htmx; // other islands (the map) call it
// The content security policy allows neither inline styles nor eval.
htmx.config.includeIndicatorStyles = false;
// htmx carries attributes of an element over to the one that replaces it; a style attribute carried over is an
// inline style, which the content security policy refuses (a field somebody resized has one).
htmx.config.attributesToSettle = ["class", "width", "height"];
htmx.config.allowEval = false;
htmx.config.allowScriptTags = false;
htmx.config.selfRequestsOnly = true;
htmx.config.historyCacheSize = 0;

const token = document.querySelector<HTMLMetaElement>('meta[name="csrf-token"]')?.content ?? "";

document.addEventListener("htmx:configRequest", (event) => {
  const { detail } = event as CustomEvent<{ verb: string; headers: Record<string, string> }>;
  if (detail.verb !== "get") detail.headers["X-CSRFToken"] = token;
});

// Refused and broken answers are shown where the person looks, not swallowed.
document.addEventListener("htmx:responseError", (event) => {
  const { xhr } = (event as CustomEvent<{ xhr: XMLHttpRequest }>).detail;
  const jawaban = new DOMParser().parseFromString(xhr.responseText, "text/html");
  const kalimat = jawaban.querySelector("[data-kalimat-galat]")?.textContent?.trim();
  beritahu(kalimat || `${document.body.dataset["galat"] ?? "Galat"} (${xhr.status})`);
});
document.addEventListener("htmx:sendError", () => beritahu(document.body.dataset["putus"] ?? "Sambungan terputus"));

export function beritahu(kalimat: string): void {
  const wadah = document.getElementById("pemberitahuan");
  if (!wadah) return;
  const kotak = document.createElement("div");
  kotak.textContent = kalimat;
  wadah.append(kotak);
  setTimeout(() => kotak.remove(), 8000);
}

pasangMenu();
pasangLaci();
pasangCari();
pasangUnggah();
pasangAkun();
