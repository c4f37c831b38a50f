// The versions of an asset: any can be opened, any two compared; long histories a page at a time.
import type { JSX } from "preact";
import { useLayoutEffect, useRef } from "preact/hooks";
import type { Actor } from "../acting/actor.ts";
import { isSame, pastOf, type Past } from "../acting/state.ts";
import { age, duration } from "../format.ts";
import type { State } from "../state.ts";
import type { DetailsView, VersionView } from "../views.ts";
import { bringUp } from "./bringing.ts";
import { Comparison } from "./comparison.tsx";
import { Version } from "./version.tsx";

const PAGE = 50;
const COLUMNS = ["auto", "76px", "15%", "84px", "24px"];

interface Props {
  details: DetailsView;
  state: State;
  actor: Actor;
  now: number;
  onGo(key: string): void;
}

export function History({ details, state, actor, now, onGo }: Props): JSX.Element {
  const { key, history, history_count: count } = details;
  const past = pastOf(state.acting, key);
  const versions = past.page?.versions ?? history;
  const longest = Math.max(...versions.map((version) => version.duration), 1e-9);
  const hint = hintOf(past);
  const place = useRef<HTMLDivElement>(null);
  const paged = past.page !== null;
  useLayoutEffect(() => {
    if (paged) bringUp(place.current);
  }, [key, paged]);
  return (
    <div class="nbl-history" ref={place}>
      <table class="nbl-versions">
        <colgroup>
          {COLUMNS.map((width) => (
            <col style={{ width }} />
          ))}
        </colgroup>
        <thead class="nbl-unseen">
          <tr>
            {["Version", "Made", "Took", "Change", "Compare"].map((title) => (
              <th scope="col">{title}</th>
            ))}
          </tr>
        </thead>
        <tbody>
          {versions.map((version) => (
            <Row {...{ version, past, actor, now, longest, onGo }} key={`${version.partition} ${version.version}`} />
          ))}
        </tbody>
      </table>
      {past.page === null && count > history.length && (
        <button type="button" class="nbl-text-button" onClick={() => actor.turn(key, 0)}>
          Show all {count.toLocaleString("en-US")}
        </button>
      )}
      {past.page && <Pager past={past} actor={actor} />}
      {hint !== "" && <p class="nbl-note">{hint}</p>}
      {past.comparison && <Comparison past={past} comparison={past.comparison} actor={actor} />}
    </div>
  );
}

function hintOf({ marked, comparison }: Past): string {
  const [one, other] = marked;
  if (one && other && comparison === null) return "Versions of one partition can be compared.";
  return one && !other ? `Tick a second version to compare v${one.version} with.` : "";
}

interface RowProps {
  version: VersionView;
  past: Past;
  actor: Actor;
  now: number;
  longest: number;
  onGo(key: string): void;
}

function Row({ version, past, actor, now, longest, onGo }: RowProps): JSX.Element {
  const mark = { partition: version.partition, version: version.version };
  const open = past.opened !== null && isSame(past.opened, mark);
  const name = `${version.partition === "" ? "" : `${version.partition} `}v${version.version}`;
  const marked = past.marked.some((each) => isSame(each, mark));
  return (
    <>
      <tr>
        <td class="nbl-version">
          <button type="button" class="nbl-row-button" aria-expanded={open} onClick={() => actor.openVersion(past.key, mark)}>
            <span aria-hidden="true">{open ? "▾" : "▸"}</span> {name}
          </button>
          {version.pinned && <span class="nbl-tag" title="Its value is kept whatever is cleared away">pinned</span>}
          {version.accepted !== "" && <span class="nbl-tag" title={version.accepted}>accepted</span>}
        </td>
        <td>{age(version.made, now)}</td>
        <td class="nbl-span" title={duration(version.duration)}>
          <span class="nbl-span-bar" style={{ width: `${Math.max(4, (version.duration / longest) * 100)}%` }} />
        </td>
        <td class="nbl-number">
          {version.badge || (version.restored_from === null ? duration(version.duration) : `restored v${version.restored_from}`)}
        </td>
        <td class="nbl-number">
          <input
            type="checkbox"
            aria-label={`Compare ${name}`}
            title={version.stored ? `Compare ${name}` : "Its value is gone from the store"}
            checked={marked}
            disabled={!version.stored}
            data-lm-suppress-shortcuts="true"
            onChange={() => actor.mark(past.key, mark)}
          />
        </td>
      </tr>
      {open && (
        <tr>
          <td colSpan={5} class="nbl-record">
            <Version mark={mark} name={name} past={past} actor={actor} onGo={onGo} />
          </td>
        </tr>
      )}
    </>
  );
}

function Pager({ past, actor }: { past: Past; actor: Actor }): JSX.Element {
  const { start, total, versions } = past.page!;
  const places = [start + 1, start + versions.length, total].map((each) => each.toLocaleString("en-US"));
  return (
    <div class="nbl-pager" role="toolbar" aria-label="Pages of the history">
      <button type="button" class="nbl-text-button" onClick={() => actor.turn(past.key, null)}>
        Show fewer
      </button>
      {total > PAGE && (
        <span>
          <button
            type="button"
            class="nbl-button nbl-quiet"
            aria-label="Newer versions"
            disabled={start === 0}
            onClick={() => actor.turn(past.key, Math.max(0, start - PAGE))}
          >
            ‹
          </button>
          <span role="status">
            {places[0]}–{places[1]} of {places[2]}
          </span>
          <button
            type="button"
            class="nbl-button nbl-quiet"
            aria-label="Older versions"
            disabled={start + PAGE >= total}
            onClick={() => actor.turn(past.key, start + PAGE)}
          >
            ›
          </button>
        </span>
      )}
    </div>
  );
}
