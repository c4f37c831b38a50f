// The assets as a table: the same selection as the map, sortable, a row for each, of which only those in sight are drawn.
import type { JSX } from "preact";
import { useEffect, useLayoutEffect, useMemo, useRef, useState } from "preact/hooks";
import type { Subject } from "../commands/command.ts";
import { columnsFor, pressed, sorted, template, windowOf, type Column, type Sort } from "../finding/list.ts";
import type { RowView } from "../finding/views.ts";
import type { State } from "../state.ts";
import { StatusMark } from "./icons.tsx";

const ROW = 28;

export interface ListActions {
  pick(key: string, add: boolean): void;
  pickAll(keys: readonly string[]): void;
  open(key: string): void;
  openMenu(subject: Subject, at: { clientX: number; clientY: number }): void;
  sort(sort: Sort): void;
}

export function AssetList({ state, now, actions }: { state: State; now: number; actions: ListActions }): JSX.Element {
  const { finding, search, picked } = state;
  const { rows, sort, current } = finding;
  const box = useRef<HTMLDivElement>(null);
  const [size, setSize] = useState({ width: 0, height: 0 });
  const [scrolled, setScrolled] = useState(0);
  // Who comes from a card by keyboard goes on at its row.
  const [active, setActive] = useState<string | null>(finding.from);
  const arrived = useRef(false);
  const focusing = useRef(false);

  const shown = useMemo(() => {
    const found = search.matches;
    return sorted(found === null ? (rows ?? []) : (rows ?? []).filter((row) => found.has(row.key)), sort);
  }, [rows, search.matches, sort]);
  const columns = useMemo(() => columnsFor(size.width, rows ?? []), [size.width, rows]);
  const places = useMemo(() => new Map(shown.map((row, index) => [row.key, index])), [shown]);
  const chosen = useMemo(() => new Set(picked), [picked]);
  const at = places.get(active ?? "") ?? 0;

  useLayoutEffect(() => {
    const element = box.current;
    if (!element) return;
    const measure = (): void => setSize({ width: element.clientWidth, height: element.clientHeight });
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    measure();
    return () => observer.disconnect();
  }, []);
  const bring = (index: number | undefined): void => {
    const element = box.current;
    if (!element || index === undefined) return;
    const room = element.clientHeight - ROW; // The titles stand above the rows.
    if (index * ROW < element.scrollTop) element.scrollTop = index * ROW;
    else if ((index + 1) * ROW > element.scrollTop + room) element.scrollTop = (index + 1) * ROW - room;
  };
  useEffect(() => {
    if (current === null) return;
    setActive(current);
    bring(places.get(current));
  }, [current]);
  useEffect(() => bring(places.get(state.open ?? "")), [state.open]);
  useLayoutEffect(() => {
    if (!focusing.current) return;
    focusing.current = false;
    box.current?.querySelector<HTMLElement>("[role=row][tabindex='0']")?.focus({ preventScroll: true });
  }, [active]);

  useLayoutEffect(() => {
    if (arrived.current || shown.length === 0) return;
    arrived.current = true;
    if (!box.current?.contains(document.activeElement)) return;
    bring(at);
    box.current.querySelector<HTMLElement>("[role=row][tabindex='0']")?.focus({ preventScroll: true });
  }, [shown]);

  const go = (index: number, extend: boolean): void => {
    const to = Math.min(shown.length - 1, Math.max(0, index));
    const row = shown[to];
    if (!row) return;
    bring(to);
    focusing.current = row.key !== active;
    setActive(row.key);
    if (extend) {
      const from = shown[at];
      actions.pickAll([...new Set([...picked, ...(from ? [from.key] : []), row.key])]);
    }
  };
  const onKeyDown = (event: JSX.TargetedKeyboardEvent<HTMLElement>): void => {
    if ((event.target as Element).closest("[role=columnheader]")) return;
    const page = Math.max(1, Math.floor(size.height / ROW) - 2);
    const to: Record<string, number> = {
      ArrowDown: at + 1,
      ArrowUp: at - 1,
      PageDown: at + page,
      PageUp: at - page,
      Home: 0,
      End: shown.length - 1,
    };
    const next = to[event.key];
    if (event.key === "a" && (event.ctrlKey || event.metaKey)) actions.pickAll(shown.map((row) => row.key));
    else if (event.ctrlKey || event.metaKey || event.altKey) return;
    else if (next !== undefined) go(next, event.shiftKey);
    else if (event.key === " ") shown[at] && actions.pick(shown[at].key, true);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  const onClick = (event: MouseEvent, index: number): void => {
    const row = shown[index];
    if (!row) return;
    const anchor = places.get(picked.at(-1) ?? "");
    setActive(row.key);
    if (event.shiftKey && anchor !== undefined) {
      const range = shown.slice(Math.min(anchor, index), Math.max(anchor, index) + 1).map((each) => each.key);
      // The one that the range began with stays the last, so that another click moves the range's other end.
      actions.pickAll(index < anchor ? range : range.reverse());
    } else if (event.ctrlKey || event.metaKey || event.shiftKey) actions.pick(row.key, true);
    else {
      actions.pick(row.key, false);
      actions.open(row.key);
    }
  };

  const [first, last] = windowOf(scrolled, size.height, ROW, shown.length);
  const indices = Array.from({ length: Math.max(0, last - first) }, (_, i) => first + i);
  // The row that Tab leads to stays on the page when it is scrolled out of sight.
  if (shown.length > 0 && (at < first || at >= last)) indices.push(at);
  const grid = { gridTemplateColumns: template(columns) };
  return (
    <div class="nbl-list" ref={box} onScroll={(event) => setScrolled(event.currentTarget.scrollTop)}>
      <div
        role="grid"
        aria-label="Assets"
        aria-rowcount={shown.length + 1}
        aria-colcount={columns.length}
        aria-multiselectable="true"
        onKeyDown={onKeyDown}
      >
        <div role="rowgroup" class="nbl-list-head">
          <div role="row" aria-rowindex={1} class="nbl-row" style={grid}>
            {columns.map((column) => (
              <Title key={column.name} column={column} sort={sort} onSort={actions.sort} />
            ))}
          </div>
        </div>
        <div role="rowgroup" class="nbl-list-body" style={{ height: `${shown.length * ROW}px` }}>
          {indices.map((index) => {
            const row = shown[index];
            return (
              row && (
                <Row
                  key={row.key}
                  row={row}
                  index={index}
                  columns={columns}
                  style={{ ...grid, transform: `translateY(${index * ROW}px)` }}
                  now={now}
                  picked={chosen.has(row.key)}
                  active={index === at}
                  current={row.key === current}
                  onClick={(event) => onClick(event, index)}
                  onMenu={(event) => actions.openMenu({ kind: "asset", key: row.key }, event)}
                  onFocus={() => setActive(row.key)}
                />
              )
            );
          })}
        </div>
      </div>
      {rows !== null && shown.length === 0 && <p class="nbl-list-none">Nothing matches.</p>}
    </div>
  );
}

function Title({ column, sort, onSort }: { column: Column; sort: Sort; onSort(sort: Sort): void }): JSX.Element {
  const { name, title, numeric } = column;
  const order = sort.by !== name ? "none" : sort.descending ? "descending" : "ascending";
  return (
    <div role="columnheader" aria-sort={order} class={numeric ? "nbl-cell nbl-number" : "nbl-cell"}>
      <button type="button" data-lm-suppress-shortcuts="true" onClick={() => onSort(pressed(sort, name))}>
        {title}
        <svg class="nbl-sort" data-order={order} viewBox="0 0 8 8" width="8" height="8" aria-hidden="true">
          <path d="M1 2.5 4 6l3-3.5Z" />
        </svg>
      </button>
    </div>
  );
}

interface RowProps {
  row: RowView;
  index: number;
  columns: readonly Column[];
  style: JSX.CSSProperties;
  now: number;
  picked: boolean;
  active: boolean;
  current: boolean;
  onClick(event: MouseEvent): void;
  onMenu(event: MouseEvent): void;
  onFocus(): void;
}

function Row({ row, index, columns, style, now, picked, active, current, onClick, onMenu, onFocus }: RowProps): JSX.Element {
  return (
    <div
      role="row"
      aria-rowindex={index + 2}
      aria-selected={picked}
      class={current ? "nbl-row nbl-current" : "nbl-row"}
      style={style}
      tabIndex={active ? 0 : -1}
      data-asset-key={row.key}
      data-status={row.status}
      data-lm-suppress-shortcuts="true"
      onClick={onClick}
      onFocus={onFocus}
      onContextMenu={(event) => {
        if (event.shiftKey) return; // The page's own menu, as JupyterLab has it.
        event.preventDefault();
        event.stopPropagation();
        onMenu(event);
      }}
    >
      {columns.map((column) => (
        <Cell key={column.name} column={column} row={row} now={now} />
      ))}
    </div>
  );
}

function Cell({ column, row, now }: { column: Column; row: RowView; now: number }): JSX.Element {
  const text = column.text(row, now);
  const kind = column.numeric ? "nbl-cell nbl-number" : "nbl-cell";
  if (column.name === "status")
    return (
      <div role="gridcell" class="nbl-cell nbl-status" data-status={row.status}>
        <StatusMark status={row.status} />
        {text}
      </div>
    );
  if (column.name === "checks" && row.check_look)
    return (
      <div role="gridcell" class="nbl-cell nbl-status" data-status={row.check_look} title={text}>
        <StatusMark status={row.check_look} />
        {text.split(", ")[0]}
      </div>
    );
  return (
    <div role={column.name === "key" ? "rowheader" : "gridcell"} class={kind} data-column={column.name} title={text}>
      {column.name === "badge" && text !== "" ? <span class="nbl-row-badge">{text}</span> : text}
    </div>
  );
}
