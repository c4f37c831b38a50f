// Selection strings for what is picked: as short as they can be and still mean just that.
import type { LineageView } from "../views.ts";

/** A string that selects these assets; whole groups by their name where the picture shows all there is. */
export function selectionOf(keys: readonly string[], view: LineageView | null, shown: string): string {
  const left = new Set(keys);
  const terms: string[] = [];
  // A picture of some assets alone does not tell what else is in their groups.
  if (view && shown === "*") {
    for (const [group, members] of groupsOf(view)) {
      if (members.length < 2 || !members.every((key) => left.has(key))) continue;
      terms.push(`group:"${group}"`);
      for (const key of members) left.delete(key);
    }
  }
  for (const key of left) terms.push(`key:"${key}"`);
  return terms.join(" or ");
}

/** A string that selects a group and those within it. */
export function selectionOfGroup(name: string, view: LineageView | null): string {
  const names = (view?.groups ?? []).map((group) => group.name).filter((each) => each.startsWith(`${name}/`));
  const filled = [name, ...names].filter((each) => each === name || view?.nodes.some((node) => node.group === each));
  return filled.map((each) => `group:"${each}"`).join(" or ");
}

function groupsOf(view: LineageView): Map<string, string[]> {
  const members = new Map<string, string[]>();
  for (const { key, group, external } of view.nodes) {
    if (group !== null && !external) members.set(group, [...(members.get(group) ?? []), key]);
  }
  return members;
}

/** A literal of Python. */
export const quoted = (text: string): string => JSON.stringify(text);
