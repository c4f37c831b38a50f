"""The standalone page as text: our picture, no host, nothing that is markup; `tests/browser` opens it."""

from __future__ import annotations

import json
import re

from nb_assets.export.html import script_json, standalone_html, to_pyvis
from tests.export import seeded_views

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
