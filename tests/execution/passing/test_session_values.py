"""Values that an IO manager has, in a session: what is fresh, what can be loaded, what is lost."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from nb_assets import (
    AssetIn,
    AssetKey,
    AssetSpec,
    Config,
    ConfigurableIOManager,
    Definitions,
    InMemoryIOManager,
    IOManager,
    Output,
    SourceAsset,
    StaticPartitionsDefinition,
    asset,
    graph_asset,
    input_manager,
    io_manager,
    materialize,
    mem_io_manager,
    op,
)
from nb_assets.definitions.registry import Origin
from nb_assets.errors import DefinitionError, MissingResourceError, ValueMissingError
from nb_assets.session import Session


class Files(IOManager):
    """Keeps texts in files."""

    def __init__(self, folder: Path) -> None:
        self.folder = str(folder)

    def path(self, context) -> Path:
        return Path(self.folder, *context.asset_key.path)

    def handle_output(self, context, obj) -> None:
        self.path(context).parent.mkdir(parents=True, exist_ok=True)
        self.path(context).write_text(repr(obj))
        context.add_output_metadata({"path": str(self.path(context))})

    def load_input(self, context):
        return eval(self.path(context).read_text())


@pytest.fixture
def session(tmp_path: Path) -> Session:
    return Session(tmp_path / "store")


def register(session: Session, *assets, **resources) -> None:
    defs = Definitions(assets=assets, resources=resources)
    session.register(Origin(id="cell", label="cell"), defs.assets_definitions)


def orders_of(value, **options):
    @asset(name="orders", **options, code_version=repr(value))
    def orders():
        return value

    return orders


@asset
def total(orders):
    return sum(orders)


def made(session: Session) -> list[str]:
    return [key.to_user_string() for key in session.materialize(echo=False).materialized]


def state(session: Session, key: str) -> tuple[str, str]:
    status = session.status()[AssetKey(key)]
    return status.state, status.summary


def test_the_value_lives_with_the_io_manager_alone(session: Session, tmp_path: Path):
    register(session, orders_of([1, 2], io_manager_key="files"), total, files=Files(tmp_path))

    assert made(session) == ["orders", "total"]
    assert (tmp_path / "orders").read_text() == "[1, 2]"
    assert session.load("orders") == [1, 2]
    latest = session.latest("orders")
    assert latest.value.format == "io_manager"
    assert latest.value.type_name == "list"
    assert latest.metadata["path"].value == str(tmp_path / "orders")
    assert state(session, "orders") == ("fresh", "")
    assert made(session) == []


def test_the_data_version_is_that_of_the_content_as_without_an_io_manager(session: Session, tmp_path: Path):
    register(session, orders_of([1, 2]))
    session.materialize(echo=False)
    without = session.latest("orders").data_version
    register(session, orders_of([1, 2], io_manager_key="files"), files=Files(tmp_path))
    session.materialize(echo=False)

    assert session.latest("orders").data_version == without


def test_an_equal_value_makes_nothing_downstream_stale(session: Session, tmp_path: Path):
    register(session, orders_of([1, 2], io_manager_key="files"), total, files=Files(tmp_path))
    session.materialize(echo=False)
    session.materialize("orders", force=True, echo=False)

    assert state(session, "total") == ("fresh", "")


def test_an_earlier_version_is_made_again_and_not_restored(session: Session, tmp_path: Path):
    files = Files(tmp_path)
    register(session, orders_of([1], io_manager_key="files"), total, files=files)
    session.materialize(echo=False)
    register(session, orders_of([2], io_manager_key="files"), total, files=files)
    session.materialize(echo=False)
    register(session, orders_of([1], io_manager_key="files"), total, files=files)

    assert state(session, "orders")[0] == "stale"
    result = session.materialize(echo=False)
    assert result.materialized == [AssetKey("orders")]
    # What is derived from it is in the store, for the data that it was made from is there again.
    assert result.restored == [AssetKey("total")]
    assert (session.load("orders"), session.load("total")) == ([1], 1)
    assert (tmp_path / "orders").read_text() == "[1]"
    with pytest.raises(ValueMissingError, match="version 1 of `orders` is not to be had"):
        session.load("orders", version=1)
    with pytest.raises(ValueMissingError):
        session.diff("orders")


def test_a_value_that_was_handed_over_and_not_recorded_leaves_nothing_fresh(session: Session, tmp_path: Path):
    class Failing(Files):
        fails = False

        def handle_output(self, context, obj) -> None:
            super().handle_output(context, obj)
            if type(self).fails:
                raise OSError("the disk is gone")

    files = Failing(tmp_path)
    register(session, orders_of([1], io_manager_key="files"), files=files)
    session.materialize(echo=False)
    Failing.fails = True
    register(session, orders_of([2], io_manager_key="files"), files=files)
    with pytest.raises(OSError, match="the disk is gone"):
        session.materialize(echo=False)
    Failing.fails = False
    register(session, orders_of([1], io_manager_key="files"), files=files)

    assert (tmp_path / "orders").read_text() == "[2]"
    assert state(session, "orders")[0] != "fresh"
    assert made(session) == ["orders"]
    assert session.load("orders") == [1]


def test_a_value_that_cannot_be_loaded_is_lost_and_made_again(session: Session, tmp_path: Path):
    register(session, orders_of([1], io_manager_key="files"), total, files=Files(tmp_path))
    session.materialize("orders", echo=False)
    (tmp_path / "orders").unlink()

    with pytest.raises(FileNotFoundError):
        session.load("orders")
    assert state(session, "orders") == ("stale", "its value is not with its IO manager any more")
    assert made(session) == ["orders", "total"]


def test_another_kernel_knows_what_was_lost(session: Session, tmp_path: Path):
    register(session, orders_of([1], io_manager_key="files"), total, files=Files(tmp_path))
    session.materialize("orders", echo=False)
    (tmp_path / "orders").unlink()
    with pytest.raises(FileNotFoundError):
        session.load("orders")
    other = Session(tmp_path / "store")
    register(other, orders_of([1], io_manager_key="files"), total, files=Files(tmp_path))

    assert state(other, "orders")[0] == "stale"


def test_a_new_kernel_loads_what_the_last_one_stored(session: Session, tmp_path: Path):
    register(session, orders_of([1], io_manager_key="files"), total, files=Files(tmp_path))
    session.materialize("orders", echo=False)
    other = Session(tmp_path / "store")
    register(other, orders_of([1], io_manager_key="files"), total, files=Files(tmp_path))

    assert state(other, "orders") == ("fresh", "")
    assert made(other) == ["total"]
    assert other.load("orders") == [1]


def test_an_io_manager_of_another_folder_has_nothing_yet(session: Session, tmp_path: Path):
    register(session, orders_of([1], io_manager_key="files"), files=Files(tmp_path / "one"))
    session.materialize(echo=False)
    register(session, orders_of([1], io_manager_key="files"), files=Files(tmp_path / "two"))

    assert state(session, "orders")[0] == "stale"
    assert made(session) == ["orders"]
    assert (tmp_path / "two" / "orders").exists()


def test_a_value_of_the_store_is_not_taken_for_one_of_the_io_manager(session: Session, tmp_path: Path):
    register(session, orders_of([1]), total)
    session.materialize(echo=False)
    register(session, orders_of([1]), total, io_manager=Files(tmp_path))

    assert made(session) == ["orders", "total"]
    assert (tmp_path / "total").read_text() == "1"
    register(session, orders_of([1]), total)
    # The store still has what both were, as they were made then.
    assert made(session) == []
    assert (session.load("orders"), session.load("total")) == ([1], 1)


def test_what_memory_holds_is_there_as_long_as_the_kernel(session: Session, tmp_path: Path):
    register(session, orders_of([1], io_manager_key="mem"), total, mem=mem_io_manager)
    session.materialize("orders", echo=False)

    assert made(session) == ["total"]
    assert session.load("orders") == [1]
    other = Session(tmp_path / "store")
    register(other, orders_of([1], io_manager_key="mem"), total, mem=mem_io_manager)
    assert state(other, "orders")[0] == "stale"
    assert made(other) == ["orders"]


def test_the_default_io_manager_has_every_value(session: Session):
    manager = InMemoryIOManager()
    register(session, orders_of([1, 2]), total, io_manager=manager)
    session.materialize(echo=False)

    assert sorted(manager.values.values(), key=str) == [3, [1, 2]]
    assert session.load("total") == 3


def test_a_function_that_stores_its_value_itself_is_read_by_the_io_manager(session: Session, tmp_path: Path):
    folder = tmp_path

    @asset(io_manager_key="files")
    def orders() -> None:
        (folder / "orders").write_text("[5, 6]")

    register(session, orders, total, files=Files(tmp_path))
    session.materialize(echo=False)

    assert session.load("total") == 11


def test_an_asset_that_is_made_elsewhere_is_read_by_its_io_manager(session: Session, tmp_path: Path):
    (tmp_path / "orders").write_text("[7]")
    register(session, AssetSpec("orders").with_io_manager_key("files"), total, files=Files(tmp_path))
    session.materialize(echo=False)

    assert session.load("total") == 7
    assert any("made elsewhere" in note for note in session.status()[AssetKey("total")].untracked)


def test_a_source_asset_brings_its_io_manager_along(session: Session, tmp_path: Path):
    (tmp_path / "orders").write_text("[7, 8]")
    register(session, SourceAsset("orders", io_manager_def=Files(tmp_path)), total)
    session.materialize(echo=False)

    assert session.load("total") == 15


def test_what_nothing_can_read_is_refused_before_anything_runs(session: Session):
    register(session, AssetSpec("orders"), total)

    with pytest.raises(DefinitionError, match="`total` reads `orders`"):
        session.materialize(echo=False)


def test_an_io_manager_that_is_not_there_is_refused_before_anything_runs(session: Session):
    session.register(Origin(id="cell", label="cell"), [orders_of([1], io_manager_key="files")])

    with pytest.raises(MissingResourceError, match="`orders` needs the resource `files`"):
        session.materialize(echo=False)
    assert session.latest("orders") is None


def test_what_is_no_io_manager_is_told_of(session: Session):
    register(session, orders_of([1], io_manager_key="files"), files=3)

    with pytest.raises(DefinitionError, match="`orders` has the resource `files` pass a value"):
        session.materialize(echo=False)


def test_an_input_manager_loads_one_input_its_own_way(session: Session):
    seen = []

    @input_manager
    def doubled(context):
        seen.append((context.name, context.definition_metadata, context.upstream_output.asset_key))
        return [2, 4]

    @asset(ins={"orders": AssetIn(input_manager_key="doubled", metadata={"how": "twice"})})
    def total(orders):
        return sum(orders)

    register(session, orders_of([1, 2]), total, doubled=doubled)
    session.materialize(echo=False)

    assert session.load("total") == 6
    assert seen == [("orders", {"how": "twice"}, AssetKey("orders"))]


def test_what_passes_between_the_ops_of_an_asset_may_have_an_io_manager(session: Session):
    manager = InMemoryIOManager()

    @op
    def one():
        return 1

    @op
    def double(value):
        return 2 * value

    @graph_asset
    def doubled():
        return double(one())

    register(session, doubled, io_manager=manager)
    session.materialize(echo=False)

    steps = sorted(identifier[1:] for identifier in manager.values)
    assert steps == [("doubled.double", "result"), ("doubled.one", "result")]
    assert session.load("doubled") == 2
    assert state(session, "doubled") == ("fresh", "")


def test_the_io_manager_sees_what_was_said_of_the_value(session: Session):
    seen = {}

    class Seeing(InMemoryIOManager):
        def handle_output(self, context, obj) -> None:
            seen.update(output=context.output_metadata["rows"].value, definition=context.definition_metadata)
            super().handle_output(context, obj)

    @asset(metadata={"owner": "us"})
    def orders():
        return Output([1], metadata={"rows": 1})

    register(session, orders, io_manager=Seeing())
    session.materialize(echo=False)

    assert seen == {"output": 1, "definition": {"owner": "us"}}


def test_resources_of_an_io_manager_are_closed_after_a_load(session: Session, tmp_path: Path):
    opened: list[str] = []

    @io_manager
    def files(_context):
        opened.append("open")
        yield Files(tmp_path)
        opened.append("closed")

    register(session, orders_of([1], io_manager_key="files"), files=files)
    session.materialize(echo=False)
    assert opened == ["open", "closed"]
    session.load("orders")
    assert opened == ["open", "closed"] * 2


@pytest.mark.parametrize("how", [lambda s: s.load("orders"), lambda s: s.materialize(echo=False)])
def test_a_value_is_read_only_when_it_is_asked_for(session: Session, how: Callable):
    loads = []

    class Counting(InMemoryIOManager):
        def load_input(self, context):
            loads.append(context.asset_key)
            return super().load_input(context)

    register(session, orders_of([1]), io_manager=Counting())
    session.materialize(echo=False)
    session.status()
    session.explain("orders")
    session.history("orders")
    assert loads == []
    how(session)
    assert len(loads) <= 1


def test_an_io_manager_is_told_of_partitions(session: Session):
    seen: list[tuple] = []

    class Parts(InMemoryIOManager):
        def handle_output(self, context, obj) -> None:
            if context.has_asset_partitions:
                seen.append(("out", context.asset_partition_keys, context.partition_key))
            for key in context.asset_partition_keys if context.has_asset_partitions else [""]:
                self.values[context.asset_key, key] = obj

        def load_input(self, context):
            seen.append(("in", context.asset_partition_keys))
            return [self.values[context.asset_key, key] for key in context.asset_partition_keys]

    @asset(partitions_def=StaticPartitionsDefinition(["mon", "tue"]))
    def orders(context):
        return context.partition_key.upper()

    @asset
    def week(orders):
        return "".join(orders)

    register(session, orders, week, io_manager=Parts())
    session.materialize(echo=False)

    assert seen == [("out", ["mon"], "mon"), ("out", ["tue"], "tue"), ("in", ["mon", "tue"])]
    assert state(session, "orders")[0] == "fresh"
    assert made(session) == []


def test_an_io_manager_that_the_session_was_given_has_the_values(session: Session, tmp_path: Path):
    session.resources["files"] = Files(tmp_path / "one")
    session.register(Origin(id="cell", label="cell"), [orders_of([1], io_manager_key="files"), total])
    session.materialize(echo=False)
    assert (tmp_path / "one" / "orders").exists()

    session.resources["files"] = Files(tmp_path / "two")
    assert state(session, "orders")[0] == "stale"
    # What it loads from there may be something else.
    assert made(session) == ["orders", "total"]
    assert session.load("orders") == [1]


def test_an_output_is_configured_by_a_class():
    seen = []

    class How(Config):
        name: str
        times: int = 2

    class Kept(ConfigurableIOManager):
        @classmethod
        def output_config_schema(cls):
            return How

        def handle_output(self, context, obj) -> None:
            seen.append(dict(context.config))

        def load_input(self, context): ...

    run_config = {"ops": {"orders": {"outputs": {"result": {"name": "x"}}}}}
    materialize([orders_of([1])], resources={"io_manager": Kept()}, run_config=run_config)

    assert seen == [{"name": "x", "times": 2}]
