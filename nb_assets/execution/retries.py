"""When a failed attempt is followed by another."""

from __future__ import annotations

from nb_assets.definitions.retry import Failure, RetryPolicy, RetryRequested
from nb_assets.errors import RunCancelledError

NO_RETRIES = RetryPolicy(max_retries=0)
# Anything else that leaves a function fails what it makes: SystemExit and panics of compiled code are no Exceptions.
NO_FAILURES = (KeyboardInterrupt, GeneratorExit, RunCancelledError)


def retry_delay(policy: RetryPolicy | None, error: BaseException, attempt: int) -> float | None:
    """Return the seconds to wait before the next attempt, or None when there is none.

    Parameters
    ----------
    attempt
        The attempts so far, from 1.
    """
    if isinstance(error, RetryRequested):
        return (error.seconds_to_wait or 0.0) if attempt <= error.max_retries else None
    if not isinstance(error, Exception) or (isinstance(error, Failure) and not error.allow_retries):
        return None
    policy = policy or NO_RETRIES
    return policy.calculate_delay(attempt) if attempt <= policy.max_retries else None
