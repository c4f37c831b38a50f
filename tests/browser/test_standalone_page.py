"""The standalone page in a real browser: our picture, without a single request."""

from __future__ import annotations

from nb_assets.export.html import standalone_html, to_pyvis
from tests.export import seeded_views
from tests.export.test_html import NASTY


def open_page(browser, tmp_path, view, title="Lineage"):
    file = tmp_path / "lineage.html"
    file.write_text(standalone_html(to_pyvis(view), title), encoding="utf-8")
    page = browser.new_page()
    page.set_viewport_size({"width": 1400, "height": 700})
    page.requests = []
    page.faults = []
    page.on("request", lambda request: page.requests.append(request.url))
    page.on("pageerror", lambda error: page.faults.append(str(error)))
    page.on("console", lambda message: page.faults.append(message.text))
    page.goto(file.as_uri())
    page.wait_for_selector("html[data-ready=true]")
    return page


def test_opening_the_page_asks_for_nothing_but_the_page(browser, tmp_path):
    page = open_page(browser, tmp_path, seeded_views.flights())
    page.wait_for_timeout(300)
    assert page.requests == [page.url]
    assert page.faults == []
    page.close()


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
