"""Images and figures: pixels that changed, side by side."""

from __future__ import annotations

import pytest

from nb_assets.diff import diff

Image = pytest.importorskip("PIL.Image")


def square(colour="#fa3", size=(40, 20)):
    image = Image.new("RGB", size, "#37a")
    image.paste(colour, (5, 5, 15, 15))
    return image


def test_changed_pixels_are_counted_and_shown():
    result = diff(square(), square("#000"))
    assert result.summary == "100 pixels changed (12.5 %)"
    assert [picture.caption for picture in result.blocks[0].pictures] == ["before", "after", "what differs"]
    assert result.to_html().count("<img") == 3


def test_equal_images_are_unchanged():
    assert diff(square(), square()).equal


def test_another_size_is_said():
    assert diff(square(), square(size=(80, 20))).summary == "40 × 20 → 80 × 20 pixels"


def test_a_large_noisy_image_stays_bounded():
    noise = Image.effect_noise((3000, 2000), 100).convert("RGB")
    assert len(diff(noise, Image.new("RGB", (3000, 2000))).to_html()) < 200_000


def test_figures_are_compared_by_what_they_draw():
    figure = pytest.importorskip("matplotlib.figure")

    def plot(values):
        drawn = figure.Figure(figsize=(2, 1))
        drawn.subplots().plot(values)
        return drawn

    assert diff(plot([1, 2]), plot([1, 2])).equal
    assert "pixels changed" in diff(plot([1, 2]), plot([2, 1])).summary
