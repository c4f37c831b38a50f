from __future__ import annotations

import sys
from concurrent.futures import ThreadPoolExecutor

import pytest

from nb_assets import AssetKey, asset
from nb_assets.definitions.registry import Origin, Registry
from nb_assets.errors import DuplicateKeyError, SelectionError


def made(*names: str):
    return [asset(name=name)(lambda: 1) for name in names]


def cell(number: int, *, certain: bool = True) -> Origin:
    return Origin(id=f"id{number}", label=f"cell [{number}]", excerpt=f"code {number}", certain=certain)


def names(keys) -> list[str]:
    return [key.to_user_string() for key in keys]


@pytest.fixture
def registry() -> Registry:
    registry = Registry()
    registry.register(cell(1), made("a", "b"))
    registry.register(cell(2), made("c"))
    return registry


def test_definitions_are_found_by_key_and_by_text(registry: Registry):
    assert names(registry) == ["a", "b", "c"]
    assert registry["a"] is registry[AssetKey("a")]
    assert "c" in registry
    assert 3 not in registry


def test_a_cell_that_is_run_again_replaces_what_it_defined(registry: Registry):
    change = registry.register(cell(1), made("b", "d"))
    assert (names(change.added), names(change.redefined), names(change.removed)) == (["d"], ["b"], ["a"])
    assert sorted(names(registry)) == ["b", "c", "d"]


def test_the_same_key_from_two_cells_names_both_and_changes_nothing(registry: Registry):
    before, revision = dict(registry), registry.revision
    with pytest.raises(DuplicateKeyError) as caught:
        registry.register(cell(2), made("c", "a", "e"))
    for told in ("`a`", "cell [1]", "`code 1`", "cell [2]", "%assets forget a"):
        assert told in str(caught.value)
    assert (dict(registry), registry.revision) == (before, revision)


def test_the_same_key_twice_in_a_cell_is_refused(registry: Registry):
    with pytest.raises(DuplicateKeyError, match=r"cell \[3\] defines `x` twice"):
        registry.register(cell(3), made("x", "x"))


def test_a_key_that_moved_may_be_defined_once_its_old_cell_was_run_again(registry: Registry):
    registry.register(cell(1), made("b"))
    assert names(registry.register(cell(2), made("c", "a")).added) == ["a"]


def test_removing_takes_out_and_tells(registry: Registry):
    assert names(registry.remove([AssetKey("b")]).removed) == ["b"]
    assert names(registry) == ["a", "c"]


def test_an_unknown_key_is_refused_with_near_names(registry: Registry):
    registry.register(cell(3), made("daily_trips"))
    with pytest.raises(SelectionError, match="Did you mean `daily_trips`"):
        registry.resolve("daily_trip")
    with pytest.raises(SelectionError, match="No asset is registered yet"):
        Registry().resolve("a")


def test_a_preview_changes_nothing(registry: Registry):
    change, _ = registry.preview(cell(1), made("z"))
    assert names(change.removed) == ["a", "b"]
    assert names(registry) == ["a", "b", "c"]


def test_a_cell_that_is_not_known_for_sure_may_define_its_asset_again():
    registry = Registry()
    registry.register(cell(1, certain=False), made("a"))
    assert names(registry.register(cell(2, certain=False), made("a")).redefined) == ["a"]
    assert registry.origin(AssetKey("a")).label == "cell [2]"


def test_cells_that_register_on_several_threads_at_once_all_count():
    registry = Registry()
    cells = [(cell(number), made(f"a{number}")) for number in range(120)]
    interval = sys.getswitchinterval()
    sys.setswitchinterval(1e-5)
    try:
        with ThreadPoolExecutor(4) as pool:
            list(pool.map(lambda each: registry.register(*each), cells))
            list(pool.map(lambda each: registry.remove([AssetKey(f"a{each}")]), range(0, 120, 2)))
    finally:
        sys.setswitchinterval(interval)
    assert len(registry) == 60
    assert registry.revision == 180
