import { Halaman } from "./halaman.ts";

const root = document.getElementById("abk");
if (root) new Halaman(root).mulai();
