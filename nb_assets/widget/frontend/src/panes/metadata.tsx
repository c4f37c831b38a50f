// What is said of an asset by name: each kind of metadata in its own way, and numbers with their course over the versions.
import type { JSX } from "preact";
import type { DetailsView, FieldView } from "../views.ts";
import { isLink } from "./links.ts";
import { Markdown } from "./markdown.tsx";
import { Table } from "./parts.tsx";
import { Sparkline } from "./sparkline.tsx";

export function Metadata({ fields, onGo }: { fields: FieldView[]; onGo(key: string): void }): JSX.Element {
  return (
    <dl class="nbl-fields">
      {fields.map((field) => (
        <>
          <dt>{field.name}</dt>
          <dd data-kind={field.kind}>
            <Entry field={field} onGo={onGo} />
          </dd>
        </>
      ))}
    </dl>
  );
}

/** The metadata with the tags and the owners, which are texts. */
export function entries(details: DetailsView): FieldView[] {
  const texts = [
    ...details.tags,
    ...(details.owners.length > 0 ? [{ name: "owners", text: details.owners.join(", ") }] : []),
  ];
  const plain = { kind: "text", href: "", asset: "", table: null, points: [] };
  return [...details.metadata, ...texts.map((text) => ({ ...plain, ...text }))];
}

function Entry({ field, onGo }: { field: FieldView; onGo(key: string): void }): JSX.Element {
  if (field.table) return <Table table={field.table} />;
  if (field.kind === "md") return <Markdown text={field.text} />;
  if (field.asset !== "") {
    return (
      <button type="button" class="nbl-link" onClick={() => onGo(field.asset)}>
        {field.asset}
      </button>
    );
  }
  if (isLink(field.href)) {
    return (
      <a href={field.href} target="_blank" rel="noopener noreferrer">
        {field.text}
      </a>
    );
  }
  return (
    <>
      {field.text}
      {field.points.length > 1 && <Sparkline points={field.points} name={field.name} />}
    </>
  );
}
