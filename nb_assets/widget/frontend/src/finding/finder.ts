// Finds assets for one view: asks the kernel what a search means, narrows the picture down, steps through what was found.
import { NO_SEARCH, type Store } from "../state.ts";
import type { Filters, FromKernel } from "../messages.ts";
import type { Ask } from "../model.ts";
import type { Transform } from "../graph/transform.ts";
import { isEmpty, NO_FILTERS, same, toggled } from "./filters.ts";
import type { Sort } from "./list.ts";
import { remember } from "./recent.ts";
import { isHiding, NO_COMPLETION, type Finding } from "./state.ts";
import type { FocusView } from "./views.ts";

const ROWS_EVERY_MS = 400;

/** The map, as far as finding goes. */
interface Stage {
  readonly camera: { transform: Transform; go(to: Transform, animate: boolean): void };
  has(key: string): boolean;
  centre(key: string): void;
  fitNext(): void;
}

export class Finder {
  private asked = { find: "", complete: "", facets: "", list: "" };
  /** The asset that is brought on screen once the kernel has unfolded what it is in. */
  private wanted: string | null = null;
  /** Where to step to once the kernel has said what was found. */
  private stepping: 1 | -1 | 0 = 0;
  /** Where the map was before it was narrowed down. */
  private before: Transform | null = null;
  private readonly touched = new Set<string>();
  private fetching: ReturnType<typeof setTimeout> | undefined;

  constructor(
    private readonly store: Store,
    private readonly stage: Stage,
    private readonly ask: (message: Ask) => string,
    private readonly say: (text: string) => void,
  ) {}

  close(): void {
    clearTimeout(this.fetching);
  }

  // What the user does

  search = (text: string): void => {
    const { filters } = this.finding;
    if (text.trim() === "" && isEmpty(filters)) {
      this.asked.find = "";
      this.store.set({ search: NO_SEARCH });
      this.change({ current: null });
      if (isHiding(this.finding)) this.narrow(this.finding.scope?.focus ?? null, "", NO_FILTERS);
    } else {
      this.store.set({ search: { ...this.store.get().search, text, pending: true } });
      this.asked.find = this.ask({ kind: "find", text, filters });
    }
    this.askFacets();
  };

  complete = (text: string, at: number): void => {
    this.asked.complete = this.ask({ kind: "complete", text, at });
  };

  forgetCompletion = (): void => {
    this.asked.complete = "";
    if (this.finding.completion !== NO_COMPLETION) this.change({ completion: NO_COMPLETION });
  };

  /** Goes on to the next match, or back to the one before; a search that is not answered yet is stepped into then. */
  step = (by: 1 | -1): void => {
    const { search } = this.store.get();
    if (search.pending) {
      this.stepping = by;
      return;
    }
    const keys = [...(search.matches ?? [])];
    if (keys.length === 0) return;
    remember(search.text);
    const at = keys.indexOf(this.finding.current ?? "");
    const next = at < 0 ? (by > 0 ? 0 : keys.length - 1) : (at + by + keys.length) % keys.length;
    const key = keys[next] as string;
    this.change({ current: key });
    this.say(`${next + 1} of ${keys.length}: ${key}`);
    this.reveal(key);
  };

  /** Brings an asset on screen, out of the folded group that it may be in. */
  reveal(key: string): void {
    if (this.stage.has(key)) {
      this.stage.centre(key);
    } else if (this.finding.shape === "map") {
      this.wanted = key;
      this.ask({ kind: "reveal", key });
    }
  }

  filter = (filters: Filters): void => {
    this.change({ filters });
    this.search(this.store.get().search.text);
  };

  toggle = (facet: string, value: string): void => this.filter(toggled(this.finding.filters, facet, value));

  choose = (choosing: boolean): void => {
    this.change({ choosing });
    this.askFacets();
  };

  /** Takes what does not match out of the picture, or brings it back. */
  hide = (on: boolean): void => {
    const { search } = this.store.get();
    const { scope, filters } = this.finding;
    this.narrow(scope?.focus ?? null, on ? search.text : "", on ? filters : NO_FILTERS);
  };

