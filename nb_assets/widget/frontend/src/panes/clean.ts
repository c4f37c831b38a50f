// The one door for HTML: the kernel's own diffs, escaped there and, so that a mistake there stays harmless,
// rebuilt here from a short list of elements and attributes.

const ELEMENTS = new Set(
  ("A B CAPTION CODE COL COLGROUP DEL DETAILS DIV EM FIGCAPTION FIGURE H4 H5 H6 I IMG INS LI OL P PRE S SMALL SPAN STRONG " +
    "STYLE SUMMARY TABLE TBODY TD TFOOT TH THEAD TR U UL")
    .split(" "),
);
const ATTRIBUTES = new Set([
  "alt", "class", "colspan", "data-asset-key", "data-equal", "data-kind", "data-mark", "data-nb-assets",
  "open", "role", "rowspan", "scope", "src", "style", "title",
]);
const PICTURE = /^data:image\/(?:png|jpeg|gif|webp);base64,[A-Za-z0-9+/=]*$/;

export function cleanFragment(html: string): DocumentFragment {
  const parsed = new DOMParser().parseFromString(html, "text/html");
  const fragment = document.createDocumentFragment();
  for (const child of parsed.body.childNodes) {
    const kept = copy(child);
    if (kept) fragment.append(kept);
  }
  return fragment;
}

function copy(node: Node): Node | null {
  if (node.nodeType === Node.TEXT_NODE) return document.createTextNode(node.textContent ?? "");
  if (!(node instanceof HTMLElement) || !ELEMENTS.has(node.tagName)) return null;
  const element = document.createElement(node.tagName);
  for (const { name, value } of node.attributes) {
    if (isAllowed(name, value)) element.setAttribute(name, value);
  }
  if (element.matches(".scroll, .lines")) element.tabIndex = 0; // So that keys can scroll what is too wide.
  for (const child of node.childNodes) {
    const kept = copy(child);
    if (kept) element.append(kept);
  }
  return element;
}

export function isAllowed(name: string, value: string): boolean {
  if (name === "src") return PICTURE.test(value);
  if (name === "style") return !/url|expression|@|position/i.test(value);
  return ATTRIBUTES.has(name) || name.startsWith("aria-");
}
