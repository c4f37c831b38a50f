"""A small session of real assets: two groups of three that follow each other, one of which can be told to fail."""

from __future__ import annotations

import threading
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pandas as pd

from nb_assets import asset
from nb_assets.definitions.registry import Origin
from nb_assets.session import Session

if TYPE_CHECKING:
    from nb_assets.definitions.assets_definition import AssetsDefinition

CELL = Origin(id="cell-1", label="cell [1]")


class Flights:
    """The session, and the strings by which a test pulls its assets."""

    def __init__(self, folder: Path) -> None:
        self.rows = 10
        self.fails = False
        self.go_on = threading.Event()
        self.go_on.set()
        self.session = Session(folder)
        self.session.register(CELL, self.definitions())

    def definitions(self, code_version: str = "1") -> list[AssetsDefinition]:
        """Return the definitions; their code versions are given, so that the strings do not count as code."""

        @asset(group_name="raw", code_version=code_version, kinds={"pandas"}, description="As they come <b>.")
        def flights() -> Any:
            print("reading flights")
            return pd.DataFrame({"id": range(self.rows), "delay": [7] * self.rows})

        @asset(group_name="raw", code_version="1", metadata={"source": "a book"}, owners=["ana@example.org"])
        def airports() -> Any:
            return {"EWR": "Newark"}

        @asset(group_name="metrics", code_version="1", tags={"tier": "gold"})
        def delay(flights: Any) -> Any:
            assert self.go_on.wait(30)
            if self.fails:
                raise KeyError("departure")
            return float(flights.delay.sum())

        @asset(group_name="metrics", code_version="1")
        def report(delay: Any, airports: Any) -> Any:
            return f"{delay} at {len(airports)} <script>"

        return [flights, airports, delay, report]

    def redefine(self, code_version: str) -> None:
        """Register them as if the code of `flights` had been edited."""
        self.session.register(CELL, self.definitions(code_version))
