"""All that the details pane says of one asset, as plain data of bounded size.

Responsible for gathering it from the session's records, which is quick: no value is read. What only the values can
tell is added by `views.look`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from nb_assets.definitions.asset_spec import AssetSpec
from nb_assets.definitions.naming import DEFAULT_GROUP
from nb_assets.errors import SelectionError, near
from nb_assets.graph.asset_selection import AssetSelection
from nb_assets.storage.metadata_history import numeric_points
from nb_assets.views.checks import CHECK_LOOKS, CHECK_WORDS
from nb_assets.views.details_model import CheckView, DetailsView, ErrorView, LinkView, LogView
from nb_assets.views.look import TEXT, glance
from nb_assets.views.metadata import field_views
from nb_assets.views.ops import ops_view
from nb_assets.views.partitions import partitions_view
from nb_assets.views.versions import version_views

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from nb_assets.definitions.asset_key import AssetKey
    from nb_assets.execution.events import AssetLogged
    from nb_assets.session import Session
    from nb_assets.staleness import AssetStatus
    from nb_assets.staleness.checks import CheckStatus
    from nb_assets.storage.materialization import Materialization
    from nb_assets.views.details_model import LookView, ReasonView, TagView

__all__ = ["details_view", "log_views"]

VERSIONS = 8
LOG_LINES = 500


def details_view(
    session: Session, key: AssetKey, look: LookView | None = None, logs: Sequence[AssetLogged] | None = None
) -> DetailsView:
    """Return the pane of an asset, or of one that is made elsewhere but read here.

    Parameters
    ----------
    look
        What the values tell, where the caller knows it already; else only what the records tell of them.
    logs
        What the asset has said; as much as is remembered unless given.

    Raises
    ------
    SelectionError
        When nothing here is or reads an asset of this key.
    """
    graph = session.graph
    if key not in graph:
        return _external(session, key)
    statuses = session.status(
        [key, *graph.downstream(key), *(up for up in graph.upstream(key) if up in graph)]
    )
    status = statuses[key]
    spec = graph.spec(key)
    versions = _newest(session, key, status)
    made = status.materialization
    look = look or glance(
        made, [each for each in versions if made is not None and each.partition == made.partition]
    )
    return DetailsView(
        key=key.to_user_string(),
        name=key.to_user_string(),
        group=spec.group_name or DEFAULT_GROUP,
        kinds=sorted(spec.kinds),
        owners=list(spec.owners),
        tags=_tags(spec),
        description=(spec.description or "")[:TEXT],
        external=False,
        status=status.state,
        reasons=[] if status.state == "fresh" else _reasons(status),
        not_tracked=list(status.untracked),
        error=_error(session, key) if status.state == "failed" else None,
        inputs=[_link(session, other, statuses) for other in graph.upstream(key)],
        outputs=[_link(session, other, statuses) for other in graph.downstream(key)],
        history=version_views(session, key, versions[:VERSIONS]),
        history_count=_count(versions, status),
        ops=ops_view(session.op_history(key)) if graph.definition(key).graph is not None else [],
        checks=_checks(session, key),
        partitions=partitions_view(status),
        change=look["change"],
        value=look["value"],
        code=session.code(key)[:TEXT],
        code_change=_code_change(session, key, status),
        metadata=field_views(
            {**spec.metadata, **({} if made is None else made.metadata)},
            {} if key in graph.partitioned else numeric_points(versions),
        ),
        logs=log_views(session.logs(key) if logs is None else logs),
    )


def log_views(events: Sequence[AssetLogged]) -> list[LogView]:
    """Return what an asset said in its last runs, the newest lines of it."""
    return [
        LogView(
            stream=event.stream,
            level=event.level if event.stream == "log" else "",
            text=event.text[:TEXT],
            run_id=event.run_id,
            at=event.timestamp,
        )
        for event in events[-LOG_LINES:]
    ]


def _external(session: Session, key: AssetKey) -> DetailsView:
    graph = session.graph
    name = key.to_user_string()
    if key not in graph.external:
        raise SelectionError(
            f"there is no asset `{name}` in this session."
            f"{near(name, (known.to_user_string() for known in graph.keys))}"
        )
    near_by = (*graph.upstream(key), *graph.downstream(key))
    statuses = session.status([other for other in near_by if other in graph])
    spec = graph.spec(key) if graph.described(key) is not None else AssetSpec(key)
    return DetailsView(
        key=name,
        name=name,
        group=spec.own_group,
        kinds=sorted(spec.kinds),
        owners=list(spec.owners),
        tags=_tags(spec),
        description=(spec.description or "Made elsewhere: no cell of this session defines it.")[:TEXT],
        external=True,
        status="missing",
        reasons=[],
        not_tracked=[],
        error=None,
        inputs=[_link(session, other, statuses) for other in graph.upstream(key)],
        outputs=[_link(session, other, statuses) for other in graph.downstream(key)],
        history=[],
        history_count=0,
        ops=[],
        checks=_checks(session, key),
        partitions=None,
        change=None,
        value=None,
        code="",
        code_change="",
        metadata=field_views(spec.metadata),
        logs=[],
    )


def _tags(spec: AssetSpec) -> list[TagView]:
    return [
        {"name": name, "text": text} for name, text in spec.tags.items() if not name.startswith("dagster/")
    ]


def _reasons(status: AssetStatus) -> list[ReasonView]:
    return [
        {"summary": reason.summary, "detail": ""}
        for reason in status.reasons
        if reason.kind != "last_run_failed"
    ]


def _error(session: Session, key: AssetKey) -> ErrorView | None:
    error = session.error(key)
    if error is None:
        return None
    return ErrorView(
        type_name=error.type_name, message=error.message[:TEXT], traceback=error.traceback[-TEXT:]
    )


def _link(session: Session, key: AssetKey, statuses: Mapping[AssetKey, AssetStatus]) -> LinkView:
    status = statuses.get(key)
    return LinkView(
        key=key.to_user_string(),
        status="missing" if status is None else status.state,
        external=key not in session.graph,
    )


def _newest(session: Session, key: AssetKey, status: AssetStatus) -> list[Materialization]:
    """Return the versions, newest first; no more than are shown of an asset that may have thousands of partitions."""
    return session.history(key, limit=None if status.partitions is None else VERSIONS)


def _count(versions: Sequence[Materialization], status: AssetStatus) -> int:
    """Return how many versions there are: those of a partition are counted for itself."""
    if status.partitions is None:
        return len(versions)
    made = (each.materialization for each in status.partitions.values())
    return max(len(versions), sum(each.version for each in made if each is not None))


def _checks(session: Session, key: AssetKey) -> list[CheckView]:
    if not session.graph.checks.of(key):
        return []
    statuses = session.checks(AssetSelection.checks(*session.graph.checks.of(key)))
    return [_check(status) for status in statuses.values()]


def _check(status: CheckStatus) -> CheckView:
    record = status.record
    return CheckView(
        name=status.key.name,
        word=CHECK_WORDS.get(status.state, status.state),
        look=CHECK_LOOKS[status.state],
        blocking=status.blocking,
        description=status.description[:TEXT],
        said=status.summary[:TEXT],
        not_tracked=list(status.untracked),
        version=0 if record is None else record.target.version,
        ran=None if record is None else record.timestamp,
        metadata=[] if record is None else field_views(record.metadata),
    )


def _code_change(session: Session, key: AssetKey, status: AssetStatus) -> str:
    if not any(reason.kind == "code_changed" for reason in status.reasons):
        return ""
    code = session.explain(key).code
    return "" if code is None or code.equal else code.to_html()
