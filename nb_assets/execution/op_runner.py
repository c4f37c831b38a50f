"""Runs the ops of a graph that makes assets: each with its own retries, history and kept outputs.

An op's outputs are kept under what it was made with and from, its code and the content of its inputs. That is what lets a
run that failed go on from the op that failed, and nothing older than that be taken for it.
"""

from __future__ import annotations

import time
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from nb_assets.definitions.asset_check import AssetCheckKey
from nb_assets.definitions.metadata import as_metadata
from nb_assets.definitions.op import NoDefault
from nb_assets.definitions.result import NoValue
from nb_assets.errors import RunCancelledError
from nb_assets.execution.capture import StepOutput, capturing
from nb_assets.execution.check_outcome import CheckOutcome, CheckResults
from nb_assets.execution.context import OpExecutionContext, current_context, step_logger
from nb_assets.execution.hooks import HookedOp, call_hooks
from nb_assets.execution.op_outcome import OpOutput, check_op_inputs, op_outputs
from nb_assets.execution.op_report import OpReport
from nb_assets.execution.op_values import AbsentInputError, LostInputError, Made, OpValues, label
from nb_assets.execution.outcome import Product, settled
from nb_assets.execution.passing.op_passing import OpPassing
from nb_assets.execution.provisions import Provisions
from nb_assets.execution.retries import NO_FAILURES, retry_delay
from nb_assets.execution.type_check import check_output
from nb_assets.execution.user_event_listener import UserEventListener, apart
from nb_assets.fingerprint.code import op_version, settings_version
from nb_assets.storage.materialization import provenance_of_parts

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from nb_assets.definitions.asset_key import AssetKey
    from nb_assets.definitions.assets_definition import AssetsDefinition
    from nb_assets.definitions.sources import OutputRef
    from nb_assets.definitions.unfolding import OpStep
    from nb_assets.execution.events import Event
    from nb_assets.execution.executors import Executor
    from nb_assets.execution.keeper import Keeper
    from nb_assets.execution.op_keeper import OpKeeper
    from nb_assets.execution.partition_context import PartitionScope
    from nb_assets.execution.passing.passing import Passing
    from nb_assets.execution.run import Run


