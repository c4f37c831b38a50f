"""What a step's function gave, read into one product an asset."""

from __future__ import annotations

import asyncio
import contextvars
import inspect
import threading
from collections.abc import AsyncIterator, Collection, Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from nb_assets.definitions.check_result import AssetCheckResult
from nb_assets.definitions.metadata import as_metadata
from nb_assets.definitions.result import DEFAULT_OUTPUT, DataVersion, MaterializeResult, NoValue, Output
from nb_assets.errors import NoOutputError, OutputError, near
from nb_assets.execution.check_outcome import CheckOutcome, CheckResults
from nb_assets.execution.type_check import check_output

if TYPE_CHECKING:
    from nb_assets.definitions.asset_check import AssetCheckKey
    from nb_assets.definitions.asset_key import AssetKey
    from nb_assets.definitions.assets_definition import AssetsDefinition
    from nb_assets.definitions.metadata import MetadataValue
    from nb_assets.storage.materialization import ValueRef


@dataclass(frozen=True, kw_only=True)
class Product:
    """What a step made of one asset. The value is `NoValue` when the function stored it itself.

    Attributes
    ----------
    kept_at, content
        Where an IO manager stored the value, and the version of its content as it was handed over.
    """

    key: AssetKey
    value: Any
    metadata: Mapping[str, MetadataValue[Any]] = field(default_factory=dict)
    tags: Mapping[str, str] = field(default_factory=dict)
    data_version: DataVersion | None = None
    partition: str | None = None
    kept_at: ValueRef | None = None
    content: str = ""


def products(
    definition: AssetsDefinition,
    result: Any,
    selected: Collection[AssetKey] | None = None,
    checks: Collection[AssetCheckKey] | None = None,
) -> Iterator[Product | CheckOutcome]:
    """Yield what a call gave, one product an asset and one outcome a check, as soon as each is there.

    Parameters
    ----------
    selected
        The assets that were to be made; all of the definition's unless given.
    checks
        The checks that were to be made; all of the definition's unless given.

    Raises
    ------
    OutputError
        When it gave something for no asset or check of the definition, twice for one, or nothing for a required one.
    """
    wanted = set(definition.specs_by_key if selected is None else selected)
    result = settled(result)
    is_stream = inspect.isgenerator(result)
    given: set[AssetKey] = set()
    checked = CheckResults(definition, checks)
    for product, item in (
        ((_given(definition, each), each) for each in result) if is_stream else _returned(definition, result)
    ):
        if product is None:
            yield checked.take(item)
            continue
        if product.key in given:
            raise OutputError(
                f"`{definition.node_name}` gave `{product.key.to_user_string()}` twice: yield it once."
            )
        if product.key not in wanted:
            raise OutputError(
                f"`{definition.node_name}` gave `{product.key.to_user_string()}`, which was not to be made this time: "
                "make only what is in context.selected_asset_keys."
            )
        _check_order(definition, product.key, wanted - given)
        if product.value is not NoValue:
            check_output(
                definition,
                product.key,
                product.value,
                returned_output=isinstance(item, Output) and not is_stream,
                returned_plain=not is_stream and not isinstance(item, (Output, MaterializeResult)),
            )
        given.add(product.key)
        yield product
        yield from checked.of(item)
    for key in _implied(definition, wanted, given):
        given.add(key)
        yield Product(key=key, value=NoValue)
    _check_given(definition, wanted, given)
    checked.check_complete()


def _check_order(definition: AssetsDefinition, key: AssetKey, not_yet: set[AssetKey]) -> None:
    if not definition.derives_within:
        return
    for other in definition.upstream_of(key):
        if other in not_yet and other != key:
            raise OutputError(
                f"`{definition.node_name}` gave `{key.to_user_string()}` before `{other.to_user_string()}`, which it is "
                "derived from: give each asset after those that it is derived from."
            )


def _implied(definition: AssetsDefinition, wanted: set[AssetKey], given: set[AssetKey]) -> Iterator[AssetKey]:
    """Yield the assets that a function stores itself and said nothing of: it did, if it did not fail."""
    for output, spec in definition.specs_by_output_name.items():
        stored = output in definition.valueless_outputs and output not in definition.optional_outputs
        if stored and spec.key in wanted - given:
            yield spec.key


