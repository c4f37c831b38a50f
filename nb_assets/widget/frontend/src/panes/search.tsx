// The search box: the selection language, answered by the kernel as one types.
import type { JSX } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import type { Search } from "../state.ts";
import { Icon, SEARCH } from "./icons.tsx";

const WAIT_MS = 120;

interface Props {
  search: Search;
  disabled: boolean;
  onSearch(text: string): void;
}

export function SearchBox({ search, disabled, onSearch }: Props): JSX.Element {
  const [text, setText] = useState(search.text);
  const timer = useRef<ReturnType<typeof setTimeout>>();
  useEffect(() => setText(search.text), [search.text]);
  const say = (next: string, wait: number): void => {
    setText(next);
    clearTimeout(timer.current);
    timer.current = setTimeout(() => onSearch(next), wait);
  };
  return (
    <div class={search.error ? "nbl-search nbl-wrong" : "nbl-search"}>
      <Icon path={SEARCH} />
      <input
        type="search"
        role="searchbox"
        aria-label="Search assets"
        placeholder="Search: name, group:x, status:stale, +a"
        autocomplete="off"
        spellcheck={false}
        data-lm-suppress-shortcuts="true"
        value={text}
        disabled={disabled}
        aria-invalid={search.error !== ""}
        aria-describedby={search.error ? "nbl-search-error" : undefined}
        onInput={(event) => say(event.currentTarget.value, WAIT_MS)}
        onKeyDown={(event) => {
          if (event.key === "Enter") say(text, 0);
          if (event.key === "Escape" && text !== "") {
            event.stopPropagation();
            say("", 0);
          }
        }}
      />
      {search.matches !== null && <span class="nbl-found">{search.matches.size}</span>}
      {search.error !== "" && (
        <div id="nbl-search-error" class="nbl-search-error" role="alert">
          {search.error}
        </div>
      )}
    </div>
  );
}
