"""A real IPython shell in this process, as a notebook has one, and cells run in it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from IPython.core.interactiveshell import InteractiveShell
from traitlets.config import Config


class Notebook:
    """Cells run in IPython one after another; `names` is what they share."""

    def __init__(self, shell: InteractiveShell) -> None:
        self.shell = shell

    @property
    def names(self) -> dict[str, Any]:
        return self.shell.user_ns

    def run(self, cell: str) -> Any:
        """Run an ordinary cell; return its last value, or raise what it raised."""
        result = self.shell.run_cell(cell, store_history=True)
        result.raise_error()
        return result.result


@pytest.fixture
def notebook(monkeypatch: pytest.MonkeyPatch) -> Iterator[Notebook]:
    """A notebook of its own: nothing is left of those before it."""
    config = Config()
    config.HistoryManager.enabled = False
    config.InteractiveShell.display_page = True
    shell = InteractiveShell.instance(config=config)
    shell.reset(new_session=True)
    monkeypatch.setattr(shell, "showtraceback", lambda *_args, **_kwargs: None)
    yield Notebook(shell)
    shell.reset(new_session=True)
