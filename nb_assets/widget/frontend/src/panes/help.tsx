// The keys of the widget, drawn from the same list that menus and keys themselves are, so that it says what is so.
import type { JSX } from "preact";
import { useLayoutEffect, useRef } from "preact/hooks";
import { MAP, SECTIONS, titleOf, type Command } from "../commands/command.ts";
import { keyName, MOVES } from "../keyboard.ts";
import type { State } from "../state.ts";
import { CLOSE, Icon } from "./icons.tsx";

interface Props {
  state: State;
  commands: readonly Command[];
  onClose(): void;
}

/** A line of the help: keys, and what they do; or none, and where else it is to be found. */
interface HelpLine {
  keys: readonly string[];
  title: string;
  place: string;
}

export function Help({ state, commands, onClose }: Props): JSX.Element {
  const dialog = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => dialog.current?.querySelector("button")?.focus(), []);
  return (
    <div class="nbl-help-away" onPointerDown={(event) => event.target === event.currentTarget && onClose()}>
      <div
        class="nbl-help"
        role="dialog"
        aria-modal="true"
        aria-label="Keyboard"
        data-lm-suppress-shortcuts="true"
        ref={dialog}
        onKeyDown={(event) => onKey(event, dialog.current, onClose)}
      >
        <div class="nbl-help-head">
          <h3>Keyboard</h3>
          <button type="button" class="nbl-button nbl-quiet" aria-label="Close" title="Close (Esc)" onClick={onClose}>
            <Icon path={CLOSE} />
          </button>
        </div>
        <div class="nbl-help-body" tabIndex={0} role="group" aria-label="Keys" data-lm-suppress-shortcuts="true">
          <Lines title="Move" lines={MOVES.map((move) => ({ ...move, place: "" }))} />
          {SECTIONS.map((section) => (
            <Lines title={section} lines={helpOf(commands.filter((each) => each.section === section), state)} />
          ))}
        </div>
      </div>
    </div>
  );
}

const PLACES = { asset: "menu of an asset", group: "menu of a group", target: "menu beside Materialize", map: "menu More" } as const;

/** The lines of some commands: those with keys first, then those that stand in a menu alone. */
export function helpOf(commands: readonly Command[], state: State): HelpLine[] {
  const lines = commands.map((command) => {
    const keys = command.keys ?? [];
    const place = keys.length > 0 ? "" : command.menus.map((menu) => PLACES[menu]).join(", ");
    return { keys, title: titleOf(command, state, MAP), place };
  });
  return [...lines.filter(({ keys }) => keys.length > 0), ...lines.filter(({ place }) => place !== "")];
}

function Lines({ title, lines }: { title: string; lines: readonly HelpLine[] }): JSX.Element | null {
  if (lines.length === 0) return null;
  return (
    <section>
      <h4>{title}</h4>
      <dl>
        {lines.map((line) => (
          <div>
            <dt>
              {line.keys.map((key) => (
                <kbd>{keyName(key)}</kbd>
              ))}
              {line.place}
            </dt>
            <dd>{line.title}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}

/** Tab goes round inside; no other key means anything to the map behind. */
function onKey(event: KeyboardEvent, dialog: HTMLElement | null, close: () => void): void {
  event.stopPropagation();
  if (event.key === "Escape" || event.key === "?") close();
  else if (event.key === "Tab" && dialog) {
    const stops = [...dialog.querySelectorAll<HTMLElement>("button, [tabindex='0']")];
    const at = stops.indexOf(document.activeElement as HTMLElement);
    stops.at((at + (event.shiftKey ? -1 : 1)) % stops.length)?.focus();
  } else return;
  event.preventDefault();
}
