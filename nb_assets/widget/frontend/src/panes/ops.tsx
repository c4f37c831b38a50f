// The ops of a graph asset in its last run: what came of each, how often it was tried, how long all of it took.
import type { JSX } from "preact";
import type { OpView } from "../views.ts";
import { duration } from "../format.ts";

const WORDS: Record<string, string> = { success: "done", failure: "failed", resumed: "kept from before", retry: "tried again" };

export function Ops({ ops }: { ops: OpView[] }): JSX.Element {
  const longest = Math.max(...ops.map((op) => op.duration), 1e-9);
  return (
    <table class="nbl-versions nbl-ops">
      <tbody>
        {ops.map((op) => (
          <tr data-op={op.name} data-outcome={op.outcome} title={op.error}>
            <td class="nbl-version">{op.name}</td>
            <td>{outcome(op)}</td>
            <td class="nbl-span">
              <span class="nbl-span-bar" style={{ width: `${Math.max(4, (op.duration / longest) * 100)}%` }} />
            </td>
            <td class="nbl-number">{op.attempts > 0 ? duration(op.duration) : ""}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** Says in words what came of an op: "done, 3 attempts". */
export function outcome(op: OpView): string {
  const word = WORDS[op.outcome] ?? op.outcome;
  return op.attempts > 1 ? `${word}, ${op.attempts} attempts` : word;
}

/** Names the op that a failed asset would go on from, where an op before it gave something; else null. */
export function resumesFrom({ status, ops }: { status: string; ops: OpView[] }): string | null {
  const failed = ops.find((op) => op.outcome === "failure");
  const kept = ops.some((op) => op.outcome === "success" || op.outcome === "resumed");
  return status === "failed" && kept ? failed?.name ?? null : null;
}
