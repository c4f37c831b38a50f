// A note of what was just done, with a way back. It stays until it is dismissed or something else is done.
import type { JSX } from "preact";
import type { Toast as Note } from "../acting/state.ts";
import { CLOSE, Icon } from "./icons.tsx";

interface Props {
  toast: Note;
  onUndo(keys: readonly string[]): void;
  onClose(): void;
}

export function Toast({ toast, onUndo, onClose }: Props): JSX.Element {
  return (
    <div class="nbl-toast" data-lm-suppress-shortcuts="true">
      <span>{toast.text}</span>
      {toast.undo.length > 0 && (
        <button type="button" class="nbl-text-button" onClick={() => onUndo(toast.undo)}>
          Undo
        </button>
      )}
      <button type="button" class="nbl-button nbl-quiet" aria-label="Dismiss" onClick={onClose}>
        <Icon path={CLOSE} />
      </button>
    </div>
  );
}
