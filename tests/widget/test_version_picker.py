"""What the kernel answers to a page that picks two versions."""

from __future__ import annotations

import pytest

from nb_assets.errors import ValueMissingError
from nb_assets.widget.version_picker import PickerConversation

QUESTION = {"kind": "compare", "request": "v:1", "old": 1, "new": 3}


def conversation(compare=lambda old, new: f"<b>{old} {new}</b>"):
    heard = []
    return PickerConversation({1: "1", 2: "2", 3: "3"}, compare, heard.append), heard


def test_two_versions_are_compared():
    asked, heard = conversation()
    asked.handle(QUESTION)
    assert heard == [{"kind": "compared", "request": "v:1", "html": "<b>1 3</b>"}]


def test_a_value_that_is_gone_is_told():
    def compare(old, new):
        raise ValueMissingError("version 1 is not in the store any more.")

    asked, heard = conversation(compare)
    asked.handle(QUESTION)
    assert heard == [
        {"kind": "error", "request": "v:1", "message": "version 1 is not in the store any more."}
    ]


@pytest.mark.parametrize(
    "change", [{"old": 9}, {"old": True}, {"new": "3"}, {"kind": "run"}, {"more": 1}, {"old": -1}]
)
def test_nothing_else_can_be_asked_for(change):
    asked, heard = conversation(lambda old, new: pytest.fail("was compared"))
    asked.handle({**QUESTION, **change})
    assert heard[0]["kind"] == "error"


@pytest.mark.parametrize("content", [None, [], "compare", {}])
def test_what_is_no_message_is_answered_with_an_error(content):
    asked, heard = conversation()
    asked.handle(content)
    assert heard[0]["kind"] == "error"
