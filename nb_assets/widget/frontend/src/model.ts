// The only file that touches the Jupyter model: plain messages in, plain messages out.
import type { FromKernel, ToKernel } from "./messages.ts";

/** What anywidget hands to `render`, as far as this widget uses it. */
export interface JupyterModel {
  on(event: string, callback: (...args: never[]) => void): void;
  off(event: string | null, callback?: (...args: never[]) => void): void;
  send(content: unknown): void;
}

type Body<M> = M extends { request: string } ? Omit<M, "request"> : never;
export type Ask = Body<ToKernel>;

export interface Channel {
  /** Sends a message and returns the name by which its answer can be told. */
  ask(message: Ask): string;
  close(): void;
}

/** Listens to the kernel; `lost` is called once when its end of the line is gone. */
export function connect(
  model: JupyterModel,
  receive: (message: FromKernel) => void,
  lost: () => void,
): Channel {
  const view = Math.random().toString(36).slice(2, 8);
  let count = 0;
  const onMessage = (content: FromKernel): void => receive(content);
  const onLost = (): void => lost();
  model.on("msg:custom", onMessage);
  for (const event of LOST) model.on(event, onLost);
  return {
    ask(message) {
      const request = `${view}:${++count}`;
      try {
        model.send({ ...message, request });
      } catch {
        lost(); // The comm is closed: a kernel that was restarted, a widget that was closed.
      }
      return request;
    },
    close() {
      model.off("msg:custom", onMessage);
      for (const event of LOST) model.off(event, onLost);
    },
  };
}

/** Backbone's events of an ipywidgets model whose comm is gone: a restarted or dead kernel, a closed widget. */
const LOST = ["comm_live_update", "comm:close", "destroy"];
