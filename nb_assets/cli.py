"""The command line, `nb-assets`: parses and delegates, one function a subcommand.

Imports nothing but the standard library, so that a bare Python can run it from a checkout.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from nb_assets.demo import Demo
from nb_assets.errors import NbAssetsError

if TYPE_CHECKING:
    from collections.abc import Sequence

INTERRUPTED = 130
"""The exit code of a command that Ctrl-C ended, as in a shell."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line and return its exit code."""
    chosen = _parser().parse_args(arguments)
    try:
        return int(chosen.run(chosen))
    except NbAssetsError as error:
        print(f"nb-assets: {error}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return INTERRUPTED


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="nb-assets", description="Software-defined assets, alive in a notebook.", allow_abbrev=False
    )
    commands = parser.add_subparsers(title="commands", metavar="COMMAND", required=True)
    _add_demo(commands)
    return parser


def _add_demo(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    demo = commands.add_parser(
        "demo",
        allow_abbrev=False,
        help="open the quickstart notebook in JupyterLab, with everything in it",
        description=(
            "Open the quickstart notebook in JupyterLab. Outside a checkout it is copied into the current folder first; "
            "a quickstart.ipynb that is there already is used as it is."
        ),
    )
    demo.add_argument(
        "--folder", type=Path, metavar="DIR", help="where the notebook is or goes, instead of here"
    )
    demo.add_argument(
        "--headless",
        action="store_true",
        help="execute the notebook without a screen; write quickstart.executed.ipynb and quickstart.html beside it",
    )
    demo.add_argument(
        "--port", type=int, help="the port for JupyterLab (default: 8888, or the next free one)"
    )
    demo.add_argument(
        "--no-browser", action="store_true", help="do not open a browser, only print the address"
    )
    demo.set_defaults(
        run=lambda chosen: Demo(
            folder=chosen.folder, headless=chosen.headless, port=chosen.port, browser=not chosen.no_browser
        ).run()
    )
