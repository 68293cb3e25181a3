// The page of one ABK sheet: grid, Σ and K beside B, autosave, what-if, comparison, findings.
import { isi, Kisi } from "./kisi.ts";
import { keTsv, sel } from "./papan.ts";
import { pasangRekomendasi, type BagianRekomendasi } from "./rekomendasi.ts";
import { Server } from "./server.ts";
import { Penyimpan } from "./simpan.ts";
import { gambarSebaran, gambarTemuan, type TemuanHalaman } from "./temuan.ts";
import { ANGKA, barisBaru, type Data, type Hasil, type Isi, type Kolom, type Sebaran, type Teks, type Temuan, type Tempelan } from "./tipe.ts";

const json = <T>(id: string): T => JSON.parse(document.getElementById(id)!.textContent!) as T;
const angka = new Intl.NumberFormat("id-ID");
const orang = (n: number | null): string => (n === null ? "–" : angka.format(n));
const bertanda = (n: number): string => (n === 0 ? "0" : `${n > 0 ? "+" : "−"}${angka.format(Math.abs(n))}`);
const JEDA = 150;

export class Halaman {
  private data = json<Data>("abk-data");
  private teks = json<Teks>("abk-teks");
  private server: Server;
  private kisi: Kisi;
  private simpan: Penyimpan;
  private rekomendasi: BagianRekomendasi | null;
  private hasil: Hasil;
  private sebaran: Sebaran | null = null;
  private tempelan: Temuan[] = [];
  private satuan = "menit";
  private waktu: string;
  private kebijakan: string;
  private berjalan: AbortController | null = null;
  private timer = 0;

  constructor(private root: HTMLElement) {
    const { data, teks } = this;
    this.hasil = data.hasil;
    this.waktu = data.isi.waktu ?? "";
    this.kebijakan = data.isi.kebijakan ?? "";
    this.server = new Server(root.dataset.dasar!);
    this.kisi = new Kisi(root, data, teks, {
      ubah: (segera) => this.berubah(segera),
      tempel: (text, baris, kolom) => void this.tempel(sel(text), baris, kolom, this.satuan),
    });
    this.rekomendasi = pasangRekomendasi(root, data, teks, this.server, () => this.berubah(false));
    this.simpan = new Penyimpan(this.server, `abk:${data.usulan}:${data.posisi}`, data.revisi, {
      isi: () => this.keluar(),
      keadaan: () => this.keadaan(),
      tersimpan: (hasil) => {
        this.pakai(hasil, false);
        void this.bandingkan();
      },
      bentrok: (found) => this.bentrok(found),
    });
  }

  private cari<T extends HTMLElement>(pilih: string): T | null {
    return document.querySelector<T>(pilih);
  }

  mulai(): void {
    const { data } = this;
    this.pilihan();
    this.kisi.muat(data.isi.baris);
    this.pakai(data.hasil);
    this.keadaan();
    const dulu = data.ubah ? this.simpan.simpanan() : null;
    if (dulu) {
      this.terapkan(dulu.isi, null);
      this.satuan = dulu.satuan;
      this.simpan.lanjutkan(dulu);
      this.kabari(this.teks.dipulihkan!);
      void this.hitung();
    }
    document.addEventListener("click", (event) => {
      const aksi = (event.target as HTMLElement).closest<HTMLElement>("[data-aksi]")?.dataset.aksi;
      if (aksi) this.aksi(aksi);
    });
    this.root.querySelectorAll<HTMLInputElement>("[data-andai]").forEach((input) =>
      input.addEventListener("input", () => this.jadwal()),
    );
    document.addEventListener("keydown", (event) => this.tombol(event));
    void this.bandingkan();
  }

  private pilihan(): void {
    const { data, teks } = this;
    const waktu = this.cari<HTMLSelectElement>("[data-waktu]");
    for (const row of data.waktu) {
      const mark = row.hingga ? ` (${teks.lama})` : "";
      waktu?.append(new Option(`${row.tampil} – ${row.nama}${mark}`, row.kode, false, row.kode === data.hasil.waktu.kode));
    }
    waktu?.addEventListener("change", () => {
      this.waktu = waktu.value;
      this.berubah(true);
    });
    const cara = this.cari<HTMLSelectElement>("[data-kebijakan]");
    for (const row of data.kebijakan) {
      const mark = row.sifat === "rekomendasi" ? ` (${teks.rekomendasi})` : "";
      cara?.append(new Option(`${row.nama}${mark}`, row.kode, false, row.kode === data.hasil.kebijakan.kode));
    }
    cara?.addEventListener("change", () => {
      this.kebijakan = cara.value;
      this.berubah(true);
    });
    const satuan = this.cari<HTMLSelectElement>("[data-satuan]");
    satuan?.addEventListener("change", () => {
      this.kisi.bekukan();
      this.satuan = satuan.value;
    });
  }

