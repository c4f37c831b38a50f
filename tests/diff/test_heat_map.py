"""The picture of where two matrices differ."""

from __future__ import annotations

import base64
import io

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from nb_assets.diff import diff
from nb_assets.diff.blocks import Pictures
from nb_assets.diff.heat_map import heat_map


def opacity(picture):
    """The alpha channel of a drawn heat map."""
    encoded = picture.source.partition(",")[2]
    return np.asarray(Image.open(io.BytesIO(base64.b64decode(encoded))).getchannel("A"))


def test_the_picture_is_strongest_where_the_change_is_largest():
    old = np.zeros((4, 6))
    new = old.copy()
    new[1, 2], new[3, 5] = 1.0, 4.0
    pictures = heat_map(old, new, old != new)
    assert pictures is not None
    alpha = opacity(pictures.pictures[0])
    scale = alpha.shape[0] // 4
    cells = alpha[::scale, ::scale]
    assert cells.shape == (4, 6)
    assert np.unravel_index(cells.argmax(), cells.shape) == (3, 5)
    assert cells[1, 2] > cells[0, 0]


def test_one_changed_element_of_a_million_is_seen():
    old = np.zeros((1000, 1000))
    new = old.copy()
    new[777, 333] = 1
    pictures = heat_map(old, new, old != new)
    assert pictures is not None
    alpha = opacity(pictures.pictures[0])
    assert (alpha == 255).any()
    assert max(alpha.shape) <= 300


@pytest.mark.parametrize("shape", [(5,), (2, 2, 2), (1, 5), (5, 1)])
def test_only_matrices_are_drawn(shape):
    assert heat_map(np.zeros(shape), np.ones(shape), np.ones(shape, bool)) is None


@given(st.lists(st.floats(allow_nan=True, allow_infinity=True), min_size=4, max_size=4))
def test_any_numbers_are_drawn(values):
    old, new = np.zeros((2, 2)), np.array(values).reshape(2, 2)
    result = diff(old, new)
    drawn = [block for block in result.blocks if isinstance(block, Pictures)]
    assert bool(drawn) == (not result.equal)


def test_the_picture_is_drawn_without_smoothing():
    assert '<img class="crisp" src="data:image/png;base64,' in diff(np.zeros((3, 3)), np.eye(3)).to_html()
