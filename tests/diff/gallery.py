"""One pair of values of each kind of diff: what its pictures are drawn from."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

import altair as alt
import numpy as np
import polars as pl
from PIL import Image, ImageDraw
from sklearn.linear_model import Ridge

TEXT = "A hare boasted of its speed.\nA tortoise asked for a race.\nThe hare slept.\nThe tortoise won.\n"


@dataclass
class Fit:
    """A value of a user's own class."""

    slope: float
    names: list[str]


def trips() -> pl.DataFrame:
    """Return a table with a key, numbers, categories, times and something missing."""
    count = 400
    random = np.random.default_rng(0)
    return pl.DataFrame(
        {
            "trip_id": np.arange(count),
            "fare": np.round(random.lognormal(2.5, 0.6, count), 2),
            "town": random.choice(["Rome", "Oslo", "Lima"], count),
            "left": [dt.datetime(2024, 1, 1) + dt.timedelta(hours=float(hour)) for hour in range(count)],
        }
    )


def later_trips() -> pl.DataFrame:
    """Return the table after an edit: dearer, with another town, some rows gone and some new."""
    number = pl.col("trip_id")
    changed = trips().with_columns(
        fare=pl.when(number % 4 == 0)
        .then(pl.col("fare") * 1.6)
        .when(number % 50 == 7)
        .then(None)
        .otherwise("fare"),
        town=pl.when((pl.col("town") == "Oslo") & (number % 3 == 0)).then(pl.lit("Bergen")).otherwise("town"),
    )
    return pl.concat([changed[6:], changed.tail(9).with_columns(trip_id=number + 100)])


def drawing(radius: int) -> Image.Image:
    """Return a small picture."""
    image = Image.new("RGB", (160, 110), "white")
    draw = ImageDraw.Draw(image)
    draw.ellipse((80 - radius, 55 - radius, 80 + radius, 55 + radius), fill="steelblue")
    draw.line((0, 100, 160, 90), fill="black", width=2)
    return image


def figure(power: int) -> Any:
    """Return a Matplotlib figure that no window shows."""
    from matplotlib.figure import Figure

    made = Figure(figsize=(3, 2))
    places = np.linspace(0, 1, 50)
    made.subplots().plot(places, places**power)
    return made


def model(alpha: float) -> Ridge:
    """Return a fitted model."""
    features = np.random.default_rng(1).normal(size=(30, 3))
    return Ridge(alpha=alpha).fit(features, features.sum(axis=1))


def matrix(*, moved: bool) -> Any:
    """Return a matrix; moved, it has a bump and a NaN."""
    across, down = np.meshgrid(np.linspace(-2, 2, 60), np.linspace(-2, 2, 40))
    values = np.round(np.exp(-(across**2) - down**2), 6)
    if moved:
        values[8:20, 34:50] += np.round(0.4 * np.hanning(12)[:, None] * np.hanning(16)[None, :], 6)
        values[30, 5] = np.nan
    return values


def chart(mark: str) -> alt.Chart:
    """Return an Altair chart."""
    data = {"values": [{"a": 1, "b": 2}, {"a": 2, "b": 3}]}
    return alt.Chart.from_dict(
        {"data": data, "mark": mark, "encoding": {"x": {"field": "a", "type": "ordinal"}}}
    )


def pairs() -> dict[str, tuple[Any, Any]]:
    """Return each kind's pair, the value before and the value after."""
    table = trips()
    return {
        "frame": (table, later_trips()),
        "frame-columns": (
            table,
            table.rename({"left": "departed"})
            .drop("town")
            .with_columns(pl.col("fare").cast(pl.Float32), tip=pl.lit(0)),
        ),
        "frame-without-key": (table.select("fare", "town")[:40], later_trips().select("fare", "town")[:38]),
        "frame-equal": (table, table.clone()),
        "text": (
            TEXT,
            TEXT.replace("slept", "slept soundly").replace(
                "The tortoise won.\n", "The tortoise won.\nEnd.\n"
            ),
        ),
        "json": (
            {"name": "daily", "limits": {"low": 1, "high": 5}, "tags": ["a", "b"]},
            {"name": "daily", "limits": {"low": 1, "high": 7}, "tags": ["a", "new", "b"], "owner": None},
        ),
        "number": (1_204.5, 1_310.25),
        "array": (np.arange(12.0), np.arange(12.0) + np.array([0, 0, 0.5, 0, 0, 0, 2, 0, 0, 0, 0, -1])),
        "matrix": (matrix(moved=False), matrix(moved=True)),
        "image": (drawing(30), drawing(36)),
        "figure": (figure(2), figure(3)),
        "model": (model(1.0), model(10.0)),
        "chart": (chart("bar"), chart("line")),
        "set": ({"Rome", "Oslo"}, {"Rome", "Lima", "Bergen"}),
        "dataclass": (Fit(1.5, ["a"]), Fit(1.75, ["a", "b"])),
        "bytes": (b"\x00\x01\x02header", b"\x00\x01\xffheader!"),
        "markup": ({"note": "<b>old</b>"}, {"note": "<script>alert(1)</script>"}),
    }