  private keluar(): Isi & { satuan_waktu: string } {
    return {
      baris: this.kisi.keluar(),
      waktu: this.waktu,
      kebijakan: this.kebijakan,
      satuan_waktu: this.satuan,
      ...(this.rekomendasi?.isi() ?? {}),
    };
  }

  private berubah(segera: boolean): void {
    this.simpan.ubah();
    this.jadwal(segera);
  }

  private jadwal(segera = false): void {
    clearTimeout(this.timer);
    this.timer = window.setTimeout(() => void this.hitung(), segera ? 0 : JEDA);
  }

  private andaiIsi(): Record<string, string> | undefined {
    const pairs = [...this.root.querySelectorAll<HTMLInputElement>("[data-andai]")].map((i) => [i.dataset.andai!, i.value.trim()]);
    return pairs.some(([, value]) => value) ? (Object.fromEntries(pairs) as Record<string, string>) : undefined;
  }

  private async hitung(): Promise<void> {
    this.berjalan?.abort();
    const mine = (this.berjalan = new AbortController());
    try {
      const answer = await this.server.kirim<Hasil>("hitung", { ...this.keluar(), andai: this.andaiIsi() }, mine.signal);
      if (mine.signal.aborted) return;
      if (answer.baik) this.pakai(answer.isi);
    } catch {
      // Not reached: what was typed stays, the autosave says so.
    }
  }

  /** `utuh` false: an answer without what-if, which leaves the one on screen. */
  private pakai(hasil: Hasil, utuh = true): void {
    const andai = utuh ? hasil.andai : this.hasil.andai;
    this.hasil = { ...hasil, andai };
    this.kisi.pakai(hasil);
    const set = (nama: string, text: string): void => {
      const place = this.root.querySelector<HTMLElement>(`[data-${nama}]`);
      if (place) place.textContent = text;
    };
    set("jumlah", hasil.jumlah === null ? "–" : hasil.jumlah_tampil);
    set("k", orang(hasil.k));
    set("b", orang(hasil.b));
    const { selisih } = hasil;
    const kata = selisih === null ? "" : selisih < 0 ? this.teks.kurang! : selisih > 0 ? this.teks.lebih! : this.teks.sesuai!;
    set("selisih", selisih === null ? "–" : `${bertanda(selisih)} ${kata}`);
    const gap = hasil.jumlah === null && hasil.baris.length ? isi(this.teks.sementara!, { jumlah: hasil.jumlah_sementara }) : "";
    const n = isi(this.teks.barisBanyak!, { n: hasil.baris.length });
    if (hasil.k !== null) this.data.kPeta = hasil.k;
    const tetap = hasil.k === null && this.data.kPeta !== null ? isi(this.teks.kTetap!, { k: orang(this.data.kPeta) }) : "";
    set("dasar-hitung", [hasil.dari === "rekomendasi" ? this.teks.dariRekomendasi! : "", n, gap, tetap, `${hasil.waktu.tampil}`, hasil.kebijakan.nama].filter(Boolean).join(" · "));
    const mark = hasil.kebijakan.sifat === "rekomendasi" ? this.teks.rekomendasi! : this.teks.bersumber!;
    const chosen = this.data.kebijakan.find((row) => row.kode === this.data.pilihan);
    const other = chosen && hasil.kebijakan.tetap === null && chosen.kode !== hasil.kebijakan.kode
      ? ` ${isi(this.teks.berbeda!, { lembar: hasil.kebijakan.nama, instansi: chosen.nama })}` : "";
    set("sumber", `${hasil.waktu.sumber}. ${hasil.kebijakan.nama}: ${mark} – ${hasil.kebijakan.sumber}.${other}`);
    this.gambarAndai();
    this.temuan();
  }

