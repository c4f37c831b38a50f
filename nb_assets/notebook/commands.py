"""The words of every magic, in one table that the parser, the help and tab completion all read."""

from __future__ import annotations

from nb_assets.notebook.arguments import Command, Option

__all__ = ["ASSET", "ASSETS", "COMMANDS", "LINEAGE", "MATERIALIZE", "NOT_YET", "SUBCOMMANDS"]

_SELECTION = "[SELECTION]"

ASSET = Command(
    name="%%asset",
    text="[NAME] [options]",
    options=(
        Option(flag="--group", short="-g", metavar="GROUP", takes="one", names="group",
               help="The group of the cell's assets that name none."),
        Option(flag="--materialize", short="-m", help="Materialize the cell's assets at once, and show what changed."),
        Option(flag="--key-prefix", metavar="PREFIX", takes="one",
               help="What the keys of the cell's assets start with, like `raw` or `raw/trips`."),
        Option(flag="--deps", metavar="KEY [KEY …]", takes="many", repeats=True, names="key",
               help="Assets that come first, though nothing of theirs is passed in."),
        Option(flag="--path", metavar="PATH [PATH …]", takes="many", repeats=True,
               help="Files that the cell reads: `data/trips.csv`, a folder, or a pattern like `data/*.csv`. When their "
                    "content changes, the asset is stale."),
        Option(flag="--env", metavar="NAME [NAME …]", takes="many", repeats=True,
               help="Variables of the environment that the cell reads; they count like its files."),
        Option(flag="--code-version", metavar="VERSION", takes="one",
               help="Your own version of the code, in place of the one computed from it."),
        Option(flag="--description", metavar="TEXT", takes="one", help="What the asset is; quote it."),
        Option(flag="--kind", metavar="KIND", takes="one", repeats=True, names="kind",
               help="A kind to show on the asset, like `pandas`; may be repeated."),
        Option(flag="--tag", metavar="KEY=VALUE", takes="one", repeats=True, help="A tag; may be repeated."),
        Option(flag="--sql", help="The cell is SQL (not there yet)."),
    ),
    examples=(
        "%%asset                         decorated definitions, or a plain function",
        "%%asset daily -g metrics        ordinary code: its last expression is the value of `daily`",
        "%%asset daily -g metrics -m     the same, materialized at once",
    ),
)  # fmt: skip

MATERIALIZE = Command(
    name="%materialize",
    text="[SELECTION] [options]",
    options=(
        Option(flag="--force", help="Run what is fresh, too."),
        Option(flag="--upstream", help="First run whatever is stale or missing upstream of the selection."),
        Option(flag="--partition", metavar="KEY", takes="one", repeats=True, names="partition",
               help="Make this partition of what has any; may be repeated. Those that are stale or missing unless told."),
        Option(flag="--partitions", metavar="FIRST...LAST", takes="many", repeats=True, names="partition",
               help="Make the partitions of a range, or several of them."),
        Option(flag="--executor", metavar="NAME", takes="one", names="executor",
               help="How to run it; `in_process` unless told."),
    ),
    examples=(
        "%materialize                    everything that is stale or missing",
        "%materialize daily              one asset",
        "%materialize +daily             it, and everything upstream of it",
        "%materialize group:metrics and not kind:plot",
        "%materialize status:failed",
        "%materialize daily --partition 2024-01-03",
        "%materialize daily --partitions 2024-01-01...2024-01-31",
    ),
)  # fmt: skip

LINEAGE = Command(
    name="%lineage",
    text=f"{_SELECTION} [--direction LR|TB]",
    options=(
        Option(flag="--direction", metavar="LR|TB", takes="one", names="direction",
               help="Which way edges run: `LR`, left to right, unless told; `TB`, top to bottom."),
    ),
    examples=("%lineage", "%lineage +daily", "%lineage group:metrics --direction TB"),
)  # fmt: skip

ASSETS = Command(
    name="%assets",
    text=f"{_SELECTION} | --search TEXT | load MODULE [-g GROUP] | explain KEY | checks [SELECTION] | history KEY [--ops] | partitions KEY | diff KEY [OLD NEW] | accept KEY [--partition P] | unaccept KEY [--partition P] | pin KEY [VERSION] | unpin KEY [VERSION] | gc | forget KEY | auto [on | off]",
    options=(
        Option(flag="--search", short="-s", metavar="TEXT", takes="many",
               help="Find assets by any words in their keys, groups, descriptions, kinds, tags, owners and metadata."),
        Option(flag="--group", short="-g", metavar="GROUP", takes="one", names="group",
               help="With `load`: the group of the module's assets that name none."),
        Option(flag="--keep", metavar="N", takes="one",
               help="With `gc`: how many versions of each asset keep their values, 10 unless given."),
        Option(flag="--yes", help="With `gc`: clear away what it lists."),
        Option(flag="--key-prefix", metavar="PREFIX", takes="one",
               help="With `load`: what the keys of the module's assets start with, like `raw` or `raw/trips`."),
        Option(flag="--run", help="With `checks`: first run those of which nothing is known of today's data."),
        Option(flag="--force", help="With `checks`: first run all of them."),
        Option(flag="--partition", metavar="KEY", takes="one", names="partition",
               help="With `history`, `diff`, `accept` and `unaccept`: of this partition alone."),
        Option(flag="--ops", help="With `history`: every attempt of the ops that make a graph asset."),
    ),
    examples=(
        "%assets                         every asset: status and why, when it was made, how large it is",
        "%assets status:stale            those of a selection",
        "%assets --search late revenue   those of which both words are said somewhere (as plain words are looked for too)",
        "%assets load mypackage.metrics -g metrics   register a module's assets, and follow its file from then on",
        "%assets explain daily           why it is stale, or fresh",
        "%assets history daily           its materializations, newest first",
        "%assets partitions daily        its partitions: status and why, when each was made",
        "%assets history daily --ops     the attempts of its ops, how each ended and how long it took",
        "%assets diff daily              what the last materialization changed",
        "%assets diff daily 1 3          what changed between two versions (-1 is the newest)",
        "%assets checks                  every check: what it said, or that it has to be run again",
        "%assets checks --run daily      the same for one asset, after running what has to be run",
        "%assets accept daily            its new code gives the same value: fresh without a run, and on record",
        "%assets accept daily --partition 2024-01-03   the same of one partition; without it, of all that are stale",
        "%assets unaccept daily          take that back",
        "%assets pin daily 3             keep the value of version 3 whatever is cleared away",
        "%assets gc --keep 5             what clearing away all but the newest five versions would free; --yes does it",
        "%assets forget daily            take it out of the session; its values and history stay",
        "%assets auto on                 make assets by themselves where their automation conditions say so",
        "%assets auto                    what each condition found last, part by part, and what it requested",
    ),
)  # fmt: skip

COMMANDS: dict[str, Command] = {command.name: command for command in (ASSET, MATERIALIZE, LINEAGE, ASSETS)}

SUBCOMMANDS: dict[str, str] = {
    "load": "module",
    "checks": "key",
    "explain": "key",
    "history": "key",
    "partitions": "key",
    "diff": "key",
    "accept": "key",
    "unaccept": "key",
    "forget": "key",
    "pin": "key",
    "unpin": "key",
    "gc": "",
    "auto": "automation",
}
"""The first words that `%assets` takes for a subcommand, and what completes the next."""

NOT_YET: tuple[str, ...] = ("export",)
"""Subcommands that are still to come."""
