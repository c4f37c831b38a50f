// A neighbourhood in the words of who looks at it: how far, and which way. Pure.
import type { FocusView } from "./views.ts";

type Way = "up" | "both" | "down";
/** Null for all steps. */
type Depth = number | null;

export const WAYS: readonly { way: Way; title: string }[] = [
  { way: "up", title: "Upstream" },
  { way: "both", title: "Both" },
  { way: "down", title: "Downstream" },
];
export const DEPTHS: readonly Depth[] = [1, 2, 3, null];

export function wayOf({ up, down }: FocusView): Way {
  return down === 0 && up !== 0 ? "up" : up === 0 && down !== 0 ? "down" : "both";
}

export function depthOf({ up, down }: FocusView): Depth {
  return up === null || down === null ? null : Math.max(up, down);
}

export function focusOn(key: string, depth: Depth = 1, way: Way = "both"): FocusView {
  return { key, up: way === "down" ? 0 : depth, down: way === "up" ? 0 : depth };
}

export const depthName = (depth: Depth): string => (depth === null ? "All" : String(depth));
