// The filters behind one button: facets with their counts, alternatives to tick.
import type { JSX } from "preact";
import { useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";
import { countOf, isChosen, nameOf } from "../finding/filters.ts";
import type { FacetView } from "../finding/views.ts";
import type { Filters } from "../messages.ts";
import { STATUSES, WORDS } from "../status.ts";
import type { Status } from "../views.ts";
import { FILTER, Icon, StatusMark } from "./icons.tsx";

const SHOWN = 8;
const TITLES: Readonly<Record<string, string>> = {
  status: "Status",
  group: "Group",
  kind: "Kind",
  owner: "Owner",
  tag: "Tag",
};

interface Props {
  filters: Filters;
  facets: readonly FacetView[] | null;
  open: boolean;
  disabled: boolean;
  onOpen(open: boolean): void;
  onToggle(facet: string, value: string): void;
}

export function FilterButton({ filters, facets, open, disabled, onOpen, onToggle }: Props): JSX.Element {
  const place = useRef<HTMLDivElement>(null);
  const button = useRef<HTMLButtonElement>(null);
  const chosen = countOf(filters);
  useEffect(() => {
    if (!open) return;
    const away = (event: Event): void => {
      if (!event.composedPath().includes(place.current as EventTarget)) onOpen(false);
    };
    document.addEventListener("pointerdown", away, true);
    return () => document.removeEventListener("pointerdown", away, true);
  }, [open]);
  return (
    <div
      class="nbl-filter"
      ref={place}
      onKeyDown={(event) => {
        if (event.key !== "Escape" || !open) return;
        event.preventDefault();
        event.stopPropagation();
        onOpen(false);
        button.current?.focus();
      }}
    >
      <button
        ref={button}
        type="button"
        class={chosen > 0 ? "nbl-button nbl-quiet nbl-chosen" : "nbl-button nbl-quiet"}
        aria-label="Filter"
        aria-haspopup="dialog"
        aria-expanded={open}
        title="Filter by status, group, kind, owner or tag"
        disabled={disabled}
        data-lm-suppress-shortcuts="true"
        onClick={() => onOpen(!open)}
      >
        <Icon path={FILTER} />
        {chosen > 0 && <span class="nbl-count">{chosen}</span>}
      </button>
      {open && <Facets filters={filters} facets={facets} onToggle={onToggle} />}
    </div>
  );
}

function Facets({ filters, facets, onToggle }: Pick<Props, "filters" | "facets" | "onToggle">): JSX.Element {
  const box = useRef<HTMLDivElement>(null);
  const isThere = facets !== null;
  useLayoutEffect(() => {
    const room = box.current?.closest<HTMLElement>(".nbl");
    if (!box.current || !room) return;
    const { bottom, right } = room.getBoundingClientRect();
    const { top } = box.current.getBoundingClientRect();
    box.current.style.maxHeight = `${Math.max(140, bottom - top - 10)}px`;
    const over = box.current.getBoundingClientRect().right - right + 6;
    if (over > 0) box.current.style.marginLeft = `${-over}px`;
  }, [isThere]);
  useEffect(() => box.current?.querySelector<HTMLElement>("input")?.focus(), [isThere]);
  const told = facets?.filter(({ values }) => values.length > 0) ?? [];
  return (
    <div class="nbl-facets" role="dialog" aria-label="Filters" ref={box} tabIndex={-1} data-lm-suppress-shortcuts="true">
      {told.map((facet) => (
        <FacetList key={facet.name} facet={facet} filters={filters} onToggle={onToggle} />
      ))}
      {isThere && told.length === 0 && <p class="nbl-facets-none">There is nothing to filter by.</p>}
    </div>
  );
}

function FacetList({ facet, filters, onToggle }: { facet: FacetView } & Pick<Props, "filters" | "onToggle">): JSX.Element {
  const [whole, setWhole] = useState(false);
  const { name, values, more } = facet;
  const shown = whole ? values : values.filter(({ value }, i) => i < SHOWN || isChosen(filters, name, value));
  const left = values.length - shown.length;
  return (
    <fieldset class="nbl-facet">
      <legend>{TITLES[name] ?? name}</legend>
      {shown.map(({ value, count }) => (
        <label key={value} class="nbl-facet-value">
          <input
            type="checkbox"
            checked={isChosen(filters, name, value)}
            data-lm-suppress-shortcuts="true"
            onChange={() => onToggle(name, value)}
          />
          {name === "status" && isStatus(value) && <StatusMark status={value} />}
          <span class="nbl-facet-name" title={nameOf(name, value)}>
            {name === "status" && isStatus(value) ? WORDS[value] : nameOf(name, value)}
          </span>
          <span class="nbl-facet-count">{count.toLocaleString("en-US")}</span>
        </label>
      ))}
      {(left > 0 || (whole && more > 0)) && (
        <button type="button" class="nbl-link" data-lm-suppress-shortcuts="true" disabled={left === 0} onClick={() => setWhole(true)}>
          {(left + more).toLocaleString("en-US")} more
        </button>
      )}
    </fieldset>
  );
}

const isStatus = (value: string): value is Status => (STATUSES as readonly string[]).includes(value);
