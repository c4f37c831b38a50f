"""What a step's function gave, read into one product an asset."""

from __future__ import annotations

import asyncio
import contextvars
import inspect
import threading
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from nb_assets.definitions.result import DEFAULT_OUTPUT, DataVersion, MaterializeResult, NoValue, Output
from nb_assets.errors import OutputError, near

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
    items = result if inspect.isgenerator(result) else iter((result,))
    for item in items:
        product = _product(definition, item, given_alone=not inspect.isgenerator(result))
        if product is None:
            continue
        if product.key in given:
            raise OutputError(
                f"`{definition.node_name}` gave `{product.key.to_user_string()}` twice: yield it once."
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


def _awaited(coroutine: Any) -> Any:
    """Run a coroutine to its end. A notebook's own loop is running on its thread, so it gets a thread of its own."""
    outcome: dict[str, Any] = {}

    def run() -> None:
        try:
            outcome["value"] = asyncio.run(coroutine)
        except BaseException as error:  # noqa: BLE001 - raised again where it was asked for
            outcome["error"] = error

    thread = threading.Thread(target=contextvars.copy_context().run, args=(run,), name="nb_assets-async")
    thread.start()
    thread.join()
    if "error" in outcome:
        raise outcome["error"]
    return outcome["value"]
