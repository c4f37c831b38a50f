"""What is the project's own code, and what is an installed package's: only the former is read for fingerprints."""

from __future__ import annotations

import functools
import importlib
import importlib.util
import os
import site
import sys
import sysconfig
import types
from pathlib import Path

_INSTALLED = tuple(
    # With the separator: a sibling folder that begins with the same letters is not in it.
    folder.rstrip(os.sep) + os.sep
    for folder in dict.fromkeys(
        [
            *(sysconfig.get_path(name) for name in ("stdlib", "platstdlib", "purelib", "platlib")),
            *site.getsitepackages(),
            site.getusersitepackages(),
            # This package too, when it is used from a checkout.
            str(Path(__file__).parents[1]),
        ]
    )
)

_OF_PACKAGES = tuple(f"{os.sep}{name}{os.sep}" for name in ("site-packages", "dist-packages"))


def is_project_function(fn: types.FunctionType) -> bool:
    """Tell whether a function was written in the notebook or in one of the project's own modules."""
    filename = fn.__code__.co_filename
    if is_generated(fn.__code__):
        return _is_project_module_name(fn.__module__)
    return not _is_installed_file(filename)


def is_generated(code: types.CodeType) -> bool:
    """Tell whether code comes from a text that is not kept, as with `exec`: IPython keeps those of its cells."""
    return code.co_filename.startswith("<") and not code.co_filename.startswith("<ipython")


def is_project_class(cls: type) -> bool:
    """Tell whether a class was written in the notebook or in one of the project's own modules."""
    name = cls.__module__
    if name == "__main__" or name in sys.modules:
        return _is_project_module_name(name)
    # A module that is not loaded says nothing: the methods do.
    return any(
        isinstance(member, types.FunctionType) and not _is_installed_file(member.__code__.co_filename)
        for member in vars(cls).values()
    )


def is_project_module(module: types.ModuleType) -> bool:
    """Tell whether a module is one of the project's own: the notebook itself, and packages without a file, too."""
    if module.__name__ == "__main__":
        return True
    filename = getattr(module, "__file__", None)
    if filename is not None:
        return not _is_installed_file(filename)
    if module.__name__ in sys.builtin_module_names:
        return False
    folders = [str(folder) for folder in getattr(module, "__path__", ())]
    return bool(folders) and not any(_is_installed_file(folder + os.sep) for folder in folders)


def name_imported(level: int, name: str, package: str) -> str:
    """Return the full name of a module that code imports while it runs, given its leading dots and the package it is in.

    Raises
    ------
    ImportError
        When the dots lead out of the package.
    """
    return importlib.util.resolve_name("." * level + name, package) if level and package else name


def loads_of_project(name: str) -> bool:
    """Tell whether a module is of the project; if so, it is loaded as running the code would load it.

    Whatever the module raises is raised.
    """
    if not _is_project_import(name):
        return False
    if name not in sys.modules:
        importlib.import_module(name)
    return True


def _is_project_import(name: str) -> bool:
    module = sys.modules.get(name)
    if module is not None:
        return is_project_module(module)
    try:
        spec = importlib.util.find_spec(name.partition(".")[0])
    except (ImportError, ValueError):
        return False
    if spec is None or spec.origin is None:
        return False
    module = types.ModuleType(name)
    module.__file__ = spec.origin
    return is_project_module(module)


def _is_project_module_name(name: str | None) -> bool:
    if name == "__main__":
        return True
    module = sys.modules.get(name or "")
    return module is not None and is_project_module(module)


@functools.lru_cache(maxsize=8192)
def _is_installed_file(filename: str) -> bool:
    # Packages are also installed in folders that only PYTHONPATH names.
    return filename.startswith(_INSTALLED) or any(folder in filename for folder in _OF_PACKAGES)
