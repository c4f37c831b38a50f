"""What `%%asset` does with its words: registers the cell, shows its card, materializes when asked.

Responsible for the order in which a cell shows its value, its card and what changed. How a cell's source becomes
definitions is `notebook.cell`.
"""

from __future__ import annotations

__all__ = ["run_asset_cell"]
