// Text on canvas: wrapping with a cache, Indonesian numbers, signs.
const canvas = document.createElement("canvas").getContext("2d")!;
const cache = new Map<string, string[]>();

function fit(text: string, width: number): string {
  if (canvas.measureText(text).width <= width) return text;
  let low = 0;
  let high = text.length;
  while (low < high) {
    const mid = (low + high + 1) >> 1;
    if (canvas.measureText(`${text.slice(0, mid)}…`).width <= width) low = mid;
    else high = mid - 1;
  }
  return `${text.slice(0, low).trimEnd()}…`;
}

/** Words into at most `max` lines no wider than `width`; what does not fit ends in an ellipsis. */
export function wrap(text: string, font: string, width: number, max: number): string[] {
  const key = `${font}|${width}|${max}|${text}`;
  const known = cache.get(key);
  if (known) return known;
  canvas.font = font;
  const words = text.trim().split(/\s+/).filter(Boolean);
  const lines: string[] = [];
  for (let i = 0; i < words.length; ) {
    if (lines.length === max - 1) {
      lines.push(fit(words.slice(i).join(" "), width));
      break;
    }
    let line = words[i++]!;
    while (i < words.length && canvas.measureText(`${line} ${words[i]}`).width <= width) line += ` ${words[i++]}`;
    lines.push(fit(line, width));
  }
  if (cache.size > 60_000) cache.clear();
  cache.set(key, lines);
  return lines;
}

const angka = new Intl.NumberFormat("id-ID");

/** 1.250; a dash where there is no figure. */
export const num = (value: number | null): string => (value === null ? "–" : angka.format(value));

/** B − K as printed maps show it: −3 kekurangan, +2 kelebihan, 0 sesuai. */
export const signed = (value: number | null): string =>
  value === null ? "–" : value === 0 ? "0" : `${value > 0 ? "+" : "−"}${angka.format(Math.abs(value))}`;

/** `{nama}` in a sentence of the catalogue is replaced by values.nama. */
export const fill = (sentence: string, values: Record<string, string | number>): string =>
  sentence.replace(/\{(\w+)\}/g, (_, name: string) => String(values[name] ?? ""));
