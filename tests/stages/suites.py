"""The tests that pytest runs, in three suites by what they need."""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from xml.etree import ElementTree as ET

from tests.harness import chromium
from tests.stages import frontend
from tests.stages.stage import ROOT, Counts, StageError, command

UNIT = "not kernel and not browser"


def unit(arguments: Sequence[str]) -> Counts:
    """Run what needs no process of its own."""
    return pytest(["-m", UNIT, "-n", "auto", *arguments])


def kernel(arguments: Sequence[str]) -> Counts:
    """Run what talks to a kernel."""
    return pytest(["-m", "kernel", "-n", "2", *arguments])


def browser(arguments: Sequence[str]) -> Counts:
    """Run what drives a browser, which is installed first if there is none."""
    try:
        path = chromium.provide()
    except chromium.MissingChromiumError as error:
        raise StageError(str(error)) from None
    print(f"Chromium: {path}", flush=True)
    frontend.install()  # Tests run axe-core, one of its packages; here, and not by each worker.
    return pytest(
        ["-m", "browser", "-n", "2", "--dist", "loadscope", *arguments],
        environment={chromium.VARIABLE: str(path)},
    )


def pytest(
    arguments: Sequence[str],
    *,
    python: Path | str = sys.executable,
    folder: Path = ROOT,
    environment: dict[str, str] | None = None,
) -> Counts:
    """Run pytest and count its tests; what could not be collected counts as failed."""
    with tempfile.TemporaryDirectory() as reports:
        report = Path(reports) / "report.xml"
        outcome = command(
            [python, "-m", "pytest", "-q", f"--junitxml={report}", *arguments],
            folder=folder,
            environment={"COLUMNS": os.environ.get("COLUMNS", "120"), **(environment or {})},
        )
        if not report.is_file():
            return outcome
        counts = _counts(report)
    # pytest also fails for what no test says: nothing collected, a broken configuration.
    return counts if bool(counts.failed) == bool(outcome.failed) else counts + outcome


def _counts(report: Path) -> Counts:
    counts = Counts()
    for suite in ET.parse(report).getroot().iter("testsuite"):
        number = {name: int(suite.get(name, "0")) for name in ("tests", "failures", "errors", "skipped")}
        failed = number["failures"] + number["errors"]
        counts += Counts(
            passed=max(0, number["tests"] - failed - number["skipped"]),
            failed=failed,
            skipped=number["skipped"],
        )
    return counts