  private gambarAndai(): void {
    const place = this.root.querySelector<HTMLElement>("[data-andai-hasil]")!;
    const { andai } = this.hasil;
    this.kisi.andai(andai && this.andaiIsi() ? andai.kebutuhan : null);
    if (!andai || !this.andaiIsi()) return place.replaceChildren();
    const beda = andai.k === null || this.hasil.k === null ? null : andai.k - this.hasil.k;
    const text = document.createElement("strong");
    text.textContent = isi(this.teks.andai!, { jumlah: andai.jumlah_tampil, k: orang(andai.k) });
    place.replaceChildren(text);
    if (beda !== null) place.append(" ", isi(this.teks.andaiBeda!, { beda: bertanda(beda) }));
    if (!this.data.ubah) return;
    const apply = document.createElement("button");
    apply.type = "button";
    apply.className = "btn";
    apply.textContent = this.teks.terapkan!;
    apply.addEventListener("click", () => {
      this.kisi.terisi().forEach((row, i) => {
        const made = andai.baris[i];
        if (made)
          for (const nama of ANGKA)
            if (made[nama] !== null) {
              row[nama] = made[nama];
              delete row.mentah[nama];
            }
      });
      this.root.querySelectorAll<HTMLInputElement>("[data-andai]").forEach((input) => (input.value = ""));
      this.kisi.gambar();
      this.berubah(true);
    });
    place.append(" ", apply);
  }

  private temuan(): void {
    const long: TemuanHalaman[] = this.kisi.terlaluPanjang().map(({ baris, kolom, panjang }) => ({
      kode: "abk-teks-panjang", tingkat: "galat", baris, kolom, nilai: "",
      kalimat: isi(this.teks.terlaluPanjang!, {
        n: baris, kolom: this.teks[kolom]!, panjang: angka.format(panjang), batas: angka.format(this.data.teksMaks),
      }),
      perbaikan: this.teks.terlaluPanjangObat!,
    }));
    gambarTemuan(this.root.querySelector("[data-temuan]")!, [...long, ...this.hasil.temuan, ...(this.sebaran?.temuan ?? [])], this.teks, {
      kunjungi: (t) => this.kisi.kunjungiTemuan(t.baris!, t.kolom),
      tindakan: (t) => this.tindakan(t),
    });
  }

  /** What one may do about a finding besides going to its cell. */
  private tindakan(t: Temuan): { nama: string; lakukan(): void } | null {
    if (!this.data.ubah) return null;
    if (t.kode === "abk-tugas-tanpa-baris")
      return { nama: this.teks.tambahTugas!, lakukan: () => this.ambilTugas(Number(t.nilai)) };
    const row = t.baris === null ? undefined : this.kisi.terisi()[t.baris - 1];
    const task = this.data.tugas.find((tugas) => tugas.id === row?.tugas);
    if (t.kode === "abk-tugas-berbeda" && row && task)
      return {
        nama: this.teks.samakan!,
        lakukan: () => {
          row.uraian = task.uraian;
          this.kisi.gambar();
          this.berubah(true);
        },
      };
    return null;
  }

  private ambilTugas(satu?: number): void {
    // A pasted row names its task by its words only.
    const kata = (text: string): string => text.toLowerCase().split(/\s+/).filter(Boolean).join(" ");
    const used = new Set(this.kisi.terisi().flatMap((row) => [row.tugas, kata(row.uraian)]));
    const missing = this.data.tugas.filter(
      (task) => (satu === undefined || task.id === satu) && !used.has(task.id) && !used.has(kata(task.uraian)),
    );
    if (!this.data.tugas.length) return this.kabari(this.teks.tanpaTugas!);
    if (!missing.length) return this.kabari(this.teks.semuaTugas!);
    this.kisi.tambah(missing.map(({ id, uraian, satuan }) => ({ uraian, satuan, tugas: id })));
    this.kabari(isi(this.teks.tugasDitambah!, { n: missing.length }));
    this.berubah(true);
  }

  private async bandingkan(): Promise<void> {
    try {
      const answer = await this.server.kirim<Sebaran>("sebaran", this.keluar());
      if (!answer.baik) return;
      this.sebaran = answer.isi;
      gambarSebaran(this.root.querySelector("[data-sebaran]")!, this.data, answer.isi, this.teks);
      this.temuan();
    } catch {
      // The comparison is help; without it the sheet works as well.
    }
  }

