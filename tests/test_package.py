"""The package as a whole: what importing it costs, what it names, and how it is loaded as an extension."""

from __future__ import annotations

import subprocess
import sys
from importlib import metadata

import pytest

import nb_assets

HEAVY = [
    "IPython",
    "anywidget",
    "cloudpickle",
    "cronsim",
    "dagster",
    "ipykernel",
    "ipywidgets",
    "matplotlib",
    "networkx",
    "numpy",
    "pandas",
    "polars",
    "pyarrow",
    "pydantic",
    "pyvis",
    "xxhash",
]


def loaded_by(code: str) -> set[str]:
    """Return the top-level modules that a fresh interpreter has after running some code."""
    script = f"{code}\nimport sys; print(*sorted({{name.partition('.')[0] for name in sys.modules}}))"
    done = subprocess.run([sys.executable, "-c", script], check=True, capture_output=True, text=True)
    return set(done.stdout.split())


def test_importing_the_package_imports_no_third_party():
    assert loaded_by("import nb_assets") & set(HEAVY) == set()


def test_the_command_line_imports_no_third_party():
    assert loaded_by("import nb_assets.cli") & set(HEAVY) == set()


@pytest.mark.parametrize("name", nb_assets.__all__)
def test_every_public_name_is_there(name):
    assert getattr(nb_assets, name) is not None
    assert name in dir(nb_assets)


def test_a_name_that_is_not_there_is_an_attribute_error():
    with pytest.raises(AttributeError, match="no_such_name"):
        nb_assets.no_such_name


def test_the_version_is_the_distributions():
    assert nb_assets.__version__ == metadata.version("nb_assets")


def test_loading_the_extension_says_one_line_and_loads_nothing_heavy(kernel):
    before = set(kernel.run("import sys; print(*sys.modules)").stdout.split())
    shown = kernel.run("%load_ext nb_assets")
    assert len(shown.stdout.strip().splitlines()) == 1, shown.stdout
    assert shown.stderr == ""
    after = set(kernel.run("import sys; print(*sys.modules)").stdout.split())
    new = {name.partition(".")[0] for name in after - before}
    assert new & (set(HEAVY) - {"IPython", "ipykernel"}) == set()
