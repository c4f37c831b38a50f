// A page of the rows that differ, and what to show of them: kinds, a column, which page.
import type { JSX } from "preact";
import { useEffect, useState } from "preact/hooks";
import type { Line } from "../line.ts";
import { Html } from "../panes/html.tsx";
import { ROW_KINDS, type FromKernel, type PageAsked, type PageShown, type RowKind } from "./messages.ts";
import { FIRST, narrowed, PAGE, place, toggled, turned, type Question } from "./question.ts";

const WORDS: Record<RowKind, string> = { changed: "~ changed", added: "+ added", removed: "− removed" };

export type PageLine = Line<Omit<PageAsked, "request">, FromKernel>;

export function Rows({ line }: { line: PageLine }): JSX.Element {
  const [question, setQuestion] = useState<Question>(FIRST);
  const [page, setPage] = useState<PageShown | null>(null);
  const [notice, setNotice] = useState("");
  useEffect(() => {
    return line.listen(
      (message) => {
        if (message.kind === "error") setNotice(message.message);
        else {
          setNotice("");
          setPage(message);
        }
      },
      () => setNotice("The kernel is gone. Run the cell again to browse."),
    );
  }, [line]);
  useEffect(() => line.ask({ kind: "page", length: PAGE, ...question }), [line, question]);
  const last = page === null || question.start + PAGE >= page.total;
  return (
    <>
      <div class="nbd-bar" role="toolbar" aria-label="Rows">
        {ROW_KINDS.map((kind) => (
          <button
            type="button"
            key={kind}
            class={`nbd-kind nbd-${kind}`}
            aria-pressed={question.kinds.includes(kind)}
            disabled={page !== null && page.counts[kind] === 0}
            onClick={() => setQuestion(toggled(question, kind))}
          >
            {WORDS[kind]} {page === null ? "" : page.counts[kind].toLocaleString("en-US")}
          </button>
        ))}
        {page !== null && Object.keys(page.columns).length > 0 && (
          <select
            aria-label="Changed in column"
            value={question.column}
            onChange={(event) => setQuestion(narrowed(question, event.currentTarget.value))}
          >
            <option value="">changed in any column</option>
            {Object.entries(page.columns).map(([name, cells]) => (
              <option key={name} value={name}>
                {name} ({cells.toLocaleString("en-US")})
              </option>
            ))}
          </select>
        )}
        <span class="nbd-pages">
          <button
            type="button"
            aria-label="Previous page"
            disabled={question.start === 0}
            onClick={() => setQuestion(turned(question, -1, page?.total ?? 0))}
          >
            ‹
          </button>
          <span role="status">{page === null ? "reading…" : place(page)}</span>
          <button
            type="button"
            aria-label="Next page"
            disabled={last}
            onClick={() => setQuestion(turned(question, 1, page?.total ?? 0))}
          >
            ›
          </button>
        </span>
      </div>
      {notice !== "" && (
        <p class="nbd-notice" role="alert">
          {notice}
        </p>
      )}
      {page !== null && <Html html={page.html} class="nbd-rows" data-nb-assets="diff" data-kind="frame" tabIndex={0} />}
    </>
  );
}
