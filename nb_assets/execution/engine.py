"""Runs a plan step by step: decides anew before each step whether it is needed, calls it, keeps what it gives.

The engine knows nothing of who watches: it tells events. It stops between steps when the run is cancelled; a step that
fails leaves out what is derived from it, and the rest goes on.
"""

from __future__ import annotations

import time
import uuid
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from nb_assets.errors import RunCancelledError, StoreError
from nb_assets.execution.calling import Caller
from nb_assets.execution.capture import routed_streams
from nb_assets.execution.changes import changes
from nb_assets.execution.check_outcome import CheckOutcome
from nb_assets.execution.checker import Checker
from nb_assets.execution.events import (
    AssetFailed,
    AssetFresh,
    AssetMaterialized,
    AssetRestored,
    AssetSkipped,
    Event,
    Outcome,
    RunFinished,
    RunStarted,
    StepStarted,
)
from nb_assets.execution.keeper import Making
from nb_assets.execution.partition_steps import PartitionSteps
from nb_assets.execution.passing.passing import Passing
from nb_assets.execution.provisions import Provisions
from nb_assets.execution.tracebacks import error_info
from nb_assets.staleness import AssetStatus, input_versions, outside_now, partition_status_of, status_of
from nb_assets.storage.materialization import provenance

if TYPE_CHECKING:
    from nb_assets.definitions.asset_check import AssetCheckKey
    from nb_assets.definitions.asset_key import AssetKey
    from nb_assets.execution.executors import Executor
    from nb_assets.execution.keeper import Keeper
    from nb_assets.execution.outcome import Product
    from nb_assets.execution.plan import Plan, Step
    from nb_assets.execution.run import Run
    from nb_assets.fingerprint.code import CodeFingerprint
    from nb_assets.staleness import Reason

_UNKNOWN = AssetStatus(state="missing")


