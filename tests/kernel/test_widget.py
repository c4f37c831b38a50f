"""The widget's protocol over a raw comm: what the page may ask, what it is told, and what it can never do."""

from __future__ import annotations

import pytest

from tests.harness.wishes import wish

ASSETS = """%%asset -g raw
import pathlib, time
from nb_assets import asset
@asset
def first():
    return 1
@asset
def second(first):
    while pathlib.Path("hold").exists(): time.sleep(0.02)
    return first + 1
@asset
def third(second):
    return second + 1
"""
BUSY = "print('busy', flush=True)\nwhile pathlib.Path('busy').exists(): time.sleep(0.02)"

MALFORMED = {
    "a text": "ready",
    "nothing": None,
    "a list": ["ready"],
    "no kind": {"request": "v:2"},
    "a kind that is a list": {"kind": ["ready"], "request": "v:2"},
    "code": {"kind": "eval", "request": "v:2", "code": "open('ran', 'w')"},
    "a method of Python": {"kind": "__class__", "request": "v:2"},
    "a missing field": {"kind": "materialize", "request": "v:2"},
    "a field too many": {
        "kind": "materialize",
        "request": "v:2",
        "wish": wish("stale"),
        "executor": "process",
    },
    "a flag that is a word": {
        "kind": "materialize",
        "request": "v:2",
        "wish": wish() | {"keys": ["first"], "force": "yes"},
    },
    "keys that are a text": {
        "kind": "materialize",
        "request": "v:2",
        "wish": wish() | {"keys": "first", "force": False},
    },
    "keys that are numbers": {
        "kind": "materialize",
        "request": "v:2",
        "wish": wish() | {"keys": [1], "force": False},
    },
    "a wish for something else": {"kind": "materialize", "request": "v:2", "wish": wish("code")},
    "a wish with a field too many": {
        "kind": "materialize",
        "request": "v:2",
        "wish": wish() | {"code": "1/0"},
    },
    "a group that is not there": {"kind": "materialize", "request": "v:2", "wish": wish(groups=["nowhere"])},
    "an outcome that there is not": {
        "kind": "ask_outcome",
        "request": "v:2",
        "run_id": "",
        "outcome": "code",
    },
    "a request that is a number": {"kind": "materialize", "request": 2, "wish": wish("stale")},
    "a text beyond measure": {"kind": "find", "request": "v:2", "text": "a" * 100_000, "filters": {}},
    "an unknown key": {
        "kind": "materialize",
        "request": "v:2",
        "wish": wish() | {"keys": ["frist"], "force": False},
    },
    "a key that is code": {
        "kind": "materialize",
        "request": "v:2",
        "wish": wish(keys=["__import__('os')"], force=True),
    },
    "details of an unknown key": {"kind": "describe", "request": "v:2", "key": "frist"},
    "data that is no message": {"method": "custom"},
}


class Widget:
    """A lineage widget of three assets, its graph already told; the second waits while there is a file `hold`."""

    def __init__(self, kernel) -> None:
        self.kernel = kernel
        self.asked = 0
        kernel.run("%load_ext nb_assets")
        kernel.run(ASSETS, cell_id="assets")
        self.output = kernel.run("%lineage", cell_id="lineage")
        self.comm = kernel.widget(lambda comm: comm.state.get("_model_module") == "anywidget")
        self.ask("ready")
        self.graph = self.hear("graph")

    def ask(self, kind: str, **fields) -> int:
        """Send a request; return from where on its answers are found."""
        since = len(self.comm.messages)
        self.asked += 1
        self.comm.send({"kind": kind, "request": f"v:{self.asked}", **fields})
        return since

    def hear(self, kind: str, since: int = 0):
        return self.comm.wait_for_message(lambda message: message["kind"] == kind, since=since)

    def hear_run(self, *states: str, since: int = 0):
        return self.comm.wait_for_message(lambda message: state_of(message) in states, since=since)

    def told(self) -> dict[str, str]:
        """Return the statuses that the page knows: those of the graph, patched."""
        known = {}
        for message in self.comm.messages:
            nodes = message["view"]["nodes"] if message["kind"] == "graph" else message.get("nodes", ())
            known.update((node["key"], node["status"]) for node in nodes)
        return known

    def wait_until(self, key: str, status: str) -> None:
        self.kernel.wait_for(lambda: self.told()[key] == status)


