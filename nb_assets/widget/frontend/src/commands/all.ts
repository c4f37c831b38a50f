// All that a user can do, in the order of menus and of the help overlay. A new file of commands is added here.
import type { Actor } from "../acting/actor.ts";
import type { ChangesDesk } from "../changes/desk.ts";
import type { Finder } from "../finding/finder.ts";
import { actingCommands } from "./acting.ts";
import { arrangingCommands } from "./arranging.ts";
import { assetCommands } from "./assets.ts";
import { changingCommands } from "./changing.ts";
import type { Command, Desk } from "./command.ts";
import { findingCommands } from "./finding.ts";
import { materializingCommands } from "./materializing.ts";
import { runningCommands } from "./running.ts";
import { viewingCommands } from "./viewing.ts";

/** What some commands need beside the desk. */
interface Means {
  readonly root: HTMLElement;
  readonly actor: Actor;
  readonly finder: Finder;
  readonly changes: ChangesDesk;
  /** Whether the user wants less motion. */
  calm(): boolean;
  /** Folds a group, or unfolds it. */
  fold(group: string): void;
  /** Opens the help overlay. */
  help(): void;
}

export function allCommands(desk: Desk, { root, actor, finder, changes, calm, fold, help }: Means): Command[] {
  return [
    ...materializingCommands(desk),
    ...runningCommands(desk),
    ...assetCommands(desk, fold),
    ...actingCommands(desk, actor),
    ...findingCommands(desk, finder, root),
    ...viewingCommands(desk, calm, help),
    ...arrangingCommands(desk),
    ...changingCommands(changes),
  ];
}
