// What a click means to run: the words of a wish, for the kernel and for people.
import type { Subject } from "./commands/command.ts";
import { keysOf } from "./commands/command.ts";
import { count } from "./format.ts";
import type { Wish } from "./messages.ts";
import { target, type State } from "./state.ts";

export type Reach = Wish["reach"];

export const wishFor = (what: Wish["what"], force = false, keys: readonly string[] = []): Wish => ({
  what,
  keys: [...keys],
  groups: [],
  reach: "only",
  force,
});

/** The assets that were pointed at, or that are picked or found; null where there are none. */
export function wishOf(state: State, subject: Subject, reach: Reach, force: boolean): Wish | null {
  if (subject.kind === "group") return { ...wishFor("assets", force), groups: [subject.name], reach };
  const pointed = keysOf(state, subject);
  const aim = pointed.length > 0 ? target({ ...state, picked: pointed }) : target(state);
  if (aim.keys.length === 0) return null;
  // What was picked by hand though it is fresh is meant to run again; not all that hangs on it.
  return { ...wishFor("assets", force || (aim.force && reach === "only"), aim.keys), reach };
}

/** Says what a wish is for: "daily with upstream", "2 assets", "what is stale". */
export function inWords({ what, keys, groups, reach }: Wish): string {
  if (what === "all") return "everything";
  if (what === "stale") return "what is stale";
  if (what === "failed") return keys.length === 1 ? `${keys[0]}, from where it failed` : "what failed";
  const named = [...groups.map((name) => `group ${name}`), ...(keys.length === 1 ? keys : [])];
  if (keys.length > 1) named.push(count(keys.length, "asset"));
  const far = { only: "", upstream: " with upstream", downstream: " with downstream" }[reach];
  return named.join(", ") + far;
}
