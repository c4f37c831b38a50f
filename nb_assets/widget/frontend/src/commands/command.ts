// What a user can do, said once: a button, a menu entry, a key and a line of the help overlay are all the same command.
import type { Canvas } from "../graph/canvas.ts";
import type { Wish } from "../messages.ts";
import type { Ask } from "../model.ts";
import type { State, Store } from "../state.ts";

/** What a command works on: what was pointed at, what the button Materialize is about, or the map as a whole. */
export type Subject =
  | { kind: "asset"; key: string }
  | { kind: "group"; name: string }
  | { kind: "target" }
  | { kind: "map" };

export const MAP: Subject = { kind: "map" };
export const TARGET: Subject = { kind: "target" };

/** The parts of the widget that commands act through. */
export interface Desk {
  readonly store: Store;
  readonly canvas: Canvas;
  /** Sends a message to the kernel and returns the name by which its answer can be told. */
  ask(message: Ask): string;
  /** Picks an asset, opens its details and brings it into sight. */
  go(key: string): void;
  /** Has a screen reader say something. */
  say(text: string): void;
}

/** Where a command stands in menus and in the help overlay; in this order. */
export const SECTIONS = ["Run", "Asset", "Copy", "Find", "View"] as const;
export type Section = (typeof SECTIONS)[number];

export interface Command {
  readonly id: string;
  readonly section: Section;
  /** What it is called in menus and in the help overlay. */
  readonly title: string | ((state: State, subject: Subject) => string);
  /** The keys that it answers to, as `KeyboardEvent.key` names them, with `Shift+` before a named key. */
  readonly keys?: readonly string[];
  /** The kinds of subject in whose menu it stands; on none, only its key and its button call it. */
  readonly menus: readonly Subject["kind"][];
  /** Why it cannot be done now; empty when it can. */
  readonly off?: (state: State, subject: Subject) => string;
  /** What it would run: a menu says what that comes to before it is chosen. */
  readonly wish?: (state: State, subject: Subject) => Wish | null;
  /** Whether it is on, of one that turns something on and off; its menu stays open then. */
  readonly on?: (state: State) => boolean;
  run(subject: Subject): void;
}

export const titleOf = (command: Command, state: State, subject: Subject): string =>
  typeof command.title === "string" ? command.title : command.title(state, subject);

export const isOff = (command: Command, state: State, subject: Subject): boolean =>
  (command.off?.(state, subject) ?? "") !== "";

/** The commands of a menu, in their sections; that of the map has those whose buttons left the toolbar, too. */
export function menuOf(
  commands: readonly Command[],
  subject: Subject,
  shed: readonly string[] = [],
): [Section, Command[]][] {
  const left = (command: Command): boolean => subject.kind === "map" && shed.includes(command.id);
  const here = commands.filter((command) => command.menus.includes(subject.kind) || left(command));
  return SECTIONS.map((section): [Section, Command[]] => [
    section,
    here.filter((command) => command.section === section),
  ]).filter(([, entries]) => entries.length > 0);
}

/** The assets that a command is about: all that are picked when the one pointed at is among them, else that one. */
export function keysOf(state: State, subject: Subject): readonly string[] {
  if (subject.kind !== "asset") return subject.kind === "group" ? [] : state.picked;
  return state.picked.includes(subject.key) ? state.picked : [subject.key];
}

/** Why nothing can be asked of the kernel now; empty when something can. */
export const noKernel = (state: State): string =>
  state.lost ? "The kernel is gone" : state.ready ? "" : "The kernel has not answered yet";
