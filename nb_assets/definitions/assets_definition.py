"""One computation and the assets that it makes."""

from __future__ import annotations

import copy
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Mapping
from collections.abc import Set as AbstractSet
from functools import cached_property
from typing import TYPE_CHECKING, Any

from nb_assets.definitions.composition import compose
from nb_assets.definitions.compute import NOT_MADE_HERE, context_names
from nb_assets.definitions.direct_call import call_directly
from nb_assets.definitions.naming import DEFAULT_IO_MANAGER, IO_MANAGER_METADATA
from nb_assets.definitions.resource import as_resources
from nb_assets.definitions.spec_queries import SpecQueries
from nb_assets.errors import DefinitionError, InvocationError, near

if TYPE_CHECKING:
    from nb_assets.definitions.asset_in import AssetIn
    from nb_assets.definitions.asset_key import AssetKey
    from nb_assets.definitions.asset_spec import AssetSpec
    from nb_assets.definitions.compute import ComputeFunction
    from nb_assets.definitions.resource import ResourceDefinition
    from nb_assets.definitions.retry import RetryPolicy
    from nb_assets.definitions.unfolding import Unfolded

_value_loader: Callable[[AssetKey], Any] | None = None


def set_value_loader(loader: Callable[[AssetKey], Any]) -> None:
    """Say where `AssetsDefinition.value` gets values from. The session does, so that definitions need not know it."""
    global _value_loader  # noqa: PLW0603 - one session a process
    _value_loader = loader


