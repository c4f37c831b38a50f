"""What the process is set to, and code reads without naming it: options of packages, styles, contexts, the folder.

Each setting is counted by value for code that reads it, as far as it is not what it is by default: whoever sets nothing
has the same fingerprint everywhere. Which code reads it is told by the names that the code uses, so that it is enough to
import a package to be left alone.
"""

from __future__ import annotations

import locale
import os
import sys
import threading
import warnings
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

Names = tuple[str, ...]

_TEXTS: Final = frozenset({"to_string", "to_html", "to_markdown", "to_latex", "style", "_repr_html_"})
_FRAMES: Final = frozenset(
    {"groupby", "merge", "astype", "assign", "iloc", "loc", "pivot_table", "value_counts", "sort_values"}
    | {"reset_index", "set_index", "fillna", "dropna", "isna", "resample", "rolling", "concat"}
)
_DRAWING: Final = frozenset({"plot", "hist", "boxplot", "savefig", "subplots", "add_subplot"})
_PLOTTERS: Final = frozenset({"matplotlib", "seaborn", "plotnine", "mpl_toolkits"})
_STYLES: Final = frozenset(
    {"rc", "rcdefaults", "rc_file", "set_theme", "set_style", "set_context", "set_palette"}
)
# Which window a figure is shown in is no part of it.
_OF_WINDOWS: Final = ("backend", "interactive", "toolbar", "webagg", "keymap", "tk.", "savefig.directory")
_RELATIVE: Final = frozenset({"abspath", "realpath", "resolve", "absolute"})
_HOMES: Final = frozenset({"expanduser", "home"})


@dataclass
class Use:
    """What code uses of what it did not define: names of packages, attributes of anything.

    Attributes
    ----------
    names
        What is taken of each package: ("pyplot", "style", "use").
    attributes
        The names of attributes that are taken of anything.
    assigned
        The names of those that are assigned to, or into.
    writes_out
        Whether it makes texts of objects, as by `str`.
    """

    names: dict[tuple[str, Names], None] = field(default_factory=dict)
    attributes: set[str] = field(default_factory=set)
    assigned: set[str] = field(default_factory=set)
    writes_out: bool = False

    def of(self, *packages: str) -> Iterator[Names]:
        """Yield what is taken of some packages."""
        return (names for package, names in self.names if package in packages)

    def takes(self, package: str, wanted: frozenset[str]) -> bool:
        """Tell whether any of some names is taken of a package."""
        return any(wanted.intersection(names) for names in self.of(package))


@dataclass(frozen=True, eq=False)
class Setting:
    """Something that the process is set to.

    Attributes
    ----------
    name
        What it is called where it changed.
    is_read
        Tells whether code reads it.
    is_set
        Tells whether code sets some of it itself: what holds then is not known before it runs.
    values
        Returns what differs from what is there by default.
    """

    name: str
    is_read: Callable[[Use], bool]
    values: Callable[[], Mapping[str, Any]]
    is_set: Callable[[Use], bool] = lambda _: False
    _last: list[str] = field(default_factory=list)

    def text(self) -> str:
        """Return what it is set to, line by line; nothing where all is as by default."""
        # Contexts are those of a thread, and cells run on the main one.
        if not self._last or threading.current_thread() is threading.main_thread():
            lines = [f"{name} = {_told(value)}" for name, value in sorted(self.values().items())]
            self._last[:] = ["\n".join(lines)]
        return self._last[0]


def _told(value: Any) -> str:
    if callable(value):
        code = getattr(value, "__code__", None)
        held = getattr(value, "__self__", None)
        inside = repr(held) if isinstance(held, (str, int, float)) else ""
        return f"{getattr(value, '__qualname__', type(value).__name__)} {inside}{code.co_code.hex() if code else ''}"
    return repr(value)


def _frames(use: Use) -> bool:
    return any(use.of("pandas")) or not _FRAMES.isdisjoint(use.attributes)


def _pandas(*parts: str) -> Callable[[], dict[str, Any]]:
    def values() -> dict[str, Any]:
        config = sys.modules.get("pandas._config.config")
        found: dict[str, Any] = {}
        for name, option in dict(getattr(config, "_registered_options", {})).items():
            if name.startswith(parts):
                value: Any = vars(config)["_global_config"]
                for part in name.split("."):
                    value = value[part]
                if value is not option.defval and value != option.defval:
                    found[name] = value
        return found

    return values


def _rc_params() -> dict[str, Any]:
    package = sys.modules.get("matplotlib")
    now, default = getattr(package, "rcParams", {}), getattr(package, "rcParamsDefault", {})
    return {
        name: value
        for name, value in dict.items(now)
        if dict.get(default, name) != value and not name.startswith(_OF_WINDOWS)
    }


def _sets_style(use: Use) -> bool:
    return "rcParams" in use.assigned or any(
        not _STYLES.isdisjoint(names) or names[-2:] == ("style", "use") or names[-1:] == ("set",)
        for names in use.of(*_PLOTTERS)
    )


