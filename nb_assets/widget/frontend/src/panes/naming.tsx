// The field in which a variable is named that a value is loaded into.
import type { JSX } from "preact";
import { useLayoutEffect, useRef } from "preact/hooks";
import type { Actor } from "../acting/actor.ts";
import type { Naming } from "../acting/state.ts";
import { Prose } from "./parts.tsx";

const NAME = /^[\p{L}\p{Nl}_][\p{L}\p{Nl}\p{Mn}\p{Mc}\p{Nd}\p{Pc}]*$/u;

export function NameField({ naming, actor }: { naming: Naming; actor: Actor }): JSX.Element {
  const field = useRef<HTMLInputElement>(null);
  useLayoutEffect(() => {
    field.current?.focus();
    field.current?.select();
  }, [naming.key, naming.version, naming.partition]);
  const taken = naming.taken !== "";
  const valid = NAME.test(naming.name.trim());
  const problem = naming.error !== "" ? naming.error : valid || naming.name === "" ? "" : "Use letters, digits and underscores, a letter first.";
  return (
    <form
      class="nbl-naming"
      aria-label="Load into variable"
      onSubmit={(event) => {
        event.preventDefault();
        if (valid) actor.assign(taken);
      }}
      onKeyDown={(event) => {
        event.stopPropagation();
        if (event.key === "Escape") actor.stopNaming();
      }}
    >
      <label>
        <span>{naming.version === 0 ? "Load into variable" : `Load v${naming.version} into variable`}</span>
        <input
          ref={field}
          type="text"
          value={naming.name}
          spellcheck={false}
          autocomplete="off"
          autocapitalize="off"
          aria-invalid={problem !== ""}
          data-lm-suppress-shortcuts="true"
          onInput={({ currentTarget }) => actor.rename(currentTarget.value)}
        />
      </label>
      <div class="nbl-naming-acts">
        <button type="submit" class="nbl-button nbl-primary" disabled={!valid || naming.pending}>
          {taken ? "Replace" : "Load"}
        </button>
        <button type="button" class="nbl-button" onClick={actor.stopNaming}>
          Cancel
        </button>
      </div>
      {(problem !== "" || taken) && (
        <p class={problem !== "" ? "nbl-problem" : "nbl-caution"} role="alert">
          <Prose text={problem !== "" ? problem : naming.taken} />
        </p>
      )}
    </form>
  );
}
