// Commands about one asset or a group: what its card, its pane and its menu offer beside runs.
import { noKernel, type Command, type Desk } from "./command.ts";

export function assetCommands({ store, go }: Desk, fold: (group: string) => void): Command[] {
  return [
    {
      id: "open",
      section: "Asset",
      title: "Open details",
      keys: ["Enter"],
      menus: ["asset"],
      off: noKernel,
      run: (subject) => subject.kind === "asset" && go(subject.key),
    },
    {
      id: "fold",
      section: "Asset",
      title: (state, subject) =>
        state.view?.groups.some((group) => subject.kind === "group" && group.name === subject.name && group.collapsed)
          ? "Unfold the group"
          : "Fold the group",
      keys: ["Enter", " "],
      menus: ["group"],
      off: () => noKernel(store.get()),
      run: (subject) => subject.kind === "group" && fold(subject.name),
    },
  ];
}
