// A button that says how many rows differ, and the rows once it is pressed.
import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { Rows, type PageLine } from "./rows.tsx";

export function Browser({ line, total }: { line: PageLine; total: number }): JSX.Element {
  const [open, setOpen] = useState(false);
  return (
    <div class="nbd" data-nb-assets="diff-browser" data-lm-suppress-shortcuts="true">
      <button type="button" class="nbd-open" aria-expanded={open} onClick={() => setOpen(!open)}>
        {open ? "▾" : "▸"} Browse {total === 1 ? "the row that differs" : `all ${total.toLocaleString("en-US")} rows that differ`}
      </button>
      {open && <Rows line={line} />}
    </div>
  );
}
