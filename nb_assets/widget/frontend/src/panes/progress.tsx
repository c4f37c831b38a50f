// The thin bar under the toolbar, and the words below it: how the run goes, what waits behind it, what came of it.
import type { JSX } from "preact";
import { count, duration } from "../format.ts";
import { describeRun, doing, outcomes, remaining } from "../run_words.ts";
import type { RunView, WaitingView } from "../run_views.ts";
import { isRunning } from "../runs.ts";

const SHOWN_FOR = 20; // Seconds that a run that went well is still told of.

interface Props {
  run: RunView | null;
  queue: readonly WaitingView[];
  queueOpen: boolean;
  now: number;
  onQueue(): void;
  /** Brings the assets of which that came to the fore. */
  onLook(outcome: string): void;
}

export function Progress({ run, queue, queueOpen, now, onQueue, onLook }: Props): JSX.Element {
  const running = isRunning(run);
  const share = run && run.total > 0 ? run.done / run.total : 0;
  const shown = run && (running || run.state !== "success" || now - run.started - (run.duration ?? 0) < SHOWN_FOR);
  return (
    <div class="nbl-progress-row" data-state={run?.state ?? "none"}>
      {running && (
        <div
          class="nbl-progress"
          role="progressbar"
          aria-label="Run"
          aria-valuemin={0}
          aria-valuemax={run.total}
          aria-valuenow={run.done}
          aria-valuetext={describeRun(run, now, queue)}
        >
          <div class="nbl-progress-bar" style={{ width: `${Math.max(2, share * 100)}%` }} />
        </div>
      )}
      {shown && (
        <div class="nbl-progress-text">
          {running ? <Going run={run} now={now} onLook={onLook} /> : <Ended run={run} onLook={onLook} />}
          {queue.length > 0 && (
            <button type="button" class="nbl-part" aria-expanded={queueOpen} aria-haspopup="dialog" title="What waits for its turn (Q)" onClick={onQueue}>
              {count(queue.length, "run")} waiting
            </button>
          )}
        </div>
      )}
    </div>
  );
}

function Going({ run, now, onLook }: { run: RunView; now: number; onLook(outcome: string): void }): JSX.Element {
  const left = run.state === "cancelling" ? "" : remaining(run, now);
  const trouble = outcomes(run).filter(({ outcome }) => outcome === "failed" || outcome === "skipped");
  return (
    <>
      <span>{run.done.toLocaleString("en-US")} of {run.total.toLocaleString("en-US")}</span>
      <span class="nbl-doing">{doing(run)}</span>
      <span title="Since the run began">{duration(Math.max(0, now - run.started))}</span>
      {left !== "" && (
        <span class="nbl-left" title={left.startsWith("over") ? "Some of it never ran before" : "As long as it took last time"}>{left}</span>
      )}
      {trouble.map((part) => <Part key={part.outcome} {...part} onLook={onLook} />)}
      {run.checks !== "" && <span>{run.checks}</span>}
    </>
  );
}

function Ended({ run, onLook }: { run: RunView; onLook(outcome: string): void }): JSX.Element {
  const parts = outcomes(run);
  if (run.state === "success" && run.checks === "" && parts.every(({ outcome }) => outcome === "fresh")) {
    return <span>All fresh: nothing to run</span>;
  }
  return (
    <>
      {run.state === "cancelled" && <span>Cancelled</span>}
      {parts.map((part) => <Part key={part.outcome} {...part} onLook={onLook} />)}
      {run.checks !== "" && <span>{run.checks}</span>}
      {run.duration !== null && <span>{duration(run.duration)}</span>}
    </>
  );
}

function Part({ outcome, text, onLook }: { outcome: string; text: string; onLook(outcome: string): void }): JSX.Element {
  return (
    <button type="button" class="nbl-part" data-outcome={outcome} title={`Show what ${WAS[outcome] ?? outcome}`} onClick={() => onLook(outcome)}>
      {text}
    </button>
  );
}

const WAS: Record<string, string> = {
  materialized: "was materialized",
  restored: "was restored",
  fresh: "was fresh",
  skipped: "was left out",
};
