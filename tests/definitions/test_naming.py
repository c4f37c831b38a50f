from __future__ import annotations

import pytest

from nb_assets.definitions.naming import checked_group, checked_name, checked_owners, checked_tags
from nb_assets.errors import DefinitionError


@pytest.mark.parametrize("name", ["a", "a_b", "A1", "_x", "2024", "größe".encode("ascii", "ignore").decode()])
def test_letters_digits_and_underscores_make_a_name(name: str):
    assert checked_name(name) == name


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("a b", 'Write "a_b"'),
        ("a-b", 'Write "a_b"'),
        ("a/b", "key_prefix"),
        ("größe", 'Write "gr_e"'),
        ("", "Choose another"),
        ("--", "Choose another"),
        ("class", 'for example "class_asset"'),
        ("context", 'for example "context_asset"'),
        (3, "is a string, not 3 (int)"),
        (None, "is a string, not None"),
    ],
)
def test_another_name_is_refused_with_one_that_would_do(name: object, told: str):
    with pytest.raises(DefinitionError) as caught:
        checked_name(name)
    assert told in str(caught.value)


@pytest.mark.parametrize("group", ["a", "a/b", "a/b_1/c"])
def test_groups_nest_with_slashes(group: str):
    assert checked_group(group) == group


@pytest.mark.parametrize("group", ["", "a-b", "/a", "a/", "a//b", "a b", 3])
def test_another_group_is_refused(group: object):
    with pytest.raises(DefinitionError, match="is not a group name"):
        checked_group(group)


def test_kinds_are_tags():
    assert checked_tags({"a": "b"}, ["pandas"]) == {"a": "b", "dagster/kind/pandas": ""}


@pytest.mark.parametrize(
    ("tags", "kinds", "told"),
    [
        ({"a": 1}, None, "Put other values in metadata"),
        ({1: "a"}, None, "text to text"),
        ({"a b": "c"}, None, "cannot be the key of a tag"),
        ({"a/b/c": "c"}, None, "cannot be the key of a tag"),
        ({"a" * 64: "c"}, None, "cannot be the key of a tag"),
        ({"a": "b c"}, None, "cannot be the value of the tag"),
        ({"a": "b" * 64}, None, "cannot be the value of the tag"),
        ({}, "pandas", 'write kinds={"pandas"}'),
        ({}, [f"k{n}" for n in range(11)], "at most 10 kinds, not 11"),
        ({}, ["a b"], "cannot be the key of a tag"),
    ],
)
def test_other_tags_and_kinds_are_refused(tags: dict, kinds: object, told: str):
    with pytest.raises(DefinitionError) as caught:
        checked_tags(tags, kinds)
    assert told in str(caught.value)


@pytest.mark.parametrize("owner", ["ada", "team:", "@x.org", "a@b", 3])
def test_an_owner_is_an_address_or_a_team(owner: object):
    with pytest.raises(DefinitionError, match="an e-mail address or a team"):
        checked_owners([owner], "trips")
    assert checked_owners(["ada@example.com", "team:x"], "trips") == ("ada@example.com", "team:x")
