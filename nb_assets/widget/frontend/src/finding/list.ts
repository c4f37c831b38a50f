// The list: its columns, how it is sorted, and which of its rows are drawn. Pure.
import { age, bytes, duration } from "../format.ts";
import { STATUSES, WORDS } from "../status.ts";
import type { RowView } from "./views.ts";

type ColumnName =
  | "status"
  | "key"
  | "group"
  | "kinds"
  | "reason"
  | "size"
  | "made"
  | "duration"
  | "checks"
  | "partitions"
  | "badge"
  | "owners";

export interface Column {
  readonly name: ColumnName;
  readonly title: string;
  /** The pixels that it needs, and its share of those that are left. */
  readonly least: number;
  readonly grow: number;
  readonly numeric?: boolean;
  /** What it is sorted by; null stands last whichever way. */
  value(row: RowView): string | number | null;
  text(row: RowView, now: number): string;
}

const joined = (values: readonly string[] | undefined): string => (values ?? []).join(", ");
const orNull = (text: string | undefined): string | null => text || null;
const total = (row: RowView): number => Object.values(row.partitions ?? {}).reduce((sum, n) => sum + n, 0);
const done = (row: RowView): number => (total(row) === 0 ? 0 : (row.partitions?.fresh ?? 0) / total(row));
const change = (row: RowView): number | null => {
  const counts = [...(row.badge ?? "").matchAll(/\d[\d,]*/g)].map(([n]) => Number(n.replaceAll(",", "")));
  return counts.length > 0 ? counts.reduce((sum, n) => sum + n, 0) : row.badge ? 0 : null;
};

export const COLUMNS: readonly Column[] = [
  {
    name: "status",
    least: 84,
    grow: 0,
    title: "Status",
    value: (row) => STATUSES.indexOf(row.status),
    text: (row) => WORDS[row.status],
  },
  { name: "key", title: "Asset", least: 130, grow: 2, value: (row) => row.key, text: (row) => row.key },
  {
    name: "group",
    least: 80,
    grow: 1,
    title: "Group",
    value: (row) => row.group,
    text: (row) => row.group,
  },
  {
    name: "kinds",
    least: 70,
    grow: 0.8,
    title: "Kinds",
    value: (row) => orNull(joined(row.kinds)),
    text: (row) => joined(row.kinds),
  },
  {
    name: "reason",
    least: 100,
    grow: 1.7,
    title: "Why",
    value: (row) => orNull(row.reason),
    text: (row) => (row.reason ?? "").replaceAll("`", ""),
  },
  {
    name: "size",
    least: 76,
    grow: 0,
    title: "Rows, size",
    numeric: true,
    value: (row) => row.rows ?? row.size ?? null,
    text: (row) =>
      row.rows !== undefined ? row.rows.toLocaleString("en-US") : row.size !== undefined ? bytes(row.size) : "",
  },
  {
    name: "made",
    least: 82,
    grow: 0,
    title: "Made",
    numeric: true,
    value: (row) => row.made ?? null,
    text: (row, now) => (row.made === undefined ? "" : age(row.made, now)),
  },
  {
    name: "duration",
    least: 64,
    grow: 0,
    title: "Took",
    numeric: true,
    value: (row) => row.duration ?? null,
    text: (row) => (row.duration === undefined ? "" : duration(row.duration)),
  },
  {
    name: "badge",
    least: 80,
    grow: 0,
    title: "Change",
    numeric: true,
    value: change,
    text: (row) => row.badge ?? "",
  },
  {
    name: "checks",
    least: 84,
    grow: 0,
    title: "Checks",
    value: (row) => (row.check_look ? STATUSES.indexOf(row.check_look) : null),
    text: (row) => row.checks ?? "",
  },
  {
    name: "partitions",
    least: 76,
    grow: 0,
    title: "Partitions",
    numeric: true,
    value: (row) => (total(row) === 0 ? null : done(row)),
    text: (row) => (total(row) === 0 ? "" : `${row.partitions?.fresh ?? 0} of ${total(row)}`),
  },
  {
    name: "owners",
    least: 90,
    grow: 1,
    title: "Owners",
    value: (row) => orNull(joined(row.owners)),
    text: (row) => joined(row.owners),
  },
];

/** What is left out first where there is little room stands last. */
const WANTED: readonly ColumnName[] = [
  "status",
  "key",
  "reason",
  "made",
  "group",
  "size",
  "badge",
  "duration",
  "checks",
  "kinds",
  "partitions",
  "owners",
];
const ALWAYS: readonly ColumnName[] = ["status", "key"];
export const GAP = 10; // As in styles/list.css.

/** The columns that there is room for, but for those that have nothing to say of any row. */
export function columnsFor(width: number, rows: readonly RowView[]): readonly Column[] {
  let room = width - 2 * GAP;
  const shown = new Set<ColumnName>();
  for (const wanted of WANTED) {
    const column = COLUMNS.find(({ name }) => name === wanted);
    if (!column) continue;
    const isTold = ALWAYS.includes(wanted) || rows.some((row) => column.value(row) !== null);
    if (!isTold || (column.least + GAP > room && !ALWAYS.includes(wanted))) continue;
    room -= column.least + GAP;
    shown.add(wanted);
  }
  return COLUMNS.filter(({ name }) => shown.has(name));
}

/** Their widths, as `grid-template-columns` has them. */
export const template = (columns: readonly Column[]): string =>
  columns.map(({ least, grow }) => (grow > 0 ? `minmax(${least}px, ${grow}fr)` : `${least}px`)).join(" ");

export interface Sort {
  /** Null for the order of the graph: each after what it is derived from. */
  by: ColumnName | null;
  descending: boolean;
}

export const BY_ORDER: Sort = { by: null, descending: false };

/** What a press on the title of a column does: up, down, and back to the order of the graph. */
export function pressed(sort: Sort, by: ColumnName): Sort {
  if (sort.by !== by) return { by, descending: false };
  return sort.descending ? BY_ORDER : { by, descending: true };
}

export function sorted(rows: readonly RowView[], { by, descending }: Sort): readonly RowView[] {
  const column = COLUMNS.find(({ name }) => name === by);
  if (!column) return rows;
  const collator = new Intl.Collator("en", { numeric: true });
  const valued = rows.map((row) => ({ row, value: column.value(row) }));
  const sign = descending ? -1 : 1;
  return valued
    .sort((one, other) => {
      if (one.value === null || other.value === null) return Number(one.value === null) - Number(other.value === null);
      if (typeof one.value === "number" && typeof other.value === "number") return sign * (one.value - other.value);
      return sign * collator.compare(String(one.value), String(other.value));
    })
    .map(({ row }) => row);
}

/** The rows that are drawn: those in sight, and some before and after them. */
export function windowOf(scrolled: number, height: number, row: number, count: number, around = 10): [number, number] {
  const first = Math.max(0, Math.floor(scrolled / row) - around);
  return [first, Math.min(count, Math.ceil((scrolled + height) / row) + around)];
}
