// What the map is compared with, and what came of it. Pure.
import type { Search } from "../state.ts";
import type { ChangesView, Mark, MomentView } from "./views.ts";

export interface Changing {
  /** The moment that is compared with; null while nothing is. */
  since: string | null;
  moments: readonly MomentView[];
  changes: ChangesView | null;
  /** Whether everything that is as it was steps back. */
  only: boolean;
}

export const UNCHANGING: Changing = { since: null, moments: [], changes: null, only: false };

/** A shape and a word each, so that no colour is needed to tell them apart. */
export const LOOKS: Record<Mark | "removed", { shape: string; word: string }> = {
  new: { shape: "+", word: "new" },
  edited: { shape: "~", word: "edited" },
  data: { shape: "◆", word: "new data" },
  removed: { shape: "−", word: "removed" },
};

export const marksInWords = (marks: readonly Mark[]): string => marks.map((mark) => `${LOOKS[mark].shape} ${LOOKS[mark].word}`).join("  ");

export function counts({ assets, removed }: ChangesView): [Mark | "removed", number][] {
  const of = (mark: Mark): number => assets.filter(({ marks }) => marks.includes(mark)).length;
  const all: [Mark | "removed", number][] = [["new", of("new")], ["edited", of("edited")], ["data", of("data")], ["removed", removed.length]];
  return all.filter(([, n]) => n > 0);
}

/** What stays in front on the map: what a search found, as far as it changed where only that is asked for. */
export function inFront(search: Search, { changes, only }: Changing): Pick<Search, "matches" | "groups"> {
  if (!only || !changes) return search;
  const keys = changes.assets.map(({ key }) => key);
  const { matches, groups } = search;
  if (matches === null) return { matches: new Set(keys), groups: changes.groups };
  const both = Object.entries(changes.groups).map(([name, n]): [string, number] => [name, Math.min(n, groups[name] ?? 0)]);
  return { matches: new Set(keys.filter((key) => matches.has(key))), groups: Object.fromEntries(both) };
}
