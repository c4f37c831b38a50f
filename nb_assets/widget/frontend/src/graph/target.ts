// What an event on the page is about: the asset or the group whose element it happened on.
import { MAP, type Subject } from "../commands/command.ts";
import { GROUP } from "./order.ts";

export function keyOf(target: EventTarget | null): string | null {
  const node = target instanceof Element ? target.closest("[data-asset-key]") : null;
  return node?.closest(".nbl-map, .nbl-list") ? node.getAttribute("data-asset-key") : null;
}

export function groupOf(target: EventTarget | null): string | null {
  const node = target instanceof Element ? target.closest("[data-group]") : null;
  return node?.getAttribute("data-group") ?? null;
}

/** What a command would work on that is called where an event happened. */
export function subjectOf(target: EventTarget | null): Subject {
  const key = keyOf(target);
  if (key !== null) return { kind: "asset", key };
  const name = groupOf(target);
  return name === null ? MAP : { kind: "group", name };
}

/** The stop of the map that an event happened on. */
export function stopOf(target: EventTarget | null): string | null {
  const group = groupOf(target);
  return keyOf(target) ?? (group === null ? null : GROUP + group);
}
