// Cutting text to a width, without asking the browser to lay anything out.

export type WidthOf = (text: string) => number;

/** Cuts in the middle, so that both the prefix and the telling end of a name stay: "flights_by…_monthly". */
export function cutMiddle(text: string, width: number, widthOf: WidthOf): string {
  return cut(text, width, widthOf, (signs, kept) => {
    const tail = Math.floor(kept / 2);
    return `${signs.slice(0, kept - tail).join("")}…${tail > 0 ? signs.slice(-tail).join("") : ""}`;
  });
}

/** Breaks a name that is too long for a line into two, between its words where that helps; the rest is cut in the middle. */
export function intoTwo(text: string, width: number, widthOf: WidthOf): [string, string] {
  const signs = signsOf(text);
  let most = 0;
  while (most < signs.length && widthOf(signs.slice(0, most + 1).join("")) <= width) most += 1;
  const breaks = signs.flatMap((sign, i) => ("_-./ ".includes(sign) && i < most ? [i + 1] : []));
  // The last break that leaves little enough for the second line, else the last one that is not near the beginning.
  const fits = breaks.find((at) => at >= most / 3 && widthOf(signs.slice(at).join("")) <= width);
  const at = fits ?? breaks.filter((each) => each >= most / 2).at(-1) ?? Math.max(1, most);
  return [signs.slice(0, at).join(""), cutMiddle(signs.slice(at).join(""), width, widthOf)];
}

/** Cuts at the end, as sentences are cut. */
export function cutEnd(text: string, width: number, widthOf: WidthOf): string {
  return cut(text, width, widthOf, (signs, kept) => `${signs.slice(0, kept).join("").trimEnd()}…`);
}

function cut(text: string, width: number, widthOf: WidthOf, keep: (signs: string[], kept: number) => string): string {
  if (widthOf(text) <= width) return text;
  const signs = signsOf(text);
  let low = 0;
  let high = signs.length - 1;
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (widthOf(keep(signs, middle)) <= width) low = middle;
    else high = middle - 1;
  }
  return keep(signs, low);
}

/** What a reader takes for one sign: a flag or a letter with its accents is not cut in two. */
function signsOf(text: string): string[] {
  if (/^[\x20-\x7e]*$/.test(text)) return [...text];
  return Array.from(new Intl.Segmenter().segment(text), ({ segment }) => segment);
}

/** How large a title is written, and whether with its count: both give way before a letter of its name does. */
export function titleFit(
  title: string,
  count: string,
  room: number,
  wanted: number,
  widthOf: WidthOf,
  measuredAt = 12,
): { size: number; counted: boolean } {
  const name = widthOf(title) / measuredAt;
  const whole = name + (widthOf(count) + 5) / measuredAt;
  if (whole * wanted <= room) return { size: wanted, counted: true };
  const counted = whole * wanted * 0.85 <= room;
  return { size: Math.max(wanted * 0.72, Math.min(wanted, room / (counted ? whole : name))), counted };
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
