// How a candidate is put into what is being typed, and which of its letters are marked. Pure.
import type { CandidateView } from "./views.ts";

export interface Taken {
  text: string;
  /** Where the cursor is then. */
  at: number;
  /** Whether something has to follow, so that what is offered next is of interest. */
  goesOn: boolean;
}

export function taken(text: string, start: number, end: number, candidate: CandidateView): Taken {
  const at = start + candidate.text.length;
  return {
    text: text.slice(0, start) + candidate.text + text.slice(end),
    at,
    goesOn: /[:(\s]$/.test(candidate.text) || candidate.text === "+",
  };
}

/** A name in pieces: those that match what was typed, and those between them. */
export function pieces(name: string, hits: readonly (readonly [number, number])[]): { text: string; hit: boolean }[] {
  const found: { text: string; hit: boolean }[] = [];
  let at = 0;
  for (const [begin, end] of hits) {
    if (begin > at) found.push({ text: name.slice(at, begin), hit: false });
    found.push({ text: name.slice(begin, end), hit: true });
    at = end;
  }
  if (at < name.length) found.push({ text: name.slice(at), hit: false });
  return found;
}