def _decimals() -> dict[str, Any]:
    decimal = sys.modules.get("decimal")
    if decimal is None:
        return {}
    now, default = decimal.getcontext(), decimal.Context(prec=28, rounding=decimal.ROUND_HALF_EVEN)
    names = ("prec", "rounding", "Emin", "Emax", "capitals", "clamp")
    return {name: getattr(now, name) for name in names if getattr(now, name) != getattr(default, name)}


def _numpy_print() -> dict[str, Any]:
    numpy = sys.modules.get("numpy")
    default = {
        "edgeitems": 3,
        "threshold": 1000,
        "floatmode": "maxprec",
        "precision": 8,
        "suppress": False,
        "linewidth": 75,
        "nanstr": "nan",
        "infstr": "inf",
        "sign": "-",
        "formatter": None,
        "legacy": False,
    }
    now = numpy.get_printoptions() if numpy is not None else {}
    return {name: now[name] for name, value in default.items() if name in now and now[name] != value}


def _numpy_errors() -> dict[str, Any]:
    numpy = sys.modules.get("numpy")
    default = {"divide": "warn", "over": "warn", "under": "ignore", "invalid": "warn"}
    now = numpy.geterr() if numpy is not None else {}
    return {name: value for name, value in now.items() if default.get(name) != value}


def _polars() -> dict[str, Any]:
    return {name: value for name, value in os.environ.items() if name.startswith("POLARS_")}


def _locale() -> dict[str, Any]:
    categories = ("LC_TIME", "LC_NUMERIC", "LC_COLLATE", "LC_MONETARY")
    now = {name: locale.setlocale(getattr(locale, name)) for name in categories}
    return {name: value for name, value in now.items() if value != "C"}


def _takes_of_paths(use: Use, names: frozenset[str]) -> bool:
    """Tell whether code takes one of these names of a module of paths, or of anything where it uses `pathlib`."""
    modules = ("os", "posixpath", "ntpath")
    by_attribute = any(use.of("pathlib")) and not names.isdisjoint(use.attributes)
    return by_attribute or any(use.takes(module, names) for module in modules)


def _errors_of_warnings() -> dict[str, Any]:
    raising = [entry for entry in warnings.filters if entry[0] == "error"]
    return {
        f"error {number}": getattr(category, "__name__", "")
        for number, (_, _, category, _, _) in enumerate(raising)
    }


SETTINGS: Final = (
    Setting(
        "pandas display options",
        lambda use: not _TEXTS.isdisjoint(use.attributes) or (use.writes_out and _frames(use)),
        _pandas("display.", "styler."),
        lambda use: (
            use.takes("pandas", frozenset({"set_option", "reset_option"})) or "options" in use.assigned
        ),
    ),
    Setting("pandas options", _frames, _pandas("mode.", "future.", "plotting.", "compute.")),
    Setting(
        "the pandas options",
        lambda use: use.takes("pandas", frozenset({"get_option", "options", "describe_option"})),
        _pandas(""),
        lambda use: (
            use.takes("pandas", frozenset({"set_option", "reset_option"})) or "options" in use.assigned
        ),
    ),
    Setting(
        "matplotlib rcParams",
        lambda use: any(use.of(*_PLOTTERS)) or not _DRAWING.isdisjoint(use.attributes),
        _rc_params,
        _sets_style,
    ),
    Setting(
        "decimal context",
        lambda use: any(use.of("decimal")),
        _decimals,
        lambda use: "getcontext" in use.assigned or use.takes("decimal", frozenset({"setcontext"})),
    ),
    Setting(
        "numpy print options",
        lambda use: (
            (use.writes_out and any(use.of("numpy")))
            or use.takes("numpy", frozenset({"array2string", "array_str", "array_repr", "get_printoptions"}))
        ),
        _numpy_print,
        lambda use: use.takes("numpy", frozenset({"set_printoptions"})),
    ),
    Setting(
        "numpy error handling",
        lambda use: any(use.of("numpy")),
        _numpy_errors,
        lambda use: use.takes("numpy", frozenset({"seterr"})),
    ),
    Setting(
        "polars configuration",
        lambda use: use.writes_out and any(use.of("polars")),
        _polars,
        lambda use: use.takes("polars", frozenset({"Config"})),
    ),
    Setting(
        "locale",
        lambda use: any(use.of("locale")) or not use.attributes.isdisjoint({"strftime", "strptime"}),
        _locale,
        lambda use: use.takes("locale", frozenset({"setlocale"})),
    ),
    Setting(
        "working directory",
        lambda use: _takes_of_paths(use, _RELATIVE),
        lambda: {"folder": os.getcwd()},  # noqa: PTH109 - as it is told
        lambda use: use.takes("os", frozenset({"chdir"})),
    ),
    Setting(
        "home directory",
        lambda use: _takes_of_paths(use, _HOMES),
        lambda: {"folder": os.path.expanduser("~")},  # noqa: PTH111 - as it is told
    ),
    Setting("warnings that are errors", lambda use: any(use.of("warnings")), _errors_of_warnings),
)
"""The settings that count; the table is meant to be added to."""
