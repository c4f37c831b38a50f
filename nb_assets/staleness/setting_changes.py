"""How today's configuration and resources of an asset differ from those that a materialization was made with."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import TYPE_CHECKING

from nb_assets.fingerprint.settings import CONFIG, NOT_GIVEN, RESOURCE
from nb_assets.staleness.reasons import ConfigChanged, Reason, ResourceChanged, SettingChange

if TYPE_CHECKING:
    from nb_assets.fingerprint.code import CodeFingerprint
    from nb_assets.storage.materialization import Materialization

# A value longer than this is told by its place alone.
_SHOWN_VALUE = 60
_CODE = ("def ", "class ", "@", "async def ")
_RESOURCE = re.compile(rf"{RESOURCE}(\w+)[ .]?(.*)")


def setting_reasons(latest: Materialization, code: CodeFingerprint) -> list[Reason]:
    """Return how today's configuration and resources differ from those of a materialization."""
    config: list[SettingChange] = []
    resources: dict[str, list[SettingChange]] = {}
    hidden: dict[str, None] = {}
    for name in dict.fromkeys([*code.parts, *latest.code]):
        old, new = latest.code.get(name, ""), code.parts.get(name, "")
        if old == new or not is_setting(name):
            continue
        if (match := _RESOURCE.match(name)) is not None:
            resource, part = match.groups()
            changes = resources.setdefault(resource, [])
            # What Python and pydantic keep in a class is no news to anyone.
            if not part.startswith("_"):
                changes.append(_change(part, old, new))
        elif name.rpartition(".")[2].startswith("_"):
            hidden[name.partition(" ")[2].partition(".")[0]] = None
        else:
            config.append(_change(name.partition(" ")[2], old, new))
    # A class of which only what pydantic keeps is another one: a default, a bound, a description.
    config = config or [SettingChange(name, "", "", is_code=True) for name in hidden]
    found: list[Reason] = []
    for name, changes in resources.items():
        gone = code.parts.get(f"{RESOURCE}{name}") == NOT_GIVEN
        found.append(ResourceChanged(name, (SettingChange("", "", NOT_GIVEN),) if gone else tuple(changes)))
    return [*found, ConfigChanged(tuple(config))] if config else found


def is_setting(name: str) -> bool:
    """Tell whether what a fingerprint knows by this name is a part of the configuration, or of a resource."""
    return name.startswith(RESOURCE) or name.split(" ", 1)[0] == CONFIG


def of_code(names: Iterable[str]) -> list[str]:
    """Return the names of what is code."""
    return [name for name in names if not is_setting(name)]


def _change(name: str, old: str, new: str) -> SettingChange:
    short = _is_value(old) and _is_value(new)
    is_code = any("\n" in text or text.startswith(_CODE) for text in (old, new))
    return SettingChange(name, old if short else "", new if short else "", is_code)


def _is_value(text: str) -> bool:
    return "\n" not in text and len(text) <= _SHOWN_VALUE and not text.startswith(_CODE)
