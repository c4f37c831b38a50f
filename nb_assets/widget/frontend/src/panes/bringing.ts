// Scrolls the pane, and nothing around it, until something in it is at the top.

const AIR = 8;

export function bringUp(element: HTMLElement | null): void {
  const pane = element?.closest<HTMLElement>(".nbl-details-body");
  if (!element || !pane) return;
  pane.scrollTop += element.getBoundingClientRect().top - pane.getBoundingClientRect().top - AIR;
}
