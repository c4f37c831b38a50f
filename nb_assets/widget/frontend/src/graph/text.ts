// Cutting text to a width, without asking the browser to lay anything out.

export type WidthOf = (text: string) => number;

/** Cuts in the middle, so that both the prefix and the telling end of a name stay: "flights_by…_monthly". */
export function cutMiddle(text: string, width: number, widthOf: WidthOf): string {
  return cut(text, width, widthOf, (kept) => {
    const tail = Math.floor(kept / 2);
    return `${text.slice(0, kept - tail)}…${tail > 0 ? text.slice(-tail) : ""}`;
  });
}

/** Cuts at the end, as sentences are cut. */
export function cutEnd(text: string, width: number, widthOf: WidthOf): string {
  return cut(text, width, widthOf, (kept) => `${text.slice(0, kept).trimEnd()}…`);
}

function cut(text: string, width: number, widthOf: WidthOf, keep: (kept: number) => string): string {
  if (widthOf(text) <= width) return text;
  let low = 0;
  let high = text.length - 1;
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (widthOf(keep(middle)) <= width) low = middle;
    else high = middle - 1;
  }
  return keep(low);
}

/** Measures in a CSS font, character by character: each is asked of the browser once. */
export function measurer(font: string): WidthOf {
  const context = document.createElement("canvas").getContext("2d");
  if (context) context.font = font;
  const widths = new Map<string, number>();
  return (text) => {
    let sum = 0;
    for (const character of text) {
      let width = widths.get(character);
      if (width === undefined) {
        width = context?.measureText(character).width ?? 7;
        widths.set(character, width);
      }
      sum += width;
    }
    return sum;
  };
}
