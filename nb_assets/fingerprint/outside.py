"""What reads from outside of the program: files, the network, databases, the environment, the clock, chance.

What such a call gives is not part of the code, so that it is named to the user instead of being tracked. The tables
say by which names it is known; they are meant to be read, and to be added to.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

# Builtins.
_BUILTINS: Final = frozenset({"open", "input"})
# Of any installed package: `pd.read_csv`, `pl.scan_parquet`, `xr.open_dataset`, `fetch_openml`.
_PREFIXES: Final = ("read_", "scan_", "open_", "fetch_")
_FUNCTIONS: Final = frozenset(
    {"environ", "environb", "getenv", "listdir", "scandir", "glob", "iglob", "getmtime", "popen"}
    | {"urlopen", "urlretrieve", "check_output", "Popen", "connect", "create_engine", "load_dataset"}
    | {"loadtxt", "genfromtxt", "fromfile", "memmap", "imread", "getpass", "getcwd", "system", "getsize"}
    | {"exists", "isfile", "isdir", "gethostname", "getuser", "get_ipython"}
)
# The clock and chance: these of the packages, or all of a package but for some.
_VARYING: Final = {
    "datetime": frozenset({"now", "today", "utcnow"}),
    "pandas": frozenset({"now", "today", "utcnow"}),
    "time": frozenset(
        {
            "time",
            "time_ns",
            "monotonic",
            "perf_counter",
            "localtime",
            "gmtime",
            "strftime",
            "ctime",
            "process_time",
        }
    ),
    "uuid": frozenset({"uuid1", "uuid4"}),
    "os": frozenset({"urandom", "getpid", "getrandom"}),
    "numpy": frozenset(
        {
            "rand",
            "randn",
            "randint",
            "random_sample",
            "ranf",
            "sample",
            "choice",
            "shuffle",
            "permutation",
            "normal",
        }
        | {
            "uniform",
            "binomial",
            "poisson",
            "exponential",
            "standard_normal",
            "random_integers",
            "beta",
            "gamma",
        }
        | {"bytes", "lognormal", "multivariate_normal", "geometric", "laplace", "dirichlet", "multinomial"}
    ),
    "torch": frozenset({"rand", "randn", "randint", "randperm", "bernoulli", "normal"}),
}
_VARYING_BUT: Final = {
    "random": frozenset({"random.seed", "random.Random", "random.setstate", "random.getstate"}),
    "secrets": frozenset({"secrets.compare_digest"}),
}
# Names that mean this in certain packages only.
_HTTP: Final = frozenset({"requests", "httpx", "aiohttp", "urllib3"})
_OF_PACKAGE: Final = {
    "get": _HTTP,
    "post": _HTTP,
    "request": _HTTP,
    "Session": _HTTP,
    "Client": _HTTP,
    "ClientSession": _HTTP,
    "load": frozenset({"numpy", "joblib", "torch"}),
    "open": frozenset({"io", "codecs", "gzip", "bz2", "lzma", "os", "fsspec", "PIL", "rasterio", "tarfile"}),
    "ZipFile": frozenset({"zipfile"}),
    "File": frozenset({"h5py"}),
    "run": frozenset({"subprocess"}),
    "walk": frozenset({"os"}),
    "sql": frozenset({"duckdb"}),
}
# Methods of whatever object: `Path("a.txt").read_text()`, `cursor.fetchall()`.
_METHODS: Final = frozenset(
    {
        "read_text",
        "read_bytes",
        "iterdir",
        "rglob",
        "urlopen",
        "fetchall",
        "fetchone",
        "fetchdf",
        "is_file",
        "is_dir",
    }
    | {"exists"}
    | {"read_csv", "read_parquet", "read_excel", "read_json", "read_sql", "read_table", "read_feather"}
    | {"read_pickle", "read_hdf", "read_html", "read_xml", "scan_csv", "scan_parquet", "read_sql_query"}
)
_NOT_CALLED: Final = frozenset({"environ", "environb"})


def reading_of(package: str, names: Sequence[str]) -> tuple[str, ...]:
    """Return the names up to the one that reads from outside, given the package that they are of; else nothing."""
    for index, name in enumerate(names):
        if (
            name in _FUNCTIONS
            or name.startswith(_PREFIXES)
            or package in _OF_PACKAGE.get(name, ())
            or (package == "builtins" and name in _BUILTINS)
        ):
            return tuple(names[: index + 1])
    return ()


def varying_of(package: str, names: Sequence[str]) -> tuple[str, ...]:
    """Return the names up to the one that gives something else each time, given the package they are of; else nothing."""
    for index, name in enumerate(names):
        told = tuple(names[: index + 1])
        if name in _VARYING.get(package, ()) and (
            package != "numpy" or "random" in names[:index] or not index
        ):
            return told
        if package in _VARYING_BUT and f"{package}.{name}" not in _VARYING_BUT[package]:
            return told
    return ()


def reading_builtin(name: str) -> bool:
    """Tell whether a builtin of this name reads from outside."""
    return name in _BUILTINS


def reading_methods(attributes: frozenset[str]) -> Iterator[str]:
    """Yield those of the names of attributes that read from outside whatever they are taken of."""
    yield from sorted(attributes & _METHODS)


def told(names: Sequence[str]) -> str:
    """Say that something is read from outside, in one line."""
    call = "" if names[-1] in _NOT_CALLED else "(…)"
    return f"reads from outside: `{'.'.join(names)}{call}`; what it gives is not tracked"


def told_varying(names: Sequence[str]) -> str:
    """Say that something gives another thing each time, in one line."""
    return f"differs from run to run: `{'.'.join(names)}(…)`; what it gives is not tracked"
