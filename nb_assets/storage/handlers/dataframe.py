"""pandas frames, series and indexes, stored as Arrow IPC compressed with lz4.

The layout is our own and not `Table.from_pandas`, which changes column names, refuses doubled ones and forgets dtypes:
arrays as long as the frame are columns of the table, named by number; shorter ones (categories, levels, labels) are
small tables in the schema's metadata, beside a JSON description of how all of them go together.
"""

from __future__ import annotations

import io
import json
from typing import TYPE_CHECKING, Any, BinaryIO, Final

from nb_assets.storage.handlers.arrow import read_table, shape_text, write_table
from nb_assets.storage.handlers.dataframe_arrays import ArrayReader, ArrayWriter
from nb_assets.storage.handlers.dataframe_index import (
    read_index,
    read_label,
    write_index,
    write_label,
)
from nb_assets.storage.handlers.handler import Summary, UnfaithfulError, module_of, module_of_type
from nb_assets.storage.handlers.json import check_faithful

if TYPE_CHECKING:
    import pandas as pd

_DESCRIPTION: Final = b"nb_assets"


class PandasHandler:
    """Stores what pandas calls a DataFrame, a Series and an Index; subclasses may carry more."""

    name: Final = "arrow-pandas"
    suffix: Final = ".arrow"

    def matches(self, value: Any) -> bool:
        """Tell whether it is one of pandas' own types."""
        return module_of(value) == "pandas" and any(
            kind.__qualname__ in ("DataFrame", "Series", "Index") and module_of_type(kind) == "pandas"
            for kind in type(value).__mro__
        )

    def summarise(self, value: Any) -> Summary:
        """Give rows and columns, or dtype and rows."""
        rows = len(value)
        if type(value).__qualname__ == "DataFrame":
            return Summary(shape_text(rows, value.shape[1]), rows)
        kind = "series" if type(value).__qualname__ == "Series" else "index"
        return Summary(f"{kind} {value.dtype}, {rows:,} row{'' if rows == 1 else 's'}", rows)

    def write(self, value: Any, file: BinaryIO) -> None:
        """Write it; refuse what Arrow would change."""
        import pandas as pd
        import pyarrow as pa

        writer = ArrayWriter()
        try:
            if isinstance(value, pd.DataFrame):
                description = _write_frame(value, writer)
            elif isinstance(value, pd.Series):
                description = _write_series(value, writer)
            else:
                description = {"type": "index", "index": write_index(value, writer.column, writer.side)}
        except (pa.ArrowException, UnicodeError, OverflowError) as error:
            raise UnfaithfulError(str(error)) from error
        names = [str(position) for position in range(len(writer.columns))]
        metadata = {_DESCRIPTION: json.dumps(description).encode()}
        for position, array in enumerate(writer.sides):
            buffer = io.BytesIO()
            write_table(pa.table({"0": array}), buffer)
            metadata[f"nb_assets.{position}".encode()] = buffer.getvalue()
        write_table(pa.table(writer.columns, names=names).replace_schema_metadata(metadata), file)

    def read(self, file: BinaryIO) -> Any:
        """Read it into memory of its own."""
        table = read_table(file)
        metadata = table.schema.metadata
        description = json.loads(metadata[_DESCRIPTION])
        reader = ArrayReader(
            table.columns,
            lambda position: read_table(io.BytesIO(metadata[f"nb_assets.{position}".encode()])).column(0),
        )
        if description["type"] == "frame":
            return _read_frame(description, reader)
        if description["type"] == "series":
            return _read_series(description, reader)
        return read_index(description["index"], reader)


def _write_attrs(attrs: dict[Any, Any]) -> dict[Any, Any]:
    check_faithful(attrs)
    return attrs


def _write_frame(frame: pd.DataFrame, writer: ArrayWriter) -> dict[str, Any]:
    return {
        "type": "frame",
        "attrs": _write_attrs(frame.attrs),
        "columns": write_index(frame.columns, writer.side, writer.side),
        "index": write_index(frame.index, writer.column, writer.side),
        "values": [writer.column(column.array) for _, column in frame.items()],
    }


def _read_frame(description: dict[str, Any], reader: ArrayReader) -> Any:
    import pandas as pd

    index = read_index(description["index"], reader)
    # Each as a series of its dtype, or pandas would guess anew what the objects are.
    arrays = [reader.array(spec) for spec in description["values"]]
    series = {
        at: pd.Series(array, dtype=array.dtype, index=index, copy=False) for at, array in enumerate(arrays)
    }
    # Copied, since Arrow's own buffers cannot be written to; that also puts columns of a dtype side by side.
    frame = pd.DataFrame(series, index=index, copy=True)
    frame.columns = read_index(description["columns"], reader)
    frame.attrs = description["attrs"]
    return frame


def _write_series(series: pd.Series[Any], writer: ArrayWriter) -> dict[str, Any]:
    return {
        "type": "series",
        "attrs": _write_attrs(series.attrs),
        "name": write_label(series.name),
        "index": write_index(series.index, writer.column, writer.side),
        "values": writer.column(series.array),
    }


def _read_series(description: dict[str, Any], reader: ArrayReader) -> Any:
    import pandas as pd

    array = reader.array(description["values"])
    series = pd.Series(array, dtype=array.dtype, index=read_index(description["index"], reader), copy=True)
    series.name = read_label(description["name"])
    series.attrs = description["attrs"]
    return series
