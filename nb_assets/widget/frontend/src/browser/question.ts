// What is looked at: which rows, from where on. Plain data in, plain data out.
import { ROW_KINDS, type PageShown, type RowKind } from "./messages.ts";

export const PAGE = 50;

export interface Question {
  start: number;
  kinds: RowKind[];
  column: string;
}

export const FIRST: Question = { start: 0, kinds: [...ROW_KINDS], column: "" };

/** Shows or hides a kind of rows; the last one shown stays. */
export function toggled(question: Question, kind: RowKind): Question {
  const kinds = ROW_KINDS.filter((each) => question.kinds.includes(each) !== (each === kind));
  return kinds.length === 0 ? question : { ...question, kinds, start: 0 };
}

export function narrowed(question: Question, column: string): Question {
  return { ...question, column, start: 0 };
}

/** Turns pages; never past either end. */
export function turned(question: Question, pages: number, total: number): Question {
  const last = Math.max(0, Math.floor((total - 1) / PAGE) * PAGE);
  return { ...question, start: Math.min(last, Math.max(0, question.start + pages * PAGE)) };
}

export function place(page: Pick<PageShown, "start" | "shown" | "total">): string {
  if (page.total === 0) return "no rows";
  const [from, to, total] = [page.start + 1, page.start + page.shown, page.total].map((each) => each.toLocaleString("en-US"));
  return `${from}–${to} of ${total}`;
}
