"""The base of IO managers that keep one file a value: where it is, how partitions lie below it."""

from __future__ import annotations

import asyncio
import inspect
from abc import abstractmethod
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from nb_assets.definitions.io_manager import IOManager
from nb_assets.definitions.metadata_value import MetadataValue
from nb_assets.errors import InvocationError
from nb_assets.execution.outcome import settled

if TYPE_CHECKING:
    from nb_assets.definitions.passing.input_context import InputContext
    from nb_assets.definitions.passing.output_context import OutputContext
    from nb_assets.definitions.passing.passed_context import PassedContext

ALLOW_MISSING = "allow_missing_partitions"


class UPathIOManager(IOManager):
    """Keeps each value in a file, below a folder, under its asset's key or its output's identifier.

    A subclass says how a file is written and read: `dump_to_path` and `load_from_path`, which may be a coroutine.
    The folder may be a `UPath` of the package universal_pathlib, and so be anywhere that fsspec reaches.

    Parameters
    ----------
    base_path
        The folder; the current one unless given.
    """

    extension: str | None = None

    def __init__(self, base_path: Any = None) -> None:
        if self.extension and "." not in self.extension:
            raise InvocationError(
                f'the extension of {type(self).__name__} is "{self.extension}", and begins with a dot in names of files: '
                f'write extension = ".{self.extension}".'
            )
        self._base_path = Path() if base_path is None else base_path

    @abstractmethod
    def dump_to_path(self, context: OutputContext, obj: Any, path: Any) -> None:
        """Write a value to a file."""

    @abstractmethod
    def load_from_path(self, context: InputContext, path: Any) -> Any:
        """Read a value from a file."""

    def get_metadata(self, context: OutputContext, obj: Any) -> dict[str, Any]:
        """Return what else to say of a value that was stored."""
        del context, obj
        return {}

    @property
    def fs(self) -> Any:
        """The file system of fsspec that the folder is on."""
        if hasattr(self._base_path, "fs"):
            return self._base_path.fs
        import fsspec  # type: ignore[import-untyped]

        return fsspec.filesystem("file")

    @property
    def storage_options(self) -> dict[str, Any]:
        """What fsspec was told of the file system."""
        said = getattr(self._base_path, "storage_options", None)
        # Until its version 0.2, universal_pathlib called them so.
        return dict(getattr(self._base_path, "_kwargs", {}) if said is None else said)

    # What a subclass replaces for a place that paths alone cannot reach.

    def path_exists(self, path: Any) -> bool:
        """Tell whether a file is there."""
        return bool(path.exists())

    def unlink(self, path: Any) -> None:
        """Delete a file."""
        path.unlink()

    def make_directory(self, path: Any) -> None:
        """Make a folder, with those above it."""
        path.mkdir(parents=True, exist_ok=True)

    def has_output(self, context: OutputContext) -> bool:
        """Tell whether the file of an output is there."""
        return self.path_exists(self._get_path(context))

    # Where values are

    def get_asset_relative_path(self, context: PassedContext) -> Any:
        """Return where the value of an asset is, below the folder."""
        return Path(*context.asset_key.path)

    def get_op_output_relative_path(self, context: PassedContext) -> Any:
        """Return where the value of an op is, below the folder."""
        return Path(*cast("InputContext | OutputContext", context).get_identifier())

    def get_path_for_partition(self, context: PassedContext, path: Any, partition: str) -> Any:
        """Return where a partition is, below the path of its asset."""
        del context
        return self.make_safe_partition_path(path, partition)

    def make_safe_partition_path(self, base_path: Any, partition: str) -> Any:
        """Return a path below another for a partition whose key may begin like a path itself."""
        return base_path / (f"%2F{partition[1:]}" if partition.startswith("/") else partition)

    def _get_path(self, context: PassedContext) -> Any:
        return self._with_extension(self._get_path_without_extension(context))

    def _get_path_without_extension(self, context: PassedContext) -> Any:
        relative = (
            self.get_asset_relative_path(context)
            if context.has_asset_key
            else self.get_op_output_relative_path(context)
        )
        # A key may begin with a slash: what it names is below the folder all the same.
        parts = [part for part in relative.parts if part != "/"]
        if relative.is_absolute() and parts:
            parts[0] = f"%2F{parts[0]}"
        return self._base_path.joinpath(*parts)

    def _with_extension(self, path: Any) -> Any:
        return path.with_suffix(path.suffix + self.extension) if self.extension else path

    def _get_paths_for_partitions(self, context: PassedContext) -> dict[str, Any]:
        folder = self._get_path_without_extension(context)
        return {
            key: self._with_extension(self.get_path_for_partition(context, folder, _as_path(key)))
            for key in context.asset_partition_keys
        }

    # Storing and loading

    def handle_output(self, context: OutputContext, obj: Any) -> None:
        """Write a value to its file, and say where that is.

        Raises
        ------
        InvocationError
            When several partitions are given at once, which have a file each.
        """
        if context.has_asset_partitions:
            paths = self._get_paths_for_partitions(context)
            if len(paths) != 1:
                raise InvocationError(
                    f"{type(self).__name__} keeps one file a partition, and was given the value of {len(paths)} partitions at "
                    "once: make them one by one, or have the function store what it makes and return None."
                )
            (path,) = paths.values()
            if path.parent.is_file():
                # What the asset was before it had partitions is in the place of their folder.
                context.log.warning("%s was one file: it becomes the folder of its partitions.", path.parent)
                self.unlink(path.parent)
        else:
            path = self._get_path(context)
        self.make_directory(path.parent)
        context.log.debug("Writing %s.", path)
        self.dump_to_path(context=context, obj=obj, path=path)
        # None is what a function gives that stores its value itself: then this is not where to look for it.
        said = {} if obj is None else {"path": MetadataValue.path(str(path))}
        context.add_output_metadata({**said, **self.get_metadata(context=context, obj=obj)})

    def load_input(self, context: InputContext) -> Any:
        """Read a value from its file; of several partitions a dict by key, and None where there is none."""
        if not context.has_asset_key or not context.has_asset_partitions:
            path = self._get_path(context)
            context.log.debug("Reading %s.", path)
            return settled(self.load_from_path(context=context, path=path))
        if not context.asset_partition_keys:
            return None
        return self.load_partitions(context)

    def load_partitions(self, context: InputContext) -> Any:
        """Read the files of partitions: the value of one, or a dict by key of several."""
        paths = self._get_paths_for_partitions(context)
        may_lack = bool(context.definition_metadata.get(ALLOW_MISSING, False))
        if inspect.iscoroutinefunction(self.load_from_path):
            given = settled(self._all_at_once(context, paths))
        else:
            given = {key: self._tried(context, path) for key, path in paths.items()}
        values: dict[str, Any] = {}
        for key, value in given.items():
            if not isinstance(value, BaseException):
                values[key] = value
            elif isinstance(value, FileNotFoundError) and may_lack:
                context.log.warning("The partition %s is not there, and is left out.", key)
            else:
                raise value
        if len(paths) == 1:
            return next(iter(values.values()), None)
        return {key: value for key, value in values.items() if value is not None}

    def _tried(self, context: InputContext, path: Any) -> Any:
        try:
            return self.load_from_path(context=context, path=path)
        except FileNotFoundError as error:
            return error

    async def _all_at_once(self, context: InputContext, paths: Mapping[str, Any]) -> dict[str, Any]:
        loading = [self.load_from_path(context=context, path=path) for path in paths.values()]
        return dict(zip(paths, await asyncio.gather(*loading, return_exceptions=True), strict=True))


def _as_path(key: str) -> str:
    """Return the key of a partition as a path: that of several dimensions has a folder for each, by name."""
    dimensions = getattr(key, "keys_by_dimension", None)
    return key if dimensions is None else "/".join(value for _, value in sorted(dimensions.items()))
