// What each key does; which element has the focus decides whether it is ours.
import { isArrow, type Arrow } from "./graph/neighbours.ts";

export type Command =
  | { do: "move"; arrow: Arrow }
  | { do: "open" | "pick" | "materialize" | "search" | "fit" | "escape" | "closer" | "farther" };

interface Press {
  key: string;
  ctrlKey: boolean;
  metaKey: boolean;
  altKey: boolean;
}

/** Names the command of a key press, or null where the key belongs to the page. */
export function commandOf(press: Press, on: "asset" | "group" | "text" | "other"): Command | null {
  if (press.ctrlKey || press.metaKey || press.altKey) return null;
  if (press.key === "Escape") return { do: "escape" };
  if (on === "text") return null;
  if (on === "asset") {
    if (isArrow(press.key)) return { do: "move", arrow: press.key };
    if (press.key === "Enter") return { do: "open" };
    if (press.key === " ") return { do: "pick" };
  }
  if (on === "group" && (press.key === "Enter" || press.key === " ")) return { do: "open" };
  switch (press.key) {
    case "m":
      return { do: "materialize" };
    case "/":
      return { do: "search" };
    case "f":
      return { do: "fit" };
    case "+":
    case "=":
      return { do: "closer" };
    case "-":
      return { do: "farther" };
    default:
      return null;
  }
}
