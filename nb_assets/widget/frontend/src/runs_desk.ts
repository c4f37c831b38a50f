// What the panes about runs do when they are pressed: the preview, the queue, and what came of a run.
import type { Command, Desk, Subject } from "./commands/command.ts";
import { foresee } from "./commands/materializing.ts";
import type { FromKernel } from "./messages.ts";
import { isRunning, type Runs } from "./runs.ts";
import type { State } from "./state.ts";

const AIM_MS = 150;

export class RunsDesk {
  private aimed: ReturnType<typeof setTimeout> | undefined;
  private ticking: ReturnType<typeof setInterval> | undefined;
  private asked = "";
  private focusBefore: Element | null = null;

  constructor(
    private readonly desk: Desk,
    private readonly search: (text: string) => void,
  ) {}

  private get runs(): Runs {
    return this.desk.store.get().runs;
  }
  private set(change: Partial<Runs>): void {
    this.desk.store.set({ runs: { ...this.runs, ...change } });
  }

  /** Has the menu say what a command would run, once it is stayed at. */
  aim = (command: Command, subject: Subject): void => {
    clearTimeout(this.aimed);
    const state = this.desk.store.get();
    if (command.on) return; // It changes what the others would run, and says nothing itself.
    const wish = (command.off?.(state, subject) ?? "") === "" ? (command.wish?.(state, subject) ?? null) : null;
    if (wish === null) this.set({ preview: null });
    else this.aimed = setTimeout(() => this.desk.store.get().menu !== null && foresee(this.desk, wish, false), AIM_MS);
  };
  private menuClosed(): void {
    clearTimeout(this.aimed);
    if (this.desk.store.get().menu !== null) return;
    const { preview, force } = this.runs;
    if (force || (preview && !preview.pinned)) this.set({ force: false, preview: preview?.pinned ? preview : null });
  }

  /** Takes note of how many requests the kernel has not heard of for long. */
  late = (unheard: number): void => this.set({ unheard });

  /** Has the clocks on the cards tick that are running. */
  after(state: State, before: State): void {
    const { run, runs } = state;
    const opens = runs.preview?.pinned === true && before.runs.preview?.pinned !== true;
    if (opens) this.focusBefore = document.activeElement;
    // Once the command that was chosen in it has run.
    if (before.menu !== null && state.menu === null) queueMicrotask(() => this.menuClosed());
    if (run === before.run) return;
    if (run?.step_started !== before.run?.step_started || run?.expected !== before.run?.expected) {
      this.desk.canvas.retell([...(before.run?.current ?? []), ...(run?.current ?? [])]);
    }
    if (isRunning(run) === (this.ticking !== undefined)) return;
    clearInterval(this.ticking);
    this.ticking = isRunning(run) ? setInterval(() => this.desk.canvas.retell(this.desk.store.get().run?.current ?? []), 1000) : undefined;
  }

  close(): void {
    clearTimeout(this.aimed);
    clearInterval(this.ticking);
  }

  // The preview that stands on its own

  closePreview = (): void => {
    this.set({ preview: null });
    if (this.focusBefore instanceof HTMLElement || this.focusBefore instanceof SVGElement) this.focusBefore.focus();
  };
  runPreview = (): void => {
    const { preview } = this.runs;
    if (!preview) return;
    this.desk.ask({ kind: "materialize", wish: preview.wish });
    this.closePreview();
  };
  forcePreview = (force: boolean): void => {
    const { preview } = this.runs;
    if (preview) foresee(this.desk, { ...preview.wish, force }, true);
  };

  // The queue

  drop = (runId: string): void => {
    const queue = this.runs.queue.filter((run) => run.run_id !== runId);
    this.set({ queue, queueOpen: queue.length > 0 });
    this.desk.ask({ kind: "cancel", run_id: runId });
  };
  closeQueue = (): void => this.set({ queueOpen: false });

  // What came of a run

  /** Brings the assets of which that came to the fore: those that failed by a search, the others by picking them. */
  look = (outcome: string): void => {
    const { run } = this.desk.store.get();
    if (run === null) return;
    this.search(outcome === "failed" ? "status:failed" : "");
    if (outcome !== "failed") this.asked = this.desk.ask({ kind: "ask_outcome", run_id: run.run_id, outcome });
  };

  receive(message: FromKernel): void {
    const { run, view } = this.desk.store.get();
    if (message.kind === "outcome" && message.request === this.asked) {
      this.desk.store.set({ picked: message.keys });
      this.desk.say(`${message.keys.length} picked`);
      const first = message.keys.find((key) => view?.nodes.some((node) => node.key === key));
      if (first !== undefined) this.desk.canvas.reveal(first);
    }
    const changed = message.kind === "graph" || (message.kind === "patch" && message.nodes.length > 0 && !isRunning(run));
    const { preview } = this.runs;
    if (changed && preview?.pinned) foresee(this.desk, preview.wish, true);
  }

  /** Closes what is open of the panes about runs; tells whether anything was. */
  escape(): boolean {
    const { preview, queueOpen } = this.runs;
    if (preview?.pinned) this.closePreview();
    else if (queueOpen) this.closeQueue();
    else return false;
    return true;
  }
}
