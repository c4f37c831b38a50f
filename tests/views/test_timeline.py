"""The timeline says of each version what changed, and because of what."""

from __future__ import annotations

import pytest

import nb_assets as nba
from nb_assets.definitions.registry import Origin
from nb_assets.views.timeline import timeline_table


def define(session, source):
    names: dict = {"__name__": "__main__", "asset": nba.asset}
    exec(source, names)
    definitions = [value for value in names.values() if isinstance(value, nba.AssetsDefinition)]
    session.register(Origin(id="cell", label="cell [1]"), definitions)
    session.materialize()


FIRST = "LIMIT = 5\n@asset\ndef rows(): return [1, 2]\n@asset\ndef top(rows): return rows + [LIMIT]"


@pytest.fixture
def session(tmp_path):
    made = nba.Session(tmp_path / "store")
    define(made, FIRST)
    define(made, FIRST.replace("LIMIT = 5", "LIMIT = 7"))
    define(made, FIRST.replace("LIMIT = 5", "LIMIT = 7").replace("[1, 2]", "[1, 2, 3]"))
    return made


def table(session, key, **said):
    versions = session.history(key)
    numbers = {
        (made.asset_key, made.data_version): made.version
        for name in ("rows", "top")
        for made in session.history(name)
    }
    return timeline_table(
        key, versions, version_of=lambda other, data: numbers.get((other, data)), said=said.get("said", {})
    )


def test_each_version_says_what_changed_and_because_of_what(session):
    lines = table(session, "top").text.splitlines()
    assert lines[0].split()[:4] == ["version", "made", "took", "value"]
    third, second, first = lines[1:]
    assert "`rows` version 1 → 2" in third
    assert "`LIMIT` 5 → 7" in second
    assert "first version" in first


def test_an_equal_value_is_said_to_be_unchanged(session):
    session.materialize("rows", force=True)
    assert table(session, "rows").text.splitlines()[1].count("unchanged") == 1


def test_what_is_said_of_a_version_stands_beside_its_change(session):
    assert "first version · pinned" in table(session, "top", said={("", 1): "pinned"}).text


def test_a_version_says_how_large_it_is(session):
    assert " B" in table(session, "rows").text


def test_names_and_values_are_text(session):
    assert "<script>" not in timeline_table("<script>", [], version_of=lambda *_: None, said={}).html


def test_a_history_that_begins_with_what_no_version_had_says_new_data(session):
    versions = session.history("top")
    text = timeline_table("top", versions, version_of=lambda *_: None, said={}).text
    assert "`rows` had new data" in text
