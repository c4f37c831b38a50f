"""`@op`: a step of a graph. Called inside a graph's body it becomes a node there; elsewhere it calls its function."""

from __future__ import annotations

import collections.abc
import inspect
import typing
from collections.abc import Callable, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import MISSING, dataclass, field, fields
from typing import TYPE_CHECKING, Any, overload

from nb_assets.definitions.annotated_outputs import annotation_of_output, check_annotation
from nb_assets.definitions.builtin_types import resolve_dagster_type
from nb_assets.definitions.composition import Invocable, Invocation, compose
from nb_assets.definitions.compute import ComputeFunction, compute_function, context_names
from nb_assets.definitions.config.configured import configured_field
from nb_assets.definitions.config.own import ANYTHING, OwnConfig, own_config
from nb_assets.definitions.direct_call import call_directly, provided
from nb_assets.definitions.input_loading import schema_of
from nb_assets.definitions.naming import checked_name, tags_as_text
from nb_assets.definitions.op_function import called_with_inputs, inputs_of, outputs_of, parts_returned
from nb_assets.definitions.op_io import In, NamedIn, NamedOut, NoDefault, Out, fields_of
from nb_assets.definitions.required_resources import required_keys
from nb_assets.definitions.result import MaterializeResult, Output
from nb_assets.definitions.retry import RetryPolicy, checked_retry_policy
from nb_assets.errors import DefinitionError, InvocationError, near

if TYPE_CHECKING:
    from nb_assets.definitions.dagster_type import DagsterType

__all__ = ["In", "NoDefault", "OpDefinition", "Out", "op"]

_STREAMS = (collections.abc.Iterator, collections.abc.Iterable, collections.abc.Generator)


