"""The kinds of metadata, each with what it holds. A kind checks what it is given; how it is drawn is the views' business."""

from __future__ import annotations

import builtins
import datetime as dt
import json
import math
import os
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field, fields
from typing import TYPE_CHECKING, Any, ClassVar, TypeVar

from nb_assets.definitions.asset_key import AssetKey
from nb_assets.definitions.metadata_value import MetadataValue
from nb_assets.errors import DefinitionError

if TYPE_CHECKING:
    from typing_extensions import Self

T = TypeVar("T")
NOTHING = "–"


class Single(MetadataValue[T]):
    """A kind of one field, which is the value."""

    accepts: ClassVar[Any]
    wanted: ClassVar[str]

    def __post_init__(self) -> None:
        name = fields(self)[0].name  # type: ignore[arg-type]
        given = vars(self)[name]
        if type(given).__module__ == "numpy" and callable(item := getattr(given, "item", None)):
            # A NumPy number is metadata like a plain one.
            given = item()
            object.__setattr__(self, name, given)
        if not isinstance(given, self.accepts):
            raise DefinitionError(
                f"metadata of the kind `{self.kind}` is {self.wanted}, not {given!r} ({type(given).__name__})."
            )

    def payload(self) -> Any:
        """Return the value."""
        return self.value


class Named(Single[T]):
    """A kind of one field that has another name than `value`."""

    @property
    def value(self) -> T:
        """The value."""
        return vars(self)[fields(self)[0].name]  # type: ignore[arg-type, no-any-return]


class _Text(Named[str]):
    accepts: ClassVar[Any] = (str, type(None))
    wanted = "a text"

    @property
    def value(self) -> str:
        """The text."""
        return super().value or ""


@dataclass(frozen=True)
class TextMetadataValue(_Text):
    """A text, shown as it is."""

    kind = "text"
    text: str | None = field()  # type: ignore[assignment]


@dataclass(frozen=True)
class UrlMetadataValue(_Text):
    """A link."""

    kind = "url"
    url: str | None = field()  # type: ignore[assignment]


@dataclass(frozen=True)
class MarkdownMetadataValue(_Text):
    """A text in Markdown."""

    kind = "md"
    md_str: str | None


@dataclass(frozen=True)
class PoolMetadataValue(_Text):
    """A concurrency pool, by its name."""

    kind = "pool"
    name: str


@dataclass(frozen=True)
class DagsterRunMetadataValue(_Text):
    """A run, by its id."""

    kind = "dagster_run"
    run_id: str


class _FilePath(_Text):
    accepts = (str, os.PathLike, type(None))
    wanted = "a path"

    def __init__(self, path: str | os.PathLike[str] | None) -> None:
        object.__setattr__(self, "fspath", path)
        self.__post_init__()
        object.__setattr__(self, "fspath", "" if path is None else os.fspath(path))

    @property
    def path(self) -> str:  # type: ignore[override]
        """The path."""
        return self.value


@dataclass(frozen=True, init=False)
class PathMetadataValue(_FilePath):
    """A path of the file system."""

    kind = "path"
    fspath: str


@dataclass(frozen=True, init=False)
class NotebookMetadataValue(_FilePath):
    """The path of a notebook."""

    kind = "notebook"
    fspath: str


@dataclass(frozen=True)
class JsonMetadataValue(Named[Any]):
    """A JSON document."""

    kind = "json"
    accepts = (Mapping, Sequence, type(None))
    wanted = "a list, a dict, a text or None"
    data: Any

    def __post_init__(self) -> None:
        super().__post_init__()
        try:
            # What is shown is what JSON makes of it: lists for tuples, texts for keys.
            object.__setattr__(self, "data", json.loads(json.dumps(self.data)))
        except (TypeError, ValueError) as error:
            raise DefinitionError(
                f"this metadata is not JSON: {error}. Convert it first, or give a text."
            ) from error


