"""What an op's function gave, read into one value an output."""

from __future__ import annotations

import inspect
import typing
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from nb_assets.definitions.annotated_outputs import annotation_of_output
from nb_assets.definitions.dynamic_output import DynamicOutput
from nb_assets.definitions.metadata import as_metadata
from nb_assets.definitions.result import DEFAULT_OUTPUT, DataVersion, MaterializeResult, NoValue, Output
from nb_assets.errors import NoOutputError, OutputError, TypeCheckError, near
from nb_assets.execution.op_values import label
from nb_assets.execution.outcome import settled
from nb_assets.execution.type_check import shown_type, unmet

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping

    from nb_assets.definitions.metadata import MetadataValue
    from nb_assets.definitions.op import OpDefinition
    from nb_assets.definitions.passing.output_context import OutputContext
    from nb_assets.storage.materialization import ValueRef


_WRAPPERS = (Output, MaterializeResult)


@dataclass(frozen=True, kw_only=True)
class Handed:
    """An output that an IO manager has: the manager's name, what it was told, and what is recorded of an asset's value."""

    manager: str
    context: OutputContext
    kept_at: ValueRef | None = None
    content: str = ""


@dataclass(frozen=True, kw_only=True)
class OpOutput:
    """The value of one output of an op, with what its Output or MaterializeResult said of it.

    Attributes
    ----------
    handed
        How it was handed to an IO manager, if it was.
    """

    value: Any
    metadata: Mapping[str, MetadataValue[Any]] = field(default_factory=dict)
    tags: Mapping[str, str] = field(default_factory=dict)
    data_version: DataVersion | None = None
    stored_itself: bool = False
    wrapped: bool = False
    mapping_key: str | None = None
    handed: Handed | None = None


def check_op_inputs(op: OpDefinition, arguments: Mapping[str, Any]) -> None:
    """Check what an op is called with against the types that its inputs are declared or annotated to have.

    Raises
    ------
    TypeCheckError
        When one is of another type.
    """
    for name, value in arguments.items():
        given = op.ins.get(name)
        declared = given.dagster_type if given is not None else None
        hint = declared if declared is not None else op.compute.hints.get(name, Any)
        if (why := unmet(value, hint)) is not None:
            raise TypeCheckError(
                f"the op `{op.name}` takes `{name}: {shown_type(hint)}`, and was given a {type(value).__name__}{why}. Correct "
                "the annotation, or what it is given."
            )


def op_outputs(op: OpDefinition, result: Any, selected: Collection[str] | None = None) -> dict[str, OpOutput]:
    """Return what a call of an op gave, by output; an optional output that was not given is not there.

    Parameters
    ----------
    selected
        The outputs that were to be given; all unless given.

    Raises
    ------
    OutputError
        When it gave something for no output of the op, twice for one, of a wrong type, or nothing for a required one.
    """
    given: dict[str, OpOutput] = {}
    for name, value in _named(op, settled(result)):
        if name not in op.outs:
            raise OutputError(
                f"the op `{op.name}` gave an Output named `{name}`, which it does not declare.{near(name, op.outs)} It "
                f"declares {', '.join(op.outs) or 'none'}."
            )
        if selected is not None and name not in selected:
            raise OutputError(
                f"the op `{op.name}` gave its output `{name}`, which was not to be made this time: give only what is in "
                "context.selected_output_names."
            )
        output = value if isinstance(value, OpOutput) else OpOutput(value=value)
        _check_parts(op, name, output)
        slot = label(name, output.mapping_key)
        if slot in given:
            what = f"output `{name}`" if output.mapping_key is None else f"part `{slot}`"
            raise OutputError(f"the op `{op.name}` gave its {what} twice: yield it once.")
        given[slot] = output
        _check_type(op, name, output)
    for name, out in op.outs.items():
        if selected is not None and name not in selected:
            continue
        if name not in given and out.is_nothing:
            given[name] = OpOutput(value=None)
        elif name not in given and out.is_required and not out.is_dynamic:
            raise NoOutputError(
                f"the op `{op.name}` gave nothing for its output `{name}`: give it, or declare it with "
                "Out(is_required=False)."
            )
    return given


def _check_parts(op: OpDefinition, name: str, output: OpOutput) -> None:
    if op.outs[name].is_dynamic and output.mapping_key is None:
        raise OutputError(
            f"the output `{name}` of the op `{op.name}` is dynamic, and it gave a single value for it: yield a DynamicOutput for "
            "each part, or return a list of them."
        )
    if output.mapping_key is not None and not op.outs[name].is_dynamic:
        raise OutputError(
            f"the op `{op.name}` gave a DynamicOutput for its output `{name}`, which is declared to be one value: declare it as "
            "DynamicOut()."
        )


