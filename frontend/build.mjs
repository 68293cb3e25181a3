// Builds every island: frontend/<name>/main.ts and main.scss become static/dist/<name>.js and <name>.css.
// Output is named by the island; a hash of its content goes to manifest.json and from there into the URL,
// so that browsers may keep files for ever and still get a new one the moment it changes.
import { createHash } from "node:crypto";
import { existsSync, readdirSync } from "node:fs";
import { mkdir, readFile, readdir, rename, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import * as esbuild from "esbuild";
import * as sass from "sass";

const here = dirname(fileURLToPath(import.meta.url));
const root = dirname(here);
const out = join(root, "src/petajabatan/web/static/dist");
const islands = readdirSync(here, { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map((entry) => entry.name)
  .sort();

const options = {
  entryPoints: islands
    .filter((name) => existsSync(join(here, name, "main.ts")))
    .map((name) => ({ in: join(here, name, "main.ts"), out: name })),
  outdir: out,
  bundle: true,
  minify: true,
  format: "iife",
  target: ["es2022"],
  legalComments: "none",
  logLevel: "warning",
};

async function styles() {
  for (const name of islands) {
    const file = join(here, name, "main.scss");
    if (!existsSync(file)) continue;
    const { css } = sass.compile(file, {
      importers: [
        {
          // "pkg:x/y" looks in node_modules, wherever the build was started.
          findFileUrl: (url) =>
            url.startsWith("pkg:") ? pathToFileURL(join(root, "node_modules", url.slice(4))) : null,
        },
      ],
      quietDeps: true,
      silenceDeprecations: ["import"],
      logger: sass.Logger.silent,
    });
    const { code } = await esbuild.transform(css, { loader: "css", minify: true });
    await writeFile(join(out, `${name}.css`), code);
  }
  for (const gambar of ["ikon.svg", "merek.svg"]) {
    await writeFile(join(out, gambar), await readFile(join(here, "aplikasi", gambar)));
  }
}

async function manifest() {
  const hashes = {};
  for (const name of (await readdir(out)).sort()) {
    if (!/\.(js|css|svg)$/.test(name)) continue;
    hashes[name] = createHash("sha256").update(await readFile(join(out, name))).digest("hex").slice(0, 12);
  }
  await writeFile(join(out, "manifest.json.new"), `${JSON.stringify(hashes, null, 1)}\n`);
  await rename(join(out, "manifest.json.new"), join(out, "manifest.json"));
}

await mkdir(out, { recursive: true });
await styles();
if (process.argv.includes("--watch")) {
  const context = await esbuild.context({
    ...options,
    plugins: [{ name: "manifest", setup: (build) => build.onEnd(manifest) }],
  });
  await context.watch();
} else {
  await esbuild.build(options);
  await manifest();
}
