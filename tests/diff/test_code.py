"""Code: what changed in which function, by name and line."""

from __future__ import annotations

import pytest

from nb_assets.diff import code_diff

OLD = "def daily(flights):\n    late = flights[flights.delay > 0]\n    return late.mean()\n"


@pytest.mark.parametrize(
    ("old", "new", "summary"),
    [
        ({"daily": OLD}, {"daily": OLD}, "unchanged"),
        ({"daily": OLD}, {"daily": OLD.replace("mean", "median")}, "`daily` changed, line 3"),
        (
            {"daily": OLD},
            {"daily": OLD.replace("> 0", "> 5").replace("mean", "sum")},
            "`daily` changed, lines 2–3",
        ),
        (
            {"daily": OLD},
            {"daily": OLD.replace("    late = flights[flights.delay > 0]\n", "")},
            "`daily` changed, line 2",
        ),
        ({"LIMIT": "LIMIT = 5"}, {"LIMIT": "LIMIT = 7"}, "`LIMIT` 5 → 7"),
        ({"LIMIT": "5"}, {"LIMIT": "7"}, "`LIMIT` 5 → 7"),
        ({}, {"clean": "def clean(): ..."}, "`clean` added"),
        ({"clean": "def clean(): ..."}, {}, "`clean` removed"),
        ({}, dict.fromkeys("abcde", "1"), "`a` added; `b` added; `c` added; 2 more"),
    ],
)
def test_the_summary_names_what_changed(old, new, summary):
    result = code_diff(old, new)
    assert (result.summary, result.equal) == (summary, summary == "unchanged")


def test_the_text_form_is_a_unified_diff_for_each_name():
    result = code_diff({"daily": OLD, "n": "1"}, {"daily": OLD.replace("mean", "median"), "n": "2"})
    assert str(result).splitlines() == [
        "`daily` changed, line 3; `n` 1 → 2",
        "`daily`",
        "  def daily(flights):",
        "      late = flights[flights.delay > 0]",
        "-     return late.mean()",
        "+     return late.median()",
        "`n`",
        "- 1",
        "+ 2",
    ]
    assert result.badge == "+2 −2"
    assert result.to_dict()["names_changed"] == ["daily", "n"]


def test_the_words_that_changed_are_marked_in_the_line():
    html = code_diff({"daily": OLD}, {"daily": OLD.replace("mean", "median")}).to_html()
    assert "<del>mean</del>" in html
    assert "<ins>median</ins>" in html


def test_code_is_text_and_never_markup():
    html = code_diff({"a": "x = '<script>'"}, {"a": "x = '<img onerror=1>'"}).to_html()
    assert "<script>" not in html
    assert "<img" not in html
