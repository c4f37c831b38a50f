"""The configuration of one function: what it looks like, and how the function is handed it."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from nb_assets.definitions.config.annotations import field_of_parameter
from nb_assets.definitions.config.problems import ConfigSchemaError
from nb_assets.definitions.config.shapes import Field, as_field
from nb_assets.definitions.config.types import ANY

if TYPE_CHECKING:
    from nb_assets.definitions.compute import ComputeFunction

ANYTHING = Field(ANY, is_required=False)
"""What a definition that says nothing of its configuration can be configured with."""


@dataclass(frozen=True)
class OwnConfig:
    """What the configuration of a function looks like.

    Attributes
    ----------
    as_argument
        Makes the argument `config` of what was read, where there is such a parameter.
    """

    field: Field
    as_argument: Callable[[Any], Any] | None = None


def own_config(compute: ComputeFunction, schema: Any, owner: str) -> OwnConfig | None:
    """Return what the configuration of a function looks like, or None where nothing is said of it.

    Raises
    ------
    ConfigSchemaError
        When both a schema and the parameter `config` say it, or one of them says nothing that can be.
    """
    if compute.config_type is not None:
        if schema:
            raise ConfigSchemaError(
                f"`{owner}` has the parameter `config` and a config_schema: its configuration is said in one place."
            )
        default = inspect.signature(compute.fn).parameters["config"].default
        return OwnConfig(*field_of_parameter(compute.config_type, default, owner))
    if schema is None:
        return None
    if isinstance(schema, OwnConfig):
        return schema
    try:
        return OwnConfig(as_field(schema))
    except ConfigSchemaError as error:
        raise ConfigSchemaError(f"the config_schema of `{owner}`: {error}") from None
