// Commands that find assets.
import type { Command } from "./command.ts";

export function findingCommands(root: HTMLElement): Command[] {
  return [
    {
      id: "search",
      section: "Find",
      title: "Search",
      keys: ["/"],
      menus: [],
      run: () => root.querySelector<HTMLInputElement>("[role=searchbox]")?.focus(),
    },
  ];
}
