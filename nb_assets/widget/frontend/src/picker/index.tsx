// What anywidget loads: one view in which two versions are picked and compared.
import { render as draw } from "preact";
import { lineOf } from "../line.ts";
import type { JupyterModel } from "../model.ts";
import { Picker, type Version } from "./picker.tsx";

interface PickerModel extends JupyterModel {
  get(name: "versions"): Version[];
}

function render({ model, el }: { model: PickerModel; el: HTMLElement }): () => void {
  draw(<Picker line={lineOf(model)} versions={model.get("versions")} />, el);
  return () => draw(null, el);
}

export default { render };
