"""All that the details pane says of one asset, as plain data of bounded size.

Responsible for gathering it from the session. Values are read only when small, and only for the asset that was
asked for; what fails to be read is said in words and leaves the rest as it is.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from nb_assets.definitions.metadata import MetadataValue
from nb_assets.errors import NbAssetsError, SelectionError, near
from nb_assets.views.details_model import ChangeView, DetailsView, ErrorView, LinkView, ValueView, VersionView
from nb_assets.views.preview import table_preview, text_preview

if TYPE_CHECKING:
    from collections.abc import Mapping

    from nb_assets.definitions.asset_key import AssetKey
    from nb_assets.diff.value_diff import ValueDiff
    from nb_assets.session import Session
    from nb_assets.staleness import AssetStatus
    from nb_assets.storage.materialization import Materialization
    from nb_assets.views.details_model import FieldView, ReasonView

__all__ = ["details_view"]

LARGEST_READ = 64_000_000
"""How many bytes a stored value may have to be read for a look at it, or for a comparison."""
VERSIONS = 8
LOG_LINES = 200
TEXT = 20_000


def details_view(session: Session, key: AssetKey, last_diff: ValueDiff | None = None) -> DetailsView:
    """Return the pane of an asset, or of one that is made elsewhere but read here.

    Parameters
    ----------
    last_diff
        What the last version changed, where the caller has it from the run; else it is computed from the store.

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
    versions = session.history(key)
    made = status.materialization
    return DetailsView(
        key=key.to_user_string(),
        name=key.to_user_string(),
        group=spec.group_name,
        kinds=sorted(spec.kinds),
        owners=list(spec.owners),
        tags=[
            {"name": name, "text": text}
            for name, text in spec.tags.items()
            if not name.startswith("dagster/")
        ],
        description=(spec.description or "")[:TEXT],
        external=False,
        status=status.state,
        reasons=[] if status.state == "fresh" else _reasons(status),
        not_tracked=list(status.untracked),
        error=_error(session, key) if status.state == "failed" else None,
        inputs=[_link(session, other, statuses) for other in graph.upstream(key)],
        outputs=[_link(session, other, statuses) for other in graph.downstream(key)],
        history=[_version(version) for version in versions[:VERSIONS]],
        history_count=len(versions),
        change=_change(session, key, versions, last_diff),
        value=None if made is None else _value(session, made),
        code=session.code(key)[:TEXT],
        code_change=_code_change(session, key, status),
        metadata=_fields({**spec.metadata, **({} if made is None else made.metadata)}),
        logs=[{"stream": line.stream, "text": line.text[:TEXT]} for line in session.logs(key)[-LOG_LINES:]],
    )


def _external(session: Session, key: AssetKey) -> DetailsView:
    graph = session.graph
    name = key.to_user_string()
    if key not in graph.external:
        raise SelectionError(
            f"there is no asset `{name}` in this session."
            f"{near(name, (known.to_user_string() for known in graph.keys))}"
        )
    statuses = session.status(list(graph.downstream(key)))
    return DetailsView(
        key=name,
        name=name,
        group=None,
        kinds=[],
        owners=[],
        tags=[],
        description="Made elsewhere: no cell of this session defines it.",
        external=True,
        status="missing",
        reasons=[],
        not_tracked=[],
        error=None,
        inputs=[],
        outputs=[_link(session, other, statuses) for other in graph.downstream(key)],
        history=[],
        history_count=0,
        change=None,
        value=None,
        code="",
        code_change="",
        metadata=[],
        logs=[],
    )


def _reasons(status: AssetStatus) -> list[ReasonView]:
    return [
        {"summary": reason.summary, "detail": ""}
        for reason in status.reasons
        if reason.kind != "last_run_failed"
    ]


def _error(session: Session, key: AssetKey) -> ErrorView | None:
    events = session.store.history.events(asset_key=key, kind="failed", limit=1)
    if not events:
        return None
    payload = events[-1].payload
    type_name, _, message = str(payload.get("error", "")).partition(": ")
    return ErrorView(
        type_name=type_name, message=message[:TEXT], traceback=str(payload.get("traceback", ""))[-TEXT:]
    )


def _link(session: Session, key: AssetKey, statuses: Mapping[AssetKey, AssetStatus]) -> LinkView:
    status = statuses.get(key)
    return LinkView(
        key=key.to_user_string(),
        status="missing" if status is None else status.state,
        external=key not in session.graph,
    )


def _version(made: Materialization) -> VersionView:
    return VersionView(
        version=made.version,
        made=made.timestamp,
        duration=made.duration,
        run_id=made.run_id,
        summary="" if made.value is None else made.value.summary,
        badge=str((made.change or {}).get("badge", "")),
        code_version=made.code_version,
        data_version=made.data_version,
        restored_from=made.restored_from,
    )


def _change(
    session: Session, key: AssetKey, versions: list[Materialization], last_diff: ValueDiff | None
) -> ChangeView | None:
    if len(versions) < 2:  # noqa: PLR2004 - a change is between two versions
        return None
    new, old = versions[0], versions[1]
    if new.value is None or old.value is None or new.data_version == old.data_version:
        return None
    known = new.change or {}
    if last_diff is None:
        if max(new.value.size, old.value.size) > LARGEST_READ:
            summary = str(known.get("summary", "Too large to compare at a glance"))
            return ChangeView(summary=summary, badge=str(known.get("badge", "")), html="")
        try:
            last_diff = session.diff(key, old.version, new.version)
        except Exception as error:  # noqa: BLE001 - values of users fail in every way, the pane goes on
            return ChangeView(summary=f"Cannot be compared any more: {error}"[:TEXT], badge="", html="")
    return ChangeView(
        summary=last_diff.summary, badge=last_diff.badge, html=last_diff.to_html(key.to_user_string())
    )


def _value(session: Session, made: Materialization) -> ValueView | None:
    ref = made.value
    if ref is None:
        return None
    view = ValueView(
        type_name=ref.type_name, summary=ref.summary, size=ref.size, table=None, text="", note=""
    )
    if ref.size > LARGEST_READ:
        view["note"] = "Too large for a look from here."
        return view
    try:
        value = session.store.values.get(ref)
        view["table"] = table_preview(value)
        if view["table"] is None:
            view["text"] = text_preview(value)
    except NbAssetsError as error:
        view["note"] = str(error)[:TEXT]
    except Exception as error:  # noqa: BLE001 - what users' types raise when read or printed is not ours to know
        view["note"] = f"It cannot be shown: {type(error).__name__}: {error}"[:TEXT]
    return view


def _code_change(session: Session, key: AssetKey, status: AssetStatus) -> str:
    if not any(reason.kind == "code_changed" for reason in status.reasons):
        return ""
    code = session.explain(key).code
    return "" if code is None or code.equal else code.to_html()


def _fields(metadata: Mapping[str, Any]) -> list[FieldView]:
    return [{"name": str(name), "text": _metadata_text(value)[:TEXT]} for name, value in metadata.items()]


def _metadata_text(value: object) -> str:
    if not isinstance(value, MetadataValue):
        return str(value)
    shown = value.to_json()["value"]
    if value.kind == "asset":
        return "/".join(shown)
    if isinstance(shown, bool) or shown is None:
        return {True: "true", False: "false", None: "–"}[shown]
    if isinstance(shown, (int, float)):
        return f"{shown:,}"
    return shown if isinstance(shown, str) else json.dumps(shown, indent=2, ensure_ascii=False, default=str)
