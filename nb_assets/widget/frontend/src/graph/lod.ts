// Level of detail: what can still be read at a zoom. Hiding text makes 1,000 assets zoom smoothly.

export type Detail = "full" | "names" | "shapes";

export function detailAt(scale: number): Detail {
  if (scale < 0.38) return "shapes";
  if (scale < 0.62) return "names";
  return "full";
}
