"""The session as every surface calls it: queueing, events, restarts, two kernels on one store."""

from __future__ import annotations

import os
import subprocess
import sys
import textwrap
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

import nb_assets as nba
from nb_assets import AssetKey, asset
from nb_assets.definitions.registry import Origin
from nb_assets.errors import (
    CycleError,
    DefinitionError,
    DuplicateKeyError,
    RunCancelledError,
    SelectionError,
    StoreVersionError,
    UsageError,
    ValueMissingError,
)
from nb_assets.session import Session

ORIGIN = Origin(id="cell", label="cell [1]")
ENVIRONMENT = {**os.environ, "PYTHONPATH": str(Path(nba.__file__).parents[1])}


@pytest.fixture
def session(tmp_path: Path) -> Session:
    return Session(tmp_path / "store")


def chain() -> list:
    @asset(group_name="raw")
    def a():
        return [1, 2, 3]

    @asset
    def b(a):
        return sum(a)

    return [a, b]


def _giving(value: object):
    return lambda: value


def python(program: str, folder: Path) -> str:
    """Run a program in another process, in the folder whose store it shares; return what it printed."""
    file = folder / "program.py"
    file.write_text(textwrap.dedent(program))
    done = subprocess.run(
        [sys.executable, file],
        cwd=folder,
        env=ENVIRONMENT,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


def test_assets_are_found_by_text_and_by_key(session: Session):
    session.register(ORIGIN, chain())
    assert session.assets["a"] is session.assets[AssetKey("a")]
    assert [key.to_user_string() for key in session.select("+b")] == ["a", "b"]
    assert repr(session).startswith("<Session of 2 assets, store ")
    assert "group_name" in session.code("a")


def test_registering_is_whole_or_not_at_all(session: Session):
    session.register(ORIGIN, chain())
    before = dict(session.assets)
    told: list = []
    session.subscribe(told.append)
    with pytest.raises(CycleError, match=r"a → b → a|b → a → b"):
        session.register(
            Origin(id="cell", label="cell [1]"), [chain()[1], asset(name="a", deps=["b"])(lambda: 1)]
        )
    with pytest.raises(DuplicateKeyError):
        session.register(Origin(id="other", label="cell [2]"), [asset(name="c")(lambda: 1), *chain()])
    assert dict(session.assets) == before
    assert told == []


def test_registering_and_forgetting_is_told(session: Session):
    told: list = []
    session.subscribe(told.append)
    session.register(ORIGIN, chain())
    session.forget("b")
    assert [(event.added, event.removed) for event in told] == [
        ((AssetKey("a"), AssetKey("b")), ()),
        ((), (AssetKey("b"),)),
    ]


def test_what_was_forgotten_can_still_be_looked_back_at(session: Session):
    session.register(ORIGIN, chain())
    session.materialize()
    session.forget("b")
    assert (session.load("b"), len(session.history("b"))) == (6, 1)
    with pytest.raises(SelectionError, match="no asset is called `b`"):
        session.status("b")


def test_values_are_loaded_by_version(session: Session):
    for value in (1, 2, 3):
        session.register(ORIGIN, [asset(name="a", code_version=str(value))(_giving(value))])
        session.materialize()
    assert [session.load("a", version) for version in (None, 1, 2, 3, -1, -3)] == [3, 1, 2, 3, 3, 1]
    assert [made.version for made in session.history("a")] == [3, 2, 1]
    for version in (0, 4, -4):
        with pytest.raises(ValueMissingError, match="it has 3, from 1 on; -1 is the newest"):
            session.load("a", version)


@pytest.mark.parametrize("verb", ["load", "diff"])
def test_what_was_never_made_cannot_be_loaded_or_compared(session: Session, verb: str):
    session.register(ORIGIN, chain())
    with pytest.raises(ValueMissingError, match="run `%materialize a` first"):
        getattr(session, verb)("a")
    with pytest.raises(SelectionError, match="no asset is called `nope`"):
        getattr(session, verb)("nope")


def test_two_versions_are_compared(session: Session):
    import pandas as pd

    for rows in ([1, 2], [1, 3, 4]):
        frame = pd.DataFrame({"id": range(len(rows)), "x": rows})
        session.register(
            ORIGIN,
            [asset(name="a", code_version=str(rows), metadata={"primary_key": "id"})(_giving(frame))],
        )
        session.materialize()
    found = session.diff("a")
    assert (found.rows_added, found.rows_removed, found.rows_changed) == (1, 0, 1)
    assert session.diff("a", -1, -1).equal
    assert session.diff("a", 2, 1).rows_removed == 1
    for version in ("x", 1.5, True, None):
        with pytest.raises(UsageError, match="a version is a whole number"):
            session.diff("a", version, 2)


def test_it_explains_with_the_code_that_changed(session: Session):
    names: dict = {"__name__": "__main__"}
    exec("LIMIT = 5\ndef a(): return LIMIT", names)
    session.register(ORIGIN, [asset(names["a"])])
    assert str(session.explain("a")).startswith("`a` is missing.\n  - never materialized")
    session.materialize()
    assert session.explain("a").headline == "`a` is fresh: version 1 is what a run now would give."
    names["LIMIT"] = 7
    told = session.explain("a")
    assert "`LIMIT` 5 → 7" in str(told)
    changed = {"changed": ["LIMIT"], "details": {"LIMIT": ["5", "7"]}}
    assert told.to_dict()["reasons"] == [{"kind": "code_changed", "summary": "`LIMIT` 5 → 7", **changed}]
    assert told.code is not None
    assert not told.code.equal
    assert 'data-asset-key="a"' in told._repr_html_()


def test_a_plan_tells_what_a_run_would_do(session: Session):
    session.register(ORIGIN, chain())
    plan = session.plan("b")
    assert (plan.keys, plan.needed) == ((AssetKey("a"), AssetKey("b")), (AssetKey("a"),))
    session.materialize()
    assert (session.plan().stale, len(session.plan().fresh)) == ((), 2)
    assert session.plan("b", force=True).stale == (AssetKey("b"),)


def test_runs_in_the_background_wait_for_each_other_in_order(session: Session):
    gate = threading.Event()
    order: list[str] = []

    def step(name: str):
        def run():
            gate.wait(10)
            return name

        return asset(name=name)(run)

    session.register(ORIGIN, [step("a"), step("b"), step("c")])
    session.subscribe(lambda event: order.append(f"{type(event).__name__} {event.run_id}"))
    runs = [session.submit(name) for name in ("a", "b", "c")]
    assert [run.state for run in runs[1:]] == ["queued", "queued"]
    states = {key.to_user_string(): status.state for key, status in session.status().items()}
    assert states["b"] == states["c"] == "queued"
    assert session.runs == runs
    runs[1].cancel()
    gate.set()
    assert all(run.wait(10) for run in runs)
    assert [run.state for run in runs] == ["success", "cancelled", "success"]
    finished = [run_id for kind, run_id in (line.split() for line in order) if kind == "RunFinished"]
    assert set(finished) == {run.run_id for run in runs}
    assert session.runs == []
    assert [len(session.history(name)) for name in ("a", "b", "c")] == [1, 0, 1]


def test_a_run_in_this_thread_waits_for_those_before_it(session: Session):
    gate = threading.Event()
    session.register(ORIGIN, [asset(name="a")(lambda: gate.wait(10)), asset(name="b")(lambda: 1)])
    run = session.submit("a")
    threading.Timer(0.1, gate.set).start()
    session.materialize("b")
    assert run.done


def test_a_wrong_selection_is_refused_at_once_and_not_in_the_background(session: Session):
    session.register(ORIGIN, chain())
    with pytest.raises(SelectionError):
        session.submit("nope")
    assert session.runs == []


def test_cancelling_all_and_cancelling_what_is_not_there(session: Session):
    session.cancel()
    with pytest.raises(SelectionError, match="no run `x` is under way"):
        session.cancel("x")


def test_a_cancelled_wait_is_given_up(session: Session):
    gate = threading.Event()
    session.register(ORIGIN, [asset(name="a")(lambda: gate.wait(10)), asset(name="b")(lambda: 1)])
    first = session.submit("a")
    threading.Timer(0.2, session.cancel).start()
    with pytest.raises(RunCancelledError):
        session.materialize("b")
    gate.set()
    assert first.wait(10)


def test_a_subscriber_that_breaks_breaks_nothing(session: Session):
    told: list = []
    session.register(ORIGIN, chain())
    session.subscribe(lambda event: 1 / 0)
    end = session.subscribe(told.append)
    assert session.materialize().success
    count = len(told)
    end()
    end()
    session.materialize()
    assert len(told) == count > 0


def test_a_thread_that_asks_for_the_status_sees_a_running_asset(session: Session):
    inside, gate = threading.Event(), threading.Event()

    def work():
        inside.set()
        gate.wait(10)

    session.register(ORIGIN, [asset(name="a")(work)])
    run = session.submit("a")
    assert inside.wait(10)
    assert session.status("a")[AssetKey("a")].state == "running"
    assert session.running is run
    gate.set()
    assert run.wait(10)
    assert session.running is None


PROJECT = """
    import nb_assets as nba
    from nb_assets import asset
    from nb_assets.definitions.registry import Origin

    RATE = 2
    def helper(x): return x * RATE

    @asset
    def a():
        print("made a")
        return [1, 2, 3]

    @asset
    def b(a):
        print("made b")
        return helper(sum(a))

    s = nba.session()
    s.register(Origin(id="m", label="module"), [a, b])
"""


def test_a_new_process_finds_everything_fresh_and_loads_it(tmp_path: Path):
    assert (
        python(PROJECT + "    s.materialize()\n    print(nba.load('b'), b.value)", tmp_path)
        == "made a\nmade b\n12 12"
    )
    again = (
        PROJECT
        + "    s.materialize()\n    print({k.to_user_string(): v.state for k, v in s.status().items()}, s.load('b'))"
    )
    assert python(again, tmp_path) == "{'a': 'fresh', 'b': 'fresh'} 12"
    assert (
        python(again.replace("RATE = 2", "RATE = 3"), tmp_path) == "made b\n{'a': 'fresh', 'b': 'fresh'} 18"
    )


def test_two_processes_share_a_store_while_both_are_running(tmp_path: Path):
    session = Session(tmp_path / ".nb_assets")
    assert session.latest("a") is None
    python(PROJECT + "    s.materialize()", tmp_path)
    made = session.latest("a")
    assert made is not None
    assert made.version == 1
    python(PROJECT + "    s.materialize(force=True)", tmp_path)
    assert [made.version for made in session.history("b")] == [2, 1]
    assert session.load("b") == 12


def test_two_processes_that_write_at_once_lose_nothing(tmp_path: Path):
    program = textwrap.dedent(PROJECT + "    for _ in range(20): s.materialize(force=True, echo=False)\n")
    (tmp_path / "program.py").write_text(program)
    both = [
        subprocess.Popen(
            [sys.executable, "program.py"], cwd=tmp_path, env=ENVIRONMENT, stderr=subprocess.PIPE
        )
        for _ in range(2)
    ]
    assert [(process.wait(60), process.stderr.read() if process.stderr else b"") for process in both] == [
        (0, b"")
    ] * 2
    session = Session(tmp_path / ".nb_assets")
    assert [made.version for made in session.history("a")] == list(range(40, 0, -1))


def test_the_store_is_beside_the_notebook_or_where_the_variable_says(tmp_path: Path, monkeypatch):
    monkeypatch.delenv("NB_ASSETS_HOME", raising=False)
    monkeypatch.chdir(tmp_path)
    assert Session().store.folder == tmp_path / ".nb_assets"
    monkeypatch.setenv("NB_ASSETS_HOME", str(tmp_path / "elsewhere"))
    assert Session().store.folder == tmp_path / "elsewhere"


def test_a_newer_store_is_refused_and_left_as_it_is(tmp_path: Path):
    import sqlite3

    Session(tmp_path).store.close()
    with sqlite3.connect(tmp_path / "history.sqlite") as connection:
        connection.execute("PRAGMA user_version = 99")
    before = (tmp_path / "history.sqlite").read_bytes()
    with pytest.raises(StoreVersionError, match="newer"):
        Session(tmp_path)
    assert (tmp_path / "history.sqlite").read_bytes() == before


def test_the_sessions_verbs_are_the_packages_too(tmp_path: Path):
    told = python(
        PROJECT + "    s.materialize(echo=False)\n"
        "    print(nba.history('a')[0].version, nba.explain('a').status.state, nba.session() is s, nba.session)",
        tmp_path,
    )
    assert told.startswith("1 fresh True")


def test_a_definition_needs_no_session_to_be_called():
    a, b = chain()
    assert b(a()) == 6
    assert nba.materialize([a, b]).output_for_node("b") == 6


def test_cells_may_be_registered_on_one_thread_while_others_register_and_look(session: Session):
    def cell(number: int) -> tuple[Origin, list]:
        return Origin(id=f"c{number}", label="cell"), [asset(name=f"a{number}")(_giving(1))]

    interval = sys.getswitchinterval()
    sys.setswitchinterval(1e-5)
    try:
        with ThreadPoolExecutor(4) as pool:
            done = pool.map(lambda number: session.register(*cell(number)), range(80))
            looked = [len(session.graph) for _ in range(80)]
            list(done)
    finally:
        sys.setswitchinterval(interval)
    assert looked == sorted(looked)
    assert len(session.graph) == len(session.assets) == 80


def test_what_another_notebook_of_the_project_made_can_be_read_and_is_said_to_be_untracked(tmp_path: Path):
    @asset
    def base():
        return [1, 2, 3]

    @asset
    def size(base):
        return len(base)

    first, second = Session(tmp_path / ".nb_assets"), Session(tmp_path / ".nb_assets")
    first.register(Origin(id="one", label="cell [1]"), [base])
    first.materialize()
    second.register(Origin(id="two", label="cell [1]"), [size])
    assert second.materialize().success
    assert second.load("size") == 3
    status = second.status()[AssetKey("size")]
    assert status.state == "fresh"
    assert any("another notebook" in what for what in status.untracked)


def test_what_was_taken_out_of_this_notebook_stands_for_nothing(tmp_path: Path):
    @asset
    def base():
        return [1, 2, 3]

    @asset
    def size(base):
        return len(base)

    session = Session(tmp_path / ".nb_assets")
    session.register(Origin(id="one", label="cell [1]"), [base])
    session.register(Origin(id="two", label="cell [2]"), [size])
    session.materialize()
    session.register(Origin(id="one", label="cell [1]"), [])
    status = session.status()[AssetKey("size")]
    assert (status.state, status.summary) == ("stale", "`base` is not defined any more")
    with pytest.raises(DefinitionError, match="`size` reads `base`"):
        session.materialize()


def test_a_value_that_is_looked_up_in_an_asset_has_to_be_said_to_be_upstream(tmp_path: Path):
    session = Session(tmp_path / ".nb_assets")

    @asset
    def base():
        return 1

    @asset
    def silent():
        return session.load("base")

    @asset(deps=["base"])
    def said():
        return session.load("base")

    @asset
    def own():
        return len(session.history("own"))

    session.register(ORIGIN, [base, silent, said, own])
    result = session.materialize(raise_on_error=False)
    assert {key.to_user_string() for key in result.failed} == {"silent"}
    assert "does not say that it is derived from it" in result.failed[AssetKey("silent")].message
    assert session.load("said") == 1
