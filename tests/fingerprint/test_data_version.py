from __future__ import annotations

import ast
import collections
import datetime as dt
import decimal
import functools
import io
import logging
import subprocess
import sys
import threading
from pathlib import Path

import numpy as np
import pandas as pd
import polars as pl
import pytest

from nb_assets import fingerprint
from nb_assets.fingerprint.data_version import data_version, fingerprint_data, register_data_hash

ROOT = Path(fingerprint.__file__).parents[2]

# Stored histories hold these: a change to any of them makes every asset of every user stale, and needs a new scheme.
PINNED = [
    (None, "xxh3:1d2f281938d4406f339d8b55a726db56"),
    (True, "xxh3:9230b8f29f4c0704f731c8898eba808d"),
    (1, "xxh3:f022b956faf3b627d5bc6fe6d630031f"),
    (-1, "xxh3:770b2bba9a4200f02c89df98e813e964"),
    (2**100, "xxh3:c528f4d0e212849a4799e066d865bb52"),
    (1.5, "xxh3:9e87ec093a91e4f32706f729d3fe4a06"),
    (float("nan"), "xxh3:09e35d9fce55bc753ef8cc6114292ede"),
    ("text", "xxh3:a5ffc3878c347d6920d8eb89db33eef7"),
    ("\ud800", "xxh3:6af8c20fa12946f81d3b78e6be4da2c7"),
    (b"bytes", "xxh3:c84b4961e1fe4d398652c0de5eb0620e"),
    ([], "xxh3:41f41af928ae26ab0ca2eb177d72b971"),
    ([1, 2.5, "x", None, True, b"y"], "xxh3:0e426b91cb87c4bded93204320ee2df7"),
    ([[1], (2,), {3}], "xxh3:40473f6d9998b68051c53b616859c690"),
    ({"b": 2, "a": [1, 1]}, "xxh3:2481b94a4dff941a014405007593300e"),
    ({1: "x", (2, "y"): None}, "xxh3:0349fb40f736d1705ea64cfb6a6977a8"),
    (dt.date(2024, 2, 29), "xxh3:0f5b4b5e07d68af2c4019023e9b5f6e6"),
    (dt.datetime(2024, 2, 29, 12, tzinfo=dt.timezone.utc), "xxh3:7bb8507a53bd87fef436cea65aaac318"),
    (decimal.Decimal("1.50"), "xxh3:8cd84e5c6664f41f7253b1bc3c2f6841"),
    (range(3), "xxh3:550e90da134b00bafa1ad4e3066b9e86"),
    (np.arange(3, dtype="i8"), "xxh3:03a639525a872dda25346354cb0ecb80"),
    (np.array([[0.5, -0.0], [np.nan, np.inf]]), "xxh3:f3acfb9be3a5d5725753409deae2e679"),
    (np.array(["a", "bc"]), "xxh3:69288179bc0d4fd7b1384586b2a6cd77"),
    (np.array([(1, 2.0)], [("a", "<i4"), ("b", "<f8")]), "xxh3:41555780c0e3d210eacc6a8512585a82"),
    (np.array([1, "x", None], dtype=object), "xxh3:cfd12b76408393701ea2dc5814b07d05"),
    (np.float32(0.5), "xxh3:27cea2e510d50e424d6860e8ca565605"),
    (np.datetime64("2024-01-01", "s"), "xxh3:5731a5f21f2659d80c2076a6d20092e5"),
]


@pytest.mark.parametrize(("value", "version"), PINNED, ids=[repr(value)[:40] for value, _ in PINNED])
def test_versions_never_change(value, version):
    assert data_version(value) == version


def test_versions_are_the_same_in_every_process():
    expression = (
        "[{'b', 'a', None, 2.5}, {'x': frozenset('abc')}, np.arange(5.0), pd.DataFrame({'a': ['x', None]})]"
    )
    code = (
        "import numpy as np, pandas as pd; from nb_assets.fingerprint.data_version import data_version;"
        f"print(data_version({expression}))"
    )
    versions = {
        subprocess.run(
            [sys.executable, "-c", code],
            capture_output=True,
            text=True,
            check=True,
            cwd=ROOT,
            env={"PYTHONHASHSEED": seed},
        ).stdout.strip()
        for seed in ("1", "2")
    }
    assert versions == {data_version(eval(expression))}


def opened_file():
    return io.TextIOWrapper(io.BufferedReader(io.FileIO(__file__)))


class Refuses:
    def __reduce_ex__(self, protocol):
        raise OSError("not today")


UNTRACKED = {
    "generator": ((n for n in []), "generator"),
    "lock": ([{"a": threading.Lock()}], "_thread.lock"),
    "file": (opened_file(), "TextIOWrapper"),
    "lambda": ({"f": lambda: 1}, "the function `<lambda>`"),
    "refuses": (Refuses(), "not today"),
    "lazy frame": (pl.LazyFrame({"a": [1]}), "`.collect()` it"),
    "a lambda in a frame": (pd.DataFrame({"a": [lambda: 1]}), "<lambda>"),
    "a too deep list": (functools.reduce(lambda inner, _: [inner], range(100_000), []), "nested too deeply"),
}


