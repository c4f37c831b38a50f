"""The code of assets that ops make: what an edit of each part of it does to its fingerprint."""

from __future__ import annotations

import linecache
import textwrap

import pytest

from nb_assets.fingerprint.code import fingerprint_code

PROGRAM = textwrap.dedent(
    """
    from nb_assets import graph, graph_asset, op

    FACTOR = 3

    def helper(value):
        return value * FACTOR

    @op
    def outer(value, extra=1):
        return helper(value) + extra

    @op(code_version="1")
    def versioned(value):
        return value + 20

    @graph
    def nested(value):
        return versioned(outer(value))

    @graph_asset
    def made():
        OFFSET = 7

        @op
        def inner():
            return OFFSET + 100

        return nested(inner())
    """
)


def parts(source: str):
    filename = f"<program {hash(source)}>"
    linecache.cache[filename] = (len(source), None, source.splitlines(keepends=True), filename)
    names = {"__name__": "__main__"}
    exec(compile(source, filename, "exec"), names)
    return fingerprint_code(names["made"])


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("value * FACTOR", "value / FACTOR"),
        ("FACTOR = 3", "FACTOR = 4"),
        ("helper(value) + extra", "helper(value) - extra"),
        ("extra=1", "extra=2"),
        ("OFFSET = 7", "OFFSET = 8"),
        ("OFFSET + 100", "OFFSET + 101"),
        ("versioned(outer(value))", "outer(versioned(value))"),
        ("nested(inner())", "nested(nested(inner()))"),
    ],
)
def test_an_edit_of_an_op_or_of_what_it_reaches_is_an_edit_of_the_asset(before, after):
    assert before in PROGRAM
    assert parts(PROGRAM).version != parts(PROGRAM.replace(before, after)).version


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("    return value * FACTOR", "    # times\n    return value * FACTOR"),
        ("def helper(value):", "def helper(value: int) -> int:"),
        ("    return OFFSET", "    'Doc.'\n        return OFFSET"),
    ],
)
def test_comments_annotations_and_docstrings_are_no_edits(before, after):
    assert before in PROGRAM
    assert parts(PROGRAM).version == parts(PROGRAM.replace(before, after)).version


def test_the_same_program_has_the_same_fingerprint():
    assert parts(PROGRAM).version == parts(PROGRAM + "\n").version


def test_the_code_version_of_an_op_takes_the_place_of_its_code():
    assert parts(PROGRAM).version == parts(PROGRAM.replace("value + 20", "value + 21")).version
    assert parts(PROGRAM).version != parts(PROGRAM.replace('code_version="1"', 'code_version="2"')).version


def test_each_op_is_shown_by_its_path():
    shown = parts(PROGRAM).parts
    assert "return OFFSET + 100" in shown["inner"]
    assert "helper(value) + extra" in shown["nested.outer"]
    assert not parts(PROGRAM).untracked
