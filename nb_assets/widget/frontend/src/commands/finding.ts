// Commands that find assets, and that narrow down what is shown.
import { focusOn } from "../finding/focus.ts";
import type { Finder } from "../finding/finder.ts";
import { isHiding } from "../finding/state.ts";
import { noKernel, type Command, type Desk } from "./command.ts";

export function findingCommands({ store }: Desk, finder: Finder, root: HTMLElement): Command[] {
  return [
    {
      id: "search",
      section: "Find",
      title: "Search",
      keys: ["/"],
      menus: [],
      run: () => root.querySelector<HTMLInputElement>("[role=searchbox]")?.focus(),
    },
    {
      id: "focus",
      section: "Find",
      title: "Focus on neighbourhood",
      keys: ["n"],
      menus: ["asset"],
      off: (state, subject) =>
        noKernel(state) || (subject.kind === "asset" || state.picked.length > 0 ? "" : "Pick an asset first"),
      run(subject) {
        const key = subject.kind === "asset" ? subject.key : store.get().picked.at(-1);
        if (key !== undefined) finder.focus(focusOn(key));
      },
    },
    {
      id: "hide",
      section: "Find",
      title: (state) => (isHiding(state.finding) ? "Show what does not match" : "Hide what does not match"),
      keys: ["h"],
      menus: ["map"],
      off: (state) =>
        noKernel(state) ||
        (isHiding(state.finding) || (state.search.matches?.size ?? 0) > 0 ? "" : "Search or filter first"),
      run: () => finder.hide(!isHiding(store.get().finding)),
    },
    {
      id: "widen",
      section: "Find",
      title: "Show all assets again",
      menus: ["map"],
      off: (state) => noKernel(state) || (state.finding.scope === null ? "All assets are shown" : ""),
      run: finder.widen,
    },
    {
      id: "list",
      section: "View",
      title: (state) => (state.finding.shape === "list" ? "Show the map" : "Show as a list"),
      keys: ["l"],
      menus: ["map"],
      off: (state) => (state.ready ? "" : noKernel(state)),
      run: (subject) => finder.show(store.get().finding.shape === "list" ? "map" : "list", subject.kind === "asset" ? subject.key : null),
    },
    {
      id: "minimap",
      section: "View",
      title: (state) => (state.finding.minimap ? "Hide the minimap" : "Show the minimap"),
      menus: ["map"],
      run: finder.minimap,
    },
  ];
}
