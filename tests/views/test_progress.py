from __future__ import annotations

from nb_assets.views.progress import progress_of
from tests.harness.run_events import logged, materialized, record, started, step


def test_a_running_asset_has_a_moving_bar_its_time_and_its_last_lines():
    run = record(started("a", "b"), step("a"), logged("a", "".join(f"line {n}\n" for n in range(9))))
    picture = progress_of(run, now=1_003.0)
    assert 'data-kind="moving"' in picture.html
    assert "3.0 s" in picture.html
    assert "line 8" in picture.html
    assert "line 3" not in picture.html


def test_progress_says_how_far_the_run_is():
    run = record(started("a", "b"), materialized("a"), step("b"))
    picture = progress_of(run, now=1_001.0)
    assert 'role="progressbar"' in picture.html
    assert 'aria-valuenow="1"' in picture.html
    assert picture.text.startswith("▶ 1 of 2 assets")


def test_a_bar_that_is_drawn_again_goes_on_where_it_was():
    run = record(started("a"), step("a"))
    assert "animation-delay:-1.50s" in progress_of(run, now=1_001.5).html


def test_a_run_of_thousands_is_drawn_in_bounded_size():
    names = [f"a{number}" for number in range(5_000)]
    run = record(
        started(*names),
        *(materialized(name) for name in names[:2_500]),
        *(step(name) for name in names[2_500:2_600]),
    )
    assert len(progress_of(run, now=1_001.0).html) < 30_000


def test_what_an_asset_prints_is_text():
    run = record(started("a"), step("a"), logged("a", "<script>alert(1)</script>\n"))
    assert "<script" not in progress_of(run, now=1_001.0).html
