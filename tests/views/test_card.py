from __future__ import annotations

from nb_assets.views.card import LINES_SHOWN, CardLine, card_of


def line(**more) -> CardLine:
    return CardLine(**{"key": "metrics/daily", "state": "stale", **more})


def test_a_card_is_one_line_an_asset():
    card = card_of(
        [
            line(group="metrics", inputs=("trips", "zones"), said="`clean` changed"),
            line(key="other", state="fresh"),
        ]
    )
    assert card.text.splitlines() == [
        "▲ metrics/daily · metrics · reads trips, zones · `clean` changed",
        "● other",
    ]
    assert 'data-nb-assets="card"' in card.html


def test_a_card_says_what_became_stale_and_what_is_no_longer_registered():
    card = card_of([line()], stale=["report", "model"], removed=["old"])
    assert "now stale: report, model" in card.text
    assert "no longer registered: old" in card.text


def test_many_inputs_are_counted_and_all_in_the_tooltip():
    names = tuple(f"input_{number}" for number in range(40))
    card = card_of([line(inputs=names)])
    assert "and 34 more" in card.text
    assert "input_39" in card.html


def test_a_long_key_is_cut_in_the_middle_and_whole_in_the_tooltip():
    key = "warehouse/" + "x" * 60 + "/daily"
    html = card_of([line(key=key)]).html
    assert f'title="{key}"' in html
    assert f">{key}<" not in html
    assert "/daily</span>" in html


def test_whatever_users_write_is_text_and_never_markup():
    hostile = "<img src=x onerror=alert(1)>"
    card = card_of(
        [line(key=hostile, group=hostile, inputs=(hostile,), said=hostile)],
        stale=[hostile],
        removed=[hostile],
    )
    assert "<img" not in card.html


def test_a_cell_of_many_assets_shows_those_that_need_somebodys_eyes_and_counts_the_rest():
    lines = [
        CardLine(key=f"part_{number}", state={500: "failed", 900: "stale"}.get(number, "fresh"))
        for number in range(1_000)
    ]
    report = card_of(lines)
    assert report.html.count('class="nba-card"') == LINES_SHOWN
    assert "part_0" in report.text
    assert "part_500" in report.text
    assert "part_900" in report.text
    assert "and 960 more: 960 fresh. `%assets` lists all." in report.text
