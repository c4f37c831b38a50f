// Selection strings for what is picked: as short as they can be and still mean just that.
import type { LineageView } from "../views.ts";

/** A string that selects these assets; whole groups by their name where the picture shows all there is. */
export function selectionOf(keys: readonly string[], view: LineageView | null, shown: string): string {
  const left = new Set(keys);
  const terms: string[] = [];
  // A picture of some assets alone does not tell what else is in their groups.
  if (view && shown === "*") {
    for (const [group, members] of groupsOf(view)) {
      // A key is as short as a group of one.
      if (members.length < 2 || !members.every((key) => left.has(key))) continue;
      terms.push(`group:"${group}"`);
      for (const key of members) left.delete(key);
    }
  }
  for (const key of left) terms.push(`key:"${key}"`);
  return terms.join(" or ");
}

/** A string that selects a group and those within it. */
export const selectionOfGroup = (name: string): string => `group:"${name}"`;

/** The assets of each group and of those within it, the outer groups first; of folded ones they are not known. */
function groupsOf({ groups, nodes }: LineageView): [string, string[]][] {
  const isIn = (group: string | null, name: string): boolean => group === name || (group ?? "").startsWith(`${name}/`);
  const whole = groups.filter(({ name }) => !groups.some((each) => each.collapsed && isIn(each.name, name)));
  return whole
    .map(({ name }): [string, string[]] => [
      name,
      nodes.filter(({ group, external }) => !external && isIn(group, name)).map(({ key }) => key),
    ])
    .sort(([one], [other]) => one.length - other.length);
}

/** A literal of Python. */
export const quoted = (text: string): string => JSON.stringify(text);
