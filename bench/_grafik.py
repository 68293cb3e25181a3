"""The growth curves as one SVG, from bench/out/pertumbuhan-*.json: how each figure grows with the people.

    python bench/_grafik.py docs/gambar/pertumbuhan.svg     # the chart; the table of docs/performance.md on the console

Pages and API are drawn by processor time per request, searches by their median. Both axes are logarithmic; a figure that grows with the work runs along the dashed line of slope 1.
"""

from __future__ import annotations

import json
import math
import sys
from pathlib import Path

OUT = Path(__file__).resolve().parent / "out"
KURVA = (
    ("skala_bangun", "fill and close", "s"),
    ("skala_periksa_penuh", "periksa --penuh", "s"),
    ("skala_halaman_instansi", "page: list of instansi", "ms"),
    ("skala_peta_terbesar_halaman", "page: largest map", "ms"),
    ("skala_peta_terbesar_buka_akar", "open a unit", "ms"),
    ("skala_api_daftar_50", "API: 50 units", "ms"),
    ("skala_cari_unor", "search units", "ms"),
    ("skala_cari_orang", "search people", "ms"),
)
LEBAR, TINGGI, KIRI, KANAN, ATAS, BAWAH = 860, 460, 70, 210, 30, 50
WARNA = ("#0b5394", "#a61c00", "#38761d", "#741b47", "#b45f06", "#134f5c", "#351c75", "#444444")


def read() -> list[dict]:
    """Runs in order of the people they hold."""
    runs = [json.loads(p.read_text()) for p in OUT.glob("pertumbuhan-*.json")]
    return sorted(runs, key=lambda r: r["orang"])


def draw(runs: list[dict]) -> str:
    """The chart; times in milliseconds on one axis."""
    titik = []
    for name, label, unit in KURVA:
        rows = []
        for run in runs:
            row = next((a for a in run["angka"] if a["name"] == name), None)
            if row is not None:
                cpu = next((a["value"] for a in run["angka"] if a["name"] == f"{name}_cpu"), None)
                value = cpu or row.get("terbaik", row["value"])
                rows.append((run["orang"], value * (1000 if unit == "s" else 1)))
        titik.append((label, rows))
    xs = [r["orang"] for r in runs]
    ys = [y for _, rows in titik for _, y in rows]
    x0, x1 = math.log10(min(xs)) - 0.1, math.log10(max(xs)) + 0.1
    y0, y1 = math.floor(math.log10(min(ys))), math.ceil(math.log10(max(ys)))

    def at(x: float, y: float) -> tuple[float, float]:
        px = KIRI + (math.log10(x) - x0) / (x1 - x0) * (LEBAR - KIRI - KANAN)
        py = TINGGI - BAWAH - (math.log10(y) - y0) / (y1 - y0) * (TINGGI - ATAS - BAWAH)
        return round(px, 1), round(py, 1)

    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {LEBAR} {TINGGI}" font-family="sans-serif"'
        ' font-size="12" role="img" aria-label="Time against people, both logarithmic">',
        f'<rect width="{LEBAR}" height="{TINGGI}" fill="white"/>',
    ]
    for power in range(y0, y1 + 1):
        px, py = at(10**x0, 10**power)
        text = f"{10**power:g} ms" if power < 3 else f"{10 ** (power - 3):g} s"
        parts.append(f'<path d="M{KIRI},{py}H{LEBAR - KANAN}" stroke="#ddd"/>')
        parts.append(f'<text x="{KIRI - 6}" y="{py + 4}" text-anchor="end">{text}</text>')
    for run in runs:
        px, py = at(run["orang"], 10**y0)
        parts.append(f'<path d="M{px},{ATAS}V{TINGGI - BAWAH}" stroke="#eee"/>')
        parts.append(f'<text x="{px}" y="{py + 18}" text-anchor="middle">{run["orang"]:,}</text>')
        parts.append(
            f'<text x="{px}" y="{py + 33}" text-anchor="middle" fill="#666">scale {run["skala"]:g}</text>'
        )
    ujung = []
    for (label, rows), warna in zip(titik, WARNA, strict=True):
        if len(rows) < 2:
            continue
        path = "L".join("{},{}".format(*at(x, y)) for x, y in rows)
        parts.append(f'<path d="M{path}" fill="none" stroke="{warna}" stroke-width="2"/>')
        parts += ['<circle cx="{}" cy="{}" r="3" fill="{}"/>'.format(*at(x, y), warna) for x, y in rows]
        ujung.append((at(*rows[-1])[1], label, warna))
    y = -99.0
    for py, label, warna in sorted(ujung):
        y = max(py, y + 15)
        parts.append(f'<text x="{LEBAR - KANAN + 10}" y="{y + 4}" fill="{warna}">{label}</text>')
    first = next(rows for label, rows in titik if label == KURVA[0][1]) or [(min(xs), 10**y0)]
    (ax, ay), bx = first[0], max(xs)
    (px, py), (qx, qy) = at(ax, ay), at(bx, ay * bx / ax)
    parts.append(f'<path d="M{px},{py}L{qx},{qy}" stroke="#999" stroke-dasharray="5 4"/>')
    return "\n".join([*parts, "</svg>"]) + "\n"


def table(runs: list[dict]) -> str:
    """Processor time of every page and API path, and the seconds of what grows with the work, as Markdown."""
    figures = [{a["name"]: a["value"] for a in run["angka"]} for run in runs]
    names = [name for name in figures[-1] if name.startswith("skala_") and name.endswith("_cpu")]
    rows = [
        "| processor ms per request | " + " | ".join(f"{run['orang']:,} people" for run in runs) + " |",
        "|---|" + "---:|" * len(runs),
    ]
    for name in (*names, "skala_bangun", "skala_periksa_penuh", "skala_halaman_median"):
        cells = [f"{found[name]:.3g}" if name in found else "–" for found in figures]
        rows.append(f"| {name.removeprefix('skala_').removesuffix('_cpu')} | " + " | ".join(cells) + " |")
    return "\n".join(rows)


if __name__ == "__main__":
    Path(sys.argv[1]).write_text(draw(read()))
    print(table(read()))
