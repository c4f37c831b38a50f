"""A session whose automation is settled before it is looked at, and small assets for it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nb_assets import AssetKey, asset
from nb_assets.definitions.registry import Origin

if TYPE_CHECKING:
    from nb_assets.session import Session


class Automated:
    """A session whose cells are registered under names, and whose automation is settled before it is looked at."""

    def __init__(self, session: Session) -> None:
        self.session = session
        self.auto = session.auto

    def cell(self, name: str, *definitions) -> None:
        self.auto.cell_began()
        self.session.register(Origin(id=name, label=name), definitions)
        self.auto.cell_ended()

    def settle(self) -> None:
        """Evaluate until nothing runs and an evaluation starts nothing more."""
        while True:
            for run in self.session.runs:
                run.wait()
            if "run" not in self.auto.evaluate().values() and not self.session.runs:
                return

    def on(self) -> None:
        self.auto.on()
        self.settle()

    def made(self, key: str) -> int:
        self.settle()
        return len(self.session.history(key))

    def tried(self, key: str) -> int:
        """Return how many runs of an asset failed."""
        return len(self.session.store.history.events(asset_key=AssetKey(key), kind="failed"))

    def verdict(self, key: str) -> str | None:
        return self.auto.evaluated[AssetKey(key)].verdict

    def because(self) -> list[str]:
        return [why for each in self.auto.requests for reasons in each.because.values() for why in reasons]


def giving(name: str, value: object, **options):
    """Return an asset of a value; another value is another code."""

    def give():
        return value

    return asset(name=name, **options)(give)


def reading(name: str, *upstream: str, **options):
    return asset(name=name, deps=list(upstream), **options)(lambda: name)
