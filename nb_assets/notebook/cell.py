"""Registers what an `%%asset` cell defines, in any of its three forms, whole or not at all.

Decorated definitions and plain functions are found by running the cell in the notebook's namespace; a plain cell is
compiled and not run. When anything fails, the namespace is as it was before.
"""

from __future__ import annotations

import ast
import builtins
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from nb_assets.definitions.asset_decorator import asset
from nb_assets.definitions.asset_key import AssetKey
from nb_assets.definitions.asset_spec import AssetSpec
from nb_assets.definitions.assets_definition import AssetsDefinition, DefinitionHolder, definitions_in
from nb_assets.definitions.external_assets import external_in
from nb_assets.definitions.naming import checked_group, checked_name, checked_tags
from nb_assets.definitions.outside_dep import outside_dep
from nb_assets.definitions.registry import Origin
from nb_assets.definitions.result import DEFAULT_OUTPUT
from nb_assets.errors import CellError, near
from nb_assets.notebook.cell_result import UNSET, CellResult
from nb_assets.notebook.cell_source import CellSource
from nb_assets.notebook.plain_cell import Shown, plain_cell_function
from nb_assets.notebook.running_cell import running_cell

if TYPE_CHECKING:
    from IPython.core.interactiveshell import InteractiveShell

    from nb_assets.definitions.resource import ResourceDefinition
    from nb_assets.session import Session


@dataclass(frozen=True, kw_only=True)
class CellOptions:
    """What the line of `%%asset` says of the assets of its cell."""

    name: str | None = None
    group: str | None = None
    key_prefix: tuple[str, ...] = ()
    deps: tuple[AssetKey, ...] = ()
    code_version: str | None = None
    description: str | None = None
    kinds: tuple[str, ...] = ()
    tags: dict[str, str] = field(default_factory=dict)


def register_cell(shell: InteractiveShell, session: Session, cell: str, options: CellOptions) -> CellResult:
    """Register the assets that a cell defines.

    Raises
    ------
    CellError
        When the cell cannot be read, defines no asset, or gives no value.
    DefinitionError
        When a definition is not a valid one, or collides with another cell's.
    Exception
        Whatever the cell itself raises. In every case nothing is changed.
    """
    __tracebackhide__ = True
    source = CellSource(typed=cell, python="\n" + shell.transform_cell(cell) if cell.strip() else "")
    origin = _origin(shell, cell)
    had_assets = any(session.registry.origin(key).id == origin.id for key in session.registry.state.entries)
    if not source.tree.body and not had_assets:
        raise CellError(
            "the cell is empty: put a definition, a function, or code that gives a value under `%%asset`."
        )
    if options.group is not None:
        checked_group(options.group)
    before = {key for key, status in session.status().items() if status.state == "fresh"}
    with _unchanged_on_error(shell.user_ns):
        building = _Building(shell, session, source, options)
        definitions, shown = building.definitions(had_assets=had_assets)
        change = session.register(origin, definitions, building.resources)
        building.bind(definitions)
    after = session.status()
    keys = tuple(key for definition in definitions for key in definition.specs_by_key)
    return CellResult(
        keys=tuple(key for key in keys if key in session.graph),
        external=tuple(key for key in keys if key not in session.graph),
        checks=tuple(key for each in definitions if not each.specs_by_key for key in each.check_specs_by_key),
        change=change,
        became_stale=tuple(key for key, status in after.items() if key in before and status.state != "fresh"),
        unknown_inputs=_unknown_inputs(session, definitions),
        source=source,
        shown=shown or Shown(),
        is_plain=shown is not None,
        resources=tuple(building.resources),
        last_value=building.last_value,
    )


