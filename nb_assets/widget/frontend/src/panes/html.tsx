// HTML of the kernel's own renderers, cleaned before it is on the page.
import type { JSX } from "preact";
import { useEffect, useRef } from "preact/hooks";
import { cleanFragment } from "./clean.ts";

interface HtmlProps extends JSX.HTMLAttributes<HTMLDivElement> {
  html: string;
}

export function Html({ html, ...attributes }: HtmlProps): JSX.Element {
  const place = useRef<HTMLDivElement>(null);
  useEffect(() => place.current?.replaceChildren(cleanFragment(html)), [html]);
  return <div ref={place} {...attributes} />;
}
