"""What a step's function gave, read into one product an asset."""

from __future__ import annotations

import asyncio
import contextvars
import inspect
import threading
from collections.abc import AsyncIterator, Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from nb_assets.definitions.result import DEFAULT_OUTPUT, DataVersion, MaterializeResult, NoValue, Output
from nb_assets.errors import OutputError, near
from nb_assets.execution.type_check import check_output

if TYPE_CHECKING:
    from nb_assets.definitions.asset_key import AssetKey
    from nb_assets.definitions.assets_definition import AssetsDefinition
    from nb_assets.definitions.metadata import MetadataValue


@dataclass(frozen=True, kw_only=True)
class Product:
    """What a step made of one asset. The value is `NoValue` when the function stored it itself."""

    key: AssetKey
    value: Any
    metadata: Mapping[str, MetadataValue] = field(default_factory=dict)
    tags: Mapping[str, str] = field(default_factory=dict)
    data_version: DataVersion | None = None


def products(definition: AssetsDefinition, result: Any) -> Iterator[Product]:
    """Yield what a call gave, one product an asset, as soon as each is there.

    Raises
    ------
    OutputError
        When it gave something for no asset of the definition, twice for one, or nothing for a required one.
    """
    if inspect.iscoroutine(result):
        result = _awaited(result)
    given: set[AssetKey] = set()
    if inspect.isasyncgen(result):
        result = _drained(result)
    is_stream = inspect.isgenerator(result)
    for item in result if is_stream else (result,):
        product = _product(definition, item, given_alone=not is_stream)
        if product is None:
            continue
        if product.key in given:
            raise OutputError(
                f"`{definition.node_name}` gave `{product.key.to_user_string()}` twice: yield it once."
            )
        if product.value is not NoValue:
            check_output(
                definition, product.value, returned_output=isinstance(item, Output) and not is_stream
            )
        given.add(product.key)
        yield product
    missing = [key for key in definition.specs_by_key if key not in given]
    if missing and definition.output_required:
        names = ", ".join(f"`{key.to_user_string()}`" for key in missing)
        raise OutputError(
            f"`{definition.node_name}` yielded nothing for {names}: yield an Output or a MaterializeResult for each "
            "asset, or declare it with output_required=False."
        )


def _product(definition: AssetsDefinition, item: Any, *, given_alone: bool) -> Product | None:
    if isinstance(item, Output):
        return Product(
            key=_key_of_output(definition, item.output_name),
            value=item.value,
            metadata=item.metadata,
            tags=item.tags,
            data_version=item.data_version,
        )
    if isinstance(item, MaterializeResult):
        key = item.asset_key or definition.key
        if key not in definition.specs_by_key:
            names = [known.to_user_string() for known in definition.specs_by_key]
            raise OutputError(
                f"`{definition.node_name}` gave a MaterializeResult for `{key.to_user_string()}`, which it does not "
                f"make.{near(key.to_user_string(), names)} It makes {', '.join(names)}."
            )
        return Product(
            key=key, value=item.value, metadata=item.metadata, tags=item.tags, data_version=item.data_version
        )
    if not given_alone:
        raise OutputError(
            f"`{definition.node_name}` yielded a {type(item).__name__}: a function that yields gives an Output or a "
            "MaterializeResult each time. To make a generator the value, return a list of its items."
        )
    if item is None and (definition.compute.returns_nothing or not definition.output_required):
        return Product(key=definition.key, value=NoValue) if definition.output_required else None
    return Product(key=definition.key, value=item)


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
