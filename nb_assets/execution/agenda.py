"""In which order the steps of a run are taken when checks are among them.

A check comes after all that it looks at, as soon as that is there, and a blocking one before what is derived from its
asset.
"""

from __future__ import annotations

import heapq
from collections.abc import Sequence
from typing import TYPE_CHECKING

from nb_assets.errors import DefinitionError

if TYPE_CHECKING:
    from nb_assets.definitions.asset_key import AssetKey
    from nb_assets.execution.plan import Step


def agenda(steps: Sequence[Step], checks: Sequence[Step]) -> tuple[Step, ...]:
    """Return the steps and the checks in order.

    Raises
    ------
    DefinitionError
        When a blocking check looks at something that it blocks.
    """
    if not checks:
        return tuple(steps)
    every = (*steps, *checks)
    maker: dict[AssetKey, int] = {key: at for at, step in enumerate(steps) for key in step.keys}
    before: list[set[int]] = [
        {maker[key] for key in step.definition.dependency_keys if key in maker} - {at}
        for at, step in enumerate(every)
    ]
    for at in range(len(steps), len(every)):
        blocked = _blocked_keys(every[at])
        for other, step in enumerate(steps):
            if blocked.intersection(step.definition.dependency_keys):
                before[other].add(at)
    # As soon as it can, right after the last step that it needs.
    rank = [(at, 0) if at < len(steps) else (max(before[at], default=-1), at + 1) for at in range(len(every))]
    return _ordered(every, before, rank)


def _blocked_keys(step: Step) -> set[AssetKey]:
    specs = step.definition.check_specs_by_key
    return {key.asset_key for key in step.checks if specs[key].blocking}


def _ordered(
    every: Sequence[Step], before: Sequence[set[int]], rank: Sequence[tuple[int, int]]
) -> tuple[Step, ...]:
    waiting = [len(each) for each in before]
    after: list[list[int]] = [[] for _ in every]
    for at, earlier in enumerate(before):
        for other in earlier:
            after[other].append(at)
    ready = [(rank[at], at) for at, count in enumerate(waiting) if not count]
    heapq.heapify(ready)
    ordered: list[Step] = []
    while ready:
        _, at = heapq.heappop(ready)
        ordered.append(every[at])
        for other in after[at]:
            waiting[other] -= 1
            if not waiting[other]:
                heapq.heappush(ready, (rank[other], other))
    if len(ordered) < len(every):
        stuck = next(step for at, step in enumerate(every) if waiting[at] and not step.keys)
        name = stuck.checks[0].to_user_string()
        raise DefinitionError(
            f"the blocking check `{name}` looks at something that is derived from the asset that it blocks, so neither can "
            "be first. Leave out blocking=True, or what else it looks at."
        )
    return tuple(ordered)
