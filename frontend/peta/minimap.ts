// The whole map in a corner, with the part in sight as a frame; press or drag to go there.
import type { Chart } from "./chart.ts";
import type { Scene } from "./scene.ts";

export class Minimap {
  private ctx: CanvasRenderingContext2D;
  private picture = document.createElement("canvas");
  private drawn: Scene | null = null;
  private ground = "";
  private scale = 1;
  private w: number;
  private h: number;

  constructor(private canvas: HTMLCanvasElement, private chart: Chart) {
    this.ctx = canvas.getContext("2d")!;
    this.w = canvas.width;
    this.h = canvas.height;
    const dpr = Math.min(2, devicePixelRatio || 1);
    canvas.width = this.picture.width = this.w * dpr;
    canvas.height = this.picture.height = this.h * dpr;
    const go = (event: PointerEvent): void => {
      if (!(event.buttons & 1) || !this.drawn) return;
      const box = canvas.getBoundingClientRect();
      const x = ((event.clientX - box.left) / box.width) * this.w;
      const y = ((event.clientY - box.top) / box.height) * this.h;
      const { left, top } = this.origin();
      chart.go({ x: (x - left) / this.scale, y: (y - top) / this.scale, z: chart.pos.z }, false);
    };
    canvas.addEventListener("pointerdown", (event) => {
      canvas.setPointerCapture(event.pointerId);
      go(event);
    });
    canvas.addEventListener("pointermove", go);
  }

  private origin(): { left: number; top: number } {
    const scene = this.drawn!;
    return { left: (this.w - scene.w * this.scale) / 2, top: (this.h - scene.h * this.scale) / 2 };
  }

  private redraw(scene: Scene): void {
    this.drawn = scene;
    this.ground = this.chart.theme.latar;
    this.scale = Math.min((this.w - 8) / Math.max(1, scene.w), (this.h - 8) / Math.max(1, scene.h));
    const ctx = this.picture.getContext("2d")!;
    const k = this.picture.width / this.w;
    const { left, top } = this.origin();
    ctx.setTransform(k, 0, 0, k, 0, 0);
    ctx.clearRect(0, 0, this.w, this.h);
    ctx.fillStyle = this.chart.theme.redup;
    for (const node of scene.nodes)
      ctx.fillRect(
        left + node.x * this.scale, top + node.y * this.scale,
        Math.max(0.8, node.w * this.scale), Math.max(0.8, node.h * this.scale),
      );
  }

  paint(): void {
    const { scene, pos, theme } = this.chart;
    if (!scene || this.canvas.offsetParent === null) return;
    if (scene !== this.drawn || theme.latar !== this.ground) this.redraw(scene);
    const { ctx } = this;
    const k = this.canvas.width / this.w;
    ctx.setTransform(1, 0, 0, 1, 0, 0);
    ctx.clearRect(0, 0, this.canvas.width, this.canvas.height);
    ctx.drawImage(this.picture, 0, 0);
    ctx.setTransform(k, 0, 0, k, 0, 0);
    const { left, top } = this.origin();
    const w = (this.chart.w / pos.z) * this.scale;
    const h = (this.chart.h / pos.z) * this.scale;
    ctx.strokeStyle = theme.aksen;
    ctx.lineWidth = 1.5;
    ctx.strokeRect(left + pos.x * this.scale - w / 2, top + pos.y * this.scale - h / 2, w, h);
  }
}
