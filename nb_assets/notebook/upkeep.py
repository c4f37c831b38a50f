"""What `%assets pin`, `unpin` and `gc` do and say: which values are kept, and what clearing the rest away frees."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nb_assets.errors import UsageError
from nb_assets.views.table import paragraph
from nb_assets.views.wording import size

if TYPE_CHECKING:
    from nb_assets.notebook.arguments import Arguments
    from nb_assets.session import Session
    from nb_assets.storage.store import Garbage
    from nb_assets.views.report import Report

__all__ = ["collected", "pinned", "unpinned"]

_KEPT = 10


def pinned(session: Session, words: list[str]) -> Report:
    """Pin a version of an asset, the newest unless told."""
    made = session.pin(*_version("pin", words))
    name = made.asset_key.to_user_string()
    return paragraph(
        f"Version {made.version} of `{name}` is pinned: its value stays whatever is cleared away."
    )


def unpinned(session: Session, words: list[str]) -> Report:
    """Let a version of an asset go, the newest unless told."""
    made = session.unpin(*_version("unpin", words))
    name = made.asset_key.to_user_string()
    return paragraph(
        f"Version {made.version} of `{name}` is not pinned: `%assets gc` may clear its value away."
    )


def _version(verb: str, words: list[str]) -> tuple[str, int]:
    if len(words) not in {1, 2}:
        raise UsageError(f"`%assets {verb}` takes a key, or a key and a version: `%assets {verb} daily 3`.")
    try:
        return words[0], int(words[1]) if len(words) > 1 else -1
    except ValueError:
        raise UsageError(
            f"`%assets {verb}` takes a version as a number, not `{words[1]}`: 1, 2, … as `%assets history {words[0]}` "
            "lists them, or -1 for the newest."
        ) from None


def collected(session: Session, arguments: Arguments) -> Report:
    """Say what clearing away would free; with `--yes`, do it.

    Raises
    ------
    UsageError
        When an asset is named, or `--keep` is no number of versions.
    """
    if len(arguments.words) > 1:
        raise UsageError(
            "`%assets gc` takes no asset: it clears away old values of all. `%assets gc --keep 3`."
        )
    said = arguments.one("--keep") or str(_KEPT)
    if not said.isdecimal() or int(said) < 1:
        raise UsageError(f"`--keep` takes how many versions of each asset to keep, 1 or more, not `{said}`.")
    keep = int(said)
    each = f"the newest {keep} versions" if keep > 1 else "the newest version"
    if arguments.has("--yes"):
        gone = session.collect_garbage(keep)
        return paragraph(
            f"{_files(gone)} cleared away. Of each asset {each} and pinned ones kept their values; all of the history stays."
        )
    spare = session.garbage(keep)
    if not spare:
        return paragraph(f"Nothing to clear away: of each asset {each} and pinned ones keep their values.")
    return paragraph(
        f"{_files(spare)} would be freed: of each asset {each} and pinned ones keep their values, and all of the history "
        f"stays. `%assets gc --keep {keep} --yes` does it."
    )


def _files(garbage: list[Garbage]) -> str:
    total = size(sum(each.size for each in garbage))
    return f"{total} in {len(garbage):,} file{'' if len(garbage) == 1 else 's'}"
