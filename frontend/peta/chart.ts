// The drawing surface: viewport, animation, overlay (focus ring, path), cached tiles below.
import { drawHidden, drawNode, type DrawWords, edgePath, readTheme, type Theme } from "./draw.ts";
import { type Hit, hitNode, type Node, type Scene } from "./scene.ts";
import type { Posisi } from "./state.ts";
import { Tiles } from "./tiles.ts";

export const Z_MIN = 0.04;
export const Z_MAX = 2.5;
const clampZ = (z: number): number => Math.min(Z_MAX, Math.max(Z_MIN, z));

export class Chart {
  /** World point in the middle of the surface, and pixels per world unit. */
  pos: Posisi = { x: 0, y: 0, z: 1 };
  scene: Scene | null = null;
  theme: Theme;
  readonly tiles = new Tiles();
  w = 0;
  h = 0;
  private dpr = 1;
  private ctx: CanvasRenderingContext2D;
  private scheduled = false;
  private moving = 0;
  private target: { from: Posisi; to: Posisi; start: number; length: number } | null = null;
  selected: string | null = null;
  focused: string | null = null;
  found: string | null = null;
  /** While something is dragged: the box it would go to, and where its shadow is (pixels of the surface). */
  tujuan: string | null = null;
  bayangan: { px: number; py: number; teks: string; boleh: boolean } | null = null;
  /** Where the last zoom was aimed at: a change of detail keeps the box there in place. */
  aim: { x: number; y: number } | null = null;
  /** Pixels at the right that the drawer covers; what is centred or revealed keeps clear of them. */
  tertutup = 0;
  onView: () => void = () => {};
  onFrame: (time: number) => void = () => {};

  constructor(readonly canvas: HTMLCanvasElement, private words: DrawWords) {
    this.ctx = canvas.getContext("2d", { alpha: false })!;
    this.theme = readTheme(canvas);
    new ResizeObserver(() => this.resize()).observe(canvas.parentElement!);
    const reread = (): void => {
      this.theme = readTheme(canvas);
      this.tiles.clear();
      this.paint();
    };
    new MutationObserver(reread).observe(document.documentElement, {
      attributes: true, attributeFilter: ["data-bs-theme", "class"],
    });
    matchMedia("(prefers-color-scheme: dark)").addEventListener("change", reread);
    // Letters are measured and painted again once the font is there.
    document.fonts.ready.then(reread);
    this.resize();
  }

  private resize(): void {
    const box = this.canvas.parentElement!.getBoundingClientRect();
    const dpr = Math.min(3, devicePixelRatio || 1);
    const [w, h] = [Math.max(1, Math.floor(box.width)), Math.max(1, Math.floor(box.height))];
    if (w === this.w && h === this.h && dpr === this.dpr) return;
    if (dpr !== this.dpr) this.tiles.clear();
    [this.w, this.h, this.dpr] = [w, h, dpr];
    this.canvas.width = Math.round(w * dpr);
    this.canvas.height = Math.round(h * dpr);
    this.paintNow(performance.now());
  }

  /** Takes a new layout; the box `anchor` stays where it was on the screen. */
  setScene(scene: Scene, anchor: string | null): void {
    const before = anchor ? this.scene?.byKey.get(anchor) : undefined;
    const after = anchor ? scene.byKey.get(anchor) : undefined;
    if (before && after) {
      this.pos.x += after.x - before.x;
      this.pos.y += after.y - before.y;
    }
    this.scene = scene;
    this.target = null;
    this.tiles.setScene(scene);
    this.paint();
  }

  toWorld(px: number, py: number): { x: number; y: number } {
    return { x: this.pos.x + (px - this.w / 2) / this.pos.z, y: this.pos.y + (py - this.h / 2) / this.pos.z };
  }

  hit(px: number, py: number): Hit | null {
    if (!this.scene) return null;
    const { x, y } = this.toWorld(px, py);
    let best: Hit | null = null;
    for (const node of this.tiles.nodesAt(x, y)) {
      const hit = hitNode(node, this.scene.lod, x, y);
      if (hit && (!best || hit.apa === "buka")) best = hit;
    }
    return best;
  }

