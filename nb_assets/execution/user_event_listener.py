"""Hears what functions say beside their outputs, and passes it on: as an event, in their log, and into the history."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

from nb_assets.definitions.dynamic_output import DynamicOutput
from nb_assets.definitions.result import NoValue, ObserveResult, Output
from nb_assets.definitions.user_events import (
    USER_EVENTS,
    AssetMaterialization,
    AssetObservation,
    ExpectationResult,
    UserEvent,
)
from nb_assets.errors import InvocationError, OutputError
from nb_assets.execution.events import AssetLogged, Event, UserEventTold
from nb_assets.execution.keeper import Making
from nb_assets.execution.op_values import label
from nb_assets.execution.outcome import Product
from nb_assets.fingerprint.code import CodeFingerprint

if TYPE_CHECKING:
    from nb_assets.definitions.asset_key import AssetKey
    from nb_assets.execution.keeper import Keeper
    from nb_assets.execution.run import Run

Hear = Callable[[UserEvent], None]


class UserEventListener:
    """Hears for one step of a run, or for one op of it."""

    def __init__(
        self,
        *,
        run: Run,
        keeper: Keeper | None,
        tell: Callable[[Event], None],
        key: AssetKey,
        op: str | None = None,
    ) -> None:
        self._run = run
        self._keeper = keeper
        self._tell = tell
        self._key = key
        self._op = op

    def __call__(self, told: UserEvent) -> None:
        """Pass it on.

        Raises
        ------
        InvocationError
            When it is nothing that a function can say.
        """
        event = checked(told)
        run_id = self._run.run_id
        self._tell(UserEventTold(run_id=run_id, key=self._key, op=self._op, told=event))
        self._tell(AssetLogged(run_id=run_id, key=self._key, stream="log", text=in_words(event) + "\n"))
        if isinstance(event, AssetMaterialization) and self._is_made_elsewhere(event.asset_key):
            self._record(event)

    def _is_made_elsewhere(self, key: AssetKey) -> bool:
        # What is defined here has a history of its own values, into which nothing is put that is none.
        return self._run.plan is None or key not in self._run.plan.graph

    def _record(self, event: AssetMaterialization) -> None:
        if self._keeper is None:
            return
        run_id = self._run.run_id
        code = CodeFingerprint(version=f"told:{run_id}", parts={})
        product = Product(
            key=event.asset_key, value=NoValue, metadata=event.metadata, tags=dict(event.tags or {})
        )
        self._keeper.keep(
            product, Making(run_id=run_id, duration=0.0, code=code, code_version=code.version, inputs={})
        )


def checked(told: Any) -> UserEvent:
    """Return what a function says, if it is something that functions can say.

    Raises
    ------
    InvocationError
        When it is something else.
    """
    if not isinstance(told, USER_EVENTS):
        raise InvocationError(
            "what is logged as an event is an AssetMaterialization, an AssetObservation or an ExpectationResult, not "
            f"{told!r}: a text goes to `context.log.info(…)`."
        )
    return told


def apart(
    result: Any,
    owner: str,
    hear: Hear,
    key: AssetKey | None = None,
    given: Callable[[str], None] | None = None,
) -> Any:
    """Return what a call gave without what it says beside its outputs, which is heard as it comes.

    Parameters
    ----------
    given
        Called with each output that is yielded, before what follows it runs.

    Raises
    ------
    OutputError
        When it returned such a thing, which is no value of anything.
    """
    if inspect.isgenerator(result):
        return _outputs_of(result, hear, key, given)
    if isinstance(result, USER_EVENTS):
        raise OutputError(
            f"`{owner}` returned an {type(result).__name__}, which is no output: yield it, or say it with "
            "`context.log_event(…)`, and return the value."
        )
    return result


def _outputs_of(
    stream: Iterator[Any], hear: Hear, key: AssetKey | None, given: Callable[[str], None] | None
) -> Iterator[Any]:
    for item in stream:
        if isinstance(item, USER_EVENTS):
            hear(item)
        elif isinstance(item, ObserveResult) and (of := item.asset_key or key) is not None:
            hear(AssetObservation(of, metadata=item.metadata, tags=item.tags))
        else:
            if given is not None and isinstance(item, (Output, DynamicOutput)):
                given(label(item.output_name, getattr(item, "mapping_key", None)))
            yield item


def in_words(told: UserEvent) -> str:
    """Return what was said in one line."""
    if isinstance(told, ExpectationResult):
        what = f"expectation {told.label}: {'met' if told.success else 'not met'}"
    else:
        verb = "materialized" if isinstance(told, AssetMaterialization) else "observed"
        what = f"{verb} {told.asset_key.to_user_string()}" + (
            f" [{told.partition}]" if told.partition else ""
        )
    said = [told.description] if told.description else []
    said += [f"{name} = {' '.join(value.as_text().split())}" for name, value in told.metadata.items()]
    return f"{what} ({'; '.join(said)})" if said else what
