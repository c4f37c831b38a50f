"""Calls the function of a step: its inputs, its context, its retries."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from nb_assets.definitions.metadata import as_metadata
from nb_assets.errors import RunCancelledError, RunError, ValueMissingError
from nb_assets.execution.capture import StepOutput, capturing
from nb_assets.execution.context import (
    AssetCheckExecutionContext,
    AssetExecutionContext,
    current_context,
    step_logger,
)
from nb_assets.execution.events import AssetLogged, Event, StepRetrying, StepStarted
from nb_assets.execution.hooks import HookedOp, call_hooks
from nb_assets.execution.op_runner import OpRunner
from nb_assets.execution.outcome import Product, products, settled
from nb_assets.execution.partition_values import PartitionValues
from nb_assets.execution.retries import NO_FAILURES, retry_delay
from nb_assets.execution.tracebacks import error_info
from nb_assets.execution.type_check import check_input
from nb_assets.execution.user_event_listener import UserEventListener, apart

if TYPE_CHECKING:
    from nb_assets.definitions.asset_check import AssetCheckKey
    from nb_assets.definitions.asset_key import AssetKey
    from nb_assets.definitions.assets_definition import AssetsDefinition
    from nb_assets.definitions.hook import HookDefinition
    from nb_assets.execution.check_outcome import CheckOutcome
    from nb_assets.execution.executors import Executor
    from nb_assets.execution.keeper import Keeper
    from nb_assets.execution.partition_context import PartitionScope
    from nb_assets.execution.passing.passing import Passing
    from nb_assets.execution.plan import Step
    from nb_assets.execution.provisions import Provisions
    from nb_assets.execution.run import Run
    from nb_assets.staleness import AssetStatus, Reading


class Caller:
    """Calls steps for one run."""

    def __init__(
        self,
        *,
        run: Run,
        keeper: Keeper,
        executor: Executor,
        tell: Callable[[Event], None],
        echo: bool,
        resume: bool,
        provisions: Provisions,
        passing: Passing,
        reading: Reading | None = None,
    ) -> None:
        self._run = run
        self._keeper = keeper
        self._executor = executor
        self._tell = tell
        self._echo = echo
        self._resume = resume
        self._provisions = provisions
        self._partitions = None if reading is None else PartitionValues(reading, keeper)
        self._passing = passing

    def call(
        self, step: Step, known: Mapping[AssetKey, AssetStatus]
    ) -> Iterator[tuple[Product | CheckOutcome, float]]:
        """Yield what the step gives, one product an asset and one outcome a check, with the seconds that it took.

        Raises
        ------
        RunCancelledError
            When the run is cancelled while it waits to try again.
        Exception
            What the function raised in its last attempt.
        """
        hooks = step.definition.hook_defs | self._run.hook_defs
        if not hooks or step.definition.graph is not None:
            yield from self._tried(step, known)
            return
        made: list[Product] = []
        try:
            for product, duration in self._tried(step, known):
                if isinstance(product, Product):
                    made.append(product)
                yield product, duration
        except NO_FAILURES:
            raise
        except BaseException as error:
            self._call_hooks(step, hooks, made, error)
            raise
        self._call_hooks(step, hooks, made)

    def _call_hooks(
        self,
        step: Step,
        hooks: frozenset[HookDefinition],
        made: list[Product],
        error: BaseException | None = None,
    ) -> None:
        definition, context = step.definition, self._context(step, 1)
        names = {spec.key: name for name, spec in definition.specs_by_output_name.items()}
        call_hooks(
            hooks,
            run=self._run,
            key=step.told_under,
            step_key=definition.node_name,
            op=HookedOp(definition.node_name, definition.op),
            tell=self._tell,
            log=context.log,
            resources=lambda hook: self._provisions.resources(
                definition, hook.required_resource_keys, f"the hook `{hook.name}`"
            ),
            error=error,
            values={names[product.key]: product.value for product in made},
            op_config=context.op_config,
        )

    def _tried(
        self, step: Step, known: Mapping[AssetKey, AssetStatus]
    ) -> Iterator[tuple[Product | CheckOutcome, float]]:
        """Yield what the step gives, tried again as often as its policy says."""
        done: set[AssetKey | AssetCheckKey] = set()
        attempt = 0
        while True:
            attempt += 1
            try:
                for product, duration in self._attempt(step, known, attempt):
                    if product.key not in done:
                        done.add(product.key)
                        yield product, duration
            except Exception as error:
                if step.definition.graph is not None:
                    # Its ops were tried again one by one.
                    raise
                delay = retry_delay(step.definition.retry_policy, error, attempt)
                if delay is None:
                    raise
                self._wait(step, attempt, delay, error)
            else:
                return

    def _attempt(
        self, step: Step, known: Mapping[AssetKey, AssetStatus], attempt: int
    ) -> Iterator[tuple[Product | CheckOutcome, float]]:
        definition = step.definition
        key = step.told_under
        check = None if step.keys else step.checks[0]
        output = StepOutput(
            lambda stream, text: self._tell(
                AssetLogged(run_id=self._run.run_id, key=key, stream=stream, text=text, check=check)
            ),
            echo=self._echo,
        )
        context = LazyContext(lambda: self._context(step, attempt))
        inputs = {
            name: self._input(name, other, known, step, context, output)
            for name, other in definition.keys_by_input_name.items()
        }
        began = time.perf_counter()
        if definition.graph is not None:
            runner = OpRunner(
                definition=definition,
                load=self._value_of,
                run=self._run,
                ops=self._keeper.ops,
                executor=self._executor,
                tell=self._tell,
                output=output,
                key=key,
                resume=self._resume,
                keeper=self._keeper,
                provisions=self._provisions,
                partitions=self._scope(step),
                passing=self._passing,
            )
            versions = self._versions(step, known)
            for made in runner.products(definition, step.keys, inputs, versions, step.checks):
                yield made, time.perf_counter() - began
            return
        with capturing(output), current_context(context):
            if definition.required_resource_keys or definition.config is not None:
                inputs |= self._provided(definition)
            result = self._executor.call(
                definition.compute.fn, *((context(),) if definition.compute.has_context else ()), **inputs
            )
            result = apart(settled(result), definition.node_name, self._listener(key), key, context.given)
        given = products(definition, result, step.keys, step.checks)
        while True:
            # A generator's body runs here, a part at a time, so each part's prints are caught anew.
            with capturing(output), current_context(context):
                product = next(given, None)
                given_now = None if product is None else _with_what_was_said(product, context.made)
                if isinstance(given_now, Product):
                    given_now = self._passing.stored(definition, given_now, context)
            if given_now is None:
                return
            yield given_now, time.perf_counter() - began

    def _provided(self, definition: AssetsDefinition) -> dict[str, Any]:
        """Return the resources and the configuration that are arguments; all resources that it needs are made then."""
        owner = f"`{definition.node_name}`"
        self._provisions.prepare(definition, definition.required_resource_keys, owner)
        return self._provisions.arguments(
            definition, definition.compute, definition.config, definition.node_name, owner
        )

    def _listener(self, key: AssetKey) -> UserEventListener:
        return UserEventListener(run=self._run, keeper=self._keeper, tell=self._tell, key=key)

    def _context(self, step: Step, attempt: int) -> AssetExecutionContext:
        key = step.told_under
        check = None if step.keys else step.checks[0]
        kind = AssetExecutionContext if check is None else AssetCheckExecutionContext
        return kind(
            definition=step.definition,
            run_id=self._run.run_id,
            log=step_logger(
                step.definition.node_name,
                lambda level, text: self._tell(
                    AssetLogged(
                        run_id=self._run.run_id,
                        key=key,
                        stream="log",
                        text=text + "\n",
                        level=level,
                        check=check,
                    )
                ),
            ),
            selected=frozenset(step.keys),
            selected_checks=frozenset(step.checks),
            retry_number=attempt - 1,
            run_tags=self._run.tags,
            load=self._value_of,
            hear=self._listener(key),
            job_name=self._run.job_name,
            instance=self._run.instance,
            resources=self._provisions.resources(
                step.definition, step.definition.required_resource_keys, f"`{step.definition.node_name}`"
            ),
            op_config=self._provisions.config(step.definition.node_name),
            partitions=self._scope(step),
        )

    def _scope(self, step: Step) -> PartitionScope | None:
        return None if self._partitions is None else self._partitions.scope(step)

    def _value_of(self, key: AssetKey, partition: str | None = None) -> Any:
        if partition is None and self._partitions is not None and self._partitions.has(key):
            return self._partitions.load_all(key)
        made = self._keeper.latest(key, partition)
        if made is None:
            what = "" if partition is None else f" (partition {partition})"
            raise ValueMissingError(
                f"`{key.to_user_string()}`{what} was never materialized, so it has no value to load."
            )
        return self._passing.value_of(key, made)

    def _input(
        self,
        argument: str,
        key: AssetKey,
        known: Mapping[AssetKey, AssetStatus],
        step: Step,
        context: LazyContext,
        output: StepOutput,
    ) -> Any:
        status = known.get(key)
        parted = self._partitions if self._partitions is not None and self._partitions.has(key) else None
        if parted is not None:
            made = parted.first(step, key, known)
        else:
            made = self._keeper.latest(key) if status is None else status.materialization
        reader = self._passing.reads(step.definition, argument, key, made)
        if reader is not None:
            with capturing(output), current_context(context):
                value = self._passing.loaded(step.definition, reader, argument, key, made, context)
            check_input(step.definition, argument, value)
            return value
        if parted is not None:
            value = parted.load(step, argument, key, known)
            check_input(step.definition, argument, value)
            return value
        if made is None:
            raise RunError(
                f"`{step.definition.node_name}` reads `{key.to_user_string()}` through its argument `{argument}`, but "
                "that was never materialized."
            )
        value = self._keeper.load(made)
        check_input(step.definition, argument, value)
        return value

    def _versions(self, step: Step, known: Mapping[AssetKey, AssetStatus]) -> dict[str, str]:
        """Return the data version of what each argument is handed."""
        versions: dict[str, str] = {}
        for argument, key in step.definition.keys_by_input_name.items():
            if self._partitions is not None and self._partitions.has(key):
                versions[argument] = self._partitions.version(step, key, known)
                continue
            status = known.get(key)
            made = self._keeper.latest(key) if status is None else status.materialization
            versions[argument] = made.data_version if made is not None else ""
        return versions

    def _wait(self, step: Step, attempt: int, delay: float, error: Exception) -> None:
        run_id = self._run.run_id
        self._tell(
            StepRetrying(
                run_id=run_id,
                keys=step.keys,
                attempt=attempt,
                delay=delay,
                error=error_info(error),
                checks=step.checks,
            )
        )
        if self._run.pause(delay):
            raise RunCancelledError(f"`{step.definition.node_name}` was cancelled before it was tried again.")
        self._tell(StepStarted(run_id=run_id, keys=step.keys, attempt=attempt + 1, checks=step.checks))


class LazyContext:
    """The context of one attempt, which is made when it is first asked for: most functions take none."""

    def __init__(self, make: Callable[[], AssetExecutionContext]) -> None:
        self._make = make
        self.made: AssetExecutionContext | None = None

    def given(self, output: str) -> None:
        """Note that an output was yielded."""
        if self.made is not None:
            self.made.given.add(output)

    def __call__(self) -> AssetExecutionContext:
        """Return the context."""
        if self.made is None:
            self.made = self._make()
        return self.made


def _with_what_was_said(
    product: Product | CheckOutcome, context: AssetExecutionContext | None
) -> Product | CheckOutcome:
    if (
        not isinstance(product, Product)
        or context is None
        or not (context.output_metadata or context.data_versions)
    ):
        return product
    specs = context.assets_def.specs_by_output_name
    added = next(
        (made for name, made in context.output_metadata.items() if specs[name].key == product.key), {}
    )
    return replace(
        product,
        metadata={**as_metadata(added), **product.metadata},
        data_version=product.data_version or context.data_versions.get(product.key),
    )