class _Building:
    """Turns one cell into definitions."""

    def __init__(
        self, shell: InteractiveShell, session: Session, source: CellSource, options: CellOptions
    ) -> None:
        self.shell = shell
        self.session = session
        self.source = source
        self.options = options
        self.name = None if options.name is None else _checked_cell_name(options.name)
        self.last_value: Any = UNSET
        self._names: dict[str, AssetsDefinition] = {}
        self.resources: dict[str, ResourceDefinition] = {}

    def definitions(self, *, had_assets: bool) -> tuple[list[AssetsDefinition], Shown | None]:
        __tracebackhide__ = True
        if self._is_plain():
            definition, shown = self._plain_cell()
            return [definition], shown
        self._run()
        found = self._decorated()
        if not found and self.name is None and (self.resources or (had_assets and not self.source.functions)):
            return (
                [],
                None,
            )  # a cell of resources alone, for the assets of others; or one whose assets were deleted
        if not found:
            found = [self._plain_function()]
        elif self.name is not None:
            raise CellError(
                f"the cell defines assets of its own ({', '.join(_names(found))}), so `{self.name}` names nothing: leave "
                "it out, or rename one with @asset(name=…)."
            )
        return self._with_options(found), None

    def bind(self, definitions: list[AssetsDefinition]) -> None:
        """Bind the names that the cell gave to its definitions to those with the options of the line applied."""
        by_compute = {id(definition.compute): definition for definition in definitions}
        for name, definition in self._names.items():
            self.shell.user_ns[name] = by_compute.get(id(definition.compute), definition)

    def _is_plain(self) -> bool:
        if self.name is None or self.source.has_decorated:
            return False
        variable = self.name.rpartition("/")[2]
        if variable in self.source.functions:
            return False
        gives = self.source.last_expression is not None or variable in self.source.bound
        return gives or not self.source.functions

    def _plain_cell(self) -> tuple[AssetsDefinition, Shown]:
        assert self.name is not None
        key = AssetKey([*self.options.key_prefix, *self.name.split("/")])
        variable = key.parts[-1]
        inputs = {name: found for name in self.source.taken if (found := self._asset_named(name)) is not None}
        if variable in self.source.taken:
            raise CellError(
                f"the cell of `{variable}` reads `{variable}` before it assigns it, so the asset would be derived from "
                "itself. Name the asset differently from what it reads."
            )
        compute, shown = plain_cell_function(
            self.source, variable, list(inputs), self._compile, self.shell.user_ns
        )
        spec = AssetSpec(
            key,
            deps=self.options.deps,
            description=self.options.description or ast.get_docstring(self.source.tree),
            group_name=self.options.group,
            code_version=self.options.code_version,
            tags=self.options.tags,
            kinds=self.options.kinds,
        )
        definition = AssetsDefinition.build(
            compute=compute,
            node_name=key.to_python_identifier(),
            specs_by_output_name={DEFAULT_OUTPUT: spec},
            keys_by_input_name=inputs,
        )
        self._names[variable] = definition
        return definition, shown

    def _asset_named(self, name: str) -> AssetKey | None:
        """Return the asset that a name of the cell stands for.

        It is a registered key, what a variable is bound to, or, for a name that is bound to nothing, what another
        notebook of the project has made.
        """
        if AssetKey(name) in self.session.registry:
            return AssetKey(name)
        if name not in self.shell.user_ns:
            elsewhere = not hasattr(builtins, name) and self.session.is_made_elsewhere(AssetKey(name))
            return AssetKey(name) if elsewhere else None
        bound = self.shell.user_ns[name]
        if (
            isinstance(bound, AssetsDefinition)
            and len(bound.specs) == 1
            and bound.key in self.session.registry
        ):
            return bound.key
        return None

    def _run(self) -> None:
        if self.source.awaits:
            raise CellError(
                "the cell awaits something at its top level while it defines assets: await it inside an `async def`, or "
                "in a cell of its own before this one."
            )
        # Frames below this one are the user's; IPython leaves out those above.
        __tracebackhide__ = "__ipython_bottom__"
        body = list(self.source.tree.body)
        last = body.pop() if self.source.last_expression is not None else None
        exec(self._compile(ast.Module(body, [])), self.shell.user_ns)  # noqa: S102 - the user's own cell
        if isinstance(last, ast.Expr):
            code = compile(ast.Expression(last.value), self._filename, "eval", dont_inherit=True)
            self.last_value = eval(code, self.shell.user_ns)  # noqa: S307

    def _compile(self, tree: ast.Module) -> Any:
        return compile(tree, self._filename, "exec", dont_inherit=True)

    @property
    def _filename(self) -> str:
        # Caching the source is what lets tracebacks and `inspect` find it.
        return str(
            self.shell.compile.cache(
                self.source.python, _cell_number(self.shell), raw_code=self.source.python
            )
        )

    def _decorated(self) -> list[AssetsDefinition]:
        found: dict[int, AssetsDefinition] = {}
        declared: dict[AssetKey, AssetsDefinition] = {}
        for name in self.source.bound:
            value = self.shell.user_ns.get(name)
            if type(value).__name__ == "AssetsDefinition" and type(value).__module__.startswith("dagster."):
                raise CellError(
                    f"`{name}` is made by Dagster's own decorator: import `asset` from `nb_assets` in place of "
                    "`dagster`. The names and parameters are the same."
                )
            if isinstance(value, DefinitionHolder):
                self._take_resources(value)
            for definition in definitions_in(value):
                found[id(definition)] = definition
                if isinstance(value, DefinitionHolder):
                    declared |= dict.fromkeys(definition.specs_by_key, definition)
            if isinstance(value, AssetsDefinition):
                self._names[name] = value
        made = {key for definition in found.values() for key in definition.specs_by_key}
        named = [self.shell.user_ns.get(name) for name in self.source.bound]
        found |= {id(told): told for told in external_in(named, made)}
        # What a `Definitions` object says of an asset holds, and what the cell imports from a loaded module is there.
        return [
            definition
            for definition in found.values()
            if all(declared.get(key, definition) is definition for key in definition.specs_by_key)
            and not self._is_loaded(definition)
        ]

    def _take_resources(self, holder: DefinitionHolder) -> None:
        for name, definition in holder.resource_defs.items():
            known = self.resources.setdefault(name, definition)
            if known is not definition:
                raise CellError(
                    f"the cell gives two different resources the name `{name}`: its assets have one of each name."
                )

    def _is_loaded(self, definition: AssetsDefinition) -> bool:
        """Tell whether a definition is registered from a module, which the cell may import from."""
        registry = self.session.registry
        entries = registry.state.entries
        keys = [key for key in entries if _is_same(entries[key], definition)]
        return bool(keys) and all(registry.origin(key).id.startswith("module ") for key in keys)

    def _plain_function(self) -> AssetsDefinition:
        functions = self.source.functions
        variable = None if self.name is None else self.name.rpartition("/")[2]
        if variable in functions:
            chosen = variable
        elif len(functions) == 1 and (self.name is not None or self.source.only_defines):
            chosen = functions[0]
        elif len(functions) > 1:
            raise CellError(
                f"the cell defines {len(functions)} functions and no asset: put `@asset` on those that are assets, or "
                f"name one of them, as in `%%asset {functions[-1]}`."
            )
        else:
            raise CellError(
                "the cell defines no asset. Put `@asset` on a function in it, define one plain function, or, for "
                "ordinary code, name the asset that it makes: `%%asset NAME`."
            )
        path = [chosen] if self.name is None else self.name.split("/")
        decorated = asset(name=path[-1], key_prefix=path[:-1])(self.shell.user_ns[chosen])
        self._names[str(chosen)] = decorated
        return decorated

    def _with_options(self, definitions: list[AssetsDefinition]) -> list[AssetsDefinition]:
        options = self.options
        if options.description is not None and len(definitions) > 1:
            raise CellError(
                "--description tells of one asset, and the cell defines several: use their docstrings."
            )
        prefix = options.key_prefix
        # What is made elsewhere keeps its key, and nothing is added to what it is derived from.
        own = [key for each in definitions if each.is_executable for key in each.specs_by_key]
        rename = {key: key.with_prefix(prefix) for key in own} if prefix else {}

        def change(spec: AssetSpec) -> AssetSpec:
            if spec.key not in own:
                return spec.replace_attributes(group_name=spec.own_group or options.group)
            deps = {dep.asset_key: dep for dep in (each.renamed(rename) for each in spec.deps)}
            more = [key for key in options.deps if key not in deps]
            return spec.replace_attributes(
                key=rename.get(spec.key, spec.key),
                deps=[*deps.values(), *more],
                group_name=spec.own_group or options.group,
                code_version=spec.code_version or options.code_version,
                description=options.description or spec.description,
                tags={**checked_tags(options.tags, options.kinds), **spec.tags},
            )

        return [definition.with_specs(change, rename) for definition in definitions]


