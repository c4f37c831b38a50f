// Puts the widget together: store, channel, map, panes and commands, and says what a click or a key on the map does.
import { render } from "preact";
import { Actor } from "./acting/actor.ts";
import { onDoubleClick } from "./acting/double.ts";
import { announcement } from "./announce.ts";
import { cardLine } from "./card_line.ts";
import { ChangesDesk } from "./changes/desk.ts";
import { allCommands } from "./commands/all.ts";
import { MAP, isOff, type Command, type Desk, type Subject } from "./commands/command.ts";
import { Finder } from "./finding/finder.ts";
import { AGES_EVERY_MS } from "./format.ts";
import { FocusKeeper } from "./focus.ts";
import { Frame, type FrameActions } from "./frame.tsx";
import { Canvas, type CanvasActions } from "./graph/canvas.ts";
import type { SecondLine } from "./graph/nodes.ts";
import { describeKeys } from "./graph/hint.ts";
import { keyOf, subjectOf } from "./graph/target.ts";
import { meaningOf } from "./keyboard.ts";
import { panesOf } from "./later.ts";
import type { FromKernel } from "./messages.ts";
import { connect, pageOf, type Channel, type JupyterModel } from "./model.ts";
import { Overlays } from "./overlays.ts";
import { hidePicture } from "./picture.ts";
import { Room } from "./room.ts";
import { Speech } from "./speech.ts";
import { RunsDesk } from "./runs_desk.ts";
import { INITIAL, createStore, reduce, type State, type Store } from "./state.ts";

export class App implements FrameActions, CanvasActions {
  private readonly store: Store = createStore(INITIAL);
  private readonly channel: Channel;
  private readonly canvas: Canvas;
  readonly finder: Finder;
  private readonly root = document.createElement("div");
  private readonly speech = new Speech();
  private readonly mapHost = document.createElement("div");
  private readonly motion = window.matchMedia("(prefers-reduced-motion: reduce)");
  private readonly room: Room;
  private readonly ages: ReturnType<typeof setInterval>;
  private asked = { describe: "", panes: "" };
  private showPicture: () => void = () => {};
  private again: ReturnType<typeof setTimeout> | undefined;
  private readonly overlays = new Overlays(this.store, this.root, () => this.focusAssets());
  private readonly keeper = new FocusKeeper(this.root, () => this.focusAssets());
  private readonly commands: readonly Command[];
  private readonly actor: Actor;
  readonly runsDesk: RunsDesk;
  readonly changesDesk: ChangesDesk;

  constructor(
    model: JupyterModel,
    private readonly host: HTMLElement,
  ) {
    const { root, mapHost } = this;
    root.className = "nbl";
    root.dataset["nbAssets"] = "lineage";
    root.dataset["lmSuppressShortcuts"] = "true";
    root.dataset["ready"] = "false";
    root.tabIndex = -1; // So that a click beside all controls keeps the keyboard in here.
    mapHost.className = "nbl-map-host";
    host.append(root);

    const line: SecondLine = (node, made) => cardLine(node, made, this.store.get().run, Date.now() / 1000);
    this.canvas = new Canvas(this.store, this, line, () => this.motion.matches);
    this.room = new Room(root, this.canvas, mapHost);
    mapHost.append(this.canvas.element, this.canvas.minimap.element, describeKeys(this.canvas.element));
    root.addEventListener("keydown", (event) => this.onKey(event));
    this.ages = setInterval(() => this.canvas.tick(), AGES_EVERY_MS);
    this.store.subscribe((state, before) => this.after(state, before));

    const desk: Desk = {
      store: this.store,
      canvas: this.canvas,
      ask: (message) => this.channel.ask(message),
      go: this.go,
      say: this.speech.say,
    };
    this.actor = new Actor({ ...desk, root, page: pageOf(model) });
    this.finder = new Finder(this.store, this.canvas, desk.ask, desk.say);
    this.runsDesk = new RunsDesk(desk, this.finder.search);
    onDoubleClick(root, keyOf, (key) => this.actor.goTo(key));
    this.changesDesk = new ChangesDesk(desk);
    this.commands = allCommands(desk, {
      root,
      actor: this.actor,
      finder: this.finder,
      changes: this.changesDesk,
      calm: () => this.motion.matches,
      fold: (group) => this.fold(group),
      help: () => this.overlays.openHelp(),
    });
    const frame = { store: this.store, commands: this.commands, actions: this, actor: this.actor, map: mapHost };
    render(<Frame {...frame} live={this.speech.element} />, root);
    this.channel = connect(model, (message) => this.receive(message), () => this.lose(), this.runsDesk.late);
    this.channel.ask({ kind: "ready" });
  }

  close(): void {
    clearInterval(this.ages);
    clearTimeout(this.again);
    this.runsDesk.close();
    this.changesDesk.close();
    this.room.close();
    this.channel.ask({ kind: "left" });
    this.channel.close();
    this.canvas.close();
    this.keeper.close();
    this.finder.close();
    this.showPicture();
    render(null, this.root);
    this.root.remove();
  }

  // What the buttons do

  do = (id: string, subject: Subject = MAP): void => {
    const command = this.commands.find((each) => each.id === id);
    if (command) this.run(command, subject);
  };
  run = (command: Command, subject: Subject): void => {
    if (!command.on) this.overlays.close();
    if (!isOff(command, this.store.get(), subject)) command.run(subject);
  };
  dismiss = (): void => this.store.set({ notice: "" });
  openMenu = (subject: Subject, at: { clientX: number; clientY: number }): void => {
    this.overlays.openMenu(subject, at);
    if (subject.kind === "asset") this.actor.offer(subject.key);
  };
  closeOverlay = (): void => void this.overlays.close();
  shed = (names: readonly string[]): void => {
    if (names.join() !== this.store.get().shed.join()) this.store.set({ shed: names });
  };

