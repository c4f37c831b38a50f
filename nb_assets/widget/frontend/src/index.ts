// What anywidget loads: one view of the lineage per call.
import { App } from "./app.tsx";
import type { JupyterModel } from "./model.ts";

function render({ model, el }: { model: JupyterModel; el: HTMLElement }): () => void {
  const app = new App(model, el);
  return () => app.close();
}

export default { render };
