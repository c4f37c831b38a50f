"""Metrics of the taxi zones."""

from __future__ import annotations

import csv
from pathlib import Path

from assets import constants
from nb_assets import asset


@asset(deps=["taxi_zones_file"])
def zones_per_borough() -> dict[str, int]:
    """How many zones each borough has."""
    counts: dict[str, int] = {}
    with Path(constants.TAXI_ZONES_FILE_PATH).open(newline="") as file:
        for row in csv.DictReader(file):
            counts[row["borough"]] = counts.get(row["borough"], 0) + 1
    return counts


@asset
def largest_borough(zones_per_borough: dict[str, int]) -> str:
    """The borough with most zones."""
    return max(zones_per_borough, key=lambda borough: zones_per_borough[borough])
