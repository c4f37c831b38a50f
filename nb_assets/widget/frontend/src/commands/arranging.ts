// Commands that have the kernel place everything another way.
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
  return [
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