class AssetsDefinition(SpecQueries):
    """The assets that one function or graph makes, with the assets it is handed.

    Calling it calls the function with plain arguments; `value` is the latest stored value of its one asset.

    Parameters
    ----------
    compute
        The function with its signature.
    specs_by_output_name
        The assets made, under the names of the function's outputs, in the order in which they are returned.
    keys_by_input_name
        The asset behind each argument.
    retry_policy
        When a failed run of the function is tried again.
    optional_outputs
        The outputs that it need not give each time.
    valueless_outputs
        The outputs that stand for what the function stores itself.
    can_subset
        Whether it can make some of its assets alone.
    upstream_by_key
        What each asset is derived from, where that is not the same for all: other assets of its own may be among them.
    types_by_output
        The types that values must have, where the function's annotations do not say it.
    graph
        The ops that make the assets, where that is not the function itself.
    io_manager_keys
        The resource that stores each output's value, where that is not the default one.
    inputs
        What is said of an argument beside the asset behind it: its metadata, and the resource that loads it.
    unfolding
        In place of the graph, what returns it: told to, as the names in the graphs' bodies stand now.
    required_resource_keys
        The resources that the function needs besides those that are parameters.
    resource_defs
        The resources that are its own.
    config_schema
        What its configuration looks like.
    """

    def __init__(
        self,
        *,
        compute: ComputeFunction,
        node_name: str,
        specs_by_output_name: Mapping[str, AssetSpec],
        keys_by_input_name: Mapping[str, AssetKey],
        retry_policy: RetryPolicy | None = None,
        optional_outputs: frozenset[str] = frozenset(),
        valueless_outputs: frozenset[str] = frozenset(),
        can_subset: bool = False,
        upstream_by_key: Mapping[AssetKey, tuple[AssetKey, ...]] | None = None,
        types_by_output: Mapping[str, Any] | None = None,
        graph: Unfolded | None = None,
        unfolding: Callable[[bool], Unfolded] | None = None,
        description: str | None = None,
        required_resource_keys: AbstractSet[str] = frozenset(),
        resource_defs: Mapping[str, ResourceDefinition] | None = None,
        config_schema: Any = None,
        io_manager_keys: Mapping[str, str] | None = None,
        inputs: Mapping[str, AssetIn] | None = None,
    ) -> None:
        self.compute = compute
        self.node_name = node_name
        self.specs_by_output_name = dict(specs_by_output_name)
        self.keys_by_input_name = dict(keys_by_input_name)
        self.retry_policy = retry_policy
        self.optional_outputs = optional_outputs
        self.valueless_outputs = valueless_outputs
        self.can_subset = can_subset
        self.types_by_output = dict(types_by_output or {})
        self.graph = graph if unfolding is None else unfolding(False)  # noqa: FBT003
        self._unfolding = unfolding
        self._required_resource_keys = frozenset(required_resource_keys) | frozenset(
            compute.resource_arguments
        )
        self.resource_defs = dict(resource_defs or {})
        self.config_schema = config_schema
        self.description = description
        self.io_manager_keys = dict(io_manager_keys or {})
        self.inputs = dict(inputs or {})
        self._upstream_by_key = dict(upstream_by_key) if upstream_by_key is not None else None
        self.__name__ = getattr(compute.fn, "__name__", node_name)
        self.__doc__ = getattr(compute.fn, "__doc__", None)
        self.__wrapped__ = compute.fn
        self.__module__ = getattr(compute.fn, "__module__", __name__)

    @cached_property
    def dependency_keys(self) -> tuple[AssetKey, ...]:
        """The assets that this one is derived from: those behind its arguments, then those only named in deps."""
        named = [key for keys in (self._upstream_by_key or {}).values() for key in keys]
        inputs = dict.fromkeys([*self.keys_by_input_name.values(), *named])
        found = inputs | dict.fromkeys(dep.asset_key for spec in self.specs for dep in spec.deps)
        # An asset that is derived from itself is kept, to be told of; assets of one call may follow from each other.
        return tuple(key for key in found if self._upstream_by_key is None or key not in self.specs_by_key)

    @cached_property
    def derives_within(self) -> bool:
        """Whether one of the assets is derived from another one of the same call."""
        upstream = self._upstream_by_key or {}
        return any(other in self.specs_by_key for keys in upstream.values() for other in keys)

    def upstream_of(self, key: AssetKey) -> tuple[AssetKey, ...]:
        """Return what one of the assets is directly derived from, others of the same definition included."""
        return self.dependency_keys if self._upstream_by_key is None else self._upstream_by_key[key]

    def compose_anew(self) -> None:
        """Compose the graph again, of the ops that the names in its body stand for now.

        Raises
        ------
        Exception
            When it cannot be composed any more. The graph stays what it was.
        """
        if self._unfolding is not None:
            self.graph = self._unfolding(True)  # noqa: FBT003

    @property
    def required_resource_keys(self) -> frozenset[str]:
        """The resources that its function, or one of its ops, needs."""
        if self.graph is None:
            return self._required_resource_keys
        return self._required_resource_keys.union(
            *(step.op.required_resource_keys for step in self.graph.steps)
        )

    def with_resources(self, resources: Mapping[str, Any]) -> AssetsDefinition:
        """Return the same computation with resources of its own added, those that it needs.

        Raises
        ------
        DefinitionError
            When it has another resource of one of these names.
        """
        given = as_resources(resources, f"`{self.node_name}`")
        for name, definition in self.resource_defs.items():
            if name in given and given[name] is not definition:
                raise DefinitionError(
                    f"`{self.node_name}` has a resource `{name}` of its own, and was given another one of that name: give one "
                    "of them another name, or leave one out."
                )
        copied = copy.copy(self)
        copied.resource_defs = {**given, **self.resource_defs}
        return copied

    @property
    def is_executable(self) -> bool:
        """Whether the assets are made here; else they are made elsewhere, and only told of."""
        return self.compute is not NOT_MADE_HERE

    def get_io_manager_key_for_asset_key(self, key: AssetKey) -> str:
        """Return the name of the resource that stores the value of an asset."""
        said = self.specs_by_key[key].metadata.get(IO_MANAGER_METADATA)
        if said is None and self.io_manager_keys:
            names = {spec.key: name for name, spec in self.specs_by_output_name.items()}
            said = self.io_manager_keys.get(names[key])
        return str(said or DEFAULT_IO_MANAGER)

    @property
    def source(self) -> str | None:
        """The source as the user wrote it, or None when it is not to be had."""
        return self.compute.source if self.is_executable else None

    @property
    def op(self) -> AssetsDefinition:
        """The computation itself: here the definition plays that part too."""
        return self

    @property
    def node_def(self) -> AssetsDefinition:
        """The computation itself, by the name that also holds for one of several ops."""
        return self

    @property
    def name(self) -> str:
        """The name of the computation."""
        return self.node_name

    @property
    def asset_deps(self) -> dict[AssetKey, set[AssetKey]]:
        """What each asset is derived from."""
        return {key: set(self.upstream_of(key)) for key in self.specs_by_key}

    @property
    def value(self) -> Any:
        """The latest stored value of the one asset.

        Raises
        ------
        ValueMissingError
            When it was never materialized.
        InvocationError
            When there is no session to take it from.
        """
        if _value_loader is None:
            raise InvocationError(
                f"there is no session that could know a value of `{self.node_name}`: run `%load_ext nb_assets`, or "
                "call `nb_assets.session()`, first."
            )
        return _value_loader(self.key)

    def with_attributes(
        self, change: Callable[[AssetSpec], AssetSpec], rename: Mapping[AssetKey, AssetKey] | None = None
    ) -> AssetsDefinition:
        """Return the same computation with each of its specs changed, and the keys that it reads renamed."""
        renamed = rename or {}
        specs = {name: change(spec) for name, spec in self.specs_by_output_name.items()}
        moved = {old.key: specs[name].key for name, old in self.specs_by_output_name.items()} | dict(renamed)
        copied = copy.copy(self)
        # What was derived from the specs before is worked out anew.
        for name in ("specs", "specs_by_key", "dependency_keys", "derives_within"):
            vars(copied).pop(name, None)
        copied.specs_by_output_name = specs
        copied.keys_by_input_name = {
            name: moved.get(key, key) for name, key in self.keys_by_input_name.items()
        }
        if self._upstream_by_key is not None:
            copied._upstream_by_key = {  # noqa: SLF001 - a copy of itself
                moved[key]: tuple(moved.get(other, other) for other in upstream)
                for key, upstream in self._upstream_by_key.items()
            }
        return copied

    @property
    def output_required(self) -> bool:
        """Whether every output must be given each time."""
        return not self.optional_outputs

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        """Call the function with plain arguments, as a test or an exploratory cell does.

        Raises
        ------
        InvocationError
            When a required argument is missing, or one too many is given.
        """
        __tracebackhide__ = True
        if compose() is not None:
            raise DefinitionError(
                f"`{self.node_name}` is an asset, and the body of a graph calls ops: to use the value of the asset, take it as "
                "an argument of the graph."
            )
        if not self.is_executable:
            raise InvocationError(f"`{self.node_name}` is made elsewhere, so there is nothing to call.")
        if self.graph is not None:
            raise InvocationError(
                f"`{self.node_name}` is made of ops, and calling it runs none of them: call the ops one by one, or run it "
                "with `materialize`."
            )
        names = (("context",) if self.compute.has_context else ()) + self.compute.arguments
        self._check_call(names, args, kwargs)
        return call_directly(self, args, kwargs)

    def _check_call(self, names: tuple[str, ...], args: tuple[Any, ...], kwargs: Mapping[str, Any]) -> None:
        signature = f"{self.__name__}({', '.join(names)})"
        if self.compute.has_context and not args and not context_names(self.compute).intersection(kwargs):
            raise InvocationError(
                f"`{signature}` takes a context as its first argument, and none was given: call it with "
                "`build_asset_context()`, or with None when it does not use it."
            )
        if len(args) > len(names):
            raise InvocationError(f"`{signature}` takes {len(names)} arguments, and {len(args)} were given.")
        if not self.compute.catch_all and (unknown := set(kwargs) - set(names) - context_names(self.compute)):
            first = min(unknown)
            raise InvocationError(f"`{signature}` has no argument `{first}`.{near(first, names)}")
        given = {*names[: len(args)], *kwargs}
        for name in self.compute.arguments:
            if name not in given and name not in self.compute.optional:
                raise InvocationError(
                    f"no value was given for the argument `{name}` of `{signature}`. A direct call takes plain values; "
                    "`materialize` is what takes them from the upstream assets."
                )

    def __repr__(self) -> str:
        return f"<AssetsDefinition with keys {[key.path for key in self.specs_by_key]}>"


class DefinitionHolder(ABC):
    """Something that brings definitions along, as a `Definitions` object does."""

    @property
    @abstractmethod
    def assets_definitions(self) -> tuple[AssetsDefinition, ...]:
        """The definitions that it brings."""


def definitions_in(value: object) -> Iterable[AssetsDefinition]:
    """Yield the definitions that a value is or, for a list or tuple or one that holds some, has."""
    if isinstance(value, AssetsDefinition):
        yield value
    elif isinstance(value, DefinitionHolder):
        yield from value.assets_definitions
    elif isinstance(value, (list, tuple)):
        yield from (item for item in value if isinstance(item, AssetsDefinition))
