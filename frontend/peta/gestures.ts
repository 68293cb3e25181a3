// Mouse, pen, touch and wheel on the drawing surface: drag pans (and glides), two fingers pinch, the wheel zooms.
import type { Chart } from "./chart.ts";

/** A drag that means something else than panning the map. */
export interface Drag {
  move(px: number, py: number): void;
  /** The pointer went up (or the drag was given up). */
  end(px: number, py: number, given_up: boolean): void;
}
export interface GestureHandlers {
  grab(px: number, py: number, event: PointerEvent): Drag | null;
  tap(px: number, py: number): void;
  doubleTap(px: number, py: number): void;
  hover(px: number, py: number): void;
}

export function attachGestures(chart: Chart, on: GestureHandlers): void {
  const { canvas } = chart;
  const points = new Map<number, { x: number; y: number }>();
  let moved = 0;
  let speed = { x: 0, y: 0, t: 0 };
  let lastTap = { x: 0, y: 0, t: -1e9 };
  let glide = 0;
  let drag: Drag | null = null;
  let held: Drag | null = null;

  const local = (event: PointerEvent | WheelEvent): { x: number; y: number } => {
    const box = canvas.getBoundingClientRect();
    return { x: event.clientX - box.left, y: event.clientY - box.top };
  };
  const spread = (): { d: number; x: number; y: number } => {
    const [a, b] = [...points.values()];
    return { d: Math.hypot(a!.x - b!.x, a!.y - b!.y), x: (a!.x + b!.x) / 2, y: (a!.y + b!.y) / 2 };
  };

  canvas.addEventListener("pointerdown", (event) => {
    if (event.button > 1) return;
    cancelAnimationFrame(glide);
    canvas.setPointerCapture(event.pointerId);
    points.set(event.pointerId, local(event));
    if (points.size === 1) {
      moved = 0;
      const at = local(event);
      held = on.grab(at.x, at.y, event);
    } else {
      moved = 99;
      drag?.end(0, 0, true);
      drag = held = null;
    }
    speed = { x: 0, y: 0, t: event.timeStamp };
    canvas.classList.add("sedang-geser");
  });
  canvas.addEventListener("pointermove", (event) => {
    const at = local(event);
    const before = points.get(event.pointerId);
    if (!before) {
      on.hover(at.x, at.y);
      return;
    }
    if (points.size === 1) {
      const [dx, dy] = [at.x - before.x, at.y - before.y];
      moved += Math.abs(dx) + Math.abs(dy);
      points.set(event.pointerId, at);
      if (moved < 5) return;
      if (held) {
        drag = held;
        drag.move(at.x, at.y);
        return;
      }
      const dt = Math.max(1, event.timeStamp - speed.t);
      speed = { x: 0.7 * (dx / dt) + 0.3 * speed.x, y: 0.7 * (dy / dt) + 0.3 * speed.y, t: event.timeStamp };
      chart.pan(dx, dy);
    } else if (points.size === 2) {
      const was = spread();
      points.set(event.pointerId, at);
      const now = spread();
      chart.pan(now.x - was.x, now.y - was.y);
      if (was.d > 0) chart.zoom(now.d / was.d, now.x, now.y);
    }
  });
  const end = (event: PointerEvent): void => {
    if (!points.delete(event.pointerId)) return;
    if (points.size) return;
    canvas.classList.remove("sedang-geser");
    const at = local(event);
    const dragged = drag;
    drag = held = null;
    if (dragged) {
      dragged.end(at.x, at.y, event.type === "pointercancel");
      return;
    }
    if (event.type === "pointercancel") return;
    if (moved < 5) {
      const twice =
        event.timeStamp - lastTap.t < 320 && Math.hypot(at.x - lastTap.x, at.y - lastTap.y) < 24;
      lastTap = { ...at, t: twice ? -1e9 : event.timeStamp };
      if (twice) on.doubleTap(at.x, at.y);
      else on.tap(at.x, at.y);
      return;
    }
    const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
    if (still || event.timeStamp - speed.t > 60 || Math.hypot(speed.x, speed.y) < 0.2) return;
    let then = performance.now();
    const slide = (time: number): void => {
      const dt = Math.min(40, Math.max(0, time - then));
      then = time;
      const keep = 0.995 ** dt;
      speed.x *= keep;
      speed.y *= keep;
      chart.pan(speed.x * dt, speed.y * dt);
      if (Math.hypot(speed.x, speed.y) > 0.03) glide = requestAnimationFrame(slide);
    };
    glide = requestAnimationFrame(slide);
  };
  canvas.addEventListener("pointerup", end);
  canvas.addEventListener("pointercancel", end);
  canvas.addEventListener(
    "wheel",
    (event) => {
      event.preventDefault();
      cancelAnimationFrame(glide);
      const unit = event.deltaMode === 1 ? 16 : event.deltaMode === 2 ? 400 : 1;
      const at = local(event);
      if (event.shiftKey) chart.pan(-(event.deltaX || event.deltaY) * unit, 0);
      else if (!event.ctrlKey && event.deltaX !== 0) chart.pan(-event.deltaX * unit, -event.deltaY * unit);
      else chart.zoom(Math.exp(-event.deltaY * unit * (event.ctrlKey ? 0.01 : 0.0016)), at.x, at.y);
    },
    { passive: false },
  );
}
