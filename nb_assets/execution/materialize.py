"""`materialize([...])`: run definitions once, as in a test or a script, outside any session."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from nb_assets.definitions.asset_spec import AssetSpec
from nb_assets.definitions.assets_definition import AssetsDefinition, definitions_in
from nb_assets.errors import DefinitionError, DuplicateKeyError
from nb_assets.execution.engine import Engine
from nb_assets.execution.executors import InProcessExecutor
from nb_assets.execution.memory_keeper import MemoryKeeper
from nb_assets.execution.plan import make_plan
from nb_assets.execution.run import Run, RunResult, result_of
from nb_assets.fingerprint.code import CodeFingerprint
from nb_assets.graph.asset_graph import AssetGraph
from nb_assets.graph.resolve import select
from nb_assets.staleness import AssetStatus

if TYPE_CHECKING:
    from nb_assets.definitions.asset_key import AssetKey


def materialize(
    assets: Iterable[Any],
    *,
    raise_on_error: bool = True,
    selection: object = None,
    tags: Mapping[str, str] | None = None,
) -> RunResult:
    """Run all the given assets, whatever their state, and keep their values in the result alone.

    Parameters
    ----------
    assets
        Definitions, in any order; specs among them stand for assets that are made elsewhere.
    raise_on_error
        Raise the error of the first asset that failed.
    selection
        Which of them to run; all unless given.
    tags
        What `context.run.tags` holds.

    Raises
    ------
    DefinitionError
        When something given is no definition, a key is given twice, or an asset reads what none of them makes.
    """
    __tracebackhide__ = True
    by_key = definitions_by_key(assets)
    graph = AssetGraph(by_key)
    selected = graph.keys if selection is None else select(selection, graph)
    # Every asset counts as never made: that is what makes this run all of them.
    known = {key: AssetStatus(state="missing") for key in graph.keys}
    run, keeper = Run("python", tags), MemoryKeeper()
    plan = make_plan(graph, selected, known, force=True, exact=True)
    run.plan = plan
    engine = Engine(
        plan=plan,
        run=run,
        keeper=keeper,
        executor=InProcessExecutor(),
        fingerprint=lambda key: CodeFingerprint(version=graph.spec(key).code_version or run.run_id, parts={}),
        known=known,
        tell=run.events.append,
        echo=True,
        compare=False,
    )
    run.finish(engine.execute())
    result = result_of(run, plan, keeper)
    if raise_on_error:
        result.raise_errors()
    return result


def materialize_to_memory(
    assets: Iterable[Any],
    *,
    raise_on_error: bool = True,
    selection: object = None,
    tags: Mapping[str, str] | None = None,
) -> RunResult:
    """Run all the given assets and keep their values in the result alone. See `materialize`, which does the same."""
    __tracebackhide__ = True
    return materialize(assets, raise_on_error=raise_on_error, selection=selection, tags=tags)


def definitions_by_key(assets: Iterable[Any]) -> dict[AssetKey, AssetsDefinition]:
    """Return the definition of each asset that is made here; specs among them stand for assets made elsewhere.

    Raises
    ------
    DefinitionError
        When something given is no definition, or a key is given twice.
    """
    by_key: dict[AssetKey, AssetsDefinition] = {}
    for item in assets:
        if isinstance(item, AssetSpec):
            continue
        found = list(definitions_in(item))
        if not found:
            raise DefinitionError(
                f"materialize takes assets, that is decorated functions, and {item!r} is none."
            )
        for definition in found:
            for key in definition.specs_by_key:
                if key in by_key and by_key[key] is not definition:
                    raise DuplicateKeyError(
                        f"`{key.to_user_string()}` is given twice: give one of them another name."
                    )
                by_key[key] = definition
    return by_key
