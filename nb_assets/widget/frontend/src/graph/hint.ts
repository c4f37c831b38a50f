// What a screen reader says of the map when the keyboard comes to it: its arrows are not quite those of other trees.

const TEXT =
  "The arrow keys follow the edges. With Shift they go through groups and assets one by one. A question mark shows all keys.";

let made = 0;

/** Describes a map; returns what is to be put beside it. */
export function describeKeys(map: Element): HTMLElement {
  const hint = document.createElement("p");
  hint.id = `nbl-hint-${++made}-${Math.random().toString(36).slice(2, 8)}`; // The page may hold widgets of several bundles.
  hint.hidden = true;
  hint.textContent = TEXT;
  map.setAttribute("aria-describedby", hint.id);
  return hint;
}
