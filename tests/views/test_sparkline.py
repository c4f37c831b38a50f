from __future__ import annotations

import base64

import pytest

from nb_assets.views.sparkline import course, sparkline_html, sparkline_text


@pytest.mark.parametrize(
    ("values", "drawn"),
    [([0, 7], "▁█"), ([1, 2, 3], "▁▅█"), ([5, 5], "▅▅"), ([-1e308, 1e308], "▁█")],
)
def test_heights_follow_the_numbers(values: list[float], drawn: str):
    assert sparkline_text(values) == drawn


def test_the_picture_is_an_image_that_says_what_it_shows():
    html = sparkline_html([(1, 1200.0), (2, 0.5)])
    assert html.startswith('<img alt="v1 to v2: 1,200 to 0.5, between 0.5 and 1,200"')
    drawn = base64.b64decode(html.partition("base64,")[2].partition('"')[0]).decode()
    assert "<polyline" in drawn
    assert course([(1, 1200.0), (2, 0.5)]) in html
