"""Why an asset is not fresh: one type a cause, each with its evidence and a few words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, ClassVar, Literal, Protocol

if TYPE_CHECKING:
    from nb_assets.definitions.asset_key import AssetKey

_MAX_TOLD = 3
State = Literal["missing", "fresh", "stale", "failed", "running", "queued", "skipped"]
TO_RUN: frozenset[State] = frozenset({"missing", "stale", "failed", "skipped"})
"""The states of assets that a run of what is not fresh runs."""


class Reason(Protocol):
    """Why an asset is not fresh."""

    kind: ClassVar[str]

    @property
    def summary(self) -> str:
        """The reason in a few words."""
        ...


@dataclass(frozen=True)
class NeverMaterialized:
    """It was never made."""

    kind: ClassVar[str] = "never_materialized"

    @property
    def summary(self) -> str:
        """The reason in a few words."""
        return "never materialized"


@dataclass(frozen=True)
class CodeChanged:
    """Its code, or code or a constant that it reaches, is not what it was made with.

    Attributes
    ----------
    changed
        The names whose meaning differs, in the order in which the code reaches them.
    details
        For constants, what they were and are.
    """

    kind: ClassVar[str] = "code_changed"
    changed: tuple[str, ...]
    details: Mapping[str, tuple[str, str]] = field(default_factory=dict, hash=False)

    @property
    def summary(self) -> str:
        """The reason in a few words."""
        more = len(self.changed) - 1
        return self.lines[0] + (f" and {more} more" if more > 0 else "")

    @property
    def lines(self) -> tuple[str, ...]:
        """The reason with a line for each thing that changed."""
        return tuple(map(self._line, self.changed)) or ("code changed",)

    def _line(self, name: str) -> str:
        old, new = self.details.get(name, ("", ""))
        return f"`{name}` {old} → {new}" if old and new else f"`{name}` changed"


@dataclass(frozen=True)
class SettingChange:
    """One value of a configuration or of a resource that differs.

    Attributes
    ----------
    name
        Its place in the configuration; empty for the whole.
    old, new
        What it was and is; both empty where that is not told.
    is_code
        Whether it is code.
    """

    name: str
    old: str = ""
    new: str = ""
    is_code: bool = False

    def __str__(self) -> str:
        if self.is_code:
            return f"the code of {self.name}" if self.name else "its code"
        if self.old and self.new:
            return f"{self.name} {self.old} → {self.new}".strip()
        if self.new:
            return f"{self.name} is {self.new} now".strip()
        return f"{self.name} {self.old} is gone".strip() if self.old else self.name or "another one"


@dataclass(frozen=True)
class ResourceChanged:
    """A resource that it uses is another one, or is configured in another way.

    Attributes
    ----------
    resource
        Its name.
    changes
        What of it differs.
    """

    kind: ClassVar[str] = "resource_changed"
    resource: str
    changes: tuple[SettingChange, ...] = ()

    @property
    def summary(self) -> str:
        """The reason in a few words."""
        return f"`{self.resource}` resource changed{_told(self.changes)}"


@dataclass(frozen=True)
class ConfigChanged:
    """It was made with another configuration.

    Attributes
    ----------
    changes
        What of it differs.
    """

    kind: ClassVar[str] = "config_changed"
    changes: tuple[SettingChange, ...] = ()

    @property
    def summary(self) -> str:
        """The reason in a few words."""
        return f"config changed{_told(self.changes)}"


def _told(changes: tuple[SettingChange, ...]) -> str:
    # Values say more than that code differs.
    ordered = sorted(changes, key=lambda change: change.is_code)
    first = [str(change) for change in ordered[:_MAX_TOLD]]
    more = len(changes) - len(first)
    return (": " + ", ".join(first) if first else "") + (f" and {more} more" if more > 0 else "")


@dataclass(frozen=True)
class EditedDuringRun:
    """Its code, or a value that it reaches, changed while it ran: nobody knows which of the two gave the value.

    Attributes
    ----------
    changed
        The names of what is not as it was when the run began, if any is still known to differ.
    """

    kind: ClassVar[str] = "edited_during_run"
    changed: tuple[str, ...] = ()

    @property
    def summary(self) -> str:
        """The reason in a few words."""
        if self.changed:
            names = ", ".join(f"`{name}`" for name in self.changed)
            return f"{names} changed while it ran"
        return "its code, or a value that it uses, changed while it ran"


@dataclass(frozen=True)
class CodeVersionChanged:
    """The code version that the user gave is not the one that it was made with."""

    kind: ClassVar[str] = "code_version_changed"
    old: str
    new: str

    @property
    def summary(self) -> str:
        """The reason in a few words."""
        return f"code version {self.old} → {self.new}"


@dataclass(frozen=True)
class UpstreamChanged:
    """An asset that it is derived from has other data than it was made from."""

    kind: ClassVar[str] = "upstream_changed"
    upstream: AssetKey
    change: str = ""

    @property
    def summary(self) -> str:
        """The reason in a few words."""
        return f"`{self.upstream.to_user_string()}` has new data" + (
            f": {self.change}" if self.change else ""
        )


@dataclass(frozen=True)
class FileChanged:
    """A file that it is declared to read has another content, or is not there."""

    kind: ClassVar[str] = "file_changed"
    path: str
    missing: bool = False

    @property
    def summary(self) -> str:
        """The reason in a few words."""
        return f"the file `{self.path}` is not there" if self.missing else f"the file `{self.path}` changed"


@dataclass(frozen=True)
class EnvironmentChanged:
    """A variable of the environment that it is declared to read has another value."""

    kind: ClassVar[str] = "environment_changed"
    variable: str
    unset: bool = False

    @property
    def summary(self) -> str:
        """The reason in a few words."""
        return f"the variable `{self.variable}` " + ("is not set any more" if self.unset else "changed")


@dataclass(frozen=True)
class PackageChanged:
    """An installed package that its code uses has another version, and the policy is that this counts."""

    kind: ClassVar[str] = "package_changed"
    package: str
    old: str
    new: str

    @property
    def summary(self) -> str:
        """The reason in a few words."""
        return f"the package `{self.package}` {self.old} → {self.new}"


@dataclass(frozen=True)
class UpstreamNotFresh:
    """An asset that it is derived from is not fresh itself."""

    kind: ClassVar[str] = "upstream_not_fresh"
    upstream: AssetKey
    state: State
    roots: tuple[AssetKey, ...] = ()
    partitions: tuple[str, ...] = ()

    @property
    def summary(self) -> str:
        """The reason in a few words."""
        via = [root for root in self.roots if root != self.upstream]
        because = f" (because of `{via[0].to_user_string()}`)" if via else ""
        name = self.upstream.to_user_string()
        if len(self.partitions) > 1:
            return f"{len(self.partitions):,} partitions of upstream `{name}` are not fresh{because}"
        of = f" ({self.partitions[0]})" if self.partitions else ""
        return f"upstream `{name}`{of} is {self.state}{because}"


@dataclass(frozen=True)
class UpstreamPartitionsMissing:
    """It is derived from partitions that do not exist."""

    kind: ClassVar[str] = "upstream_partitions_missing"
    upstream: AssetKey
    partitions: tuple[str, ...]

    @property
    def summary(self) -> str:
        """The reason in a few words."""
        more = f" and {len(self.partitions) - 1:,} more" if len(self.partitions) > 1 else ""
        return f"`{self.upstream.to_user_string()}` has no partition {self.partitions[0]}{more}"


@dataclass(frozen=True)
class PartitionsNotFresh:
    """Some of its partitions are not fresh: the counts say how many are."""

    kind: ClassVar[str] = "partitions_not_fresh"
    counts: str

    @property
    def summary(self) -> str:
        """The reason in a few words."""
        return self.counts


@dataclass(frozen=True)
class DependencyAdded:
    """It is derived from an asset that it was not derived from before."""

    kind: ClassVar[str] = "dependency_added"
    upstream: AssetKey

    @property
    def summary(self) -> str:
        """The reason in a few words."""
        return f"now reads `{self.upstream.to_user_string()}`"


@dataclass(frozen=True)
class DependencyRemoved:
    """It is no longer derived from an asset that it was made from."""

    kind: ClassVar[str] = "dependency_removed"
    upstream: AssetKey

    @property
    def summary(self) -> str:
        """The reason in a few words."""
        return f"no longer reads `{self.upstream.to_user_string()}`"


@dataclass(frozen=True)
class UpstreamGone:
    """An asset that it was made from is not defined any more."""

    kind: ClassVar[str] = "upstream_gone"
    upstream: AssetKey

    @property
    def summary(self) -> str:
        """The reason in a few words."""
        return f"`{self.upstream.to_user_string()}` is not defined any more"


@dataclass(frozen=True)
class ValueLost:
    """Its last value is recorded but is not where it is looked for.

    Attributes
    ----------
    place
        What it is not with, where that is not the store.
    """

    kind: ClassVar[str] = "value_lost"
    place: str = ""

    @property
    def summary(self) -> str:
        """The reason in a few words."""
        return f"its value is not with {self.place}" if self.place else "its value is gone from the store"


@dataclass(frozen=True)
class LastRunFailed:
    """The last attempt to make it failed."""

    kind: ClassVar[str] = "last_run_failed"
    error: str

    @property
    def summary(self) -> str:
        """The reason in a few words."""
        return self.error
