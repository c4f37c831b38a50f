"""Pictures of small lineages, compared with those in `snapshots/`.

After a change that is meant: `UPDATE_SNAPSHOTS=1 python -m pytest tests/export/test_snapshots.py`, and look at them.
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from nb_assets.export.svg import lineage_svg
from tests.export import seeded_views

SNAPSHOTS = Path(__file__).parent / "snapshots"
VIEWS = {
    "flights": seeded_views.flights(),
    "flights-downwards": seeded_views.flights(direction="TB"),
    "flights-metrics-folded": seeded_views.flights(collapsed={"metrics"}),
    "flights-all-folded": seeded_views.flights(collapsed={"raw", "cleaned", "metrics", "model"}),
    "nested": seeded_views.nested(),
    "nested-sales-folded": seeded_views.nested(collapsed={"sales"}),
    "every-status": seeded_views.every_status(),
    "empty": seeded_views.empty(),
}


@pytest.mark.parametrize("name", VIEWS)
def test_the_picture_is_as_it_was(name):
    file = SNAPSHOTS / f"{name}.svg"
    drawn = lineage_svg(VIEWS[name])
    if os.environ.get("UPDATE_SNAPSHOTS"):
        SNAPSHOTS.mkdir(exist_ok=True)
        file.write_text(drawn, encoding="utf-8")
    assert drawn == file.read_text(encoding="utf-8")


def test_every_snapshot_has_its_view():
    assert {file.stem for file in SNAPSHOTS.iterdir()} == VIEWS.keys()