def _named(op: OpDefinition, result: Any) -> Iterator[tuple[str, Any]]:
    outputs = list(op.outs)
    if inspect.isgenerator(result):
        for item in result:
            yield _given(op, item)
    elif isinstance(result, (Output, MaterializeResult)) and len(outputs) == 1:
        yield _given(op, result)
    elif len(outputs) == 1:
        yield from _of_output(op, outputs[0], result)
    elif isinstance(result, tuple) and len(result) == len(outputs):
        for name, value in zip(outputs, result, strict=True):
            yield from _of_output(op, name, _part(op, name, value))
    elif result is not None or not all(_may_lack(out) for out in op.outs.values()):
        gave = f"{len(result)} values" if isinstance(result, tuple) else f"a {type(result).__name__}"
        wanted = (
            f"a tuple with one value for each of {', '.join(outputs)}, in this order"
            if outputs
            else "nothing"
        )
        raise OutputError(
            f"the op `{op.name}` returned {gave}, and it declares {len(outputs)} outputs: return {wanted}."
        )


def _of_output(op: OpDefinition, name: str, value: Any) -> Iterator[tuple[str, Any]]:
    """Yield what was returned for one output: the parts of a list of them, or the value."""
    if not op.outs[name].is_dynamic or isinstance(value, OpOutput):
        yield name, value
        return
    if not isinstance(value, list) or not all(isinstance(part, DynamicOutput) for part in value):
        raise OutputError(
            f"the op `{op.name}` returned a {type(value).__name__} for its dynamic output `{name}`: return a list of DynamicOutput, "
            "or yield them."
        )
    for part in value:
        yield name, _from_output(_named_as(op, part, name))


def _named_as(op: OpDefinition, output: Any, name: str) -> Any:
    if output.output_name not in (DEFAULT_OUTPUT, name):
        raise OutputError(
            f"the op `{op.name}` returned an Output named `{output.output_name}` in the place of `{name}`: return the "
            "outputs in the order in which they are declared."
        )
    return output


def _given(op: OpDefinition, item: Any) -> tuple[str, OpOutput]:
    if isinstance(item, MaterializeResult):
        # It says which asset it is for by a key, if at all; an op knows outputs only.
        return next(iter(op.outs), DEFAULT_OUTPUT), _from_output(item)
    if not isinstance(item, (Output, DynamicOutput)):
        raise OutputError(
            f"the op `{op.name}` yielded a {type(item).__name__}: an op that yields gives an Output."
        )
    return item.output_name, _from_output(item)


def _part(op: OpDefinition, name: str, value: Any) -> Any:
    return _from_output(_named_as(op, value, name)) if isinstance(value, Output) else value


def _may_lack(out: Any) -> bool:
    return out.is_nothing or not out.is_required


def _from_output(output: Output[Any] | DynamicOutput[Any] | MaterializeResult[Any]) -> OpOutput:
    stored_itself = output.value is NoValue
    return OpOutput(
        value=None if stored_itself else output.value,
        metadata=as_metadata(output.metadata),
        tags=getattr(output, "tags", {}),
        data_version=getattr(output, "data_version", None),
        stored_itself=stored_itself,
        wrapped=True,
        mapping_key=getattr(output, "mapping_key", None),
    )


def _check_type(op: OpDefinition, name: str, given: OpOutput) -> None:
    declared = op.outs[name].dagster_type
    if op.outs[name].is_nothing:
        if given.value is not None:
            raise TypeCheckError(
                f"the op `{op.name}` gave a {type(given.value).__name__} for its output `{name}`, which is declared to carry "
                "nothing: return nothing, or declare it as Out()."
            )
        return
    # The annotation of a dynamic output tells of the list or the stream of its parts.
    annotated = Any if op.outs[name].is_dynamic else _annotated(op, name)
    origin = typing.get_origin(annotated) or annotated
    if annotated is not Any and given.wrapped != (origin in _WRAPPERS):
        is_, gave = (
            ("an Output", "a value of its own") if not given.wrapped else (shown_type(annotated), "an Output")
        )
        raise OutputError(
            f"the op `{op.name}` is annotated to return {is_} for its output `{name}`, but returned {gave}: make the "
            "annotation and what it returns agree."
        )
    if origin in _WRAPPERS:
        annotated = next(iter(typing.get_args(annotated)), Any)
    hint = annotated if declared is None else declared
    if not given.stored_itself and (why := unmet(given.value, hint)) is not None:
        raise TypeCheckError(
            f"the op `{op.name}` is declared to give {shown_type(hint)} for its output `{name}`, but gave a "
            f"{type(given.value).__name__}{why}. Correct the declaration, or what it returns."
        )


def _annotated(op: OpDefinition, name: str) -> Any:
    own = inspect.unwrap(op.compute.fn)
    if inspect.isgeneratorfunction(own) or inspect.isasyncgenfunction(own):
        return Any
    names = list(op.outs)
    hint = op.compute.hints.get("return", Any)
    if len(names) != 1:
        hint = annotation_of_output(hint, names.index(name), len(names))
    return hint
