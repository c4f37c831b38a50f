"""`build_…_checks`: checks of what the history says of assets, their age, their metadata, their columns."""

from __future__ import annotations

import datetime as dt
import math
import re
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any

from nb_assets.definitions.asset_check import AssetCheckSeverity, AssetCheckSpec
from nb_assets.definitions.asset_key import AssetKey
from nb_assets.definitions.assets_definition import AssetsDefinition
from nb_assets.definitions.check_decorator import multi_asset_check
from nb_assets.definitions.check_result import AssetCheckResult
from nb_assets.definitions.metadata import MetadataValue
from nb_assets.errors import DefinitionError

if TYPE_CHECKING:
    from nb_assets.definitions.checks_definition import AssetChecksDefinition
    from nb_assets.execution.context import AssetCheckExecutionContext
    from nb_assets.storage.materialization import Materialization

_Judge = Callable[[Sequence["Materialization"]], AssetCheckResult]
_COLUMNS = "dagster/column_schema"


def build_metadata_bounds_checks(
    *,
    assets: Sequence[Any],
    metadata_key: str,
    severity: AssetCheckSeverity = AssetCheckSeverity.WARN,
    min_value: float | None = None,
    max_value: float | None = None,
    exclusive_min: bool = False,
    exclusive_max: bool = False,
) -> list[AssetChecksDefinition]:
    """Return checks that a number in the metadata of each asset's last materialization is within bounds.

    Parameters
    ----------
    exclusive_min, exclusive_max
        Whether the bound itself is outside.

    Raises
    ------
    DefinitionError
        When there is no bound, or no number is within them.
    """
    if min_value is None and max_value is None:
        raise DefinitionError("give build_metadata_bounds_checks a min_value, a max_value or both.")
    if min_value is not None and max_value is not None and min_value > max_value:
        raise DefinitionError(
            f"nothing is at least {min_value} and at most {max_value}: give the smaller bound as min_value."
        )
    bounds = []
    if min_value is not None:
        bounds.append(f"{'above' if exclusive_min else 'at least'} {min_value}")
    if max_value is not None:
        bounds.append(f"{'below' if exclusive_max else 'at most'} {max_value}")
    wanted = " and ".join(bounds)

    def judge(made: Sequence[Materialization]) -> AssetCheckResult:
        def said(*, passed: bool, what: str) -> AssetCheckResult:
            return AssetCheckResult(passed=passed, severity=severity, description=what)

        if not made:
            return said(passed=False, what="it was never materialized")
        found = made[0].metadata.get(metadata_key)
        if found is None:
            return said(passed=False, what=f"its last materialization has no metadata `{metadata_key}`")
        value = getattr(found, "value", found)
        if isinstance(value, bool) or not isinstance(value, (int, float)) or math.isnan(value):
            return said(passed=False, what=f"`{metadata_key}` is {value}, which is no number")
        low = min_value is not None and (value <= min_value if exclusive_min else value < min_value)
        high = max_value is not None and (value >= max_value if exclusive_max else value > max_value)
        return said(passed=not (low or high), what=f"`{metadata_key}` is {value}, and should be {wanted}")

    name = re.sub(r"[^A-Za-z0-9_]", "_", metadata_key)
    return _checks(
        assets, f"{name}_bounds_check", f"`{metadata_key}` of the last materialization is {wanted}.", judge
    )


def build_column_schema_change_checks(
    *, assets: Sequence[Any], severity: AssetCheckSeverity = AssetCheckSeverity.WARN
) -> list[AssetChecksDefinition]:
    """Return checks that the columns of each asset are those of the materialization before.

    They look at the metadata `dagster/column_schema`.
    """

    def judge(made: Sequence[Materialization]) -> AssetCheckResult:
        if len(made) < 2:  # noqa: PLR2004 - a change is between two
            return AssetCheckResult(
                passed=True,
                severity=severity,
                description="there is no materialization before to compare with",
            )
        new, old = (_columns(each) for each in made[:2])
        if new is None or old is None:
            which = "last materialization" if new is None else "materialization before"
            what = f"the {which} has no metadata `{_COLUMNS}`"
            return AssetCheckResult(passed=False, severity=severity, description=what)
        changes = [
            *_listed("added", [name for name in new if name not in old]),
            *_listed("removed", [name for name in old if name not in new]),
            *_listed(
                "of another type",
                [
                    f"{name}: {old[name]} → {new[name]}"
                    for name in new
                    if old.get(name, new[name]) != new[name]
                ],
            ),
        ]
        what = f"columns {'; '.join(changes)}" if changes else "the columns are those of before"
        return AssetCheckResult(passed=not changes, severity=severity, description=what)

    return _checks(
        assets, "column_schema_change", "The columns are those of the materialization before.", judge
    )


