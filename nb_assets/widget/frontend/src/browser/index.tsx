// What anywidget loads: one view of a diff's browser per call.
import { render as draw } from "preact";
import { lineOf } from "../line.ts";
import type { JupyterModel } from "../model.ts";
import { Browser } from "./browser.tsx";

interface BrowserModel extends JupyterModel {
  get(name: "total"): number;
}

function render({ model, el }: { model: BrowserModel; el: HTMLElement }): () => void {
  draw(<Browser line={lineOf(model)} total={model.get("total")} />, el);
  return () => draw(null, el);
}

export default { render };
