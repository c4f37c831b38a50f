// Level of detail: what can still be read at a zoom, and how large it is drawn so that it can.
// Hiding text makes 1,000 assets zoom smoothly; steps, so that text is cut anew only now and then.

export interface Detail {
  level: "full" | "names" | "shapes";
  /** Sizes of text in the graph's own units, which the zoom makes smaller. */
  name: number;
  line: number;
  title: number;
}

interface Step extends Detail {
  from: number;
}

const STEPS: readonly Step[] = [
  { from: 0.74, level: "full", name: 13, line: 11, title: 12 },
  { from: 0.56, level: "full", name: 15, line: 12.5, title: 16 },
  { from: 0.44, level: "names", name: 20, line: 0, title: 20 },
  { from: 0.33, level: "names", name: 26, line: 0, title: 26 },
  { from: 0.25, level: "names", name: 33, line: 0, title: 34 },
  { from: 0.17, level: "shapes", name: 0, line: 0, title: 50 },
  { from: 0.12, level: "shapes", name: 0, line: 0, title: 72 },
  { from: 0.08, level: "shapes", name: 0, line: 0, title: 105 },
  { from: 0.05, level: "shapes", name: 0, line: 0, title: 165 },
  { from: 0, level: "shapes", name: 0, line: 0, title: 260 },
];

export const CLOSE_UP = STEPS[0] as Detail;

export function detailAt(scale: number): Detail {
  return STEPS.find((step) => scale >= step.from) ?? CLOSE_UP;
}
