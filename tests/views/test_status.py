"""One look for each state: a word, a shape, and colours that can be read."""

from __future__ import annotations

import re

import pytest

from nb_assets.export.theme import DARK, LIGHT
from nb_assets.views.status import STATUSES, status_look, status_summary


def luminance(colour: str) -> float:
    """Return the relative luminance of WCAG 2.1."""
    channels = [int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5)]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(first: str, second: str) -> float:
    high, low = sorted((luminance(first), luminance(second)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def test_every_state_of_an_asset_has_a_look():
    assert set(STATUSES) == {"missing", "fresh", "stale", "failed", "running", "queued", "skipped"}


def test_no_two_states_share_a_word_a_shape_or_a_glyph():
    for attribute in ("label", "path", "glyph", "light", "dark"):
        assert len({getattr(look, attribute) for look in STATUSES.values()}) == len(STATUSES), attribute


@pytest.mark.parametrize("state", STATUSES)
def test_words_can_be_read_on_every_ground(state):
    look = STATUSES[state]
    for ground in (LIGHT["card"], LIGHT["ground"], LIGHT["group"], look.soft_light):
        assert contrast(look.light, ground) >= 4.5, ground
    for ground in (DARK["card"], DARK["ground"], DARK["group"], look.soft_dark):
        assert contrast(look.dark, ground) >= 4.5, ground


@pytest.mark.parametrize("state", STATUSES)
def test_a_mark_stays_within_its_square(state):
    assert all(
        0 <= float(number) <= 16 for number in re.findall(r"(?<=[ML ])\d+\.?\d*", STATUSES[state].path)
    )


@pytest.mark.parametrize("theme", [LIGHT, DARK])
def test_quiet_text_and_edges_can_be_seen(theme):
    for ground in ("ground", "group", "inner", "card"):
        assert contrast(theme["text"], theme[ground]) >= 7
        assert contrast(theme["quiet"], theme[ground]) >= 4.5
    assert contrast(theme["badge-text"], theme["badge"]) >= 4.5


def test_an_unknown_word_looks_missing():
    assert status_look("melted") is STATUSES["missing"]


def test_a_roll_up_names_the_urgent_first_and_none_that_are_not_there():
    assert status_summary({"fresh": 1_200, "failed": 1, "stale": 0}) == "1 failed, 1,200 fresh"
    assert status_summary({}) == ""
