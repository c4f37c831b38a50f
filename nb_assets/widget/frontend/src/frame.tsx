// Where everything stands: toolbar, progress, notices, map and details. It draws the store and passes on what is pressed.
import type { ComponentChildren, JSX } from "preact";
import { useEffect, useLayoutEffect, useState } from "preact/hooks";
import type { Actor } from "./acting/actor.ts";
import type { ChangesDesk } from "./changes/desk.ts";
import type { Command, Subject } from "./commands/command.ts";
import { AGES_EVERY_MS } from "./format.ts";
import type { FindBarActions } from "./panes/findbar.tsx";
import type { ListActions } from "./panes/list.tsx";
import { Progress } from "./panes/progress.tsx";
import { Toolbar, type ToolbarActions } from "./panes/toolbar.tsx";
import type { RunsDesk } from "./runs_desk.ts";
import { isRunning, type Store } from "./state.ts";

const UNHEARD = "The kernel has not answered for a while: a cell may be keeping it busy. What you asked for is asked again, and done once.";

export interface FrameActions extends ToolbarActions, Omit<ListActions, "sort"> {
  readonly finder: ToolbarActions["finder"] & Omit<FindBarActions, "copy"> & Pick<ListActions, "sort">;
  closeDetails(): void;
  closeOverlay(): void;
  go(key: string): void;
  dismiss(): void;
  readonly runsDesk: RunsDesk;
  readonly changesDesk: ChangesDesk;
  run(command: Command, subject: Subject): void;
}

interface FrameProps {
  store: Store;
  commands: readonly Command[];
  actions: FrameActions;
  actor: Actor;
  map: HTMLElement;
  live: HTMLElement;
}

export function Frame({ store, commands, actions, actor, map, live }: FrameProps): JSX.Element {
  const [state, setState] = useState(store.get());
  const [now, setNow] = useState(Date.now() / 1000);
  const running = isRunning(state.run);
  useLayoutEffect(() => {
    setState(store.get()); // The kernel may have answered before this was on the page.
    return store.subscribe((next) => setState(next));
  }, [store]);
  useEffect(() => {
    setNow(Date.now() / 1000);
    const timer = setInterval(() => setNow(Date.now() / 1000), running ? 250 : AGES_EVERY_MS);
    return () => clearInterval(timer);
  }, [running, state.details]);
  const { panes } = state;
  const { preview, queue, queueOpen, unheard } = state.runs;
  const desk = actions.runsDesk;
  const name = state.details?.name ?? state.view?.nodes.find((node) => node.key === state.open)?.name ?? state.open ?? "";
  return (
    <>
      <Toolbar state={state} actions={actions} />
      {panes && <panes.ChangesBar changing={state.changing} desk={actions.changesDesk} />}
      {panes && <panes.FindBar state={state} actions={{ ...actions.finder, copy: (text) => actor.copy(text) }} />}
      {state.lost && <Notice text="The kernel is gone. Run the cell again for a live picture." />}
      {unheard > 0 && !state.lost && <Notice text={UNHEARD} />}
      {state.notice !== "" && <Notice text={state.notice} onClose={actions.dismiss} />}
      <Progress run={state.run} queue={queue} queueOpen={queueOpen} now={now} onQueue={() => actions.do("queue")} onLook={desk.look} />
      <div class="nbl-body">
        {panes && state.finding.shape === "list" ? (
          <panes.AssetList
            state={state}
            now={now}
            actions={{ ...actions.finder, pick: actions.pick, pickAll: actions.pickAll, open: actions.open, openMenu: actions.openMenu }}
          />
        ) : (
          <Mount element={map}>
            {!state.view && <p class="nbl-wait">Waiting for the kernel…</p>}
            {state.view?.nodes.length === 0 && state.view.groups.length === 0 && (
              <p class="nbl-wait">
                {state.finding.scope
                  ? "Nothing of the graph is left to show."
                  : "No assets here yet. Put %%asset on top of a cell and run it."}
              </p>
            )}
          </Mount>
        )}
        {panes && state.open !== null && (
          <panes.Details
            {...{ name, now, state, actor }}
            asset={state.open}
            details={state.details}
            onClose={actions.closeDetails}
            onGo={actions.go}
            onDo={actions.do}
            onMenu={actions.openMenu}
          />
        )}
        {panes && queueOpen && <panes.Queue queue={queue} onDrop={desk.drop} onCancelAll={() => actions.do("cancel-all")} onClose={desk.closeQueue} />}
        {panes && preview?.pinned && (
          <panes.Preview preview={preview} onRun={desk.runPreview} onForce={desk.forcePreview} onClose={desk.closePreview} onGo={actions.go} />
        )}
      </div>
      {panes && state.help && <panes.Help state={state} commands={commands} onClose={actions.closeOverlay} />}
      {panes && state.acting.toast && (
        <panes.Toast toast={state.acting.toast} onUndo={(keys) => actor.unaccept(keys)} onClose={actor.dismiss} />
      )}
      {panes && state.menu && (
        <panes.Menu menu={state.menu} state={state} commands={commands} onRun={actions.run} onAim={desk.aim} onClose={actions.closeOverlay} />
      )}
      <Mount element={live} />
    </>
  );
}

function Notice({ text, onClose }: { text: string; onClose?: () => void }): JSX.Element {
  return (
    <div class="nbl-notice">
      {text}
      {onClose && (
        <button type="button" class="nbl-link" onClick={onClose}>
          Dismiss
        </button>
      )}
    </div>
  );
}

/** Gives an element that is not Preact's a place in the tree. */
function Mount({ element, children }: { element: HTMLElement; children?: ComponentChildren }): JSX.Element {
  return (
    <div
      class="nbl-mount"
      ref={(place) => {
        if (place && element.parentNode !== place) place.prepend(element);
      }}
    >
      {children}
    </div>
  );
}
