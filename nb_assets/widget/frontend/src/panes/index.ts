// The panes that open on demand: a bundle of its own, which follows once the map is painted, so that opening a widget
// waits for the map alone.
export { ChangesBar } from "./changes.tsx";
export { Details } from "./details.tsx";
export { FindBar } from "./findbar.tsx";
export { Help } from "./help.tsx";
export { AssetList } from "./list.tsx";
export { Menu } from "./menu.tsx";
export { Preview } from "./preview.tsx";
export { Queue } from "./queue.tsx";
export { Toast } from "./toast.tsx";
