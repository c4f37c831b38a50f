"""The table that stands behind the picture: plain, whole, and text."""

from __future__ import annotations

import re
from html.parser import HTMLParser

from nb_assets import AssetCheckResult, asset, asset_check
from nb_assets.session import Session
from nb_assets.views import picture_table as module
from nb_assets.views.picture_table import picture_table
from tests.harness.flights import CELL, Flights


def cells(html: str) -> list[list[str]]:
    """Return the rows of the table, the titles first."""
    found: list[list[str]] = []

    class Reader(HTMLParser):
        def handle_starttag(self, tag, attrs):
            if tag == "tr":
                found.append([])
            elif tag in {"th", "td"}:
                found[-1].append("")

        def handle_data(self, data):
            if found and found[-1]:
                found[-1][-1] += data

    Reader().feed(html.partition("</table>")[0])
    return found


def test_it_says_key_group_status_why_and_when(tmp_path):
    flights = Flights(tmp_path / ".nb_assets")
    titles, *rows = cells(picture_table(flights.session))
    assert titles == ["Asset", "Group", "Status", "Why", "Last materialized"]
    assert ["flights", "raw", "○ Missing", "never materialized", "never"] in rows
    flights.session.materialize()
    _, *rows = cells(picture_table(flights.session, "flights"))
    (row,) = rows
    assert row[:3] == ["flights", "raw", "● Fresh"]
    assert re.fullmatch(r"\d{4}-\d\d-\d\d \d\d:\d\d", row[4])


def test_checks_and_what_is_made_elsewhere_are_told_of(tmp_path):
    @asset(deps=["warehouse"])
    def daily():
        return 1

    @asset_check(asset=daily)
    def some(daily):
        return AssetCheckResult(passed=True)

    session = Session(tmp_path)
    session.register(CELL, [daily, some])
    titles, *rows = cells(picture_table(session))
    assert titles[-1] == "Checks"
    assert rows[0][0] == "daily"
    assert rows[0][-1] != ""
    assert rows[1] == ["warehouse", "", "made elsewhere", "", "", ""]


def test_names_are_text(tmp_path):
    @asset(deps=[["<img src=x onerror=alert(1)>"]])
    def daily():
        return 1

    session = Session(tmp_path)
    session.register(CELL, [daily])
    assert "<img" not in picture_table(session)


def test_a_large_one_is_cut_and_says_so(tmp_path, monkeypatch):
    flights = Flights(tmp_path / ".nb_assets")
    monkeypatch.setattr(module, "ROWS", 3)
    html = picture_table(flights.session)
    assert len(cells(html)) == 1 + 3
    assert "and 1 more" in html


def test_nothing_has_no_table(tmp_path):
    assert picture_table(Session(tmp_path)) == ""
