// The static picture that a saved notebook shows. It steps aside while the live widget is on the page.

const HOSTS = ".jp-OutputArea-child, .output_area, .cell-output"; // JupyterLab and Notebook 7, classic, others

/** Hides the picture of this lineage, now or when it arrives; returns how to bring it back. */
export function hidePicture(near: Element, lineageId: string): () => void {
  const selector = `[data-nb-assets="static-lineage"][data-lineage-id="${CSS.escape(lineageId)}"]`;
  const scope = near.closest(".jp-OutputArea, .output, .cell") ?? near.ownerDocument;
  const hidden = new Map<HTMLElement, string>();
  const hide = (): void => {
    for (const picture of scope.querySelectorAll<HTMLElement>(selector)) {
      const host = picture.closest<HTMLElement>(HOSTS) ?? picture;
      if (host.contains(near) || hidden.has(host)) continue;
      hidden.set(host, host.style.display);
      host.style.display = "none";
    }
  };
  hide();
  // A refreshed picture is a new element.
  const observer = new MutationObserver(hide);
  observer.observe(scope, { childList: true, subtree: true });
  return () => {
    observer.disconnect();
    for (const [host, display] of hidden) host.style.display = display;
  };
}
