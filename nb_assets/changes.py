"""What differs from an earlier moment: assets that are new, edited, made anew or taken out, and dependencies likewise.

Responsible for the comparison, and for the moments that there are to compare with. It rests on the history alone: what an
asset was at a moment is what its last version before that was made with, from and as. So it reaches back beyond the kernel,
and says nothing of an edit that was undone before anything was made with it.
"""

from __future__ import annotations

import datetime as dt
import math
from abc import abstractmethod
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from nb_assets.errors import UsageError, near
from nb_assets.notebook_file import notebook_file
from nb_assets.past import Past

if TYPE_CHECKING:
    from nb_assets.definitions.asset_key import AssetKey
    from nb_assets.fingerprint.code import CodeFingerprint
    from nb_assets.storage.materialization import Materialization

Mark = Literal["new", "edited", "data", "removed"]
MARKS: tuple[Mark, ...] = ("new", "edited", "data", "removed")

_RUNS = 12


@dataclass(frozen=True, kw_only=True)
class Moment:
    """A moment to compare with.

    Attributes
    ----------
    id
        "before_run", "run", "save", "kernel", or the id of a run, before which it is.
    label
        What it is, to be read after "since".
    timestamp
        In seconds since 1970.
    """

    id: str
    label: str
    timestamp: float


@dataclass(frozen=True, kw_only=True)
class AssetChange:
    """How an asset differs; `detail` has the versions of its value then and now, where that differs."""

    marks: tuple[Mark, ...]
    detail: str = ""


@dataclass(frozen=True, kw_only=True)
class Changes:
    """What differs from a moment. A dependency is upstream first."""

    since: Moment
    assets: Mapping[AssetKey, AssetChange]
    added: tuple[tuple[AssetKey, AssetKey], ...]
    removed: tuple[tuple[AssetKey, AssetKey], ...]

    def __bool__(self) -> bool:
        return bool(self.assets or self.added or self.removed)

    def __str__(self) -> str:
        if not self:
            return f"Nothing changed since {self.since.label}."
        lines = [f"Changed since {self.since.label}:"]
        for key, change in self.assets.items():
            said = ", ".join({"data": "new data"}.get(mark, mark) for mark in change.marks)
            lines.append(f"  {key.to_user_string()}: {said}{f' ({change.detail})' if change.detail else ''}")
        for word, edges in (("reads now", self.added), ("read then", self.removed)):
            lines += [f"  {key.to_user_string()} {word} {up.to_user_string()}" for up, key in edges]
        return "\n".join(lines)


@dataclass(frozen=True)
class _Then:
    """What an asset was: the versions that stood for it, and for each of its partitions."""

    newest: Materialization
    data: Mapping[str, str]


