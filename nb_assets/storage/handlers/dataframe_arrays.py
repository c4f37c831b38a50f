"""The arrays in a pandas frame, to and from Arrow without loss: one pair of functions a kind of dtype."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, Final

from nb_assets.storage.handlers.dataframe_index import read_index, write_index
from nb_assets.storage.handlers.handler import UnfaithfulError

if TYPE_CHECKING:
    import numpy as np

Spec = dict[str, Any]
_UNITS: Final = ("s", "ms", "us", "ns")


class ArrayWriter:
    """Collects arrays in Arrow's form: `columns` are as long as the frame, `sides` of any length."""

    def __init__(self) -> None:
        self.columns: list[Any] = []
        self.sides: list[Any] = []

    def column(self, array: Any) -> Spec:
        """Put away an array as long as the frame; return its description."""
        return self._describe(array, self.columns, "at")

    def side(self, array: Any) -> Spec:
        """Put away an array of any length; return its description."""
        return self._describe(array, self.sides, "side")

    def _describe(self, array: Any, kept: list[Any], where: str) -> Spec:
        """Describe an array of pandas; what it is made of goes to `kept`, whose position the description names."""
        import pandas as pd

        def keep(converted: Any) -> int:
            kept.append(converted)
            return len(kept) - 1

        dtype = array.dtype
        if isinstance(dtype, pd.CategoricalDtype):
            categories = write_index(dtype.categories, self.side, self.side)
            return {
                "kind": "categorical",
                "ordered": dtype.ordered,
                "categories": categories,
                "codes": self._describe(pd.Series(array.codes).array, kept, where),
            }
        if isinstance(dtype, pd.IntervalDtype):
            ends = {end: self._describe(getattr(array, end).array, kept, where) for end in ("left", "right")}
            return {"kind": "interval", "closed": dtype.closed, **ends}
        spec, converted = _convert(array)
        return {**spec, where: keep(converted)}


def _convert(array: Any) -> tuple[Spec, Any]:
    """Return the description of an array and the Arrow array that holds it."""
    import pandas as pd
    import pyarrow as pa

    dtype: Any = array.dtype
    if isinstance(dtype, pd.ArrowDtype):
        return {"kind": "arrow"}, array.__arrow_array__()
    if isinstance(dtype, pd.StringDtype):
        na = "nan" if dtype.na_value is not pd.NA else "NA"
        return {"kind": "string", "storage": dtype.storage, "na": na}, pa.array(array, type=pa.large_string())
    if isinstance(dtype, pd.DatetimeTZDtype):
        zone = _zone_name(dtype)
        return {"kind": "zoned", "unit": dtype.unit, "zone": zone}, pa.array(
            array.asi8, type=pa.int64(), from_pandas=False
        ).cast(pa.timestamp(dtype.unit, "UTC"))
    if isinstance(dtype, pd.PeriodDtype):
        return {"kind": "period", "dtype": dtype.name}, pa.array(array.asi8)
    if isinstance(dtype, (pd.BooleanDtype, *_masked_dtypes())):
        return {"kind": "masked", "dtype": str(dtype)}, array.__arrow_array__()
    return _convert_numpy(array)


def _convert_numpy(array: Any) -> tuple[Spec, Any]:
    import numpy as np
    import pandas as pd
    import pyarrow as pa

    # pandas wraps the dtypes of NumPy's own arrays.
    dtype: Any = array.dtype
    if isinstance(array, pd.arrays.NumpyExtensionArray):
        dtype = dtype.numpy_dtype
    if not isinstance(dtype, np.dtype) or not dtype.isnative:
        raise UnfaithfulError(f"dtype {dtype}")
    if dtype.kind == "O":
        return _convert_objects(array.to_numpy())
    if dtype.kind in "mM" and np.datetime_data(dtype)[0] in _UNITS:
        unit = np.datetime_data(dtype)[0]
        type_ = pa.timestamp(unit) if dtype.kind == "M" else pa.duration(unit)
        return {"kind": "numpy", "dtype": dtype.str}, pa.array(array.asi8).cast(type_)
    if dtype.kind in "biu" or dtype in (np.float16, np.float32, np.float64):
        return {"kind": "numpy", "dtype": dtype.str}, pa.array(array.to_numpy(), from_pandas=False)
    raise UnfaithfulError(f"dtype {dtype}")


def _convert_objects(values: np.ndarray[Any, Any]) -> tuple[Spec, Any]:
    """Convert a column of objects when all are of one type that Arrow gives back, and missing ones are of one kind."""
    import datetime as dt

    import pandas as pd
    import pyarrow as pa

    types = {
        str: pa.large_string(),
        bytes: pa.large_binary(),
        bool: pa.bool_(),
        int: pa.int64(),
        dt.date: pa.date32(),
    }
    cells = values.tolist()
    kinds = set(map(type, cells))
    missing = {type(None): "none", float: "nan", type(pd.NA): "NA"}
    (absent, *more_absent) = [kind for kind in missing if kind in kinds] or [type(None)]
    (present, *more_present) = [kind for kind in kinds if kind not in missing] or [str]
    if more_absent or more_present or present not in types:
        raise UnfaithfulError("objects of several types")
    if absent is float and any(cell == cell for cell in cells if type(cell) is float):  # noqa: PLR0124 - NaN
        raise UnfaithfulError("floats among objects")
    if absent is not type(None) and absent in kinds:
        cells = [None if type(cell) is absent else cell for cell in cells]
    names = {kind: kind.__name__ for kind in types}
    return {"kind": "object", "of": names[present], "missing": missing[absent]}, pa.array(
        cells, type=types[present]
    )


