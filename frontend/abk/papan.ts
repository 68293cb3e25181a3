// A block from the clipboard: tab separated, cells with quotes may hold line breaks and tabs.
export function sel(teks: string): string[][] {
  const rows: string[][] = [];
  let row: string[] = [];
  let cell = "";
  let i = 0;
  const text = teks.replace(/\r\n?/g, "\n");
  while (i < text.length) {
    if (text[i] === '"' && cell === "") {
      const end = closing(text, i + 1);
      if (end > 0) {
        cell = text.slice(i + 1, end).replaceAll('""', '"');
        i = end + 1;
        continue;
      }
    }
    const c = text[i++]!;
    if (c === "\t") {
      row.push(cell);
      cell = "";
    } else if (c === "\n") {
      row.push(cell);
      rows.push(row);
      row = [];
      cell = "";
    } else cell += c;
  }
  if (cell || row.length) rows.push([...row, cell]);
  return rows;
}

/** Where a quoted cell ends: at a quote that a tab, a line break or the end follows. */
function closing(text: string, from: number): number {
  for (let i = text.indexOf('"', from); i >= 0; i = text.indexOf('"', i + 1)) {
    if (text[i + 1] === '"') i++;
    else if (i + 1 === text.length || text[i + 1] === "\t" || text[i + 1] === "\n") return i;
  }
  return -1;
}

/** More than one cell? A single one is pasted by the browser itself. */
export const blok = (teks: string): boolean => /[\t\n]/.test(teks.replace(/[\r\n]+$/, ""));

export const keTsv = (rows: string[][]): string =>
  rows.map((row) => row.map((c) => (/["\t\n]/.test(c) ? `"${c.replaceAll('"', '""')}"` : c)).join("\t")).join("\n");
