"""Every edit of the table, made in a real kernel: what is stale after it, for which reason, and what is said aloud."""

from __future__ import annotations

import ast
import os
from collections.abc import Iterator
from typing import Any

import pytest

from tests.harness import interpreters
from tests.harness.edits import EDITS, START, Edit
from tests.harness.kernel import Kernel
from tests.harness.kernel import kernel as running_kernel

of_a_kernel = pytest.mark.parametrize(
    "kernel_version", [7], ids=["ipykernel7"], indirect=True, scope="session"
)

# One kernel for all of them: each edit has assets of its own, and its names are gone after it.
DRIVER = """
import contextlib as _contextlib, io as _io, sys as _sys, warnings as _warnings
import nb_assets as _nba
_shell, _session = get_ipython(), _nba.session()
_warnings.simplefilter("ignore")
def _cell(source):
    _shell.run_cell(source, store_history=True).raise_error()
def _edit(number, start, before, assets, after):
    names = set(_shell.user_ns)
    keys = [f"{name}_{number}" for name in ("made", "then", "other")]
    def value():
        try:
            return repr(_shell.user_ns[keys[0]]())
        except Exception as error:
            return repr(error)
    try:
        with _contextlib.redirect_stdout(_io.StringIO()), _contextlib.redirect_stderr(_io.StringIO()):
            _cell(start); _cell(before + "\\nNone"); _cell("%%asset\\n" + assets)
            _session.materialize(" or ".join(keys), echo=False)
            first = value()
            _cell(after + "\\nNone")
            status = {key.parts[0]: each for key, each in _session.status(" or ".join(keys)).items()}
            made = status[keys[0]]
            return {
                "stale": [key.rpartition("_")[0] for key in keys if status[key].state != "fresh"],
                "why": made.summary.replace(f"_{number}", ""),
                "told": [line.replace(f"_{number}", "") for line in made.untracked],
                "another value": value() != first,
            }
    finally:
        _session.forget("*")
        for name in set(_shell.user_ns) - names:
            _shell.user_ns.pop(name)
        for name in [name for name in _sys.modules if name.startswith("pm_")]:
            del _sys.modules[name]
"""


@pytest.fixture(scope="module")
def notebook(kernel_version: int, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Kernel]:
    """A kernel with the extension, and what makes the edits in it."""
    folder = tmp_path_factory.mktemp("edits")
    with running_kernel(interpreters.interpreter(kernel_version), folder, os.environ) as kernel:
        kernel.run("%load_ext nb_assets")
        kernel.run(DRIVER)
        yield kernel


def made_in(kernel: Kernel, edit: Edit) -> dict[str, Any]:
    number = list(EDITS).index(edit.name)
    assets = (
        edit.asset(f"made_{number}")
        + f"@asset\ndef then_{number}(made_{number}): return 0\n@asset\ndef other_{number}(): return 1\n"
    )
    result = kernel.run(f"_edit({number}, {START!r}, {edit.before!r}, {assets!r}, {edit.after!r})").result
    return dict(ast.literal_eval(str(result)))


@of_a_kernel
@pytest.mark.parametrize("name", EDITS)
def test_an_edit_makes_stale_what_it_changes_and_nothing_else(notebook: Kernel, name: str):
    edit = EDITS[name]
    found = made_in(notebook, edit)
    assert found["stale"] == (["made", "then"] if edit.why else [])
    assert found["why"] == edit.why
    assert [line for line in found["told"] if line.startswith(edit.told)] if edit.told else not found["told"]
    # The table itself is held to the truth: fresh and all tracked means that a run now gives the same.
    assert edit.told or found["another value"] == bool(edit.why)


def test_the_table_is_long_enough():
    assert len(EDITS) >= 250
