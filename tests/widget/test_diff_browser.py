"""What the kernel answers to a page that browses a diff."""

from __future__ import annotations

import pandas as pd
import pytest

from nb_assets.diff.frame_pages import FramePages
from nb_assets.widget.diff_browser import DiffConversation
from nb_assets.widget.diff_messages import read_question
from nb_assets.widget.fields import MessageError

QUESTION = {"kind": "page", "request": "v:1", "start": 0, "length": 50, "kinds": ["changed"], "column": ""}


def conversation(pages=None):
    old = pd.DataFrame({"id": range(20), "x": "<script>"})
    heard = []
    return DiffConversation(pages or (lambda: FramePages(old, old.assign(x="<i>"))), heard.append), heard


def test_a_page_is_answered_with_rows_that_are_text():
    asked, heard = conversation()
    asked.handle(QUESTION)
    (page,) = heard
    assert (page["kind"], page["request"], page["shown"], page["total"]) == ("page", "v:1", 20, 20)
    assert page["counts"] == {"changed": 20, "added": 0, "removed": 0}
    assert page["columns"] == {"x": 20}
    assert "<script>" not in page["html"]
    assert "&lt;script&gt;" in page["html"]


def test_the_frames_are_read_once_and_not_before_a_page_is_asked_for():
    reads = []

    def pages():
        reads.append(1)
        return FramePages(pd.DataFrame({"x": [1]}), pd.DataFrame({"x": [2]}))

    asked, heard = conversation(pages)
    assert reads == []
    for _ in range(3):
        asked.handle(QUESTION)
    assert (len(reads), len(heard)) == (1, 3)


def test_values_that_are_gone_are_told_in_words():
    def pages():
        raise OSError("the file is gone")

    asked, heard = conversation(pages)
    asked.handle(QUESTION)
    assert heard == [{"kind": "error", "request": "v:1", "message": "OSError: the file is gone"}]


@pytest.mark.parametrize(
    "change",
    [
        {"kind": "run"},
        {"start": -1},
        {"start": "0"},
        {"length": True},
        {"kinds": ["all"]},
        {"kinds": "changed"},
        {"column": 3},
        {"column": "x" * 5000},
        {"more": 1},
    ],
)
def test_what_is_no_question_is_refused(change):
    with pytest.raises(MessageError):
        read_question({**QUESTION, **change})
    asked, heard = conversation()
    asked.handle({**QUESTION, **change})
    assert heard[0]["kind"] == "error"


@pytest.mark.parametrize("content", [None, [], "page", {}])
def test_what_is_no_message_is_refused(content):
    with pytest.raises(MessageError):
        read_question(content)
