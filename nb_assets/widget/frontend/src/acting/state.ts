// What is on screen of acting on assets beside running them: menus' answers, a note with its undo, a name being
// chosen, the past of the asset in the pane. Plain data in, plain data out.
import type { PageShown } from "../browser/messages.ts";
import type { FromKernel } from "../messages.ts";
import type { OffersView, VersionRecordView, VersionView } from "../views.ts";

export interface Offered {
  offers: OffersView;
  /** A free name for a variable. */
  variable: string;
}

/** What was just done, and the assets whose acceptance that was, to be taken back. */
export interface Toast {
  text: string;
  undo: readonly string[];
}

/** A variable whose name is being chosen; version 0 is the value that stands. */
export interface Naming {
  key: string;
  partition: string;
  version: number;
  name: string;
  /** What has the name already; empty while that is not known or nothing has. */
  taken: string;
  error: string;
  pending: boolean;
}

export interface Mark {
  partition: string;
  version: number;
}

interface HistoryPage {
  start: number;
  total: number;
  versions: VersionView[];
}

export interface Comparison extends Omit<Mark, "version"> {
  old: number;
  new: number;
  /** Null until the kernel has compared. */
  html: string | null;
  badge: string;
  /** How many rows can be paged through; 0 where the diff shows them all. */
  rows: number;
  error: string;
}

type RowsPage = Omit<PageShown, "kind">;

/** The past of one asset, as far as it is looked at. */
export interface Past {
  key: string;
  /** Null while the first few that the pane has are enough. */
  page: HistoryPage | null;
  opened: Mark | null;
  record: VersionRecordView | null;
  /** Versions picked to be compared, two at most. */
  marked: readonly Mark[];
  comparison: Comparison | null;
  rows: RowsPage | null;
  /** Whether the pane takes most of the room: what changed may be wide. */
  wide: boolean;
}

/** The requests whose answers are waited for. */
export interface Asked {
  act: string;
  assign: string;
  versions: string;
  version: string;
  compare: string;
  rows: string;
}

export interface Acting {
  offered: Readonly<Record<string, Offered>>;
  toast: Toast | null;
  naming: Naming | null;
  past: Past | null;
  asked: Asked;
}

export const IDLE: Acting = {
  offered: {},
  toast: null,
  naming: null,
  past: null,
  asked: { act: "", assign: "", versions: "", version: "", compare: "", rows: "" },
};

const MOST_OFFERED = 20;

/** The past of an asset as it is looked at now, or before anybody did. */
export function pastOf(acting: Acting, key: string): Past {
  if (acting.past?.key === key) return acting.past;
  return { key, page: null, opened: null, record: null, marked: [], comparison: null, rows: null, wide: false };
}

export const isSame = (one: Mark, other: Mark): boolean =>
  one.version === other.version && one.partition === other.partition;

/** Marks a version to be compared, or no longer; of three the two newest marks stay. */
export function toggledMark(marked: readonly Mark[], mark: Mark): readonly Mark[] {
  if (marked.some((each) => isSame(each, mark))) return marked.filter((each) => !isSame(each, mark));
  return [...marked, mark].slice(-2);
}

/** The two marked versions, the older first, or null where they cannot be compared. */
export function markedPair(marked: readonly Mark[]): { partition: string; old: number; new: number } | null {
  const [one, other] = marked;
  if (!one || !other || one.partition !== other.partition) return null;
  return {
    partition: one.partition,
    old: Math.min(one.version, other.version),
    new: Math.max(one.version, other.version),
  };
}

/** Says what an answer of the kernel changes; answers to others' questions change nothing. */
export function reduceActing(acting: Acting, message: FromKernel): Acting {
  const { asked, naming, past } = acting;
  switch (message.kind) {
    case "offers": {
      const others = Object.entries(acting.offered).filter(([key]) => key !== message.key);
      const offered = Object.fromEntries(others.slice(-MOST_OFFERED + 1));
      offered[message.key] = { offers: message.offers, variable: message.variable };
      return { ...acting, offered };
    }
    case "accepted":
    case "unaccepted": {
      if (message.request !== asked.act) return acting;
      const undo = message.kind === "accepted" ? message.keys : [];
      return { ...acting, toast: { text: message.text, undo } };
    }
    case "assigned":
      if (message.request !== asked.assign) return acting;
      return { ...acting, naming: null, toast: { text: message.text, undo: [] } };
    case "taken":
      if (message.request !== asked.assign || !naming) return acting;
      return { ...acting, naming: { ...naming, pending: false, taken: message.text } };
    case "versions": {
      if (message.request !== asked.versions || past?.key !== message.key) return acting;
      const { start, total, versions } = message;
      return { ...acting, past: { ...past, page: { start, total, versions } } };
    }
    case "version":
      if (message.request !== asked.version || past?.key !== message.record.key) return acting;
      return { ...acting, past: { ...past, record: message.record } };
    case "compared": {
      if (message.request !== asked.compare || !past?.comparison) return acting;
      const { html, badge, rows } = message;
      return { ...acting, past: { ...past, comparison: { ...past.comparison, html, badge, rows } } };
    }
    case "differing": {
      if (message.request !== asked.rows || !past) return acting;
      const { kind: _, ...rows } = message;
      return { ...acting, past: { ...past, rows } };
    }
    case "pinned": {
      if (past?.key !== message.key) return acting;
      const page = past.page && { ...past.page, versions: pinnedIn(past.page.versions, message) };
      const row = past.record && pinnedIn([past.record.row], message)[0];
      return { ...acting, past: { ...past, page, record: row && past.record ? { ...past.record, row } : past.record } };
    }
    default:
      return acting;
  }
}

/** Says where an error belongs that answers one of these requests; null where it is for all to see. */
export function failActing(acting: Acting, request: string, error: string): Acting | null {
  const { asked, naming, past } = acting;
  if (request === "") return null;
  if (request === asked.assign && naming) return { ...acting, naming: { ...naming, pending: false, error } };
  if (request === asked.compare && past?.comparison) {
    return { ...acting, past: { ...past, comparison: { ...past.comparison, error } } };
  }
  return null;
}

/** The same rows, the one that was pinned or let go changed. */
export function pinnedIn(
  versions: readonly VersionView[],
  { partition, version, pinned }: Mark & { pinned: boolean },
): VersionView[] {
  return versions.map((each) => (isSame(each, { partition, version }) ? { ...each, pinned } : each));
}
