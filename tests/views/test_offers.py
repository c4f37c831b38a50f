"""Where an asset is defined, as the page is told."""

from __future__ import annotations

import importlib.util

import pytest

from nb_assets.definitions.asset_key import AssetKey
from nb_assets.definitions.registry import Origin
from nb_assets.session import Session
from nb_assets.views.offers import offers_view
from tests.harness.flights import Flights


@pytest.fixture
def flights(tmp_path):
    return Flights(tmp_path / ".nb_assets")


def test_a_cell_is_named_by_its_id_its_number_and_its_first_line(flights):
    place = offers_view(flights.session, AssetKey("flights"))["place"]
    assert place == {"cell": "cell-1", "label": "cell [1]", "excerpt": "", "path": "", "line": 0}


def test_a_cell_of_a_front_end_that_tells_no_ids_has_none(flights):
    other = Origin(id="made-up", label="cell [2]", excerpt="@asset", certain=False)
    flights.session.register(other, flights.definitions())
    place = offers_view(flights.session, AssetKey("flights"))["place"]
    assert (place["cell"], place["label"], place["excerpt"]) == ("", "cell [2]", "@asset")


def test_an_asset_of_a_module_is_on_a_line_of_a_file(tmp_path, monkeypatch):
    path = tmp_path / "lib" / "metrics.py"
    path.parent.mkdir()
    path.write_text("from nb_assets import asset\n\n\n@asset\ndef daily():\n    return 1\n", encoding="utf-8")
    (tmp_path / "notebooks").mkdir()
    monkeypatch.setenv("JPY_SESSION_NAME", str(tmp_path / "notebooks" / "a.ipynb"))
    spec = importlib.util.spec_from_file_location("metrics", path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    session = Session(tmp_path / ".nb_assets")
    session.register(Origin(id="module metrics", label="module metrics", kind="module"), [module.daily])
    place = offers_view(session, AssetKey("daily"))["place"]
    assert (place["label"], place["path"], place["line"]) == ("module metrics", "../lib/metrics.py", 4)