def _check_given(definition: AssetsDefinition, wanted: set[AssetKey], given: set[AssetKey]) -> None:
    missing = [
        spec.key
        for output, spec in definition.specs_by_output_name.items()
        if spec.key in wanted - given and output not in definition.optional_outputs
    ]
    if missing:
        names = ", ".join(f"`{key.to_user_string()}`" for key in missing)
        optional = (
            "output_required=False" if len(definition.specs) == 1 else "is_required=False on its AssetOut"
        )
        raise NoOutputError(
            f"`{definition.node_name}` yielded nothing for {names}: give an Output or a MaterializeResult for each "
            f"asset, or declare it with {optional}."
        )


def _given(definition: AssetsDefinition, item: Any) -> Product | None:
    """Return what an item that was yielded is of an asset, or None for the result of a check."""
    return None if isinstance(item, AssetCheckResult) else _product(definition, item)


def _returned(definition: AssetsDefinition, result: Any) -> Iterator[tuple[Product | None, Any]]:
    """Read a returned value: that of the assets, and the results of checks beside it in a tuple."""
    if isinstance(result, AssetCheckResult):
        yield None, result
        return
    if not definition.check_specs_by_output_name:
        yield from _of_assets(definition, result)
        return
    if not definition.specs_by_output_name:
        for each in result if isinstance(result, tuple) else (result,):
            yield None, each
        return
    found: list[Any] = []
    if isinstance(result, tuple):
        found = [each for each in result if isinstance(each, AssetCheckResult)]
        made = tuple(each for each in result if not isinstance(each, AssetCheckResult))
        result = made[0] if found and len(made) == 1 else made if found else result
    yield from _of_assets(definition, result)
    for each in found:
        yield None, each


def _of_assets(definition: AssetsDefinition, result: Any) -> Iterator[tuple[Product, Any]]:
    """Read a returned value: one asset's, or those of several as a tuple, a dict by output name, or results."""
    outputs = definition.specs_by_output_name
    if isinstance(result, (Output, MaterializeResult)):
        yield _product(definition, result), result
    elif len(outputs) == 1:
        yield from _of_one(definition, result)
    elif result is None and outputs.keys() <= definition.valueless_outputs:
        # What is not said is implied.
        return
    elif isinstance(result, Mapping):
        yield from _by_name(definition, result)
    elif isinstance(result, tuple) and result and all(isinstance(r, MaterializeResult) for r in result):
        for each in result:
            yield _product(definition, each), each
    else:
        yield from _in_order(definition, result)


def _of_one(definition: AssetsDefinition, result: Any) -> Iterator[tuple[Product, Any]]:
    alone = result[0] if isinstance(result, (list, tuple)) and len(result) == 1 else None
    # A list of one result is what it holds; any other list is the value.
    if isinstance(alone, (Output, MaterializeResult)):
        yield _product(definition, alone), alone
    elif (product := _single(definition, result)) is not None:
        yield product, result


def _by_name(definition: AssetsDefinition, result: Mapping[Any, Any]) -> Iterator[tuple[Product, Any]]:
    parts = [(_part(definition, str(output), value), value) for output, value in result.items()]
    # A dict has no order that counts: each asset comes after those that it is derived from.
    waiting = {product.key: (product, value) for product, value in parts}
    while waiting:
        ready = [
            key
            for key in waiting
            if not any(other in waiting and other != key for other in definition.upstream_of(key))
        ] or list(waiting)
        for key in ready:
            yield waiting.pop(key)


def _in_order(definition: AssetsDefinition, result: Any) -> Iterator[tuple[Product, Any]]:
    outputs = definition.specs_by_output_name
    names = ", ".join(outputs)
    if not isinstance(result, tuple) or len(result) != len(outputs):
        gave = f"{len(result)} values" if isinstance(result, tuple) else f"a {type(result).__name__}"
        raise OutputError(
            f"`{definition.node_name}` returned {gave}, and it declares {len(outputs)} outputs: return a tuple with one "
            f"value for each of {names}, in this order, or a dict by these names."
        )
    for output, value in zip(outputs, result, strict=True):
        yield _part(definition, output, value), value


def _single(definition: AssetsDefinition, value: Any) -> Product | None:
    (output,) = definition.specs_by_output_name
    if value is None and output in definition.optional_outputs:
        return None
    if value is None and (definition.compute.returns_nothing or output in definition.valueless_outputs):
        return Product(key=definition.key, value=NoValue)
    return Product(key=definition.key, value=value)


