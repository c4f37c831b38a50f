"""What differs from Dagster on purpose: the one table that the README shows and the programs are held to.

Each row says what is so here and what in Dagster, and names the programs that show it, by the suite that they are in, with
who refuses them: "dagster", "nb_assets", or None where both run them and differ in what comes of it.
"""

from __future__ import annotations

from dataclasses import dataclass, field

Refused = dict[str, str | None]


@dataclass(frozen=True)
class Difference:
    """One row of the table. Those without programs show over several runs, in the tests of what they are about."""

    here: str
    in_dagster: str
    asset: Refused = field(default_factory=dict)
    multi_asset: Refused = field(default_factory=dict)
    graph: Refused = field(default_factory=dict)
    check: Refused = field(default_factory=dict)
    config: Refused = field(default_factory=dict)
    definition: Refused = field(default_factory=dict)
    dynamic: Refused = field(default_factory=dict)
    event: Refused = field(default_factory=dict)
    project: Refused = field(default_factory=dict)
    automation: Refused = field(default_factory=dict)
    partition: Refused = field(default_factory=dict)
    io: Refused = field(default_factory=dict)


DIFFERENCES = [
    Difference("code versions are computed where none is given", "an edited body is invisible"),
    Difference(
        "staleness is transitive and rests on content: an equal value makes nothing stale",
        "one hop at a time; a new run without a code version is always new data",
    ),
    Difference(
        "`session.materialize` and `%materialize` skip what is fresh; `materialize([...])` never does",
        "never skips",
    ),
    Difference("a failed re-run shows as failed", "stays fresh"),
    Difference("chains are of any depth", "`RecursionError` from about 1,000"),
    Difference("`+a` in a selection is everything upstream", "one level, in its legacy bare form"),
    Difference("`status:stale` can be selected on", "parsed, not resolved"),
    Difference(
        "a `@multi_asset` may also return a dict by output name",
        "raises",
        multi_asset={"a dict by output name": "dagster"},
    ),
    Difference(
        "after a multi-asset fails half-way, what needs only what it had yielded still runs",
        "nothing downstream runs",
        multi_asset={"what needs only what was yielded before a failure": None},
        check={"a value without its check": None},
    ),
    Difference(
        "one asset of a `@multi_asset` can be selected alone: all are made, or with `can_subset` only it, required or not",
        "refused without `can_subset`; with it, each output that was not selected must be optional",
        multi_asset={"a subset of required outputs": "dagster", "a subset that is not declared": "dagster"},
    ),
    Difference(
        "what is selected brings along what it must be handed and nobody made, where no IO manager is given that may have it",
        "fails",
        asset={"a selection without what it reads": "dagster"},
    ),
    Difference(
        "a circle among the assets of one function is refused, and drawn",
        "accepted",
        multi_asset={"internal deps in a circle": "nb_assets", "specs in a circle": "nb_assets"},
    ),
    Difference(
        "`@graph_asset` takes a `retry_policy`, and a graph in a graph may be called with one: it holds for the ops in it",
        "`TypeError`; has no effect",
        graph={"a retry policy of a graph asset": "dagster", "a retry policy of a nested graph": "dagster"},
    ),
    Difference(
        "ops keep their history across runs, and a failed run goes on from the op that failed (`resume=True`)",
        "events of each run alone",
    ),
    Difference(
        "an output of an op that nothing takes is left alone",
        "fails when the op returns it",
        graph={"an op's selected outputs": "dagster"},
    ),
    Difference(
        "two assets of a graph may be the same output of an op",
        "one of them is not materialized",
        graph={"the same op output twice": None},
    ),
    Difference(
        "the body of a graph calls ops, never assets",
        "an asset called there becomes an op",
        graph={"an asset called in the body": "nb_assets"},
    ),
    Difference(
        "an input of an op that nothing gives is configured in jobs; in the graph of an asset it is refused at once",
        "in both, and asked for when the asset is made",
        graph={"an op of an asset without its input": "nb_assets"},
    ),
    Difference(
        "a configuration never has a pickle read",
        "inputs may be unpickled from a path that stands in it",
        event={"configured input: a pickle": "nb_assets"},
    ),
    Difference(
        "the arguments of graphs and assets are named one by one, and can be passed by name",
        "`**kwargs` of a graph are ignored; positional-only arguments of an asset fail in each run",
        asset={"positional-only arguments": "nb_assets"},
        graph={"keyword arguments in a graph": "nb_assets"},
    ),
    Difference(
        "a group on a `@graph_multi_asset` and another on one of its outs is a conflict",
        "the first wins",
        graph={"a group of a graph multi-asset and of an out": "nb_assets"},
    ),
    Difference(
        "a context that was built knows the definition that is called with it, its keys and a run of its own",
        "raises when asked for them",
        graph={
            "a direct call with a context of an op": "dagster",
            "a context that was built, with tags": "dagster",
            "a context of an asset that was built": "dagster",
            "the run of a context that was built": "dagster",
            "a context of several assets that was built": "dagster",
        },
    ),
    Difference(
        "an op that is decorated twice, and an empty name, are slips and refused",
        "the outer decorator wins; an empty name is none",
        asset={"an empty name": "nb_assets"},
        graph={"an op decorated again": "nb_assets"},
    ),
    Difference(
        "definitions may be given in lists of lists, as what loads them gives them",
        "refused",
        asset={"a nested list of definitions": "dagster"},
    ),
    Difference("`ins` takes a plain key", "`AttributeError`", asset={"ins of a plain key": "dagster"}),
    Difference(
        "a NumPy number is metadata like a plain one",
        "refused",
        asset={"a NumPy number as metadata": "dagster"},
    ),
    Difference(
        "what reads a loaded spec follows its key prefix",
        "reads what nothing stands for",
        project={
            "loading: specs, read, and a key prefix": None,
            "loading: specs, read, and both prefixes": None,
        },
    ),
    Difference(
        "a substring of a key is looked for in small letters and capitals alike",
        "as written",
        project={"selecting: a key substring in capitals": None},
    ),
    Difference(
        "selecting the owner None selects what nobody owns",
        "selects nothing",
        project={"selecting: no owner": None},
    ),
    Difference(
        "a job of a key that nothing has is refused, with near names",
        "an empty job",
        project={
            "defining: a job of what is not there": "nb_assets",
            "defining: a job of what is not there, looked through": "nb_assets",
        },
    ),
    Difference(
        "a group means the groups in it, too: `a` holds `a/b`",
        "a name like any other",
        project={"grouping: a group with another inside it": None},
    ),
    Difference(
        "the deps of an asset with arguments can be added to",
        "refused",
        project={"defining: specs mapped to more deps": "dagster"},
    ),
    Difference(
        "`eager()` also follows an edit of the asset's own code, where code is followed: in a notebook",
        "edits are no part of `eager()`",
    ),
    Difference(
        "in a notebook, what automation asks for runs if it is not fresh, or if its time has come: an equal value upstream runs nothing",
        "each new materialization upstream runs what is derived from it",
    ),
    Difference(
        "a check has to say something: one that gives no `AssetCheckResult` fails",
        "passes unnoticed",
        check={"a check that gives a bool": None, "a check that gives nothing": None},
    ),
    Difference(
        "the results of checks that are returned in a tuple are recorded",
        "dropped",
        check={
            "a value and a check, returned": None,
            "a check of a multi-asset, in a tuple": None,
            "several checks in a tuple": None,
        },
    ),
    Difference(
        "a check that is given to `materialize` runs, whether its asset is given or not",
        "left out",
        check={"a check without its asset": None},
    ),
    Difference(
        "a failed blocking check holds back what is derived from its asset, and nothing else of the same call",
        "all that is derived from the call",
    ),
    Difference(
        "what a check said stands while neither it nor its data changes; else it is stale, and runs with its asset's next run",
        "the last outcome is shown, whatever it saw",
    ),
    Difference(
        "the partitions of an asset are each fresh, stale or missing; `session.materialize` makes those that are not fresh",
        "a run of one partition, or a backfill that makes all it is told to",
    ),
    Difference(
        "an asset that makes several partitions by one call may return a dict of values by partition key",
        "the default IO manager refuses to store several partitions",
    ),
    Difference(
        "a dimension that partitions do not have, and a backfill policy of less than one partition, are slips and refused",
        "a dimension is looked for again by itself; any number will do",
        partition={
            "a dimension that is not there": "nb_assets",
            "a backfill policy of no partitions": "nb_assets",
        },
    ),
    Difference(
        "a value that an IO manager could not store is none of the run's",
        "`output_for_node` gives it all the same",
        io={"an io manager that cannot store": None},
    ),
    Difference(
        "an asset whose value an IO manager has is fresh only while that one, so configured, holds its newest version; each version before it is made again",
        "fresh, wherever its value is",
    ),
    Difference(
        "what a run configures of a resource that is a class is added to what the object was made with",
        "takes its place as a whole",
        config={"a class of resource that is configured in the run": "dagster"},
    ),
    Difference(
        "a resource is made when a step first needs it, and one that cannot be made fails the steps that need it",
        "all are made first, and one that fails, fails the run",
    ),
    Difference(
        "what an asset was configured with, and the resources that it used, count for whether it is fresh",
        "neither does",
    ),
]


def of_suite(suite: str) -> Refused:
    """Return the programs of a suite that differ, and who refuses each."""
    return {name: who for row in DIFFERENCES for name, who in getattr(row, suite).items()}
