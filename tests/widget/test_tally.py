"""What the page is told piece by piece is what it would be told anew."""

from __future__ import annotations

import random
from collections import Counter

import pytest

from nb_assets import StaticPartitionsDefinition, asset, asset_check
from nb_assets.definitions.asset_key import AssetKey
from nb_assets.definitions.naming import groups_around
from nb_assets.definitions.registry import Origin
from nb_assets.session import Session
from nb_assets.views.cards import Cards
from nb_assets.views.lineage import lineage_view
from nb_assets.views.narrowing import Focus, Scope
from tests.widget.conftest import View

OF_CARD = (
    "status",
    "reason",
    "detail",
    "badge",
    "checks",
    "check_look",
    "partitions",
    "duration",
)
TO_RUN = {"stale", "missing", "failed", "skipped"}


class Page:
    """A page that knows of the assets only what it was told."""

    def __init__(self, view):
        self.view = view
        self.taken = 0
        self.cards, self.made, self.groups, self.counts = {}, {}, {}, ()

    def read(self):
        """Take in all messages since."""
        for message in self.view.heard[self.taken :]:
            self.taken += 1
            if message["kind"] == "graph":
                nodes = message["view"]["nodes"]
                self.cards = {node["key"]: {name: node[name] for name in OF_CARD} for node in nodes}
                self.made = dict(message["made"])
                groups = message["view"]["groups"]
            elif message["kind"] == "patch":
                groups = message["groups"]
                for node in message["nodes"]:
                    self.made[node["key"]] = node["made"]
                    if node["key"] in self.cards:
                        self.cards[node["key"]] = {name: node[name] for name in OF_CARD}
            else:
                continue
            drawn = {group["name"] for group in groups} if message["kind"] == "graph" else set(self.groups)
            self.groups = {name: said for name, said in self.groups.items() if name in drawn}
            for group in groups:
                if group["name"] in drawn:
                    self.groups[group["name"]] = (group["count"], group["statuses"])
            self.counts = (message["stale"], message["failed"])


def told_anew(conversation):
    """Return what a page that asks now has to know, worked out without anything that was kept."""
    session = conversation.session
    within = conversation.narrowed.keys
    keys = [key for key in session.graph.keys if within is None or key in within]
    statuses = session.status()
    cards = Cards(session).of(keys, statuses)
    groups = {}
    for key in keys:
        for name in groups_around(session.graph.group_of(key)):
            groups.setdefault(name, Counter())[statuses[key].state] += 1
    picture = lineage_view(session, collapsed=conversation._collapsed, within=within)
    made = {key.to_user_string(): statuses[key].materialization for key in keys}
    states = [statuses[key].state for key in keys]
    missed = conversation.tracker.missed
    return (
        {node["key"]: {name: node[name] for name in OF_CARD} for node in picture["nodes"]},
        {key: each.timestamp for key, each in made.items() if each is not None},
        {
            group["name"]: (sum(groups[group["name"]].values()), dict(groups[group["name"]]))
            for group in picture["groups"]
        },
        (
            sum(state in TO_RUN for state in states),
            sum(
                statuses[key].state == "failed" or (key in missed and statuses[key].state in TO_RUN)
                for key in keys
            ),
        ),
        {key.to_user_string(): card for key, card in cards.items()},
    )