def build_last_update_freshness_checks(
    *,
    assets: Sequence[Any],
    lower_bound_delta: dt.timedelta,
    deadline_cron: str | None = None,
    timezone: str = "UTC",
    severity: AssetCheckSeverity = AssetCheckSeverity.WARN,
    blocking: bool = False,
) -> list[AssetChecksDefinition]:
    """Return checks that each asset was materialized not longer ago than this.

    Parameters
    ----------
    lower_bound_delta
        How old it may be: now, or at the last tick of `deadline_cron`.
    deadline_cron, timezone
        When it has to be there, as a cron schedule in a time zone; at any time unless given.

    Raises
    ------
    DefinitionError
        When the delta is none, an asset is there twice, or the schedule or the time zone cannot be read.
    """
    if not isinstance(lower_bound_delta, dt.timedelta):
        raise DefinitionError(
            f"lower_bound_delta is a timedelta, not {lower_bound_delta!r}: write timedelta(hours=3)."
        )
    if deadline_cron is not None:
        _last_tick(deadline_cron, timezone, dt.datetime.now(dt.timezone.utc))
    params: dict[str, Any] = {
        "timezone": timezone,
        "lower_bound_delta_seconds": lower_bound_delta.total_seconds(),
    }
    if deadline_cron is not None:
        params["deadline_cron"] = deadline_cron

    def judge(made: Sequence[Materialization]) -> AssetCheckResult:
        now = dt.datetime.fromtimestamp(time.time(), dt.timezone.utc)
        tick = None if deadline_cron is None else _last_tick(deadline_cron, timezone, now)
        bound = ((tick or now) - lower_bound_delta).timestamp()
        updated = made[0].timestamp if made else None
        metadata = {
            "dagster/freshness_params": MetadataValue.json(params),
            "dagster/freshness_lower_bound_timestamp": MetadataValue.timestamp(bound),
        }
        if tick is not None:
            metadata["dagster/latest_cron_tick_timestamp"] = MetadataValue.timestamp(tick.timestamp())
        if updated is not None:
            metadata["dagster/last_updated_timestamp"] = MetadataValue.timestamp(updated)
        passed = updated is not None and updated >= bound
        what = (
            "it was never materialized"
            if updated is None
            else f"it was materialized {_ago(now.timestamp() - updated)} ago, and may be {_ago(now.timestamp() - bound)} old"
        )
        return AssetCheckResult(passed=passed, severity=severity, description=what, metadata=metadata)

    return _checks(
        assets,
        "freshness_check",
        "It was materialized not longer ago than it may be.",
        judge,
        metadata={"dagster/freshness_params": MetadataValue.json(params)},
        blocking=blocking,
    )


def _checks(
    assets: Any,
    name: str,
    description: str,
    judge: _Judge,
    *,
    metadata: dict[str, MetadataValue[Any]] | None = None,
    blocking: bool = False,
) -> list[AssetChecksDefinition]:
    """Return a function that makes one check of each asset out of its materializations, newest first."""
    if isinstance(assets, (str, AssetKey, AssetsDefinition)) or not isinstance(assets, Iterable):
        raise DefinitionError(f"assets is a list of assets, not {assets!r}: write assets=[…].")
    keys = [key for item in assets for key in _keys_of(item)]
    for key in keys:
        if keys.count(key) > 1:
            raise DefinitionError(f"`{key.to_user_string()}` is among the assets twice: name it once.")
    specs = [
        AssetCheckSpec(name, asset=key, description=description, metadata=metadata, blocking=blocking)
        for key in keys
    ]
    own = "__".join([name, *(key.to_python_identifier() for key in keys)])

    @multi_asset_check(specs=specs, name=own, can_subset=True)
    def check(context: AssetCheckExecutionContext) -> Iterator[AssetCheckResult]:
        archive = context.instance.keeper
        for key in sorted(context.selected_asset_check_keys):
            said = judge(archive.history(key.asset_key))
            yield AssetCheckResult(
                passed=said.passed,
                asset_key=key.asset_key,
                check_name=key.name,
                metadata=said.metadata,
                severity=said.severity,
                description=said.description,
            )

    check.reads_history = True
    return [check]


def _keys_of(item: Any) -> Iterable[AssetKey]:
    if isinstance(item, AssetsDefinition):
        return sorted(item.keys)
    return (AssetKey.from_coercible(item),)


def _columns(made: Materialization) -> dict[str, str] | None:
    schema = made.metadata.get(_COLUMNS)
    schema = getattr(schema, "value", schema)
    columns = getattr(schema, "columns", None)
    if columns is None and isinstance(schema, dict):
        return {str(each["name"]): str(each.get("type", "")) for each in schema.get("columns", ())}
    return None if columns is None else {each.name: str(each.type) for each in columns}


def _listed(what: str, names: list[str]) -> list[str]:
    return [f"{what}: {', '.join(names)}"] if names else []


def _ago(seconds: float) -> str:
    return str(dt.timedelta(seconds=max(0, round(seconds))))


def _last_tick(cron: str, timezone: str, now: dt.datetime) -> dt.datetime:
    """Return the last time before now that a cron schedule names.

    Raises
    ------
    DefinitionError
        When the schedule or the time zone cannot be read.
    """
    from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

    from cronsim import CronSim, CronSimError

    try:
        return next(CronSim(cron, now.astimezone(ZoneInfo(timezone)), reverse=True))
    except (CronSimError, ZoneInfoNotFoundError, ValueError, StopIteration) as error:
        raise DefinitionError(
            f"the schedule `{cron}` in the time zone `{timezone}` cannot be read: {error}. Write it as "
            '"0 9 * * *" and "Europe/Berlin".'
        ) from None
