"""Which cell is being run, as far as the front end says."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from IPython.core.interactiveshell import InteractiveShell

__all__ = ["RunningCell", "running_cell"]


@dataclass(frozen=True, kw_only=True)
class RunningCell:
    """A cell and one run of it; both empty where nobody says."""

    cell_id: str
    request_id: str

    def is_run_again_by(self, later: RunningCell) -> bool:
        """Tell whether a later run is one of the same cell."""
        return self.cell_id != "" and self.cell_id == later.cell_id and self.request_id != later.request_id


def running_cell(shell: InteractiveShell | None) -> RunningCell:
    """Return the cell that is being run in a shell."""
    parent = shell.get_parent() if shell is not None and hasattr(shell, "get_parent") else None
    if not isinstance(parent, dict):
        return RunningCell(cell_id="", request_id="")
    metadata, header = parent.get("metadata") or {}, parent.get("header") or {}
    return RunningCell(
        cell_id=str(metadata.get("cellId") or metadata.get("cell_id") or ""),
        request_id=str(header.get("msg_id") or ""),
    )
