"""Properties of the browser's layout (frontend/peta/layout.ts), run in Node on invented trees."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[5]
ESBUILD = ROOT / "node_modules" / ".bin" / "esbuild"

CHECK = """
import { layout } from "./layout.ts";
let seed = 42;
const rnd = () => (seed = (seed * 1103515245 + 12345) % 2147483648) / 2147483648;
function tree(depth, wide) {
  const anak = [];
  if (depth > 0 && rnd() > 0.25)
    for (let n = Math.floor(rnd() * wide); n > 0; n--) anak.push(tree(depth - 1, wide));
  return { w: 288, h: 40 + Math.floor(rnd() * 300), anak, x: -1, y: -1 };
}
function* all(node, atas = null) { yield [node, atas]; for (const a of node.anak) yield* all(a, node); }
let trees = 0, boxes = 0, rows = 0;
const faults = [];
for (let t = 0; t < 150; t++) {
  const root = tree(1 + (t % 5), 3 + (t % 12));
  const size = layout(root, { gapX: 26, gapY: 54, pak: 4, aspek: 0.7 + (t % 3) * 0.8 });
  const nodes = [...all(root)];
  trees++; boxes += nodes.length;
  for (const [n, atas] of nodes) {
    const inside = n.x >= 0 && n.y >= 0 && n.x + n.w <= size.w + 0.01 && n.y + n.h <= size.h + 0.01;
    if (!inside) faults.push("outside " + t);
    if (atas && n.y < atas.y + atas.h + 20) faults.push("not below its parent " + t);
    if (n.rute) rows++;
  }
  const sorted = nodes.map(([n]) => n).sort((a, b) => a.x - b.x);
  for (let i = 0; i < sorted.length; i++)
    for (let j = i + 1; j < sorted.length && sorted[j].x < sorted[i].x + sorted[i].w; j++) {
      const [a, b] = [sorted[i], sorted[j]];
      if (a.y < b.y + b.h && b.y < a.y + a.h) faults.push("overlap " + t);
    }
}
const wide = { w: 288, h: 100, x: 0, y: 0, anak: [] };
for (let i = 0; i < 45; i++) {
  const o = { w: 288, h: 100, x: 0, y: 0, anak: [] };
  for (let j = 0; j < 45; j++) o.anak.push({ w: 288, h: 100, x: 0, y: 0, anak: [] });
  wide.anak.push(o);
}
const start = performance.now();
const size = layout(wide, { gapX: 26, gapY: 54, pak: 4, aspek: 1.7 });
console.log(JSON.stringify({ trees, boxes, rows, faults: faults.slice(0, 5), ratio: size.w / size.h,
  ms: performance.now() - start }));
"""


@pytest.fixture(scope="module")
def result(tmp_path_factory):
    if shutil.which("node") is None or not ESBUILD.exists():
        pytest.skip("Node or node_modules is missing; `make test` installs both")
    out = tmp_path_factory.mktemp("layout") / "uji.mjs"
    subprocess.run(
        [ESBUILD, "--bundle", "--format=esm", f"--outfile={out}", "--loader=ts", "--log-level=error"],
        input=CHECK, text=True, check=True, cwd=ROOT / "frontend/peta",
    )  # fmt: skip
    return json.loads(subprocess.run(["node", out], capture_output=True, text=True, check=True).stdout)


def test_boxes_never_overlap_and_stand_below_their_parent(result):
    assert result["trees"] == 150 and result["boxes"] > 2000
    assert result["faults"] == []


def test_wide_maps_are_set_in_rows_near_the_shape_of_the_screen(result):
    assert result["rows"] > 0
    assert 0.8 < result["ratio"] < 3.5


def test_two_thousand_boxes_are_laid_out_at_once(result):
    assert result["ms"] < 250
