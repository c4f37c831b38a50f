// Commands that have the kernel place everything another way.
import type { State } from "../state.ts";
import type { Direction } from "../views.ts";
import { noKernel, type Command, type Desk } from "./command.ts";

export function arrangingCommands({ store, canvas, ask }: Desk): Command[] {
  const arrange = (change: { folded?: boolean; direction?: Direction; anew?: boolean }): void => {
    const { view } = store.get();
    if (!view) return;
    const collapsed = view.groups.filter((group) => change.folded ?? group.collapsed).map((group) => group.name);
    canvas.fitNext();
    ask({ kind: "arrange", collapsed, direction: change.direction ?? view.direction, anew: change.anew ?? false });
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
      run: () => arrange({ folded: false }),
    },
    {
      id: "fold-all",
      section: "View",
      title: "Fold all groups",
      menus: ["map"],
      off: (state) => none(state, false),
      run: () => arrange({ folded: true }),
    },
    {
      id: "turn",
      section: "View",
      title: (state) => (state.view?.direction === "TB" ? "Draw from left to right" : "Draw from top to bottom"),
      keys: ["d"],
      menus: ["map"],
      off: noKernel,
      run: () => arrange({ direction: store.get().view?.direction === "TB" ? "LR" : "TB" }),
    },
    {
      id: "arrange-anew",
      section: "View",
      title: "Arrange anew",
      menus: ["map"],
      off: noKernel,
      run: () => arrange({ anew: true }),
    },
  ];
}
