"""Keeps the history and the outputs of ops in the store of a project."""

from __future__ import annotations

import dataclasses
import logging
import time
import uuid
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from nb_assets.definitions.result import DataVersion
from nb_assets.errors import StoreError
from nb_assets.execution.op_keeper import KeptOutput, OpAttempt, missing_output, part_of
from nb_assets.execution.op_outcome import OpOutput
from nb_assets.execution.op_values import key_in
from nb_assets.fingerprint.data_version import fingerprint_data
from nb_assets.storage.history import KEEPS_VALUES
from nb_assets.storage.materialization import ValueRef
from nb_assets.storage.records import metadata_of

if TYPE_CHECKING:
    from nb_assets.definitions.asset_key import AssetKey
    from nb_assets.execution.event_log import EventLog
    from nb_assets.execution.events import OpFinished
    from nb_assets.storage.store import Store

_LOGGER = logging.getLogger(__name__)
ATTEMPT = "op_attempt"


class StoreOps:
    """Keeps attempts in the history and outputs in the value store."""

    def __init__(self, store: Store, log: EventLog) -> None:
        self._store = store
        self._log = log

    def note(self, event: OpFinished) -> None:
        """Record that an attempt ended."""
        payload = {
            "op": event.op,
            "attempt": event.attempt,
            "duration": event.duration,
            "outcome": event.outcome,
            "error": None if event.error is None else event.error.summary,
        }
        self._log.append(event.run_id, event.timestamp, ATTEMPT, event.key, payload)

    def attempts(self, key: AssetKey) -> list[OpAttempt]:
        """Return the attempts of an asset's ops, newest first."""
        return [
            OpAttempt(
                op=str(event.payload["op"]),
                run_id=event.run_id,
                timestamp=event.timestamp,
                attempt=int(event.payload["attempt"]),
                duration=float(event.payload["duration"]),
                outcome=str(event.payload["outcome"]),
                error=event.payload.get("error"),
            )
            for event in reversed(self._store.history.events(asset_key=key, kind=ATTEMPT))
        ]

    def keep(
        self, key: AssetKey, op: str, run_id: str, made_with: str, outputs: Mapping[str, OpOutput]
    ) -> dict[str, str]:
        """Store the outputs that can be stored; an op whose outputs cannot runs again when a run is resumed."""
        versions: dict[str, str] = {}
        refs: dict[str, Any] = {}
        for name, given in outputs.items():
            # Taken for new data wherever nothing is known of the content.
            versions[name] = f"unique:{uuid.uuid4()}"
            try:
                versions[name] = fingerprint_data(given.value).version
                if given.handed is not None:
                    # Its IO manager has it. So the op runs again when a run is resumed.
                    versions[name] = given.handed.content or versions[name]
                    continue
                ref = self._store.values.put(given.value, versions[name].replace(":", "-"))
            except Exception as error:  # noqa: BLE001 - the run has the value, and goes on with it
                _LOGGER.debug("the output %s of the op %s cannot be kept: %s", name, op, error)
                continue
            refs[name] = dataclasses.asdict(ref)
        payload = {
            "op": op,
            "made_with": made_with,
            "names": list(outputs),
            "refs": refs,
            "said": {name: _said(given, versions[name]) for name, given in outputs.items()},
        }
        self._log.append(run_id, time.time(), KEEPS_VALUES, key, payload)
        return versions

    def outputs(self, key: AssetKey, op: str, made_with: str) -> dict[str, KeptOutput] | None:
        """Return the stored outputs that were made with and from this, or None when they are not all there."""
        for event in reversed(self._store.history.events(asset_key=key, kind=KEEPS_VALUES)):
            payload = event.payload
            if payload["op"] != op or payload["made_with"] != made_with:
                continue
            try:
                return {name: self._kept(payload, name) for name in payload["names"]}
            except (KeyError, StoreError):
                return None
        return None

    def value(self, key: AssetKey, op: str, output: str) -> Any:
        """Return the last stored value of an output, or those of its parts in the last run that gave one."""
        parts: dict[str, Any] = {}
        run_id = None
        for event in reversed(self._store.history.events(asset_key=key, kind=KEEPS_VALUES)):
            refs = event.payload["refs"]
            if event.payload["op"] == op and output in refs:
                return self._store.values.get(ValueRef(**refs[output]))
            for name in reversed(refs):
                part = part_of(str(event.payload["op"]), name, op, output)
                if part is not None and event.run_id == (run_id := run_id or event.run_id):
                    parts.setdefault(part, ValueRef(**refs[name]))
        if not parts:
            raise missing_output(key, op, output)
        return {part: self._store.values.get(parts[part]) for part in reversed(parts)}

    def _kept(self, payload: Mapping[str, Any], name: str) -> KeptOutput:
        said = payload["said"][name]
        output = OpOutput(
            value=self._store.values.get(ValueRef(**payload["refs"][name])),
            metadata=metadata_of(said["metadata"]),
            tags=said["tags"],
            data_version=None if said["data_version"] is None else DataVersion(said["data_version"]),
            stored_itself=said["stored_itself"],
            mapping_key=key_in(name),
        )
        return KeptOutput(output=output, version=said["version"])


def _said(given: OpOutput, version: str) -> dict[str, Any]:
    return {
        "metadata": dict(given.metadata),
        "tags": dict(given.tags),
        "data_version": None if given.data_version is None else given.data_version.value,
        "stored_itself": given.stored_itself,
        "version": version,
    }
