// Loads the bundle of the panes, whose text the kernel sends when the map is painted.
import * as preact from "preact";
import * as hooks from "preact/hooks";

export type Panes = typeof import("./panes/index.ts");

interface Module {
  default(shared: { preact: typeof preact; hooks: typeof hooks }): Panes;
}

/** Makes panes of the text of their bundle; they share this bundle's Preact. */
export async function panesOf(source: string): Promise<Panes> {
  // As anywidget loads this bundle itself: whatever page allows the one allows the other.
  const address = URL.createObjectURL(new Blob([source], { type: "text/javascript" }));
  try {
    const module = (await import(/* @vite-ignore */ address)) as Module;
    return module.default({ preact, hooks });
  } finally {
    URL.revokeObjectURL(address);
  }
}
