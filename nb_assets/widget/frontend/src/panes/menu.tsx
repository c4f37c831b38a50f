// A menu of commands at a place: of an asset or a group under the pointer, or of the map below its button.
import type { JSX } from "preact";
import { useLayoutEffect, useRef } from "preact/hooks";
import { isOff, menuOf, titleOf, type Command, type Subject } from "../commands/command.ts";
import { keyName, shortcut } from "../keyboard.ts";
import type { State } from "../state.ts";
import { summary } from "./preview.tsx";

/** A menu that is open: what it is about, and its corner in the widget, in CSS pixels. */
export interface OpenMenu {
  subject: Subject;
  x: number;
  y: number;
}

interface Props {
  menu: OpenMenu;
  state: State;
  commands: readonly Command[];
  onRun(command: Command, subject: Subject): void;
  /** Called where the focus stays at a command that has not been chosen yet. */
  onAim(command: Command, subject: Subject): void;
  onClose(): void;
}

export function Menu({ menu, state, commands, onRun, onAim, onClose }: Props): JSX.Element {
  const place = useRef<HTMLDivElement>(null);
  const { subject } = menu;
  const { preview } = state.runs;
  const runs = commands.some((command) => command.wish && command.menus.includes(subject.kind));
  useLayoutEffect(() => {
    const box = place.current;
    const room = box?.offsetParent;
    if (!box || !room) return;
    // It stays inside the widget, whose edges cut it off.
    box.style.left = `${Math.max(4, Math.min(menu.x, room.clientWidth - box.offsetWidth - 4))}px`;
    box.style.top = `${Math.max(4, Math.min(menu.y, room.clientHeight - box.offsetHeight - 4))}px`;
    entries(box)[0]?.focus();
  }, [menu]);
  return (
    <>
      <div class="nbl-menu-away" onPointerDown={onClose} onContextMenu={(event) => event.preventDefault()} />
      <div class="nbl-menu" ref={place}>
        <div
          role="menu"
          aria-label={titleOfMenu(subject)}
          data-lm-suppress-shortcuts="true"
          onKeyDown={(event) => onKey(event, place.current, onClose)}
        >
          {menuOf(commands, subject, state.shed).map(([section, entries]) => (
            <div role="group" aria-label={section}>
              {entries.map((command) => (
                <button
                  type="button"
                  role={command.on ? "menuitemcheckbox" : "menuitem"}
                  aria-checked={command.on?.(state)}
                  class="nbl-menu-item"
                  tabIndex={-1}
                  aria-disabled={isOff(command, state, subject)}
                  aria-keyshortcuts={command.keys?.[0] && shortcut(command.keys[0])}
                  title={command.off?.(state, subject) || undefined}
                  onPointerEnter={({ currentTarget }) => currentTarget.focus({ preventScroll: true })}
                  onFocus={() => onAim(command, subject)}
                  onClick={() => !isOff(command, state, subject) && onRun(command, subject)}
                >
                  <span>{titleOf(command, state, subject)}</span>
                  {command.keys?.[0] && <kbd aria-hidden="true">{keyName(command.keys[0])}</kbd>}
                </button>
              ))}
            </div>
          ))}
        </div>
        {runs && (
          <p class="nbl-menu-foot" aria-live="polite">
            {preview && !preview.pinned && (preview.view ? summary(preview.view) : "…")}
          </p>
        )}
      </div>
    </>
  );
}

function titleOfMenu(subject: Subject): string {
  if (subject.kind === "asset") return subject.key;
  if (subject.kind === "group") return subject.name;
  return subject.kind === "target" ? "Materialize" : "More";
}

const entries = (menu: HTMLElement): HTMLElement[] => [...menu.querySelectorAll<HTMLElement>("[role^=menuitem]")];

function onKey(event: KeyboardEvent, menu: HTMLElement | null, close: () => void): void {
  if (!menu) return;
  const all = entries(menu);
  const at = all.indexOf(document.activeElement as HTMLElement);
  const to: Record<string, number> = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: -1 };
  const next = to[event.key];
  if (next !== undefined) all.at(next % all.length)?.focus();
  else if (event.key === "Escape" || event.key === "Tab") close();
  else return void event.stopPropagation(); // Enter and space press the entry; letters mean nothing in here.
  event.preventDefault();
  event.stopPropagation();
}
