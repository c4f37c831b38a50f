"""What an earlier look found is used again: it gives what a look from the beginning gives, and judges nothing twice."""

from __future__ import annotations

import contextlib
import sys
import tempfile
import threading
import weakref
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from nb_assets import AssetKey, DynamicPartitionsDefinition
from nb_assets.errors import NbAssetsError
from nb_assets.fingerprint import code
from nb_assets.staleness import AssetStatus, KeptStatuses
from tests.harness.project import Project

COUNT = 5
NUMBERS = st.integers(0, 2)
ASSETS = st.integers(0, COUNT - 1)
STEPS = st.one_of(
    st.tuples(st.just("constant"), ASSETS, NUMBERS),
    st.tuples(st.just("helper"), ASSETS, NUMBERS),
    st.tuples(st.just("in place"), ASSETS, NUMBERS),
    st.tuples(st.just("asset"), ASSETS, NUMBERS),
    st.tuples(st.just("make"), ASSETS, NUMBERS),
    st.tuples(st.just("lose"), ASSETS, NUMBERS),
    st.tuples(st.just("accept"), ASSETS, NUMBERS),
    st.tuples(st.just("unaccept"), ASSETS, NUMBERS),
    st.tuples(st.just("forget"), ASSETS, NUMBERS),
)


def define(project: Project, n: int, variant: int) -> None:
    """Define an asset of the chain: derived from the one before, or from two, or from nothing."""
    others = [f"x{m}" for m in (n - 1, n - 2) if m >= 0][:variant]
    project.cell(
        f"@asset\ndef x{n}({', '.join(others)}):\n"
        f"    return [helper_{n}(K_{n}), len(LIST), {', '.join([*others, str(variant)])}]"
    )


def take(project: Project, step: tuple[str, int, int]) -> None:
    """Do what a user does."""
    kind, n, number = step
    key = f"x{n}"
    if kind == "constant":
        project.names[f"K_{n}"] = number
    elif kind == "helper":
        # With 0, it fails.
        project.cell(f"def helper_{n}(x): return (x + {number}) // {number}")
    elif kind == "in place":
        project.names["LIST"][:] = [n] * number
    elif kind == "asset":
        define(project, n, number)
    elif kind == "make":
        project.session.materialize(f"+{key}" if number else key, echo=False, raise_on_error=False)
    elif kind == "lose":
        lose(project, key)
    else:
        getattr(project.session, kind)(key)


def lose(project: Project, key: str) -> None:
    """Delete the file of an asset's value."""
    made = project.session.latest(key)
    if made is not None and made.value is not None:
        for file in (project.session.store.folder / "values").rglob(f"*{made.value.address}*"):
            file.unlink()


