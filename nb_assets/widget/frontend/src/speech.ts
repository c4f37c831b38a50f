// What a screen reader is told of what goes on. Each sentence is a line of its own, so that none replaces another that is
// still to be said, and that the same one is said twice when it is told twice.

const SAID_AFTER_MS = 8_000;

export class Speech {
  readonly element = document.createElement("div");

  constructor() {
    this.element.className = "nbl-live";
    this.element.setAttribute("aria-live", "polite");
    this.element.setAttribute("aria-relevant", "additions");
  }

  say = (text: string): void => {
    const line = document.createElement("p");
    line.textContent = text;
    this.element.append(line);
    setTimeout(() => line.remove(), SAID_AFTER_MS);
  };
}