@dataclass(frozen=True, eq=False, init=False)
class OpDefinition(Invocable):
    """A function that is a step of graphs: `@op` makes one.

    Written down, as here, the function is called with the context and a dict of its inputs, and yields its outputs.
    """

    compute: ComputeFunction
    name: str
    ins: Mapping[str, In]
    outs: Mapping[str, Out]
    description: str | None = None
    retry_policy: RetryPolicy | None = None
    code_version: str | None = None
    tags: Mapping[str, Any] = field(default_factory=dict)
    config: OwnConfig | None = None
    required_resource_keys: frozenset[str] = frozenset()
    pool: str | None = None

    def __init__(  # noqa: PLR0917 - Dagster's signature
        self,
        compute_fn: Callable[..., Any],
        name: str,
        ins: Mapping[str, In] | None = None,
        outs: Mapping[str, Out] | None = None,
        description: str | None = None,
        config_schema: Any = None,
        required_resource_keys: AbstractSet[str] | None = None,
        tags: Mapping[str, Any] | None = None,
        retry_policy: RetryPolicy | None = None,
        code_version: str | None = None,
        pool: str | None = None,
    ) -> None:
        owner = checked_name(name, "op")
        taken = {checked_name(each, "input"): given for each, given in (ins or {}).items()}
        carried = [each for each, given in taken.items() if given.carries_value]
        compute = called_with_inputs(compute_fn, carried, owner)
        built = OpDefinition.build(
            compute=compute,
            name=owner,
            ins=taken,
            outs=outputs_of(outs, owner),
            description=description,
            retry_policy=checked_retry_policy(retry_policy, owner),
            code_version=code_version,
            tags=tags_as_text(tags),
            config=own_config(compute, config_schema, owner),
            required_resource_keys=required_keys(compute, set(required_resource_keys or ()), owner),
            pool=pool,
        )
        vars(self).update(vars(built))

    @classmethod
    def build(cls, **attributes: Any) -> OpDefinition:
        """Return the op that a decorator describes: the attributes that the class has."""
        self = cls.__new__(cls)
        defaults: dict[str, Any] = {"tags": {}}
        for each in fields(cls):
            own = None if each.default is MISSING else each.default
            vars(self)[each.name] = attributes.pop(each.name, defaults.get(each.name, own))
        assert not attributes, attributes
        return self

    def with_changes(self, **changes: Any) -> OpDefinition:
        """Return the same op with other attributes."""
        return OpDefinition.build(**{**vars(self), **changes})

    @property
    def config_schema(self) -> Any:
        """What its configuration looks like, as a `Field`; None where nothing is said of it."""
        return None if self.config is None else self.config.field

    @property
    def config_field(self) -> Any:
        """What its configuration looks like, as a `Field`."""
        return ANYTHING if self.config is None else self.config.field

    def configured(
        self,
        config_or_config_fn: Any,
        name: str,
        config_schema: Any = None,
        description: str | None = None,
    ) -> OpDefinition:
        """Return the same op under another name, with its configuration given, or made by a function of another one.

        Raises
        ------
        ConfigSchemaError
            When a schema is given for what no function makes anything of.
        """
        field = configured_field(self.config_field, config_or_config_fn, config_schema, name)
        own = OwnConfig(field, None if self.config is None else self.config.as_argument)
        return self.with_changes(
            name=checked_name(name, "op"), config=own, description=description or self.description
        )

    @property
    def version(self) -> str | None:
        """The code version, by an older name."""
        return self.code_version

    @property
    def input_names(self) -> tuple[str, ...]:
        """The inputs in the order in which a call passes them."""
        return tuple(self.ins)

    @property
    def output_names(self) -> tuple[str, ...]:
        """The outputs in order; only those that carry something can be passed on."""
        return tuple(self.outs)

    @property
    def input_defs(self) -> tuple[NamedIn, ...]:
        """The inputs with their names."""
        return tuple(
            NamedIn(
                **{
                    **fields_of(given),
                    "default_value": self._default(name),
                    "dagster_type": self._type_of_input(name),
                },
                name=name,
            )
            for name, given in self.ins.items()
        )

    @property
    def input_dict(self) -> dict[str, NamedIn]:
        """The inputs by name."""
        return {each.name: each for each in self.input_defs}

    @property
    def output_defs(self) -> tuple[NamedOut, ...]:
        """The outputs with their names."""
        return tuple(
            NamedOut(
                **{**fields_of(out), "dagster_type": self._type_of_output(name)},
                name=name,
                dynamic=out.is_dynamic,
            )
            for name, out in self.outs.items()
        )

    @property
    def output_dict(self) -> dict[str, NamedOut]:
        """The outputs by name."""
        return {each.name: each for each in self.output_defs}

    def _default(self, name: str) -> Any:
        given = self.ins[name].default_value
        if given is not NoDefault or name not in self.compute.optional:
            return given
        return inspect.signature(self.compute.fn).parameters[name].default

    def _type_of_input(self, name: str) -> DagsterType:
        declared = self.ins[name].dagster_type
        return resolve_dagster_type(self.compute.hints.get(name, Any) if declared is None else declared)

    def _type_of_output(self, name: str) -> DagsterType:
        declared = self.outs[name].dagster_type
        if declared is not None:
            return resolve_dagster_type(declared)
        names, hint = list(self.outs), self.compute.hints.get("return", Any)
        if len(names) != 1:
            hint = annotation_of_output(hint, names.index(name), len(names))
        origin, parts = typing.get_origin(hint) or hint, typing.get_args(hint)
        if self.outs[name].is_dynamic or origin in _STREAMS:
            hint = Any
        elif origin in {Output, MaterializeResult}:
            hint = next(iter(parts), Any)
        return resolve_dagster_type(hint)

    def output_def_named(self, name: str) -> NamedOut:
        """Return an output with its name.

        Raises
        ------
        DefinitionError
            When there is none of that name.
        """
        for each in self.output_defs:
            if each.name == name:
                return each
        raise DefinitionError(f"the op `{self.name}` has no output `{name}`.{near(name, self.outs)}")

    @property
    def optional_inputs(self) -> frozenset[str]:
        """The inputs that may be left unconnected."""
        defaults = {name for name, given in self.ins.items() if given.default_value is not NoDefault}
        unconnected = {
            name
            for name, given in self.ins.items()
            if not given.carries_value or given.input_manager_key is not None
        }
        return frozenset(self.compute.optional | defaults | unconnected)

    def loadable(self, name: str) -> Any:
        """Return the type of an input whose value the configuration of a run may have; None of any other."""
        if name not in self.ins or self.ins[name].input_manager_key is not None:
            return None
        declared = self._type_of_input(name)
        return None if schema_of(declared) is None else declared

    @property
    def dynamic_outputs(self) -> frozenset[str]:
        """The outputs of which it is known at run time alone how many parts they have."""
        return frozenset(name for name, out in self.outs.items() if out.is_dynamic)

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        """Add a step to the graph whose body is being run; outside of one, call the function.

        Raises
        ------
        DefinitionError
            When what is passed to a step is neither a step's output nor an input of the graph.
        InvocationError
            When a direct call lacks an argument.
        """
        __tracebackhide__ = True
        composition = compose()
        if composition is not None:
            return composition.add(Invocation(self), args, kwargs)
        return _call_directly(self, args, kwargs)

    def __repr__(self) -> str:
        return f"<OpDefinition {self.name}>"


