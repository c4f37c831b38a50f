// The second line of a card: what matters of an asset now.
import { age } from "./format.ts";
import type { RunView } from "./run_views.ts";
import { elapsed } from "./run_words.ts";
import type { NodeView } from "./views.ts";

/** How long it has been running, why it is stale or how it failed, else what it is and how old; moments in seconds. */
export function cardLine(node: NodeView, made: number | undefined, run: RunView | null, now: number): string {
  const running = elapsed(run, node.key, now);
  if (running !== "") return running;
  if (node.reason !== "") return node.reason.replaceAll("`", "").replace(/\s+/g, " ");
  const old = node.status === "fresh" && made !== undefined ? age(made, now) : "";
  return [node.detail, old].filter(Boolean).join(" · ");
}
