// Commands about runs that are under way or wait: stop them, look at them, look at what came of them.
import { isRunning } from "../runs.ts";
import { noKernel, type Command, type Desk } from "./command.ts";

export function runningCommands({ store, ask }: Desk): Command[] {
  const nothing = (): string => {
    const { run } = store.get();
    return isRunning(run) && run.state !== "cancelling" ? "" : "Nothing runs";
  };
  return [
    {
      id: "cancel",
      section: "Run",
      title: "Cancel",
      keys: ["x"],
      menus: [],
      off: (state) => noKernel(state) || nothing(),
      run() {
        const { run } = store.get();
        if (!isRunning(run)) return;
        store.set({ run: { ...run, state: "cancelling" } });
        ask({ kind: "cancel", run_id: run.run_id });
      },
    },
    {
      id: "cancel-all",
      section: "Run",
      title: "Cancel all runs",
      keys: ["X"],
      menus: ["map"],
      off: (state) => noKernel(state) || (isRunning(state.run) ? "" : "Nothing runs"),
      run() {
        const { run, runs } = store.get();
        if (isRunning(run)) store.set({ run: { ...run, state: "cancelling" }, runs: { ...runs, queue: [], queueOpen: false } });
        ask({ kind: "cancel", run_id: "" });
      },
    },
    {
      id: "queue",
      section: "Run",
      title: "Show the runs that wait",
      keys: ["q"],
      menus: ["map"],
      off: (state) => (state.runs.queue.length > 0 ? "" : "No run waits"),
      run() {
        const { runs } = store.get();
        store.set({ runs: { ...runs, queueOpen: !runs.queueOpen } });
      },
    },
  ];
}
