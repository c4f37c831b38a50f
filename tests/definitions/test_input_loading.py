"""Inputs of ops whose values a configuration has, beyond what the comparison with Dagster tells (`tests/oracle`)."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from nb_assets import job, op
from nb_assets.definitions.config.problems import ConfigError


@op
def shown(rows: list[int]) -> list[int]:
    return rows


@job
def show() -> None:
    shown()


def given(rows: Any) -> Any:
    return show.execute_in_process(run_config={"ops": {"shown": {"inputs": {"rows": rows}}}}).output_for_node(
        "shown"
    )


def test_a_value_stands_in_the_configuration_or_in_a_file_that_it_names(tmp_path: Path) -> None:
    file = tmp_path / "row.json"
    file.write_text(json.dumps({"value": 3}))
    assert given([1, {"value": 2}, {"json": {"path": str(file)}}]) == [1, 2, 3]


@pytest.mark.parametrize("text", [None, "{"])
def test_a_file_that_cannot_be_read_is_told_of_with_the_input(tmp_path: Path, text: str | None) -> None:
    file = tmp_path / "row.json"
    if text is not None:
        file.write_text(text)
    with pytest.raises(ConfigError, match=r"the input `rows` of `shown` .* cannot be read"):
        given([{"json": {"path": str(file)}}])


def test_a_pickle_is_never_read_from_a_path_in_a_configuration(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="pickle"):
        given([{"pickle": {"path": str(tmp_path)}}])
