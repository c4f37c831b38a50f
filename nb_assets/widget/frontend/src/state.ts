// What is on screen, in one place. Nothing here knows the DOM or Jupyter.
import { UNCHANGING, type Changing } from "./changes/state.ts";
import { IDLE, failActing, pinnedIn, reduceActing, type Acting } from "./acting/state.ts";
import { NO_FINDING, reduceFinding, type Finding } from "./finding/state.ts";
import type { Panes } from "./later.ts";
import type { OpenMenu } from "./panes/menu.tsx";
import type { FromKernel, NodePatch } from "./messages.ts";
import type { RunView } from "./run_views.ts";
import { NO_RUNS, reduceRuns, type Runs } from "./runs.ts";
import type { DetailsView, LineageView, LinkView, LogView } from "./views.ts";

export interface Search {
  text: string;
  /** Null while nothing is searched for. */
  matches: ReadonlySet<string> | null;
  groups: Readonly<Record<string, number>>;
  error: string;
  /** From where on it cannot be read; null where it can. */
  at: number | null;
  /** The selection that means the same, filters and all. */
  selection: string;
  /** True between typing and the kernel's answer. */
  pending: boolean;
}

export interface State {
  lineageId: string;
  /** The panes that open on demand; null until their bundle is here. */
  panes: Panes | null;
  ready: boolean;
  lost: boolean;
  selection: string;
  view: LineageView | null;
  made: Readonly<Record<string, number>>;
  stale: number;
  run: RunView | null;
  runs: Runs;
  /** The assets picked by the user, the newest last. */
  picked: readonly string[];
  /** The asset whose details are open. */
  open: string | null;
  details: DetailsView | null;
  search: Search;
  finding: Finding;
  notice: string;
  menu: OpenMenu | null;
  help: boolean;
  /** The commands whose buttons have no room in the toolbar: they are in its menu. */
  shed: readonly string[];
  acting: Acting;
  changing: Changing;
}

export const NO_SEARCH: Search = { text: "", matches: null, groups: {}, error: "", at: null, selection: "", pending: false };

export const INITIAL: State = {
  lineageId: "",
  panes: null,
  ready: false,
  lost: false,
  selection: "*",
  view: null,
  made: {},
  stale: 0,
  run: null,
  runs: NO_RUNS,
  picked: [],
  open: null,
  details: null,
  search: NO_SEARCH,
  finding: NO_FINDING,
  notice: "",
  menu: null,
  help: false,
  shed: [],
  acting: IDLE,
  changing: UNCHANGING,
};

type Listener = (state: State, before: State) => void;

export interface Store {
  get(): State;
  set(change: Partial<State>): void;
  subscribe(listener: Listener): () => void;
}

