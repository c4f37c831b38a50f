"""The IO managers that pickle values into files of a folder."""

from __future__ import annotations

import pickle
from pathlib import Path
from typing import TYPE_CHECKING, Any, Optional

from nb_assets.definitions.config.pythonic_io_manager import ConfigurableIOManagerFactory
from nb_assets.definitions.config.shapes import Field
from nb_assets.definitions.io_manager import IOManagerDefinition, io_manager
from nb_assets.errors import InvocationError, MissingPackageError
from nb_assets.execution.instance import DagsterInstance
from nb_assets.execution.passing.upath import UPathIOManager

if TYPE_CHECKING:
    from nb_assets.definitions.passing.input_context import InputContext
    from nb_assets.definitions.passing.output_context import OutputContext

_PROTOCOL = 4


class PickledObjectFilesystemIOManager(UPathIOManager):
    """Pickles each value into a file below a folder, which may be a URL that fsspec reads.

    Reading a pickle runs what is in it: name a folder that only trusted people write to.
    """

    extension: str | None = ""

    def __init__(self, base_dir: str | Path | None = None, **kwargs: Any) -> None:
        self.base_dir = None if base_dir is None else str(base_dir)
        super().__init__(base_path=_folder(self.base_dir or "", kwargs))

    def make_safe_partition_path(self, base_path: Any, partition: str) -> Any:
        """Return a path below another for a partition: no key leads out of it."""
        parts = ["%2E%2E" if part == ".." else part for part in partition.split("/")]
        return super().make_safe_partition_path(base_path, "/".join(parts))

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


class FilesystemIOManager(ConfigurableIOManagerFactory[PickledObjectFilesystemIOManager]):
    """Pickles each value into a file below a folder, under its asset's key.

    Without a `base_dir` the files are beside the store of the project, or among the temporary ones in a run that keeps
    nothing.
    """

    base_dir: Optional[str] = None  # noqa: UP045 - read by pydantic on every Python

    def create_io_manager(self, context: Any) -> PickledObjectFilesystemIOManager:
        """Return the IO manager."""
        return PickledObjectFilesystemIOManager(self.base_dir or _beside(context))


def _fs(context: Any) -> PickledObjectFilesystemIOManager:
    """Pickle each value into a file below a folder."""
    base_dir = (context.resource_config or {}).get("base_dir")
    return PickledObjectFilesystemIOManager(base_dir or _beside(context))


fs_io_manager: IOManagerDefinition = io_manager(config_schema={"base_dir": Field(str, is_required=False)})(
    _fs
)


def _beside(context: Any) -> Path:
    instance = getattr(context, "instance", None)
    return Path((DagsterInstance.get() if instance is None else instance).storage_directory())
