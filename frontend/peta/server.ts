// What the page asks the server for; every answer about the map has the shape of `Dokumen`.
import type { Dokumen } from "./data.ts";
import type { Found } from "./kombo.ts";

export class Server {
  /** `dasar` ends in /peta/<kode>/; `kueri` names the version or date, so that all answers agree. */
  constructor(protected dasar: string, protected kueri: string) {}

  protected async get<T>(path: string, params: Record<string, string>, signal?: AbortSignal): Promise<T> {
    const query = new URLSearchParams(this.kueri);
    for (const [name, value] of Object.entries(params)) query.set(name, value);
    const response = await fetch(`${this.dasar}${path}?${query}`, {
      headers: { Accept: "application/json" }, ...(signal ? { signal } : {}),
    });
    if (!response.ok) throw new Error(`${response.status} ${path}`);
    return (await response.json()) as T;
  }

  private static switches(kosong: boolean): Record<string, string> {
    return kosong ? { kosong: "1" } : {};
  }

  children(unor: number, kosong: boolean): Promise<Dokumen> {
    return this.get(`anak/${unor}`, Server.switches(kosong));
  }
  below(unor: number, kosong: boolean): Promise<Dokumen> {
    return this.get(`bawah/${unor}`, Server.switches(kosong));
  }
  path(unor: number, kosong: boolean): Promise<Dokumen> {
    return this.get(`jalur/${unor}`, Server.switches(kosong));
  }
  start(buka: string | null, kosong: boolean, pilih: string | null = null): Promise<Dokumen> {
    return this.get("awal", {
      ...(buka === null ? {} : { buka }), ...(pilih === null ? {} : { pilih }), ...Server.switches(kosong),
    });
  }
  async search(q: string, signal: AbortSignal): Promise<Found[]> {
    return (await this.get<{ hasil: Found[] }>("cari", { q }, signal)).hasil;
  }
  drawer(path: string): string {
    return `${this.dasar}${path}?${this.kueri}`;
  }
}
