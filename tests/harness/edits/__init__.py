"""The table of edits that change detection is held to, and that its peers are measured by."""

from __future__ import annotations

from tests.harness.edits.classes import CLASSES
from tests.harness.edits.edit import START, Edit
from tests.harness.edits.functions import FUNCTIONS
from tests.harness.edits.looks import LOOKS
from tests.harness.edits.modules import MODULES
from tests.harness.edits.settings import SETTINGS
from tests.harness.edits.untracked import UNTRACKED
from tests.harness.edits.values import VALUES

__all__ = ["EDITS", "START", "Edit"]

EDITS: dict[str, Edit] = {
    edit.name: edit for edit in (*FUNCTIONS, *CLASSES, *VALUES, *MODULES, *LOOKS, *SETTINGS, *UNTRACKED)
}
