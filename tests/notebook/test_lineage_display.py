from __future__ import annotations

import pytest

from nb_assets.errors import SelectionError
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