def _checked_cell_name(name: str) -> str:
    for part in name.split("/"):
        checked_name(part)
    if hasattr(builtins, name):
        raise CellError(
            f"`{name}` is a function of Python itself, and the asset would hide it from the whole notebook. Choose "
            f"another name, for example `{name}_asset`."
        )
    if not name.rpartition("/")[2].isidentifier():
        raise CellError(
            f'"{name}" cannot be the name of a variable: begin it with a letter or an underscore.'
        )
    return name


def _is_same(registered: AssetsDefinition, definition: AssetsDefinition) -> bool:
    if not definition.is_executable:
        return registered.specs_by_key.keys() == definition.specs_by_key.keys()
    return registered.compute is definition.compute


def _names(definitions: list[AssetsDefinition]) -> Iterator[str]:
    for each in definitions:
        yield from (f"`{key.to_user_string()}`" for key in each.specs_by_key)
        yield from (f"`{key.to_user_string()}`" for key in each.check_specs_by_key)


def _unknown_inputs(session: Session, definitions: list[AssetsDefinition]) -> dict[AssetKey, str]:
    known = [key.to_user_string() for key in session.registry]
    unknown: dict[AssetKey, str] = {}
    for definition in definitions:
        own = {key.to_user_string() for key in definition.specs_by_key}
        for key in definition.dependency_keys:
            if (
                outside_dep(key) is None
                and key not in session.registry
                and not session.is_made_elsewhere(key)
            ):
                unknown[key] = near(key.to_user_string(), [name for name in known if name not in own]).strip()
    return unknown


def _origin(shell: InteractiveShell, cell: str) -> Origin:
    cell_id = running_cell(shell).cell_id
    lines = [line.strip() for line in cell.splitlines() if line.strip() and not line.lstrip().startswith("#")]
    return Origin(
        # Without an id from the front end, a cell is known by what it defines, and this id is never met again.
        id=cell_id or str(uuid.uuid4()),
        label=f"cell [{_cell_number(shell)}]",
        excerpt=(lines[0] if lines else "")[:60],
        certain=bool(cell_id),
    )


def _cell_number(shell: InteractiveShell) -> int:
    """Return the number that the front end shows beside the cell that runs."""
    # Not `execution_count`, which IPython 9 raises before it runs a cell, and IPython 8 afterwards.
    # Nor `In`, which is also the name of what an op takes in, and whoever imports that has it in the place of IPython's.
    history: Any = shell.history_manager
    return len(history.input_hist_parsed) - 1


@contextmanager
def _unchanged_on_error(namespace: dict[str, Any]) -> Iterator[None]:
    """Put every name back as it was when the block raises."""
    before = dict(namespace)
    try:
        yield
    except BaseException:
        for name in [name for name in namespace if name not in before]:
            del namespace[name]
        namespace.update(before)
        raise
