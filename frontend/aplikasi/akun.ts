// Demo accounts on the login page fill the form with one click; sending stays the person's own act.
export function pasangAkun(): void {
  for (const tombol of document.querySelectorAll<HTMLElement>("[data-isi-akun]")) {
    tombol.addEventListener("click", () => {
      const nama = document.querySelector<HTMLInputElement>('input[name="login"]');
      const sandi = document.querySelector<HTMLInputElement>('input[name="password"]');
      if (!nama || !sandi) return;
      nama.value = tombol.dataset["isiAkun"] ?? "";
      sandi.value = tombol.dataset["isiSandi"] ?? "";
      sandi.form?.querySelector<HTMLButtonElement>('button[type="submit"]')?.focus();
    });
  }
}
