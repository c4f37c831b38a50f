from __future__ import annotations

import pickle
import subprocess
import sys

import pytest

from nb_assets import AssetKey, AssetSpec, asset
from nb_assets.errors import DefinitionError


def test_a_key_is_the_same_however_it_is_written():
    keys = {AssetKey("a"), AssetKey(["a"]), AssetKey(("a",)), AssetKey.from_user_string("a")}
    assert len(keys) == 1


def test_a_text_with_slashes_is_split_only_where_people_write_keys():
    assert AssetKey("a/b").parts == ("a/b",)
    assert AssetKey.from_user_string("a/b").parts == ("a", "b")


@pytest.mark.parametrize("nothing", [3, None, [], [1], {"a"}, ["a", None]])
def test_what_is_no_key_is_refused_with_an_example(nothing: object):
    with pytest.raises(DefinitionError, match="such as") as caught:
        AssetKey(nothing)
    assert repr(nothing) in str(caught.value)


def test_a_key_is_read_from_whatever_has_one():
    @asset(key_prefix="raw")
    def trips(): ...

    assert AssetKey.from_coercible(trips) == AssetKey(["raw", "trips"])
    assert AssetKey.from_coercible(AssetSpec("x")) == AssetKey("x")
    with pytest.raises(DefinitionError, match="does not name an asset"):
        AssetKey.from_coercible(object())


def test_keys_cannot_be_changed():
    with pytest.raises(AttributeError, match="cannot be changed"):
        AssetKey("a").parts = ("b",)


def test_keys_sort_by_their_parts():
    keys = [AssetKey(["b"]), AssetKey(["a", "z"]), AssetKey(["a"])]
    assert [key.to_user_string() for key in sorted(keys)] == ["a", "a/z", "b"]


def test_a_pickled_key_is_found_in_a_process_with_other_hashes():
    pickled = pickle.dumps(AssetKey(["a", "b"]))
    program = f"import pickle; from nb_assets import AssetKey; print({{AssetKey(['a', 'b'])}} == {{pickle.loads({pickled!r})}})"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "True"


@pytest.mark.parametrize("parts", [["a", "b"], ["a/b"], ["a\\", "b"], ["a\\/b", "c"], ["", "x"]])
def test_an_escaped_text_means_one_key_only(parts):
    key = AssetKey(parts)
    assert AssetKey.from_escaped_user_string(key.to_escaped_user_string()) == key
    assert "\\/" not in AssetKey(["a", "b"]).to_escaped_user_string()
