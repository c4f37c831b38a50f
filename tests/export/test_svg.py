"""The static picture: text stays text, nothing is fetched, everybody can read it."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from base64 import b64decode

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nb_assets.export.svg import data_uri, describe, lineage_svg
from tests.export import seeded_views

SVG = "{http://www.w3.org/2000/svg}"
NASTY = "</text><script>alert(1)</script><image href='x' onerror='alert(1)'/>&amp;\"'"


def texts(svg: str) -> str:
    return "\n".join("".join(element.itertext()) for element in ET.fromstring(svg).iter(f"{SVG}text"))


def test_every_visible_asset_and_group_is_named():
    shown = texts(lineage_svg(seeded_views.flights()))
    for name in ("flights", "airlines", "fleet_age", "raw", "cleaned", "metrics", "model", "scores"):
        assert name in shown


def test_a_status_is_a_word_and_a_shape():
    svg = lineage_svg(seeded_views.every_status())
    for state in ("missing", "fresh", "stale", "failed", "running", "queued", "skipped"):
        assert state.capitalize() in texts(svg)
        assert f'<path id="nba-{state}"' in svg
        assert f'href="#nba-{state}"' in svg


def test_a_reason_stands_before_rows_and_age():
    view = seeded_views.one("trips", status="stale", reason="`clean()` changed", detail="pandas · 5 rows")
    assert "`clean()` changed" in texts(lineage_svg(view))
    assert "5 rows" not in texts(lineage_svg(view))


def test_a_long_name_loses_its_middle_and_is_whole_in_the_tooltip():
    name = "monthly_active_customers_by_region_and_channel_v2"
    svg = lineage_svg(seeded_views.one(name))
    assert re.search(r"monthly_\w*…\w*_v2", texts(svg))
    titles = [element.text or "" for element in ET.fromstring(svg).iter(f"{SVG}title")]
    assert any(name in title for title in titles)


def test_a_change_is_a_badge():
    assert "+120 \N{MINUS SIGN}3" in texts(
        lineage_svg(seeded_views.one("trips", badge="+120 \N{MINUS SIGN}3", status="fresh"))
    )


@pytest.mark.parametrize("field", ["name", "key", "reason", "detail", "badge"])
def test_markup_in_what_users_write_stays_text(field):
    view = seeded_views.one("a", **{field: NASTY})
    root = ET.fromstring(lineage_svg(view))
    assert not list(root.iter(f"{SVG}script"))
    assert not list(root.iter(f"{SVG}image"))


def test_markup_in_groups_and_edges_stays_text():
    view = seeded_views.flights(collapsed={"metrics"})
    for group in view["groups"]:
        group.update(name=NASTY, title=NASTY)
    for edge in view["edges"]:
        edge.update(source=NASTY, target=NASTY)
    root = ET.fromstring(lineage_svg(view))
    assert not list(root.iter(f"{SVG}script"))


@given(st.text())
def test_any_text_at_all_gives_a_well_formed_picture(text):
    ET.fromstring(lineage_svg(seeded_views.one(text, reason=text, badge=text)))


def test_it_refers_to_nothing_outside_of_itself():
    svg = lineage_svg(seeded_views.flights())
    assert re.findall(r"https?://[^\"]*", svg) == ["http://www.w3.org/2000/svg"]
    assert set(re.findall(r'(?:href|src)="(.)', svg)) == {"#"}
    assert "@import" not in svg
    assert "url(" not in svg.replace("url(#nba-arrow)", "")


def test_it_brings_both_themes_and_its_own_ground():
    svg = lineage_svg(seeded_views.flights())
    assert "prefers-color-scheme:dark" in svg
    assert '<rect class="ground"' in svg


def test_it_says_in_words_what_it_shows():
    assert describe(seeded_views.empty()) == "0 assets."
    view = seeded_views.flights(collapsed={"metrics"})
    assert describe(view) == describe(seeded_views.flights())
    assert describe(view).startswith("18 assets in 4 groups: ")
    root = ET.fromstring(lineage_svg(view))
    assert root.get("role") == "img"
    assert root.findtext(f"{SVG}title") == "Asset lineage"
    assert root.findtext(f"{SVG}desc") == describe(view)


def test_an_empty_lineage_says_so():
    assert "No assets yet" in texts(lineage_svg(seeded_views.empty()))


def test_an_unknown_state_is_drawn_as_missing():
    svg = lineage_svg(seeded_views.one("a", status="melted"))
    assert 'href="#nba-missing"' in svg
    assert "Missing" in texts(svg)
    assert "melted" not in svg.lower()


def test_a_data_uri_holds_the_whole_picture():
    svg = lineage_svg(seeded_views.flights())
    head, _, body = data_uri(svg).partition(",")
    assert head == "data:image/svg+xml;base64"
    assert b64decode(body).decode() == svg
