// Questions and small forms in the page's own dialog.
export interface Tanya {
  judul: string;
  isi: (string | Node)[];
  ya: string;
  batal: string;
  bahaya?: boolean;
}

const dialog = (): HTMLDialogElement => document.querySelector<HTMLDialogElement>("dialog[data-dialog]")!;

export function button(text: string, kind = ""): HTMLButtonElement {
  const made = document.createElement("button");
  made.type = "button";
  made.className = `btn ${kind}`;
  made.textContent = text;
  return made;
}

/** Opens the dialog; the caller closes it by `close` of what comes back. */
export function openDialog(judul: string, isi: (string | Node)[], kaki: Node[], lebar = false): HTMLDialogElement {
  const box = dialog();
  box.classList.toggle("lebar", lebar);
  box.querySelector("[data-dialog-judul]")!.textContent = judul;
  box.querySelector("[data-dialog-isi]")!.replaceChildren(
    ...isi.map((part) => {
      if (typeof part !== "string") return part;
      const text = document.createElement("p");
      text.textContent = part;
      return text;
    }),
  );
  box.querySelector("[data-dialog-kaki]")!.replaceChildren(...kaki);
  if (!box.open) box.showModal();
  return box;
}

/** true when the person says yes; Esc and Batal are no. */
export function ask({ judul, isi, ya, batal, bahaya }: Tanya): Promise<boolean> {
  return new Promise((done) => {
    const yes = button(ya, bahaya ? "btn-danger" : "btn-primary");
    const no = button(batal);
    const box = openDialog(judul, isi, [yes, no]);
    let answer = false;
    yes.addEventListener("click", () => {
      answer = true;
      box.close();
    });
    no.addEventListener("click", () => box.close());
    box.addEventListener("close", () => done(answer), { once: true });
    yes.focus();
  });
}

/** A short notice at the edge of the page; with an action it stays until it is used or closed. */
export function notice(text: string, action?: { nama: string; lakukan(): void }): void {
  const place = document.getElementById("pemberitahuan");
  if (!place) return;
  const box = document.createElement("div");
  const words = document.createElement("span");
  words.textContent = text;
  box.append(words);
  if (action) {
    const act = button(action.nama, "btn-sm");
    act.addEventListener("click", () => {
      box.remove();
      action.lakukan();
    });
    box.append(" ", act);
  }
  place.append(box);
  setTimeout(() => box.remove(), action ? 30000 : 8000);
}
