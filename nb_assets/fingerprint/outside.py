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
        {"beta", "binomial", "bytes", "chisquare", "choice", "dirichlet", "exponential", "f", "gamma"}
        | {"geometric", "gumbel", "hypergeometric", "laplace", "logistic", "lognormal", "logseries"}
        | {"multinomial", "multivariate_normal", "negative_binomial", "noncentral_chisquare", "normal"}
        | {"noncentral_f", "pareto", "permutation", "poisson", "power", "rand", "randint", "randn"}
        | {"random", "random_integers", "random_sample", "ranf", "rayleigh", "sample", "shuffle"}
        | {"standard_cauchy", "standard_exponential", "standard_gamma", "standard_normal", "standard_t"}
        | {"triangular", "uniform", "vonmises", "wald", "weibull", "zipf"}
    ),
    "threading": frozenset({"get_ident", "get_native_id"}),
    "builtins": frozenset({"id", "hash"}),
    "torch": frozenset({"rand", "randn", "randint", "randperm", "bernoulli", "normal"}),
}
# What of them is also, or only, called so in NumPy itself.
_OF_NUMPY_ITSELF: Final = frozenset({"random", "power", "bytes"})
# Whoever calls these begins chance anew.
SEEDING: Final = frozenset({"seed", "manual_seed", "set_seed"})
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
    "argv": frozenset({"sys"}),
    "path": frozenset({"sys"}),
    "stdin": frozenset({"sys"}),
    "executable": frozenset({"sys"}),
    "node": frozenset({"platform"}),
    "uname": frozenset({"platform", "os"}),
    "stat": frozenset({"os", "pathlib"}),
    "cwd": frozenset({"pathlib"}),
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
# Methods of paths, where code names the package that has them.
_OF_PATHS: Final = frozenset({"open", "stat", "lstat", "glob", "cwd"})
_NOT_CALLED: Final = frozenset({"environ", "environb", "argv", "path", "stdin", "executable"})


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
            package != "numpy" or "random" in names[:index] or (not index and name not in _OF_NUMPY_ITSELF)
        ):
            return told
        if package in _VARYING_BUT and f"{package}.{name}" not in _VARYING_BUT[package]:
            return told
    return ()


def reading_builtin(name: str) -> bool:
    """Tell whether a builtin of this name reads from outside."""
    return name in _BUILTINS


def varying_builtin(name: str) -> bool:
    """Tell whether a builtin of this name gives something else in each kernel."""
    return name in _VARYING["builtins"]


def reading_methods(attributes: frozenset[str], *, of_paths: bool) -> Iterator[str]:
    """Yield those of the names of attributes that read from outside whatever they are taken of.

    Parameters
    ----------
    of_paths
        Whether paths are named, so that more names say so.
    """
    yield from sorted(attributes & (_METHODS | _OF_PATHS if of_paths else _METHODS))


def told(names: Sequence[str]) -> str:
    """Say that something is read from outside, in one line."""
    call = "" if names[-1] in _NOT_CALLED else "(…)"
    return f"reads from outside: `{'.'.join(names)}{call}`; what it gives is not tracked"


def told_varying(names: Sequence[str]) -> str:
    """Say that something gives another thing each time, in one line."""
    return f"differs from run to run: `{'.'.join(names)}(…)`; what it gives is not tracked"
