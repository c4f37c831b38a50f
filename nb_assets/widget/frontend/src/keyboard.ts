// What each key means where the focus is: a step across the map, an escape, a menu, or one of the commands.
import type { Command, Subject } from "./commands/command.ts";
import { isArrow, type Arrow } from "./graph/neighbours.ts";
import type { Walk } from "./graph/order.ts";

type Meaning =
  | { do: "move"; arrow: Arrow }
  | { do: "walk"; walk: Walk }
  | { do: "pick" | "menu" | "escape" }
  | { do: "command"; command: Command };

interface Press {
  key: string;
  shiftKey: boolean;
  ctrlKey: boolean;
  metaKey: boolean;
  altKey: boolean;
}

/** Where the focus is: in a field to type in, on an asset, on a group, or elsewhere in the widget. */
type Place = "text" | "asset" | "group" | "other";

const SUBJECTS: Readonly<Record<Place, Subject["kind"]>> = { text: "map", asset: "asset", group: "group", other: "map" };

const WALKS: Readonly<Record<string, Walk>> = {
  "Shift+ArrowDown": "next",
  "Shift+ArrowUp": "previous",
  "Shift+ArrowRight": "in",
  "Shift+ArrowLeft": "out",
  Home: "first",
  End: "last",
};

/** The keys that are no commands, as the help overlay tells of them. */
export const MOVES: readonly { keys: readonly string[]; title: string }[] = [
  { keys: ["Tab", "Shift+Tab"], title: "Go on to the search box, the buttons, the map, the details; and back" },
  { keys: ["ArrowLeft", "ArrowUp", "ArrowDown", "ArrowRight"], title: "Follow the edges, or go to what lies that way" },
  { keys: ["Shift+ArrowUp", "Shift+ArrowDown"], title: "Read groups and assets one by one" },
  { keys: ["Shift+ArrowLeft", "Shift+ArrowRight"], title: "Go to the group that it is in, or into the group" },
  { keys: ["Home", "End"], title: "Go to the first or the last" },
  { keys: [" "], title: "Pick the asset, or no longer" },
  { keys: ["Shift+F10"], title: "Open the menu of the asset or the group" },
  { keys: ["Escape"], title: "Close what is open, then clear the search and what is picked" },
];

/** Says what a key press means, or null where the key belongs to the page. */
export function meaningOf(press: Press, place: Place, commands: readonly Command[]): Meaning | null {
  if (press.ctrlKey || press.metaKey || press.altKey) return null;
  if (press.key === "Escape") return { do: "escape" };
  if (place === "text") return null;
  const named = nameOf(press);
  if (place === "asset" || place === "group") {
    if (press.key === "ContextMenu" || named === "Shift+F10") return { do: "menu" };
    if (isArrow(named)) return { do: "move", arrow: named };
    const walk = WALKS[named];
    if (walk) return { do: "walk", walk };
  }
  if (place === "asset" && press.key === " ") return { do: "pick" };
  const command = commands.find((each) => each.keys?.includes(named) && reaches(each, place, named));
  return command ? { do: "command", command } : null;
}

/** A key as commands name it. */
function nameOf({ key, shiftKey }: Press): string {
  return key.length > 1 && shiftKey ? `Shift+${key}` : key;
}

/** Enter and space are for the box they are pressed on; a letter works anywhere on the map. */
function reaches(command: Command, place: Place, key: string): boolean {
  const ofBoxes = key === " " || key.endsWith("Enter");
  return ofBoxes ? command.menus.includes(SUBJECTS[place]) && place !== "other" : true;
}

const PRINTED: Readonly<Record<string, string>> = {
  " ": "Space",
  ArrowLeft: "←",
  ArrowUp: "↑",
  ArrowDown: "↓",
  ArrowRight: "→",
  Escape: "Esc",
};

/** What is printed on a key. */
export function keyName(key: string): string {
  const bare = key.replace(/^Shift\+(?=.)/, "");
  const name = PRINTED[bare] ?? (bare.length > 1 || bare === bare.toUpperCase() ? bare : bare.toUpperCase());
  // A capital letter takes the shift key; a sign that does is known by itself.
  const shifted = bare !== key || (key.length === 1 && key !== key.toLowerCase());
  return shifted ? `Shift+${name}` : name;
}

/** The same for `aria-keyshortcuts`. */
export function shortcut(key: string): string {
  const name = key === " " ? "Space" : key === "+" ? "Plus" : key;
  return name.length === 1 && name !== name.toLowerCase() ? `Shift+${name}` : name;
}
