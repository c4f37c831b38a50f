"""The versions of the installed packages that code uses: recorded always, counted as the policy says."""

from __future__ import annotations

import functools
import importlib.metadata
import platform
import sys
from collections.abc import Iterable
from typing import Final, Literal, get_args

from nb_assets.errors import UsageError, near

PackagePolicy = Literal["off", "warn", "stale"]
PACKAGE: Final = "package "
"""What the names of packages begin with among the parts of a recorded fingerprint."""
_OURS: Final = frozenset({"builtins", "nb_assets", "dagster", "main", "__main__", ""})
_policy: PackagePolicy = "warn"


def package_policy() -> PackagePolicy:
    """Return whether another version of a package counts: not at all, as something to be told, or as a change of code."""
    return _policy


def set_package_policy(policy: str) -> None:
    """Set it, for this kernel.

    Raises
    ------
    UsageError
        When it is none of the three.
    """
    global _policy  # noqa: PLW0603 - one policy a kernel
    names = get_args(PackagePolicy)
    if policy not in names:
        raise UsageError(
            f"the policy for package versions is one of {', '.join(names)}, not {policy!r}.{near(policy, names)}"
        )
    _policy = policy  # type: ignore[assignment]


def package_versions(packages: Iterable[str]) -> dict[str, str]:
    """Return the version of each package that has one, in the order of their names, and that of Python."""
    found = {name: version for name in sorted(set(packages) - _OURS) if (version := _version(name))}
    return {**found, "python": platform.python_version()}


@functools.lru_cache(maxsize=1024)
def _version(name: str) -> str | None:
    # What is loaded stays as it is, whatever is installed meanwhile, so this is asked once.
    if name in sys.stdlib_module_names or f"_{name}" in sys.stdlib_module_names:
        return None
    version = getattr(sys.modules.get(name), "__version__", None)
    if isinstance(version, str):
        return version
    try:
        return importlib.metadata.version(name)
    except (importlib.metadata.PackageNotFoundError, ValueError):
        return None
