"""Run the stages asked for, one after the other, and sum up."""

from __future__ import annotations

import argparse
import time
from collections.abc import Sequence
from dataclasses import dataclass

from tests.stages import checks, frontend, suites, wheel
from tests.stages.stage import Counts, Stage, StageError

STAGES = (
    Stage(name="lint", about="ruff: rules and format", run=checks.lint),
    Stage(name="types", about="mypy, strict", run=checks.types),
    Stage(name="imports", about="imports flow one way", run=checks.imports),
    Stage(
        name="frontend",
        about="TypeScript: types, tests, and the committed bundle is today's",
        run=frontend.run,
    ),
    Stage(name="unit", about="tests in this process", run=suites.unit),
    Stage(name="kernel", about="tests on real kernels, ipykernel 6 and 7", run=suites.kernel),
    Stage(name="browser", about="tests in Chromium on JupyterLab and Notebook 7", run=suites.browser),
    Stage(
        name="wheel", about="wheel and sdist: contents, tests and demo of an installed copy", run=wheel.run
    ),
)


@dataclass(frozen=True, kw_only=True)
class Result:
    """What came of a stage."""

    name: str
    counts: Counts
    seconds: float


def run(arguments: Sequence[str]) -> int:
    """Run stages by name, all of them if none is named, and return an exit code."""
    own, pytest_arguments = _split(arguments)
    parser = argparse.ArgumentParser(
        prog="python3 -m tests",
        usage="python3 -m tests [STAGE…] [-- PYTEST ARGUMENTS]",
        epilog="stages: " + "; ".join(f"{stage.name} ({stage.about})" for stage in STAGES),
    )
    parser.add_argument(
        "stages",
        nargs="*",
        metavar="STAGE",
        help="what to run, in the order of the list below (default: all)",
    )
    chosen = parser.parse_args(own).stages
    unknown = sorted(set(chosen) - {stage.name for stage in STAGES})
    if unknown:
        parser.error(f"no stage {', '.join(unknown)}; there are {', '.join(stage.name for stage in STAGES)}")
    results = [_run(stage, pytest_arguments) for stage in STAGES if not chosen or stage.name in chosen]
    return _sum_up(results)


def _split(arguments: Sequence[str]) -> tuple[list[str], list[str]]:
    words = list(arguments)
    if "--" not in words:
        return words, []
    at = words.index("--")
    return words[:at], words[at + 1 :]


def _run(stage: Stage, pytest_arguments: Sequence[str]) -> Result:
    print(
        f"\n── {stage.name}: {stage.about} " + "─" * max(0, 90 - len(stage.name) - len(stage.about)),
        flush=True,
    )
    started = time.monotonic()
    try:
        counts = stage.run(pytest_arguments)
    except StageError as error:
        print(f"{stage.name}: {error}", flush=True)
        counts = Counts(failed=1)
    if counts == Counts():
        print(f"{stage.name}: nothing was checked, which is a failure", flush=True)
        counts = Counts(failed=1)
    return Result(name=stage.name, counts=counts, seconds=time.monotonic() - started)


def _sum_up(results: Sequence[Result]) -> int:
    total = Counts()
    print(f"\n── summary {'─' * 85}")
    for result in results:
        verdict = "FAILED" if result.counts.failed else "ok"
        print(f"{result.name:10} {verdict:8} {result.seconds:7.1f} s   {result.counts}")
        total += result.counts
    print(f"{'':20}{sum(result.seconds for result in results):7.1f} s\n")
    print(total, flush=True)
    return 1 if total.failed else 0
