// The searches that were made before, kept in this browser; where it keeps nothing, for as long as the page lives.

const NAME = "nb_assets.searches";
const MOST = 8;
let remembered: readonly string[] | null = null;

export function recentSearches(): readonly string[] {
  remembered ??= read();
  return remembered;
}

export function remember(search: string): void {
  const text = search.trim();
  if (text === "") return;
  remembered = withNewest(recentSearches(), text);
  try {
    localStorage.setItem(NAME, JSON.stringify(remembered));
  } catch {
    // A page that may keep nothing.
  }
}

/** The newest comes first, once. */
export function withNewest(searches: readonly string[], text: string): string[] {
  return [text, ...searches.filter((each) => each !== text)].slice(0, MOST);
}

/** What was kept may have been written by anybody. */
export function fromKept(kept: string | null): string[] {
  try {
    const found: unknown = JSON.parse(kept ?? "[]");
    return Array.isArray(found) ? found.filter((each) => typeof each === "string").slice(0, MOST) : [];
  } catch {
    return [];
  }
}

function read(): string[] {
  try {
    return fromKept(localStorage.getItem(NAME));
  } catch {
    return [];
  }
}