class Notebook:
    """Cells of an asset each, in two groups of which one is within the other, that a dice edits, runs and removes."""

    def __init__(self, session, seed):
        self.session = session
        self.dice = random.Random(seed)
        self.versions = {}
        self.fails = set()
        for number in range(9):
            self.define(number)

    def define(self, number):
        """Run the cell of an asset, whose value follows its version."""
        version = self.versions[number] = self.versions.get(number, -1) + 1
        fails = self.fails
        above = [f"a{number - 2}"] if number - 2 in self.versions else []
        partitions = StaticPartitionsDefinition(["x", "y"]) if number == 8 else None

        @asset(
            name=f"a{number}",
            deps=above if partitions is None else [],
            group_name=("g", "g/inner", "h")[(number + version // 3) % 3],
            code_version=str(version),
            partitions_def=partitions,
        )
        def one():
            if number in fails:
                raise ValueError(f"{number} breaks")
            return list(range(number + version))

        defined = [one]
        if number in {1, 4}:

            @asset_check(asset=f"a{number}", name="is_long")
            def is_long():
                return version % 2 == 0

            defined.append(is_long)
        self.session.register(Origin(id=f"cell-{number}", label="cell"), defined)

    def forget(self, number):
        """Remove an asset."""
        if number in self.versions and len(self.versions) > 3:
            self.session.forget(f"a{number}")
            del self.versions[number]

    def run(self, number, *, force=False):
        """Materialize an asset and what it is derived from."""
        if number in self.versions:
            self.session.materialize(
                f"a{number}", upstream=self.dice.random() < 0.5, force=force, raise_on_error=False, echo=False
            )

    def step(self, view):
        """Do anything."""
        number = self.dice.randrange(9)
        match self.dice.randrange(9):
            case 0 | 1:
                self.define(number)
            case 2:
                self.forget(number)
            case 3 | 4:
                self.run(number)
            case 5:
                self.fails ^= {number}
                self.run(number, force=True)
            case 6:
                self.session.materialize(raise_on_error=False, echo=False)
            case 7:
                folded = self.dice.sample(["g", "g/inner", "h"], self.dice.randrange(3))
                view.say("arrange", collapsed=folded, direction="LR", anew=False)
            case 8:
                key = AssetKey(f"a{self.dice.choice(list(self.versions))}")
                scope = self.dice.choice([Scope(), Scope(focus=Focus(key=key, up=1, down=1))])
                view.conversation.narrow(scope)


@pytest.mark.parametrize("seed", range(6))
def test_after_anything_the_page_knows_what_it_would_be_told_anew(tmp_path, seed):
    session = Session(tmp_path / ".nb_assets")
    notebook = Notebook(session, seed)
    view = View(session)
    page = Page(view)
    view.say("ready")
    try:
        for _ in range(40):
            notebook.step(view)
            view.conversation._tell()
            page.read()
            cards, made, groups, counts, said = told_anew(view.conversation)
            assert page.cards == cards
            assert {key: moment for key, moment in page.made.items() if moment is not None} == made
            assert page.groups == groups
            assert page.counts == counts
            known = view.conversation.cards
            assert {key: {name: each[name] for name in OF_CARD} for key, each in known.items()} == said
    finally:
        view.conversation.close()


def test_a_patch_looks_again_only_at_what_changed(tmp_path):
    session = Session(tmp_path / ".nb_assets")
    notebook = Notebook(session, 0)
    view = View(session)
    view.say("ready")
    before = dict(view.conversation.cards)
    notebook.run(7, force=True)
    view.conversation._tell()
    after = view.conversation.cards
    assert {key for key in after if after[key] is not before[key]} <= {"a7", "a5", "a3", "a1"}
    assert after["a7"]["status"] != before["a7"]["status"]
    view.conversation.close()


def test_nothing_is_kept_of_assets_that_are_gone(tmp_path):
    session = Session(tmp_path / ".nb_assets")
    notebook = Notebook(session, 0)
    view = View(session)
    view.say("ready")
    view.conversation.narrow(Scope(focus=Focus(key=AssetKey("a7"), up=1, down=1)))
    view.conversation.narrow(Scope())
    notebook.forget(7)
    view.conversation._tell()
    conversation = view.conversation
    assert "a7" not in conversation.cards
    assert AssetKey("a7") not in conversation._cards._said
    kept = [shown.roster for shown in conversation._shown.values() if shown.roster is not None]
    assert all(AssetKey("a7") not in roster.names for roster in kept)
    assert AssetKey("a7") not in conversation._diffs
    view.conversation.close()


def test_what_a_version_changed_is_told_though_it_is_worked_out_later(tmp_path):
    session = Session(tmp_path / ".nb_assets")
    notebook = Notebook(session, 0)
    notebook.run(7, force=True)
    view = View(session)
    view.say("ready")
    view.conversation._tell()
    made = session.latest("a7")
    session._keeper.note_change(made, {"badge": "+120 rows", "summary": "120 more rows", "kind": "data"})
    view.conversation._tell()
    assert [(node["key"], node["badge"]) for node in view.heard[-1]["nodes"]] == [("a7", "+120 rows")]
    view.conversation.close()
