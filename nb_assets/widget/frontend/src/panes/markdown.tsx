// Markdown of users as elements: the part of it that notes are written in. Nothing in it is ever taken as markup.
import type { JSX } from "preact";
import { isLink } from "./links.ts";

export type Span =
  | { kind: "text" | "code" | "strong" | "em"; text: string }
  | { kind: "link"; text: string; href: string };

export type Block =
  | { kind: "heading" | "paragraph"; text: string }
  | { kind: "code"; text: string }
  | { kind: "list"; items: string[] };

export function Markdown({ text }: { text: string }): JSX.Element {
  return <div class="nbl-md">{blocks(text).map(drawn)}</div>;
}

function drawn(block: Block): JSX.Element {
  if (block.kind === "code") return <pre>{block.text}</pre>;
  if (block.kind === "list") {
    return (
      <ul>
        {block.items.map((item) => (
          <li>{inline(item)}</li>
        ))}
      </ul>
    );
  }
  return block.kind === "heading" ? <strong>{inline(block.text)}</strong> : <p>{inline(block.text)}</p>;
}

function inline(text: string): (JSX.Element | string)[] {
  return spans(text).map((span) => {
    if (span.kind === "link") {
      return (
        <a href={span.href} target="_blank" rel="noopener noreferrer">
          {span.text}
        </a>
      );
    }
    if (span.kind === "text") return span.text;
    if (span.kind === "code") return <code>{span.text}</code>;
    if (span.kind === "strong") return <strong>{span.text}</strong>;
    return <em>{span.text}</em>;
  });
}

/** Takes a text apart into headings, paragraphs, lists and blocks of code. */
export function blocks(text: string): Block[] {
  const found: Block[] = [];
  let code: string[] | null = null;
  let open: Block | null = null;
  for (const line of text.split(/\r?\n/)) {
    if (/^\s*```/.test(line)) {
      if (code) found.push({ kind: "code", text: code.join("\n") });
      code = code ? null : [];
      open = null;
    } else if (code) {
      code.push(line);
    } else if (line.trim() === "") {
      open = null;
    } else if (/^#{1,6}\s/.test(line)) {
      found.push({ kind: "heading", text: line.replace(/^#+\s+/, "") });
      open = null;
    } else if (/^\s*([-*+]|\d+\.)\s/.test(line)) {
      const item = line.replace(/^\s*([-*+]|\d+\.)\s+/, "");
      if (open?.kind === "list") open.items.push(item);
      else found.push((open = { kind: "list", items: [item] }));
    } else if (open?.kind === "paragraph") {
      open.text += ` ${line.trim()}`;
    } else {
      found.push((open = { kind: "paragraph", text: line.trim() }));
    }
  }
  if (code) found.push({ kind: "code", text: code.join("\n") });
  return found;
}

const SPAN = /`([^`]+)`|\*\*([^*]+)\*\*|\*([^*\s][^*]*)\*|\[([^\]]+)\]\(([^()\s]+)\)/g;

/** Takes a line apart into code, emphasis, links and the rest. A link that leads elsewhere than to the web stays text. */
export function spans(text: string): Span[] {
  const found: Span[] = [];
  let at = 0;
  const plain = (part: string): void => {
    if (part !== "") found.push({ kind: "text", text: part });
  };
  for (const match of text.matchAll(SPAN)) {
    plain(text.slice(at, match.index));
    at = match.index + match[0].length;
    const [whole, code, strong, em, label, href] = match;
    if (code !== undefined) found.push({ kind: "code", text: code });
    else if (strong !== undefined) found.push({ kind: "strong", text: strong });
    else if (em !== undefined) found.push({ kind: "em", text: em });
    else if (label !== undefined && href !== undefined && isLink(href)) found.push({ kind: "link", text: label, href });
    else plain(whole);
  }
  plain(text.slice(at));
  return found;
}