@pytest.fixture
def widget(kernel) -> Widget:
    return Widget(kernel)


def hold(folder):
    (folder / "hold").touch()


def release(folder):
    (folder / "hold").unlink()


def state_of(message):
    return (message.get("run") or {}).get("state")


def test_ready_is_answered_with_the_whole_picture(widget):
    view = widget.graph["view"]
    assert [node["key"] for node in view["nodes"]] == ["first", "second", "third"]
    assert [(edge["source"], edge["target"]) for edge in view["edges"]] == [
        ("first", "second"),
        ("second", "third"),
    ]
    assert widget.graph["stale"] == 3
    assert widget.graph["run"] is None
    assert set(widget.told().values()) == {"missing"}


def test_materialize_is_told_in_patches_until_all_is_fresh(widget, tmp_path):
    hold(tmp_path)
    since = widget.ask("materialize", wish=wish("stale"))
    widget.wait_until("second", "running")
    release(tmp_path)
    ended = widget.hear_run("success", since=since)
    assert ended["stale"] == 0
    assert widget.told() == dict.fromkeys(("first", "second", "third"), "fresh")
    told = [message for message in widget.comm.messages[since:] if message["kind"] != "heard"]
    assert {message["kind"] for message in told} == {"patch"}
    for key in ("first", "second", "third"):
        states = [node["status"] for message in told for node in message["nodes"] if node["key"] == key]
        # A patch may come too late for a state, never out of order or twice.
        assert states == [state for state in ("queued", "running", "fresh") if state in states]
        assert states[-1] == "fresh"


def test_one_asset_is_made_alone_and_again_only_by_force(widget):
    widget.hear_run("success", since=widget.ask("materialize", wish=wish(keys=["first"], force=False)))
    assert widget.told() == {"first": "fresh", "second": "missing", "third": "missing"}
    widget.hear_run("success", since=widget.ask("materialize", wish=wish(keys=["first"], force=True)))
    assert widget.kernel.run("len(__import__('nb_assets').history('first'))").result == "2"


def test_details_and_searches_are_answered_to_who_asked(widget):
    widget.ask("materialize", wish=wish("stale"))
    widget.hear_run("success")
    since = widget.ask("describe", key="second")
    details = widget.hear("details", since)["details"]
    assert details["key"] == "second"
    assert "def second(first)" in details["code"]
    look = widget.hear("look", since)
    assert (look["request"], look["look"]["value"]["text"]) == (f"v:{widget.asked}", "2")
    assert [link["key"] for link in details["inputs"]] == ["first"]
    since = widget.ask("find", text="first+1", filters={})
    found = widget.hear("found", since)
    assert (found["request"], found["keys"]) == (f"v:{widget.asked}", ["first", "second"])
    since = widget.ask("find", text="key:(", filters={})
    assert widget.hear("found", since)["error"]


def test_cancel_stops_a_run_while_a_cell_is_busy_where_comms_have_a_shell_of_their_own(widget, tmp_path):
    kernel = widget.kernel
    hold(tmp_path)
    (tmp_path / "busy").touch()
    busy = kernel.submit(BUSY)
    kernel.wait_for(lambda: busy.stdout)
    widget.ask("materialize", wish=wish("stale"))
    if not kernel.supports_subshells:
        # On one shell the click waits for the cell, and nothing is lost.
        kernel.settle()
        assert all(state_of(message) is None for message in widget.comm.messages)
        (tmp_path / "busy").unlink()
    widget.wait_until("second", "running")
    since = widget.ask("cancel", run_id="")
    widget.hear_run("cancelling", since=since)
    release(tmp_path)
    widget.hear_run("cancelled", since=since)
    assert widget.told()["third"] == "missing"
    if kernel.supports_subshells:
        assert not busy.is_idle
        (tmp_path / "busy").unlink()
    busy.wait()
    since = widget.ask("materialize", wish=wish("stale"))
    widget.hear_run("success", since=since)
    assert set(widget.told().values()) == {"fresh"}


