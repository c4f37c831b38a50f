"""The quickstart says what is true: its committed outputs are those of today's code, and so is its last paragraph."""

from __future__ import annotations

import re
from html.parser import HTMLParser

import nbformat
import pytest

from tests.refresh_quickstart import QUICKSTART, execute, without_live_parts

pytestmark = [pytest.mark.checkout, pytest.mark.kernel, pytest.mark.slow]

# What differs from run to run, and what it is compared as.
MASKS = (
    (re.compile(r"\d{4}-\d\d-\d\d \d\d:\d\d(:\d\d)?"), "WHEN"),
    (re.compile(r"just now|\d+ (seconds?|minutes?|s|min) ago"), "AGO"),
    (re.compile(r"<?\d[\d.,]*\s(ms|s|min)\b"), "LONG"),
    (re.compile(r"\b[0-9a-f]{8}\b"), "RUN"),
)


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """The folder that the quickstart was run in, with its store."""
    return tmp_path_factory.mktemp("quickstart")


@pytest.fixture(scope="module")
def executed(folder):
    return without_live_parts(execute(nbformat.read(QUICKSTART, as_version=4), folder))


def test_the_committed_outputs_are_those_of_today(executed):
    """When this fails for a reason: `python -m tests.refresh_quickstart`."""
    committed = nbformat.read(QUICKSTART, as_version=4)
    for cell, now in zip(committed.cells, executed.cells, strict=True):
        assert said(cell) == said(now), f"the cell {cell.source[:60]!r} says something else now"


def test_the_committed_notebook_holds_nothing_that_needs_a_kernel():
    committed = nbformat.read(QUICKSTART, as_version=4)
    assert without_live_parts(nbformat.from_dict(committed)) == committed
    assert QUICKSTART.stat().st_size < 1_000_000


def test_no_output_says_where_it_was_made():
    text = QUICKSTART.read_text(encoding="utf-8")
    for hint in ("/home/", "/root/", "/tmp/", "/Users/", "http://", "site-packages"):
        assert hint not in text.replace("http://www.w3.org/", "")


def test_after_a_restart_the_cells_of_parts_1_and_2_find_everything_fresh(executed, folder):
    document = nbformat.read(QUICKSTART, as_version=4)
    sources = [cell.source for cell in document.cells]
    part_3 = next(index for index, source in enumerate(sources) if source.startswith("## 3."))
    document.cells = [*document.cells[:part_3], nbformat.v4.new_code_cell("%materialize")]
    again = execute(document, folder)
    for cell in again.cells:
        for line in said(cell):
            assert not re.search(r"\d run\b|stale|missing|never materialized", line)
    assert re.match(r"✓ \d+ fresh", said(again.cells[-1])[0])


def said(cell) -> list[str]:
    """Return what the outputs of a cell say, in words, without what is different each time."""
    return [masked(text) for output in cell.get("outputs", ()) for text in texts(output)]


def texts(output) -> list[str]:
    if output.output_type == "stream":
        return [output.text]
    assert output.output_type in {"display_data", "execute_result"}
    found = [output.data.get("text/plain", "")]
    if "text/html" in output.data:
        reader = Words()
        reader.feed(output.data["text/html"])
        found.append(" ".join(reader.words))
    return found


def masked(text: str) -> str:
    for pattern, name in MASKS:
        text = pattern.sub(name, text)
    return " ".join(text.split())


class Words(HTMLParser):
    """Reads the words of a piece of HTML, those of pictures included."""

    def __init__(self) -> None:
        super().__init__()
        self.words: list[str] = []
        self._in_style = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._in_style = tag == "style"
        self.words += [text for name, text in attrs if name == "alt" and text]

    def handle_endtag(self, tag: str) -> None:
        self._in_style = False

    def handle_data(self, data: str) -> None:
        if not self._in_style:
            self.words.append(data)
