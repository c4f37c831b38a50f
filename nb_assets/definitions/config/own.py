"""The configuration of one function: what it looks like, and how the function is handed it."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from nb_assets.definitions.config.annotations import field_of_parameter, is_config_class
from nb_assets.definitions.config.defined_again import as_defined_now
from nb_assets.definitions.config.problems import ConfigSchemaError
from nb_assets.definitions.config.shapes import Field, as_field
from nb_assets.definitions.config.types import ANY

if TYPE_CHECKING:
    from nb_assets.definitions.compute import ComputeFunction

ANYTHING = Field(ANY, is_required=False)
"""What a definition that says nothing of its configuration can be configured with."""


class OwnConfig:
    """What the configuration of a function looks like.

    Of a class that was defined again since, it is what that class says now: a run hands over objects of it.

    Parameters
    ----------
    as_argument
        Makes the argument `config` of what was read, where there is such a parameter.
    cls
        The class that both come from, where one does.
    """

    def __init__(
        self, field: Field, as_argument: Callable[[Any], Any] | None = None, cls: type | None = None
    ) -> None:
        self._cls = cls
        self._said = (cls, field, as_argument)

    @property
    def field(self) -> Field:
        """What it looks like."""
        return self._now()[1]

    @property
    def as_argument(self) -> Callable[[Any], Any] | None:
        """What makes the argument `config` of what was read."""
        return self._now()[2]

    def _now(self) -> tuple[type | None, Field, Callable[[Any], Any] | None]:
        if self._cls is not None and (now := as_defined_now(self._cls)) is not self._said[0]:
            try:
                self._said = (now, *field_of_parameter(now, inspect.Parameter.empty, ""))
            except ConfigSchemaError:
                # It is no configuration any more: the earlier one stays in use.
                self._said = (now, *self._said[1:])
        return self._said


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
        annotation = compute.config_type
        default = inspect.signature(compute.fn).parameters["config"].default
        cls = annotation if is_config_class(annotation) else None
        return OwnConfig(*field_of_parameter(annotation, default, owner), cls)
    if schema is None:
        return None
    if isinstance(schema, OwnConfig):
        return schema
    try:
        return OwnConfig(as_field(schema))
    except ConfigSchemaError as error:
        raise ConfigSchemaError(f"the config_schema of `{owner}`: {error}") from None
