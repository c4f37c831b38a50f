"""What an object was made with counts; what it counts and keeps while it works does not."""

from __future__ import annotations

from pathlib import Path

import nb_assets as nba
from nb_assets.definitions.registry import Origin
from nb_assets.fingerprint.made_with import made_with


class Kept(nba.IOManager):
    def __init__(self, scale, base="a"):
        self.scale = scale
        self.base = Path(base)
        self.calls = 0
        self.values = {}

    def handle_output(self, context, obj):
        self.calls += 1
        self.values[context.asset_key] = obj

    def load_input(self, context):
        return self.values[context.asset_key] * self.scale


def register(session, manager):
    @nba.asset(io_manager_key="io")
    def first():
        return 1

    @nba.asset
    def second(first):
        return first + 1

    session.register(Origin(id="cell", label="cell [1]"), [first, second])
    session.resources["io"] = manager


def test_numbers_count_as_they_were_and_texts_as_they_are():
    manager = Kept(2)
    assert made_with(manager) == {"base": "'a'", "calls": "0", "scale": "2"}
    manager.calls, manager.base = 7, Path("b")
    assert made_with(manager) == {"base": "'b'", "calls": "0", "scale": "2"}


def test_an_object_that_cannot_be_referred_to_weakly_is_taken_as_it_is():
    class Slotted:
        __slots__ = ("__dict__",)

    made = Slotted()
    made.scale = 2
    assert made_with(made) == {"scale": "2"}


def test_another_scale_of_an_io_manager_makes_what_reads_through_it_stale(tmp_path):
    session = nba.Session(tmp_path / "store")
    register(session, Kept(2))
    session.materialize()
    assert session.load("second") == 3
    assert {status.state for status in session.status().values()} == {"fresh"}
    register(session, Kept(3))
    assert "scale 2 → 3" in session.status()[nba.AssetKey("second")].summary
    session.materialize()
    assert session.load("second") == 4
