"""Run all the tests, or some stages of them: `python3 -m tests [STAGE…] [-- PYTEST ARGUMENTS]`.

Any Python from 3.10 on will do: the checkout's own environment is made first and the tests run in there.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent

if sys.version_info < (3, 10):  # noqa: UP036 - no installer has checked it yet
    sys.exit("nb_assets needs Python 3.10 or newer; this is " + sys.version.split()[0] + ".")
if not __package__:  # run by path, from anywhere
    sys.path[0] = str(ROOT)


def main() -> int:
    """Go to the checkout's environment, and run the stages there."""
    from nb_assets.bootstrap import BootstrapError, Environment

    os.chdir(ROOT)
    environment = Environment.of_checkout(ROOT, "test")
    try:
        if not (environment.is_current and environment.is_complete):
            return environment.run(["-m", "tests", *sys.argv[1:]])
        from tests.stages.runner import run

        return run(sys.argv[1:])
    except BootstrapError as error:
        print(f"tests: {error}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130


if __name__ == "__main__":
    sys.exit(main())