class OpRunner:
    """Runs the ops of one graph, once."""

    def __init__(  # noqa: PLR0913 - all of it is needed, and none of it twice
        self,
        *,
        run: Run,
        ops: OpKeeper,
        executor: Executor,
        tell: Callable[[Event], None],
        output: StepOutput,
        key: AssetKey,
        resume: bool,
        definition: AssetsDefinition | None = None,
        load: Callable[..., Any] | None = None,
        provisions: Provisions | None = None,
        passing: Passing,
        keeper: Keeper | None = None,
        partitions: PartitionScope | None = None,
    ) -> None:
        self._partitions = partitions
        self._passing = OpPassing(passing)
        self._definition = definition
        self._graph_definition: AssetsDefinition | None = None
        self._set_with: tuple[str, ...] = ()
        self._load = load
        self._provisions = provisions or Provisions(run_id=run.run_id)
        self._run = run
        self._ops = ops
        self._executor = executor
        self._tell = tell
        self._output = output
        self._key = key
        self._resume = resume
        self._selected: Mapping[str, frozenset[str]] | None = None
        self._selected_keys: frozenset[AssetKey] | None = None
        self._keeper = keeper
        self._values = OpValues()
        self._report = OpReport(run=run, key=key, ops=ops, tell=tell)

    def products(
        self,
        definition: AssetsDefinition,
        keys: tuple[AssetKey, ...],
        inputs: Mapping[str, Any],
        versions: Mapping[str, str],
        checks: tuple[AssetCheckKey, ...] = (),
    ) -> Iterator[Product | CheckOutcome]:
        """Run the ops in order, and yield each asset as soon as the op that makes it has run.

        An op that fails leaves out those that take what it gives; the rest goes on, and its error comes last.

        Parameters
        ----------
        checks
            The checks that ops make, as far as they were asked for.
        inputs, versions
            The values of the graph's inputs and the versions of their data, by name.

        Raises
        ------
        Exception
            What the first op that failed raised in its last attempt.
        """
        graph = definition.graph
        assert graph is not None
        self._graph_definition = definition
        settings = self._provisions.settings(definition) if self._definition is not None else None
        # Whatever is configured in another way makes all ops of the graph run again.
        self._set_with = () if settings is None else (settings_version(settings),)
        self._values = OpValues(graph.steps)
        for name, value in inputs.items():
            self._values.take(name, Made(OpOutput(value=value), versions[name]))
        outputs: dict[str, AssetKey | AssetCheckKey] = {
            output: spec.key for output, spec in definition.specs_by_output_name.items() if spec.key in keys
        }
        declared = definition.check_specs_by_output_name
        outputs |= {output: spec.key for output, spec in declared.items() if spec.key in checks}
        checked = CheckResults(definition, checks)
        pending: dict[str, OutputRef] = {output: graph.results[output] for output in outputs}
        errors: list[BaseException] = []
        yield from self._ready(definition, outputs, pending, checked)
        # One that cannot subset gives all that it declares, so that all its ops are needed.
        some = definition.can_subset or len(checks) < len(declared)
        needed = graph.needed_for(outputs) if some else None
        if some and len(outputs) < len(graph.results):
            self._selected = graph.outputs_for(outputs)
            self._selected_keys = frozenset(keys)
        for step in graph.steps:
            if needed is not None and step.path not in needed:
                continue
            for mapping_key in self._values.runs_of(step):
                if self._run.cancelled:
                    raise RunCancelledError(
                        f"`{definition.node_name}` was cancelled before its op `{label(step.path, mapping_key)}`."
                    )
                try:
                    self._op(step, mapping_key)
                except NO_FAILURES:
                    raise
                except BaseException as error:  # noqa: BLE001 - raised again when the rest has run
                    errors.append(error)
            yield from self._ready(definition, outputs, pending, checked)
        if errors:
            raise errors[0]

    def _ready(
        self,
        definition: AssetsDefinition,
        outputs: Mapping[str, AssetKey | AssetCheckKey],
        pending: dict[str, OutputRef],
        checked: CheckResults,
    ) -> Iterator[Product | CheckOutcome]:
        for name, source in list(pending.items()):
            found = self._values.given(source)
            if found is None:
                continue
            del pending[name]
            made = found.output
            key = outputs[name]
            if isinstance(key, AssetCheckKey):
                yield checked.take(made.value, as_check=key)
                continue
            if not made.stored_itself:
                check_output(definition, key, made.value, returned_output=False)
            yield Product(
                key=key,
                value=NoValue if made.stored_itself else made.value,
                metadata=made.metadata,
                tags=made.tags,
                data_version=made.data_version,
                kept_at=None if made.handed is None else made.handed.kept_at,
                content="" if made.handed is None else made.handed.content,
            )

    def _op(self, step: OpStep, mapping_key: str | None) -> None:
        began = time.perf_counter()
        name = label(step.path, mapping_key)
        arguments = self._arguments_or_none(step, mapping_key)
        if arguments is None:
            return
        made_with = self._provenance(step, mapping_key)
        if self._resume and self._taken_again(step, mapping_key, made_with):
            self._report.finished(name, 0, began, "resumed")
            return
        attempt = 0
        while True:
            attempt += 1
            began = time.perf_counter()
            self._report.started(name, attempt, step.inputs)
            try:
                given = self._call(step, mapping_key, arguments, attempt)
            except NO_FAILURES:
                raise
            except BaseException as error:
                delay = retry_delay(step.retry_policy, error, attempt)
                self._report.finished(
                    name, attempt, began, "failure" if delay is None else "retry", error, delay=delay
                )
                if delay is None:
                    self._values.lose(step.path, mapping_key)
                    self._call_hooks(step, {}, error)
                    raise
                if self._run.pause(delay):
                    raise RunCancelledError(
                        f"the op `{name}` was cancelled before it was tried again."
                    ) from None
            else:
                self._keep(step, mapping_key, given, made_with)
                self._report.finished(name, attempt, began, "success", given=given)
                self._call_hooks(step, given)
                return

    def _arguments_or_none(self, step: OpStep, mapping_key: str | None) -> dict[str, Any] | None:
        """Return what an op is called with; nothing, and tell of it, where there is not all of it."""
        began = time.perf_counter()
        name = label(step.path, mapping_key)
        try:
            return self._arguments(step, mapping_key)
        except AbsentInputError:
            self._report.finished(name, 0, began, "skipped")
        except LostInputError:
            self._values.lose(step.path, mapping_key)
            self._report.finished(name, 0, began, "skipped", lost=True)
        except Exception as error:
            # Its IO manager could not load an input.
            self._values.lose(step.path, mapping_key)
            self._report.finished(name, 1, began, "failure", error)
            raise
        return None

    def _call(
        self, step: OpStep, mapping_key: str | None, arguments: Mapping[str, Any], attempt: int
    ) -> dict[str, OpOutput]:
        op = step.op
        owner = f"the op `{step.path}`"
        definition = self._graph_definition
        assert definition is not None
        path = self._path(step)
        hear = UserEventListener(
            run=self._run,
            keeper=self._keeper,
            tell=self._tell,
            key=self._key,
            op=label(step.path, mapping_key),
        )
        context = self._context(step, mapping_key, attempt, hear)
        check_op_inputs(op, arguments)
        with capturing(self._output), current_context(lambda: context):
            self._provisions.prepare(definition, op.required_resource_keys, owner)
            provided = self._provisions.arguments(definition, op.compute, op.config, path, owner)
            result = self._executor.call(
                op.compute.fn, *((context,) if op.compute.has_context else ()), **arguments, **provided
            )
            added = context.output_metadata
            given = {
                name: replace(each, metadata={**as_metadata(added.get(name)), **each.metadata})
                for name, each in op_outputs(
                    op, apart(settled(result), op.name, hear, given=context.given.add), self._outputs_of(step)
                ).items()
            }
            return self._passing.stored(definition, step, path, given, context)

    def _outputs_of(self, step: OpStep) -> frozenset[str] | None:
        return None if self._selected is None else self._selected.get(step.path, frozenset())

    def _path(self, step: OpStep) -> str:
        # The ops of a job stand under no other name than their own.
        return step.path if self._definition is None else f"{self._definition.node_name}.{step.path}"

    def _context(
        self, step: OpStep, mapping_key: str | None, attempt: int = 1, hear: UserEventListener | None = None
    ) -> OpExecutionContext:
        assert self._graph_definition is not None
        return OpExecutionContext(
            definition=self._definition,
            selected=self._selected_keys,
            selected_outputs=self._outputs_of(step),
            run_id=self._run.run_id,
            log=step_logger(step.path, self._report.log),
            retry_number=attempt - 1,
            run_tags=self._run.tags,
            op=step.op,
            op_path=label(step.path, mapping_key),
            mapping_key=mapping_key,
            op_tags=step.tags,
            hear=hear,
            load=self._load,
            partitions=self._partitions,
            job_name=self._run.job_name,
            instance=self._run.instance,
            resources=self._provisions.resources(
                self._graph_definition, step.op.required_resource_keys, f"the op `{step.path}`"
            ),
            op_config=self._provisions.config(self._path(step)),
        )

    def _call_hooks(
        self, step: OpStep, given: Mapping[str, OpOutput], error: BaseException | None = None
    ) -> None:
        definition = self._graph_definition
        assert definition is not None
        hooks = step.hooks | definition.hook_defs | self._run.hook_defs
        if not hooks:
            return
        call_hooks(
            hooks,
            run=self._run,
            key=self._key,
            step_key=step.path if self._definition is None else f"{definition.node_name}.{step.path}",
            op=HookedOp(step.path.rpartition(".")[2], step.op, step.tags),
            tell=self._tell,
            log=step_logger(step.path, self._report.log),
            resources=lambda hook: self._provisions.resources(
                definition, hook.required_resource_keys, f"the hook `{hook.name}`"
            ),
            error=error,
            values={name: each.value for name, each in given.items()},
        )

    def _arguments(self, step: OpStep, mapping_key: str | None) -> dict[str, Any]:
        arguments: dict[str, Any] = {}

        def context() -> OpExecutionContext:
            return self._context(step, mapping_key)

        for name, given in step.op.ins.items():
            if name in step.inputs:
                take = self._passing.taker(self._graph_definition, step, self._path(step), name, context)
                value = self._values.value(
                    step.inputs[name], mapping_key, take if given.carries_value else None
                )
                if given.carries_value:
                    arguments[name] = value
            elif given.input_manager_key is not None:
                arguments[name] = self._passing.loaded(
                    self._graph_definition, step, self._path(step), name, None, context
                )
            elif given.default_value is not NoDefault:
                arguments[name] = given.default_value
        return arguments

    def _provenance(self, step: OpStep, mapping_key: str | None) -> str:
        parts = [label(step.path, mapping_key), op_version(step.op), *self._set_with]
        # An op may look at which partition it makes, so what it gave for another one is not the same.
        parts += self._partitions.keys if self._partitions is not None else ()
        for name, source in sorted(step.inputs.items()):
            parts += [name, *self._values.versions(source, mapping_key)]
        return provenance_of_parts(parts)

    def _taken_again(self, step: OpStep, mapping_key: str | None, made_with: str) -> bool:
        kept = self._ops.outputs(self._key, label(step.path, mapping_key), made_with)
        if kept is None:
            return False
        made = {name: Made(each.output, each.version) for name, each in kept.items()}
        self._values.keep(step.op, step.path, mapping_key, made)
        return True

    def _keep(
        self, step: OpStep, mapping_key: str | None, given: Mapping[str, OpOutput], made_with: str
    ) -> None:
        name = label(step.path, mapping_key)
        versions = self._ops.keep(self._key, name, self._run.run_id, made_with, given)
        made = {output: Made(each, versions.get(output, "")) for output, each in given.items()}
        self._values.keep(step.op, step.path, mapping_key, made)