def test_a_cell_runs_beside_a_click_s_run(widget, tmp_path):
    hold(tmp_path)
    since = widget.ask("materialize", wish=wish("stale"))
    widget.wait_until("second", "running")
    assert widget.kernel.run("6 * 7").result == "42"
    assert widget.told()["third"] != "fresh"
    release(tmp_path)
    widget.hear_run("success", since=since)


def test_malformed_messages_are_refused_and_nothing_is_run(widget, tmp_path):
    before = widget.told()
    for number, content in enumerate(MALFORMED.values()):
        since = len(widget.comm.messages)
        named = isinstance(content, dict) and content.get("request") == "v:2"
        widget.comm.send({**content, "request": f"m:{number}"} if named else content)
        said = widget.hear("error", since)["message"]
        assert said
        assert "Traceback" not in said
        assert len(said) < 500
    widget.comm.send_data({"method": "custom"})
    widget.comm.send_data(
        {
            "method": "no such method",
            "content": {"kind": "materialize", "request": "v:9", "wish": wish("stale")},
        }
    )
    widget.comm.send_data({})
    widget.kernel.settle()
    assert widget.told() == before
    assert (
        widget.kernel.run("import nb_assets; nb_assets.history('first'), nb_assets.session().runs").result
        == "([], [])"
    )
    assert not (tmp_path / "ran").exists()
    # And it still answers.
    widget.hear("graph", widget.ask("ready"))


def test_every_request_is_said_to_be_heard_and_done_once_however_often_it_is_asked(widget):
    asked = {"kind": "materialize", "request": "again:1", "wish": wish(keys=["first"], force=True)}
    since = len(widget.comm.messages)
    for _ in range(3):
        widget.comm.send(asked)
    widget.hear_run("success", since=since)
    widget.kernel.settle()
    heard = [message for message in widget.comm.messages[since:] if message["kind"] == "heard"]
    assert heard == [{"kind": "heard", "request": "again:1"}] * 3
    assert widget.kernel.run("len(__import__('nb_assets').history('first'))").result == "1"


def test_a_comm_of_its_own_reaches_a_lineage_whose_subshell_is_gone(widget):
    line = widget.kernel.open_comm("nb_assets.lineage", {"lineage": widget.graph["lineage_id"]})
    since = len(widget.comm.messages)
    line.send_data({"kind": "materialize", "request": "second:1", "wish": wish(keys=["first"])})
    widget.hear_run("success", since=since)
    assert {"kind": "heard", "request": "second:1"} in widget.comm.messages[since:]
    assert line.messages == []
    since = len(widget.comm.messages)
    line.send_data({"kind": "eval", "request": "second:2"})
    assert "eval" in widget.hear("error", since)["message"]
    for data in ({}, {"lineage": "nowhere"}, {"lineage": ["x"]}):
        other = widget.kernel.open_comm("nb_assets.lineage", data)
        widget.kernel.wait_for(lambda other=other: not other.is_open)
    assert widget.kernel.run("len(__import__('nb_assets').history('first'))").result == "1"


def test_runs_wait_in_a_queue_from_which_they_can_be_taken(widget, tmp_path):
    hold(tmp_path)
    widget.ask("materialize", wish=wish(keys=["second"]))
    widget.wait_until("second", "running")
    widget.ask("materialize", wish=wish(keys=["third"]))
    since = widget.ask("materialize", wish=wish(keys=["first"], force=True))
    queued = widget.comm.wait_for_message(lambda message: len(message.get("queue", ())) == 2, since=since)
    assert [(run["what"], run["total"], run["origin"]) for run in queued["queue"]] == [
        ("second, third", 2, "widget"),  # its value is needed, and not there yet
        ("first", 1, "widget"),
    ]
    assert widget.told()["third"] == "queued"
    since = widget.ask("cancel", run_id=queued["queue"][0]["run_id"])
    left = widget.comm.wait_for_message(lambda message: len(message.get("queue", ())) == 1, since=since)
    assert left["queue"][0]["what"] == "first"
    release(tmp_path)
    widget.kernel.wait_for(lambda: widget.told() == {"first": "fresh", "second": "fresh", "third": "missing"})
    assert widget.kernel.run("len(__import__('nb_assets').history('first'))").result == "2"


