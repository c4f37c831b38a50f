// How far the map has to be shifted for what was on screen to stay where it was: pure arithmetic.

export interface Shift {
  dx: number;
  dy: number;
}

export const STILL: Shift = { dx: 0, dy: 0 };

/** The shift that most boxes share: those keep their place on the screen, and the others move. */
export function commonest(shifts: readonly Shift[]): Shift {
  const counts = new Map<string, { shift: Shift; count: number }>();
  let best = { shift: STILL, count: 0 };
  for (const shift of shifts) {
    const id = `${Math.round(shift.dx)},${Math.round(shift.dy)}`;
    const found = counts.get(id) ?? { shift, count: 0 };
    found.count += 1;
    counts.set(id, found);
    if (found.count > best.count) best = found;
  }
  return best.shift;
}
