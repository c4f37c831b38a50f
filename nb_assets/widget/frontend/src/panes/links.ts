// Which addresses may be followed.

/** Tells whether an address is one of the web. The kernel says so too, and neither takes the other's word for it. */
export function isLink(href: string): boolean {
  return /^https?:\/\/[^\s]+$/i.test(href);
}
