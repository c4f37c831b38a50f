// Commands that run assets: some, with what is before or behind them, what is stale, what failed, or all.
import type { Wish } from "../messages.ts";
import type { State } from "../state.ts";
import { inWords, wishFor, wishOf, type Reach } from "../wishes.ts";
import { noKernel, type Command, type Desk, type Subject } from "./command.ts";

const OWN: readonly Subject["kind"][] = ["asset", "group", "target"];

export function materializingCommands({ store, ask }: Desk): Command[] {
  const force = (state: State): boolean => state.runs.force;

  function running(
    id: string,
    title: Command["title"],
    keys: readonly string[],
    menus: Command["menus"],
    wish: (state: State, subject: Subject) => Wish | null,
    off: (state: State) => string = () => "",
  ): Command {
    return {
      id,
      section: "Run",
      title,
      keys,
      menus,
      wish,
      off: (state, subject) =>
        noKernel(state) || off(state) || (wish(state, subject) === null ? "Pick an asset or search for some first" : ""),
      run(subject) {
        const wanted = wish(store.get(), subject);
        if (wanted !== null) ask({ kind: "materialize", wish: wanted });
      },
    };
  }

  /** The command, and the same though fresh, which has the same key with Shift. */
  function both(id: string, title: string, key: string | null, menus: Command["menus"], wish: (state: State, subject: Subject, force: boolean) => Wish | null): Command[] {
    const again = (state: State): string => (force(state) ? `${title}, though fresh` : title);
    return [
      running(id, again, key === null ? [] : [key], menus, (state, subject) => wish(state, subject, force(state))),
      running(`${id}-again`, `${title}, though fresh`, key === null ? [] : [key.toUpperCase()], [], (state, subject) => wish(state, subject, true)),
    ];
  }

  const reaching = (reach: Reach) => (state: State, subject: Subject, again: boolean) => wishOf(state, subject, reach, again);
  const nothingFailed = (state: State): string => (state.runs.failed > 0 ? "" : "Nothing failed");

  return [
    ...both("materialize", "Materialize", "m", OWN, reaching("only")),
    ...both("materialize-upstream", "Materialize with upstream", "u", OWN, reaching("upstream")),
    ...both("materialize-downstream", "Materialize with downstream", "j", OWN, reaching("downstream")),
    running(
      "materialize-stale",
      "Materialize stale",
      ["s"],
      ["target"],
      () => wishFor("stale"),
      (state) => (state.stale === 0 ? "Nothing is stale or missing" : ""),
    ),
    ...both("materialize-all", "Materialize all", null, ["target", "map"], (_state, _subject, again) => wishFor("all", again)),
    running("retry", "Retry failed", ["r"], ["target", "map"], () => wishFor("failed"), nothingFailed),
    {
      ...running("retry-asset", "Retry from where it failed", [], ["asset"], (_state, subject) =>
        subject.kind === "asset" ? wishFor("failed", false, [subject.key]) : null,
      ),
      off: (state, subject) => noKernel(state) || (failedAt(state, subject) ? "" : "It did not fail"),
    },
    {
      id: "force",
      section: "Run",
      title: "Run again though fresh",
      menus: [...OWN],
      on: force,
      run: () => store.set({ runs: { ...store.get().runs, force: !force(store.get()) } }),
    },
    {
      id: "preview",
      section: "Run",
      title: "Preview…",
      keys: ["p"],
      menus: [...OWN, "map"],
      off: noKernel,
      run(subject) {
        const state = store.get();
        // With nothing picked or found, what the first button would run.
        const wish = wishOf(state, subject, "only", force(state)) ?? wishFor("stale");
        foresee({ store, ask }, wish, true);
      },
    },
  ];
}

/** Asks the kernel what a wish comes to; the answer is shown at the foot of a menu, or on its own. */
export function foresee({ store, ask }: Pick<Desk, "store" | "ask">, wish: Wish, pinned: boolean): void {
  const before = store.get().runs.preview;
  // The old answer stays until the new one is there, so that nothing jumps.
  const view = before?.pinned === pinned && inWords(before.wish) === inWords(wish) ? before.view : null;
  store.set({ runs: { ...store.get().runs, preview: { wish, pinned, view, request: "" } } });
  const request = ask({ kind: "ask_preview", wish });
  const { runs } = store.get();
  if (runs.preview) store.set({ runs: { ...runs, preview: { ...runs.preview, request } } });
}

function failedAt(state: State, subject: Subject): boolean {
  return subject.kind === "asset" && state.view?.nodes.some((node) => node.key === subject.key && node.status === "failed") === true;
}
