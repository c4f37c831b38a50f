"""Charts that are data: compared by what they specify."""

from __future__ import annotations

import altair as alt
import pandas as pd
import plotly.graph_objects as go

from nb_assets.diff import diff

DATA = pd.DataFrame({"a": [1, 2], "b": [3, 4]})


def bars(mark="bar"):
    chart = alt.Chart(DATA)
    return (chart.mark_bar() if mark == "bar" else chart.mark_line()).encode(x="a", y="b")


def test_a_changed_point_of_a_plotly_figure_is_found_by_its_path():
    before, after = (go.Figure(go.Scatter(y=values)) for values in ([1, 2, 3], [1, 5, 3]))
    result = diff(before, after)
    assert result.kind == "chart"
    assert result.summary == "`data[0].y[1]` 2 → 5"


def test_plotly_figures_built_alike_are_equal():
    assert diff(go.Figure(go.Bar(y=[1])), go.Figure(go.Bar(y=[1]))).equal


def test_another_mark_of_an_altair_chart_is_found_by_its_path():
    assert diff(bars(), bars("line")).summary == "`mark.type` bar → line"


def test_altair_charts_built_alike_are_equal():
    assert diff(bars(), bars()).equal


def test_charts_of_two_libraries_differ():
    assert not diff(bars(), go.Figure()).equal
