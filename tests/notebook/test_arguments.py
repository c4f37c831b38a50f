from __future__ import annotations

import pytest

from nb_assets.errors import UsageError
from nb_assets.notebook.commands import ASSET, ASSETS, COMMANDS, MATERIALIZE


def test_a_selection_keeps_its_text_as_it_was_typed():
    given = MATERIALIZE.parse('key:"a b" or (+daily and not  group:metrics) --force')
    assert given.text == 'key:"a b" or (+daily and not  group:metrics)'
    assert given.has("--force")


@pytest.mark.parametrize(
    ("line", "text", "values"),
    [
        ("", "", {}),
        ("daily -g metrics", "daily", {"--group": ("metrics",)}),
        ("-g metrics daily", "daily", {"--group": ("metrics",)}),
        ("daily --group=metrics", "daily", {"--group": ("metrics",)}),
        ("daily -m", "daily", {"--materialize": ()}),
        ("daily --deps a b -m", "daily", {"--deps": ("a", "b"), "--materialize": ()}),
        ("daily --description 'two words'", "daily", {"--description": ("two words",)}),
        ('daily --description "it\'s \\"it\\""', "daily", {"--description": ('it\'s "it"',)}),
        ("daily --kind pandas --kind table", "daily", {"--kind": ("pandas", "table")}),
        ("daily --tag a=b --tag c=d", "daily", {"--tag": ("a=b", "c=d")}),
        ("daily --tag=a=b", "daily", {"--tag": ("a=b",)}),
    ],
)
def test_an_asset_line_is_split_into_name_and_options(line, text, values):
    given = ASSET.parse(line)
    assert (given.text, dict(given.values)) == (text, values)


def test_a_negative_version_is_a_number_and_no_option():
    assert ASSETS.parse("diff daily -2 -1").words == ("diff", "daily", "-2", "-1")


def test_an_unknown_option_names_its_near_neighbours_and_the_rest():
    with pytest.raises(UsageError) as error:
        MATERIALIZE.parse("daily --forse")
    assert "no option `--forse`" in str(error.value)
    assert "Did you mean `--force`?" in str(error.value)
    assert "`--upstream`" in str(error.value)
    assert "\n" not in str(error.value)


def test_an_option_without_its_value_says_what_to_write():
    with pytest.raises(UsageError, match="write `--group GROUP`"):
        ASSET.parse("daily -g")


def test_an_option_given_twice_is_refused():
    with pytest.raises(UsageError, match="twice"):
        ASSET.parse("daily -g a -g b")


def test_a_switch_takes_no_value():
    with pytest.raises(UsageError, match="takes no value"):
        MATERIALIZE.parse("--force=yes")


@pytest.mark.parametrize("command", COMMANDS.values(), ids=COMMANDS)
def test_the_help_explains_every_option(command):
    for option in command.options:
        assert option.flag in command.help
        assert " ".join(option.help.split()) in " ".join(command.help.split())
