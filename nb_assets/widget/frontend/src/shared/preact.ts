// Stands for `preact` in the bundle of the panes.
export const { Fragment, h, render } = shared.preact;
