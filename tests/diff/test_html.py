"""The picture: self-contained, bounded, scoped, and text wherever data is shown."""

from __future__ import annotations

import json
from html.parser import HTMLParser

import pandas as pd
import pytest

from nb_assets.diff import ValueDiff, code_diff, diff, from_dict
from nb_assets.diff.html import LARGEST

EVIL = "<script>alert('x')</script><img src=x onerror=alert(1)>\"'`&"
FRAMES = (
    pd.DataFrame({"id": [1, 2, 3], EVIL: ["a", EVIL, "c"], "t": 1}),
    pd.DataFrame({"id": [1, 2, 4], EVIL: [EVIL, "b", EVIL], "t": 2.5}),
)
DIFFS = [
    diff(*FRAMES),
    diff(FRAMES[0], FRAMES[0].rename(columns={EVIL: EVIL + "2"}), key=EVIL + "3"),
    diff({EVIL: EVIL}, {EVIL: EVIL + "!"}),
    diff({EVIL}, {EVIL + "!"}),
    diff(EVIL, EVIL + "!\n" + EVIL),
    diff(EVIL.encode(), EVIL.encode() + b"!"),
    diff(1, EVIL),
    code_diff({EVIL: EVIL}, {EVIL: EVIL + "\n"}),
]


class Page(HTMLParser):
    """Collects tags and attributes, and checks that what opens closes."""

    def __init__(self, html):
        super().__init__()
        self.tags, self.attributes, self.open, self.text = [], [], [], ""
        self.feed(html)
        assert self.open == []

    def handle_starttag(self, tag, attrs):
        self.tags.append(tag)
        self.attributes.append((tag, dict(attrs)))
        if tag != "img":
            self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        self.text += data


@pytest.mark.parametrize("result", DIFFS, ids=lambda result: result.kind)
def test_data_is_text_and_never_markup(result):
    page = Page(result.to_html(EVIL))
    assert not {"script", "img", "iframe", "object", "link"} & set(page.tags)
    assert not any(name.startswith("on") for _, attributes in page.attributes for name in attributes)
    tag, attributes = page.attributes[0]
    assert (tag, attributes["data-nb-assets"], attributes["data-kind"]) == ("div", "diff", result.kind)
    assert attributes["data-asset-key"] == EVIL
    assert len(result.to_html().encode()) < LARGEST


@pytest.mark.parametrize("result", DIFFS, ids=lambda result: result.kind)
def test_a_stored_diff_draws_the_same_without_its_values(result):
    stored = json.loads(json.dumps(result.to_dict(), allow_nan=False))
    again = from_dict(stored)
    assert again.to_html("a") == result.to_html("a")
    assert str(again) == str(result)
    assert (again.equal, again.badge) == (result.equal, result.badge)


@pytest.mark.parametrize("result", DIFFS, ids=lambda result: result.kind)
def test_markdown_holds_no_tag_outside_of_its_fence(result):
    outside = result._repr_markdown_().split("```", 1)[0]
    assert "<script" not in outside
    assert "<img" not in outside


def test_an_equal_diff_is_one_quiet_line():
    page = Page(diff(FRAMES[0], FRAMES[0].copy()).to_html())
    assert page.tags == ["div", "style", "span"]
    assert page.text.endswith("unchanged · 3 rows × 3 columns")


def test_every_rule_of_the_style_is_scoped():
    style = diff(1, 2).to_html().split("<style>")[1].split("</style>")[0]
    selectors = [rule.split("{")[0] for rule in style.split("}") if rule.strip()]
    assert selectors
    assert all(
        part.strip().startswith('[data-nb-assets="diff"]') for rule in selectors for part in rule.split(",")
    )


def test_the_html_refers_to_no_host_and_runs_no_script():
    html = diff(*FRAMES).to_html().lower()
    assert "http" not in html
    assert "url(" not in html


def test_an_enormous_diff_is_cut_below_the_bound():
    old = {f"{place}{'<' * 500}": "&" * 500 for place in range(200)}
    new = {key: value + '"' * 500 for key, value in old.items()}
    assert len(diff(old, new).to_html().encode()) < LARGEST
    everything = ValueDiff(
        kind="code", equal=False, summary="much", blocks=code_diff(*_sources()).blocks * 20
    )
    assert len(everything.to_html().encode()) < LARGEST
    assert "the rest is left out" in everything.to_html()
    assert len(json.dumps(everything.to_dict())) < 200_000


def _sources():
    sources = {f"f{place}": "\n".join(f"<{line}>" * 40 for line in range(300)) for place in range(40)}
    return sources, {name: text + "\n" + text for name, text in sources.items()}


def test_characters_that_turn_the_text_around_are_shown_as_unknown():
    html = diff("a", "\u202egnp.exe\x00").to_html()
    assert "\u202e" not in html
    assert "\x00" not in html
