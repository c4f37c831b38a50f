"""What assets of a session are run with, and that it counts for whether they are fresh."""

from __future__ import annotations

import sqlite3

import pytest

from nb_assets import (
    AssetCheckResult,
    AssetsDefinition,
    Config,
    ConfigurableResource,
    EnvVar,
    asset,
    asset_check,
    graph_asset,
    op,
    resource,
)
from nb_assets.definitions.config.problems import ConfigError
from nb_assets.definitions.registry import Origin
from nb_assets.definitions.resource import as_resources
from nb_assets.errors import MissingResourceError
from nb_assets.session import Session

HERE, THERE = Origin(id="here", label="cell [1]"), Origin(id="there", label="cell [2]")


class Db(ConfigurableResource):
    path: str
    password: str = ""

    def read(self):
        return self.path


class Size(Config):
    n: int = 1


@asset
def data(db: Db, config: Size):
    return db.read() * config.n


@pytest.fixture
def session(tmp_path):
    opened = Session(tmp_path / ".nb_assets")
    yield opened
    opened.store.close()


def state(session, key="data"):
    (status,) = session.status(key).values()
    return status.state, [reason.summary for reason in status.reasons]


def test_an_equal_resource_is_the_same_and_another_value_is_told_of(session):
    session.register(HERE, [data])
    session.resources["db"] = Db(path="a")
    session.materialize()
    session.resources["db"] = Db(path="a")
    assert state(session) == ("fresh", [])
    session.resources["db"] = Db(path="b")
    assert state(session) == ("stale", ["`db` resource changed: path 'a' → 'b'"])
    session.resources["db"] = Db(path="a")
    assert state(session) == ("fresh", [])


def test_the_code_of_a_resource_counts(session):
    @resource
    def one(context):
        return 1

    @resource
    def two(context):
        return 2

    @asset(required_resource_keys={"made"})
    def uses(context):
        return context.resources.made

    session.register(HERE, [uses])
    session.resources["made"] = one
    session.materialize()
    session.resources["made"] = two
    assert state(session, "uses") == ("stale", ["`made` resource changed: its code"])


def test_what_the_methods_of_a_configuration_do_counts(session):
    class Twice(Config):
        n: int = 1

        def total(self):
            return self.n * 2

    def made(config):
        return config.total()

    def asset_of(cls):
        made.__annotations__["config"] = cls
        return asset(made)

    session.register(HERE, [asset_of(Twice)])
    session.materialize()

    class Twice(Config):
        n: int = 1

        def total(self):
            return self.n * 3

    session.register(HERE, [asset_of(Twice)])
    assert state(session, "made") == ("stale", ["config changed: the code of Twice.total"])


def test_a_value_made_with_another_configuration_is_not_fresh_for_the_default(session):
    session.register(HERE, [data])
    session.resources["db"] = Db(path="a")
    given = {"ops": {"data": {"config": {"n": 3}}}}
    session.materialize(run_config=given)
    assert session.load("data") == "aaa"
    assert state(session) == ("stale", ["config changed: n 3 → 1"])
    assert session.materialize(run_config=given).fresh
    session.materialize()
    assert session.load("data") == "a"
    assert session.materialize(run_config=given).restored
    session.run_config = given
    assert state(session) == ("fresh", [])


def test_a_secret_is_in_no_file_and_no_reason(session, monkeypatch, tmp_path):
    monkeypatch.setenv("SHOP", "hunter2")
    session.register(HERE, [data])
    session.resources["db"] = Db(path="a", password=EnvVar("SHOP"))
    session.materialize()
    monkeypatch.setenv("SHOP", "hunter3")
    ((_, (reason,)),) = [state(session)]
    assert reason.startswith("`db` resource changed: password environment variable SHOP (#")
    session.materialize()
    told = str(session.explain("data").to_dict()) + reason
    assert "hunter" not in told
    files = [path for path in tmp_path.rglob("*") if path.is_file()]
    assert files
    assert not any(b"hunter" in path.read_bytes() for path in files)


def test_what_cannot_be_compared_is_told_of(session):
    @asset(required_resource_keys={"db"})
    def counted(context):
        return context.resources.db.execute("select 1").fetchone()[0]

    session.register(HERE, [counted])
    connection = sqlite3.connect(":memory:")
    session.resources["db"] = connection
    session.materialize()
    (status,) = session.status("counted").values()
    assert status.state == "fresh"
    assert any("resource db" in told for told in status.untracked)
    connection.close()


def test_an_explicit_code_version_does_not_stand_for_the_configuration(session):
    @asset(code_version="1")
    def fixed(db: Db):
        return db.read()

    session.register(HERE, [fixed])
    session.resources["db"] = Db(path="a")
    session.materialize()
    assert session.latest("fixed").tags["dagster/code_version"] == "1"
    session.resources["db"] = Db(path="b")
    assert state(session, "fixed") == ("stale", ["`db` resource changed: path 'a' → 'b'"])


