"""One computation and the assets that it makes."""

from __future__ import annotations

import importlib
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Mapping
from collections.abc import Set as AbstractSet
from functools import cached_property
from typing import TYPE_CHECKING, Any

from nb_assets.definitions.composition import compose
from nb_assets.definitions.definition_copies import DefinitionCopies
from nb_assets.definitions.direct_call import call_directly, check_call, provided
from nb_assets.definitions.manager_queries import ManagerQueries
from nb_assets.definitions.naming import DEFAULT_IO_MANAGER
from nb_assets.errors import DefinitionError, InvocationError

if TYPE_CHECKING:
    from typing_extensions import Self

    from nb_assets.definitions.asset_check import AssetCheckSpec
    from nb_assets.definitions.asset_in import AssetIn
    from nb_assets.definitions.asset_key import AssetKey
    from nb_assets.definitions.asset_spec import AssetSpec
    from nb_assets.definitions.compute import ComputeFunction
    from nb_assets.definitions.config.own import OwnConfig
    from nb_assets.definitions.graph_definition import GraphDefinition
    from nb_assets.definitions.op import OpDefinition
    from nb_assets.definitions.partitions.backfill_policy import BackfillPolicy
    from nb_assets.definitions.resource import ResourceDefinition
    from nb_assets.definitions.retry import RetryPolicy
    from nb_assets.definitions.unfolding import Unfolded

_value_loader: Callable[[AssetKey], Any] | None = None


def set_value_loader(loader: Callable[[AssetKey], Any]) -> None:
    """Say where `AssetsDefinition.value` gets values from. The session does, so that definitions need not know it."""
    global _value_loader  # noqa: PLW0603 - one session a process
    _value_loader = loader


