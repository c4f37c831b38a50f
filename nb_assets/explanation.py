"""Why an asset is in the state that it is in: its reasons in order, with the diff of the code that says so."""

from __future__ import annotations

import html
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from nb_assets.definitions.asset_key import AssetKey
    from nb_assets.diff.code import CodeDiff
    from nb_assets.staleness import AssetStatus
    from nb_assets.storage.materialization import Materialization


@dataclass(frozen=True, kw_only=True)
class Explanation:
    """The status of an asset with the evidence for it, as text, as HTML in a notebook and as data."""

    key: AssetKey
    status: AssetStatus
    latest: Materialization | None
    code: CodeDiff | None

    @property
    def headline(self) -> str:
        """The state in one sentence."""
        name = self.key.to_user_string()
        made = self.status.materialization
        if self.status.state == "fresh" and made is not None:
            since = f", as in version {made.version}, to which it returned" if self.status.restored else ""
            return f"`{name}` is fresh: version {made.version} is what a run now would give{since}."
        return f"`{name}` is {self.status.state}."

    def to_dict(self) -> dict[str, Any]:
        """Return it in JSON's own types."""
        return {
            "key": self.key.to_user_string(),
            "state": self.status.state,
            "reasons": [{"kind": reason.kind, "summary": reason.summary} for reason in self.status.reasons],
            "untracked": list(self.status.untracked),
            "code": None if self.code is None else self.code.to_dict(),
        }

    def __str__(self) -> str:
        lines = [self.headline, *(f"  - {reason.summary}" for reason in self.status.reasons)]
        lines += [f"  not tracked: {what}" for what in self.status.untracked]
        if self.code is not None and not self.code.equal:
            lines += ["", str(self.code)]
        return "\n".join(lines)

    def __repr__(self) -> str:
        return str(self)

    def _repr_html_(self) -> str:
        reasons = "".join(f"<li>{html.escape(reason.summary)}</li>" for reason in self.status.reasons)
        untracked = "".join(f"<li>not tracked: {html.escape(what)}</li>" for what in self.status.untracked)
        code = self.code._repr_html_() if self.code is not None and not self.code.equal else ""
        name = html.escape(self.key.to_user_string())
        return (
            f'<div data-nb-assets="explanation" data-asset-key="{name}">'
            f"<p>{html.escape(self.headline)}</p><ul>{reasons}{untracked}</ul>{code}</div>"
        )
