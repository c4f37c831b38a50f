// The pane of one asset: status and why first, then what changed, the value, and the rest.
import type { ComponentChildren, JSX } from "preact";
import type { DetailsView, LinkView } from "../views.ts";
import { pastOf } from "../acting/state.ts";
import { age, bytes, duration } from "../format.ts";
import { elapsed } from "../run_words.ts";
import { Acts, type ActsProps } from "./acts.tsx";
import { Checks } from "./checks.tsx";
import { History } from "./history.tsx";
import { Partitions } from "./partitions.tsx";
import { entries, Metadata } from "./metadata.tsx";
import { NameField } from "./naming.tsx";
import { Logs } from "./logs.tsx";
import { Ops, resumesFrom } from "./ops.tsx";
import { Code, Html, Prose, Table } from "./parts.tsx";
import { CLOSE, Icon, NARROWER, WIDER, StatusMark, StatusWord } from "./icons.tsx";

interface Props extends ActsProps {
  name: string;
  details: DetailsView | null;
  now: number;
  onClose(): void;
  onGo(key: string): void;
}

export function Details({ name, details, onClose, ...props }: Props): JSX.Element {
  const { naming } = props.state.acting;
  const { wide } = pastOf(props.state.acting, props.asset);
  return (
    <section class="nbl-details" role="region" aria-label="Details" tabIndex={-1} data-lm-suppress-shortcuts="true">
      <div class="nbl-details-head">
        <h3 title={name}>{name}</h3>
        <button
          type="button"
          class="nbl-button nbl-quiet nbl-widen"
          aria-label="Wide"
          aria-pressed={wide}
          title={wide ? "Give the map its room back" : "Take more room"}
          onClick={() => props.actor.widen(props.asset, !wide)}
        >
          <Icon path={wide ? NARROWER : WIDER} />
        </button>
        <button type="button" class="nbl-button nbl-quiet" aria-label="Close" title="Close (Esc)" onClick={onClose}>
          <Icon path={CLOSE} />
        </button>
      </div>
      <Acts {...props} />
      {naming?.key === props.asset && <NameField naming={naming} actor={props.actor} />}
      {details ? <Body details={details} {...props} /> : <p class="nbl-wait">…</p>}
    </section>
  );
}

type BodyProps = Omit<Props, "name" | "details" | "onClose"> & { details: DetailsView };

function Body({ details, now, onGo, state, actor, onDo }: BodyProps): JSX.Element {
  const last = details.history[0];
  const from = resumesFrom(details);
  // While it runs, what it says is what matters.
  const running = details.status === "running";
  const took = elapsed(state.run, details.key, now);
  const logs = details.logs.length > 0 && <Section title="Logs" aside={running ? "as they come" : ""}><Logs lines={details.logs} /></Section>;
  const facts = [
    took !== "" && `running for ${took}`,
    details.group,
    ...details.kinds,
    last && age(last.made, now),
    last && `took ${duration(last.duration)}`,
  ].filter(Boolean);
  return (
    <div class="nbl-details-body">
      <div class="nbl-why" data-status={details.status}>
        <StatusWord status={details.status} external={details.external} />
        <div class="nbl-facts">
          {facts.map((fact) => (
            <span>{fact}</span>
          ))}
        </div>
        {details.error && (
          <div class="nbl-error">
            <strong>{details.error.type_name}</strong>: {details.error.message}
            <details>
              <summary>Traceback</summary>
              <pre>{details.error.traceback}</pre>
            </details>
          </div>
        )}
        {from !== null && (
          <button
            type="button"
            class="nbl-button nbl-resume"
            title={`Go on from ${from}: what the ops before it gave is kept`}
            onClick={() => onDo("retry-asset", { kind: "asset", key: details.key })}
          >
            Resume
          </button>
        )}
        {state.acting.offered[details.key]?.offers.accepted && (
          <p class="nbl-note">
            <Prose text={state.acting.offered[details.key]!.offers.accepted} />{" "}
            <button type="button" class="nbl-text-button" onClick={() => actor.unaccept([details.key])}>
              Undo
            </button>
          </p>
        )}
        {details.reasons.length > 0 && (
          <ul>
            {details.reasons.map((reason) => (
              <li>
                <Prose text={reason.summary} />
                {reason.detail !== "" && <div class="nbl-note"><Prose text={reason.detail} /></div>}
              </li>
            ))}
          </ul>
        )}
        {details.not_tracked.length > 0 && (
          <p class="nbl-note">Not tracked: <Prose text={details.not_tracked.join(", ")} /></p>
        )}
      </div>
      {running && logs}
      {details.description !== "" && <p class="nbl-description">{details.description}</p>}
      {details.code_change !== "" && (
        <Section title="Code change"><Html html={details.code_change} /></Section>
      )}
      {details.change && (
        <Section title="Last change" aside={details.change.badge}>
          {details.change.html === "" ? <p class="nbl-note">{details.change.summary}</p> : <Html html={details.change.html} />}
        </Section>
      )}
      {details.partitions && (
        <Section title="Partitions">
          <Partitions partitions={details.partitions} now={now} />
        </Section>
      )}
      {details.checks.length > 0 && (
        <Section title="Checks" aside={String(details.checks.length)}>
          <Checks checks={details.checks} now={now} />
        </Section>
      )}
      {details.value && (
        <Section title="Value" aside={details.value.size > 0 ? bytes(details.value.size) : ""}>
          <p class="nbl-summary">
            {details.value.summary} <span class="nbl-note">{details.value.type_name}</span>
          </p>
          {details.value.table && <Table table={details.value.table} />}
          {details.value.text !== "" && <pre class="nbl-value">{details.value.text}</pre>}
          {details.value.note !== "" && <p class="nbl-note">{details.value.note}</p>}
        </Section>
      )}
      {details.history.length > 0 && (
        <Section title="History" aside={String(details.history_count)}>
          <History details={details} state={state} actor={actor} now={now} onGo={onGo} />
        </Section>
      )}
      {details.inputs.length + details.outputs.length > 0 && (
        <Section title="Lineage">
          <Links title="Upstream" links={details.inputs} onGo={onGo} />
          <Links title="Downstream" links={details.outputs} onGo={onGo} />
        </Section>
      )}
      {details.code !== "" && <Section title="Code"><Code source={details.code} /></Section>}
      {details.ops.length > 0 && (
        <Section title="Ops" aside={String(details.ops.length)}><Ops ops={details.ops} /></Section>
      )}
      {entries(details).length > 0 && (
        <Section title="Metadata"><Metadata fields={entries(details)} onGo={onGo} /></Section>
      )}
      {!running && logs}
    </div>
  );
}

function Section(props: { title: string; aside?: string; children: ComponentChildren }): JSX.Element {
  return (
    <div class="nbl-section">
      <h4>
        {props.title}
        {props.aside ? <span class="nbl-aside">{props.aside}</span> : null}
      </h4>
      {props.children}
    </div>
  );
}

function Links({ title, links, onGo }: { title: string; links: LinkView[]; onGo(key: string): void }): JSX.Element | null {
  if (links.length === 0) return null;
  return (
    <div class="nbl-links">
      <span class="nbl-note">{title}</span>
      {links.map((link) => (
        <button type="button" class="nbl-link" title={link.key} onClick={() => onGo(link.key)}>
          <StatusMark status={link.status} />
          {link.key}
        </button>
      ))}
    </div>
  );
}
