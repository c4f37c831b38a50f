"""Answers what goes wrong with a message of a page: by a message to the user, whom a traceback in a comm never reaches."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from nb_assets.errors import NbAssetsError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator


@contextmanager
def telling_errors(send: Callable[[Any], None], request: str) -> Iterator[None]:
    """Send what is raised in the block as the answer to a request; nothing is raised then."""
    try:
        yield
    except NbAssetsError as error:
        send({"kind": "error", "request": request, "message": str(error)})
    except Exception as error:  # noqa: BLE001 - it is told
        send({"kind": "error", "request": request, "message": f"{type(error).__name__}: {error}"})
