"""Every text reaches the page, whatever is in it."""

from __future__ import annotations

import os

from nb_assets.widget.sendable import sendable


def test_what_can_be_sent_is_left_as_it_is():
    content = {"kind": "logs", "lines": [{"text": "größe 数据 🙂\x00\x1b[31m"}]}
    assert sendable(content) is content


def test_half_a_character_is_spelled_out():
    name = os.fsdecode(b"caf\xe9.csv")
    content = {"lines": [{"text": "half \ud83d of 🙂", "at": 1.5}], "names": (name,), "none": None}
    said = sendable(content)
    assert said == {
        "lines": [{"text": r"half \ud83d of 🙂", "at": 1.5}],
        "names": [r"caf\udce9.csv"],
        "none": None,
    }
