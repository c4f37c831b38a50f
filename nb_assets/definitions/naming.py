"""Which names, tags, kinds and owners an asset may have: Dagster's rules, with the reason in the error."""

from __future__ import annotations

import json
import keyword
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from nb_assets.errors import DefinitionError

DEFAULT_GROUP = "default"
KIND_TAG_PREFIX = "dagster/kind/"
DEFAULT_IO_MANAGER = "io_manager"
# Under this name the metadata of an asset says which IO manager has its value, where nothing else can say it.
IO_MANAGER_METADATA = "dagster/io_manager_key"
MAX_KINDS = 10

RESERVED_NAMES = frozenset(
    {
        "arg_dict",
        "bool",
        "conf",
        "config",
        "context",
        "dict",
        "float",
        "input",
        "input_arg_dict",
        "int",
        "meta",
        "output",
        "output_arg_dict",
        "str",
        "type",
        *keyword.kwlist,
    }
)

_NAME = re.compile(r"[A-Za-z0-9_]+")
_GROUP = re.compile(r"[A-Za-z0-9_]+(/[A-Za-z0-9_]+)*")
_TAG_KEY = re.compile(r"([A-Za-z0-9_.-]{1,63}/|dagster/kind/)?[A-Za-z0-9_.-]{1,63}")
_TAG_VALUE = re.compile(r"[A-Za-z0-9_.-]{0,63}")
_EMAIL = re.compile(r"[A-Za-z0-9._%+'-]+@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+")


def checked_name(name: Any, what: str = "asset") -> str:
    """Return the name when an asset or op may have it.

    Raises
    ------
    DefinitionError
        When it has other characters than letters, digits and underscores, or is reserved.
    """
    if not isinstance(name, str):
        raise DefinitionError(f"the name of {_a(what)} is a string, not {name!r} ({type(name).__name__}).")
    if name in RESERVED_NAMES:
        raise DefinitionError(
            f'"{name}" cannot be the name of {_a(what)}: it is a word of Python or reserved for its context and '
            f'configuration. Choose another name, for example "{name}_{what}".'
        )
    if not _NAME.fullmatch(name):
        cleaned = re.sub(r"[^A-Za-z0-9_]+", "_", name).strip("_")
        suggestion = f' Write "{cleaned}"' if cleaned else " Choose another"
        prefix = ", or use key_prefix for a key of several parts" if "/" in name else ""
        raise DefinitionError(
            f'"{name}" cannot be the name of {_a(what)}: names have letters, digits and underscores only.'
            f"{suggestion}{prefix}."
        )
    return name


def _a(what: str) -> str:
    return f"an {what}" if what[0] in "aeiou" else f"a {what}"


def checked_group(group: Any) -> str:
    """Return the group name, `default` when none is given.

    Raises
    ------
    DefinitionError
        When it is empty or has a segment of other than letters, digits and underscores.
    """
    if group is None:
        return DEFAULT_GROUP
    if not isinstance(group, str) or not _GROUP.fullmatch(group):
        raise DefinitionError(
            f"{group!r} is not a group name: it is one or more words of letters, digits and underscores, with `/` "
            'between them for groups in groups ("metrics", "marketing/daily"). Leave it out for the group `default`.'
        )
    return group


def checked_tags(tags: Mapping[Any, Any] | None, kinds: Any = None) -> dict[str, str]:
    """Return the tags with the kinds among them, as `dagster/kind/KIND` tags.

    Raises
    ------
    DefinitionError
        When a key or a value is no text or has characters that no tag has, or there are more than ten kinds.
    """
    merged: dict[str, str] = {}
    for key, value in (tags or {}).items():
        if not isinstance(key, str) or not isinstance(value, str):
            raise DefinitionError(
                f"tags are text to text, but one is {key!r}: {value!r}. Put other values in metadata."
            )
        if not _TAG_KEY.fullmatch(key):
            raise DefinitionError(
                f'"{key}" cannot be the key of a tag: letters, digits, `_`, `-` and `.`, at most 63 of them, with at '
                "most one prefix before a `/`."
            )
        if not _TAG_VALUE.fullmatch(value):
            raise DefinitionError(
                f'"{value}" cannot be the value of the tag "{key}": letters, digits, `_`, `-` and `.`, at most 63 of '
                "them. Put longer texts in metadata."
            )
        merged[key] = value
    if isinstance(kinds, str):
        raise DefinitionError(f'kinds is a set of texts, not one text: write kinds={{"{kinds}"}}.')
    for kind in kinds or ():
        merged |= checked_tags({f"{KIND_TAG_PREFIX}{kind}": ""})
    n_kinds = sum(key.startswith(KIND_TAG_PREFIX) for key in merged)
    if n_kinds > MAX_KINDS:
        raise DefinitionError(f"an asset has at most {MAX_KINDS} kinds, not {n_kinds}: put the rest in tags.")
    return merged


def checked_owners(owners: Iterable[Any] | None, key: str) -> tuple[str, ...]:
    """Return the owners, each an e-mail address or `team:NAME`.

    Raises
    ------
    DefinitionError
        When one is neither.
    """
    result = tuple(owners or ())
    for owner in result:
        is_team = isinstance(owner, str) and owner.startswith("team:") and len(owner) > len("team:")
        if not isinstance(owner, str) or not (is_team or _EMAIL.fullmatch(owner)):
            raise DefinitionError(
                f"{owner!r} cannot own the asset `{key}`: an owner is an e-mail address or a team, as in "
                '"ada@example.com" or "team:metrics".'
            )
    return result


def tags_as_text(tags: Mapping[str, Any] | None) -> dict[str, str]:
    """Return tags as runs and ops have them: text to text, other values as JSON.

    Raises
    ------
    DefinitionError
        When a key is no text, or a value has no JSON.
    """
    found: dict[str, str] = {}
    for key, value in (tags or {}).items():
        if not isinstance(key, str):
            raise DefinitionError(f"the key of a tag is a text, not {key!r}.")
        try:
            found[key] = value if isinstance(value, str) else json.dumps(value)
            lost = found[key] != value and json.loads(found[key]) != value
        except (TypeError, ValueError):
            lost = True
        if lost:
            raise DefinitionError(
                f"the tag `{key}` has the value {value!r}, which has no JSON: a tag is a text, or what JSON has words for."
            )
    return found


def groups_around(group: str) -> Iterator[str]:
    """Yield the groups that an asset of a group is in, the outermost first: `a` and `a/b` for `a/b`."""
    parts = group.split("/")
    for length in range(1, len(parts) + 1):
        yield "/".join(parts[:length])
