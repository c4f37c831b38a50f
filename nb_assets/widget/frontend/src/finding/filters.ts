// The filters: values of one facet are alternatives, facets all hold. Pure, so that it can be tested without a page.
import type { Filters } from "../messages.ts";

export const NO_FILTERS: Filters = {};

/** The value of those that have none, as the kernel says it. */
export const LACKING = "<null>";

export interface Chip {
  facet: string;
  value: string;
  text: string;
}

export const isEmpty = (filters: Filters): boolean => Object.values(filters).every((values) => values.length === 0);

export const isChosen = (filters: Filters, facet: string, value: string): boolean =>
  filters[facet]?.includes(value) ?? false;

/** The filters with a value chosen that was not, or the other way round. */
export function toggled(filters: Filters, facet: string, value: string): Filters {
  const { [facet]: chosen = [], ...others } = filters;
  const values = chosen.includes(value) ? chosen.filter((each) => each !== value) : [...chosen, value];
  return values.length > 0 ? { ...others, [facet]: values } : others;
}

export function chipsOf(filters: Filters): Chip[] {
  return Object.entries(filters).flatMap(([facet, values]) =>
    values.map((value) => ({ facet, value, text: `${facet}: ${nameOf(facet, value)}` })),
  );
}

export const nameOf = (facet: string, value: string): string => (value === LACKING ? `no ${facet}` : value);

export const countOf = (filters: Filters): number =>
  Object.values(filters).reduce((sum, values) => sum + values.length, 0);

export function same(one: Filters, other: Filters): boolean {
  const texts = (filters: Filters): string =>
    Object.keys(filters)
      .filter((facet) => (filters[facet]?.length ?? 0) > 0)
      .sort()
      .map((facet) => `${facet}=${[...(filters[facet] ?? [])].sort().join("\n")}`)
      .join("\n\n");
  return texts(one) === texts(other);
}
