// Commands that run assets, and that stop what runs.
import { isRunning, target } from "../state.ts";
import { keysOf, noKernel, type Command, type Desk } from "./command.ts";

export function runningCommands({ store, ask }: Desk): Command[] {
  return [
    {
      id: "materialize",
      section: "Run",
      title: "Materialize",
      keys: ["m"],
      menus: ["asset"],
      off: noKernel,
      run(subject) {
        const state = store.get();
        const keys = keysOf(state, subject);
        const aim = keys.length > 0 ? target({ ...state, picked: keys }) : target(state);
        if (aim.keys.length > 0) ask({ kind: "materialize", ...aim });
      },
    },
    {
      id: "materialize-stale",
      section: "Run",
      title: "Materialize stale",
      menus: [],
      off: (state) => noKernel(state) || (state.stale === 0 ? "Nothing is stale or missing" : ""),
      run: () => void ask({ kind: "materialize_stale" }),
    },
    {
      id: "cancel",
      section: "Run",
      title: "Cancel",
      menus: [],
      off: (state) => noKernel(state) || (isRunning(state.run) && state.run.state !== "cancelling" ? "" : "Nothing runs"),
      run() {
        const { run } = store.get();
        if (isRunning(run)) store.set({ run: { ...run, state: "cancelling" } });
        ask({ kind: "cancel" });
      },
    },
  ];
}
