"""Names of environment variables in the place of values, so that secrets stay out of code, store and output."""

from __future__ import annotations

import builtins
import os
from typing import Any


class EnvVar(str):
    """The name of an environment variable, whose text is taken when a run needs it."""

    __slots__ = ()

    @classmethod
    def int(cls, name: str) -> IntEnvVar:
        """Return the name of an environment variable that holds a number."""
        return IntEnvVar.create(name)

    @property
    def env_var_name(self) -> str:
        """The name of the environment variable."""
        return str.__str__(self)

    def get_value(self, default: str | None = None) -> str | None:
        """Return what the environment variable holds now."""
        return os.getenv(self.env_var_name, default)

    def __str__(self) -> str:
        raise _unread(self.env_var_name, "EnvVar")

    def __repr__(self) -> str:
        return f"EnvVar({self.env_var_name!r})"


class IntEnvVar(int):
    """The name of an environment variable, whose number is taken when a run needs it."""

    name: str

    @classmethod
    def create(cls, name: str) -> IntEnvVar:
        """Return the name of an environment variable that holds a number."""
        made = cls(0)
        made.name = name
        return made

    @property
    def env_var_name(self) -> str:
        """The name of the environment variable."""
        return self.name

    def get_value(self, default: int | None = None) -> builtins.int | None:
        """Return what the environment variable holds now."""
        value = os.getenv(self.name)
        return int(value) if value else default

    def __int__(self) -> builtins.int:
        raise _unread(self.name, "IntEnvVar")

    def __str__(self) -> str:
        raise _unread(self.name, "IntEnvVar")

    def __repr__(self) -> str:
        return f"EnvVar.int({self.name!r})"


def is_env_var(value: Any) -> bool:
    """Tell whether a value stands for an environment variable."""
    return isinstance(value, (EnvVar, IntEnvVar))


def _unread(name: str, kind: str) -> RuntimeError:
    return RuntimeError(
        f'{kind}("{name}") stands for what the environment variable holds when a run needs it, and has no text before: give it '
        "to a configuration or a resource as it is, or call its `get_value()`."
    )