def _part(definition: AssetsDefinition, output: str, value: Any) -> Product:
    """Return the product of one output of several, which may be given with its metadata in an Output."""
    key = _key_of_output(definition, output)
    if not isinstance(value, Output):
        return Product(key=key, value=value)
    if value.output_name not in (DEFAULT_OUTPUT, output):
        raise OutputError(
            f"`{definition.node_name}` returned an Output named `{value.output_name}` in the place of `{output}`: return "
            "the outputs in the order in which they are declared."
        )
    return Product(
        key=key, value=value.value, metadata=value.metadata, tags=value.tags, data_version=value.data_version
    )


def _product(definition: AssetsDefinition, item: Any) -> Product:
    if isinstance(item, Output):
        return Product(
            key=_key_of_output(definition, item.output_name),
            value=item.value,
            metadata=item.metadata,
            tags=item.tags,
            data_version=item.data_version,
        )
    if isinstance(item, MaterializeResult):
        if item.asset_key is None and len(definition.specs) != 1:
            names = ", ".join(key.to_user_string() for key in definition.specs_by_key)
            raise OutputError(
                f"`{definition.node_name}` gave a MaterializeResult without an asset_key, and it makes several assets: "
                f"say which one it is for, of {names}."
            )
        key = item.asset_key or definition.key
        if key not in definition.specs_by_key:
            names_of = [known.to_user_string() for known in definition.specs_by_key]
            raise OutputError(
                f"`{definition.node_name}` gave a MaterializeResult for `{key.to_user_string()}`, which it does not "
                f"make.{near(key.to_user_string(), names_of)} It makes {', '.join(names_of)}."
            )
        return Product(
            key=key,
            value=item.value,
            metadata=as_metadata(item.metadata),
            tags=item.tags,
            data_version=item.data_version,
        )
    raise OutputError(
        f"`{definition.node_name}` yielded a {type(item).__name__}: a function that yields gives an Output or a "
        "MaterializeResult each time. To make a generator the value, return a list of its items."
    )


def _key_of_output(definition: AssetsDefinition, name: str) -> AssetKey:
    outputs = definition.specs_by_output_name
    if name in outputs:
        return outputs[name].key
    if name == DEFAULT_OUTPUT and len(outputs) == 1:
        return definition.key
    raise OutputError(
        f"`{definition.node_name}` gave an Output named `{name}`, which it does not declare.{near(name, outputs)} "
        f"It declares {', '.join(outputs)}."
    )


def settled(result: Any) -> Any:
    """Return what a call gave once nothing is left to wait for: the result of a coroutine, else what it gave."""
    if inspect.iscoroutine(result):
        return _awaited(result)
    return _drained(result) if inspect.isasyncgen(result) else result


def _drained(stream: AsyncIterator[Any]) -> Iterator[Any]:
    """Yield what an asynchronous generator yields: all of it on one event loop, so not before it has ended."""
    items: list[Any] = []

    async def collect() -> None:
        async for item in stream:
            items.append(item)  # noqa: PERF401 - what was yielded before an error counts

    try:
        _awaited(collect())
    except Exception:
        yield from items
        raise
    yield from items


def _awaited(awaitable: Any) -> Any:
    """Run an awaitable to its end. A notebook's own loop is running on its thread, so it gets a thread of its own."""
    outcome: dict[str, Any] = {}
    loop = asyncio.new_event_loop()

    async def work() -> Any:
        return await awaitable

    def run() -> None:
        task = loop.create_task(work())
        outcome["task"] = task
        try:
            outcome["value"] = loop.run_until_complete(task)
        except BaseException as error:  # noqa: BLE001 - raised again where it was asked for
            outcome["error"] = error
        finally:
            loop.run_until_complete(loop.shutdown_asyncgens())
            loop.close()

    thread = threading.Thread(target=contextvars.copy_context().run, args=(run,), name="nb_assets-async")
    thread.start()
    try:
        thread.join()
    except BaseException:
        # An interrupt reaches the main thread alone, which hands it on.
        if "task" in outcome:
            loop.call_soon_threadsafe(outcome["task"].cancel)
            thread.join()
        raise
    if "error" in outcome:
        raise outcome["error"]
    return outcome["value"]
