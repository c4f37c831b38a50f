"""Make the private virtual environment that a command runs in, with nothing but the standard library.

Responsible for getting from a bare Python (Debian's own will do: externally managed, perhaps without `ensurepip`)
to an interpreter that has what a command needs. Not responsible for what the command then does.

An environment is complete once its stamp is written, which is last: whatever interrupts the making, the next call
picks it up again. A complete one costs a file read.
"""

from __future__ import annotations

import contextlib
import hashlib
import importlib.util
import json
import os
import re
import shutil
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from nb_assets.errors import NbAssetsError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

PACKAGE = Path(__file__).resolve().parent
"""The folder of this package, in a checkout or in an environment."""

STAMP = "nb_assets.stamp.json"


class BootstrapError(NbAssetsError):
    """No environment could be made."""


def checkout() -> Path | None:
    """Return the root of the checkout that this package is imported from, if it is one."""
    root = PACKAGE.parent
    return (
        root if (root / "pyproject.toml").is_file() and (root / "tests" / "__main__.py").is_file() else None
    )


@dataclass(frozen=True, kw_only=True)
class Environment:
    """Describe a virtual environment: where it is, and what is in it."""

    folder: Path
    requirements: tuple[str, ...]
    """What pip is to install, in pip's words."""
    label: str
    """What is installed, in the words of whoever waits for it."""
    basis: str
    """Any text that changes when the environment has to be made up to date."""
    copies: tuple[Path, ...] = ()
    """Files and folders to put beside the installed packages."""

    @classmethod
    def of_checkout(cls, root: Path, extra: str) -> Environment:
        """Describe the checkout's own environment, with the project installed in place."""
        return cls(
            folder=root / ".venv",
            requirements=("--editable", f"{root}[{extra}]"),
            label=f"nb_assets[{extra}]",
            basis=(root / "pyproject.toml").read_text(encoding="utf-8"),
        )

    @property
    def python(self) -> Path:
        """The interpreter of the environment."""
        return self.folder / ("Scripts/python.exe" if os.name == "nt" else "bin/python")

    @property
    def is_current(self) -> bool:
        """Whether this very process runs in the environment."""
        return Path(sys.prefix).resolve() == self.folder.resolve()

    @property
    def is_complete(self) -> bool:
        """Whether everything asked for is installed already."""
        return self.label in self._installed()

    def ensure(self) -> Path:
        """Make the environment, or bring it up to date, and return its interpreter."""
        if self.is_complete:
            return self.python
        with _one_at_a_time(self.folder):
            if not self.is_complete:  # another process may have made it meanwhile
                self._make()
        return self.python

    def run(self, arguments: Sequence[str]) -> int:
        """Go on in the environment's interpreter, as this process where the system can do that."""
        command = [str(self.ensure()), *arguments]
        sys.stdout.flush()
        sys.stderr.flush()
        if os.name != "nt":
            os.execv(command[0], command)  # noqa: S606 - the same command in another interpreter
        return subprocess.run(command, check=False).returncode

    def _stamp(self) -> Path:
        return self.folder / STAMP

    def _digest(self) -> str:
        # The folder counts, because the scripts in an environment hold its path: a moved one is made anew.
        text = "\0".join([self.basis, str(self.folder.resolve()), *(str(copy) for copy in self.copies)])
        return hashlib.sha256(text.encode()).hexdigest()

    def _installed(self) -> list[str]:
        try:
            stamp = json.loads(self._stamp().read_text(encoding="utf-8"))
            return list(stamp["installed"]) if stamp["digest"] == self._digest() and self._is_sound() else []
        except (OSError, ValueError, KeyError, TypeError):
            return []

    def _is_sound(self) -> bool:
        # An upgrade of the system's Python leaves a link that dangles, or one to a version that has no packages here.
        target = self.python.resolve()
        versioned = re.fullmatch(r"python3\.\d+", target.name)
        return target.exists() and (versioned is None or (self.folder / "lib" / target.name).is_dir())

    def _make(self) -> None:
        started = time.monotonic()
        before = self._installed()
        if not _has_pip(self.python):
            _say(f"making a virtual environment in {self.folder}")
            _create(self.folder, self.python)
        _say(f"installing {self.label} into it (a minute or two, once)")
        self._stamp().unlink(missing_ok=True)
        _install(self.python, self.requirements)
        for source in self.copies:
            _copy(source, _packages(self.python) / source.name)
        stamp = {"digest": self._digest(), "installed": [*before, self.label]}
        unfinished = self._stamp().with_suffix(".unfinished")
        unfinished.write_text(json.dumps(stamp), encoding="utf-8")
        unfinished.replace(self._stamp())
        _say(f"ready after {time.monotonic() - started:.0f} s")


def _say(text: str) -> None:
    print(f"nb_assets: {text}", file=sys.stderr, flush=True)


def _has_pip(python: Path) -> bool:
    return python.exists() and not _failure([str(python), "-c", "import pip"])


