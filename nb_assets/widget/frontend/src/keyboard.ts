// What each key means where the focus is: a step across the map, an escape, a menu, or one of the commands.
import type { Command, Subject } from "./commands/command.ts";
import { isArrow, type Arrow } from "./graph/neighbours.ts";

export type Meaning =
  | { do: "move"; arrow: Arrow }
  | { do: "pick" | "menu" | "escape" }
  | { do: "command"; command: Command };

export interface Press {
  key: string;
  shiftKey: boolean;
  ctrlKey: boolean;
  metaKey: boolean;
  altKey: boolean;
}

/** Where the focus is: in a field to type in, on an asset, on a group, or elsewhere in the widget. */
export type Place = "text" | "asset" | "group" | "other";

const SUBJECTS: Readonly<Record<Place, Subject["kind"]>> = { text: "map", asset: "asset", group: "group", other: "map" };

/** Says what a key press means, or null where the key belongs to the page. */
export function meaningOf(press: Press, place: Place, commands: readonly Command[]): Meaning | null {
  if (press.ctrlKey || press.metaKey || press.altKey) return null;
  if (press.key === "Escape") return { do: "escape" };
  if (place === "text") return null;
  const onBox = place === "asset" || place === "group";
  if (onBox && (press.key === "ContextMenu" || (press.key === "F10" && press.shiftKey))) return { do: "menu" };
  if (place === "asset") {
    if (isArrow(press.key)) return { do: "move", arrow: press.key };
    if (press.key === " ") return { do: "pick" };
  }
  const named = press.key.length > 1 && press.shiftKey ? `Shift+${press.key}` : press.key;
  const command = commands.find((each) => each.keys?.includes(named) && reaches(each, place, named));
  return command ? { do: "command", command } : null;
}

/** Enter and space are for the box they are pressed on; a letter works anywhere on the map. */
function reaches(command: Command, place: Place, key: string): boolean {
  const ofBoxes = key === " " || key.endsWith("Enter");
  return ofBoxes ? command.menus.includes(SUBJECTS[place]) && place !== "other" : true;
}
