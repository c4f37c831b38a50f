"""Files of a folder that go away, or change their size, are found without looking at each of them."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from nb_assets.storage.journal import Journal
from nb_assets.storage.presence import _IN_TURN, Presence

MANY = 3 * _IN_TURN


@pytest.fixture(params=[0, 10**12], ids=["slow disk", "quick disk"])
def watched(tmp_path: Path, request: pytest.FixtureRequest) -> Presence:
    presence = Presence(str(tmp_path), long=request.param)
    for n in range(MANY):
        (tmp_path / f"{n}.json").write_text(f"{n}")
        presence.expect(f"{n}.json", len(f"{n}"))
    return presence


def test_what_is_there_is_not_gone(watched: Presence):
    assert [watched.gone() for _ in range(10)] == [set()] * 10


def test_a_file_that_goes_away_is_found_at_once(watched: Presence, tmp_path: Path):
    watched.gone()
    time.sleep(0.15)
    watched.gone()
    (tmp_path / "700.json").unlink()
    assert watched.gone() == {"700.json"}
    # As long as it may have come back unseen, and no longer.
    (tmp_path / "700.json").write_text("700")
    assert watched.gone() == set()


def test_a_file_that_goes_away_just_after_another_came_is_found(watched: Presence, tmp_path: Path):
    for n in range(50):
        (tmp_path / "new.json").write_text("new")
        watched.gone()
        (tmp_path / f"{n}.json").unlink()
        assert f"{n}.json" in watched.gone()


def test_another_size_is_found_in_one_of_the_next_looks(watched: Presence, tmp_path: Path):
    (tmp_path / "700.json").write_text("damaged")
    assert set().union(*(watched.gone() for _ in range(MANY // _IN_TURN + 1))) == {"700.json"}


@pytest.mark.parametrize("count", [1, _IN_TURN - 1, _IN_TURN, 10 * _IN_TURN])
def test_another_size_is_found_at_once_where_there_is_time_for_all(tmp_path: Path, count: int):
    presence = Presence(str(tmp_path), long=10**12)
    for n in range(count):
        (tmp_path / f"{n}.json").write_text("1")
        presence.expect(f"{n}.json", 1)
    assert presence.gone() == set()
    (tmp_path / f"{count - 1}.json").write_text("12")
    assert presence.gone() == presence.gone() == {f"{count - 1}.json"}


def test_a_file_is_watched_in_one_size_alone(tmp_path: Path):
    (tmp_path / "a.json").write_text("12")
    presence = Presence(str(tmp_path))
    assert presence.expect("a.json", 1)
    assert presence.expect("a.json", 1)
    assert not presence.expect("a.json", 2)
    assert presence.gone() == {"a.json"}


def test_of_a_folder_that_is_gone_all_files_are(tmp_path: Path):
    presence = Presence(str(tmp_path / "none"))
    presence.expect("a.json", 1)
    assert presence.gone() == {"a.json"}
    presence.forget("a.json")
    assert presence.gone() == set()


def test_a_journal_tells_each_thing_once_whatever_changed_since():
    journal: Journal[str] = Journal()
    for thing in "abca":
        journal.note(thing)
    assert journal.since(0) == ["a", "c", "b"]
    mark = journal.mark
    journal.note("b")
    assert journal.since(mark) == ["b"]
    assert journal.since(journal.mark) == []
