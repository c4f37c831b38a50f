"""Why an asset is in the state that it is in: its reasons, root causes first, with the diff of the code that says so."""

from __future__ import annotations

import html
from collections.abc import Mapping
from dataclasses import dataclass, field, fields, is_dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from nb_assets.definitions.asset_key import AssetKey
from nb_assets.staleness import CodeChanged, UpstreamNotFresh

if TYPE_CHECKING:
    from nb_assets.diff.code import CodeDiff
    from nb_assets.execution.acceptances import Acceptance
    from nb_assets.staleness import AssetStatus, Reason
    from nb_assets.storage.materialization import Materialization


@dataclass(frozen=True, kw_only=True)
class Explanation:
    """The status of an asset with the evidence for it, as text, as HTML in a notebook and as data.

    Attributes
    ----------
    roots
        The assets upstream that make this one stale, each with why it is, in a few words.
    acceptances
        What the user accepted as equivalent, newest first.
    """

    key: AssetKey
    status: AssetStatus
    latest: Materialization | None
    code: CodeDiff | None
    roots: Mapping[AssetKey, tuple[str, ...]] = field(default_factory=dict)
    acceptances: tuple[Acceptance, ...] = ()

    @property
    def headline(self) -> str:
        """The state in one sentence."""
        name = self.key.to_user_string()
        made = self.status.materialization
        if self.status.state == "fresh" and made is not None:
            since = f", as in version {made.version}, to which it returned" if self.status.restored else ""
            if self.status.partitions is not None:
                return f"`{name}` is fresh: its partitions are what a run now would give{self._accepted_of_them()}."
            if self.status.accepted:
                return f"`{name}` is fresh: you accepted version {made.version} as what a run now would give."
            return f"`{name}` is fresh: version {made.version} is what a run now would give{since}."
        return f"`{name}` is {self.status.state}."

    def _accepted_of_them(self) -> str:
        accepted = [name for name, each in (self.status.partitions or {}).items() if each.accepted]
        if not accepted:
            return ""
        more = f" and {len(accepted) - 1:,} more" if len(accepted) > 1 else ""
        return f", as you accepted of `{accepted[0]}`{more}"

    @property
    def lines(self) -> tuple[str, ...]:
        """Why, one line a cause: what this asset itself is stale for, then the roots of what is stale upstream."""
        own = [
            line
            for reason in self.status.reasons
            if not isinstance(reason, UpstreamNotFresh)
            for line in _lines_of(reason)
        ]
        roots = [
            f"because of `{root.to_user_string()}`: {because}"
            for root, causes in self.roots.items()
            for because in causes
        ]
        above = [reason.summary for reason in self.status.reasons if isinstance(reason, UpstreamNotFresh)]
        return tuple(dict.fromkeys([*own, *roots, *above]))

    @property
    def offer(self) -> str:
        """What the user can do besides running it, where there is something."""
        kinds = {reason.kind for reason in self.status.reasons}
        changed = kinds & {"code_changed", "code_version_changed", "edited_during_run", "package_changed"}
        if self.status.state == "stale" and changed:
            name = self.key.to_user_string()
            return f"If the value would be the same: `%assets accept {name}`."
        if self.status.accepted:
            said = next(each for each in self.acceptances if each.withdrawn is None)
            when = datetime.fromtimestamp(said.timestamp).astimezone().strftime("%Y-%m-%d %H:%M")
            return f"Accepted on {when}; `%assets unaccept {self.key.to_user_string()}` takes it back."
        return ""

    def to_dict(self) -> dict[str, Any]:
        """Return it in JSON's own types."""
        return {
            "key": self.key.to_user_string(),
            "state": self.status.state,
            "restored": self.status.restored,
            "accepted": self.status.accepted,
            "reasons": [
                {"kind": reason.kind, "summary": reason.summary, **_facts_of(reason)}
                for reason in self.status.reasons
            ],
            "roots": {root.to_user_string(): list(causes) for root, causes in self.roots.items()},
            "untracked": list(self.status.untracked),
            "code": None if self.code is None else self.code.to_dict(),
            "acceptances": [_facts_of(each) for each in self.acceptances],
        }

    def __str__(self) -> str:
        lines = [self.headline, *(f"  - {line}" for line in self.lines)]
        lines += [f"  not tracked: {what}" for what in self.status.untracked]
        lines += [f"  {self.offer}"] if self.offer else []
        if self.code is not None and not self.code.equal:
            lines += ["", str(self.code)]
        return "\n".join(lines)

    def __repr__(self) -> str:
        return str(self)

    def _repr_html_(self) -> str:
        reasons = "".join(f"<li>{html.escape(line)}</li>" for line in self.lines)
        untracked = "".join(f"<li>not tracked: {html.escape(what)}</li>" for what in self.status.untracked)
        offer = f"<p>{html.escape(self.offer)}</p>" if self.offer else ""
        code = self.code._repr_html_() if self.code is not None and not self.code.equal else ""
        name = html.escape(self.key.to_user_string())
        return (
            f'<div data-nb-assets="explanation" data-asset-key="{name}">'
            f"<p>{html.escape(self.headline)}</p><ul>{reasons}{untracked}</ul>{offer}{code}</div>"
        )


def _lines_of(reason: Reason) -> tuple[str, ...]:
    """Return a reason with a line for each of its causes."""
    return reason.lines if isinstance(reason, CodeChanged) else (reason.summary,)


def _facts_of(told: Any) -> dict[str, Any]:
    return {each.name: _plain(getattr(told, each.name)) for each in fields(told)}


def _plain(value: Any) -> Any:
    if isinstance(value, AssetKey):
        return value.to_user_string()
    if isinstance(value, Mapping):
        return {str(name): _plain(item) for name, item in value.items()}
    if is_dataclass(value):
        return _facts_of(value)
    return [_plain(item) for item in value] if isinstance(value, (tuple, list)) else value
