from __future__ import annotations

import datetime as dt
import json
import math
from pathlib import PurePosixPath

import numpy as np
import pytest

from nb_assets import AssetKey, MetadataValue
from nb_assets.definitions.metadata import as_metadata, as_metadata_value
from nb_assets.errors import DefinitionError

NOON = dt.datetime(2024, 1, 1, 12, tzinfo=dt.timezone.utc)


@pytest.mark.parametrize(
    ("given", "kind", "value"),
    [
        ("x", "text", "x"),
        (True, "bool", True),
        (3, "int", 3),
        (0.5, "float", 0.5),
        (None, "null", None),
        ([1, {"a": 2}], "json", [1, {"a": 2}]),
        (PurePosixPath("a/b"), "path", "a/b"),
        (AssetKey("a"), "asset", AssetKey("a")),
        (np.int64(3), "int", 3),
        (np.float32(0.5), "float", 0.5),
        (np.bool_(1), "bool", True),
        (MetadataValue.md("*x*"), "md", "*x*"),
        (MetadataValue.timestamp(NOON), "timestamp", NOON.timestamp()),
        (MetadataValue.python_artifact(dt.datetime), "python_artifact", "datetime:datetime"),
    ],
)
def test_a_plain_value_becomes_metadata_of_its_kind(given: object, kind: str, value: object):
    made = as_metadata_value("x", given)
    assert (made.kind, made.value) == (kind, value)
    assert MetadataValue.from_json(json.loads(json.dumps(made.to_json()))) == made


@pytest.mark.parametrize("number", [math.inf, -math.inf])
def test_an_infinite_number_survives_json(number: float):
    made = MetadataValue.float(number)
    text = json.dumps(made.to_json(), allow_nan=False)
    assert MetadataValue.from_json(json.loads(text)) == made


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ({"x": object()}, "the metadata `x` is of type object, which cannot be shown"),
        ({"x": NOON}, "of type datetime"),
        ({"x": {"a": object()}}, "is not JSON"),
        ({3: 1}, "the names of metadata are texts, but one is 3"),
    ],
)
def test_what_cannot_be_shown_is_refused(given: dict, told: str):
    with pytest.raises(DefinitionError) as caught:
        as_metadata(given)
    assert told in str(caught.value)


def test_a_moment_needs_a_time_zone():
    with pytest.raises(DefinitionError, match=r"tzinfo=timezone\.utc"):
        MetadataValue.timestamp(dt.datetime(2024, 1, 1))