def _failure(command: Sequence[str]) -> str:
    """Run a command and return what it said if it failed, else nothing."""
    try:
        done = subprocess.run(
            command,
            check=False,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            env=_surroundings(),
        )
    except OSError as error:
        return f"{command[0]}: {error}"
    said = done.stdout.decode(errors="replace").strip()
    return "" if done.returncode == 0 else said or f"{command[0]} ended with exit code {done.returncode}"


def _surroundings() -> dict[str, str]:
    """Return this process's variables without those that would lead an installer astray."""
    astray = {"PYTHONHOME", "PYTHONPATH", "PIP_USER", "PIP_TARGET", "PIP_PREFIX"}
    return {
        **{name: value for name, value in os.environ.items() if name not in astray},
        "DEBIAN_FRONTEND": "noninteractive",
        "PIP_DISABLE_PIP_VERSION_CHECK": "1",
        "UV_SYSTEM_CERTS": "1",  # trust what the system trusts, as pip does
    }


@contextlib.contextmanager
def _one_at_a_time(folder: Path) -> Iterator[None]:
    """Wait until no other process works on the same environment."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    try:
        import fcntl
    except ImportError:  # Windows: two first runs at once are the user's own doing
        yield
        return
    with (folder.parent / f"{folder.name}.lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            _say("waiting for another command that is making the environment")
            fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _create(folder: Path, python: Path) -> None:
    """Make an empty environment that has pip, by the first way that works."""
    ways: list[Callable[[Path, Path], str]] = [_by_venv, _by_virtualenv, _by_pip, _by_apt]
    reasons = []
    for way in ways:
        if folder.exists():
            shutil.rmtree(folder)
        reason = way(folder, python)
        if not reason and _has_pip(python):
            return
        reasons.append(reason)
    lacking = importlib.util.find_spec("ensurepip") is None
    why = "it comes without `ensurepip`." if lacking else _last_line(reasons[0])
    version = f"{sys.version_info.major}.{sys.version_info.minor}"
    message = (
        f"No virtual environment could be made in {folder} with {sys.executable} (Python {version}): {why} "
        f"Install Python's own `venv` and run the same command again: on Debian and Ubuntu that is "
        f"`sudo apt-get install python{version}-venv`; elsewhere, `python3 -m pip install --user virtualenv` will do."
    )
    raise BootstrapError(message)


def _last_line(text: str) -> str:
    return text.strip().splitlines()[-1].strip() if text.strip() else ""


def _by_venv(folder: Path, _python: Path) -> str:
    return _failure([sys.executable, "-m", "venv", str(folder)])


def _by_virtualenv(folder: Path, _python: Path) -> str:
    if importlib.util.find_spec("virtualenv") is None:
        return "virtualenv is not installed."
    return _failure([sys.executable, "-m", "virtualenv", "--quiet", str(folder)])


def _by_pip(folder: Path, python: Path) -> str:
    """Let a pip that is outside the environment install one in it (pip 22.3 and later can)."""
    if importlib.util.find_spec("pip") is None:
        return "pip is not installed."
    return _failure([sys.executable, "-m", "venv", "--without-pip", str(folder)]) or _failure(
        [sys.executable, "-m", "pip", "--python", str(python), "install", "--quiet", "pip"]
    )


def _by_apt(folder: Path, python: Path) -> str:
    """Install Debian's package for this Python, where that is possible and ours to do."""
    apt = shutil.which("apt-get")
    if apt is None or sys.base_prefix != "/usr" or os.geteuid() != 0:
        return "apt-get is not ours to use."
    package = f"python{sys.version_info.major}.{sys.version_info.minor}-venv"
    _say(f"installing Debian's {package}")
    _failure([apt, "update", "-qq"])  # a stale list may still do
    return _failure([apt, "install", "-y", "-qq", "--no-install-recommends", package]) or _by_venv(
        folder, python
    )


def _install(python: Path, requirements: Sequence[str]) -> None:
    """Install requirements with uv, which takes seconds, or with pip, which always works."""
    pip = [str(python), "-m", "pip", "--quiet", "install"]
    if not _failure([*pip, "uv>=0.5"]):
        uv = [str(python), "-m", "uv", "--quiet", "pip", "install", "--python", str(python)]
        if not _failure([*uv, *requirements]):
            return
    reason = _failure([*pip, *requirements])
    if reason:
        tail = "\n".join(reason.splitlines()[-15:])
        message = (
            f"{tail}\n\nInstalling {requirements[-1]} into {python.parent.parent} failed; the lines above are pip's own. "
            "If they speak of the network, run the same command again once it is there: what is done is kept."
        )
        raise BootstrapError(message)


def _packages(python: Path) -> Path:
    code = "import sysconfig; print(sysconfig.get_path('purelib'))"
    return Path(
        subprocess.run([str(python), "-c", code], check=True, capture_output=True, text=True).stdout.strip()
    )


def _copy(source: Path, target: Path) -> None:
    if target.is_dir():
        shutil.rmtree(target)
    if source.is_dir():
        shutil.copytree(source, target, ignore=shutil.ignore_patterns("__pycache__"))
    else:
        shutil.copy2(source, target)