  private async tempel(rows: string[][], baris: number, kolom: Kolom, satuan: string): Promise<void> {
    const first = this.kisi.baris.slice(0, baris).filter((row) => this.kisi.terisi().includes(row)).length + 1;
    const pendekatan = this.kisi.baris[baris]?.pendekatan ?? "tugas";
    const size = rows.reduce((sum, row) => sum + row.reduce((n, cell) => n + cell.length + 1, 0), 0);
    if (size > 1_500_000) return this.kabari(this.teks.tempelBesar!);
    let answer;
    try {
      answer = await this.server.kirim<Tempelan>("baca", {
        sel: rows, mulai: kolom, baris_awal: first, satuan_waktu: satuan, pendekatan,
      });
    } catch {
      return this.kabari(this.teks.tempelGagal!);
    }
    if (!answer.baik) return this.kabari(answer.temuan[0]?.kalimat ?? this.teks.tempelGagal!);
    answer.isi.baris.forEach((read, i) => {
      const row = (this.kisi.baris[baris + i] ??= barisBaru({ pendekatan }));
      for (const nama of answer.isi.kolom) {
        if (nama === "volume" || nama === "norma") {
          row[nama] = read[nama] ?? null;
          const unread = read.mentah?.[nama];
          if (unread === undefined) delete row.mentah[nama];
          else row.mentah[nama] = unread;
        } else if (nama === "uraian" || nama === "satuan") row[nama] = read[nama] ?? "";
        delete row.panjang[nama];
      }
      if (read.satuan && !answer.isi.kolom.includes("satuan") && !row.satuan) row.satuan = read.satuan;
    });
    this.kisi.gambar();
    this.kisi.kunjungi(baris, kolom);
    this.laporTempelan(answer.isi, () => void this.tempel(rows, baris, kolom, satuan === "jam" ? "menit" : "jam"), satuan);
    if (answer.isi.baris.length) this.berubah(true);
  }

  /** What there was to say about a pasted block stays until it is closed. */
  private laporTempelan(read: Tempelan, tukar: () => void, satuan: string): void {
    const place = this.root.querySelector<HTMLElement>("[data-tempelan]")!;
    this.tempelan = read.temuan;
    const head = document.createElement("div");
    head.className = "card-header";
    const title = document.createElement("h2");
    title.textContent = isi(this.teks.tempel!, { n: read.baris.length });
    const close = document.createElement("button");
    close.type = "button";
    close.className = "btn btn-sm";
    close.textContent = this.teks.tutup!;
    close.addEventListener("click", () => (place.hidden = true));
    head.append(title);
    if (read.kolom.includes("norma") && this.tempelan.some((t) => t.kode === "abk-satuan-tertukar")) {
      const swap = document.createElement("button");
      swap.type = "button";
      swap.className = "btn btn-sm";
      swap.textContent = satuan === "jam" ? this.teks.bacaMenit! : this.teks.bacaJam!;
      swap.addEventListener("click", tukar);
      head.append(swap);
    }
    head.append(close);
    const list = document.createElement("ul");
    list.className = "daftar-temuan";
    place.replaceChildren(head, list);
    gambarTemuan(list, read.temuan, this.teks, {
      kunjungi: (t) => this.kisi.kunjungiTemuan(t.baris!, t.kolom), tindakan: () => null,
    });
    place.hidden = false;
  }

  private terapkan(lembar: Isi, hasil: Hasil | null): void {
    this.waktu = lembar.waktu ?? "";
    this.kebijakan = lembar.kebijakan ?? "";
    this.kisi.muat(lembar.baris);
    this.rekomendasi?.muat(lembar);
    if (!hasil) return;
    this.pakai(hasil);
    const waktu = this.cari<HTMLSelectElement>("[data-waktu]");
    if (waktu) waktu.value = hasil.waktu.kode;
    const cara = this.cari<HTMLSelectElement>("[data-kebijakan]");
    if (cara) cara.value = hasil.kebijakan.kode;
  }

  private aksi(aksi: string): void {
    if (aksi === "tambah") {
      this.kisi.tambah();
      this.kisi.kunjungi(this.kisi.baris.length - 1, "uraian");
    } else if (aksi === "tugas") this.ambilTugas();
    else if (aksi === "urung") void this.urung();
    else if (aksi === "bantuan") this.root.querySelector<HTMLDialogElement>("dialog[data-bantuan]")?.showModal();
    else if (aksi === "salin") void this.salin();
  }

