"""NumPy arrays and scalars, stored as `.npy`, never with pickled objects in them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, BinaryIO, Final

from nb_assets.storage.handlers.handler import Summary, UnfaithfulError, module_of

if TYPE_CHECKING:
    import numpy as np


class ArrayHandler:
    """Stores plain arrays of fixed-size elements."""

    name: Final = "npy"
    suffix: Final = ".npy"

    def matches(self, value: Any) -> bool:
        """Tell whether it is an array; a subclass may carry more."""
        kind = type(value)
        return kind.__module__ == "numpy" and kind.__qualname__ == "ndarray"

    def summarise(self, value: np.ndarray[Any, Any]) -> Summary:
        """Give dtype and shape."""
        return Summary(f"array {value.dtype} {value.shape}", value.shape[0] if value.ndim else None)

    def write(self, value: np.ndarray[Any, Any], file: BinaryIO) -> None:
        """Write dtype, shape, memory order and elements."""
        _write(value, file)

    def read(self, file: BinaryIO) -> np.ndarray[Any, Any]:
        """Read it into memory of its own."""
        return _read(file)


class ArrayScalarHandler:
    """Stores a NumPy scalar as an array without dimensions."""

    name: Final = "npy-scalar"
    suffix: Final = ".npy"

    def matches(self, value: Any) -> bool:
        """Tell whether it is a scalar of NumPy's own."""
        return module_of(value) == "numpy" and any(
            kind.__qualname__ == "generic" and kind.__module__ == "numpy" for kind in type(value).__mro__
        )

    def summarise(self, value: np.generic) -> Summary:
        """Give the value and its dtype."""
        return Summary(f"{value} ({value.dtype})")

    def write(self, value: np.generic, file: BinaryIO) -> None:
        """Write it as an array without dimensions."""
        import numpy as np

        _write(np.asarray(value), file)

    def read(self, file: BinaryIO) -> Any:
        """Read it back as a scalar."""
        return _read(file)[()]


def _write(value: np.ndarray[Any, Any], file: BinaryIO) -> None:
    import numpy as np

    described = (
        np.lib.format.descr_to_dtype(np.lib.format.dtype_to_descr(value.dtype))
        if (value.dtype.kind in "biufcmMSUV" and value.dtype.metadata is None)
        else None
    )
    if described is None or value.dtype.hasobject or described != value.dtype:
        raise UnfaithfulError(f"dtype {value.dtype} has no .npy of its own")
    np.lib.format.write_array(file, value, allow_pickle=False)


def _read(file: BinaryIO) -> np.ndarray[Any, Any]:
    import numpy as np

    return np.lib.format.read_array(file, allow_pickle=False)