class AssetsDefinition(ManagerQueries, DefinitionCopies):
    """The assets that one function or graph makes, with the assets it is handed.

    Calling it calls the function with plain arguments; `value` is the latest stored value of its one asset. The decorators
    make definitions; called directly, the class makes one of an op or a graph, see `assets_from_node.from_attributes`.

    Attributes
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
    check_specs_by_output_name
        The checks that are run with it, under names like those of outputs.
    unfolding
        In place of the graph, what returns it: told to, as the names in the graphs' bodies stand now.
    required_resource_keys
        The resources that the function needs besides those that are parameters.
    resource_defs
        The resources that are its own.
    backfill_policy
        How many partitions one call makes.
    graph_def
        The graph that makes the assets, as it was composed.
    op_tags, pool
        What Dagster's executors go by; kept, and shown.
    hook_defs
        What is called when the step has succeeded or failed.
    is_subset
        Whether it makes some of its assets only.
    config
        What the configuration of the function looks like.
    graph_config
        The configuration of the ops of a graph, or how it is made.
    """

    graph: Unfolded | None
    io_manager_keys: dict[str, str]
    inputs: dict[str, AssetIn]
    graph_def: GraphDefinition | None
    retry_policy: RetryPolicy | None
    valueless_outputs: frozenset[str]
    can_subset: bool
    types_by_output: dict[str, Any]
    resource_defs: dict[str, ResourceDefinition]
    config: OwnConfig | None
    graph_config: Any
    description: str | None
    op_tags: dict[str, Any]
    pool: str | None
    hook_defs: frozenset[Any]
    is_subset: bool
    __name__: str
    __wrapped__: Callable[..., Any]
    _unfolding: Callable[[bool], Unfolded] | None
    _required_resource_keys: frozenset[str]

    def __init__(self, **attributes: Any) -> None:
        # What it is made from are definitions themselves, so their module is found by name and not imported.
        vars(self).update(vars(_from_node().from_attributes(**attributes)))

    @classmethod
    def build(
        cls,
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
        config: OwnConfig | None = None,
        graph_config: Any = None,
        io_manager_keys: Mapping[str, str] | None = None,
        inputs: Mapping[str, AssetIn] | None = None,
        graph_def: GraphDefinition | None = None,
        op_tags: Mapping[str, Any] | None = None,
        pool: str | None = None,
        hook_defs: AbstractSet[Any] = frozenset(),
        backfill_policy: BackfillPolicy | None = None,
        check_specs_by_output_name: Mapping[str, AssetCheckSpec] | None = None,
    ) -> Self:
        """Return the definition that a decorator describes: the attributes that the class has."""
        self = cls.__new__(cls)
        self.check_specs_by_output_name = dict(check_specs_by_output_name or {})
        self.compute = compute
        self.node_name = node_name
        self.specs_by_output_name = {name: spec.with_group() for name, spec in specs_by_output_name.items()}
        self.keys_by_input_name = dict(keys_by_input_name)
        self.retry_policy = retry_policy
        self.optional_outputs = optional_outputs
        self.valueless_outputs = valueless_outputs
        self.can_subset = can_subset
        self.types_by_output = dict(types_by_output or {})
        self.graph = graph if unfolding is None else unfolding(False)  # noqa: FBT003
        self._unfolding = unfolding
        # What it brings along, it needs: but for what stores its outputs, and what a graph has for its ops.
        brought = set(resource_defs or ()) - {DEFAULT_IO_MANAGER} if unfolding is None else ()
        self._required_resource_keys = frozenset(required_resource_keys).union(
            compute.resource_arguments, brought
        )
        self.resource_defs = dict(resource_defs or {})
        self.backfill_policy = backfill_policy
        self.graph_def = graph_def
        self.op_tags = dict(op_tags or {})
        self.pool = pool
        self.hook_defs = frozenset(hook_defs)
        self.is_subset = False
        self.config = config
        self.graph_config = graph_config
        self.description = description
        self.io_manager_keys = dict(io_manager_keys or {})
        self.inputs = dict(inputs or {})
        self._upstream_by_key = dict(upstream_by_key) if upstream_by_key is not None else None
        self.__name__ = getattr(compute.fn, "__name__", node_name)
        self.__doc__ = getattr(compute.fn, "__doc__", None)
        self.__wrapped__ = compute.fn
        self.__module__ = getattr(compute.fn, "__module__", __name__)
        return self

    @staticmethod
    def from_graph(graph_def: GraphDefinition, **attributes: Any) -> AssetsDefinition:
        """Make assets of a graph: one of each of its outputs. See `assets_from_node.assets_from_node`."""
        return _from_node().assets_from_node(graph_def, **attributes)  # type: ignore[no-any-return]

    @staticmethod
    def from_op(op_def: OpDefinition, **attributes: Any) -> AssetsDefinition:
        """Make assets of an op: one of each of its outputs. See `assets_from_node.assets_from_node`."""
        return _from_node().assets_from_node(op_def, **attributes)  # type: ignore[no-any-return]

    @cached_property
    def node_def(self) -> OpDefinition | GraphDefinition:
        """The computation itself: the op or the graph that makes the assets."""
        return _from_node().node_of(self)  # type: ignore[no-any-return]

    @property
    def op(self) -> OpDefinition:
        """The op that makes the assets.

        Raises
        ------
        DefinitionError
            When a graph does.
        """
        node: Any = self.node_def
        if node is self.graph_def:
            raise DefinitionError(
                f"`{self.node_name}` is made by a graph, not by one op: look at its `node_def`."
            )
        return node  # type: ignore[no-any-return]

    def compose_anew(self) -> None:
        """Compose the graph again, of the ops that the names in its body stand for now.

        Raises
        ------
        Exception
            When it cannot be composed any more. The graph stays what it was.
        """
        if self._unfolding is not None:
            self.graph = self._unfolding(True)  # noqa: FBT003
            vars(self).pop("manager_keys", None)

    @cached_property
    def needs_settings(self) -> bool:
        """Whether resources or configuration could be a part of what it does."""
        return self.graph is not None or self.config is not None or bool(self.required_resource_keys)

    @property
    def required_resource_keys(self) -> frozenset[str]:
        """The resources that its function, or one of its ops, needs."""
        if self.graph is None and not self.hook_defs:
            return self._required_resource_keys
        hooks = [hook.required_resource_keys for hook in self.hook_defs]
        if self.graph is None:
            return self._required_resource_keys.union(*hooks)
        return self._required_resource_keys.union(
            *hooks,
            *(step.op.required_resource_keys for step in self.graph.steps),
            *(hook.required_resource_keys for step in self.graph.steps for hook in step.hooks),
        )

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
        args, kwargs, taken = provided(self, args, kwargs)
        names = (("context",) if self.compute.has_context else ()) + self.compute.arguments
        check_call(self, names, args, kwargs)
        return call_directly(self, args, kwargs, taken)

    def __repr__(self) -> str:
        return f"<AssetsDefinition with keys {[key.path for key in self.specs_by_key]}>"


def _from_node() -> Any:
    return importlib.import_module("nb_assets.definitions.assets_from_node")


class DefinitionHolder(ABC):
    """Something that brings definitions along, as a `Definitions` object does."""

    @property
    @abstractmethod
    def assets_definitions(self) -> tuple[AssetsDefinition, ...]:
        """The definitions that it brings."""

    @property
    def resource_defs(self) -> Mapping[str, ResourceDefinition]:
        """The resources that it brings for them, by name."""
        return {}


def definitions_in(value: object) -> Iterable[AssetsDefinition]:
    """Yield the definitions that a value is or, for a list or tuple or one that holds some, has."""
    if isinstance(value, AssetsDefinition):
        yield value
    elif isinstance(value, DefinitionHolder):
        yield from value.assets_definitions
    elif isinstance(value, (list, tuple)):
        yield from (item for item in value if isinstance(item, AssetsDefinition))