def test_an_asset_takes_what_is_beside_it_then_what_the_session_says_then_what_one_other_place_has(session):
    session.register(HERE, [data])
    with pytest.raises(MissingResourceError):
        session.materialize()
    session.register(THERE, [], as_resources({"db": Db(path="there")}, "a test"))
    session.materialize()
    assert session.load("data") == "there"
    session.resources["db"] = Db(path="session")
    session.materialize()
    assert session.load("data") == "session"
    session.register(HERE, [data], as_resources({"db": Db(path="here")}, "a test"))
    session.materialize()
    assert session.load("data") == "here"


def test_a_wrong_configuration_is_told_of_whole_and_nothing_runs(session):
    session.register(HERE, [data])
    session.resources["db"] = Db(path="a")
    with pytest.raises(ConfigError) as refused:
        session.materialize(run_config={"ops": {"data": {"config": {"n": "x", "m": 1}}}})
    assert "at ops.data.config: `m` is unknown; there are n" in str(refused.value)
    assert "at ops.data.config.n: expected an Int, not 'x' (str)" in str(refused.value)
    assert state(session)[0] == "missing"


def test_the_configuration_of_an_op_of_a_graph_asset_counts(session):
    @op(config_schema={"n": int})
    def made(context):
        return context.op_config["n"]

    @graph_asset
    def graphed():
        return made()

    session.register(HERE, [graphed])
    session.run_config = {"ops": {"graphed": {"ops": {"made": {"config": {"n": 1}}}}}}
    session.materialize()
    session.run_config = {"ops": {"graphed": {"ops": {"made": {"config": {"n": 2}}}}}}
    assert state(session, "graphed") == ("stale", ["config changed: ops.made.n 1 → 2"])


@resource(config_schema={"n": int})
def number(context):
    return context.resource_config["n"]


@asset(required_resource_keys={"number"})
def counted(context):
    return context.resources.number


def test_what_a_resource_was_configured_with_counts(session):
    session.register(HERE, [counted])
    session.resources["number"] = number.configured({"n": 3})
    session.materialize()
    session.resources["number"] = number.configured({"n": 4})
    assert state(session, "counted") == ("stale", ["`number` resource changed: n 3 → 4"])
    session.resources["number"] = number.configured({"n": 3})
    assert state(session, "counted") == ("fresh", [])


def test_a_function_that_configures_counts(session):
    session.register(HERE, [counted])
    session.resources["number"] = number.configured(lambda _: {"n": 3}, config_schema={})
    session.materialize()
    session.resources["number"] = number.configured(lambda _: {"n": 4}, config_schema={})
    assert state(session, "counted")[0] == "stale"
    session.materialize()
    assert session.load("counted") == 4


def test_what_an_op_was_configured_with_counts(session):
    @op(config_schema={"n": int})
    def told(context):
        return context.op_config["n"]

    session.register(HERE, [AssetsDefinition.from_op(told.configured({"n": 1}, name="data"))])
    session.materialize()
    session.register(HERE, [AssetsDefinition.from_op(told.configured({"n": 2}, name="data"))])
    assert state(session) == ("stale", ["config changed: n 1 → 2"])


class Threshold(ConfigurableResource):
    most: int

    def holds(self, value):
        return value < self.most


@asset
def amount():
    return 5


@asset_check(asset=amount)
def is_small(amount, threshold: Threshold):
    return AssetCheckResult(passed=threshold.holds(amount))


def test_what_a_check_was_configured_with_counts(session):
    session.register(HERE, [amount, is_small])
    session.resources["threshold"] = Threshold(most=10)
    session.materialize()
    (said,) = session.checks().values()
    assert said.state == "passed"
    session.resources["threshold"] = Threshold(most=1)
    (said,) = session.checks().values()
    assert (said.state, said.because) == ("stale", "the check changed, or what it is run with")
    session.run_checks()
    (said,) = session.checks().values()
    assert said.state == "failed"
    session.resources["threshold"] = Threshold(most=10)
    (said,) = session.checks().values()
    assert said.state != "failed"


def test_a_check_takes_the_resources_beside_it(session):
    session.register(HERE, [amount, is_small], resources=as_resources({"threshold": Threshold(most=10)}, "a"))
    session.register(THERE, [], resources=as_resources({"threshold": Threshold(most=1)}, "b"))
    session.materialize()
    (said,) = session.checks().values()
    assert said.state == "passed"


def test_a_near_name_ends_what_is_told_of_a_configuration(session):
    session.register(HERE, [data])
    session.resources["db"] = Db(path="a")
    with pytest.raises(ConfigError, match=r"Did you mean `n`\?$"):
        session.materialize(run_config={"ops": {"data": {"config": {"nn": 1}}}})


def test_a_check_that_gives_something_else_is_told_of_by_its_name(session):
    @asset_check(asset=amount)
    def is_large(amount):
        return amount > 1

    session.register(HERE, [amount, is_large])
    session.materialize(raise_on_error=False)
    (said,) = session.checks().values()
    assert "`amount:is_large` gave a bool for a check" in said.summary
