"""How many partitions one call of a function makes."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from nb_assets.errors import DefinitionError


class BackfillPolicyType(Enum):
    """Whether all partitions are made by one call."""

    SINGLE_RUN = "SINGLE_RUN"
    MULTI_RUN = "MULTI_RUN"


@dataclass(frozen=True)
class BackfillPolicy:
    """How many partitions one call of an asset's function makes, when several are asked for; None stands for all."""

    max_partitions_per_run: int | None = 1

    @staticmethod
    def single_run() -> BackfillPolicy:
        """Return the policy of one call for all of a range of partitions, which `context.partition_keys` has."""
        return BackfillPolicy(max_partitions_per_run=None)

    @staticmethod
    def multi_run(max_partitions_per_run: int = 1) -> BackfillPolicy:
        """Return the policy of calls for at most so many partitions each.

        Raises
        ------
        DefinitionError
            When it is no whole number from 1 on.
        """
        given: object = max_partitions_per_run
        if not isinstance(given, int) or given < 1:
            raise DefinitionError(
                f"max_partitions_per_run is a whole number from 1 on, not {max_partitions_per_run!r}. One call for all "
                "partitions is BackfillPolicy.single_run()."
            )
        return BackfillPolicy(max_partitions_per_run=max_partitions_per_run)

    @property
    def policy_type(self) -> BackfillPolicyType:
        """Whether all partitions are made by one call."""
        return BackfillPolicyType.MULTI_RUN if self.max_partitions_per_run else BackfillPolicyType.SINGLE_RUN

    def __str__(self) -> str:
        if self.max_partitions_per_run is None:
            return "BackfillPolicy.single_run()"
        return f"BackfillPolicy.multi_run({self.max_partitions_per_run})"
