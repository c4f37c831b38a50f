// The small pieces that the details pane is made of.
import type { JSX } from "preact";
import { useLayoutEffect, useRef } from "preact/hooks";
import type { TableView } from "../views.ts";
import { cleanFragment } from "./clean.ts";
import { pieces } from "./python.ts";

/** HTML that the kernel's own renderer made. */
export function Html({ html }: { html: string }): JSX.Element {
  const place = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => place.current?.replaceChildren(cleanFragment(html)), [html]);
  return <div class="nbl-html" ref={place} />;
}

/** A sentence in which `backticks` mark code. */
export function Prose({ text }: { text: string }): JSX.Element {
  return (
    <>
      {text.split("`").map((part, i) => (i % 2 === 1 ? <code>{part}</code> : part))}
    </>
  );
}

export function Code({ source }: { source: string }): JSX.Element {
  return (
    <pre class="nbl-code" tabIndex={0} data-lm-suppress-shortcuts="true">
      {pieces(source).map(({ tone, text }) => (tone === "plain" ? text : <span class={`nbl-py-${tone}`}>{text}</span>))}
    </pre>
  );
}

export function Table({ table }: { table: TableView }): JSX.Element {
  return (
    <div class="nbl-table" tabIndex={0} data-lm-suppress-shortcuts="true">
      <table>
        <thead>
          <tr>
            {table.columns.map((column) => (column === "" ? <td /> : <th scope="col">{column}</th>))}
          </tr>
        </thead>
        <tbody>
          {table.rows.map((row) => (
            <tr>
              {row.map((cell) => (
                <td>{cell}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      {table.more !== "" && <div class="nbl-note">{table.more}</div>}
    </div>
  );
}
