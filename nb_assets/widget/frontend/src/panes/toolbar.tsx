// The row above the map: the search box, and a toolbar of buttons. A button that cannot be pressed keeps the focus and says
// why: were it disabled, the keyboard would be lost as soon as a run has nothing left to do.
import type { JSX } from "preact";
import { isRunning, target, type State } from "../state.ts";
import { MAP, TARGET, type Subject } from "../commands/command.ts";
import { DOWN, FIT, Icon, LIST, MORE, PLAY, REDO, STOP } from "./icons.tsx";
import { FilterButton } from "./filters.tsx";
import { SearchBox, type SearchActions } from "./search.tsx";
import { useTools } from "./tools.ts";

export interface ToolbarActions {
  readonly finder: SearchActions & {
    choose(open: boolean): void;
    toggle(facet: string, value: string): void;
  };
  /** Carries out the command of that name. */
  do(id: string, subject?: Subject): void;
  openMenu(subject: Subject, at: { clientX: number; clientY: number }): void;
  /** Takes note of the commands whose buttons have no room. */
  shed(names: readonly string[]): void;
}

export function Toolbar({ state, actions }: { state: State; actions: ToolbarActions }): JSX.Element {
  const { keys, force } = target(state);
  const { finding } = state;
  const isList = finding.shape === "list";
  const running = isRunning(state.run);
  const off = !state.ready || state.lost;
  const bar = useTools(actions.shed);
  return (
    <div class="nbl-toolbar">
      <SearchBox
        search={state.search}
        completion={finding.completion}
        current={finding.current}
        disabled={off}
        actions={actions.finder}
      />
      <FilterButton
        filters={finding.filters}
        facets={finding.facets}
        open={finding.choosing}
        disabled={off}
        onOpen={actions.finder.choose}
        onToggle={actions.finder.toggle}
      />
      <div class="nbl-tools" role="toolbar" aria-label="Lineage" ref={bar}>
        {running && (
          <button
            type="button"
            class="nbl-button nbl-cancel"
            aria-label="Cancel"
            title={
              state.run?.state === "cancelling"
                ? "Stopping after the step that is running"
                : "Stop after the step that is running: Python code cannot be interrupted in a thread"
            }
            aria-disabled={off || state.run?.state === "cancelling"}
            onClick={() => actions.do("cancel")}
          >
            <Icon path={STOP} />
            <span class="nbl-label">{state.run?.state === "cancelling" ? "Cancelling" : "Cancel"}</span>
          </button>
        )}
        {state.runs.failed > 0 && !running && (
          <button
            type="button"
            class="nbl-button nbl-retry"
            aria-label="Retry failed"
            title="Run what failed and what was skipped for it; graph assets go on from the op that failed (R)"
            aria-disabled={off}
            onClick={() => actions.do("retry")}
          >
            <Icon path={REDO} />
            <span class="nbl-label">Retry failed</span>
            <span class="nbl-count">{state.runs.failed}</span>
          </button>
        )}
        <button
          type="button"
          class="nbl-button"
          aria-label="Materialize stale"
          data-sheds="materialize-stale"
          title={
            state.stale === 0
              ? "Nothing is stale or missing"
              : `Run what is stale or missing (${state.stale}) (S)`
          }
          aria-disabled={off || state.stale === 0}
          onClick={() => actions.do("materialize-stale")}
        >
          <Icon path={REDO} />
          Materialize stale
          <span class="nbl-count">{state.stale}</span>
        </button>
        <span class="nbl-split">
          <button
            type="button"
            class="nbl-button nbl-primary"
            aria-label="Materialize"
            title={whatRuns(keys, force)}
            aria-disabled={off || keys.length === 0}
            onClick={() => actions.do("materialize", TARGET)}
          >
            <Icon path={PLAY} />
            Materialize
            {keys.length > 1 && <span class="nbl-count">{keys.length}</span>}
          </button>
          <button
            type="button"
            class="nbl-button nbl-primary nbl-arrow"
            aria-label="More ways to materialize"
            aria-haspopup="menu"
            aria-expanded={state.menu?.subject.kind === "target"}
            title="More ways to materialize"
            aria-disabled={off}
            onClick={({ currentTarget }) => {
              const { left, bottom } = currentTarget.getBoundingClientRect();
              if (!off) actions.openMenu(TARGET, { clientX: left, clientY: bottom + 2 });
            }}
          >
            <Icon path={DOWN} />
          </button>
        </span>
        <button
          type="button"
          class="nbl-button nbl-quiet"
          aria-label="Fit"
          data-sheds="fit"
          title="Show the whole graph (F)"
          aria-disabled={isList}
          onClick={() => actions.do("fit")}
        >
          <Icon path={FIT} />
        </button>
        <button
          type="button"
          class="nbl-button nbl-quiet"
          aria-label="List"
          aria-pressed={isList}
          data-sheds="list"
          title={isList ? "Show the map (L)" : "Show as a list (L)"}
          onClick={() => actions.do("list")}
        >
          <Icon path={LIST} />
        </button>
        <button
          type="button"
          class="nbl-button nbl-quiet"
          aria-label="More"
          aria-haspopup="menu"
          aria-expanded={state.menu?.subject.kind === "map"}
          title="More"
          onClick={({ currentTarget }) => {
            const { left, bottom } = currentTarget.getBoundingClientRect();
            actions.openMenu(MAP, { clientX: left, clientY: bottom + 2 });
          }}
        >
          <Icon path={MORE} />
        </button>
      </div>
    </div>
  );
}

function whatRuns(keys: readonly string[], force: boolean): string {
  if (keys.length === 0) return "Pick an asset or search for some first";
  const what = keys.length === 1 ? keys[0] : `${keys.length} assets`;
  return force ? `Run ${what} again, though fresh (M)` : `Run ${what} where not fresh (M)`;
}
