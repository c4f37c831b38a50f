// Acts on assets beside running them: asks the kernel, keeps what is looked at, and says what came of it.
import type { PageLine } from "../browser/rows.tsx";
import type { Ask, NotebookPage } from "../model.ts";
import type { FromKernel } from "../messages.ts";
import type { State, Store } from "../state.ts";
import { copyText } from "./clipboard.ts";
import { goToPlace } from "./place.ts";
import { selectionOf, selectionOfGroup } from "./selection.ts";
import { markedPair, pastOf, toggledMark, type Acting, type Asked, type Mark, type Offered, type Past } from "./state.ts";

const NOTED_MS = 10_000;

/** What an actor needs of the widget. */
interface Surroundings {
  readonly store: Store;
  readonly root: HTMLElement;
  readonly page: NotebookPage | null;
  ask(message: Ask): string;
  go(key: string): void;
  say(text: string): void;
}

export class Actor {
  /** What is done once the kernel says what can be done with an asset. */
  private readonly waiting = new Map<string, (offered: Offered) => void>();

  constructor(private readonly around: Surroundings) {}

  // What can be done

  /** Asks what can be done with an asset. */
  offer(key: string): void {
    if (!this.state.lost) this.around.ask({ kind: "offer", key });
  }

  /** Does something with what can be done with an asset, as soon as that is known. */
  withOffer(key: string, act: (offered: Offered) => void): void {
    const offered = this.acting.offered[key];
    if (offered) return act(offered);
    this.waiting.set(key, act);
    this.offer(key);
  }

  /** Takes note of an answer that was just put in the store. */
  heard(message: FromKernel): void {
    if (message.kind === "assigned" || message.kind === "unaccepted") this.fade();
    if (message.kind !== "offers") return;
    this.waiting.get(message.key)?.(message);
    this.waiting.delete(message.key);
  }

  /** Brings what the pane shows of an asset up to date. */
  look(key: string): void {
    this.offer(key);
    const { page, opened } = pastOf(this.acting, key);
    if (page) this.turn(key, page.start);
    if (opened) this.ask("version", { kind: "show_version", key, ...opened });
  }

  // Acceptance

  accept(keys: readonly string[], group = ""): void {
    this.ask("act", { kind: "accept", keys: [...keys], group });
  }
  unaccept(keys: readonly string[]): void {
    this.set({ toast: null });
    this.ask("act", { kind: "unaccept", keys: [...keys] });
  }
  dismiss = (): void => this.set({ toast: null });

  // Variables

  /** Opens the field in which a variable is named. */
  name(key: string, mark: Mark = { partition: "", version: 0 }): void {
    if (this.state.open !== key) this.around.go(key);
    this.withOffer(key, ({ variable }) => {
      const name = mark.version === 0 ? variable : `${variable.replace(/_value(_\d+)?$/, "")}_v${mark.version}`;
      this.set({ naming: { key, ...mark, name, taken: "", error: "", pending: false } });
    });
  }
  rename = (name: string): void => {
    const { naming } = this.acting;
    if (naming) this.set({ naming: { ...naming, name, taken: "", error: "" } });
  };
  assign = (replace: boolean): void => {
    const { naming } = this.acting;
    if (!naming || naming.pending) return;
    const { key, partition, version, name } = naming;
    this.set({ naming: { ...naming, pending: true, error: "" } });
    this.ask("assign", { kind: "assign", key, partition, version, name: name.trim(), replace });
  };
  stopNaming = (): void => this.set({ naming: null });

  // The past

  /** Shows a page of the history; the first few again where there is no place. */
  turn(key: string, start: number | null): void {
    if (start === null) return this.setPast(key, { page: null });
    this.setPast(key, {});
    this.ask("versions", { kind: "show_versions", key, partition: "", start });
  }
  openVersion(key: string, mark: Mark): void {
    const { opened } = pastOf(this.acting, key);
    const again = opened?.version === mark.version && opened.partition === mark.partition;
    this.setPast(key, { opened: again ? null : mark, record: null });
    if (!again) this.ask("version", { kind: "show_version", key, ...mark });
  }
  mark(key: string, mark: Mark): void {
    const marked = toggledMark(pastOf(this.acting, key).marked, mark);
    this.setPast(key, { marked });
    const pair = markedPair(marked);
    if (pair) this.compare(key, pair.partition, pair.old, pair.new);
    else this.closeComparison(key);
  }
  compare(key: string, partition: string, old: number, next: number): void {
    const comparison = { partition, old, new: next, html: null, badge: "", rows: 0, error: "" };
    const marked = [{ partition, version: old }, { partition, version: next }];
    this.setPast(key, { comparison, marked, rows: null, wide: true });
    this.ask("compare", { kind: "compare", key, partition, old, new: next });
  }
  /** The line on which rows of what is compared are asked for. */
  rowsLine(key: string): PageLine {
    const { store } = this.around;
    return {
      ask: ({ kind: _, ...question }) => {
        const { comparison } = pastOf(this.acting, key);
        if (!comparison) return;
        const { partition, old, new: next } = comparison;
        this.ask("rows", { kind: "show_differing", key, partition, old, new: next, ...question });
      },
      listen: (receive) =>
        store.subscribe(({ acting }, before) => {
          const rows = acting.past?.rows;
          if (rows && rows !== before.acting.past?.rows) receive({ kind: "page", ...rows });
        }),
    };
  }
  closeComparison(key: string): void {
    const { marked } = pastOf(this.acting, key);
    this.setPast(key, { comparison: null, rows: null, marked: marked.length > 1 ? [] : marked, wide: false });
  }
  widen(key: string, wide: boolean): void {
    this.setPast(key, { wide });
  }
  pin(key: string, mark: Mark, pinned: boolean): void {
    this.around.ask({ kind: "pin", key, ...mark, pinned });
  }

  // The page

  goTo(key: string): void {
    this.withOffer(key, ({ offers }) => {
      const { there, text } = goToPlace(offers.place, this.around.page, this.around.root);
      if (there) this.around.say(text);
      else this.note(text);
    });
  }
  copySelection(keys: readonly string[], group: string | null): void {
    const { view, selection, finding } = this.state;
    this.copy(group === null ? selectionOf(keys, view, finding.scope ? "" : selection) : selectionOfGroup(group));
  }
  copy(text: string): void {
    void copyText(text, this.around.root).then((copied) => {
      this.note(copied ? `Copied ${text}` : `This page may not use the clipboard. To copy: ${text}`);
    });
  }

  private get state(): State {
    return this.around.store.get();
  }
  private get acting(): Acting {
    return this.state.acting;
  }
  private set(change: Partial<Acting>): void {
    this.around.store.set({ acting: { ...this.acting, ...change } });
  }
  private setPast(key: string, change: Partial<Past>): void {
    this.set({ past: { ...pastOf(this.acting, key), ...change } });
  }
  private ask(what: keyof Asked, message: Ask): string {
    const request = this.around.ask(message);
    this.set({ asked: { ...this.acting.asked, [what]: request } });
    return request;
  }
  private note(text: string): void {
    this.set({ toast: { text, undo: [] } });
    this.fade();
  }
  /** Takes a note away after a while, if there is nothing to undo. */
  private fade(): void {
    const { toast } = this.acting;
    if (toast === null || toast.undo.length > 0) return;
    setTimeout(() => {
      if (this.acting.toast === toast) this.set({ toast: null });
    }, NOTED_MS);
  }
}