@pytest.mark.parametrize("name", UNTRACKED)
def test_what_has_no_content_is_said_to_be_untracked(name):
    value, why = UNTRACKED[name]
    first, second = fingerprint_data(value), fingerprint_data(value)
    assert not first.tracked
    assert first.version.startswith("unique:")
    assert first.version != second.version
    assert why in first.note
    assert "register_data_hash" in first.note


class Sensor:
    def __init__(self, name):
        self.name, self.handle = name, threading.Lock()


class Thermometer(Sensor):
    pass


def test_users_say_what_the_content_of_their_types_is():
    assert not fingerprint_data(Sensor("a")).tracked
    register_data_hash(Sensor, lambda sensor: sensor.name)
    assert data_version(Sensor("a")) == data_version(Sensor("a"))
    assert data_version([Sensor("a")]) != data_version([Sensor("b")])
    assert fingerprint_data({"x": Thermometer("a")}).tracked
    assert data_version(Sensor("a")) != data_version("a")


def test_functions_count_as_the_caller_says():
    value = {"f": lambda: 1}
    versions = [fingerprint_data(value, functions=lambda f, body=body: body) for body in ("a", "a", "b")]
    assert all(version.tracked for version in versions)
    assert versions[0] == versions[1] != versions[2]


def test_a_function_of_a_module_counts_by_its_name():
    assert data_version(ast.parse) == data_version(ast.parse)
    assert data_version(ast.parse) != data_version(ast.dump)
    assert data_version(len) != data_version(max)
    assert data_version([1].append) != data_version([2].append)


def test_shared_parts_do_not_make_the_walk_explode():
    value = []
    for _ in range(80):
        value = [value, value]
    assert fingerprint_data(value).tracked


def test_objects_that_know_each_other_are_walked_once():
    class Node:
        def __init__(self):
            self.neighbours = []

    def complete_graph(size):
        nodes = [Node() for _ in range(size)]
        for node in nodes:
            node.neighbours = [other for other in nodes if other is not node]
        return nodes

    assert data_version(complete_graph(40)) == data_version(complete_graph(40))
    assert data_version(complete_graph(40)) != data_version(complete_graph(41))


def test_values_are_not_changed_by_looking_at_them():
    frame = pd.DataFrame({"a": [0.0, -0.0, np.nan], "b": ["x", None, "y"]})
    array = np.array([-0.0, np.nan])
    array.flags.writeable = False
    before = frame.copy(deep=True)
    data_version(frame)
    data_version(array)
    pd.testing.assert_frame_equal(frame, before)
    assert np.signbit(array[0])


def test_many_threads_get_the_same_version():
    value = {"a": pd.DataFrame({"x": range(1000)}), "b": [np.arange(1000.0)] * 3}
    expected, found = data_version(value), []
    threads = [
        threading.Thread(target=lambda: found.extend(data_version(value) for _ in range(20)))
        for _ in range(4)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert set(found) == {expected}


def test_a_change_anywhere_in_a_large_array_counts():
    array = np.zeros(300_001)
    versions = {data_version(array)}
    for at in (0, 65_535, 65_536, 131_072, 300_000):
        changed = array.copy()
        changed[at] = 1
        versions.add(data_version(changed))
    assert len(versions) == 6


@pytest.mark.parametrize("shape", [(3, 200_000), (200_000, 3), (70, 70, 70)])
def test_large_arrays_of_any_memory_order_are_the_same(shape):
    array = np.random.default_rng(0).normal(size=shape)
    array.flat[12_345] = np.nan
    array.flat[23_456] = -0.0
    wide = np.zeros((*shape[:-1], shape[-1] * 2))
    wide[..., ::2] = array
    assert data_version(np.asfortranarray(array)) == data_version(array)
    assert data_version(wide[..., ::2]) == data_version(array)


def test_loggers_and_modules_count_by_name():
    assert data_version(logging.getLogger("a")) != data_version(logging.getLogger("b"))
    assert data_version(np) != data_version(pd)


def test_a_named_tuple_defined_twice_is_the_same():
    first, second = (
        collections.namedtuple("Trip", "a b", module="m")(1, 2)  # noqa: PYI024 - as users write it
        for _ in range(2)
    )
    assert data_version(first) == data_version(second)


def test_numbers_written_in_many_ways_have_many_versions():
    ones = [
        1,
        1.0,
        True,
        "1",
        b"1",
        1 + 0j,
        decimal.Decimal(1),
        np.int64(1),
        np.float64(1),
        np.array(1),
        [1],
        dt.timedelta(1),
    ]
    assert len({data_version(one) for one in ones}) == len(ones)
