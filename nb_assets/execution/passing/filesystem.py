"""The IO manager that pickles values into files of a folder."""

from __future__ import annotations

import pickle
from pathlib import Path
from typing import TYPE_CHECKING, Any

from nb_assets.errors import InvocationError, MissingPackageError
from nb_assets.execution.passing.upath import UPathIOManager

if TYPE_CHECKING:
    from nb_assets.execution.passing.input_context import InputContext
    from nb_assets.execution.passing.output_context import OutputContext

_PROTOCOL = 4


class PickledObjectFilesystemIOManager(UPathIOManager):
    """Pickles each value into a file below a folder, which may be a URL that fsspec reads.

    Reading a pickle runs what is in it: name a folder that only trusted people write to.
    """

    extension: str | None = ""

    def __init__(self, base_dir: str | Path | None = None, **kwargs: Any) -> None:
        self.base_dir = None if base_dir is None else str(base_dir)
        super().__init__(base_path=_folder(self.base_dir or "", kwargs))

    def dump_to_path(self, context: OutputContext, obj: Any, path: Any) -> None:
        """Pickle a value.

        Raises
        ------
        InvocationError
            When it cannot be pickled.
        """
        del context
        try:
            content = pickle.dumps(obj, _PROTOCOL)
        except (AttributeError, RecursionError, ImportError, TypeError, pickle.PicklingError) as error:
            raise InvocationError(
                f"a value of type `{type(obj).__name__}` cannot be pickled: {error}. Use another IO manager, such as "
                "mem_io_manager, or none."
            ) from error
        with path.open("wb") as file:
            file.write(content)

    def load_from_path(self, context: InputContext, path: Any) -> Any:
        """Read a pickled value."""
        del context
        with path.open("rb") as file:
            return pickle.load(file)  # noqa: S301 - the user says that this folder is read


def _folder(base_dir: str, options: dict[str, Any]) -> Any:
    if "://" not in base_dir and not options:
        return Path(base_dir)
    try:
        from upath import UPath
    except ImportError as error:
        raise MissingPackageError("upath", f"the folder {base_dir}", install="universal_pathlib") from error
    return UPath(base_dir, **options)
