// Stands for `preact/hooks` in the bundle of the panes.
export const { useCallback, useEffect, useId, useLayoutEffect, useMemo, useRef, useState } = shared.hooks;
