"""Metadata: values with the way in which each is shown. `metadata_kinds` has the kinds, `metadata` what plain Python becomes."""

# mypy: disable-error-code="no-any-return"
# Kinds are looked up by name, for they are built on this class: what is returned is of the kind that is annotated.
from __future__ import annotations

import builtins
import datetime as dt
import json
import os
from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, ClassVar, Generic, TypeVar

from nb_assets.errors import DefinitionError

if TYPE_CHECKING:
    from typing_extensions import Self

    from nb_assets.definitions import metadata_kinds as kinds
    from nb_assets.definitions import table_metadata as tables
    from nb_assets.definitions.asset_key import AssetKey
    from nb_assets.definitions.table import TableColumnLineage, TableRecord, TableSchema

T_co = TypeVar("T_co", covariant=True)


class MetadataValue(ABC, Generic[T_co]):
    """A value with the way it is shown: a text, a number, Markdown, JSON, a URL, a path, a moment, an asset, a table.

    Build one through the static methods that bear the kinds' names, as in Dagster, or give plain Python values.
    """

    kind: ClassVar[str]
    _kinds: ClassVar[dict[str, type[MetadataValue[Any]]]] = {}

    def __init_subclass__(cls, **options: Any) -> None:
        """Make a kind known by its name."""
        super().__init_subclass__(**options)
        if "kind" in vars(cls):
            cls._kinds[cls.kind] = cls

    if TYPE_CHECKING:

        @property
        def value(self) -> T_co:
            """The value that was given."""

    @abstractmethod
    def payload(self) -> Any:
        """Return what the kind holds in JSON's own types."""

    @classmethod
    def of_payload(cls, payload: Any) -> Self:
        """Return the value that `payload` was made of."""
        return cls(payload)  # type: ignore[call-arg]

    def to_json(self) -> dict[str, Any]:
        """Return the kind and the value in JSON's own types."""
        return {"kind": self.kind, "value": self.payload()}

    @staticmethod
    def from_json(data: Mapping[str, Any]) -> MetadataValue[Any]:
        """Build the value that `to_json` was made from."""
        cls = MetadataValue._kinds.get(data["kind"])
        # A kind that only a newer version knows is shown as the text of what it holds.
        return _made("text", json.dumps(data["value"])) if cls is None else cls.of_payload(data["value"])

    def as_text(self) -> str:
        """Return it in words, for where there is room for text alone."""
        plain = self.payload()
        if isinstance(plain, str):
            return plain
        return json.dumps(plain, indent=2, ensure_ascii=False, default=str)

    @staticmethod
    def text(text: str) -> kinds.TextMetadataValue:
        """Show a text as it is."""
        return _made("text", text)

    @staticmethod
    def url(url: str) -> kinds.UrlMetadataValue:
        """Show a link."""
        return _made("url", url)

    @staticmethod
    def path(path: str | os.PathLike[str]) -> kinds.PathMetadataValue:
        """Show a path of the file system."""
        return _made("path", path)

    @staticmethod
    def notebook(path: str | os.PathLike[str]) -> kinds.NotebookMetadataValue:
        """Show the path of a notebook."""
        return _made("notebook", path)

    @staticmethod
    def json(data: Sequence[Any] | Mapping[str, Any] | None) -> kinds.JsonMetadataValue:
        """Show a JSON document.

        Raises
        ------
        DefinitionError
            When JSON cannot hold it.
        """
        return _made("json", data)

    @staticmethod
    def md(data: str) -> kinds.MarkdownMetadataValue:
        """Show Markdown."""
        return _made("md", data)

    @staticmethod
    def python_artifact(python_artifact: Callable[..., Any]) -> kinds.PythonArtifactMetadataValue:
        """Show where a function or class is defined.

        Raises
        ------
        DefinitionError
            When it is neither.
        """
        if not callable(python_artifact):
            raise DefinitionError(f"a python_artifact is a function or a class, not {python_artifact!r}.")
        return _made("python_artifact", python_artifact.__module__, python_artifact.__name__)

    @staticmethod
    def float(value: float) -> kinds.FloatMetadataValue:
        """Show a number; drawn over the versions of an asset."""
        return _made("float", value)

    @staticmethod
    def int(value: int) -> kinds.IntMetadataValue:
        """Show a whole number; drawn over the versions of an asset."""
        return _made("int", value)

    @staticmethod
    def bool(value: bool) -> kinds.BoolMetadataValue:
        """Show true or false."""
        return _made("bool", value)

    @staticmethod
    def timestamp(value: builtins.float | dt.datetime) -> kinds.TimestampMetadataValue:
        """Show a moment, given with its time zone or as seconds since 1970.

        Raises
        ------
        DefinitionError
            When a datetime has no time zone.
        """
        if isinstance(value, dt.datetime):
            if value.tzinfo is None:
                raise DefinitionError(
                    "a timestamp in metadata needs a time zone: build it with tzinfo=timezone.utc."
                )
            value = value.timestamp()
        return _made("timestamp", value)

    @staticmethod
    def dagster_run(run_id: str) -> kinds.DagsterRunMetadataValue:
        """Show which run is meant."""
        return _made("dagster_run", run_id)

    @staticmethod
    def asset(asset_key: AssetKey) -> kinds.DagsterAssetMetadataValue:
        """Show a link to another asset."""
        return _made("asset", asset_key)

    @staticmethod
    def job(
        job_name: str, location_name: str, *, repository_name: str | None = None
    ) -> kinds.DagsterJobMetadataValue:
        """Show which job is meant."""
        return _made("job", job_name, location_name, repository_name)

    @staticmethod
    def table(records: Sequence[TableRecord], schema: TableSchema | None = None) -> tables.TableMetadataValue:
        """Show a table; its schema is read from the first record unless given."""
        return _made("table", records, schema)

    @staticmethod
    def table_schema(schema: TableSchema) -> tables.TableSchemaMetadataValue:
        """Show the columns of a table."""
        return _made("table_schema", schema)

    @staticmethod
    def column_lineage(lineage: TableColumnLineage) -> tables.TableColumnLineageMetadataValue:
        """Show which columns of other assets each column is derived from."""
        return _made("column_lineage", lineage)

    @staticmethod
    def null() -> kinds.NullMetadataValue:
        """Show that there is no value."""
        return _made("null")

    @staticmethod
    def pool(pool: str) -> kinds.PoolMetadataValue:
        """Show the name of a concurrency pool."""
        return _made("pool", pool)


def _made(kind: str, *parts: Any) -> Any:
    return MetadataValue._kinds[kind](*parts)  # noqa: SLF001 - of a class of this file
