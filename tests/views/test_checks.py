"""What cards, panes, reports and the static picture say of checks; whatever users wrote in them stays text."""

from __future__ import annotations

import json

import pytest

from nb_assets import AssetCheckResult, AssetCheckSeverity, AssetKey, asset, asset_check
from nb_assets.definitions.registry import Origin
from nb_assets.export.svg import lineage_svg
from nb_assets.session import Session
from nb_assets.views.checks import CHECK_LOOKS, check_glyph, check_mark, summed_up
from nb_assets.views.details import details_view
from nb_assets.views.lineage import lineage_view
from nb_assets.views.report import headline, report_of
from nb_assets.views.run_record import RunRecord

HOSTILE = '<img src=x onerror="alert(1)">'


@asset
def trips():
    return [1, 2]


@asset_check(asset=trips, blocking=True)
def enough(trips):
    """There are two."""
    return AssetCheckResult(passed=len(trips) > 1, metadata={"rows": len(trips)})


@asset_check(asset=trips)
def hostile(trips):
    return AssetCheckResult(
        passed=False, severity=AssetCheckSeverity.WARN, description=HOSTILE, metadata={HOSTILE: HOSTILE}
    )


@pytest.fixture
def session(tmp_path) -> Session:
    made = Session(tmp_path / ".nb_assets")
    made.register(Origin(id="1", label="cell [1]"), [trips, enough, hostile])
    return made


def run(session: Session) -> RunRecord:
    record = RunRecord()
    session.materialize(on_event=record.apply)
    return record


def test_each_state_has_a_shape_and_a_word():
    assert {check_glyph(state) for state in ("passed", "warning", "failed", "stale", "missing")} == set(
        "✓▲✖◔○"
    )
    for state in CHECK_LOOKS:
        assert 'role="img" title="' in check_mark(state)


def test_those_that_ask_for_attention_come_first():
    assert summed_up(["passed", "failed", "passed", "warning"]) == "1 failed, 1 warning, 2 passed"


def test_a_card_has_what_its_checks_come_to(session):
    (node,) = lineage_view(session)["nodes"]
    assert (node["checks"], node["check_look"]) == ("2 not run", "missing")
    session.materialize()
    (node,) = lineage_view(session)["nodes"]
    assert (node["checks"], node["check_look"]) == ("1 warning, 1 passed", "stale")
    assert "1 warning" in lineage_svg(lineage_view(session))


def test_an_asset_without_checks_says_nothing_of_them(tmp_path):
    session = Session(tmp_path / ".nb_assets")
    session.register(Origin(id="1", label="cell [1]"), [trips])
    (node,) = lineage_view(session)["nodes"]
    assert (node["checks"], node["check_look"]) == ("", "")
    assert details_view(session, AssetKey("trips"))["checks"] == []


def test_the_pane_says_what_each_check_said_and_of_which_version(session):
    session.materialize()
    view = details_view(session, AssetKey("trips"))
    assert json.loads(json.dumps(view)) == view
    first, second = view["checks"]
    assert (first["name"], first["word"], first["look"], first["blocking"]) == (
        "enough",
        "passed",
        "fresh",
        True,
    )
    assert (first["description"], first["version"]) == ("There are two.", 1)
    assert [(field["name"], field["text"]) for field in first["metadata"]] == [("rows", "2")]
    assert (second["word"], second["said"]) == ("warning", HOSTILE)


def test_the_report_lists_checks_and_escapes_what_they_said(session):
    record = run(session)
    assert headline(record).startswith("1 run, 2 checks: 1 warning, 1 passed")
    report = report_of(record)
    assert HOSTILE not in report.html
    assert "&lt;img" in report.html
    assert "trips:enough   passed  rows 2" in report.text


def test_what_passed_before_and_stands_is_no_news(session):
    run(session)
    report = report_of(run(session))
    assert "trips:enough" not in report.text
    assert "as before" in report.text
