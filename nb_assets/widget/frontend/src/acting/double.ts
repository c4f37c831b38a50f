// Double clicks on cards. The first click opens the pane, which may move the card from under the pointer: so what the
// second one is about is what the first one hit, and nothing else feels it.

const SOON_MS = 500;

export function onDoubleClick(
  root: HTMLElement,
  keyOf: (target: EventTarget | null) => string | null,
  act: (key: string) => void,
): void {
  let first: { key: string; time: number } | null = null;
  root.addEventListener(
    "click",
    (event) => {
      const plain = !event.shiftKey && !event.ctrlKey && !event.metaKey;
      if (event.detail >= 2 && first && event.timeStamp - first.time < SOON_MS) {
        event.stopPropagation();
        event.preventDefault();
        if (event.detail === 2) act(first.key);
        return;
      }
      const key = plain && event.detail === 1 ? keyOf(event.target) : null;
      first = key === null ? null : { key, time: event.timeStamp };
    },
    { capture: true },
  );
}