def _call_directly(op: OpDefinition, args: tuple[Any, ...], kwargs: Mapping[str, Any]) -> Any:
    __tracebackhide__ = True
    args, kwargs, taken = provided(op, args, kwargs)
    names = (("context",) if op.compute.has_context else ()) + op.compute.arguments
    signature = f"{op.name}({', '.join(names)})"
    if op.compute.has_context and not args and not context_names(op.compute).intersection(kwargs):
        raise InvocationError(
            f"`{signature}` takes a context as its first argument, and none was given: call it with "
            "`build_op_context()`, or with None when it does not use it."
        )
    if args and not op.compute.has_context and hasattr(args[0], "output_metadata"):
        # A context is handed to an op that takes none, and means nothing to it.
        args = args[1:]
    for name in kwargs:
        if name in op.ins and not op.ins[name].carries_value:
            raise InvocationError(
                f"the input `{name}` of `{op.name}` carries nothing and only says what comes first: leave it out of a direct call."
            )
    if len(args) > len(names):
        raise InvocationError(f"`{signature}` takes {len(names)} arguments, and {len(args)} were given.")
    known = {*names, *context_names(op.compute), *op.ins}
    if not op.compute.catch_all and (unknown := set(kwargs) - known):
        raise InvocationError(f"`{signature}` has no argument `{min(unknown)}`.{near(min(unknown), names)}")
    filled = dict(zip(names, args, strict=False)) | dict(kwargs)
    for name in op.compute.arguments:
        default = op.ins[name].default_value if name in op.ins else NoDefault
        if name not in filled and name not in op.compute.optional:
            if default is NoDefault:
                raise InvocationError(f"no value was given for the argument `{name}` of `{signature}`.")
            kwargs = {**kwargs, name: default}
    return call_directly(op, args, kwargs, taken)


@overload
def op(compute_fn: Callable[..., Any]) -> OpDefinition: ...
@overload
def op(
    *,
    name: str | None = ...,
    description: str | None = ...,
    ins: Mapping[str, In] | None = ...,
    out: Out | Mapping[str, Out] | None = ...,
    config_schema: Any = ...,
    required_resource_keys: set[str] | None = ...,
    tags: Mapping[str, Any] | None = ...,
    retry_policy: RetryPolicy | None = ...,
    code_version: str | None = ...,
    pool: str | None = ...,
) -> Callable[[Callable[..., Any]], OpDefinition]: ...
def op(
    compute_fn: Callable[..., Any] | None = None,
    *,
    name: str | None = None,
    description: str | None = None,
    ins: Mapping[str, In] | None = None,
    out: Out | Mapping[str, Out] | None = None,
    config_schema: Any = None,
    required_resource_keys: set[str] | None = None,
    tags: Mapping[str, Any] | None = None,
    retry_policy: RetryPolicy | None = None,
    code_version: str | None = None,
    pool: str | None = None,
) -> OpDefinition | Callable[[Callable[..., Any]], OpDefinition]:
    """Make a step of a function.

    Parameters
    ----------
    name
        The name of the step; the function's unless given.
    ins
        More of its inputs than the arguments say; `In(Nothing)` adds one that is no argument.
    out
        Its output, or several by name in the order in which they are returned.
    retry_policy
        When a failed attempt is tried again.
    code_version
        Replaces the fingerprint of its code.
    config_schema
        What its configuration looks like, found at `context.op_config`. A parameter `config` says it in its place.
    required_resource_keys
        The resources that `context.resources` has. A parameter that is annotated as a resource needs no mention here.

    Raises
    ------
    DefinitionError
        When a name is not a valid one, or `ins` names no argument.
    """

    def decorate(fn: Callable[..., Any]) -> OpDefinition:
        if not callable(fn):
            raise DefinitionError(f"@op goes on a function, not on {fn!r}. A name is given as @op(name=…).")
        if isinstance(fn, OpDefinition):
            raise DefinitionError(f"`{fn.name}` is an op already: decorate its function once.")
        compute = compute_function(fn)
        op_name = checked_name(name or getattr(fn, "__name__", "op"), "op")
        outs = parts_returned(compute, op_name) if out is None else outputs_of(out, op_name)
        check_annotation(compute, tuple(outs), op_name)
        return OpDefinition.build(
            compute=compute,
            name=op_name,
            ins=inputs_of(compute, ins or {}, op_name),
            outs=outs,
            description=description or inspect.getdoc(fn),
            retry_policy=checked_retry_policy(retry_policy, op_name),
            code_version=code_version,
            tags=tags_as_text(tags),
            config=own_config(compute, config_schema, op_name),
            pool=pool,
            required_resource_keys=required_keys(compute, required_resource_keys, op_name),
        )

    return decorate if compute_fn is None else decorate(compute_fn)