export function createStore(initial: State = INITIAL): Store {
  let state = initial;
  const listeners = new Set<Listener>();
  return {
    get: () => state,
    set(change) {
      const before = state;
      state = { ...state, ...change };
      for (const listener of [...listeners]) listener(state, before);
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

/** Says what a message of the kernel changes. Selection, search and open pane are the user's and stay. */
export function reduce(state: State, message: FromKernel): Partial<State> {
  const runs = reduceRuns(state.runs, message);
  const finding = reduceFinding(state.finding, message);
  return {
    ...reduced(state, message),
    ...(runs === state.runs ? {} : { runs }),
    ...(finding === state.finding ? {} : { finding }),
  };
}

function reduced(state: State, message: FromKernel): Partial<State> {
  switch (message.kind) {
    case "graph": {
      const known = new Set(message.view.nodes.map((node) => node.key));
      const folded = message.view.groups.some((group) => group.collapsed);
      const stays = (key: string): boolean => folded || known.has(key);
      return {
        ready: true,
        lineageId: message.lineage_id,
        selection: message.selection,
        view: message.view,
        made: message.made,
        stale: message.stale,
        run: message.run,
        picked: state.picked.filter(stays),
        ...(state.open !== null && !stays(state.open) ? { open: null, details: null } : {}),
      };
    }
    case "patch": {
      const { view, made } = patched(state, message.nodes);
      if (view && message.groups.length > 0) {
        const byName = new Map(message.groups.map((group) => [group.name, group]));
        view.groups = view.groups.map((group) => ({ ...group, ...byName.get(group.name) }));
      }
      return { view, made, stale: message.stale, run: message.run, details: relinked(state.details, message.nodes) };
    }
    case "found":
      return {
        search: {
          text: state.search.text,
          matches: message.error ? null : new Set(message.keys),
          groups: message.groups,
          error: message.error,
          at: message.at,
          selection: message.selection,
          pending: false,
        },
      };
    case "details":
      return message.details.key === state.open ? { details: message.details } : {};
    case "look":
      return state.details?.key === message.key ? { details: { ...state.details, ...message.look } } : {};
    case "logs":
      if (state.details?.key !== message.key) return {};
      return { details: { ...state.details, logs: joined(state.details.logs, message.lines) } };
    case "error": {
      const acting = failActing(state.acting, message.request, message.message);
      return acting ? { acting } : { notice: message.message };
    }
    case "pinned": {
      const { details } = state;
      const history = details?.key === message.key ? pinnedIn(details.history, message) : null;
      return {
        acting: reduceActing(state.acting, message),
        ...(details && history ? { details: { ...details, history } } : {}),
      };
    }
    default:
      return { acting: reduceActing(state.acting, message) };
  }
}

const LOG_LINES = 500;
const OVERLAP = 100;

/** The lines with those that came, of which the first may be there already. */
function joined(lines: readonly LogView[], more: readonly LogView[]): LogView[] {
  const name = ({ at, stream, text }: LogView): string => `${at} ${stream} ${text}`;
  const known = new Set(lines.slice(-OVERLAP).map(name));
  return [...lines, ...more.filter((line) => !known.has(name(line)))].slice(-LOG_LINES);
}

function patched(
  state: State,
  patches: readonly NodePatch[],
): { view: LineageView | null; made: Readonly<Record<string, number>> } {
  if (!state.view) return { view: null, made: state.made };
  if (patches.length === 0) return { view: { ...state.view }, made: state.made };
  const byKey = new Map(patches.map((patch) => [patch.key, patch]));
  const made = { ...state.made };
  for (const patch of patches) if (patch.made !== null) made[patch.key] = patch.made;
  const nodes = state.view.nodes.map((node) => {
    const patch = byKey.get(node.key);
    if (!patch) return node;
    const { made: _, ...card } = patch;
    return { ...node, ...card };
  });
  return { view: { ...state.view, nodes }, made };
}

/** The neighbours in the pane of an asset, as they are by now: the pane is asked for anew only when its own asset changes. */
function relinked(details: DetailsView | null, patches: readonly NodePatch[]): DetailsView | null {
  if (!details) return null;
  const now = new Map(patches.map(({ key, status }) => [key, status]));
  const told = (link: LinkView): boolean => now.has(link.key);
  if (!details.inputs.some(told) && !details.outputs.some(told)) return details;
  const relink = (link: LinkView): LinkView => ({ ...link, status: now.get(link.key) ?? link.status });
  return { ...details, inputs: details.inputs.map(relink), outputs: details.outputs.map(relink) };
}

export type Target = { keys: string[]; force: boolean };

/** Says what the button Materialize would run: the picked assets, else what the search found. */
export function target(state: State): Target {
  if (state.picked.length > 0) {
    const status = new Map(state.view?.nodes.map((node) => [node.key, node.status]));
    // A fresh asset that was picked by hand is meant to run again; the kernel skips what is fresh otherwise.
    return { keys: [...state.picked], force: state.picked.every((key) => status.get(key) === "fresh") };
  }
  return { keys: [...(state.search.matches ?? [])], force: false };
}

export { isRunning } from "./runs.ts";
