// Asks the kernel what differs from an earlier moment, and asks again whenever something may have changed since.
import type { Desk } from "../commands/command.ts";
import { count } from "../format.ts";
import type { FromKernel } from "../messages.ts";
import { UNCHANGING } from "./state.ts";

const SOON_MS = 250;
const FIRST = "before_run";
const WITHOUT_RUNS = "kernel";

export class ChangesDesk {
  private asked = "";
  private soon: ReturnType<typeof setTimeout> | undefined;

  constructor(private readonly desk: Pick<Desk, "store" | "ask" | "say">) {}

  close(): void {
    clearTimeout(this.soon);
  }

  toggle = (): void => {
    if (this.desk.store.get().changing.since === null) this.choose(FIRST);
    else this.stop();
  };

  choose = (since: string): void => {
    const { store, ask } = this.desk;
    store.set({ changing: { ...store.get().changing, since } });
    this.asked = ask({ kind: "ask_changes", since });
  };

  stop = (): void => {
    this.asked = "";
    clearTimeout(this.soon);
    this.desk.store.set({ changing: UNCHANGING });
  };

  only = (only: boolean): void => {
    const { store } = this.desk;
    store.set({ changing: { ...store.get().changing, only } });
  };

  /** Takes note of what the kernel says: an answer, or something after which the answer may be another. */
  hear(message: FromKernel): void {
    const { store, say } = this.desk;
    const { changing } = store.get();
    if (changing.since === null) return;
    if (message.kind === "changes") {
      if (message.request !== this.asked) return;
      if (message.changes === null) {
        if (changing.since !== WITHOUT_RUNS) this.choose(WITHOUT_RUNS);
        return;
      }
      if (changing.changes === null) {
        say(`${count(message.changes.assets.length, "asset")} changed since ${message.changes.since.label}`);
      }
      store.set({ changing: { ...changing, moments: message.moments, changes: message.changes } });
    } else if (message.kind === "graph" || (message.kind === "patch" && message.nodes.length > 0)) {
      clearTimeout(this.soon);
      this.soon = setTimeout(() => {
        const { since } = store.get().changing;
        if (since !== null) this.asked = this.desk.ask({ kind: "ask_changes", since });
      }, SOON_MS);
    }
  }
}
