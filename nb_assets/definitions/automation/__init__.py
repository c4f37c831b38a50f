"""When an asset should be made by itself: conditions, the operators that combine them, and what they are asked about.

A condition is plain data with a rule. What is true at a moment is asked of a view (`automation.view`); who asks, and when,
is the business of `execution.automation`.
"""

from __future__ import annotations

# Each module registers what `AutomationCondition` makes by name, so that the conditions need not know of each other.
from nb_assets.definitions.automation import (  # noqa: F401
    boolean,
    checks,
    dependencies,
    downstream,
    history,
    operands,
    time,
)
