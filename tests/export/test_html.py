"""The standalone page: our picture, in a real browser, without a single request."""

from __future__ import annotations

import json
import re

import pytest

from nb_assets.export.html import script_json, standalone_html, to_pyvis
from tests.export import seeded_views
from tests.harness import chromium

NASTY = (
    "</script><img src=http://evil.example/x onerror=\"window.caught=1\"> <a href='http://evil.example'>x</a>"
)


def test_positions_are_ours_and_nothing_moves_them():
    view = seeded_views.flights()
    network = to_pyvis(view)
    by_id = {node["id"]: node for node in network.nodes}
    for node in view["nodes"]:
        assert by_id[node["key"]]["x"] == node["x"] + node["width"] / 2
        assert by_id[node["key"]]["y"] == node["y"] + node["height"] / 2
    assert network.options["physics"]["enabled"] is False
    assert len(network.edges) == len(view["edges"])


def test_groups_come_first_so_that_they_lie_behind():
    network = to_pyvis(seeded_views.flights(collapsed={"metrics"}))
    kinds = [node["look"]["kind"] for node in network.nodes]
    assert kinds[:4] == ["group", "group", "folded", "group"]
    assert set(kinds[4:]) == {"asset"}


def test_a_status_is_a_colour_a_mark_and_a_word():
    network = to_pyvis(seeded_views.every_status())
    assert len({node["color"]["background"] for node in network.nodes}) == 7
    assert {node["label"].split("\n")[1] for node in network.nodes} >= {"● Fresh", "▲ Stale", "✖ Failed"}


def test_tooltips_stay_text_in_pyvis_own_page_too():
    network = to_pyvis(seeded_views.one("a", detail="<a href='javascript:alert(1)'>x</a>"))
    assert not any("href" in node["title"] for node in network.nodes)


def test_the_page_names_no_host():
    page = standalone_html(to_pyvis(seeded_views.one(NASTY, reason=NASTY)), "Lineage")
    assert not re.findall(r"https?://", page)
    assert not re.findall(r"""(?:src|href)\\s*=\\s*["']?//""", page)
    assert "sourceMappingURL" not in page
    assert not re.findall(r"<link|@import|<iframe", page)


def test_data_cannot_end_its_script_and_comes_back_as_it_was():
    data = {"name": NASTY + "\u2028<!--"}
    text = script_json(data)
    assert not set(text) & set("<>&\u2028")
    assert json.loads(text) == data


@pytest.fixture(scope="module")
def browser():
    from playwright.sync_api import sync_playwright

    executable = chromium.find()
    assert executable is not None, "There is no Chromium; `python3 -m tests browser` brings one."
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=executable, args=["--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu"]
        )
        yield browser
        browser.close()


def open_page(browser, tmp_path, view, title="Lineage"):
    file = tmp_path / "lineage.html"
    file.write_text(standalone_html(to_pyvis(view), title), encoding="utf-8")
    page = browser.new_page(viewport={"width": 1400, "height": 700})
    page.requests = []
    page.faults = []
    page.on("request", lambda request: page.requests.append(request.url))
    page.on("pageerror", lambda error: page.faults.append(str(error)))
    page.on("console", lambda message: page.faults.append(message.text))
    page.goto(file.as_uri())
    page.wait_for_selector("html[data-ready=true]")
    return page


@pytest.mark.browser
def test_opening_the_page_asks_for_nothing_but_the_page(browser, tmp_path):
    page = open_page(browser, tmp_path, seeded_views.flights())
    page.wait_for_timeout(300)
    assert page.requests == [page.url]
    assert page.faults == []
    page.close()


@pytest.mark.browser
def test_markup_in_names_reaches_the_page_as_text(browser, tmp_path):
    page = open_page(browser, tmp_path, seeded_views.one(NASTY, reason=NASTY, badge="<b>"), title=NASTY)
    canvas = page.locator("canvas").bounding_box()
    page.mouse.move(canvas["x"] + canvas["width"] / 2 - 40, canvas["y"] + canvas["height"] / 2 + 10)
    tooltip = page.locator(".vis-tooltip")
    tooltip.wait_for(state="visible")
    assert "<img src=" in tooltip.inner_text()
    assert page.evaluate("window.caught") is None
    assert page.locator("img").count() == 0
    assert page.title() == NASTY
    assert page.requests == [page.url]
    page.close()


@pytest.mark.browser
def test_any_other_network_can_be_made_standalone_as_well(browser, tmp_path):
    from pyvis.network import Network

    network = Network()
    network.add_node(1, label="one")
    network.add_node(2, label="two")
    network.add_edge(1, 2)
    file = tmp_path / "plain.html"
    file.write_text(standalone_html(network, "Plain"), encoding="utf-8")
    page = browser.new_page()
    faults = []
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.goto(file.as_uri())
    page.wait_for_selector("html[data-ready=true]")
    assert faults == []
    page.close()
