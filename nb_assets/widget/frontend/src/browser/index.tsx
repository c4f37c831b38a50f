// What anywidget loads: one view of a diff's browser per call.
import { render as draw } from "preact";
import type { JupyterModel } from "../model.ts";
import { Browser, type Line } from "./browser.tsx";
import type { FromKernel, PageAsked } from "./messages.ts";
import { PAGE } from "./question.ts";

interface BrowserModel extends JupyterModel {
  get(name: "total"): number;
}

/** Backbone's events of an ipywidgets model whose comm is gone. */
const LOST = ["comm_live_update", "comm:close", "destroy"];

function lineOf(model: BrowserModel): Line {
  const view = Math.random().toString(36).slice(2, 8);
  let count = 0;
  let lose = (): void => undefined;
  return {
    ask(question) {
      const message: PageAsked = { kind: "page", request: `${view}:${++count}`, length: PAGE, ...question };
      try {
        model.send(message);
      } catch {
        lose(); // The comm is closed: a kernel that was restarted, a widget that was closed.
      }
    },
    listen(receive, lost) {
      lose = lost;
      // Every view of the model hears every answer; only the last question of this one counts.
      const onMessage = (content: FromKernel): void => {
        if (content.request === `${view}:${count}`) receive(content);
      };
      model.on("msg:custom", onMessage);
      for (const event of LOST) model.on(event, lost);
      return () => {
        model.off("msg:custom", onMessage);
        for (const event of LOST) model.off(event, lost);
      };
    },
  };
}

function render({ model, el }: { model: BrowserModel; el: HTMLElement }): () => void {
  draw(<Browser line={lineOf(model)} total={model.get("total")} />, el);
  return () => draw(null, el);
}

export default { render };
