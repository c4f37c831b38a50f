"""Arrow tables, stored as Arrow IPC compressed with lz4."""

from __future__ import annotations

from typing import Any, BinaryIO, Final

from nb_assets.storage.handlers.handler import Summary, UnfaithfulError, module_of


class ArrowHandler:
    """Stores an Arrow table with its schema and metadata."""

    name: Final = "arrow"
    suffix: Final = ".arrow"

    def matches(self, value: Any) -> bool:
        """Tell whether it is a table."""
        return module_of(value) == "pyarrow" and type(value).__qualname__ == "Table"

    def summarise(self, value: Any) -> Summary:
        """Give rows and columns."""
        return Summary(shape_text(value.num_rows, value.num_columns), value.num_rows)

    def write(self, value: Any, file: BinaryIO) -> None:
        """Write it; what the file format cannot hold is refused."""
        import pyarrow as pa

        try:
            write_table(value, file)
        except pa.ArrowNotImplementedError as error:
            raise UnfaithfulError(str(error)) from error

    def read(self, file: BinaryIO) -> Any:
        """Read it into memory of its own."""
        return read_table(file)


def shape_text(rows: int, columns: int) -> str:
    """Say how many rows and columns there are."""
    return f"{rows:,} row{'' if rows == 1 else 's'} × {columns:,} column{'' if columns == 1 else 's'}"


def write_table(table: Any, file: BinaryIO) -> None:
    """Write an Arrow table as an IPC file."""
    import pyarrow as pa

    # A file, unlike a stream, has one dictionary a column.
    options = pa.ipc.IpcWriteOptions(compression="lz4", unify_dictionaries=True)
    with pa.ipc.new_file(pa.PythonFile(file, mode="w"), table.schema, options=options) as writer:
        writer.write_table(table)


def read_table(file: BinaryIO) -> Any:
    """Read an Arrow table out of an IPC file, into memory of its own."""
    import pyarrow as pa

    # Read rather than mapped: a mapped file that another process cuts short ends the kernel with SIGBUS.
    with pa.ipc.open_file(pa.PythonFile(file, mode="r")) as reader:
        return reader.read_all()
