// How a bar of states is divided: a pure function of counts and a width.
import type { Status } from "../views.ts";

export type Counts = Partial<Record<Status, number>>;

interface Segment {
  status: Status;
  x: number;
  width: number;
}

/** What is done first, as a bar fills; what asks for attention is never too thin to be seen. */
const ORDER: readonly Status[] = ["fresh", "running", "queued", "stale", "failed", "skipped", "missing"];
const LEAST = 3;

export function segments(counts: Counts, width: number): Segment[] {
  const found = ORDER.map((status) => ({ status, count: counts[status] ?? 0 })).filter(({ count }) => count > 0);
  const total = found.reduce((sum, { count }) => sum + count, 0);
  const widths = found.map(({ count }) => Math.max((count / total) * width, Math.min(LEAST, width / found.length)));
  const over = widths.reduce((sum, each) => sum + each, 0) - width;
  // The widest one gives what the thin ones take.
  const widest = widths.indexOf(Math.max(...widths));
  let x = 0;
  return found.map(({ status }, index) => {
    const own = (widths[index] ?? 0) - (index === widest ? over : 0);
    const segment = { status, x, width: own };
    x += own;
    return segment;
  });
}

/** The counts in words, as the kernel says them: "28 of 31 fresh, 2 stale, 1 missing". */
export function inWords(counts: Counts): string {
  const total = ORDER.reduce((sum, status) => sum + (counts[status] ?? 0), 0);
  if (total === 0) return "";
  const rest = ORDER.filter((status) => status !== "fresh" && counts[status]).map(
    (status) => `${(counts[status] ?? 0).toLocaleString("en")} ${status}`,
  );
  return [`${(counts.fresh ?? 0).toLocaleString("en")} of ${total.toLocaleString("en")} partitions fresh`, ...rest].join(", ");
}
