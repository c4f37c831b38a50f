"""Texts are cut to what fits, in the middle or at the end."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from nb_assets.export.text_fit import cut_end, cut_middle, text_width


def test_what_fits_is_left_alone():
    assert cut_middle("trips", 200, 13) == "trips"
    assert cut_end("trips", 200, 13) == "trips"


def test_a_name_keeps_both_its_ends():
    cut = cut_middle("customers_by_region_and_channel_2024", 120, 13)
    assert cut.startswith("custo")
    assert cut.endswith("2024")
    assert "…" in cut


def test_a_sentence_keeps_its_beginning():
    assert cut_end("`clean()` changed, line 3", 80, 11).startswith("`clean()")


def test_wide_letters_take_more_room():
    assert text_width("mmm", 10) > text_width("iii", 10)
    assert text_width("数据", 10) == 20
    assert text_width("abc", 10, bold=True) > text_width("abc", 10)


@given(st.text(), st.floats(20, 400))
def test_a_cut_text_is_never_wider_than_the_room(text, width):
    assert text_width(cut_middle(text, width, 13), 13) <= width
    assert text_width(cut_end(text, width, 13), 13) <= width