  // What the map does

  pick = (key: string, add: boolean): void => {
    const { picked } = this.store.get();
    if (!add) this.store.set({ picked: [key] });
    else this.store.set({ picked: picked.includes(key) ? picked.filter((other) => other !== key) : [...picked, key] });
  };
  pickAll = (keys: readonly string[]): void => this.store.set({ picked: keys });
  open = (key: string): void => {
    const { open, details } = this.store.get();
    this.store.set({ open: key, details: open === key ? details : null });
    this.describe(key);
  };
  go = (key: string): void => {
    this.pick(key, false);
    this.open(key);
    if (this.canvas.has(key)) requestAnimationFrame(() => this.canvas.reveal(key));
    else this.finder.reveal(key);
  };
  fold(group: string): void {
    const { view, lost } = this.store.get();
    if (!view || lost) return;
    const folded = new Set(view.groups.filter((each) => each.collapsed).map((each) => each.name));
    if (!folded.delete(group)) folded.add(group);
    this.canvas.keepInPlace(group);
    this.channel.ask({ kind: "arrange", collapsed: [...folded], direction: view.direction, anew: false });
  }
  clear(): void {
    this.store.set({ picked: [], open: null, details: null });
  }
  closeDetails = (): void => {
    const { open } = this.store.get();
    this.store.set({ open: null, details: null });
    if (open === null) return;
    if (this.store.get().finding.shape === "map") this.canvas.focus(open);
    else this.root.querySelector<HTMLElement>(".nbl-list [role=row][tabindex='0']")?.focus();
  };

  // What the kernel says

  private receive(message: FromKernel): void {
    // Several views of one widget hear the same answers; each takes those to its own questions.
    if (!this.finder.takes(message)) return;
    const isPane = message.kind === "details" || message.kind === "look";
    if (isPane && message.request !== this.asked.describe) return;
    if (message.kind === "panes") return void this.unpack(message);
    const before = this.store.get();
    this.store.set(reduce(before, message));
    this.changesDesk.hear(message);
    this.actor.heard(message);
    this.runsDesk.receive(message);
    if (message.kind === "graph") this.fetchPanes();
    if (message.kind === "graph" && message.lineage_id !== before.lineageId) {
      this.showPicture();
      this.showPicture = hidePicture(this.host, message.lineage_id);
    }
    this.finder.after(message, before.view === null);
    const { open } = this.store.get();
    const touched =
      message.kind === "graph" || (message.kind === "patch" && message.nodes.some((node) => node.key === open));
    if (open !== null && touched) this.describe(open);
  }

  /** The panes follow once the map is painted: nobody opens one before, and opening the widget waits for the map alone. */
  private fetchPanes(): void {
    if (this.asked.panes !== "") return;
    requestAnimationFrame(() => setTimeout(() => (this.asked.panes = this.channel.ask({ kind: "fetch_panes" }))));
  }

  private async unpack({ request, source }: { request: string; source: string }): Promise<void> {
    if (request === this.asked.panes) this.store.set({ panes: await panesOf(source) });
  }

  private describe(key: string): void {
    clearTimeout(this.again);
    this.again = setTimeout(() => {
      if (this.store.get().open !== key) return;
      this.asked.describe = this.channel.ask({ kind: "describe", key });
      this.actor.look(key);
    }, 20);
  }

  private lose(): void {
    if (this.store.get().lost) return;
    this.store.set({ lost: true, run: null });
  }

  private after(state: State, before: State): void {
    this.root.dataset["ready"] = String(state.ready && !state.lost);
    this.room.after(state, before);
    this.runsDesk.after(state, before);
    const said = announcement(state, before, Date.now() / 1000);
    if (said !== null) this.speech.say(said);
    setTimeout(() => this.keeper.check());
  }

  // What the keys do

  private onKey(event: KeyboardEvent): void {
    const focused = event.target as HTMLElement;
    const subject = subjectOf(focused);
    const on = subject.kind === "asset" || subject.kind === "group" ? subject.kind : "other";
    const place = focused.matches("input, textarea, select") ? "text" : on;
    const meaning = meaningOf(event, place, this.commands);
    if (!meaning) return;
    event.preventDefault();
    event.stopPropagation();
    const state = this.store.get();
    switch (meaning.do) {
      case "move":
        this.canvas.step(meaning.arrow);
        break;
      case "walk":
        this.canvas.walk(meaning.walk);
        break;
      case "pick":
        if (subject.kind === "asset") this.pick(subject.key, true);
        break;
      case "menu": {
        const { left, bottom } = focused.getBoundingClientRect();
        this.openMenu(subject, { clientX: left + 8, clientY: bottom });
        break;
      }
      case "command":
        this.run(meaning.command, subject);
        break;
      case "escape":
        this.escape(state);
    }
  }

  /** Puts the keyboard on the map, or on the list in its place. */
  private focusAssets(): void {
    const row = this.root.querySelector<HTMLElement>(".nbl-list [role=row][tabindex='0']");
    if (row) row.focus({ preventScroll: true });
    else this.canvas.focus();
  }

  private escape(state: State): void {
    if (this.overlays.close() || this.runsDesk.escape()) return;
    if (state.open !== null) this.closeDetails();
    else if (state.search.text !== "") this.finder.search("");
    else if (state.finding.scope !== null) this.finder.widen();
    else if (state.picked.length > 0) this.store.set({ picked: [] });
    else (this.host.closest<HTMLElement>("[tabindex]") ?? this.root).focus({ preventScroll: true });
  }
}
