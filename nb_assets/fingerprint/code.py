"""The fingerprint of what a definition means: its own code, and that of the project's code which it reaches.

Values are read when the fingerprint is asked for, not when the function is defined: editing a helper's cell shows at
once. What is reached is the business of `reach`; what of it may have changed since the last time, that of `evidence`.
"""

from __future__ import annotations

import dataclasses
import hashlib
import uuid
import weakref
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from nb_assets.fingerprint.packages import PACKAGE, PackagePolicy, package_policy, package_versions
from nb_assets.fingerprint.reach import Reach
from nb_assets.fingerprint.settings import RESOURCE, Settings

if TYPE_CHECKING:
    from nb_assets.definitions.assets_definition import AssetsDefinition
    from nb_assets.definitions.op import OpDefinition
    from nb_assets.fingerprint.evidence import Evidence

SETTINGS_MARK = " ⟨settings⟩ "


@dataclass(frozen=True, kw_only=True)
class CodeFingerprint:
    """What a definition's code means now.

    Attributes
    ----------
    version
        The code version that the user gave, else a hash of the parts.
    parts
        What was reached, by name, in a form to compare and to show: source for code, a short text for values. The
        definition's own code comes first.
    untracked
        What could not be tracked, each with the reason.
    packages
        The versions of the installed packages that the code uses, and of Python.
    policy
        Whether these count.
    """

    version: str
    parts: Mapping[str, str]
    untracked: tuple[str, ...] = ()
    packages: Mapping[str, str] = field(default_factory=dict)
    policy: PackagePolicy = "off"

    @property
    def recorded(self) -> Mapping[str, str]:
        """What is recorded of it: the parts, and the packages."""
        return {**self.parts, **{PACKAGE + name: version for name, version in self.packages.items()}}

    @property
    def counts_packages(self) -> bool:
        """Whether another version of a package makes stale."""
        return self.policy == "stale"

    @property
    def counted(self) -> str:
        """The version with all that counts besides: those of the packages, where they do."""
        return _version({"": self.version, **self.packages}) if self.counts_packages else self.version

    @property
    def tells_packages(self) -> bool:
        """Whether another version of a package is to be told."""
        return self.policy == "warn"


@dataclass(frozen=True, kw_only=True)
class _Taken:
    """A fingerprint, with what tells whether it still holds.

    Attributes
    ----------
    objects
        A hash of what is no code: configuration, and the resources that are objects.
    """

    evidence: Evidence
    fingerprint: CodeFingerprint
    settings: Settings | None
    objects: str
    _told: dict[tuple[str | None, PackagePolicy], CodeFingerprint] = field(default_factory=dict)

    def holds(self, settings: Settings | None) -> bool:
        """Tell whether it still is what would be taken."""
        same = settings is self.settings or (settings is not None and settings.same(self.settings))
        return same and self.evidence.holds()

    def told(self, explicit: str | None, policy: PackagePolicy) -> CodeFingerprint:
        """Return the fingerprint with what is said besides: the same object as long as the same is said."""
        known = self._told.get((explicit, policy))
        if known is not None:
            return known
        fingerprint = dataclasses.replace(self.fingerprint, policy=policy)
        if explicit is not None:
            # The user's word stands for the code, and not for what it is configured with.
            untracked = tuple(each for each in fingerprint.untracked if each.startswith(f"`{RESOURCE}"))
            version = f"{explicit}{self.objects}"
            fingerprint = dataclasses.replace(fingerprint, version=version, untracked=untracked)
        self._told[explicit, policy] = fingerprint
        return fingerprint


_taken: weakref.WeakKeyDictionary[AssetsDefinition, _Taken] = weakref.WeakKeyDictionary()


def fingerprint_code(
    definition: AssetsDefinition, explicit: str | None = None, settings: Settings | None = None
) -> CodeFingerprint:
    """Return the fingerprint of the code of a definition as it is now.

    Parameters
    ----------
    explicit
        The code version that the user gave, which takes the place of the computed one.
    settings
        The configuration and the resources that the code is run with.
    """
    return fingerprint_on_evidence(definition, explicit, settings)[0]


def fingerprint_on_evidence(
    definition: AssetsDefinition, explicit: str | None = None, settings: Settings | None = None
) -> tuple[CodeFingerprint, Evidence | None]:
    """Return the fingerprint with what it rests on besides the settings: as long as that holds, it is the same.

    None where it is another one each time.
    """
    taken, policy = _taken.get(definition), package_policy()
    if taken is None or not taken.holds(settings):
        try:
            # It is of the ops that were there when it was composed; what counts, and runs, are those of now.
            definition.compose_anew()
        except Exception as error:  # noqa: BLE001 - the body of a graph is the user's
            return _of_old_ops(definition, error), None
        reach = Reach()
        reach.start(definition.__name__, definition.compute)
        reach.wiring(definition)
        for step in definition.graph.steps if definition.graph is not None else ():
            # An op that is defined in the body of the graph is reached through nothing else.
            if step.op.code_version is not None:
                reach.version(step.path, step.op)
            else:
                reach.start(step.path, step.op.compute)
        reach.settings_of_process()
        packages = package_versions(reach.packages)
        objects = settings.take_up(reach) if settings is not None else {}
        fingerprint = CodeFingerprint(
            version=_version(reach.findings.counted),
            parts=reach.findings.shown,
            untracked=reach.all_untracked,
            packages=packages,
            policy=policy,
        )
        taken = _taken[definition] = _Taken(
            evidence=reach.evidence,
            fingerprint=fingerprint,
            settings=settings,
            objects=f"{SETTINGS_MARK}{_version(objects)}" if objects else "",
        )
    fingerprint = taken.fingerprint
    if explicit is not None or fingerprint.policy != policy:
        fingerprint = taken.told(explicit, policy)
    return fingerprint, taken.evidence


def settings_version(settings: Settings) -> str:
    """Return the version of what code is run with: of a resource's code, too."""
    reach = Reach()
    settings.take_up(reach)
    return f"untracked:{uuid.uuid4().hex}" if reach.notes.untracked else _version(reach.findings.counted)


def without_settings(version: str) -> str:
    """Return a code version as the user gave it, without what tells of its settings."""
    return version.partition(SETTINGS_MARK)[0]


def _of_old_ops(definition: AssetsDefinition, error: Exception) -> CodeFingerprint:
    """Return a fingerprint like no other: what would run is no longer what the code says."""
    source = definition.source or ""
    return CodeFingerprint(
        version=f"untracked:{uuid.uuid4().hex}",
        parts={definition.__name__: source},
        untracked=(f"`{definition.__name__}` as it is: its graph cannot be composed any more. {error}",),
    )


def op_version(op: OpDefinition) -> str:
    """Return the code version of an op: that which the user gave, else the fingerprint of its code as it is now."""
    if op.code_version is not None:
        return op.code_version
    reach = Reach()
    reach.start(op.name, op.compute)
    reach.settings_of_process()
    # What cannot be tracked may be another thing each time, so nothing that was made with it is taken for the same.
    # What is read from outside is not code: as for a whole asset, it is only told of.
    return f"untracked:{uuid.uuid4().hex}" if reach.notes.untracked else _version(reach.findings.counted)


def _version(meanings: Mapping[str, str]) -> str:
    digest = hashlib.blake2b(digest_size=16)
    for name, meaning in sorted(meanings.items()):
        digest.update(f"{len(name)}:{name}{len(meaning)}:{meaning}".encode("utf-8", "surrogatepass"))
    return f"code:{digest.hexdigest()}"
