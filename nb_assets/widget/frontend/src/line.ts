// Questions and answers of a small widget: each view hears the answer to its own last question alone.
import type { JupyterModel } from "./model.ts";

export interface Line<Question, Answer> {
  ask(question: Question): void;
  /** Calls back with each answer, and once when the kernel's end is gone; returns how to end that. */
  listen(receive: (answer: Answer) => void, lost: () => void): () => void;
}

/** Backbone's events of an ipywidgets model whose comm is gone. */
const LOST = ["comm_live_update", "comm:close", "destroy"];

export function lineOf<Question extends object, Answer extends { request: string }>(
  model: JupyterModel,
): Line<Question, Answer> {
  const view = Math.random().toString(36).slice(2, 8);
  let count = 0;
  let lose = (): void => undefined;
  return {
    ask(question) {
      try {
        model.send({ ...question, request: `${view}:${++count}` });
      } catch {
        lose(); // The comm is closed: a kernel that was restarted, a widget that was closed.
      }
    },
    listen(receive, lost) {
      lose = lost;
      // Every view of the model hears every answer; only the last question of this one counts.
      const onMessage = (content: Answer): void => {
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
