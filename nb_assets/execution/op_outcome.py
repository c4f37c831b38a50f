"""What an op's function gave, read into one value an output."""

from __future__ import annotations

import inspect
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from nb_assets.definitions.op import Nothing, OpDefinition
from nb_assets.definitions.result import DEFAULT_OUTPUT, DataVersion, Output
from nb_assets.errors import OutputError, near
from nb_assets.execution.outcome import settled
from nb_assets.execution.type_check import matches

if TYPE_CHECKING:
    from nb_assets.definitions.metadata import MetadataValue


@dataclass(frozen=True, kw_only=True)
class OpOutput:
    """The value of one output of an op, with what its Output said of it."""

    value: Any
    metadata: Mapping[str, MetadataValue] = field(default_factory=dict)
    data_version: DataVersion | None = None


def op_outputs(op: OpDefinition, result: Any) -> dict[str, OpOutput]:
    """Return what a call of an op gave, by output; an optional output that was not given is not there.

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
                f"declares {', '.join(op.outs)}."
            )
        if name in given:
            raise OutputError(f"the op `{op.name}` gave its output `{name}` twice: yield it once.")
        given[name] = value if isinstance(value, OpOutput) else OpOutput(value=value)
        _check_type(op, name, given[name].value)
    for name, out in op.outs.items():
        if name not in given and out.dagster_type is Nothing:
            given[name] = OpOutput(value=None)
        elif name not in given and out.is_required:
            raise OutputError(
                f"the op `{op.name}` gave nothing for its output `{name}`: give it, or declare it with "
                "Out(is_required=False)."
            )
    return given


def _named(op: OpDefinition, result: Any) -> Iterator[tuple[str, Any]]:
    outputs = list(op.outs)
    if inspect.isgenerator(result):
        for item in result:
            if not isinstance(item, Output):
                raise OutputError(
                    f"the op `{op.name}` yielded a {type(item).__name__}: an op that yields gives an Output."
                )
            yield item.output_name, _from_output(item)
    elif isinstance(result, Output):
        yield result.output_name, _from_output(result)
    elif len(outputs) == 1:
        yield outputs[0], result
    elif isinstance(result, Mapping) and set(result) <= set(outputs):
        yield from (
            (name, _from_output(value) if isinstance(value, Output) else value)
            for name, value in result.items()
        )
    elif isinstance(result, (tuple, list)) and len(result) == len(outputs):
        for name, value in zip(outputs, result, strict=True):
            yield name, _from_output(value) if isinstance(value, Output) else value
    elif result is not None or not all(_may_lack(out) for out in op.outs.values()):
        gave = f"{len(result)} values" if isinstance(result, (tuple, list)) else f"a {type(result).__name__}"
        raise OutputError(
            f"the op `{op.name}` returned {gave}, and it declares {len(outputs)} outputs: return one value for each of "
            f"{', '.join(outputs)}, in this order."
        )


def _may_lack(out: Any) -> bool:
    return out.dagster_type is Nothing or not out.is_required


def _from_output(output: Output[Any]) -> OpOutput:
    return OpOutput(value=output.value, metadata=output.metadata, data_version=output.data_version)


def _check_type(op: OpDefinition, name: str, value: Any) -> None:
    declared = op.outs[name].dagster_type
    hint = declared
    if declared is None and len(op.outs) == 1:
        hint = op.compute.hints.get("return", Any)
        if getattr(hint, "__origin__", hint) is Output or inspect.isgeneratorfunction(op.compute.fn):
            return
    if hint is None or hint is Nothing or hint is Any:
        return
    if name == DEFAULT_OUTPUT and not matches(value, hint):
        shown = getattr(hint, "__qualname__", str(hint))
        raise OutputError(
            f"the op `{op.name}` is declared to give {shown}, but gave a {type(value).__name__}. Correct the "
            "declaration, or what it returns."
        )
