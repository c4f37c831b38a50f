"""Calling hooks after a step, with what they are told of it."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

from nb_assets.errors import InvocationError
from nb_assets.execution.dagster_run import ASSET_JOB
from nb_assets.execution.events import HookFinished
from nb_assets.execution.instance import DagsterInstance
from nb_assets.execution.tracebacks import error_info

if TYPE_CHECKING:
    from nb_assets.definitions.asset_key import AssetKey
    from nb_assets.definitions.hook import HookDefinition
    from nb_assets.definitions.op import OpDefinition
    from nb_assets.execution.events import Event
    from nb_assets.execution.run import Run


@dataclass(frozen=True)
class HookedOp:
    """The step that a hook is called after: its name, and the op that it calls."""

    name: str
    definition: OpDefinition | None = None
    given_tags: Mapping[str, Any] | None = None

    @property
    def tags(self) -> Mapping[str, Any]:
        """The tags of the op, with those that it was given where it is called."""
        if self.given_tags is not None:
            return self.given_tags
        return {} if self.definition is None else self.definition.tags


@dataclass(frozen=True, kw_only=True)
class HookContext:
    """What a hook knows of the step that it is called after.

    Attributes
    ----------
    step_key
        The name of the step, with those of the graphs that it is in.
    op_exception
        What the step raised, if it failed.
    op_output_values, op_output_metadata
        What the step gave, by output name.
    """

    hook_def: HookDefinition | None = None
    run_id: str = "EPHEMERAL"
    job_name: str = ASSET_JOB
    step_key: str = ""
    log: logging.Logger = field(default_factory=lambda: logging.getLogger("nb_assets"), repr=False)
    op_exception: BaseException | None = None
    op_output_values: Mapping[str, Any] = field(default_factory=dict, repr=False)
    op_output_metadata: Mapping[str, Any] = field(default_factory=dict, repr=False)
    op_config: Any = None
    given_op: HookedOp | None = None
    given_resources: Any = None
    given_instance: DagsterInstance | None = None

    @property
    def op(self) -> HookedOp:
        """The step.

        Raises
        ------
        InvocationError
            When the context was built without one.
        """
        if self.given_op is None:
            raise InvocationError("this context was built without an op: build_hook_context(op=…).")
        return self.given_op

    @property
    def resources(self) -> Any:
        """The resources that the hook says it needs, as attributes."""
        return self.given_resources

    @property
    def instance(self) -> DagsterInstance:
        """What keeps the values and the history of the run."""
        return self.given_instance or DagsterInstance.get()

    @property
    def required_resource_keys(self) -> frozenset[str]:
        """The names of the resources that the hook says it needs."""
        return frozenset() if self.hook_def is None else self.hook_def.required_resource_keys


def build_hook_context(
    resources: Mapping[str, Any] | None = None,
    op: OpDefinition | None = None,
    run_id: str | None = None,
    job_name: str | None = None,
    op_exception: BaseException | None = None,
    instance: DagsterInstance | None = None,
) -> HookContext:
    """Return a context for calling a hook directly, as a test does.

    Parameters
    ----------
    resources
        What `context.resources` has, by name.
    op
        The op of which the hook is told.
    """
    return HookContext(
        run_id=run_id or "EPHEMERAL",
        job_name=job_name or ASSET_JOB,
        op_exception=op_exception,
        given_op=None if op is None else HookedOp(op.name, op),
        given_resources=SimpleNamespace(**(resources or {})),
        given_instance=instance,
    )


def call_hooks(  # noqa: PLR0913 - what a hook can be told
    hooks: Iterable[HookDefinition],
    *,
    run: Run,
    key: AssetKey,
    step_key: str,
    op: HookedOp,
    tell: Callable[[Event], None],
    log: logging.Logger,
    resources: Callable[[HookDefinition], Any],
    error: BaseException | None = None,
    values: Mapping[str, Any] | None = None,
    op_config: Any = None,
) -> None:
    """Call the hooks of a step that has ended. What one raises is told, and changes nothing else."""
    outcome = "success" if error is None else "failure"
    for hook in sorted(hooks, key=lambda each: each.name):
        if hook.on != outcome:
            tell(HookFinished(run_id=run.run_id, key=key, step=step_key, hook=hook.name, outcome="skipped"))
            continue
        try:
            context = HookContext(
                hook_def=hook,
                run_id=run.run_id,
                job_name=run.job_name,
                step_key=step_key,
                log=log,
                op_exception=error,
                op_output_values=dict(values or {}),
                op_config=op_config,
                given_op=op,
                given_resources=resources(hook),
                given_instance=run.instance,
            )
            hook.hook_fn(context)
        except Exception as raised:  # noqa: BLE001 - a hook is told of a step, and has no say in it
            info = error_info(raised)
            log.error("the hook `%s` failed: %s", hook.name, info.summary)  # noqa: TRY400 - its traceback is in the event
            tell(
                HookFinished(
                    run_id=run.run_id, key=key, step=step_key, hook=hook.name, outcome="failure", error=info
                )
            )
        else:
            tell(HookFinished(run_id=run.run_id, key=key, step=step_key, hook=hook.name, outcome="success"))
