// Commands that change how the map is looked at, and nothing in the kernel.
import type { Command, Desk } from "./command.ts";

export function viewingCommands({ canvas }: Desk, calm: () => boolean, help: () => void): Command[] {
  const zoom = (factor: number) => (): void => canvas.camera.zoomBy(factor, !calm());
  return [
    { id: "fit", section: "View", title: "Show the whole graph", keys: ["f"], menus: ["map"], run: () => canvas.fit() },
    { id: "closer", section: "View", title: "Zoom in", keys: ["+", "="], menus: [], run: zoom(1.25) },
    { id: "farther", section: "View", title: "Zoom out", keys: ["-"], menus: [], run: zoom(0.8) },
    { id: "help", section: "View", title: "Keyboard help", keys: ["?"], menus: ["map"], run: help },
  ];
}