def from_the_beginning(project: Project) -> dict[AssetKey, AssetStatus]:
    """Return what somebody finds who remembers nothing, neither statuses nor fingerprints."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(project.session, "_kept", KeptStatuses())
        patch.setattr(code, "_taken", weakref.WeakKeyDictionary())
        return project.session.status()


@example([("constant", 0, 0), ("accept", 0, 0), ("lose", 0, 0)])
@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(STEPS, max_size=14))
def test_whatever_is_edited_and_made_it_gives_what_a_look_from_the_beginning_gives(
    steps: list[tuple[str, int, int]],
):
    with tempfile.TemporaryDirectory() as folder:
        project = Project(Path(folder) / "store")
        project.cell("LIST = [1]")
        for n in range(COUNT):
            project.cell(f"K_{n} = 1\ndef helper_{n}(x): return x + 1")
            define(project, n, 1)
        project.run()
        for step in steps:
            # Such as that there is nothing to accept.
            with contextlib.suppress(NbAssetsError):
                take(project, step)
            assert project.session.status() == from_the_beginning(project), step
        project.session.store.close()


@pytest.fixture
def chain(project: Project) -> Project:
    for n in range(20):
        project.cell(f"K_{n} = {n}\ndef helper_{n}(x): return x")
        define(project, n, 1)
    project.cell("LIST = []")
    project.run()
    project.session.status()
    return project


def judged(project: Project) -> int:
    """Return how many assets a look judges."""
    before = project.session._kept.judged
    project.session.status()
    return project.session._kept.judged - before


def test_only_what_an_edit_touches_is_judged_again(chain: Project):
    assert judged(chain) == 0
    chain.names["K_17"] = -1
    assert judged(chain) == 3
    assert judged(chain) == 0
    chain.names["K_19"] = -1
    assert judged(chain) == 1
    chain.names["LIST"].append(1)
    assert judged(chain) == 20


def test_only_what_follows_from_what_was_made_is_judged_again(chain: Project):
    chain.names["K_18"] = -1
    chain.run("x18")
    assert judged(chain) == 2


def test_defining_a_cell_again_leaves_the_others(chain: Project):
    define(chain, 18, 2)
    assert judged(chain) == 2


def looked_at(project: Project) -> int:
    """Return how many assets are looked at when all are asked for."""
    before = project.session._kept.looked_at
    project.session.status()
    return project.session._kept.looked_at - before


def test_only_what_an_edit_touches_is_looked_at(chain: Project):
    assert looked_at(chain) == 0
    chain.names["K_19"] = -1
    assert looked_at(chain) == 1
    assert looked_at(chain) == 0
    chain.cell("def helper_18(x): return x + 1")
    assert looked_at(chain) == 2
    define(chain, 17, 2)
    assert looked_at(chain) == 3
    chain.names["helper_19"].__defaults__ = (7,)
    assert looked_at(chain) == 1


def test_only_what_was_made_and_what_is_lost_is_looked_at(chain: Project):
    chain.names["K_19"] = -1
    chain.run("x19")
    assert looked_at(chain) == 1
    lose(chain, "x19")
    assert looked_at(chain) == 1
    # It may come back.
    assert looked_at(chain) == 1


def test_two_threads_may_ask_at_once(chain: Project):
    chain.cell("import threading\nclass Slow:\n    def __reduce__(self): return WAIT(), ()\nSLOW = Slow()")
    asked: list[dict[AssetKey, AssetStatus]] = []

    def wait() -> type:
        if threading.current_thread() is threading.main_thread():
            other = threading.Thread(target=lambda: asked.append(chain.session.status()))
            other.start()
            other.join()
        return object

    chain.names["WAIT"] = wait
    chain.cell("@asset\ndef slow(): return [SLOW]")
    mine = chain.session.status()
    assert len(asked) >= 1
    assert asked[-1].keys() == mine.keys()


@pytest.fixture
def days(project: Project, monkeypatch: pytest.MonkeyPatch) -> Project:
    # Dynamic partitions are those of the session of the kernel.
    monkeypatch.setattr(sys.modules["nb_assets.session"], "_session", project.session)
    project.names["DAYS"] = DynamicPartitionsDefinition(name="days")
    project.session.add_dynamic_partitions("days", [f"{n}" for n in range(20)])
    project.cell("K = 1\n@asset(partitions_def=DAYS)\ndef daily(context): return K")
    project.cell("@asset(partitions_def=DAYS)\ndef after(daily): return daily")
    project.cell("@asset\ndef total(after): return len(after)")
    project.run()
    project.session.status()
    return project


def test_partitions_are_looked_at_again_only_when_something_changed_for_them(days: Project):
    before = days.session.status()
    again = days.session.status()
    assert all(again[key] is before[key] for key in before)
    days.names["K"] = 2
    assert days.states == "daily: stale, after: stale, total: stale"
    days.names["K"] = 1
    assert days.states == ""


def test_partitions_that_come_or_lose_their_value_or_are_made_anew_are_seen(days: Project):
    days.session.add_dynamic_partitions("days", ["new"])
    assert days.states == "daily: stale, after: stale, total: stale"
    days.run()
    assert days.states == ""
    days.session.delete_dynamic_partition("days", "new")
    # What was made of as many before is there.
    assert days.states == from_states(days) == ""
    made = days.session.store.history.latest(AssetKey("daily"), "3")
    assert made is not None
    assert made.value is not None
    (file,) = (days.session.store.folder / "values").rglob(f"*{made.value.address}*")
    file.unlink()
    assert "daily: stale" in days.states
    days.run("daily")
    assert days.states == from_states(days)


def from_states(project: Project) -> str:
    """Return the states that are not fresh, as somebody finds them who remembers nothing."""
    return ", ".join(
        f"{key.to_user_string()}: {status.state}"
        for key, status in from_the_beginning(project).items()
        if status.state != "fresh"
    )
