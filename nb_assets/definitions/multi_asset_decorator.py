"""`@multi_asset`: a function that makes several assets."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from nb_assets.definitions.asset_decorator import inputs_of
from nb_assets.definitions.asset_dep import as_deps
from nb_assets.definitions.assets_definition import AssetsDefinition
from nb_assets.definitions.compute import compute_function
from nb_assets.definitions.naming import checked_name
from nb_assets.errors import DefinitionError, near

if TYPE_CHECKING:
    from nb_assets.definitions.asset_in import AssetIn
    from nb_assets.definitions.asset_key import AssetKey
    from nb_assets.definitions.asset_out import AssetOut
    from nb_assets.definitions.asset_spec import AssetSpec
    from nb_assets.definitions.retry import RetryPolicy


def multi_asset(
    *,
    outs: Mapping[str, AssetOut] | None = None,
    name: str | None = None,
    ins: Mapping[str, AssetIn] | None = None,
    deps: Iterable[Any] | None = None,
    description: str | None = None,
    internal_asset_deps: Mapping[str, set[AssetKey]] | None = None,
    can_subset: bool = False,
    group_name: str | None = None,
    retry_policy: RetryPolicy | None = None,
    code_version: str | None = None,
    specs: Sequence[AssetSpec] | None = None,
) -> Callable[[Callable[..., Any]], AssetsDefinition]:
    """Make several assets of one function.

    The function returns the values in the order of the outputs, or a dict of them by output name, or yields an `Output`
    or a `MaterializeResult` for each as soon as it is there.

    Parameters
    ----------
    outs
        The assets by output name; their values are stored.
    specs
        In place of outs: assets whose values the function stores itself, or hands over in a `MaterializeResult`.
    ins, deps
        As in `@asset`; they hold for every output unless `internal_asset_deps` says otherwise.
    internal_asset_deps
        What an output is derived from, by output name, where that is not all inputs: inputs, or other outputs.
    can_subset
        Whether the function can make some of its assets alone: it then looks at `context.selected_asset_keys`.
    group_name, code_version
        Those of the outputs that name none.

    Raises
    ------
    DefinitionError
        When neither outs nor specs are given, or both; when a name, key or group is not a valid one; or when
        dependencies name what is neither an input nor an output.
    """
    if (outs is None) == (specs is None):
        raise DefinitionError(
            "give @multi_asset its assets either as outs or as specs: one of them, and not both."
        )
    if specs is not None and (deps is not None or internal_asset_deps is not None):
        raise DefinitionError(
            "with specs, each AssetSpec has its own deps: give @multi_asset neither deps nor internal_asset_deps."
        )
    _check_groups(group_name, outs, specs)

    def decorate(fn: Callable[..., Any]) -> AssetsDefinition:
        if not callable(fn):
            raise DefinitionError(f"@multi_asset goes on a function, not on {fn!r}.")
        node_name = checked_name(name or getattr(fn, "__name__", "multi_asset"), "multi_asset")
        compute = compute_function(fn)
        inputs = inputs_of(compute, ins or {}, node_name)
        if specs is not None:
            by_output = {
                spec.key.to_python_identifier(): _with_defaults(spec, group_name, code_version)
                for spec in specs
            }
            _check_specs(node_name, specs, inputs)
        else:
            upstream = as_deps(deps)
            by_output = {
                checked_name(output, "output"): out.spec(
                    output, deps=upstream, group_name=group_name, code_version=code_version
                )
                for output, out in (outs or {}).items()
            }
        _check_keys(node_name, by_output)
        return AssetsDefinition(
            compute=compute,
            node_name=node_name,
            specs_by_output_name=by_output,
            keys_by_input_name=inputs,
            retry_policy=retry_policy,
            optional_outputs=frozenset(output for output, spec in by_output.items() if spec.skippable),
            valueless_outputs=frozenset(by_output if specs is not None else ()),
            can_subset=can_subset,
            upstream_by_key=_upstream_by_key(node_name, by_output, inputs, internal_asset_deps, specs),
            types_by_output={
                output: out.dagster_type for output, out in (outs or {}).items() if out.dagster_type
            },
            description=description or inspect.getdoc(fn),
        )

    return decorate


def _check_groups(
    group: str | None, outs: Mapping[str, AssetOut] | None, specs: Sequence[AssetSpec] | None
) -> None:
    given = [spec.group for spec in specs or ()] + [
        out.spec(name).group for name, out in (outs or {}).items()
    ]
    if group is not None and any(given):
        raise DefinitionError(
            f"the group `{group}` is given to the whole @multi_asset, and one of its assets names a group too: an asset "
            "is in one group, so give it in one place."
        )


def _with_defaults(spec: AssetSpec, group: str | None, code_version: str | None) -> AssetSpec:
    return spec.replace_attributes(
        group_name=spec.group or group, code_version=spec.code_version or code_version
    )


def _check_specs(node: str, specs: Sequence[AssetSpec], inputs: Mapping[str, AssetKey]) -> None:
    named = {dep.asset_key for spec in specs for dep in spec.deps}
    for argument, key in inputs.items():
        if key not in named:
            raise DefinitionError(
                f"`{node}` takes `{argument}`, and none of its specs depends on `{key.to_user_string()}`: name it in the "
                "deps of those that are derived from it."
            )


def _check_keys(node: str, by_output: Mapping[str, AssetSpec]) -> None:
    seen: set[AssetKey] = set()
    for spec in by_output.values():
        if spec.key in seen:
            raise DefinitionError(
                f"`{node}` makes `{spec.key.to_user_string()}` twice: give each output a key of its own."
            )
        seen.add(spec.key)


def _upstream_by_key(
    node: str,
    by_output: Mapping[str, AssetSpec],
    inputs: Mapping[str, AssetKey],
    internal: Mapping[str, set[AssetKey]] | None,
    specs: Sequence[AssetSpec] | None,
) -> dict[AssetKey, tuple[AssetKey, ...]] | None:
    if specs is not None:
        return {spec.key: tuple(dep.asset_key for dep in spec.deps) for spec in by_output.values()}
    if internal is None:
        return None
    for output in internal:
        if output not in by_output:
            raise DefinitionError(
                f"internal_asset_deps of `{node}` names the output `{output}`, which it has not.{near(output, by_output)}"
            )
    everything = dict.fromkeys([*inputs.values(), *(d.asset_key for s in by_output.values() for d in s.deps)])
    known = {*everything, *(spec.key for spec in by_output.values())}
    for output, keys in internal.items():
        for key in keys:
            if key not in known:
                raise DefinitionError(
                    f"internal_asset_deps of `{node}` says that `{output}` is derived from `{key.to_user_string()}`, "
                    "which is neither one of its inputs nor one of its assets."
                )
    return {
        spec.key: tuple(sorted(internal[output])) if output in internal else tuple(everything)
        for output, spec in by_output.items()
    }
