// The command that compares the map with an earlier moment.
import type { ChangesDesk } from "../changes/desk.ts";
import { noKernel, type Command } from "./command.ts";

export function changingCommands(desk: ChangesDesk): Command[] {
  return [
    {
      id: "changes",
      section: "View",
      title: (state) => (state.changing.since === null ? "What changed since…" : "Hide what changed"),
      keys: ["w"],
      menus: ["map"],
      off: noKernel,
      run: desk.toggle,
    },
  ];
}
