// The page of a factor sheet: every change is saved by itself, points and result follow.
import { Antrean, type Edit, type Jawaban } from "../sunting/antrean.ts";
import type { DraftServer, Temuan } from "../sunting/server.ts";

interface Bagian {
  revisi: number;
  ringkas: string;
  hasil: string;
  riwayat: string;
}

const form = document.querySelector<HTMLFormElement>("#lembar-evaluasi");
if (form && !form.querySelector<HTMLFieldSetElement>(".evaluasi-semua")?.disabled) start(form);

function start(sheet: HTMLFormElement): void {
  const token = document.querySelector<HTMLMetaElement>('meta[name="csrf-token"]')?.content ?? "";
  const state = document.getElementById("keadaan-simpan");
  const refused = document.getElementById("temuan-simpan");
  const result = document.getElementById("hasil-evaluasi");
  const history = document.getElementById("riwayat-evaluasi");
  const say = (name: "tersimpan" | "menyimpan" | "putus" | "sesi" | "gagal"): void => {
    if (state) state.textContent = sheet.dataset[name] ?? "";
  };
  let failed = false;
  let waiting = false;
  let clash: Bagian | null = null;
  const server = {
    post: async (_path: string, body: unknown): Promise<Response> => {
      const response = await fetch(sheet.dataset["simpan"] ?? "", {
        method: "POST",
        headers: { "Content-Type": "application/json", "X-CSRFToken": token, Accept: "application/json" },
        body: JSON.stringify(body),
      });
      clash = response.status === 409 ? ((await response.clone().json()) as Bagian) : null;
      return response;
    },
  } as unknown as DraftServer;
  /** What stands beside the sheet, as the server knows it now. */
  const show = (parts: Bagian): void => {
    const short = document.getElementById("ringkas-hasil");
    if (short) short.textContent = parts.ringkas;
    if (history) history.innerHTML = parts.riwayat;
    if (!result) return;
    const open = result.querySelector("details")?.open ?? false;
    // What the server made of a template of ours; the page's policy lets no script in it run.
    result.innerHTML = parts.hasil;
    const why = result.querySelector("details");
    if (why) why.open = open;
  };
  const queue = new Antrean(server, `evaluasi:${sheet.dataset["simpan"]}`, () => false, {
    keadaan: () => {
      if (queue.keadaan === "putus" || queue.keadaan === "sesi") say(queue.keadaan);
      else if (queue.keadaan === "mengirim") say("menyimpan");
      else say(failed ? "gagal" : "tersimpan");
    },
    jawaban: async (_edit: Edit, answer: Jawaban) => {
      failed = !answer.baik;
      tell(refused, answer.baik ? [] : answer.temuan);
      if (answer.baik) {
        const parts = answer.hasil as unknown as Bagian;
        seen(parts.revisi);
        show(parts);
      } else if (clash) decide(clash);
    },
  });
  // Focus stays where the person types; nothing is decided before one of the two is pressed.
  const decide = (now: Bagian): void => {
    show(now);
    const why = document.createElement("p");
    why.textContent = sheet.dataset["pilih"] ?? "";
    const load = button(sheet.dataset["muat"] ?? "", () => {
      waiting = false;
      clearTimeout(timer);
      location.reload();
    });
    const mine = button(sheet.dataset["timpa"] ?? "", () => {
      seen(now.revisi);
      send();
    });
    const row = document.createElement("p");
    row.className = "evaluasi-tombol";
    row.append(load, mine);
    refused?.append(why, row);
  };
  const seen = (revisi: number): void => {
    queue.revisi = revisi;
    for (const field of document.querySelectorAll<HTMLInputElement>('input[name="revisi"]')) field.value = String(revisi);
  };
  seen(Number(sheet.dataset["revisi"]));

  const send = (): void => {
    waiting = false;
    clearTimeout(timer);
    void queue.add("operasi", { operasi: [{ jenis: "tulis-isian", isi: content(sheet) }] });
  };
  let timer = 0;
  const later = (): void => {
    waiting = true;
    clearTimeout(timer);
    timer = window.setTimeout(send, 900);
  };
  sheet.addEventListener("input", (event) => {
    const field = event.target as HTMLInputElement;
    if (field.type === "radio") {
      const out = sheet.querySelector(`[data-nilai="${CSS.escape(field.name.slice("level.".length))}"]`);
      if (out) out.textContent = Number(field.dataset["poin"]).toLocaleString("id-ID");
      send();
    } else later();
  });
  sheet.addEventListener("focusout", () => waiting && send());
  sheet.addEventListener("submit", (event) => {
    event.preventDefault();
    send();
  });
  addEventListener("pagehide", () => waiting && send());
  addEventListener("beforeunload", (event) => {
    if (waiting) event.preventDefault();
  });
  queue.resume();
}

function content(sheet: HTMLFormElement): Record<string, unknown> {
  const values = new FormData(sheet);
  const faktor: Record<string, { level: string | null; alasan: string }> = {};
  for (const name of new Set([...values.keys()])) {
    const [kind, code] = name.split(/\.(.*)/s);
    if (code === undefined || (kind !== "level" && kind !== "alasan")) continue;
    faktor[code] = {
      level: (values.get(`level.${code}`) as string | null) || null,
      alasan: String(values.get(`alasan.${code}`) ?? ""),
    };
  }
  const isi: Record<string, unknown> = { faktor };
  for (const name of ["pengecualian", "rekomendasi", "berkas"]) isi[name] = String(values.get(name) ?? "");
  return isi;
}

function button(text: string, press: () => void): HTMLButtonElement {
  const made = document.createElement("button");
  made.type = "button";
  made.className = "btn";
  made.textContent = text;
  made.addEventListener("click", press);
  return made;
}

function tell(place: HTMLElement | null, temuan: Temuan[]): void {
  if (!place) return;
  place.replaceChildren(
    ...temuan.map((t) => {
      const line = document.createElement("p");
      line.className = "pesan pesan-galat";
      line.textContent = `${t.kalimat} ${t.perbaikan}`;
      return line;
    }),
  );
}
