"""Which edits change detection misses, ours beside those of Hamilton, joblib and redun: the same table, side by side.

Run with `python -m tests.benchmarks.detection`. The peers are those of `pip install -e .[peers]`; one that is not installed
is left out. Each edit is made in two modules of its own, helpers in the one and the function that is cached in the other,
as these tools want it. A miss is a value that is not what a run would give; needless is a run that gives what was there.
"""

from __future__ import annotations

import builtins
import contextlib
import importlib
import io
import json
import linecache
import os
import subprocess
import sys
import tempfile
import warnings
from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import Any

from tests.harness.edits import EDITS, START, Edit
from tests.harness.edits.untracked import UNTRACKED

# What is not tracked differs from run to run by itself, and what only a notebook has is not theirs.
TABLE = [edit for edit in EDITS.values() if edit not in UNTRACKED and not edit.told]
Cached = Callable[[ModuleType], str]


def main() -> None:
    """Print the misses of each, then how many there are."""
    found = {tool: _measured(tool) for tool in TOOLS}
    told = {tool: each for tool, each in found.items() if each is not None}
    for tool in TOOLS:
        if tool not in told:
            print(f"{tool} is left out: it cannot be imported. `pip install -e .[peers]` brings it.")
    width = max(len(edit.name) for edit in TABLE)
    print(f"\n{'edit':<{width}}  " + "  ".join(f"{tool:<9}" for tool in told))
    for edit in TABLE:
        cells = [each.get(edit.name, "?") for each in told.values()]
        if set(cells) != {"right"}:
            print(f"{edit.name:<{width}}  " + "  ".join(f"{cell:<9}" for cell in cells))
    print(f"\n{len(TABLE)} edits")
    for tool, each in told.items():
        counts = {word: list(each.values()).count(word) for word in ("right", "missed", "needless", "error")}
        print(f"{tool:<9}  " + ", ".join(f"{count} {word}" for word, count in counts.items() if count))


def _measured(tool: str) -> dict[str, str] | None:
    """Return what a tool made of each edit, in a process of its own; None when it is not installed."""
    with tempfile.TemporaryDirectory() as folder:
        run = subprocess.run(
            [sys.executable, "-W", "ignore", "-m", "tests.benchmarks.detection", tool],
            cwd=folder,
            env={
                **os.environ,
                "PYTHONPATH": os.pathsep.join([str(Path(__file__).parents[2]), *sys.path[1:]]),
            },
            capture_output=True,
            text=True,
            check=False,
        )
    if run.returncode == NOT_INSTALLED:
        print(run.stderr.strip().splitlines()[-1])
        return None
    if run.returncode:
        print(run.stderr[-2000:])
    return dict(json.loads(run.stdout.splitlines()[-1])) if run.stdout.strip() else None


NOT_INSTALLED = 77


def measure(tool: str) -> dict[str, str]:
    """Return what a tool makes of each edit: right, missed, needless, or an error."""
    warnings.simplefilter("ignore")
    sys.path.insert(0, "")
    cached = TOOLS[tool]()
    return {edit.name: _judge(number, edit, cached) for number, edit in enumerate(TABLE)}


def _judge(number: int, edit: Edit, cached: Cached) -> str:
    calls: list[int] = builtins.__dict__.setdefault("calls_of_made", [])
    with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO()):
        try:
            cached(_module(number, edit, edit.before))
            module = _module(number, edit, f"{edit.before}\n{edit.after}")
            before = len(calls)
            value = cached(module)
            ran = len(calls) > before
            wanted = _true_value(module)
        except Exception as error:  # noqa: BLE001 - what a tool cannot do at all is told of as such
            return "error" if not os.environ.get("SHOW_ERRORS") else f"{type(error).__name__}: {error}"[:200]
    if value != wanted:
        return "missed"
    return "needless" if ran and not edit.why else "right"


def _module(number: int, edit: Edit, helpers: str) -> ModuleType:
    """Write the two modules anew and import them."""
    name = f"edit_{number}"
    body = edit.gives if edit.gives.startswith("return ") or "\n" in edit.gives else f"return {edit.gives}"
    *lines, last = body.splitlines()
    lines = [
        "__import__('builtins').calls_of_made.append(1)",
        *lines,
        f"return repr({last.removeprefix('return ')})",
    ]
    start = START.replace("from nb_assets import asset\n", "")
    Path(f"{name}_helpers.py").write_text(f"{start}{helpers}\n", encoding="utf-8")
    source = f"from {name}_helpers import *\ndef made() -> str:\n" + "".join(
        f"    {line}\n" for line in lines
    )
    Path(f"{name}.py").write_text(source, encoding="utf-8")
    for loaded in [loaded for loaded in sys.modules if loaded.startswith((name, "pm_"))]:
        del sys.modules[loaded]
    for compiled in Path("__pycache__").glob(f"{name}*"):
        compiled.unlink()
    importlib.invalidate_caches()
    linecache.clearcache()
    return importlib.import_module(name)


def _true_value(module: ModuleType) -> str:
    return str(module.__dict__.get("plain_made", module.made)())


def joblib() -> Cached:
    """Return joblib's cache."""
    from joblib import Memory

    memory = Memory("joblib", verbose=0)
    return lambda module: str(memory.cache(module.made)())


def hamilton() -> Cached:
    """Return Hamilton's cache."""
    from hamilton import driver

    def cached(module: ModuleType) -> str:
        built = driver.Builder().with_modules(module).with_cache(path=f"hamilton/{module.__name__}").build()
        return str(built.execute(["made"])["made"])

    return cached


def redun() -> Cached:
    """Return redun's cache."""
    from redun import Scheduler, task

    scheduler = Scheduler()
    scheduler.load()

    def cached(module: ModuleType) -> str:
        # The task, not its code in the module, is what redun calls.
        made = task(name=module.__name__, namespace="edits")(module.made)
        return str(scheduler.run(made()))

    return cached


def ours() -> Cached:
    """Return an asset in a session, whose value is taken from the store where it is fresh."""
    from nb_assets import asset
    from nb_assets.definitions.registry import Origin
    from nb_assets.session import Session

    session = Session("store")

    def cached(module: ModuleType) -> str:
        name = module.__name__
        session.register(Origin(id=name, label=name), [asset(name=name)(module.made)])
        session.materialize(name, echo=False)
        return str(session.load(name))

    return cached


TOOLS: dict[str, Callable[[], Cached]] = {
    "nb_assets": ours,
    "Hamilton": hamilton,
    "joblib": joblib,
    "redun": redun,
}


def _run(arguments: list[str]) -> Any:
    if not arguments:
        return main()
    try:
        found = measure(arguments[0])
    except ModuleNotFoundError as error:
        print(error, file=sys.stderr)
        sys.exit(NOT_INSTALLED)
    print(json.dumps(found))
    return None


if __name__ == "__main__":
    _run(sys.argv[1:])
