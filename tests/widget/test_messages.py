"""The wire: what the page may say, and that both sides have the same words for it."""

from __future__ import annotations

import re
import typing
from pathlib import Path

import pytest

from nb_assets.views import changes, model, offers, preview, run_model, version_record
from nb_assets.views import details_model as details
from nb_assets.views import finding_model as finding
from nb_assets.views.status import STATUSES
from nb_assets.widget import messages, run_messages
from nb_assets.widget.fields import MessageError
from nb_assets.widget.messages import read_message, request_of
from tests.harness.wishes import wish

FRONT_END = Path(messages.__file__).parent / "frontend" / "src"

ALLOWED = [
    {"kind": "ready", "request": "a:1"},
    {"kind": "left", "request": "a:1"},
    {"kind": "fetch_panes", "request": "a:1"},
    {"kind": "arrange", "request": "a:1", "collapsed": ["metrics"], "direction": "TB", "anew": False},
    {"kind": "find", "request": "a:1", "text": "status:stale", "filters": {"kind": ["table"]}},
    {"kind": "complete", "request": "a:1", "text": "status:", "at": 7},
    {"kind": "facets", "request": "a:1", "text": "", "filters": {}},
    {"kind": "narrow", "request": "a:1", "key": "a", "up": None, "down": 2, "text": "", "filters": {}},
    {"kind": "reveal", "request": "a:1", "key": "a/b"},
    {"kind": "list", "request": "a:1", "keys": []},
    {"kind": "describe", "request": "a:1", "key": "a/b"},
    {"kind": "offer", "request": "a:1", "key": "a"},
    {"kind": "accept", "request": "a:1", "keys": ["a"], "group": ""},
    {"kind": "unaccept", "request": "a:1", "keys": ["a"]},
    {"kind": "show_versions", "request": "a:1", "key": "a", "partition": "", "start": 50},
    {"kind": "show_version", "request": "a:1", "key": "a", "partition": "x", "version": 3},
    {"kind": "compare", "request": "a:1", "key": "a", "partition": "", "old": 1, "new": 3},
    {
        "kind": "show_differing",
        "request": "a:1",
        "key": "a",
        "partition": "",
        "old": 1,
        "new": 3,
        "start": 0,
        "length": 50,
        "kinds": ["added"],
        "column": "",
    },
    {"kind": "pin", "request": "a:1", "key": "a", "partition": "", "version": 3, "pinned": True},
    {
        "kind": "assign",
        "request": "a:1",
        "key": "a",
        "partition": "",
        "version": 0,
        "name": "df",
        "replace": False,
    },
    {"kind": "materialize", "request": "a:1", "wish": wish(keys=["a"])},
    {"kind": "materialize", "request": "a:2", "wish": wish(groups=["metrics/daily"], reach="downstream")},
    {"kind": "materialize", "request": "a:3", "wish": wish("failed", keys=["a/b"])},
    {"kind": "ask_preview", "request": "a:1", "wish": wish("stale", force=True)},
    {"kind": "ask_outcome", "request": "a:1", "run_id": "3f2a", "outcome": "failed"},
    {"kind": "ask_changes", "request": "a:1", "since": "kernel"},
    {"kind": "cancel", "request": "a:1", "run_id": ""},
]
REFUSED = {
    "no mapping": "ready",
    "no kind": {"request": "a:1"},
    "an unknown kind": {"kind": "execute", "request": "a:1", "code": "1/0"},
    "a kind that is no text": {"kind": ["ready"], "request": "a:1"},
    "a field too few": {"kind": "describe", "request": "a:1"},
    "a field too many": {"kind": "cancel", "request": "a:1", "run_id": "", "code": "1/0"},
    "a key that is no text": {"kind": "describe", "request": "a:1", "key": ["a"]},
    "a direction there is not": {
        "kind": "arrange",
        "request": "a:1",
        "collapsed": [],
        "direction": "RL",
        "anew": False,
    },
    "a text without end": {"kind": "find", "request": "a:1", "text": "a" * 100_000, "filters": {}},
    "a place that is no number": {"kind": "complete", "request": "a:1", "text": "a", "at": "1"},
    "filters that are no lists": {
        "kind": "facets",
        "request": "a:1",
        "text": "",
        "filters": {"kind": "table"},
    },
    "steps backwards": {
        "kind": "narrow",
        "request": "a:1",
        "key": "a",
        "up": -1,
        "down": 1,
        "text": "",
        "filters": {},
    },
    "no wish": {"kind": "materialize", "request": "a:1", "wish": "*"},
    "a wish for code": {"kind": "materialize", "request": "a:1", "wish": wish("code")},
    "a wish that reaches too far": {
        "kind": "materialize",
        "request": "a:1",
        "wish": wish(reach="everywhere"),
    },
    "a wish with a field too many": {
        "kind": "materialize",
        "request": "a:1",
        "wish": wish() | {"code": "1/0"},
    },
    "a wish that is unhashable": {
        "kind": "materialize",
        "request": "a:1",
        "wish": wish() | {"what": ["all"]},
    },
    "keys that are no list": {"kind": "materialize", "request": "a:1", "wish": wish() | {"keys": "*"}},
    "keys that are no texts": {"kind": "materialize", "request": "a:1", "wish": wish() | {"groups": [1]}},
    "a flag that is a number": {"kind": "ask_preview", "request": "a:1", "wish": wish() | {"force": 1}},
    "a request that is no text": {"kind": "ready", "request": 1},
    "a version below 0": {
        "kind": "show_version",
        "request": "a:1",
        "key": "a",
        "partition": "",
        "version": -1,
    },
    "a version that is a flag": {
        "kind": "compare",
        "request": "a:1",
        "key": "a",
        "partition": "",
        "old": True,
        "new": 2,
    },
    "an assignment of what the page sends": {
        "kind": "assign",
        "request": "a:1",
        "key": "a",
        "partition": "",
        "version": 0,
        "name": "df",
        "replace": False,
        "value": 7,
    },
    "rows of an unknown kind": {
        "kind": "show_differing",
        "request": "a:1",
        "key": "a",
        "partition": "",
        "old": 1,
        "new": 3,
        "start": 0,
        "length": 50,
        "kinds": ["stolen"],
        "column": "",
    },
}


