"""How today's code and inputs of an asset differ from those that a materialization was made with and from."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from nb_assets.definitions.outside_dep import outside_dep
from nb_assets.fingerprint.code import without_settings
from nb_assets.fingerprint.normal_form import normal_form
from nb_assets.fingerprint.packages import PACKAGE
from nb_assets.staleness.outside import outside_reason
from nb_assets.staleness.reasons import (
    CodeChanged,
    CodeVersionChanged,
    DependencyAdded,
    DependencyRemoved,
    EditedDuringRun,
    PackageChanged,
    Reason,
    UpstreamChanged,
    UpstreamGone,
)
from nb_assets.staleness.setting_changes import of_code, setting_reasons

if TYPE_CHECKING:
    from nb_assets.definitions.asset_key import AssetKey
    from nb_assets.fingerprint.code import CodeFingerprint
    from nb_assets.staleness.partition_inputs import Behind
    from nb_assets.staleness.status import AssetStatus, Records
    from nb_assets.storage.materialization import Materialization

# A constant longer than this is told by its name alone.
_SHOWN_CONSTANT = 60


def code_reasons(latest: Materialization, code: CodeFingerprint) -> list[Reason]:
    """Return how today's code differs from the code of a materialization."""
    packages: list[Reason] = [*package_reasons(latest, code)] if code.counts_packages else []
    if latest.code_version == code.version:
        return packages
    if latest.code_version.startswith("edited-during-run:"):
        return [EditedDuringRun(_differing(latest.code, code.parts))]
    settings = setting_reasons(latest, code)
    was, now = without_settings(latest.code_version), without_settings(code.version)
    if not (was.startswith("code:") and now.startswith("code:")):
        return (
            settings if was == now and settings else [CodeVersionChanged(_short(was), _short(now)), *settings]
        )
    names = of_code(_differing(latest.code, code.parts))
    gone = of_code(name for name in latest.code if name not in code.recorded and not name.startswith(PACKAGE))
    if settings and not names:
        return [*settings, *packages]
    details = {
        name: (latest.code[name], code.parts[name])
        for name in names
        if name in latest.code and _is_constant(latest.code[name]) and _is_constant(code.parts[name])
    }
    # What is not reached any more went because something else changed, so it is told only where nothing else is.
    return [CodeChanged(tuple(names or gone), details), *settings, *packages]


def input_reasons(
    latest: Materialization,
    made_from: Mapping[AssetKey, str],
    known: Mapping[AssetKey, AssetStatus],
    records: Records,
    behind: Mapping[AssetKey, Behind],
) -> list[Reason]:
    """Return how today's data of its inputs differs from the data that a materialization was made from."""
    reasons: list[Reason] = []
    for other, version in made_from.items():
        outside = outside_dep(other)
        if outside is not None and other in latest.inputs:
            # One that is not there is told of as what comes first is.
            if version and version != latest.inputs[other]:
                reasons.append(outside_reason(outside, version))
        elif other not in latest.inputs:
            reasons.append(DependencyAdded(other))
        elif not version and latest.inputs[other] and other not in known:
            reasons.append(UpstreamGone(other))
        elif version and version != latest.inputs[other]:
            parts = behind.get(other)
            if parts is not None and parts.only is None:
                reasons.append(UpstreamChanged(other, _changed_partitions(latest, other, parts.versions)))
                continue
            now = known[other].materialization if parts is None else parts.only
            change = None if now is None else records.change_of(now)
            # What changed is told only when it is the change from what this one was made from.
            told = change is not None and change.get("from") == latest.inputs[other]
            reasons.append(UpstreamChanged(other, str(change.get("summary", "")) if change and told else ""))
    reasons += [DependencyRemoved(other) for other in latest.inputs if other not in made_from]
    return reasons


def _changed_partitions(latest: Materialization, other: AssetKey, now: Mapping[str, str]) -> str:
    then = latest.input_partitions.get(other)
    if then is None:
        return ""
    changed = [partition for partition, version in now.items() if then.get(partition) != version]
    changed += [partition for partition in then if partition not in now]
    others = len(changed) - 1
    more = f" and {others:,} more partition{'s' if others > 1 else ''}" if others > 0 else ""
    return f"{changed[0]}{more}" if changed else ""


def package_notes(latest: Materialization, code: CodeFingerprint) -> list[str]:
    """Return which packages had another version when it was made, where that is only to be told."""
    if not code.tells_packages:
        return []
    return [
        f"the package `{reason.package}` was {reason.old} when it was made, and is {reason.new} now"
        for reason in package_reasons(latest, code)
    ]


def package_reasons(latest: Materialization, code: CodeFingerprint) -> list[PackageChanged]:
    """Return which packages had another version when it was made, those left out of which nothing was recorded."""
    before = latest.code
    return [
        PackageChanged(name, before[PACKAGE + name], version)
        for name, version in code.packages.items()
        if before.get(PACKAGE + name, version) != version
    ]


def _differing(before: Mapping[str, str], now: Mapping[str, str]) -> tuple[str, ...]:
    """Return the names whose meaning differs: not those in which a comment does."""
    names = [name for name, text in now.items() if before.get(name) != text]
    meant = [
        name for name in names if name not in before or normal_form(before[name]) != normal_form(now[name])
    ]
    return tuple(meant or names)


def _is_constant(text: str) -> bool:
    return (
        "\n" not in text
        # A hash says nothing to anybody: that it changed does.
        and " xxh3:" not in text
        and len(text) <= _SHOWN_CONSTANT
        and not text.startswith(("def ", "class ", "@", "async def "))
    )


def _short(version: str) -> str:
    return "computed" if version.startswith("code:") else version