  /** The box nearest to a point of the world (default: the middle of the surface). */
  nearest(px = this.pos.x, py = this.pos.y): Node | null {
    let best: Node | null = null;
    let least = Infinity;
    for (const node of this.scene?.nodes ?? []) {
      const dx = Math.max(node.x - px, 0, px - node.x - node.w);
      const dy = Math.max(node.y - py, 0, py - node.y - node.h);
      if (dx * dx + dy * dy < least) {
        least = dx * dx + dy * dy;
        best = node;
      }
    }
    return best;
  }

  /** Whether the whole box is in sight. */
  sees(node: Node): boolean {
    const a = this.toWorld(0, 0);
    const b = this.toWorld(this.w, this.h);
    return node.x >= a.x && node.y >= a.y && node.x + node.w <= b.x && node.y + node.h <= b.y;
  }

  pan(dx: number, dy: number): void {
    this.target = null;
    this.pos.x -= dx / this.pos.z;
    this.pos.y -= dy / this.pos.z;
    this.clamp();
    this.paint();
  }

  /** Zooms by a factor around a point of the surface (default: its middle). */
  zoom(factor: number, px = this.w / 2, py = this.h / 2): void {
    this.target = null;
    const at = this.toWorld(px, py);
    this.aim = at;
    this.pos.z = clampZ(this.pos.z * factor);
    this.pos.x = at.x - (px - this.w / 2) / this.pos.z;
    this.pos.y = at.y - (py - this.h / 2) / this.pos.z;
    this.moving = performance.now() + 140;
    this.clamp();
    this.paint();
  }

  go(to: Posisi, smooth = true): void {
    const goal = { x: to.x, y: to.y, z: clampZ(to.z) };
    if (!smooth || matchMedia("(prefers-reduced-motion: reduce)").matches) {
      this.target = null;
      this.pos = goal;
    } else this.target = { from: { ...this.pos }, to: goal, start: performance.now(), length: 260 };
    this.paint();
  }

  /** All of it in sight, no larger than `most`, or as much as stays legible (`least`). */
  fit(smooth = true, least = 0, most = 1.2): void {
    const { scene } = this;
    if (!scene?.w) return;
    const root = scene.nodes[0]!;
    const whole = Math.min(this.w / (scene.w + 60), this.h / (scene.h + 60), most);
    if (whole >= least) this.go({ x: scene.w / 2, y: scene.h / 2, z: whole }, smooth);
    else this.go({ x: root.x + root.w / 2, y: root.y - 24 / least + this.h / 2 / least, z: least }, smooth);
  }

  centre(key: string, least = 0.75, smooth = true): void {
    const node = this.scene?.byKey.get(key);
    if (!node) return;
    const z = Math.max(this.pos.z, least);
    // A tall box is shown by its top.
    const half = Math.min(node.h / 2, this.h / z / 2 - 40 / z);
    this.go({ x: node.x + node.w / 2 + this.tertutup / 2 / z, y: node.y + Math.max(half, 0), z }, smooth);
  }

  /** Scrolls just enough for the box to be in sight. */
  reveal(key: string): void {
    const node = this.scene?.byKey.get(key);
    if (!node) return;
    const { z } = this.pos;
    const [mx, my] = [(this.w - this.tertutup) / z / 2 - 24 / z, this.h / z / 2 - 24 / z];
    const at = this.pos.x - this.tertutup / 2 / z;
    const h = Math.min(node.h, 2 * my);
    const x =
      Math.min(Math.max(at, node.x + node.w - mx), Math.max(node.x + mx, node.x + node.w / 2)) + this.tertutup / 2 / z;
    const y = Math.max(Math.min(this.pos.y, node.y + my), node.y + h - my);
    if (x !== this.pos.x || y !== this.pos.y) this.go({ x, y, z });
  }

  private shadow(b: NonNullable<Chart["bayangan"]>): void {
    const { ctx, theme } = this;
    ctx.font = `600 13px ${theme.family}`;
    const w = Math.min(320, ctx.measureText(b.teks).width + 24);
    ctx.fillStyle = theme.kotak;
    ctx.strokeStyle = b.boleh ? theme.tanda.tambah! : theme.garis;
    ctx.lineWidth = 2;
    ctx.fillRect(b.px + 12, b.py + 8, w, 30);
    ctx.strokeRect(b.px + 12, b.py + 8, w, 30);
    ctx.fillStyle = theme.teks;
    ctx.textAlign = "left";
    ctx.fillText(b.teks, b.px + 24, b.py + 28, w - 24);
  }

