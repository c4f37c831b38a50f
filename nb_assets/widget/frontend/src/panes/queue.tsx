// The runs that wait for their turn: what each is for, and a button that takes it out.
import type { JSX } from "preact";
import type { WaitingView } from "../run_views.ts";
import { describeWaiting } from "../run_words.ts";
import { CLOSE, Icon } from "./icons.tsx";

interface Props {
  queue: readonly WaitingView[];
  onDrop(runId: string): void;
  onCancelAll(): void;
  onClose(): void;
}

export function Queue({ queue, onDrop, onCancelAll, onClose }: Props): JSX.Element {
  return (
    <section class="nbl-popover nbl-queue" role="dialog" aria-label="Waiting runs" data-lm-suppress-shortcuts="true">
      <header>
        <h3>Waiting runs</h3>
        <button type="button" class="nbl-button nbl-quiet" aria-label="Close" title="Close (Esc)" onClick={onClose}>
          <Icon path={CLOSE} />
        </button>
      </header>
      <ol>
        {queue.map((run) => (
          <li key={run.run_id}>
            <span title={describeWaiting(run)}>{describeWaiting(run)}</span>
            <button type="button" class="nbl-button nbl-short" aria-label={`Remove ${run.what}`} onClick={() => onDrop(run.run_id)}>
              Remove
            </button>
          </li>
        ))}
      </ol>
      <footer>
        <button type="button" class="nbl-button nbl-cancel" onClick={onCancelAll}>
          Cancel all
        </button>
      </footer>
    </section>
  );
}