class Engine:
    """Runs one plan.

    Parameters
    ----------
    fingerprint
        Returns the fingerprint of an asset's code as it is now.
    known
        The status of the plan's assets and of all that they are derived from, when the run begins.
    tell
        Called with each event, on the thread of the run.
    echo
        Whether prints of a step also go where they would have gone.
    compare
        Whether each product is compared with the version before it.
    resume
        Whether ops whose outputs are kept from a run before, with the same code and inputs, are left out.
    provisions
        What gives functions their resources and their configuration; each has its own alone unless given.
    fingerprint_check
        Returns the fingerprint of a check's code as it is now.
    """

    def __init__(  # noqa: PLR0913 - all of it is needed, and none of it twice
        self,
        *,
        plan: Plan,
        run: Run,
        keeper: Keeper,
        executor: Executor,
        fingerprint: Callable[[AssetKey], CodeFingerprint],
        known: dict[AssetKey, AssetStatus],
        tell: Callable[[Event], None],
        echo: bool,
        compare: bool,
        resume: bool = False,
        provisions: Provisions | None = None,
        fingerprint_check: Callable[[AssetCheckKey], CodeFingerprint] | None = None,
    ) -> None:
        self._plan = plan
        self._run = run
        self._keeper = keeper
        self._fingerprint = fingerprint
        self._known = dict(known)
        self._tell = tell
        self._compare = compare
        self._blocked: dict[AssetKey, str] = {}
        self._failed = False
        # The assets of which nothing was told yet, in order.
        self._open = dict.fromkeys(plan.keys)
        self._provisions = provisions or Provisions(run_id=run.run_id)
        self._caller = Caller(
            run=run,
            keeper=keeper,
            executor=executor,
            tell=tell,
            echo=echo,
            resume=resume,
            provisions=self._provisions,
            reading=plan.reading,
            passing=Passing(provisions=self._provisions, keeper=keeper, graph=plan.graph),
        )
        self._checks = Checker(
            plan=plan,
            run=run,
            keeper=keeper,
            caller=self._caller,
            fingerprint=fingerprint_check or (lambda check: fingerprint(check.asset_key)),
            known=self._known,
            tell=tell,
        )
        self._parts = (
            None
            if plan.reading is None
            else PartitionSteps(
                plan=plan,
                reading=plan.reading,
                run=run,
                keeper=keeper,
                caller=self._caller,
                fingerprint=fingerprint,
                making=self._making,
                known=self._known,
                tell=tell,
                compare=compare,
            )
        )

    def execute(self) -> Outcome:
        """Run the plan to its end, or until the run is cancelled. Whatever happens, every asset of it is told of."""
        began = time.perf_counter()
        run = self._run
        run.state = "running"
        started = RunStarted(
            run_id=run.run_id, keys=self._plan.keys, origin=run.origin, partitions=self._plan.to_make
        )
        self._tell(started)
        outcome: Outcome = "failure"
        interrupted: KeyboardInterrupt | None = None
        try:
            with routed_streams():
                for step in self._plan.agenda:
                    try:
                        if step.keys:
                            self._step(step)
                        else:
                            self._checks.run(step, self._blocked)
                    except KeyboardInterrupt as error:
                        # The rest is told as skipped before the interrupt goes on.
                        run.cancel()
                        interrupted = error
                    except Exception as error:  # noqa: BLE001 - as when the store can neither be read nor written
                        self._fail(self._open_of(step), error, {})
            if interrupted is not None:
                raise interrupted
            outcome = (
                "cancelled"
                if run.cancelled
                else "failure"
                if self._failed or self._checks.failed
                else "success"
            )
        except KeyboardInterrupt:
            outcome = "cancelled"
            raise
        finally:
            self._provisions.close()
            for key in list(self._open):
                self._end(
                    AssetSkipped(
                        run_id=run.run_id,
                        key=key,
                        because="cancelled" if run.cancelled else "the run broke off",
                    )
                )
            self._checks.close()
            duration = time.perf_counter() - began
            self._tell(RunFinished(run_id=run.run_id, outcome=outcome, duration=duration))
        return outcome

    def _step(self, step: Step) -> None:
        if self._run.cancelled:
            self._skip(step, "cancelled")
            return
        held = self._checks.gates | self._blocked if self._checks.gates else self._blocked
        blocked = next((other for other in step.definition.dependency_keys if other in held), None)
        if blocked is not None:
            self._skip(step, f"upstream `{blocked.to_user_string()}` {held[blocked]}", blocked)
            return
        # The steps before it may have written the files that it reads.
        self._known.update(outside_now(self._plan.graph, step.keys))
        if self._parts is not None:
            if step.partitions is not None:
                self._make_partitions(step, self._parts)
                return
            blocking = next(filter(None, (self._parts.blocking(key, (None,)) for key in step.keys)), None)
            if blocking is not None:
                self._skip(step, blocking[1], blocking[0])
                return
        code = {key: self._fingerprint(key) for key in step.keys}
        status = {key: self._status(key, code[key], force=step.force) for key in step.keys}
        fresh = [] if step.force else [key for key in step.keys if status[key].state == "fresh"]
        if len(fresh) == len(step.keys):
            self._already(step.keys, status)
            return
        if step.definition.can_subset and fresh:
            self._already(fresh, status)
            step = replace(step, keys=tuple(key for key in step.keys if key not in fresh))
        self._make(step, code, status)

    def _status(self, key: AssetKey, code: CodeFingerprint, *, force: bool) -> AssetStatus:
        if force and not self._compare:
            # It is made whatever its status, and nobody is told why.
            return _UNKNOWN
        reading = self._plan.reading
        if reading is not None and key in self._plan.graph.partitioned:
            # It is run as if it had no partitions: nothing that was made of it is of such a run.
            return _UNKNOWN
        if reading is not None and key in self._plan.graph.touching_partitions:
            return partition_status_of(key, None, reading, self._keeper, code, self._known)
        return status_of(key, self._plan.graph, self._keeper, code, self._known)

    def _inputs(self, key: AssetKey) -> tuple[dict[AssetKey, str], Mapping[AssetKey, Mapping[str, str]]]:
        """Return the data versions of the inputs of an asset, and those of the partitions behind them."""
        reading = self._plan.reading
        if reading is not None and key in self._plan.graph.partitioned:
            others = self._plan.graph.upstream(key)
            return input_versions(
                (other for other in others if other not in reading.graph.partitioned), self._known
            ), {}
        if reading is not None and key in self._plan.graph.touching_partitions:
            inputs = reading.inputs(key, (None,), self._known)
            return inputs.versions, inputs.recorded
        return input_versions(self._plan.graph.upstream(key), self._known), {}

    def _make_partitions(self, step: Step, parts: PartitionSteps) -> None:
        run_id, began = self._run.run_id, time.perf_counter()
        self._tell(StepStarted(run_id=run_id, keys=step.keys))
        parts.checked.clear()
        for key, result in parts.run(step).items():
            self._failed |= bool(result.tally.failed)
            self._end(result.event(run_id, key, has_any=bool(step.partitions)))
        if parts.checked:
            self._checks.take(step, parts.checked, began)

    def _making(
        self,
        key: AssetKey,
        duration: float,
        then: CodeFingerprint,
        inputs: Mapping[AssetKey, str],
        input_partitions: Mapping[AssetKey, Mapping[str, str]],
    ) -> Making:
        now = self._fingerprint(key)
        return Making(
            run_id=self._run.run_id,
            duration=duration,
            code=then,
            # Code that was edited while it ran may have given a value of neither version.
            code_version=then.version
            if now.version == then.version
            else f"edited-during-run:{uuid.uuid4().hex}",
            inputs=inputs,
            input_partitions=input_partitions,
        )

    def _already(self, keys: Iterable[AssetKey], status: dict[AssetKey, AssetStatus]) -> None:
        for key in keys:
            made = status[key].materialization
            if status[key].restored and made is not None:
                previous = self._keeper.latest(key)
                again = self._keeper.restore(made, self._run.run_id)
                self._known[key] = AssetStatus(state="fresh", materialization=again)
                self._end(
                    AssetRestored(run_id=self._run.run_id, key=key, materialization=again, previous=previous)
                )
            else:
                self._known[key] = status[key]
                self._end(AssetFresh(run_id=self._run.run_id, key=key))

    def _make(
        self, step: Step, code: dict[AssetKey, CodeFingerprint], status: dict[AssetKey, AssetStatus]
    ) -> None:
        run_id = self._run.run_id
        reasons = tuple(reason for key in step.keys for reason in status[key].reasons)
        self._tell(StepStarted(run_id=run_id, keys=step.keys, reasons=reasons))
        began = time.perf_counter()
        checked: list[CheckOutcome] = []
        try:
            for product, duration in self._caller.call(step, self._known):
                if isinstance(product, CheckOutcome):
                    checked.append(product)
                    continue
                self._keeper.hold(product)
                try:
                    self._keep(product, duration, code[product.key], status[product.key].reasons)
                except StoreError as error:
                    # What else the call gives is kept all the same, if it can be.
                    self._fail([product.key], error, code)
            self._skip(step, "its function gave nothing this time")
        except RunCancelledError:
            self._skip(step, "cancelled")
        except KeyboardInterrupt:
            self._skip(step, "interrupted")
            raise
        except GeneratorExit:
            raise
        except BaseException as error:  # noqa: BLE001 - whatever the user's code raises fails its asset alone
            # An error after the last value leaves nobody else to fail: the value is kept, but not trusted.
            done = [key for key in step.keys if self._blocked.get(key) != "failed"]
            self._fail(self._open_of(step) or done, error, code)
        finally:
            # What a check says is of the asset that came with it, which is kept by now.
            if checked:
                self._checks.take(step, checked, began)

    def _keep(
        self, product: Product, duration: float, then: CodeFingerprint, reasons: tuple[Reason, ...]
    ) -> None:
        key, run_id = product.key, self._run.run_id
        # Inputs are taken now: it may be derived from what the same call gave before.
        making = self._making(key, duration, then, *self._inputs(key))
        previous = self._keeper.latest(key)
        record = self._keeper.keep(product, making)
        self._known[key] = AssetStatus(state="fresh", materialization=record)
        if self._run.values is not None:
            self._run.values[key] = product.value
        value_diff, code_diff = (
            changes(self._keeper, previous, record, product.value, self._plan.graph.spec(key))
            if self._compare
            else (None, None)
        )
        self._end(
            AssetMaterialized(
                run_id=run_id,
                key=key,
                materialization=record,
                previous=previous,
                diff=value_diff,
                code=code_diff,
                reasons=reasons,
            )
        )

    def _fail(
        self, keys: Iterable[AssetKey], error: BaseException, code: Mapping[AssetKey, CodeFingerprint]
    ) -> None:
        self._failed = True
        info = error_info(error)
        for key in keys:
            self._blocked[key] = "failed"
            inputs, _ = self._inputs(key)
            made_with = provenance(code[key].version, inputs) if key in code else ""
            self._keeper.fail(key, self._run.run_id, info, made_with)
            self._end(AssetFailed(run_id=self._run.run_id, key=key, error=info))

    def _skip(self, step: Step, because: str, upstream: AssetKey | None = None) -> None:
        for key in self._open_of(step):
            self._blocked[key] = "was skipped"
            self._end(AssetSkipped(run_id=self._run.run_id, key=key, because=because, upstream=upstream))

    def _open_of(self, step: Step) -> list[AssetKey]:
        """Return the assets of a step that nothing was told of yet."""
        return [key for key in step.keys if key in self._open]

    def _end(
        self, event: AssetMaterialized | AssetRestored | AssetFresh | AssetFailed | AssetSkipped
    ) -> None:
        self._open.pop(event.key, None)
        self._tell(event)