def _masked_dtypes() -> tuple[type, ...]:
    import pandas as pd

    return (
        pd.Int8Dtype,
        pd.Int16Dtype,
        pd.Int32Dtype,
        pd.Int64Dtype,
        pd.UInt8Dtype,
        pd.UInt16Dtype,
        pd.UInt32Dtype,
        pd.UInt64Dtype,
        pd.Float32Dtype,
        pd.Float64Dtype,
    )


def _zone_name(dtype: Any) -> str:
    import pandas as pd

    zone = dtype.tz
    for name in (getattr(zone, "key", None), getattr(zone, "zone", None), str(zone)):
        try:
            if name is not None and pd.DatetimeTZDtype(dtype.unit, name) == dtype:
                return str(name)
        except (TypeError, ValueError, KeyError):
            continue
    raise UnfaithfulError(f"time zone {zone!r} has no name that gives it back")


class ArrayReader:
    """Gives back the arrays that an `ArrayWriter` put away."""

    def __init__(self, columns: Sequence[Any], side: Callable[[int], Any]) -> None:
        self._columns = columns
        self._side = side

    def array(self, spec: Spec) -> Any:
        """Return the array of a description; it may still share Arrow's memory, which cannot be written to."""
        return _READERS[spec["kind"]](self, spec)

    def arrow(self, spec: Spec) -> Any:
        """Return the Arrow array of a description."""
        return self._columns[spec["at"]] if "at" in spec else self._side(spec["side"])


def _read_numpy(reader: ArrayReader, spec: Spec) -> Any:
    import numpy as np
    import pyarrow as pa

    dtype = np.dtype(spec["dtype"])
    arrow = reader.arrow(spec)
    if dtype.kind in "mM":
        return arrow.cast(pa.int64()).to_numpy().view(dtype)
    values = arrow.to_numpy()
    return values if values.dtype == dtype else values.astype(dtype)


def _read_objects(reader: ArrayReader, spec: Spec) -> Any:
    import numpy as np
    import pandas as pd

    absent = {"none": None, "nan": float("nan"), "NA": pd.NA}[spec["missing"]]
    cells = reader.arrow(spec).to_pylist()
    values = np.empty(len(cells), dtype=object)
    values[:] = cells if absent is None else [absent if cell is None else cell for cell in cells]
    return values


def _read_string(reader: ArrayReader, spec: Spec) -> Any:
    import pandas as pd

    dtype: Any = (
        pd.StringDtype(spec["storage"])
        if spec["na"] == "NA"
        else pd.StringDtype(spec["storage"], float("nan"))
    )
    return dtype.__from_arrow__(reader.arrow(spec))


def _read_zoned(reader: ArrayReader, spec: Spec) -> Any:
    import pandas as pd
    import pyarrow as pa

    integers = reader.arrow(spec).cast(pa.int64()).to_numpy()
    naive = pd.Series(integers.view(f"M8[{spec['unit']}]"))
    return naive.dt.tz_localize("UTC").dt.tz_convert(spec["zone"]).array


def _read_period(reader: ArrayReader, spec: Spec) -> Any:
    import pandas as pd

    dtype: Any = pd.api.types.pandas_dtype(spec["dtype"])
    return pd.arrays.PeriodArray(reader.arrow(spec).to_numpy().copy(), dtype=dtype)


def _read_masked(reader: ArrayReader, spec: Spec) -> Any:
    import numpy as np
    import pandas as pd

    dtype: Any = pd.api.types.pandas_dtype(spec["dtype"])
    stored = reader.arrow(spec)
    if dtype.kind != "f":
        return dtype.__from_arrow__(stored)
    # pandas would take a NaN for a missing value, which is another one.
    missing = np.array(stored.is_null(), dtype=bool)
    return dtype.construct_array_type()(np.array(stored.fill_null(0), dtype=dtype.numpy_dtype), missing)


def _read_arrow(reader: ArrayReader, spec: Spec) -> Any:
    import pandas as pd

    return pd.arrays.ArrowExtensionArray(reader.arrow(spec))


def _read_categorical(reader: ArrayReader, spec: Spec) -> Any:
    import pandas as pd

    dtype = pd.CategoricalDtype(read_index(spec["categories"], reader), ordered=spec["ordered"])
    return pd.Categorical.from_codes(reader.array(spec["codes"]), dtype=dtype)


def _read_interval(reader: ArrayReader, spec: Spec) -> Any:
    import pandas as pd

    return pd.arrays.IntervalArray.from_arrays(
        reader.array(spec["left"]), reader.array(spec["right"]), closed=spec["closed"]
    )


_READERS: Final[dict[str, Callable[[ArrayReader, Spec], Any]]] = {
    "arrow": _read_arrow,
    "categorical": _read_categorical,
    "interval": _read_interval,
    "masked": _read_masked,
    "numpy": _read_numpy,
    "object": _read_objects,
    "period": _read_period,
    "string": _read_string,
    "zoned": _read_zoned,
}
