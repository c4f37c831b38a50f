"""One of the assets that a function of several outputs makes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from nb_assets.definitions.asset_key import AssetKey
from nb_assets.definitions.asset_spec import AssetSpec
from nb_assets.errors import DefinitionError

if TYPE_CHECKING:
    from nb_assets.definitions.automation.condition import AutomationCondition


@dataclass(frozen=True, kw_only=True)
class _Fields:
    key: AssetKey | None
    key_prefix: tuple[str, ...]
    attributes: Mapping[str, Any]
    is_required: bool
    dagster_type: Any
    io_manager_key: str | None


class AssetOut:
    """What is said of one output of a `@multi_asset` or `@graph_multi_asset`: its key and what `AssetSpec` says.

    Parameters
    ----------
    key_prefix, key
        The parts before the output's name, or the whole key.
    is_required
        Whether the function must give this output each time.
    dagster_type
        The type that the value must have.
    description, metadata, group_name, code_version, automation_condition, owners, tags, kinds
        As in `@asset`.

    Raises
    ------
    DefinitionError
        When both a key and a key prefix are given, or one of the rest is not a valid one.
    """

    def __init__(  # noqa: PLR0917 - Dagster's signature
        self,
        key_prefix: str | Sequence[str] | None = None,
        key: AssetKey | str | Sequence[str] | None = None,
        dagster_type: Any = None,
        description: str | None = None,
        is_required: bool = True,  # noqa: FBT001, FBT002 - Dagster's signature
        io_manager_key: str | None = None,
        metadata: Mapping[str, Any] | None = None,
        group_name: str | None = None,
        code_version: str | None = None,
        automation_condition: AutomationCondition | None = None,
        owners: Sequence[str] | None = None,
        tags: Mapping[str, str] | None = None,
        kinds: Iterable[str] | None = None,
    ) -> None:
        if key is not None and key_prefix is not None:
            raise DefinitionError("give an AssetOut either a whole key or a key_prefix, not both.")
        attributes = {
            "description": description,
            "metadata": metadata,
            "group_name": group_name,
            "code_version": code_version,
            "automation_condition": automation_condition,
            "owners": owners,
            "tags": tags,
            "kinds": kinds,
        }
        # Built once for its checks, so that a mistake is told where it is made.
        AssetSpec("output", **attributes)  # type: ignore[arg-type]
        self._fields = _Fields(
            key=None if key is None else AssetKey.from_coercible(key),
            key_prefix=(key_prefix,) if isinstance(key_prefix, str) else tuple(key_prefix or ()),
            attributes=attributes,
            is_required=is_required,
            dagster_type=dagster_type,
            io_manager_key=io_manager_key,
        )

    @property
    def is_required(self) -> bool:
        """Whether the function must give this output each time."""
        return self._fields.is_required

    @property
    def dagster_type(self) -> Any:
        """The type that the value must have, or None."""
        return self._fields.dagster_type

    @property
    def io_manager_key(self) -> str | None:
        """What stores the value, when it is not the session's store."""
        return self._fields.io_manager_key

    def spec(self, output_name: str, **defaults: Any) -> AssetSpec:
        """Return the spec of the asset, with defaults for what this says nothing of."""
        key = self._fields.key or AssetKey([*self._fields.key_prefix, output_name])
        given = {name: value for name, value in self._fields.attributes.items() if value is not None}
        return AssetSpec(key, **{**defaults, **given, "skippable": not self.is_required})

    @staticmethod
    def from_spec(spec: AssetSpec, dagster_type: Any = None, is_required: bool = True) -> AssetOut:  # noqa: FBT001, FBT002
        """Return an output that says what a spec does, its dependencies apart.

        Raises
        ------
        DefinitionError
            When the spec has dependencies, which an output cannot.
        """
        if spec.deps:
            raise DefinitionError(
                "an AssetOut has no deps: give them to the decorator, or use specs in place of outs."
            )
        return AssetOut(
            key=spec.key,
            dagster_type=dagster_type,
            description=spec.description,
            is_required=is_required,
            metadata=spec.metadata,
            group_name=spec.group,
            code_version=spec.code_version,
            automation_condition=spec.automation_condition,
            owners=spec.owners,
            tags=spec.tags,
        )
