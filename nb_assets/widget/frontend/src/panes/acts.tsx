// The row of actions in the pane of an asset: what is done most, and a menu with the rest.
import type { JSX } from "preact";
import type { Actor } from "../acting/actor.ts";
import { placeTitle } from "../acting/place.ts";
import type { State } from "../state.ts";
import type { Subject } from "../commands/command.ts";
import { Icon, MORE } from "./icons.tsx";
import { useTools } from "./tools.ts";

export interface ActsProps {
  /** Its key. */
  asset: string;
  state: State;
  actor: Actor;
  onDo(id: string, subject: Subject): void;
  onMenu(subject: Subject, at: { clientX: number; clientY: number }): void;
}

export function Acts({ asset, state, actor, onDo, onMenu }: ActsProps): JSX.Element {
  const subject: Subject = { kind: "asset", key: asset };
  const offers = state.acting.offered[asset]?.offers;
  return (
    <div class="nbl-acts" role="toolbar" aria-label={`Actions on ${asset}`} ref={useTools()}>
      {offers?.accept === "" && (
        <button
          type="button"
          class="nbl-button"
          title="Its value stands for what a run now would give (A)"
          disabled={state.lost}
          onClick={() => actor.accept([asset])}
        >
          Accept
        </button>
      )}
      <button
        type="button"
        class="nbl-button"
        title={`${offers?.load || "Load its value into a variable"} (V)`}
        disabled={state.lost || offers === undefined || offers.load !== ""}
        onClick={() => onDo("load", subject)}
      >
        Load…
      </button>
      {offers && offers.place.label !== "" && (
        <button
          type="button"
          class="nbl-button nbl-place"
          title={`${offers.place.excerpt || "Where it is defined"} (G)`}
          onClick={() => onDo("go-to-place", subject)}
        >
          {placeTitle(offers.place)}
        </button>
      )}
      <button
        type="button"
        class="nbl-button nbl-quiet"
        aria-label={`More actions on ${asset}`}
        aria-haspopup="menu"
        title="More actions"
        onClick={({ currentTarget }) => {
          const { left, bottom } = currentTarget.getBoundingClientRect();
          onMenu(subject, { clientX: left, clientY: bottom + 2 });
        }}
      >
        <Icon path={MORE} />
      </button>
    </div>
  );
}