  private clamp(): void {
    const { scene } = this;
    if (!scene) return;
    this.pos.x = Math.min(Math.max(this.pos.x, 0), scene.w);
    this.pos.y = Math.min(Math.max(this.pos.y, 0), scene.h);
  }

  paint(): void {
    if (this.scheduled) return;
    this.scheduled = true;
    requestAnimationFrame((time) => {
      this.scheduled = false;
      this.paintNow(time);
    });
  }

  private step(): void {
    if (!this.target) return;
    const { from, to, start, length } = this.target;
    const f = Math.min(1, (performance.now() - start) / length);
    const ease = 1 - (1 - f) ** 3;
    const z = from.z * (to.z / from.z) ** ease;
    this.pos = { x: from.x + (to.x - from.x) * ease, y: from.y + (to.y - from.y) * ease, z };
    if (to.z !== from.z) this.moving = performance.now() + 40;
    if (f >= 1) {
      this.target = null;
      this.pos = to;
    }
  }

  private paintNow(time: number): void {
    if (!this.scene) return;
    this.step();
    const { x, y, z } = this.pos;
    const view = { x: x - this.w / 2 / z, y: y - this.h / 2 / z, z, w: this.w, h: this.h };
    const moving = performance.now() < this.moving;
    const more = this.tiles.draw(this.ctx, view, this.dpr, this.theme, this.words, moving, 9);
    this.overlay(view);
    this.onFrame(time);
    if (more || this.target) this.paint();
    else this.onView();
  }

  /** Painted anew each frame: the path from the root to the selection, the selection, the keyboard's focus. */
  private overlay(view: { x: number; y: number; z: number }): void {
    const { ctx, scene, theme } = this;
    if (!scene) return;
    const k = view.z * this.dpr;
    ctx.setTransform(k, 0, 0, k, -view.x * k, -view.y * k);
    const selected = this.selected ? scene.byKey.get(this.selected) : undefined;
    if (selected) {
      ctx.beginPath();
      const way: Node[] = [];
      for (let node: Node | null = selected; node; node = node.atas) {
        edgePath(ctx, node);
        way.push(node);
      }
      ctx.strokeStyle = theme.aksen;
      ctx.lineWidth = Math.max(3, 2 / view.z);
      ctx.stroke();
      for (const node of way) {
        drawNode(ctx, node, scene.lod, view.z, theme, this.words);
        ctx.strokeStyle = theme.aksen;
        ctx.lineWidth = Math.max(node === selected ? 3 : 1.5, (node === selected ? 2.5 : 1.5) / view.z);
        ctx.strokeRect(node.x, node.y, node.w, node.h);
      }
    }
    const ring = (key: string | null, dash: number[]): void => {
      const node = key ? scene.byKey.get(key) : undefined;
      if (!node) return;
      const gap = 5 / view.z;
      ctx.setLineDash(dash.map((d) => d / view.z));
      ctx.lineWidth = 3 / view.z;
      ctx.strokeStyle = theme.latar;
      ctx.strokeRect(node.x - gap, node.y - gap, node.w + 2 * gap, node.h + 2 * gap);
      ctx.strokeStyle = theme.aksen;
      ctx.strokeRect(node.x - gap, node.y - gap, node.w + 2 * gap, node.h + 2 * gap);
      ctx.setLineDash([]);
    };
    ring(this.found, [7, 5]);
    ring(this.focused, []);
    for (const key of new Set([this.selected, this.found, this.focused])) {
      const node = key ? scene.byKey.get(key) : undefined;
      if (node) drawHidden(ctx, node, scene.lod, view.z, theme, this.words);
    }
    const target = this.tujuan ? scene.byKey.get(this.tujuan) : undefined;
    if (target) {
      ctx.strokeStyle = theme.tanda.tambah!;
      ctx.lineWidth = 5 / view.z;
      ctx.strokeRect(target.x - 3 / view.z, target.y - 3 / view.z, target.w + 6 / view.z, target.h + 6 / view.z);
    }
    ctx.setTransform(this.dpr, 0, 0, this.dpr, 0, 0);
    if (this.bayangan) this.shadow(this.bayangan);
    ctx.setTransform(1, 0, 0, 1, 0, 0);
  }
}
