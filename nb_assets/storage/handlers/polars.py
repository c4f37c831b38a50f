"""polars data frames and series, stored as Arrow IPC compressed with lz4, by polars itself."""

from __future__ import annotations

from typing import Any, BinaryIO, Final

from nb_assets.errors import UnsupportedValueError
from nb_assets.storage.handlers.arrow import shape_text
from nb_assets.storage.handlers.handler import Summary, UnfaithfulError, module_of


class PolarsHandler:
    """Stores data frames; a lazy frame is a query and not a value, so it is refused."""

    name: Final = "arrow-polars"
    suffix: Final = ".arrow"

    def matches(self, value: Any) -> bool:
        """Tell whether it is a frame of polars, lazy or not."""
        return module_of(value) == "polars" and type(value).__qualname__ in ("DataFrame", "LazyFrame")

    def summarise(self, value: Any) -> Summary:
        """Give rows and columns."""
        return Summary(shape_text(value.height, value.width), value.height)

    def write(self, value: Any, file: BinaryIO) -> None:
        """Write it, unless it holds Python objects."""
        if type(value).__qualname__ == "LazyFrame":
            raise UnsupportedValueError(
                "a polars LazyFrame is a query that has not run, so there is no value to store. Return "
                "`frame.collect()` from the asset; the assets that want it lazy can call `.lazy()` on it."
            )
        if not value.width and value.height:
            raise UnfaithfulError("rows without columns have no Arrow")
        if any(_holds_objects(dtype) for dtype in value.dtypes):
            raise UnfaithfulError("Python objects have no Arrow")
        value.write_ipc(file, compression="lz4")

    def read(self, file: BinaryIO) -> Any:
        """Read it into memory of its own."""
        import io

        import polars as pl

        # Handed a file, some versions map it, and a mapped file that is cut short ends the kernel with SIGBUS.
        return pl.read_ipc(io.BytesIO(file.read()))


class PolarsSeriesHandler:
    """Stores a series as a frame of one column."""

    name: Final = "arrow-polars-series"
    suffix: Final = ".arrow"

    def matches(self, value: Any) -> bool:
        """Tell whether it is a series of polars."""
        return module_of(value) == "polars" and type(value).__qualname__ == "Series"

    def summarise(self, value: Any) -> Summary:
        """Give dtype and rows."""
        return Summary(
            f"series {value.dtype}, {len(value):,} row{'' if len(value) == 1 else 's'}", len(value)
        )

    def write(self, value: Any, file: BinaryIO) -> None:
        """Write it, unless it holds Python objects."""
        PolarsHandler().write(value.to_frame(), file)

    def read(self, file: BinaryIO) -> Any:
        """Read it into memory of its own."""
        return PolarsHandler().read(file).to_series()


def _holds_objects(dtype: Any) -> bool:
    """Tell whether a dtype is, or has within it, polars' Object."""
    inner = [field.dtype for field in getattr(dtype, "fields", ())]
    if (element := getattr(dtype, "inner", None)) is not None:
        inner.append(element)
    return (
        type(dtype).__name__ == "Object"
        or getattr(dtype, "__name__", "") == "Object"
        or any(map(_holds_objects, inner))
    )
