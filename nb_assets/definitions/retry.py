"""When a failed step is tried again, and how a function asks for it or refuses it."""

from __future__ import annotations

import random
from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from typing import Any

from nb_assets.definitions.metadata import MetadataValue, as_metadata
from nb_assets.errors import DefinitionError


class Backoff(Enum):
    """How the delay grows with the attempts."""

    LINEAR = "LINEAR"
    EXPONENTIAL = "EXPONENTIAL"


class Jitter(Enum):
    """How chance changes the delay."""

    FULL = "FULL"
    PLUS_MINUS = "PLUS_MINUS"


@dataclass(frozen=True)
class RetryPolicy:
    """Try a failed step again, up to `max_retries` times, `delay` seconds apart."""

    max_retries: int = 1
    delay: float | None = None
    backoff: Backoff | None = None
    jitter: Jitter | None = None

    def __post_init__(self) -> None:
        if not _is_count(self.max_retries):
            raise DefinitionError(f"max_retries is a whole number from 0 on, not {self.max_retries!r}.")
        if self.delay is None and (self.backoff or self.jitter):
            raise DefinitionError(
                "backoff and jitter change a delay: give the RetryPolicy a delay too, in seconds."
            )

    def calculate_delay(self, attempt_num: int) -> float:
        """Return the seconds to wait before an attempt, counted from 1 for the first retry."""
        delay = self.delay or 0.0
        if self.backoff is Backoff.EXPONENTIAL:
            delay *= 2**attempt_num - 1
        elif self.backoff is Backoff.LINEAR:
            delay *= attempt_num
        if self.jitter is Jitter.FULL:
            delay *= random.random()  # noqa: S311 - spreads load, guards nothing
        elif self.jitter is Jitter.PLUS_MINUS and self.delay is not None:
            delay += self.delay * (2 * random.random() - 1)  # noqa: S311
        return max(0.0, delay)


def checked_retry_policy(policy: Any, owner: str) -> RetryPolicy | None:
    """Return the policy, if it is one or none.

    Raises
    ------
    DefinitionError
        When it is something else.
    """
    if policy is not None and not isinstance(policy, RetryPolicy):
        raise DefinitionError(
            f"the retry_policy of `{owner}` is a RetryPolicy, not {policy!r}: write RetryPolicy(max_retries=…)."
        )
    return policy


def _is_count(value: Any) -> bool:
    return isinstance(value, int) and value >= 0


class RetryRequested(Exception):  # noqa: N818 - Dagster's name
    """Raise this in an asset to have it tried again."""

    def __init__(self, max_retries: int | None = 1, seconds_to_wait: float | None = None) -> None:
        super().__init__()
        self.max_retries = 1 if max_retries is None else max_retries
        self.seconds_to_wait = seconds_to_wait


class Failure(Exception):  # noqa: N818 - Dagster's name
    """Raise this in an asset to fail it with a description and metadata, and to say whether trying again helps."""

    def __init__(
        self,
        description: str | None = None,
        metadata: Mapping[str, Any] | None = None,
        allow_retries: bool | None = None,  # noqa: FBT001 - Dagster's signature
    ) -> None:
        super().__init__(description)
        self.description = description
        self.metadata: dict[str, MetadataValue[Any]] = as_metadata(metadata)
        self.allow_retries = True if allow_retries is None else allow_retries