  private tombol(event: KeyboardEvent): void {
    if (!this.data.ubah || event.key.toLowerCase() !== "z" || !(event.ctrlKey || event.metaKey) || event.shiftKey) return;
    const input = document.activeElement as HTMLInputElement | null;
    if (input?.matches("input, textarea") && input.dataset.semula !== input.value) return;
    event.preventDefault();
    void this.urung();
  }

  private async urung(): Promise<void> {
    if (!(await this.simpan.tuntas())) return;
    try {
      const answer = await this.server.kirim<{ revisi: number; isi: Isi; hasil: Hasil }>("urung", {
        kunci: crypto.randomUUID(), revisi: this.simpan.revisi,
      });
      if (!answer.baik) return this.kabari(isi(this.teks.urungKosong!, { kalimat: answer.temuan[0]?.kalimat ?? "" }));
      this.simpan.revisi = answer.isi.revisi;
      this.terapkan(answer.isi.isi, answer.isi.hasil);
      this.keadaan();
      this.kabari(this.teks.diurungkan!);
    } catch {
      this.kabari(this.teks.putus!);
    }
  }

  private bentrok(found: Temuan[]): void {
    const box = this.root.querySelector<HTMLDialogElement>("dialog[data-tanya]")!;
    box.querySelector("[data-tanya-judul]")!.textContent = this.teks.bentrok!;
    box.querySelector("[data-tanya-isi]")!.textContent = isi(this.teks.bentrokIsi!, { kalimat: found[0]?.kalimat ?? "" });
    const choose = (nama: string, utama: boolean, lakukan: (kini: { revisi: number; isi: Isi; hasil: Hasil }) => void): HTMLElement => {
      const tombol = document.createElement("button");
      tombol.type = "button";
      tombol.className = `btn${utama ? " btn-primary" : ""}`;
      tombol.textContent = nama;
      tombol.addEventListener("click", async () => {
        const kini = await this.server.kirim<{ revisi: number; isi: Isi; hasil: Hasil }>("keadaan", {});
        if (!kini.baik) return;
        box.close();
        this.simpan.revisi = kini.isi.revisi;
        lakukan(kini.isi);
      });
      return tombol;
    };
    box.querySelector("[data-tanya-kaki]")!.replaceChildren(
      choose(this.teks.pakaiMereka!, true, (kini) => {
        this.simpan.buang();
        this.terapkan(kini.isi, kini.hasil);
      }),
      choose(this.teks.pakaiSaya!, false, () => this.simpan.ubah(true)),
    );
    if (!box.open) box.showModal();
  }

  private keadaan(): void {
    const place = this.cari<HTMLElement>("[data-keadaan]");
    if (!place || !this.data.ubah) return;
    const { keadaan, revisi, alasan } = this.simpan;
    const long = this.kisi.terlaluPanjang().length > 0;
    const words: Record<string, string> = {
      diam: long ? this.teks.tertahan! : isi(this.teks.tersimpan!, { n: angka.format(revisi) }),
      menunggu: this.teks.menunggu!, mengirim: this.teks.menyimpan!, putus: this.teks.putus!, sesi: this.teks.sesi!,
      ditolak: isi(this.teks.ditolak!, { kalimat: alasan }), bentrok: this.teks.bentrok!,
    };
    place.textContent = words[keadaan]!;
    place.dataset.keadaan = keadaan;
  }

  private async salin(): Promise<void> {
    const head = ["uraian", "satuan", "volume", "norma", "kebutuhan"].map((nama) => this.teks[nama]!);
    const rows = this.hasil.baris.map((row) => [row.uraian, row.satuan, row.tampil.volume, row.tampil.norma, row.kebutuhan ?? ""]);
    await navigator.clipboard.writeText(keTsv([head, ...rows]));
    this.kabari(this.teks.disalin!);
  }

  private kabari(text: string): void {
    this.root.querySelector("[data-status]")!.textContent = text;
    const place = document.getElementById("pemberitahuan");
    const box = document.createElement("div");
    box.textContent = text;
    place?.append(box);
    setTimeout(() => box.remove(), 8000);
  }
}
