// Requests of the ABK page. Whatever is wrong comes back as findings.
import type { Temuan } from "./tipe.ts";

export type Jawaban<T> = { baik: true; isi: T } | { baik: false; status: number; temuan: Temuan[] };

export class Server {
  private token = document.querySelector<HTMLMetaElement>('meta[name="csrf-token"]')?.content ?? "";

  constructor(private dasar: string) {}

  /** Rejects only when the server could not be reached or failed; refusals are answers. */
  async kirim<T>(jalan: string, isi: unknown, signal?: AbortSignal): Promise<Jawaban<T>> {
    return this.baca(await fetch(`${this.dasar}${jalan}/`, {
      method: "POST",
      headers: { "Content-Type": "application/json", "X-CSRFToken": this.token, Accept: "application/json" },
      body: JSON.stringify(isi),
      ...(signal ? { signal } : {}),
    }));
  }

  async unggah<T>(berkas: File): Promise<Jawaban<T>> {
    const form = new FormData();
    form.set("berkas", berkas);
    return this.baca(await fetch(`${this.dasar}dokumen/`, {
      method: "POST", headers: { "X-CSRFToken": this.token, Accept: "application/json" }, body: form,
    }));
  }

  private async baca<T>(response: Response): Promise<Jawaban<T>> {
    if (response.status === 401 || response.redirected) return { baik: false, status: 401, temuan: [] };
    if (response.status >= 500 || response.status === 429) throw new Error(String(response.status));
    try {
      const body = (await response.json()) as T & { temuan?: Temuan[] };
      if (response.ok) return { baik: true, isi: body };
      return { baik: false, status: response.status, temuan: body.temuan ?? [] };
    } catch {
      return { baik: false, status: response.status, temuan: [] };
    }
  }
}
