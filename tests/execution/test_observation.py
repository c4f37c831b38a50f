"""Assets that something else makes, with a function that says which version their data is."""

from __future__ import annotations

from pathlib import Path

import pytest

from nb_assets import (
    AssetKey,
    DataVersion,
    Definitions,
    InMemoryIOManager,
    asset,
    observable_source_asset,
)
from nb_assets.definitions.registry import Origin
from nb_assets.errors import DefinitionError, OutputError
from nb_assets.session import Session


@pytest.fixture
def session(tmp_path: Path) -> Session:
    return Session(tmp_path / "store")


def register(session: Session, *assets, **resources) -> None:
    defs = Definitions(assets=assets, resources=resources)
    session.register(Origin(id="cell", label="cell"), defs.assets_definitions)


@asset(deps=["orders"])
def report():
    return 1


def test_another_version_makes_what_is_derived_from_it_stale(session: Session):
    versions = ["one"]

    @observable_source_asset(group_name="raw")
    def orders():
        """All of them."""
        return DataVersion(versions[-1])

    register(session, orders, report)
    assert session.materialize(echo=False).materialized == [AssetKey("report")]
    assert session.latest("orders").data_version == "one"
    assert session.materialize(echo=False).materialized == []
    versions.append("two")
    assert session.materialize(echo=False).materialized == [AssetKey("report")]
    assert [made.data_version for made in session.history("orders")] == ["two", "one"]
    versions.append("one")
    assert session.materialize(echo=False).restored == [AssetKey("report")]


def test_it_is_observed_only_for_what_is_derived_from_it(session: Session):
    seen = []

    @observable_source_asset
    def orders():
        seen.append(True)
        return DataVersion("one")

    @asset
    def other():
        return 2

    register(session, orders, report, other)
    session.materialize("other", echo=False)
    session.status()

    assert seen == []


def test_it_may_take_a_context_and_resources(session: Session):
    @observable_source_asset(required_resource_keys={"db"})
    def orders(context):
        return DataVersion(context.resources.db)

    register(session, orders, report, db="three")
    session.materialize(echo=False)

    assert session.latest("orders").data_version == "three"


def test_its_value_is_read_by_its_io_manager(session: Session):
    class Five(InMemoryIOManager):
        def load_input(self, context):
            return 5

    @observable_source_asset(io_manager_key="five")
    def orders():
        return DataVersion("one")

    @asset
    def double(orders):
        return 2 * orders

    register(session, orders, double, five=Five())
    session.materialize(echo=False)

    assert session.load("double") == 10


def test_without_an_io_manager_its_value_cannot_be_read(session: Session):
    @observable_source_asset
    def orders():
        return DataVersion("one")

    @asset
    def double(orders):
        return 2 * orders

    register(session, orders, double)
    with pytest.raises(DefinitionError, match="`double` reads `orders`"):
        session.materialize(echo=False)


def test_a_function_that_says_no_version_is_told_of(session: Session):
    @observable_source_asset
    def orders():
        return 3

    register(session, orders, report)
    with pytest.raises(OutputError, match="observes `orders` returned 3"):
        session.materialize(echo=False)


def test_a_function_that_takes_an_asset_is_refused():
    with pytest.raises(DefinitionError, match="takes no asset, and `rates` would be one"):

        @observable_source_asset
        def orders(rates): ...
