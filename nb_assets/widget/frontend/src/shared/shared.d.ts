// What the map's bundle hands to that of the panes: one copy of Preact, whose hooks know one renderer only.
declare const shared: {
  readonly preact: typeof import("preact");
  readonly hooks: typeof import("preact/hooks");
};
