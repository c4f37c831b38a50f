"""Types of configuration values: scalars, lists, maps, enums, and what may be None or come from the environment.

Reading a value checks it and fills in what has a default, noting everything that is wrong. Dicts with fields are in
`shapes`.
"""

from __future__ import annotations

import enum
import os
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable
from typing import Any

from nb_assets.definitions.config.env_var import is_env_var
from nb_assets.definitions.config.problems import ConfigSchemaError, Reading, shown
from nb_assets.errors import near

Path = tuple[str, ...]
_TRUE, _FALSE = frozenset({"true", "1", "t"}), frozenset({"false", "0", "f"})

_coerce: list[Callable[[Any], ConfigType | None]] = []


class ConfigType(ABC):
    """What a value of a configuration looks like."""

    description: str | None = None

    @property
    @abstractmethod
    def title(self) -> str:
        """The type as an error tells of it."""

    @abstractmethod
    def read(self, value: Any, at: Path, reading: Reading) -> Any:
        """Return the value with its defaults filled in, noting what is wrong with it."""

    @property
    def is_optional(self) -> bool:
        """Whether nothing at all is a value of it."""
        return False

    @property
    def has_fields(self) -> bool:
        """Whether its values are dicts with known keys."""
        return False

    def __repr__(self) -> str:
        return self.title


class AnyType(ConfigType):
    """Any value at all."""

    title = "Any"

    def read(self, value: Any, at: Path, reading: Reading) -> Any:
        """Return the value as it is."""
        del at, reading
        return value


class Scalar(ConfigType):
    """A single value of one of Python's types."""

    def __init__(
        self, name: str, accepts: Callable[[Any], bool], convert: Callable[[Any], Any] = lambda v: v
    ) -> None:
        self._name = name
        self._accepts = accepts
        self._convert = convert

    @property
    def title(self) -> str:
        """The type as an error tells of it."""
        return self._name

    def read(self, value: Any, at: Path, reading: Reading) -> Any:
        """Return the value."""
        if is_env_var(value):
            reading.wrong(
                at,
                f'an environment variable is written {{"env": "{value.env_var_name}"}} here, not {value!r}',
            )
            return value
        if not self._accepts(value):
            reading.wrong(at, f"expected {_a(self._name)}, not {shown(value)}")
            return value
        return self._convert(value) if reading.resolving else value


ANY = AnyType()
BOOL = Scalar("Bool", lambda value: isinstance(value, bool))
INT = Scalar("Int", lambda value: isinstance(value, int) and not isinstance(value, bool))
FLOAT = Scalar("Float", lambda value: isinstance(value, (int, float)), float)
STRING = Scalar("String", lambda value: isinstance(value, str))


class Noneable(ConfigType):
    """A value of another type, or None."""

    def __init__(self, inner_type: Any) -> None:
        self.inner_type = as_config_type(inner_type)

    @property
    def title(self) -> str:
        """The type as an error tells of it."""
        return f"{self.inner_type.title}?"

    @property
    def is_optional(self) -> bool:
        """Nothing is None."""
        return True

    def read(self, value: Any, at: Path, reading: Reading) -> Any:
        """Return the value."""
        return None if value is None else self.inner_type.read(value, at, reading)


class Array(ConfigType):
    """A list of values of one type."""

    def __init__(self, inner_type: Any) -> None:
        self.inner_type = as_config_type(inner_type)

    @property
    def title(self) -> str:
        """The type as an error tells of it."""
        return f"[{self.inner_type.title}]"

    def read(self, value: Any, at: Path, reading: Reading) -> Any:
        """Return the list with each of its items read."""
        if not isinstance(value, list):
            reading.wrong(at, f"expected a list {self.title}, not {shown(value)}")
            return value
        return [self.inner_type.read(item, (*at, f"[{index}]"), reading) for index, item in enumerate(value)]


class Map(ConfigType):
    """A dict of any keys of one scalar type to values of one type."""

    def __init__(self, key_type: Any, inner_type: Any, key_label_name: str | None = None) -> None:
        self.key_type = as_config_type(key_type)
        self.inner_type = as_config_type(inner_type)
        self.key_label_name = key_label_name
        if not isinstance(self.key_type, Scalar):
            raise ConfigSchemaError(f"the keys of a Map are str, int, float or bool, not {key_type!r}.")

    @property
    def title(self) -> str:
        """The type as an error tells of it."""
        label = f"{self.key_label_name}: " if self.key_label_name else ""
        return f"{{ [{label}{self.key_type.title}]: {self.inner_type.title} }}"

    def read(self, value: Any, at: Path, reading: Reading) -> Any:
        """Return the dict with each of its keys and values read."""
        if not isinstance(value, dict):
            reading.wrong(at, f"expected a dict {self.title}, not {shown(value)}")
            return value
        for key in value:
            self.key_type.read(key, (*at, str(key)), reading)
        return {key: self.inner_type.read(item, (*at, str(key)), reading) for key, item in value.items()}


class EnumValue:
    """A value of an enum: how it is written, and what it becomes."""

    def __init__(self, config_value: str, python_value: Any = None, description: str | None = None) -> None:
        if not isinstance(config_value, str):
            raise ConfigSchemaError(f"a value of an Enum is written as a text, not as {config_value!r}.")
        self.config_value = config_value
        self.python_value = config_value if python_value is None else python_value
        self.description = description


