// Commands about assets beside running them: what stands, what was, where it is, and what to take along.
import type { Actor } from "../acting/actor.ts";
import { quoted } from "../acting/selection.ts";
import { placeTitle } from "../acting/place.ts";
import type { OffersView } from "../views.ts";
import type { State } from "../state.ts";
import { keysOf, noKernel, type Command, type Desk, type Subject } from "./command.ts";

export function actingCommands({ store, go }: Desk, actor: Actor): Command[] {
  const forOne = (act: (key: string) => void) => (subject: Subject): void => {
    const key = oneOf(store.get(), subject);
    if (key !== null) act(key);
  };
  return [
    {
      id: "accept",
      section: "Asset",
      title: (state, subject) => {
        if (subject.kind === "group") return "Accept what is stale in it as equivalent";
        if (isAccepted(state, subject)) return "Take back acceptance";
        const count = keysOf(state, subject).length;
        return count > 1 ? `Accept ${count} as equivalent` : "Accept as equivalent";
      },
      keys: ["a"],
      menus: ["asset", "group"],
      off: (state, subject) => noKernel(state) || (isAccepted(state, subject) ? "" : whyNotAccepted(state, subject)),
      run(subject) {
        if (subject.kind === "group") actor.accept([], subject.name);
        else if (isAccepted(store.get(), subject)) actor.unaccept(accepted(store.get(), subject));
        else actor.accept(accepted(store.get(), subject));
      },
    },
    {
      id: "history",
      section: "Asset",
      title: "Show history",
      keys: ["H"],
      menus: ["asset"],
      off: offBy((offers) => (offers.versions === 0 ? "It was never materialized" : "")),
      run: forOne((key) => {
        go(key);
        actor.turn(key, 0);
      }),
    },
    {
      id: "compare",
      section: "Asset",
      title: "Compare the last two versions",
      keys: ["D"],
      menus: ["asset"],
      off: offBy((offers) => whyNotCompared(offers)),
      run: forOne((key) => {
        go(key);
        actor.withOffer(key, ({ offers: { newest } }) => newest > 1 && actor.compare(key, "", newest - 1, newest));
      }),
    },
    {
      id: "load",
      section: "Asset",
      title: "Load into variable…",
      keys: ["v"],
      menus: ["asset"],
      off: offBy((offers) => offers.load),
      run: forOne((key) => actor.name(key)),
    },
    {
      id: "go-to-place",
      section: "Asset",
      title: (state, subject) => {
        const key = oneOf(state, subject);
        const offered = key === null ? undefined : state.acting.offered[key];
        return offered ? placeTitle(offered.offers.place) : "Go to its cell";
      },
      keys: ["g"],
      menus: ["asset"],
      off: offBy((offers) => (offers.place.label === "" ? "It is not known where it is defined" : "")),
      run: forOne((key) => actor.goTo(key)),
    },
    {
      id: "copy-selection",
      section: "Copy",
      title: (state, subject) =>
        keysOf(state, subject).length > 1 ? "Copy selection of all picked" : "Copy selection",
      keys: ["y"],
      menus: ["asset", "group"],
      off: (state, subject) =>
        subject.kind === "group" || keysOf(state, subject).length > 0 ? "" : "Pick an asset first",
      run: (subject) =>
        subject.kind === "group"
          ? actor.copySelection([], subject.name)
          : actor.copySelection(keysOf(store.get(), subject), null),
    },
    { id: "copy-key", section: "Copy", title: "Copy asset key", menus: ["asset"], run: forOne((key) => actor.copy(key)) },
    {
      id: "copy-load",
      section: "Copy",
      title: "Copy code that loads it",
      menus: ["asset"],
      run: forOne((key) => actor.copy(`nba.load(${quoted(key)})`)),
    },
  ];
}

function whyNotCompared({ versions, newest }: OffersView): string {
  if (versions < 2) return "There are no two versions yet";
  return newest === 0 ? "Tick two versions of one partition in its history" : "";
}

/** The one asset that is meant: that which was pointed at, else that in the pane, else the last one picked. */
function oneOf(state: State, subject: Subject): string | null {
  if (subject.kind === "asset") return subject.key;
  return subject.kind === "map" ? (state.open ?? state.picked.at(-1) ?? null) : null;
}

/** Off without a kernel or an asset, and where the kernel has said that it cannot be done. */
function offBy(why: (offers: OffersView) => string): (state: State, subject: Subject) => string {
  return (state, subject) => {
    const off = noKernel(state);
    if (off !== "") return off;
    const key = oneOf(state, subject);
    if (key === null) return "Pick an asset first";
    const offered = state.acting.offered[key];
    return offered ? why(offered.offers) : "";
  };
}

/** The assets that accepting is about: those picked, else the one in the pane. */
function accepted(state: State, subject: Subject): readonly string[] {
  const keys = keysOf(state, subject);
  return keys.length === 0 && state.open !== null ? [state.open] : keys;
}

/** Whether one asset is meant of which something is accepted, and nothing more can be. */
function isAccepted(state: State, subject: Subject): boolean {
  const [only, ...others] = accepted(state, subject);
  const offers = only === undefined || others.length > 0 ? undefined : state.acting.offered[only]?.offers;
  return offers !== undefined && offers.accepted !== "" && offers.accept !== "";
}

function whyNotAccepted(state: State, subject: Subject): string {
  const { view, acting } = state;
  if (subject.kind === "group") {
    const group = view?.groups.find((each) => each.name === subject.name);
    return (group?.statuses.stale ?? 0) > 0 ? "" : "Nothing in it is stale";
  }
  const keys = accepted(state, subject);
  if (keys.length === 0) return "Pick an asset first";
  const [only] = keys;
  const offered = keys.length === 1 && only !== undefined ? acting.offered[only] : undefined;
  if (offered) return offered.offers.accept;
  const picked = new Set(keys);
  // What the picture does not show may be stale: the kernel knows.
  const shown = view?.nodes.filter((node) => picked.has(node.key)) ?? [];
  const stale = shown.length < picked.size || shown.some((node) => node.status === "stale");
  return stale ? "" : keys.length > 1 ? "None of them is stale" : "It is not stale";
}
