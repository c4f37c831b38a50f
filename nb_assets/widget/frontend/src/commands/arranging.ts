// Commands that have the kernel place everything another way.
import type { State } from "../state.ts";
import type { Direction } from "../views.ts";
import { noKernel, type Command, type Desk } from "./command.ts";

export function arrangingCommands({ store, canvas, ask }: Desk): Command[] {
  const arrange = (anew: boolean, turn: (direction: Direction) => Direction): void => {
    const { view } = store.get();
    if (!view) return;
    const collapsed = view.groups.filter((group) => group.collapsed).map((group) => group.name);
    canvas.fitNext();
    ask({ kind: "arrange", collapsed, direction: turn(view.direction), anew });
  };
  const foldAll = (shut: boolean): void => {
    const { view } = store.get();
    if (!view) return;
    canvas.fitNext();
    const collapsed = shut ? view.groups.map((group) => group.name) : [];
    ask({ kind: "arrange", collapsed, direction: view.direction, anew: false });
  };
  const none = (state: State, folded: boolean): string =>
    noKernel(state) || (state.view?.groups.some((group) => group.collapsed === folded) ? "" : `No group is ${folded ? "folded" : "open"}`);
  return [
    {
      id: "unfold-all",
      section: "View",
      title: "Unfold all groups",
      menus: ["map"],
      off: (state) => none(state, true),
      run: () => foldAll(false),
    },
    {
      id: "fold-all",
      section: "View",
      title: "Fold all groups",
      menus: ["map"],
      off: (state) => none(state, false),
      run: () => foldAll(true),
    },
    {
      id: "turn",
      section: "View",
      title: (state) => (state.view?.direction === "TB" ? "Draw from left to right" : "Draw from top to bottom"),
      keys: ["d"],
      menus: ["map"],
      off: noKernel,
      run: () => arrange(false, (direction) => (direction === "LR" ? "TB" : "LR")),
    },
    {
      id: "arrange-anew",
      section: "View",
      title: "Arrange anew",
      menus: ["map"],
      off: noKernel,
      run: () => arrange(true, (direction) => direction),
    },
  ];
}