class LookingSince(Past):
    """Compares what is with what was."""

    @abstractmethod
    def fingerprint(self, key: AssetKey) -> CodeFingerprint:
        """Return the fingerprint of an asset's code as it is now."""

    def moments(self) -> list[Moment]:
        """Return the moments to compare with: the last run, the last save, the start of the kernel, earlier runs."""
        runs = self.store.history.runs(_RUNS)
        found: list[Moment] = []
        if runs:
            last = runs[0]
            ended = max(last.timestamp, self.store.history.last_of(last.run_id) or 0.0)
            found.append(Moment(id="before_run", label="before the last run", timestamp=last.timestamp))
            found.append(Moment(id="run", label="the last run", timestamp=ended))
        if (saved := _saved()) is not None:
            found.append(Moment(id="save", label="the notebook was saved", timestamp=saved))
        found.append(Moment(id="kernel", label="the kernel started", timestamp=self.registry.began))
        for run in runs[1:]:
            when = dt.datetime.fromtimestamp(run.timestamp).astimezone()
            many = f"{len(run.keys):,} asset{'' if len(run.keys) == 1 else 's'}"
            found.append(
                Moment(
                    id=run.run_id,
                    label=f"before the run of {when:%Y-%m-%d %H:%M:%S} ({many})",
                    timestamp=run.timestamp,
                )
            )
        return found

    def changes_since(self, moment: str | float | dt.datetime = "before_run") -> Changes:
        """Return what differs from an earlier moment.

        Parameters
        ----------
        moment
            "before_run" or "run": before or after the last run; "save": the last save of the notebook; "kernel": its start;
            the id of a run: before it; or a time, as a datetime or in seconds since 1970.

        Raises
        ------
        UsageError
            When there is no such moment.
        """
        since = self._moment(moment)
        then = _by_asset(self.store.history.as_of(since.timestamp))
        now = _by_asset(self.store.history.as_of(math.inf))
        graph = self.graph
        assets: dict[AssetKey, AssetChange] = {}
        added: list[tuple[AssetKey, AssetKey]] = []
        removed: list[tuple[AssetKey, AssetKey]] = []
        for key in graph.keys:
            change = self._change(key, then.get(key), now.get(key), since)
            if change is not None:
                assets[key] = change
            if key in then or key in assets:
                before, after = _inputs(then.get(key)), graph.upstream(key)
                added += [(up, key) for up in after if up not in before]
                removed += [(up, key) for up in sorted(before.difference(after))]
        for key in sorted(self.registry.state.withdrawn):
            if key in then or self._was_there(key, since):
                assets[key] = AssetChange(marks=("removed",))
                removed += [(up, key) for up in sorted(_inputs(then.get(key)))]
        return Changes(since=since, assets=assets, added=tuple(added), removed=tuple(removed))

    def _change(
        self, key: AssetKey, was: _Then | None, newest: _Then | None, since: Moment
    ) -> AssetChange | None:
        """Return how an asset that is there differs; None where it does not."""
        if was is None:
            # One that was there and had never been made is no news.
            is_new = newest is not None or not self._was_there(key, since)
            return AssetChange(marks=("new",)) if is_new else None
        marks: list[Mark] = []
        detail = ""
        if self.fingerprint(key).version != was.newest.code_version:
            marks.append("edited")
        if newest is not None and newest.data != was.data:
            marks.append("data")
            detail = _versions(was.newest, newest.newest)
        return AssetChange(marks=tuple(marks), detail=detail) if marks else None

    def _was_there(self, key: AssetKey, since: Moment) -> bool:
        registered = self.registry.since(key)
        return registered is not None and registered <= since.timestamp

    def _moment(self, moment: str | float | dt.datetime) -> Moment:
        if isinstance(moment, str):
            moments = {each.id: each for each in self.moments()}
            if moment in moments:
                return moments[moment]
            for run in self.store.history.runs():
                if run.run_id == moment:
                    return Moment(id=moment, label=f"before the run {moment[:8]}", timestamp=run.timestamp)
            known = [each for each in ("before_run", "run", "save", "kernel") if each in moments]
            raise UsageError(
                f"there is no moment `{moment}` to compare with: it is {', '.join(known)}, the id of a run, or a time."
                f"{near(moment, known)}"
            )
        try:
            timestamp = moment.timestamp() if isinstance(moment, dt.datetime) else float(moment)
            when = dt.datetime.fromtimestamp(timestamp).astimezone()
        except (TypeError, ValueError, OverflowError, OSError):
            raise UsageError(
                f"{moment!r} is no moment: it is a name such as 'kernel', the id of a run, a datetime, or seconds since 1970."
            ) from None
        return Moment(id=str(timestamp), label=f"{when:%Y-%m-%d %H:%M:%S}", timestamp=timestamp)


def _by_asset(versions: Iterable[Materialization]) -> dict[AssetKey, _Then]:
    newest: dict[AssetKey, Materialization] = {}
    data: dict[AssetKey, dict[str, str]] = {}
    for made in versions:
        known = newest.get(made.asset_key)
        if known is None or made.timestamp >= known.timestamp:
            newest[made.asset_key] = made
        data.setdefault(made.asset_key, {})[made.partition or ""] = made.data_version
    return {key: _Then(made, data[key]) for key, made in newest.items()}


def _inputs(was: _Then | None) -> set[AssetKey]:
    return set() if was is None else set(was.newest.inputs)


def _versions(was: Materialization, now: Materialization) -> str:
    return (
        "" if was.partition is not None or now.partition is not None else f"v{was.version} → v{now.version}"
    )


def _saved() -> float | None:
    """Return when the notebook was saved last, where it is known which one it is."""
    notebook = notebook_file()
    try:
        return None if notebook is None else notebook.stat().st_mtime
    except OSError:  # it was moved just now
        return None