class Enum(ConfigType):
    """One of several texts, each of which may stand for a value of Python."""

    def __init__(self, name: str, enum_values: Iterable[EnumValue]) -> None:
        self.given_name = name
        self.enum_values = list(enum_values)
        self._by_text = {each.config_value: each.python_value for each in self.enum_values}
        if len(self._by_text) != len(self.enum_values):
            raise ConfigSchemaError(f"two values of the Enum `{name}` are written in the same way.")

    @property
    def title(self) -> str:
        """The type as an error tells of it."""
        return self.given_name

    @property
    def config_values(self) -> list[str]:
        """The texts."""
        return list(self._by_text)

    @classmethod
    def from_python_enum(cls, enum: type[enum.Enum], name: str | None = None) -> Enum:
        """Return the names of a Python enum as texts, each of which becomes that member."""
        return cls(name or enum.__name__, [EnumValue(each.name, each) for each in enum])

    @classmethod
    def from_python_enum_direct_values(cls, enum: type[enum.Enum], name: str | None = None) -> Enum:
        """Return the names of a Python enum as texts, each of which becomes the value of that member."""
        return cls(name or enum.__name__, [EnumValue(each.name, each.value) for each in enum])

    def read(self, value: Any, at: Path, reading: Reading) -> Any:
        """Return what the text stands for."""
        if not isinstance(value, str):
            reading.wrong(at, f"expected one of {', '.join(self._by_text)} as text, not {shown(value)}")
        elif value not in self._by_text:
            choices = ", ".join(self._by_text)
            reading.wrong(at, f'"{value}" is none of {choices}{_hint(value, self._by_text)}')
        elif reading.resolving:
            return self._by_text[value]
        return value


class ScalarUnion(ConfigType):
    """A scalar, or a list or dict in its place."""

    def __init__(self, scalar_type: Any, non_scalar_schema: Any, _key: str | None = None) -> None:
        self.scalar_type = as_config_type(scalar_type)
        self.non_scalar_type = as_config_type(non_scalar_schema)
        if not isinstance(self.scalar_type, Scalar):
            raise ConfigSchemaError(
                f"the scalar of a ScalarUnion is str, int, float or bool, not {scalar_type!r}."
            )
        if not (self.non_scalar_type.has_fields or isinstance(self.non_scalar_type, Array)):
            raise ConfigSchemaError(
                f"what a ScalarUnion is besides a scalar is a list, a dict or a Selector, not {non_scalar_schema!r}."
            )

    @property
    def title(self) -> str:
        """The type as an error tells of it."""
        return f"({self.scalar_type.title} | {self.non_scalar_type.title})"

    def read(self, value: Any, at: Path, reading: Reading) -> Any:
        """Return the value, read as what it looks like."""
        chosen = self.non_scalar_type if isinstance(value, (dict, list)) else self.scalar_type
        return chosen.read(value, at, reading)


class Source(ConfigType):
    """A scalar that may be written as the name of an environment variable: `{"env": "NAME"}`."""

    def __init__(self, scalar: Scalar, convert: Callable[[str], Any]) -> None:
        self._scalar = scalar
        self._convert = convert

    @property
    def title(self) -> str:
        """The type as an error tells of it."""
        return self._scalar.title

    def read(self, value: Any, at: Path, reading: Reading) -> Any:
        """Return the value, or what the environment variable holds."""
        if not isinstance(value, dict):
            return self._scalar.read(value, at, reading)
        if value.keys() != {"env"} or not isinstance(value["env"], str):
            reading.wrong(at, f'expected {_a(self.title)} or {{"env": "NAME"}}, not {shown(value)}')
            return value
        return self._from_environment(value["env"], at, reading) if reading.resolving else value

    def _from_environment(self, name: str, at: Path, reading: Reading) -> Any:
        text = os.environ.get(name)
        if text is None:
            reading.wrong(
                at,
                f'the environment variable "{name}" is not set{_hint(name, os.environ)}: set it, as with `%env {name}=…`',
            )
            return None
        try:
            return self._convert(text)
        except ValueError:
            pass
        # Told out of reach of the error above, which holds the text: that may be a secret.
        reading.wrong(at, f'what the environment variable "{name}" holds is no {self.title}')
        return None


def _as_bool(text: str) -> bool:
    lowered = text.lower()
    if lowered not in _TRUE | _FALSE:
        raise ValueError
    return lowered in _TRUE


StringSource = Source(STRING, str)
IntSource = Source(INT, int)
BoolSource = Source(BOOL, _as_bool)


def register_coercion(fn: Callable[[Any], ConfigType | None]) -> None:
    """Have a function tell which type something stands for that users write in its place."""
    _coerce.append(fn)


def as_config_type(given: Any) -> ConfigType:
    """Return the type that something stands for: itself, one of Python's types, a dict of fields, a list of one type.

    Raises
    ------
    ConfigSchemaError
        When it stands for none.
    """
    if isinstance(given, ConfigType):
        return given
    for coerce in _coerce:
        found = coerce(given)
        if found is not None:
            return found
    if isinstance(given, type) and issubclass(given, ConfigType):
        raise ConfigSchemaError(
            f"{given.__name__} in a config_schema is to be called: write {given.__name__}()."
        )
    raise ConfigSchemaError(
        f"{given!r} says nothing of a configuration: a config_schema is made of str, int, float, bool, list, dict, of dicts and "
        "lists of these, and of Field, Array, Map, Enum, Noneable, Selector, Shape and Permissive."
    )


def _a(name: str) -> str:
    return f"an {name}" if name[0] in "AEIOU" else f"a {name}"


def _hint(name: str, names: Iterable[str]) -> str:
    return near(name, names).rstrip("?").replace(" Did you mean ", "; did you mean ") + (
        "?" if near(name, names) else ""
    )
