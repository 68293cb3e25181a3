// The peta jabatan page.
import { startPage } from "./page.ts";

const page = document.getElementById("peta");
if (page) startPage(page);
