"""The checks of a run, for a function that is called directly."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from nb_assets.definitions.op import OpDefinition
from nb_assets.execution.op_outcome import check_op_inputs, op_outputs
from nb_assets.execution.outcome import products, settled
from nb_assets.execution.type_check import check_input
from nb_assets.execution.user_event_listener import apart

if TYPE_CHECKING:
    from nb_assets.definitions.assets_definition import AssetsDefinition


def check_arguments(called: AssetsDefinition | OpDefinition, values: Mapping[str, Any]) -> None:
    """Check what a function is called with against its annotations.

    Raises
    ------
    OutputError
        When a value is of another type.
    """
    if isinstance(called, OpDefinition):
        check_op_inputs(called, values)
        return
    for name, value in values.items():
        if name in called.keys_by_input_name:
            check_input(called, name, value)


def check_result(called: AssetsDefinition | OpDefinition, result: Any) -> None:
    """Check what a function gave, a generator for what it yielded.

    Raises
    ------
    OutputError
        When an output is missing, unknown, given twice or of another type.
    """
    # What is said beside the outputs is the caller's, who is handed it as well.
    result = apart(settled(result), called.name, _ignore)
    if isinstance(called, OpDefinition):
        op_outputs(called, result)
        return
    for _product in products(called, result):
        pass


def _ignore(_told: object) -> None:
    pass