  /** Shows the neighbourhood of an asset alone; everything again without one. */
  focus = (focus: FocusView | null): void => {
    const { scope } = this.finding;
    this.narrow(focus, scope?.text ?? "", scope?.filters ?? NO_FILTERS);
  };

  widen = (): void => this.narrow(null, "", NO_FILTERS);

  clear = (): void => {
    this.change({ filters: NO_FILTERS });
    this.search("");
  };

  sort = (sort: Sort): void => this.change({ sort });

  minimap = (): void => this.change({ minimap: !this.finding.minimap });

  show = (shape: Finding["shape"], from: string | null = null): void => {
    this.change({ shape, from });
    if (shape === "list") this.fetch();
  };

  // What the kernel says

  /** Tells whether a message is for this view: several views of one widget hear the same answers. */
  takes(message: FromKernel): boolean {
    switch (message.kind) {
      case "found":
        return message.request === this.asked.find;
      case "completions":
        return message.request === this.asked.complete;
      case "facets":
        return message.request === this.asked.facets;
      case "rows":
        return message.request === this.asked.list;
      default:
        return true;
    }
  }

  /** Goes on once the state has taken in a message. */
  after(message: FromKernel, isFirst: boolean): void {
    if (message.kind === "found") this.found(message.error);
    if (message.kind === "graph") this.drawn(isFirst);
    if (message.kind === "patch" && this.finding.shape === "list" && message.nodes.length > 0) {
      for (const { key } of message.nodes) this.touched.add(key);
      this.fetching ??= setTimeout(() => this.fetch([...this.touched]), ROWS_EVERY_MS);
    }
  }

  private found(error: string): void {
    const { search } = this.store.get();
    const { scope, filters } = this.finding;
    const { stepping } = this;
    this.stepping = 0;
    if (error !== "") return;
    const isOther = scope !== null && (scope.text !== search.text || !same(scope.filters, filters));
    if (isHiding(this.finding) && isOther) this.narrow(scope?.focus ?? null, search.text, filters);
    if (stepping !== 0) this.step(stepping);
  }

  private drawn(isFirst: boolean): void {
    const { search } = this.store.get();
    const { scope, filters, shape } = this.finding;
    if (isFirst && scope && isHiding(this.finding)) {
      // A page that was loaded again, or a second view: the search that the picture was narrowed down by is taken over.
      this.change({ filters: scope.filters });
      this.search(scope.text);
    } else if (search.text !== "" || !isEmpty(filters)) {
      this.search(search.text);
    }
    if (shape === "list") this.fetch();
    const { wanted } = this;
    this.wanted = null;
    if (wanted !== null && this.stage.has(wanted)) requestAnimationFrame(() => this.stage.centre(wanted));
  }

  private narrow(focus: FocusView | null, text: string, filters: Filters): void {
    const isWhole = focus === null && text.trim() === "" && isEmpty(filters);
    if (isWhole && this.finding.scope === null) return;
    if (this.finding.scope === null) this.before = this.stage.camera.transform;
    if (!isWhole) {
      this.stage.fitNext();
    } else if (this.before) {
      // Back to where the map was, which is as it was.
      this.stage.camera.go(this.before, false);
      this.before = null;
    } else {
      this.stage.fitNext();
    }
    const { key, up, down } = focus ?? { key: "", up: null, down: null };
    this.ask({ kind: "narrow", key, up, down, text, filters });
  }

  private fetch(keys: string[] = []): void {
    clearTimeout(this.fetching);
    this.fetching = undefined;
    this.touched.clear();
    this.asked.list = this.ask({ kind: "list", keys });
  }

  private askFacets(): void {
    const { choosing, filters } = this.finding;
    if (choosing) this.asked.facets = this.ask({ kind: "facets", text: this.store.get().search.text, filters });
  }

  private get finding(): Finding {
    return this.store.get().finding;
  }

  private change(change: Partial<Finding>): void {
    this.store.set({ finding: { ...this.finding, ...change } });
  }
}
