"""Indexes and labels of pandas, described in JSON over the arrays of a stored frame."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from nb_assets.storage.handlers.handler import UnfaithfulError

if TYPE_CHECKING:
    import pandas as pd

    from nb_assets.storage.handlers.dataframe_arrays import ArrayReader

Put = Callable[[Any], dict[str, Any]]


def write_label(label: Any) -> Any:
    """Return the name of a column, a level or a series in JSON; refuse what JSON would change."""
    kind = type(label)
    if label is None or kind in (bool, str) or (kind is float and math.isfinite(label)):
        return label
    if kind is int:
        return label if label.bit_length() < 64 else {"int": str(label)}  # noqa: PLR2004 - what others' JSON holds
    if kind is tuple:
        return {"tuple": [write_label(part) for part in label]}
    raise UnfaithfulError(f"a label of type {kind.__qualname__}")


def read_label(written: Any) -> Any:
    """Return the label that `write_label` was given."""
    if isinstance(written, dict):
        return int(written["int"]) if "int" in written else tuple(map(read_label, written["tuple"]))
    return written


def write_index(index: pd.Index[Any], long: Put, short: Put) -> dict[str, Any]:
    """Describe an index; `long` puts away arrays of its length, `short` those of any other."""
    import pandas as pd

    names = [write_label(name) for name in index.names]
    if type(index) is pd.MultiIndex:
        return {
            "kind": "multi",
            "names": names,
            "levels": [write_index(level, short, short) for level in index.levels],
            "codes": [long(pd.Series(codes).array) for codes in index.codes],
        }
    if type(index) is pd.RangeIndex:
        return {"kind": "range", "names": names, "range": [index.start, index.stop, index.step]}
    if type(index) not in (
        pd.Index,
        pd.DatetimeIndex,
        pd.TimedeltaIndex,
        pd.PeriodIndex,
        pd.CategoricalIndex,
        pd.IntervalIndex,
    ):
        raise UnfaithfulError(f"an index of type {type(index).__qualname__}")
    try:
        spec = long(index.array)
    except UnfaithfulError:
        if index.dtype != object:
            raise
        # Labels of several types are usual for columns.
        return {"kind": "labels", "names": names, "labels": [write_label(label) for label in index]}
    freq = index.freqstr if isinstance(index, (pd.DatetimeIndex, pd.TimedeltaIndex)) else None
    return {"kind": "array", "names": names, "array": spec, "freq": freq}


def read_index(written: dict[str, Any], reader: ArrayReader) -> Any:
    """Return the index that `write_index` was given."""
    import pandas as pd

    names = [read_label(name) for name in written["names"]]
    if written["kind"] == "multi":
        levels: Any = [read_index(level, reader) for level in written["levels"]]
        codes = [reader.array(codes) for codes in written["codes"]]
        return pd.MultiIndex(levels=levels, codes=codes, names=names, verify_integrity=False)
    index: Any
    if written["kind"] == "range":
        index = pd.RangeIndex(*written["range"])
    elif written["kind"] == "labels":
        index = pd.Index(
            [read_label(label) for label in written["labels"]], dtype=object, tupleize_cols=False
        )
    else:
        array = reader.array(written["array"])
        index = pd.Index(array, dtype=array.dtype, copy=True, tupleize_cols=False)
        if written["freq"] is not None:
            index.freq = written["freq"]
    index.names = names
    return index