@pytest.mark.parametrize("message", ALLOWED, ids=lambda message: f"{message['kind']} {message['request']}")
def test_what_the_buttons_ask_for_is_read(message):
    assert read_message(message) == message


@pytest.mark.parametrize("message", REFUSED.values(), ids=REFUSED.keys())
def test_everything_else_is_refused(message):
    with pytest.raises(MessageError):
        read_message(message)


def test_an_error_is_never_longer_than_one_reads():
    with pytest.raises(MessageError) as caught:
        read_message({"kind": "x" * 10_000})
    assert len(str(caught.value)) < 400


def test_only_a_text_is_sent_back_as_the_name_of_a_request():
    assert request_of({"request": "a:1"}) == "a:1"
    assert request_of({"request": {"a": 1}}) == ""
    assert request_of("ready") == ""


@pytest.mark.checkout
def test_both_sides_have_the_same_fields():
    typescript = "".join(
        (FRONT_END / name).read_text(encoding="utf-8")
        for name in ("messages.ts", "run_views.ts", "views.ts", "finding/views.ts", "changes/views.ts")
    )
    for python in (
        *(finding.CandidateView, finding.ValueCountView, finding.FacetView),
        *(finding.FocusView, finding.ScopeView, finding.RowView),
        *(messages.NodePatch, messages.GroupPatch, run_messages.Wish),
        *(run_model.RunView, run_model.WaitingView, run_model.PlannedView, run_model.RunPreview),
        *(changes.MomentView, changes.MarkView, changes.ChangesView),
        *(model.NodeView, model.GroupView, model.EdgeView, model.LineageView),
        *(details.ReasonView, details.ErrorView, details.LinkView, details.VersionView, details.ChangeView),
        *(details.ValueView, details.FieldView, details.LogView, details.DetailsView, preview.TableView),
        *(offers.PlaceView, offers.OffersView, version_record.MadeFromView, version_record.VersionRecordView),
    ):
        interface = re.search(rf"export interface {python.__name__} {{\n(.*?)\n}}", typescript, re.DOTALL)
        assert interface is not None, python.__name__
        assert re.findall(r"^  (\w+)\??:", interface[1], re.MULTILINE) == list(python.__annotations__)


@pytest.mark.parametrize(
    ("name", "union"), [("FromKernel", messages.FromKernel), ("ToKernel", messages.ToKernel)]
)
@pytest.mark.checkout
def test_both_sides_have_the_same_messages(name, union):
    typescript = (FRONT_END / "messages.ts").read_text(encoding="utf-8")
    said = re.search(rf"export type {name} =\n(.*?);\n(?:\n|\Z)", typescript, re.DOTALL)
    theirs = {
        kind: sorted(re.findall(r"(\w+):", fields.replace(f'kind: "{kind}"', "")))
        for fields, kind in re.findall(r"(\{[^}]*kind: \"(\w+)\"[^}]*\})", said[1])
    }
    ours = {}
    for member in typing.get_args(union):
        kind = re.search(r"'(\w+)'", str(member.__annotations__["kind"]))[1]
        fields = sorted(set(member.__annotations__) - {"kind"})
        ours[kind] = [re.sub(r"^key$", "key", field) for field in fields]
    assert {
        kind: [field for field in fields if field not in {"string", "number"}]
        for kind, fields in theirs.items()
    } == ours


@pytest.mark.checkout
def test_both_sides_have_the_same_words_marks_and_colours():
    script = (FRONT_END / "status.ts").read_text(encoding="utf-8")
    light, dark = (
        (FRONT_END / "styles" / "theme.css").read_text(encoding="utf-8").split("color-scheme: light;")
    )
    for look in STATUSES.values():
        assert f'{look.state}: "{look.label}"' in script
        assert f'"{look.path}"' in script
        assert f"--nbl-{look.state}: {look.light};" in light
        assert f"--nbl-{look.state}: {look.dark};" in dark
