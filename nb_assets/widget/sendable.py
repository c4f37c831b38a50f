"""Makes what is said to a page sayable: a text may hold halves of characters, which no message can carry.

They come from what assets print, and from the names of files (`os.fsdecode`). Left as they are, the whole message would be lost.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any


def sendable(content: Any) -> Any:
    r"""Return a message as it can be sent: half a character is written as in a literal, `\ud83d`."""
    try:
        json.dumps(content, ensure_ascii=False, default=str).encode()
    except UnicodeEncodeError:
        return _spelled_out(content)
    return content


def _spelled_out(content: Any) -> Any:
    if isinstance(content, str):
        return content.encode("utf-8", "backslashreplace").decode()
    if isinstance(content, Mapping):
        return {_spelled_out(key): _spelled_out(value) for key, value in content.items()}
    if isinstance(content, (list, tuple)):
        return [_spelled_out(each) for each in content]
    return content
