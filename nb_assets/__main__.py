"""Run the command line: `python3 -m nb_assets`, or by the path of this folder, from anywhere."""

from __future__ import annotations

import sys

if __package__:
    from nb_assets.cli import main
else:  # run by path: Python then looks for modules in this folder, where none is to be found by its bare name
    from pathlib import Path

    sys.path[0] = str(Path(__file__).resolve().parent.parent)
    from nb_assets.cli import main

if __name__ == "__main__":
    sys.exit(main())
