// What the build turns tags into; every module of the bundle has it, without importing it.
export { Fragment, h } from "preact";
