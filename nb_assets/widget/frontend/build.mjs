// Builds the bundle that is committed in ../static. With --watch it rebuilds on every save, for hot reload
// (ANYWIDGET_HMR=1). The output depends on the sources and package-lock.json alone, so that CI can compare it.
import { fileURLToPath } from "node:url";
import path from "node:path";
import { build, context } from "esbuild";

const here = path.dirname(fileURLToPath(import.meta.url));
const out = path.resolve(process.env.NB_ASSETS_STATIC ?? path.join(here, "../static"));

const options = {
  absWorkingDir: here,
  entryPoints: { lineage: "src/index.ts", browser: "src/browser/index.tsx", picker: "src/picker/index.tsx" },
  outdir: out,
  bundle: true,
  format: "esm",
  target: "es2022",
  charset: "utf8",
  minify: true,
  legalComments: "none",
  // Calls of `h`, and not of the automatic runtime as in the tests: that is a fortieth of the bundle.
  tsconfigRaw: {},
  jsx: "transform",
  jsxFactory: "h",
  jsxFragment: "Fragment",
  inject: ["src/jsx.ts"],
  logLevel: "info",
};
// The panes follow their map: one module, which is given the map's Preact.
const panes = {
  ...options,
  entryPoints: { panes: "src/panes/index.ts" },
  format: "iife",
  globalName: "Panes",
  banner: { js: "export default (shared) => {" },
  footer: { js: "return Panes; };" },
  alias: {
    "preact/hooks": "./src/shared/hooks.ts",
    preact: "./src/shared/preact.ts",
  },
};
const styles = { ...options, entryPoints: { lineage: "src/styles/lineage.css", browser: "src/styles/browser.css" } };

if (process.argv.includes("--watch")) {
  for (const each of [options, panes, styles]) await (await context(each)).watch();
} else {
  for (const each of [options, panes, styles]) await build(each);
}
