"""What a stage is, and how it runs commands. Knows no stage in particular."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


class StageError(Exception):
    """A stage that cannot go on; its message says why in a line or a paragraph."""


@dataclass(frozen=True, kw_only=True)
class Counts:
    """How many checks passed, failed and were skipped."""

    passed: int = 0
    failed: int = 0
    skipped: int = 0

    def __add__(self, other: Counts) -> Counts:
        return Counts(
            passed=self.passed + other.passed,
            failed=self.failed + other.failed,
            skipped=self.skipped + other.skipped,
        )

    def __str__(self) -> str:
        return f"{self.passed} passed, {self.failed} failed" + (
            f", {self.skipped} skipped" if self.skipped else ""
        )


@dataclass(frozen=True, kw_only=True)
class Stage:
    """A named part of a test run."""

    name: str
    about: str
    run: Callable[[Sequence[str]], Counts]
    """Takes the arguments meant for pytest."""


def command(
    arguments: Sequence[str | Path], *, folder: Path = ROOT, environment: Mapping[str, str] | None = None
) -> Counts:
    """Run a command where everybody sees what it says, and count it as one check."""
    shown = " ".join(_short(str(argument)) for argument in arguments)
    print(f"$ {shown}", flush=True)
    started = time.monotonic()
    code = subprocess.run(
        [str(argument) for argument in arguments],
        check=False,
        cwd=folder,
        env={**os.environ, **(environment or {})},
        stdin=subprocess.DEVNULL,
    ).returncode
    if code:
        print(f"  exit code {code} after {time.monotonic() - started:.1f} s", flush=True)
        return Counts(failed=1)
    return Counts(passed=1)


def check(*, holds: bool, claim: str) -> Counts:
    """Say whether a claim holds, and count it as one check."""
    print(f"{'ok  ' if holds else 'FAIL'} {claim}", flush=True)
    return Counts(passed=1) if holds else Counts(failed=1)


def tool(name: str) -> Path:
    """Return a command of this environment."""
    return Path(sys.executable).parent / name


def _short(argument: str) -> str:
    return argument.replace(f"{ROOT}/", "").replace(f"{Path(sys.executable).parent}/", "")
