// The only file that touches the Jupyter model: plain messages in, plain messages out, and nothing lost unnoticed.
import type { FromKernel, ToKernel } from "./messages.ts";
import { Requests } from "./requests.ts";

/** What anywidget hands to `render`, as far as this widget uses it. */
export interface JupyterModel {
  on(event: string, callback: (...args: never[]) => void): void;
  off(event: string | null, callback?: (...args: never[]) => void): void;
  send(content: unknown): void;
  get(name: string): unknown;
  /** JupyterLab's, as far as it is used here; other front ends have others. */
  readonly widget_manager?: unknown;
}

type Body<M> = M extends { request: string } ? Omit<M, "request"> : never;
export type Ask = Body<ToKernel>;

export interface Channel {
  /** Sends a message and returns the name by which its answer can be told. */
  ask(message: Ask): string;
  close(): void;
}

const LOOK_EVERY_MS = 500;

/** Listens to the kernel; `lost` is called when its end of the line is gone, `late` when it has not heard of so many requests. */
export function connect(
  model: JupyterModel,
  receive: (message: FromKernel) => void,
  lost: () => void,
  late: (count: number) => void,
): Channel {
  const view = Math.random().toString(36).slice(2, 8);
  const requests = new Requests<ToKernel>();
  let count = 0;
  let unheard = 0;
  let timer: ReturnType<typeof setInterval> | undefined;
  const seconds = (): number => performance.now() / 1000;
  let second: SecondLine | null | undefined; // Null while it is opened, and where there is none.
  const send = (message: ToKernel): void => {
    try {
      if (second) second.send(message);
      else model.send(message);
    } catch {
      lost(); // The comm is closed: a kernel that was restarted, a widget that was closed.
    }
  };
  const look = (): void => {
    for (const message of requests.due(seconds())) {
      send(message);
      if (second === undefined) {
        second = null;
        void openSecondLine(model).then((line) => {
          second = line;
          if (line) send(message);
        });
      }
    }
    const waiting = requests.late(seconds());
    if (waiting !== unheard) late((unheard = waiting));
    if (requests.size === 0) {
      clearInterval(timer);
      timer = undefined;
    }
  };
  const onMessage = (content: FromKernel): void => {
    // Whatever answers a request says that it was heard, too.
    if ("request" in content) requests.heard(content.request);
    if (unheard > 0) look();
    if (content.kind !== "heard") receive(content);
  };
  const onLost = (): void => lost();
  model.on("msg:custom", onMessage);
  for (const event of LOST) model.on(event, onLost);
  return {
    ask(message) {
      const asked = { ...message, request: `${view}:${++count}` } as ToKernel;
      if (asked.kind !== "left") {
        requests.sent(asked, seconds());
        timer ??= setInterval(look, LOOK_EVERY_MS);
      }
      send(asked);
      return asked.request;
    },
    close() {
      clearInterval(timer);
      second?.close();
      model.off("msg:custom", onMessage);
      for (const event of LOST) model.off(event, onLost);
    },
  };
}

/** Backbone's events of an ipywidgets model whose comm is gone: a restarted or dead kernel, a closed widget. */
const LOST = ["comm_live_update", "comm:close", "destroy"];

/** A comm of JupyterLab's, as far as it is used here. */
interface SecondLine {
  open(data: unknown): void;
  send(data: unknown): void;
  close(): void;
  /** Settles when the comm has a subshell, which it has not where the kernel has none. */
  readonly subshellStarted?: Promise<void>;
}

const SUBSHELL_MS = 2000;

/** Opens another way to the kernel, see `second_line.py`; null in front ends that have none. */
async function openSecondLine(model: JupyterModel): Promise<SecondLine | null> {
  const manager = model.widget_manager as { kernel?: { createComm?(target: string): SecondLine } | null } | undefined;
  try {
    const comm = manager?.kernel?.createComm?.("nb_assets.lineage");
    if (!comm) return null;
    await Promise.race([comm.subshellStarted, new Promise((done) => setTimeout(done, SUBSHELL_MS))]);
    comm.open({ lineage: model.get("lineage_id") });
    return comm;
  } catch {
    return null; // The kernel is gone, which others say.
  }
}

/** The notebook around the widget, in front ends that let a widget see it. */
export interface NotebookPage {
  /** The notebook, as seen from the server's root. */
  readonly path: string;
  /** The place of a cell, -1 where there is none of that id. */
  cellAt(id: string): number;
  /** Shows a place in a document, as a link to it would: `#cell-id=…`, `#line=…`. */
  show(path: string, fragment: string): void;
}

/** What JupyterLab's and Notebook 7's widget manager has: the open document, and what follows links. */
interface LabManager {
  context?: { path?: unknown; model?: { cells?: { length: number; get(index: number): { id: string } } } };
  rendermime?: { linkHandler?: { handleLink(node: HTMLElement, path: string, id?: string): void } | null };
}

/** Returns the notebook around a widget; null in front ends that have no such thing to see. */
export function pageOf(model: JupyterModel): NotebookPage | null {
  const manager = model.widget_manager as LabManager | undefined;
  const { context } = manager ?? {};
  const links = manager?.rendermime?.linkHandler;
  if (typeof context?.path !== "string" || !links) return null;
  return {
    get path() {
      return String(context.path);
    },
    cellAt(id) {
      const cells = context.model?.cells;
      for (let i = 0; i < (cells?.length ?? 0); i++) if (cells?.get(i).id === id) return i;
      return -1;
    },
    show(path, fragment) {
      const link = document.createElement("a");
      links.handleLink(link, path, fragment);
      link.click();
    },
  };
}