@dataclass(frozen=True)
class FloatMetadataValue(Single["float | None"]):
    """A number."""

    kind = "float"
    accepts = (float, type(None))
    wanted = "a float"
    value: builtins.float | None = field()

    def payload(self) -> Any:
        """Return the number, as a text where JSON has none for it."""
        return self.value if self.value is None or math.isfinite(self.value) else repr(self.value)

    def as_text(self) -> str:
        """Return the number as people write it."""
        return NOTHING if self.value is None else f"{self.value:,}"

    @classmethod
    def of_payload(cls, payload: Any) -> Self:
        """Return the value of a number."""
        return cls(None if payload is None else builtins.float(payload))


@dataclass(frozen=True)
class IntMetadataValue(Single["int | None"]):
    """A whole number."""

    kind = "int"
    accepts = (int, type(None))
    wanted = "a whole number"
    value: builtins.int | None = field()

    def as_text(self) -> str:
        """Return the number as people write it."""
        return NOTHING if self.value is None else f"{self.value:,}"


@dataclass(frozen=True)
class BoolMetadataValue(Single["bool | None"]):
    """True or false."""

    kind = "bool"
    accepts = (bool, type(None))
    wanted = "True or False"
    value: builtins.bool | None = field()

    def as_text(self) -> str:
        """Return it as a word."""
        return {True: "true", False: "false", None: NOTHING}[self.value]


@dataclass(frozen=True)
class TimestampMetadataValue(Single["float"]):
    """A moment, in seconds since 1970."""

    kind = "timestamp"
    accepts = float
    wanted = "a datetime with a time zone, or seconds since 1970 as a float"
    value: builtins.float = field()

    def as_text(self) -> str:
        """Return the moment with its time zone, which is UTC."""
        return dt.datetime.fromtimestamp(self.value, dt.timezone.utc).isoformat(" ", "seconds")

    @classmethod
    def of_payload(cls, payload: Any) -> Self:
        """Return the value of seconds."""
        return cls(builtins.float(payload))


@dataclass(frozen=True)
class DagsterAssetMetadataValue(Named[AssetKey]):
    """An asset, by its key."""

    kind = "asset"
    accepts = AssetKey
    wanted = "an AssetKey"
    asset_key: AssetKey

    def as_text(self) -> str:
        """Return the key as people write it."""
        return self.asset_key.to_user_string()

    def payload(self) -> list[str]:
        """Return the parts of the key."""
        return self.asset_key.path

    @classmethod
    def of_payload(cls, payload: Any) -> Self:
        """Return the value of the parts of a key."""
        return cls(AssetKey(payload))


@dataclass(frozen=True)
class NullMetadataValue(MetadataValue[None]):
    """Nothing, and shown to be so."""

    kind = "null"

    @property
    def value(self) -> None:
        """Nothing."""

    def as_text(self) -> str:
        """Return a dash."""
        return NOTHING

    def payload(self) -> None:
        """Return nothing."""

    @classmethod
    def of_payload(cls, payload: Any) -> Self:
        """Return the value."""
        del payload
        return cls()


class Parts(MetadataValue[Any]):
    """A kind of several fields, which is its own value."""

    @property
    def value(self) -> Self:
        """The value itself, which has several parts."""
        return self

    def payload(self) -> Any:
        """Return the parts by name."""
        return asdict(self)  # type: ignore[call-overload]

    @classmethod
    def of_payload(cls, payload: Any) -> Self:
        """Return the value of the parts."""
        return cls(**payload)


@dataclass(frozen=True)
class PythonArtifactMetadataValue(Parts):
    """A function or class, by its module and name."""

    kind = "python_artifact"
    module: str
    name: str

    def as_text(self) -> str:
        """Return both parts as imports have them."""
        return f"{self.module}.{self.name}"

    @classmethod
    def of_payload(cls, payload: Any) -> Self:
        """Return the value of both parts."""
        # One text in the first stores.
        return cls(*payload.split(":", 1)) if isinstance(payload, str) else cls(**payload)


@dataclass(frozen=True)
class DagsterJobMetadataValue(Parts):
    """A job, by its name and where it is."""

    kind = "job"
    job_name: str
    location_name: str
    repository_name: str | None = None

    def as_text(self) -> str:
        """Return the name with the place."""
        return f"{self.job_name} ({self.location_name})"
