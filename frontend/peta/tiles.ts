// The world painted once per zoom into square bitmaps; panning only copies them. New tiles are painted within
// a time budget per frame, so that a pan never waits for a thousand boxes.
import { drawNode, type DrawWords, edgePath, type Theme } from "./draw.ts";
import { EXPANDER_R, EXPANDER_Y, type Node, type Scene } from "./scene.ts";

const SIZE = 512;
const KEEP = 96;
const BUCKET = 1024;
/** How far a drawing reaches below its box. */
/** Marks of a draft reach above the box and past its right edge. */
const EDGE = 24;
const REACH = EXPANDER_R + EXPANDER_Y + 2;

interface Tile {
  canvas: HTMLCanvasElement;
  z: number;
  used: number;
}

export class Tiles {
  private tiles = new Map<string, Tile>();
  private spare: HTMLCanvasElement[] = [];
  private buckets = new Map<string, Node[]>();
  private clock = 0;
  private scene: Scene | null = null;
  /** Zoom of the tiles shown while those of the present zoom are still missing. */
  private lastZ = 0;

  setScene(scene: Scene): void {
    this.scene = scene;
    this.buckets.clear();
    for (const node of scene.nodes) {
      // An edge reaches up to the parent: the box that holds both goes into the buckets.
      const left = Math.min(node.x, node.atas ? node.atas.x + node.atas.w / 2 : node.x, node.rute?.x ?? node.x);
      const right = Math.max(node.x + node.w, node.atas ? node.atas.x + node.atas.w / 2 : 0);
      const top = node.atas ? node.atas.y + node.atas.h : node.y;
      for (let i = Math.floor(left / BUCKET); i <= (right + EDGE) / BUCKET; i++)
        for (let j = Math.floor((top - EDGE) / BUCKET); j <= (node.y + node.h + REACH) / BUCKET; j++) {
          const key = `${i},${j}`;
          const list = this.buckets.get(key);
          if (list) list.push(node);
          else this.buckets.set(key, [node]);
        }
    }
    this.clear();
  }

  clear(): void {
    for (const tile of this.tiles.values()) this.release(tile);
    this.tiles.clear();
  }

  private release(tile: Tile): void {
    if (this.spare.length < 24) this.spare.push(tile.canvas);
  }

  /** Nodes whose box or edge may touch the rectangle of the world. */
  private near(x0: number, y0: number, x1: number, y1: number): Set<Node> {
    const out = new Set<Node>();
    for (let i = Math.floor(x0 / BUCKET); i <= x1 / BUCKET; i++)
      for (let j = Math.floor(y0 / BUCKET); j <= y1 / BUCKET; j++)
        for (const node of this.buckets.get(`${i},${j}`) ?? []) out.add(node);
    return out;
  }

  nodesAt(x: number, y: number): Node[] {
    return [...this.near(x - 20, y - 20, x + 20, y + 20)];
  }

  countVisible(x0: number, y0: number, x1: number, y1: number): number {
    let n = 0;
    for (const node of this.near(x0, y0, x1, y1))
      if (node.x < x1 && node.x + node.w > x0 && node.y < y1 && node.y + node.h > y0) n++;
    return n;
  }

  private paint(canvas: HTMLCanvasElement, i: number, j: number, z: number, dpr: number, t: Theme, w: DrawWords): void {
    const ctx = canvas.getContext("2d", { alpha: false })!;
    const span = SIZE / z;
    const x0 = i * span;
    const y0 = j * span;
    ctx.setTransform(1, 0, 0, 1, 0, 0);
    ctx.fillStyle = t.latar;
    ctx.fillRect(0, 0, canvas.width, canvas.height);
    ctx.setTransform(z * dpr, 0, 0, z * dpr, -x0 * z * dpr, -y0 * z * dpr);
    ctx.textBaseline = "alphabetic";
    const near = this.near(x0 - REACH, y0 - REACH, x0 + span + REACH, y0 + span + REACH);
    ctx.beginPath();
    for (const node of near) edgePath(ctx, node);
    ctx.strokeStyle = t.garis;
    ctx.lineWidth = Math.max(1.25, 0.75 / z);
    ctx.stroke();
    for (const node of near) {
      if (node.x > x0 + span || node.x + node.w < x0) continue;
      if (node.y > y0 + span || node.y + node.h + REACH < y0) continue;
      drawNode(ctx, node, this.scene!.lod, z, t, w);
    }
  }

  private tile(i: number, j: number, z: number, dpr: number): Tile | undefined {
    const tile = this.tiles.get(`${i},${j},${z},${dpr}`);
    if (tile) tile.used = this.clock;
    return tile;
  }

  private add(i: number, j: number, z: number, dpr: number, theme: Theme, words: DrawWords): Tile {
    const canvas = this.spare.pop() ?? document.createElement("canvas");
    const px = Math.ceil(SIZE * dpr);
    if (canvas.width !== px) canvas.width = canvas.height = px;
    this.paint(canvas, i, j, z, dpr, theme, words);
    const tile = { canvas, z, used: this.clock };
    this.tiles.set(`${i},${j},${z},${dpr}`, tile);
    if (this.tiles.size > KEEP) {
      const oldest = [...this.tiles].filter(([, v]) => v.used < this.clock).sort((a, b) => a[1].used - b[1].used);
      for (const [key, old] of oldest.slice(0, this.tiles.size - KEEP)) {
        this.tiles.delete(key);
        this.release(old);
      }
    }
    return tile;
  }

  /**
   * Copies the viewport's tiles; `x`, `y` is the world point at the top left corner, sizes in CSS pixels.
   * Returns whether tiles are still missing. While zooming (`moving`) old bitmaps are stretched.
   */
  draw(
    ctx: CanvasRenderingContext2D, view: { x: number; y: number; z: number; w: number; h: number }, dpr: number,
    theme: Theme, words: DrawWords, moving: boolean, budget: number,
  ): boolean {
    this.clock++;
    const { x, y, w, h } = view;
    const z = moving && this.lastZ && Math.abs(Math.log(view.z / this.lastZ)) < 1.2 ? this.lastZ : view.z;
    const scale = view.z / z;
    const side = SIZE * scale;
    const ox = x * view.z;
    const oy = y * view.z;
    ctx.setTransform(dpr, 0, 0, dpr, 0, 0);
    ctx.fillStyle = theme.latar;
    ctx.fillRect(0, 0, w, h);
    const start = performance.now();
    let missing = false;
    const before = this.lastZ;
    for (let j = Math.floor(oy / side); j * side < oy + h; j++)
      for (let i = Math.floor(ox / side); i * side < ox + w; i++) {
        let tile = this.tile(i, j, z, dpr);
        if (!tile && performance.now() - start < budget) tile = this.add(i, j, z, dpr, theme, words);
        // Whole device pixels keep the seams between tiles invisible.
        const left = Math.round((i * side - ox) * dpr) / dpr;
        const top = Math.round((j * side - oy) * dpr) / dpr;
        const right = Math.round(((i + 1) * side - ox) * dpr) / dpr;
        const bottom = Math.round(((j + 1) * side - oy) * dpr) / dpr;
        if (tile) ctx.drawImage(tile.canvas, left, top, right - left, bottom - top);
        else missing = true;
      }
    if (!missing || !before) this.lastZ = z;
    return missing || z !== view.z;
  }
}
