"""Making a single resource: its context, and how what yields it or is a context manager is opened and closed."""

from __future__ import annotations

import inspect
import logging
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, ContextDecorator, contextmanager
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from nb_assets.errors import ResourceError

if TYPE_CHECKING:
    from nb_assets.definitions.resource import ResourceDefinition
    from nb_assets.execution.resources import Resources

_LOG = logging.getLogger("nb_assets")


@dataclass(frozen=True, kw_only=True)
class InitResourceContext:
    """What the function of a resource knows: its configuration, the resources that it needs, the run.

    Attributes
    ----------
    resource_config
        Its configuration.
    resources
        The resources that it says it needs, as attributes.
    nested
        The resources that it holds, by field.
    run, run_id
        The run that it is made for, None outside of one.
    """

    resource_config: Any
    resources: Resources
    resource_def: ResourceDefinition | None = None
    log: logging.Logger = _LOG
    run_id: str | None = None
    run: Any = None
    instance: Any = None
    all_resource_defs: Mapping[str, ResourceDefinition] | None = None
    nested: Mapping[str, Any] = field(default_factory=dict)

    @property
    def dagster_run(self) -> Any:
        """The run, by its other name."""
        return self.run

    @property
    def log_manager(self) -> logging.Logger:
        """The logger, by its other name."""
        return self.log

    def replace_config(self, config: Any) -> InitResourceContext:
        """Return the same context with another configuration."""
        return replace(self, resource_config=config)


def make_resource(
    name: str, definition: ResourceDefinition, context: InitResourceContext
) -> tuple[Any, Callable[[], None] | None]:
    """Make a resource; return it, and how it is closed if there is something to close.

    Raises
    ------
    ResourceError
        When its function is a generator that yields nothing.
    Exception
        What its function raises.
    """
    given = call_resource_fn(definition, context)
    manager = manager_of(given)
    if manager is None:
        return given, None
    made = manager.__enter__()

    def close() -> None:
        try:
            manager.__exit__(None, None, None)
        except Exception:  # noqa: BLE001 - the rest is closed all the same
            _LOG.exception("the resource `%s` could not be closed", name)

    return made, close


def call_resource_fn(definition: ResourceDefinition, context: Any) -> Any:
    """Call the function of a resource, with its context if it takes one."""
    return definition.resource_fn(context) if definition.takes_context else definition.resource_fn()


def manager_of(given: Any) -> AbstractContextManager[Any] | None:
    """Return what opens and closes a resource: None for one that was returned as it is."""
    if isinstance(given, ContextDecorator) and isinstance(given, AbstractContextManager):
        return given
    return _opening(given) if inspect.isgenerator(given) else None


@contextmanager
def _opening(stream: Iterator[Any]) -> Iterator[Any]:
    try:
        made = next(stream)
    except StopIteration:
        raise ResourceError(
            "the function of a resource yielded nothing: it yields the resource once, and closes it after that."
        ) from None
    try:
        yield made
    finally:
        # What comes after the yield closes it; a second yield is no part of that.
        next(stream, None)
