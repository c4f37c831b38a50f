"""Makes the partitions of a step: each by a call of its own, or several by one, as the backfill policy says.

Those that are fresh are left; one that fails leaves the others, and what is derived from it alone is left out.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, Literal

from nb_assets.definitions.partitions.tags import PARTITION_TAG
from nb_assets.definitions.result import NoValue
from nb_assets.errors import OutputError, RunCancelledError, StoreError
from nb_assets.execution.changes import changes
from nb_assets.execution.events import (
    Event,
    PartitionEnded,
    PartitionsStarted,
    PartitionTally,
)
from nb_assets.execution.outcome import Product
from nb_assets.execution.partition_result import PartitionResult
from nb_assets.execution.tracebacks import error_info
from nb_assets.staleness import AssetStatus, PartitionTable, partition_status_of, rolled_up
from nb_assets.storage.materialization import provenance

if TYPE_CHECKING:
    from nb_assets.definitions.asset_key import AssetKey
    from nb_assets.execution.calling import Caller
    from nb_assets.execution.check_outcome import CheckOutcome
    from nb_assets.execution.keeper import Keeper, Making
    from nb_assets.execution.plan import Plan, Step
    from nb_assets.execution.run import Run
    from nb_assets.fingerprint.code import CodeFingerprint
    from nb_assets.staleness import Reading

_End = Literal["made", "restored", "fresh", "failed", "skipped"]


@dataclass
class _Work:
    """One step while its partitions are made: how each of them stands, and what is told of them in the end."""

    step: Step
    code: Mapping[AssetKey, CodeFingerprint]
    tables: Mapping[AssetKey, PartitionTable]
    done: dict[AssetKey, dict[str, _End]] = field(default_factory=dict)
    results: dict[AssetKey, PartitionResult] = field(default_factory=dict)
    # The partitions of the call under way of which nothing was told yet.
    open: set[tuple[AssetKey, str]] = field(default_factory=set)

    def __post_init__(self) -> None:
        for key in self.step.keys:
            self.done[key] = {}
            self.results[key] = PartitionResult(PartitionTally())

    def end(self, key: AssetKey, partition: str, outcome: _End) -> None:
        """Take note of what came of a partition."""
        self.open.discard((key, partition))
        self.done[key][partition] = outcome


class PartitionSteps:
    """Makes partitions for one run.

    Parameters
    ----------
    reading
        What reads the partitions behind inputs.
    fingerprint
        Returns the fingerprint of an asset's code as it is now.
    making
        Returns how a product was made, given its key, its seconds, its code then, and its inputs.
    known
        The status of all assets, which this keeps up to date.
    """

    def __init__(  # noqa: PLR0913 - all of it is needed, and none of it twice
        self,
        *,
        plan: Plan,
        reading: Reading,
        run: Run,
        keeper: Keeper,
        caller: Caller,
        fingerprint: Callable[[AssetKey], CodeFingerprint],
        making: Callable[..., Making],
        known: dict[AssetKey, AssetStatus],
        tell: Callable[[Event], None],
        compare: bool,
    ) -> None:
        self._plan = plan
        self._reading = reading
        self._run = run
        self._keeper = keeper
        self._caller = caller
        self._fingerprint = fingerprint
        self._making = making
        self._known = known
        self._tell = tell
        self._compare = compare
        # The partitions that failed or were left out in this run, and why.
        self._blocked: dict[AssetKey, dict[str, str]] = {}
        self.checked: list[CheckOutcome] = []

    def blocking(self, key: AssetKey, partitions: Sequence[str | None]) -> tuple[AssetKey, str] | None:
        """Return what keeps partitions of an asset from being made, and why: one behind them failed or was left out."""
        if not self._blocked:
            return None
        graph = self._plan.graph
        own = [key] if key in graph.definition(key).self_dependent else []
        for other in (*graph.upstream(key), *own):
            blocked = self._blocked.get(other)
            if blocked:
                for partition in self._reading.view.upstream_of_several(key, partitions, other).keys:
                    if partition in blocked:
                        return (
                            other,
                            f"upstream `{other.to_user_string()}` ({partition}) {blocked[partition]}",
                        )
        return None

    def run(self, step: Step) -> dict[AssetKey, PartitionResult]:
        """Make the partitions of a step that are not fresh; return what came of each asset's."""
        work = _Work(
            step=step,
            code={key: self._fingerprint(key) for key in step.keys},
            tables={key: self._table(key) for key in step.keys},
        )
        interrupted: KeyboardInterrupt | None = None
        try:
            for position, total, partitions in self._batches(work):
                try:
                    self._batch(work, position, total, partitions)
                except KeyboardInterrupt as error:
                    self._run.cancel()
                    interrupted = error
        finally:
            for key in step.keys:
                ends = list(work.done[key].values())
                work.results[key].tally = PartitionTally(**{word: ends.count(word) for word in set(ends)})
                self._known[key] = rolled_up(work.tables[key], self._known[key].untracked)
        if interrupted is not None:
            raise interrupted
        return work.results

    def _table(self, key: AssetKey) -> PartitionTable:
        known = self._known.get(key)
        return PartitionTable() if known is None or known.partitions is None else known.partitions.copied()

    def _batches(self, work: _Work) -> Iterator[tuple[int, int, tuple[str, ...]]]:
        """Yield the partitions of each call that is needed, with where they begin and how many there are in all."""
        step = work.step
        partitions = step.partitions or ()
        policy = step.definition.backfill_policy
        most = 1 if policy is None else policy.max_partitions_per_run
        # What one partition is depends on those before it, so each is looked at when its turn comes.
        in_turn = bool(step.definition.self_dependent)
        wanted = [each for each in partitions if in_turn or not self._is_done(work, each)]
        places = {each: place for place, each in enumerate(self._reading.view.existing(step.keys[0]))}
        begin = 0
        while begin < len(wanted):
            end = begin + 1
            # One call is for a range without gaps, so that its first and last say which it is for.
            while (
                not in_turn
                and end < len(wanted)
                and (most is None or end - begin < most)
                and places.get(wanted[end]) == places.get(wanted[end - 1], -2) + 1
            ):
                end += 1
            if not in_turn or not self._is_done(work, wanted[begin]):
                yield begin + 1, len(wanted), tuple(wanted[begin:end])
            begin = end

    def _is_done(self, work: _Work, partition: str) -> bool:
        """Tell whether a partition needs no call: it is fresh, or an earlier version of it is what a call would give."""
        step = work.step
        fresh: dict[AssetKey, AssetStatus] = {}
        for key in step.keys:
            table = work.tables[key]
            status = partition_status_of(
                key, partition, self._reading, self._keeper, work.code[key], self._known, table
            )
            table.put(partition, status)
            if status.state == "fresh":
                fresh[key] = status
        if step.force or len(fresh) < len(step.keys):
            return False
        for key, status in fresh.items():
            made = status.materialization
            if status.restored and made is not None:
                previous = self._keeper.latest(key, partition)
                again = self._keeper.restore(made, self._run.run_id)
                work.tables[key].put(partition, AssetStatus(state="fresh", materialization=again))
                work.done[key][partition] = "restored"
                work.results[key].last, work.results[key].previous = again, previous
                self._end(key, partition, "restored", materialization=again, previous=previous)
            else:
                work.done[key][partition] = "fresh"
        return True

    def _batch(self, work: _Work, position: int, total: int, partitions: tuple[str, ...]) -> None:
        """Make partitions by one call."""
        step = work.step
        work.open = {(key, partition) for key in step.keys for partition in partitions}
        blocked = next(filter(None, (self.blocking(key, partitions) for key in step.keys)), None)
        if self._run.cancelled or blocked is not None:
            self._skip(work, "cancelled" if self._run.cancelled or blocked is None else blocked[1])
            return
        self._tell(
            PartitionsStarted(
                run_id=self._run.run_id, keys=step.keys, partitions=partitions, position=position, total=total
            )
        )
        try:
            self._call(work, partitions)
            self._skip(work, "its function gave nothing this time")
        except RunCancelledError:
            self._skip(work, "cancelled")
        except KeyboardInterrupt:
            self._skip(work, "interrupted")
            raise
        except GeneratorExit:
            raise
        except BaseException as error:  # noqa: BLE001 - whatever the user's code raises fails its partitions alone
            every = [(key, partition) for key in step.keys for partition in partitions]
            self._fail(work, list(work.open) or every, error)

    def _call(self, work: _Work, partitions: tuple[str, ...]) -> None:
        asked = replace(work.step, partitions=partitions)
        for product, duration in self._caller.call(asked, self._with(work.tables)):
            if not isinstance(product, Product):
                self.checked.append(replace(product, partitions=partitions))
                continue
            for part in self._parts(work.step, product, partitions):
                self._keeper.hold(part)
                try:
                    self._keep(work, part, duration)
                except StoreError as error:
                    # What else the call gives is kept all the same, if it can be.
                    self._fail(work, [(part.key, part.partition or "")], error)

    def _parts(self, step: Step, product: Product, partitions: tuple[str, ...]) -> Iterator[Product]:
        """Yield what a call gave to each partition, with tags that say which part of each dimension it is."""
        partitions_def = step.definition.partitions_def
        for part in _parts(step, product, partitions):
            said = (
                {}
                if partitions_def is None
                else partitions_def.get_tags_for_partition_key(part.partition or "")
            )
            tags = {name: text for name, text in said.items() if name != PARTITION_TAG}
            yield replace(part, tags={**tags, **part.tags}) if tags else part

    def _skip(self, work: _Work, because: str) -> None:
        for key, partition in sorted(work.open):
            work.end(key, partition, "skipped")
            self._blocked.setdefault(key, {})[partition] = "was skipped"
            work.results[key].because = because
            self._end(key, partition, "skipped", because=because)

    def _fail(self, work: _Work, at: Iterable[tuple[AssetKey, str]], error: BaseException) -> None:
        info = error_info(error)
        for key, partition in sorted(at):
            work.end(key, partition, "failed")
            self._blocked.setdefault(key, {})[partition] = "failed"
            work.results[key].error = work.results[key].error or info
            table = work.tables[key]
            try:
                inputs = self._reading.inputs(key, (partition,), self._known, table).versions
            except Exception:  # noqa: BLE001 - what cannot be mapped may be what failed
                inputs = {}
            made_with = provenance(work.code[key].version, inputs)
            self._keeper.fail(key, self._run.run_id, info, made_with, partition)
            before = table.get(partition)
            made = None if before is None else before.materialization
            table.put(partition, AssetStatus(state="failed", materialization=made))
            self._end(key, partition, "failed", error=info)

    def _with(self, tables: Mapping[AssetKey, PartitionTable]) -> dict[AssetKey, AssetStatus]:
        """Return what is known, with the partitions made so far: an asset may be derived from its own."""
        own = {
            key: AssetStatus(state="stale", partitions=table)
            for key, table in tables.items()
            if key in self._plan.graph.definition(key).self_dependent
        }
        return {**self._known, **own} if own else self._known

    def _keep(self, work: _Work, product: Product, duration: float) -> None:
        key, partition = product.key, product.partition
        assert partition is not None
        inputs = self._reading.inputs(key, (partition,), self._known, work.tables[key])
        making = self._making(key, duration, work.code[key], inputs.versions, inputs.recorded)
        previous = self._keeper.latest(key, partition)
        record = self._keeper.keep(product, making)
        work.tables[key].put(partition, AssetStatus(state="fresh", materialization=record))
        work.end(key, partition, "made")
        value_diff, code_diff = (
            changes(self._keeper, previous, record, product.value, self._plan.graph.spec(key))
            if self._compare
            else (None, None)
        )
        result = work.results[key]
        result.last, result.previous, result.diff, result.code = record, previous, value_diff, code_diff
        self._end(
            key,
            partition,
            "made",
            materialization=record,
            previous=previous,
            diff=value_diff,
            code=code_diff,
        )

    def _end(self, key: AssetKey, partition: str, outcome: Any, **more: Any) -> None:
        self._tell(
            PartitionEnded(run_id=self._run.run_id, key=key, partition=partition, outcome=outcome, **more)
        )


def _parts(step: Step, product: Product, partitions: tuple[str, ...]) -> Iterator[Product]:
    """Yield what a call gave to each partition: a dict by partition key is told apart, what stores itself is not."""
    value = product.value
    is_split = isinstance(value, Mapping) and set(value) == set(partitions)
    if len(partitions) == 1 and not (is_split and _makes_several(step)):
        yield replace(product, partition=partitions[0])
    elif is_split:
        for partition in partitions:
            yield replace(product, partition=partition, value=value[partition])
    elif product.kept_at is not None:
        # Its IO manager was told of all of them at once.
        for partition in partitions:
            yield replace(product, partition=partition)
    elif value is NoValue or value is None:
        for partition in partitions:
            yield replace(product, partition=partition, value=NoValue)
    else:
        raise OutputError(
            f"`{step.definition.node_name}` makes {len(partitions)} partitions by one call, and gave one value for them, a "
            f"{type(value).__name__}: return a dict of values by partition key, one for each of `context.partition_keys`, or "
            "store them yourself and return None."
        )


def _makes_several(step: Step) -> bool:
    policy = step.definition.backfill_policy
    return policy is not None and policy.max_partitions_per_run != 1