def test_state_that_the_page_sends_changes_no_code(widget):
    widget.comm.update(
        {"_esm": "export default {}", "_css": "", "selection": "group:other", "conversation": None}
    )
    widget.kernel.settle()
    assert [node["key"] for node in widget.hear("graph", widget.ask("ready"))["view"]["nodes"]] == [
        "first",
        "second",
        "third",
    ]


def test_a_registered_cell_and_an_ordinary_one_are_both_seen(widget):
    widget.ask("materialize", wish=wish("stale"))
    widget.hear_run("success")
    widget.kernel.run("FACTOR = 2")
    since = len(widget.comm.messages)
    widget.kernel.run("%%asset -g more\ndef fourth(third): return third * FACTOR", cell_id="fourth")
    assert "fourth" in [node["key"] for node in widget.hear("graph", since)["view"]["nodes"]]
    widget.hear_run("success", since=widget.ask("materialize", wish=wish("stale")))
    since = len(widget.comm.messages)
    widget.kernel.run("FACTOR = 3")
    patch = widget.comm.wait_for_message(lambda message: bool(message.get("nodes")), since=since)
    assert [(node["key"], node["status"], node["reason"]) for node in patch["nodes"]] == [
        ("fourth", "stale", "`FACTOR` 2 → 3")
    ]


def test_an_asset_s_prints_reach_the_pane_that_is_open(widget):
    widget.kernel.run(
        "%%asset -g more\ndef loud():\n    print('one')\n    print('<b>two</b>')", cell_id="loud"
    )
    widget.hear("details", widget.ask("describe", key="loud"))
    since = widget.ask("materialize", wish=wish(keys=["loud"], force=False))
    widget.comm.wait_for_message(lambda message: "<b>two</b>" in str(message.get("lines")), since=since)


LIVE = "len({comm.comm_id for comm in __import__('comm').get_comm_manager().comms.values()})"
FOLLOWING = "len(__import__('nb_assets').session()._bulletin._subscribers)"


def test_a_cell_that_is_run_again_ends_its_earlier_lineages(widget):
    kernel = widget.kernel

    def figures():
        return kernel.run(f"{LIVE}, {FOLLOWING}").result

    before = figures()
    for _ in range(5):
        kernel.run("%lineage", cell_id="lineage")
    assert figures() == before
    since = len(widget.comm.messages)
    kernel.run("%materialize")
    kernel.settle()
    assert widget.comm.messages[since:] == []
    kernel.run("%lineage\n%lineage group:raw", cell_id="two")
    with_two = figures()
    assert with_two != before
    kernel.run("%lineage\n%lineage group:raw", cell_id="two")
    assert figures() == with_two


def test_every_lineage_of_a_cell_is_shown_whatever_follows_it(widget):
    shown = widget.kernel.run("%lineage\n%lineage group:raw\nNone", cell_id="both")
    views = [
        output
        for output in shown.outputs
        if "application/vnd.jupyter.widget-view+json" in output.get("data", {})
    ]
    assert len(views) == 2


def test_only_the_last_few_of_many_lineages_are_live(widget):
    kernel = widget.kernel
    for number in range(10):
        kernel.run("%lineage", cell_id=f"lineage {number}")
    before = kernel.run(f"{LIVE}, {FOLLOWING}").result
    for number in range(10, 15):
        kernel.run("%lineage", cell_id=f"lineage {number}")
    assert kernel.run(f"{LIVE}, {FOLLOWING}").result == before
