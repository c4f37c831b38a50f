"""What a selection says, as a tree: what selection strings are read into and `AssetSelection` objects are made of.

`resolve.py` finds the assets that a tree means.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from nb_assets.definitions.asset_check import AssetCheckKey
    from nb_assets.definitions.asset_key import AssetKey


@dataclass(frozen=True)
class All:
    """Every asset that is made here; with `external`, those that are only derived from, too."""

    external: bool = False


@dataclass(frozen=True)
class Keys:
    """The assets of these keys."""

    keys: tuple[AssetKey, ...]


@dataclass(frozen=True)
class Prefixes:
    """The assets whose keys begin with one of these."""

    prefixes: tuple[tuple[str, ...], ...]
    external: bool = False


@dataclass(frozen=True)
class Groups:
    """The assets of these groups, and of the groups inside them; a group that nothing is in has none."""

    names: tuple[str, ...]
    external: bool = False


@dataclass(frozen=True)
class Lacking:
    """The assets that have no kind, or no owner."""

    attribute: Literal["kind", "owner"]
    external: bool = False


@dataclass(frozen=True)
class Attribute:
    """The assets that have this value of an attribute."""

    name: str
    value: str
    external: bool = False


@dataclass(frozen=True)
class Checks:
    """No asset, and of the checks these: those of the keys, those of the assets, or every one."""

    keys: tuple[AssetCheckKey, ...] = ()
    assets: tuple[AssetKey, ...] | None = None
    every: bool = False


@dataclass(frozen=True)
class Traversal:
    """What an operand selects, with so many steps around it: None for all of them, 0 for none."""

    operand: Selection
    upstream: int | None
    downstream: int | None


@dataclass(frozen=True)
class Function:
    """What a function makes of what an operand selects.

    Attributes
    ----------
    name
        `sinks` and `roots`; `neighbors`, with what is always made together with it; `materializable`, without what is
        made elsewhere; `sources`, what is made elsewhere and it is derived from.
    """

    name: Literal["sinks", "roots", "neighbors", "materializable", "sources"]
    operand: Selection


@dataclass(frozen=True)
class Not:
    """All but what the operand selects."""

    operand: Selection


@dataclass(frozen=True)
class And:
    """What all of them select."""

    operands: tuple[Selection, ...]


@dataclass(frozen=True)
class Or:
    """What any of them selects."""

    operands: tuple[Selection, ...]


Selection = (
    All | Keys | Prefixes | Groups | Lacking | Attribute | Checks | Traversal | Function | Not | And | Or
)


@dataclass(frozen=True)
class Selecting:
    """Something that carries a selection, wherever a selection string will do."""

    tree: Selection
