"""The wheel and the sdist: what is in them, and that an installed copy works far from any checkout."""

from __future__ import annotations

import shutil
import sys
import tarfile
import tempfile
import zipfile
from collections.abc import Sequence
from pathlib import Path

from nb_assets.bootstrap import BootstrapError, Environment
from tests.stages import suites
from tests.stages.stage import ROOT, Counts, StageError, check, command

PACKAGE = ROOT / "nb_assets"


def run(arguments: Sequence[str]) -> Counts:
    """Build both, look inside, install the wheel elsewhere, and use it."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name).resolve()
        counts = command([sys.executable, "-m", "build", "--outdir", folder / "dist", ROOT])
        if counts.failed:
            return counts
        (wheel,) = (folder / "dist").glob("*.whl")
        (sdist,) = (folder / "dist").glob("*.tar.gz")
        return counts + _contents(wheel, sdist) + _use(wheel, folder, arguments)


def _contents(wheel: Path, sdist: Path) -> Counts:
    """Check that what belongs in the wheel and the sdist is there, and what does not is not."""
    with zipfile.ZipFile(wheel) as archive:
        packed = set(archive.namelist())
    with tarfile.open(sdist) as archive:
        sources = {name.partition("/")[2] for name in archive.getnames()}
    wanted = {_name(file) for file in PACKAGE.rglob("*.py") if "frontend" not in file.parts}
    bundle = {_name(file) for file in (PACKAGE / "widget" / "static").rglob("*") if file.is_file()}
    frontend = {
        _name(file) for file in (PACKAGE / "widget" / "frontend" / "src").rglob("*") if file.is_file()
    }
    needed = frontend | wanted | bundle | {"LICENSE", "README.md", "tests/__main__.py"}
    foreign = sorted(name for name in packed if not name.startswith(("nb_assets/", "nb_assets-")))
    return (
        check(
            holds=wanted <= packed, claim=f"the wheel holds all {len(wanted)} modules {_few(wanted - packed)}"
        )
        + check(
            holds=bool(bundle) and bundle <= packed,
            claim=f"the wheel holds the bundle {_few(bundle - packed)}",
        )
        + check(holds="nb_assets/py.typed" in packed, claim="the wheel says that it is typed")
        + check(holds="nb_assets/demo/quickstart.ipynb" in packed, claim="the wheel holds the quickstart")
        + check(
            holds=not any("frontend" in name or "node_modules" in name for name in packed),
            claim="the wheel holds no front-end source",
        )
        + check(
            holds=not foreign, claim=f"the wheel installs nothing beside the package {_few(set(foreign))}"
        )
        + check(
            holds=bool(frontend) and needed <= sources,
            claim=f"the sdist holds the sources, the front end's among them, and the tests {_few(needed - sources)}",
        )
        + check(
            holds=not any("node_modules" in name or ".venv" in name for name in sources),
            claim="the sdist holds nothing that was installed",
        )
    )


def _use(wheel: Path, folder: Path, arguments: Sequence[str]) -> Counts:
    """Install the wheel in an environment of its own; run the unit tests and the demo with it, outside the checkout."""
    environment = Environment(
        folder=folder / "venv", requirements=(f"{wheel}[test]",), label="the wheel", basis=wheel.name
    )
    try:
        python = environment.ensure()
    except BootstrapError as error:
        raise StageError(str(error)) from None
    elsewhere = folder / "elsewhere"
    shutil.copytree(ROOT / "tests", elsewhere / "tests", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy2(ROOT / "pyproject.toml", elsewhere / "pyproject.toml")  # pytest's settings
    where = f"import nb_assets, sys; sys.exit(not nb_assets.__file__.startswith({str(environment.folder)!r}))"
    counts = command([python, "-c", where], folder=elsewhere)
    if counts.failed:
        return counts
    counts += suites.pytest(
        ["-m", f"{suites.UNIT} and not checkout and not slow", "-n", "auto", *arguments],
        python=python,
        folder=elsewhere,
    )
    return counts + _demo(python.with_name("nb-assets"), folder / "demo")


def _demo(script: Path, folder: Path) -> Counts:
    folder.mkdir()
    counts = command([script, "demo", "--headless"], folder=folder, environment={"HOME": str(folder)})
    written = {file.name for file in folder.glob("quickstart*")}
    expected = {"quickstart.ipynb", "quickstart.executed.ipynb", "quickstart.html"}
    return counts + check(
        holds=written == expected, claim="the demo wrote the notebook, its executed copy and a page"
    )


def _name(file: Path) -> str:
    return file.relative_to(ROOT).as_posix()


def _few(names: set[str]) -> str:
    if not names:
        return ""
    return f"(not so: {', '.join(sorted(names)[:5])}{', …' if len(names) > 5 else ''})"
