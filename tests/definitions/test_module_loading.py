"""Loading assets from modules: what is refused, and how it is told. What is loaded is compared with Dagster in `oracle`."""

from __future__ import annotations

import sys
from pathlib import Path
from types import ModuleType

import pytest

from nb_assets import (
    AssetKey,
    AssetSpec,
    Definitions,
    asset,
    load_assets_from_current_module,
    load_assets_from_modules,
    load_assets_from_package_name,
)
from nb_assets.definitions.module_loading import assets_of_module
from nb_assets.errors import DefinitionError, DuplicateKeyError


def module(name: str, **names) -> ModuleType:
    made = ModuleType(name)
    vars(made).update(names)
    return made


def made(name: str, **options):
    return asset(name=name, **options)(lambda: 1)


@asset
def of_this_module():
    return 1


def keys(loaded) -> list[str]:
    return [key.to_user_string() for item in loaded for key in item.specs_by_key]


def test_a_key_of_two_modules_names_both():
    with pytest.raises(DuplicateKeyError, match="`a` is defined twice, in one and in two: give one"):
        load_assets_from_modules([module("one", a=made("a")), module("two", a=made("a"))])


def test_a_key_twice_in_a_module_names_it():
    with pytest.raises(DuplicateKeyError, match="`a` is defined twice, in one: give one"):
        load_assets_from_modules([module("one", a=made("a"), b=made("a"))])


def test_a_group_conflict_names_both_groups():
    with pytest.raises(DefinitionError, match=r"`a` is in the group `h` already.* into `g` too"):
        load_assets_from_modules([module("one", a=made("a", group_name="h"))], group_name="g")


def test_what_is_no_module_is_told_of():
    with pytest.raises(DefinitionError, match="'one' is no module: import it"):
        load_assets_from_modules(["one"])  # type: ignore[list-item]


def test_a_prefix_that_is_no_text_is_told_of():
    with pytest.raises(DefinitionError, match="key_prefix is a text or a list of texts, not 3"):
        load_assets_from_modules([module("one")], key_prefix=3)  # type: ignore[arg-type]


def test_the_current_module_is_that_of_the_caller():
    assert keys(load_assets_from_current_module(key_prefix="p")) == ["p/of_this_module"]
    assert of_this_module.key == AssetKey("of_this_module")


def test_a_notebook_is_the_current_module_of_its_cells(notebook):
    notebook.run("from nb_assets import asset, load_assets_from_current_module\n@asset\ndef mine(): return 1")
    notebook.run("loaded = load_assets_from_current_module(group_name='g')")
    assert [one.group_names_by_key[one.key] for one in notebook.names["loaded"]] == ["g"]


def test_what_is_loaded_without_changes_is_the_same_object():
    one = made("a")
    (loaded,) = load_assets_from_modules([module("one", a=one)])
    assert loaded is one


def test_the_body_of_what_is_loaded_is_that_of_the_original():
    (loaded,) = load_assets_from_modules([module("one", a=made("a"))], key_prefix="p", group_name="g")
    assert loaded() == 1


def test_specs_that_are_loaded_stand_beside_what_reads_them():
    names = {"s": AssetSpec("s"), "a": asset(name="a", deps=["s"])(lambda: 1)}
    spec, reader = sorted(
        load_assets_from_modules(
            [module("one", **names)], include_specs=True, source_key_prefix="q", key_prefix="p"
        ),
        key=lambda item: not isinstance(item, AssetSpec),
    )
    assert spec.key == AssetKey(["q", "s"])
    assert reader.dependency_keys == (spec.key,)


def test_a_module_with_a_definitions_object_is_taken_at_its_word():
    inside, outside = made("inside"), made("outside")
    found = module("one", defs=Definitions(assets=[inside]), inside=inside, outside=outside)
    assert keys(assets_of_module(found)) == ["inside"]
    assert keys(assets_of_module(found, "g", "p")) == ["p/inside"]
    assert keys(load_assets_from_modules([found])) == ["inside", "outside"]


def test_a_package_is_looked_through_to_the_bottom(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.syspath_prepend(str(tmp_path))
    inner = tmp_path / "pack_of_tests" / "sub" / "deep"
    inner.mkdir(parents=True)
    for folder in (inner, inner.parent, inner.parent.parent):
        name = f"of_{folder.name}"
        (folder / "__init__.py").write_text(f"from nb_assets import asset\n@asset\ndef {name}(): return 1\n")
    try:
        assert sorted(keys(load_assets_from_package_name("pack_of_tests"))) == [
            "of_deep",
            "of_pack_of_tests",
            "of_sub",
        ]
    finally:
        for name in [name for name in sys.modules if name.startswith("pack_of_tests")]:
            del sys.modules[name]
