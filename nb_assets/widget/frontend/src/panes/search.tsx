// The search box: the selection language, completed and answered by the kernel as one types.
import type { JSX } from "preact";
import { useEffect, useId, useRef, useState } from "preact/hooks";
import type { Completion } from "../finding/state.ts";
import { recentSearches, remember } from "../finding/recent.ts";
import { taken } from "../finding/taking.ts";
import type { CandidateView } from "../finding/views.ts";
import type { Search } from "../state.ts";
import { Icon, SEARCH } from "./icons.tsx";
import { SearchError, Suggestions } from "./suggestions.tsx";

const WAIT_MS = 120;
const COMPLETE_MS = 40;

export interface SearchActions {
  search(text: string): void;
  complete(text: string, at: number): void;
  forgetCompletion(): void;
  step(by: 1 | -1): void;
}

interface Props {
  search: Search;
  completion: Completion;
  current: string | null;
  disabled: boolean;
  actions: SearchActions;
}

export function SearchBox({ search, completion, current, disabled, actions }: Props): JSX.Element {
  const [text, setText] = useState(search.text);
  const [open, setOpen] = useState(false);
  const [active, setActive] = useState(-1);
  const input = useRef<HTMLInputElement>(null);
  const id = useId();
  const timers = useRef<{ say?: ReturnType<typeof setTimeout>; complete?: ReturnType<typeof setTimeout> }>({});
  useEffect(() => setText(search.text), [search.text]);
  useEffect(() => setActive(-1), [completion]);

  const say = (next: string, wait: number): void => {
    clearTimeout(timers.current.say);
    timers.current.say = setTimeout(() => actions.search(next), wait);
  };
  const close = (): void => {
    clearTimeout(timers.current.complete);
    setOpen(false);
    setActive(-1);
    actions.forgetCompletion();
  };
  const offer = (next: string, at: number, wait = COMPLETE_MS): void => {
    setOpen(true);
    setActive(-1);
    clearTimeout(timers.current.complete);
    timers.current.complete = setTimeout(() => actions.complete(next, at), wait);
  };
  const write = (next: string, at: number, goesOn: boolean): void => {
    setText(next);
    say(next, 0);
    if (goesOn) offer(next, at, 0);
    else close();
    requestAnimationFrame(() => {
      input.current?.focus();
      input.current?.setSelectionRange(at, at);
    });
  };

  const recents = text === "" ? recentSearches().map(asCandidate) : [];
  // What stands there already in full has nothing to offer.
  const typed = text.slice(completion.start, completion.end);
  const others = completion.candidates.filter((each) => text === "" || each.text !== typed);
  const candidates = [...recents, ...others];
  const isOpen = open && candidates.length > 0;
  const take = (candidate: CandidateView): void => {
    if (candidate.kind === RECENT) write(candidate.text, candidate.text.length, false);
    else {
      const next = taken(text, completion.start, completion.end, candidate);
      write(next.text, next.at, next.goesOn);
    }
  };
  const onKeyDown = (event: JSX.TargetedKeyboardEvent<HTMLInputElement>): void => {
    if (event.ctrlKey || event.metaKey || event.isComposing) return;
    const by = event.key === "ArrowDown" ? 1 : event.key === "ArrowUp" ? -1 : 0;
    if (by !== 0) {
      event.preventDefault();
      if (isOpen) setActive(((active < 0 && by < 0 ? 0 : active) + by + candidates.length) % candidates.length);
      else if (search.matches !== null && !event.altKey) actions.step(by);
      else offer(text, event.currentTarget.selectionStart ?? text.length, 0);
    } else if (event.key === "Enter" || (event.key === "Tab" && !event.shiftKey)) {
      const chosen = candidates[active] ?? (event.key === "Tab" && text !== "" ? candidates[0] : undefined);
      if (isOpen && chosen) {
        event.preventDefault();
        take(chosen);
      } else if (event.key === "Enter") {
        event.preventDefault();
        close();
        remember(text);
        if (text !== search.text) {
          clearTimeout(timers.current.say);
          actions.search(text);
        }
        actions.step(event.shiftKey ? -1 : 1);
      } else close();
    } else if (event.key === "Escape" && (isOpen || text !== "")) {
      event.preventDefault();
      event.stopPropagation();
      if (isOpen) close();
      else write("", 0, false);
    }
  };

  const place = current === null || search.matches === null ? -1 : [...search.matches].indexOf(current);
  return (
    <div class={search.error && !isOpen ? "nbl-search nbl-wrong" : "nbl-search"}>
      <Icon path={SEARCH} />
      <input
        ref={input}
        type="search"
        role="searchbox"
        aria-label="Search assets"
        aria-autocomplete="list"
        aria-haspopup="listbox"
        aria-controls={isOpen ? `${id}-list` : undefined}
        aria-activedescendant={isOpen && active >= 0 ? `${id}-${active}` : undefined}
        placeholder="Search: name, group:x, status:stale, +a"
        autocomplete="off"
        spellcheck={false}
        data-lm-suppress-shortcuts="true"
        value={text}
        disabled={disabled}
        aria-invalid={search.error !== ""}
        aria-describedby={search.error && !isOpen ? `${id}-error` : undefined}
        onInput={(event) => {
          const { value, selectionStart } = event.currentTarget;
          setText(value);
          say(value, WAIT_MS);
          // What is pasted is a selection already, and not half a word.
          if (isTyped(event)) offer(value, selectionStart ?? value.length);
          else close();
        }}
        onPointerDown={() => text === "" && !isOpen && offer("", 0, 0)}
        onBlur={() => {
          close();
          if (search.matches !== null) remember(search.text);
        }}
        onKeyDown={onKeyDown}
      />
      {search.matches !== null && (
        <span class="nbl-found">{place >= 0 ? `${place + 1}/${search.matches.size}` : search.matches.size}</span>
      )}
      {isOpen && (
        <Suggestions id={id} candidates={candidates} active={active} more={completion.more} recent={recents.length} onTake={take} />
      )}
      {search.error !== "" && !isOpen && <SearchError id={`${id}-error`} search={search} />}
    </div>
  );
}

const RECENT = "recent";

const asCandidate = (text: string): CandidateView => ({ text, name: text, kind: RECENT, count: null, hint: "", hits: [] });

/** Letters that come one by one, or are composed or taken away; not a text that comes at once. */
function isTyped(event: Event): boolean {
  if (!(event instanceof InputEvent)) return false;
  return event.inputType !== "insertFromPaste" && (event.data === null ? event.inputType.startsWith("delete") : event.data.length <= 2);
}
