// The page of a factor sheet: every change is saved by itself, points and result follow.
import { Antrean, type Edit, type Jawaban } from "../sunting/antrean.ts";
import type { DraftServer, Temuan } from "../sunting/server.ts";

const form = document.querySelector<HTMLFormElement>("#lembar-evaluasi");
if (form && !form.querySelector<HTMLFieldSetElement>(".evaluasi-semua")?.disabled) start(form);

function start(sheet: HTMLFormElement): void {
  const token = document.querySelector<HTMLMetaElement>('meta[name="csrf-token"]')?.content ?? "";
  const state = document.getElementById("keadaan-simpan");
  const refused = document.getElementById("temuan-simpan");
  const result = document.getElementById("hasil-evaluasi");
  const say = (name: "tersimpan" | "menyimpan" | "putus" | "sesi" | "gagal"): void => {
    if (state) state.textContent = sheet.dataset[name] ?? "";
  };
  let failed = false;
  let waiting = false;
  const server = {
    post: (_path: string, body: unknown): Promise<Response> =>
      fetch(sheet.dataset["simpan"] ?? "", {
        method: "POST",
        headers: { "Content-Type": "application/json", "X-CSRFToken": token, Accept: "application/json" },
        body: JSON.stringify(body),
      }),
  } as unknown as DraftServer;
  const queue = new Antrean(server, `evaluasi:${sheet.dataset["simpan"]}`, () => false, {
    keadaan: () => {
      if (queue.keadaan === "putus" || queue.keadaan === "sesi") say(queue.keadaan);
      else if (queue.keadaan === "mengirim") say("menyimpan");
      else say(failed ? "gagal" : "tersimpan");
    },
    jawaban: async (_edit: Edit, answer: Jawaban) => {
      failed = !answer.baik;
      tell(refused, answer.baik ? [] : answer.temuan);
      if (!answer.baik) return;
      const { revisi, hasil, ringkas } = answer.hasil as unknown as { revisi: number; hasil: string; ringkas: string };
      seen(revisi);
      const short = document.getElementById("ringkas-hasil");
      if (short) short.textContent = ringkas;
      if (result) {
        const open = result.querySelector("details")?.open ?? false;
        // What the server made of a template of ours; the page's policy lets no script in it run.
        result.innerHTML = hasil;
        const why = result.querySelector("details");
        if (why) why.open = open;
      }
    },
  });
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
