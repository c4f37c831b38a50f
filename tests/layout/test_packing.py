"""Boxes packed to the shape of a page."""

from __future__ import annotations

from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from nb_assets.layout.model import Box
from nb_assets.layout.packing import pack

sizes = st.lists(st.tuples(st.integers(1, 300), st.integers(1, 300)), max_size=30)


@given(sizes, st.integers(0, 30))
def test_packed_boxes_keep_their_distance_and_stay_within(boxes, gap):
    corners, width, height = pack(boxes, gap, 1.5)
    placed = [Box(x=x, y=y, width=w, height=h) for (x, y), (w, h) in zip(corners, boxes, strict=True)]
    for first, second in combinations(placed, 2):
        wider = Box(x=first.x, y=first.y, width=first.width + gap, height=first.height + gap)
        assert not wider.overlaps(second)
    assert all(box.right <= width and box.bottom <= height for box in placed)


def test_rows_are_filled_in_input_order():
    corners, _, _ = pack([(100, 50)] * 9, 10, 1.0)
    assert corners == sorted(corners, key=lambda corner: (corner[1], corner[0]))


def test_nothing_takes_no_room():
    assert pack([], 10, 1.5) == ([], 0.0, 0.0)
