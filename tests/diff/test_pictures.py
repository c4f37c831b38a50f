"""The committed pictures show every kind of diff as it is drawn today."""

from __future__ import annotations

import pytest
from PIL import Image

from nb_assets.diff import diff
from tests.diff.gallery import pairs
from tests.refresh_diff_pictures import DIGEST, PICTURES, THEMES, digest_of

PAIRS = pairs()


@pytest.mark.checkout
@pytest.mark.parametrize("name", PAIRS)
def test_a_picture_is_of_todays_diff(name):
    digest = digest_of(diff(*PAIRS[name]).to_html())
    for theme in THEMES:
        with Image.open(PICTURES / f"{name}-{theme}.png") as picture:
            assert picture.info[DIGEST] == digest, "run `python -m tests.refresh_diff_pictures`, and look"


@pytest.mark.checkout
def test_there_are_no_other_pictures():
    names = {f"{name}-{theme}.png" for name in PAIRS for theme in THEMES}
    assert {path.name for path in PICTURES.iterdir()} == names
