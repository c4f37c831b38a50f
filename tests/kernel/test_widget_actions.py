"""What the lineage view does with assets beside running them, over a raw comm to a real kernel."""

from __future__ import annotations

import ast

import pytest

ASSETS = """%%asset
from nb_assets import asset
factor = 2
@asset
def orders():
    return 7
@asset
def total():
    return factor + 1
"""
STATES = (
    "{key.to_user_string(): each.state for key, each in __import__('nb_assets').session().status().items()}"
)
LOAD = {"key": "orders", "partition": "", "version": 0, "replace": False}


class Page:
    """A lineage view without a page."""

    def __init__(self, kernel) -> None:
        self.kernel = kernel
        kernel.run("%load_ext nb_assets")
        kernel.run(ASSETS, cell_id="assets")
        kernel.run("%materialize")
        kernel.run("%lineage", cell_id="lineage")
        self.comm = kernel.widget(lambda comm: comm.state.get("_model_module") == "anywidget")

    def ask(self, kind: str, **fields):
        """Send a request and return its answer."""
        since = len(self.comm.messages)
        request = f"v:{since}"
        self.comm.send({"kind": kind, "request": request, **fields})
        return self.comm.wait_for_message(
            lambda message: message.get("request") == request and message["kind"] != "heard", since=since
        )

    def states(self):
        """The statuses, as the session itself tells them."""
        return ast.literal_eval(self.kernel.run(STATES).result)


@pytest.fixture
def page(kernel):
    return Page(kernel)


def test_a_value_is_loaded_into_a_variable_of_the_user(page):
    assert page.ask("offer", key="orders")["variable"] == "orders_value"
    assert page.ask("assign", **LOAD, name="loaded")["kind"] == "assigned"
    assert page.kernel.run("loaded + 1").result == "8"


def test_a_global_that_is_replaced_makes_stale_what_reads_it(page):
    taken = page.ask("assign", **LOAD, name="factor")
    assert (taken["kind"], page.kernel.run("factor").result) == ("taken", "2")
    assert page.states() == {"orders": "fresh", "total": "fresh"}
    assert page.ask("assign", **{**LOAD, "replace": True}, name="factor")["kind"] == "assigned"
    assert page.states() == {"orders": "fresh", "total": "stale"}
    assert "`factor` 2 → 7" in page.kernel.run("%assets explain total").text


def test_an_asset_is_never_replaced_by_a_value(page):
    for name in ("total", "asset", "get_ipython", "print"):
        assert page.ask("assign", **{**LOAD, "replace": True}, name=name)["kind"] == "error"
    assert page.kernel.run("type(total).__name__, callable(print)").result == "('AssetsDefinition', True)"


def test_the_cell_that_defines_an_asset_is_known_by_its_id(page):
    place = page.ask("offer", key="orders")["offers"]["place"]
    assert (place["cell"], place["label"], place["excerpt"]) == (
        "assets",
        "cell [2]",
        "from nb_assets import asset",
    )


def test_an_edited_asset_is_accepted_and_taken_back(page):
    page.kernel.run(ASSETS.replace("return 7", "return 3 + 4"), cell_id="assets")
    assert page.states()["orders"] == "stale"
    assert page.ask("accept", keys=["orders"], group="")["text"] == "Accepted orders v1"
    assert page.states()["orders"] == "fresh"
    page.ask("unaccept", keys=["orders"])
    assert page.states()["orders"] == "stale"
