"""Find a Chromium, or bring one."""

from __future__ import annotations

import importlib.util
import os
import shutil
import subprocess
import sys
from pathlib import Path

VARIABLE = "NB_ASSETS_CHROMIUM"
"""Names a browser to use in place of the one that would be found."""

COMMANDS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")

# A small machine's /dev/shm, root in a container, and no talking to anybody.
FLAGS = [
    "--no-sandbox",
    "--disable-dev-shm-usage",
    "--disable-gpu",
    "--disable-quic",
    "--disable-sync",
    "--disable-extensions",
    "--disable-component-update",
    "--disable-background-networking",
    "--disable-domain-reliability",
    "--disable-features=OptimizationHints,MediaRouter,Translate",
    "--no-first-run",
    "--force-color-profile=srgb",
    "--font-render-hinting=none",
]


class MissingChromiumError(Exception):
    """No Chromium is here, and none could be brought."""


def find() -> Path | None:
    """Return the path of a Chromium on this machine, if there is one."""
    named = os.environ.get(VARIABLE)
    if named:
        return Path(named)
    for command in COMMANDS:
        found = shutil.which(command) or shutil.which(command, path="/usr/bin:/usr/local/bin")
        if found:
            return Path(found)
    return _playwrights()


def provide() -> Path:
    """Return the path of a Chromium, installing Debian's as root, else Playwright's."""
    found = find()
    if found is not None:
        return found
    reasons = []
    if shutil.which("apt-get") and hasattr(os, "geteuid") and os.geteuid() == 0:
        print("installing Debian's chromium", flush=True)
        _run(["apt-get", "update", "-qq"])
        reasons.append(
            _run(
                [
                    "apt-get",
                    "install",
                    "-y",
                    "-qq",
                    "--no-install-recommends",
                    "chromium",
                    "fonts-dejavu-core",
                ]
            )
        )
        found = find()
        if found is not None:
            return found
    print("installing Playwright's Chromium", flush=True)
    reasons.append(_run([sys.executable, "-m", "playwright", "install", "chromium"]))
    found = find()
    if found is not None:
        return found
    said = "\n".join(reason for reason in reasons if reason)
    message = (
        f"{said}\nThere is no Chromium on this machine, and neither Debian's package nor Playwright's could be installed. "
        f"Install one (`sudo apt-get install chromium`), or name one in the variable {VARIABLE}, and run this again."
    )
    raise MissingChromiumError(message)


def _playwrights() -> Path | None:
    if importlib.util.find_spec("playwright") is None:
        return None
    # Asked in a process of its own, because a process has one Playwright at most.
    code = "from playwright.sync_api import sync_playwright as s\nwith s() as p: print(p.chromium.executable_path)"
    done = subprocess.run([sys.executable, "-c", code], check=False, capture_output=True, text=True)
    path = Path(done.stdout.strip() or "nowhere")
    return path if path.is_file() else None


def _run(command: list[str]) -> str:
    """Run a command and return the end of what it said, if it failed."""
    surroundings = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    done = subprocess.run(
        command, check=False, env=surroundings, stdin=subprocess.DEVNULL, capture_output=True, text=True
    )
    return "" if done.returncode == 0 else "\n".join((done.stdout + done.stderr).strip().splitlines()[-8:])
