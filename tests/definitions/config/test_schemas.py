"""Schemas of configuration: what they take, and how what is wrong is told."""

from __future__ import annotations

import pytest

from nb_assets import (
    Array,
    Config,
    ConfigurableResource,
    Enum,
    EnumValue,
    EnvVar,
    Field,
    Map,
    Noneable,
    Permissive,
    Selector,
    Shape,
    StringSource,
    asset,
    configured,
    materialize,
    op,
    resource,
    validate_run_config,
)
from nb_assets.definitions.config.problems import ConfigError, ConfigSchemaError
from nb_assets.definitions.config.shapes import as_field, read_config
from nb_assets.errors import DefinitionError, InvocationError


class Server(ConfigurableResource):
    port: int


def read(schema, value):
    return read_config(as_field(schema).config_type, value, "it")


@pytest.mark.parametrize(
    ("schema", "given", "expected"),
    [
        ({"n": int}, {"n": 1}, {"n": 1}),
        ({"f": float}, {"f": 1}, {"f": 1.0}),
        ({"n": Field(int, default_value=2)}, {}, {"n": 2}),
        ({"n": Noneable(int)}, {}, {"n": None}),
        ([int], [1, 2], [1, 2]),
        ({str: int}, {"a": 1}, {"a": 1}),
        (Map(str, Array(int)), {"a": [1]}, {"a": [1]}),
        (Permissive({"n": int}), {"n": 1, "m": 2}, {"n": 1, "m": 2}),
        (Selector({"a": int, "b": {"c": str}}), {"b": {"c": "x"}}, {"b": {"c": "x"}}),
        (Enum("E", [EnumValue("A", 1)]), "A", 1),
        (Shape({"n": int}, field_aliases={"n": "m"}), {"m": 1}, {"n": 1}),
        (StringSource, "x", "x"),
    ],
)
def test_a_schema_reads(schema, given, expected):
    assert read(schema, given) == expected


@pytest.mark.parametrize(
    ("schema", "given", "told"),
    [
        ({"n": int}, {"n": True}, "at n: expected an Int, not True (bool)"),
        ({"n": int}, {}, "`n` is missing, an Int"),
        ({"rows": int}, {"rows": 1, "row": 2}, "`row` is unknown; there are rows. Did you mean `rows`?"),
        ([int], [1, "x"], "at [1]: expected an Int, not 'x' (str)"),
        ({"a": [{"b": int}]}, {"a": [{"b": "x"}]}, "at a[0].b: expected an Int"),
        (Selector({"a": int, "b": int}), {"a": 1, "b": 2}, "expected exactly one of a, b, not a, b"),
        (Enum("E", [EnumValue("RED")]), "RE", '"RE" is none of RED; did you mean `RED`?'),
        (StringSource, {"env": "NB_NOT_THERE"}, 'the environment variable "NB_NOT_THERE" is not set'),
        ({"s": str}, {"s": EnvVar("HOME")}, 'is written {"env": "HOME"} here'),
    ],
)
def test_what_is_wrong_is_told_with_its_place(schema, given, told):
    with pytest.raises(ConfigError) as refused:
        read(schema, given)
    assert told in str(refused.value)
    assert "\n" not in str(refused.value)


def test_everything_that_is_wrong_is_told_at_once():
    with pytest.raises(ConfigError) as refused:
        read({"a": int, "b": str}, {"a": "x", "c": 1})
    assert len(refused.value.errors) == 3


@pytest.mark.parametrize(
    ("make", "told"),
    [
        (lambda: Field(int, default_value="x"), "the default of a Field"),
        (lambda: Field(int, default_value=1, is_required=True), "leave one of them out"),
        (lambda: Field(object()), "says nothing of a configuration"),
        (lambda: as_field({"a": {"b": object()}}), "in the field `a`: in the field `b`"),
        (lambda: Map([int], int), "the keys of a Map"),
        (lambda: Field(Noneable), "write Noneable()"),
    ],
)
def test_a_schema_that_says_nothing_is_refused(make, told):
    with pytest.raises((ConfigSchemaError, ConfigError)) as refused:
        make()
    assert told in str(refused.value)


def test_a_value_from_the_environment_is_not_told_when_it_is_wrong(monkeypatch):
    monkeypatch.setenv("NB_PORT", "hunter2")

    @asset
    def uses(server: Server):
        return server.port

    with pytest.raises(ConfigError) as refused:
        materialize([uses], resources={"server": Server(port=EnvVar.int("NB_PORT"))})
    assert "NB_PORT" in str(refused.value)
    assert "hunter2" not in str(refused.value)


def test_a_configuration_does_not_change():
    class Size(Config):
        n: int = 1

    with pytest.raises(InvocationError, match="a configuration does not change"):
        Size().n = 2
    with pytest.raises(InvocationError, match="has no field `m`"):
        Size().m = 2


def test_the_parameter_config_says_what_it_is():
    with pytest.raises(DefinitionError, match="is not annotated"):

        @asset
        def bare(config): ...

    with pytest.raises(DefinitionError, match="its configuration is said in one place"):

        @asset(config_schema={"n": int})
        def both(config: int): ...


def test_definitions_are_configured_by_others():
    @resource(config_schema={"n": int})
    def number(context):
        return context.resource_config["n"]

    @configured(number, config_schema={"twice": int})
    def doubled(config):
        return {"n": config["twice"] * 2}

    @asset(required_resource_keys={"number"})
    def made(context):
        return context.resources.number

    given = {"resources": {"number": {"config": {"twice": 2}}}}
    assert materialize([made], resources={"number": doubled}, run_config=given).output_for_node("made") == 4
    with pytest.raises(ConfigError, match="twice: Int"):
        materialize([made], resources={"number": doubled})


def test_a_run_config_is_validated_without_a_run():
    from nb_assets import job

    ran = []

    @op(config_schema={"n": Field(int, default_value=3)})
    def counts(context):
        ran.append(1)

    @job
    def counting():
        counts()

    assert validate_run_config(counting)["ops"]["counts"]["config"] == {"n": 3}
    with pytest.raises(ConfigError):
        validate_run_config(counting, {"ops": {"counts": {"config": {"n": "x"}}}})
    assert ran == []
