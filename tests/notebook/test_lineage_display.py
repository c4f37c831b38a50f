from __future__ import annotations

import pytest

from nb_assets.errors import SelectionError, UsageError
from nb_assets.notebook.lineage_display import Lineage
from tests.harness.flights import Flights


@pytest.fixture
def flights(tmp_path):
    return Flights(tmp_path / ".nb_assets")


def test_a_lineage_says_what_is_in_it(flights):
    assert repr(flights.session.lineage()) == "<Lineage of *: 4 assets in 2 groups: 4 missing.>"
    assert "2 assets" in repr(flights.session.lineage("group:raw"))


def test_a_lineage_of_nothing_known_is_an_error_with_near_names(flights):
    with pytest.raises(SelectionError, match="flights"):
        Lineage(flights.session, "flihgts")


def test_a_lineage_is_written_as_a_picture_and_as_a_page(flights, tmp_path):
    lineage = Lineage(flights.session)
    assert lineage.to_svg().startswith("<svg")
    page = lineage.to_html(tmp_path / "lineage.html")
    assert (tmp_path / "lineage.html").read_text(encoding="utf-8") == page
    assert "airports" in page


def test_a_lineage_is_a_pyvis_network_with_our_positions(flights):
    network = Lineage(flights.session).to_pyvis()
    assert {"flights", "airports", "delay", "report"} <= {node["id"] for node in network.nodes}
    assert all("x" in node and "y" in node for node in network.nodes)


def test_edges_run_downwards_in_every_format_when_asked_to(flights):
    lineage = flights.session.lineage(direction="TB")
    view = lineage.view()
    assert view["direction"] == "TB"
    places = {node["key"]: node for node in view["nodes"]}
    assert places["flights"]["y"] < places["report"]["y"]
    page = {node["id"]: node["y"] for node in lineage.to_pyvis().nodes}
    assert page["flights"] < page["report"]
    assert view["height"] > view["width"] * 0.5


def test_a_direction_there_is_not_is_refused(flights):
    with pytest.raises(UsageError, match="left to right"):
        flights.session.lineage(direction="RL")
