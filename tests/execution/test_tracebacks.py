"""Errors are told with the user's own frames, and never at more length than anybody reads."""

from __future__ import annotations

import asyncio
import os

import nb_assets as nba


def failure(definition):
    """The one error of running one asset."""
    (info,) = nba.materialize([definition], raise_on_error=False).failed.values()
    return info


def test_an_asynchronous_asset_fails_with_the_frames_of_the_user_alone():
    @nba.asset
    async def broken():
        await asyncio.sleep(0)
        raise ValueError("no rows")

    trace = failure(broken).traceback
    assert trace.count('  File "') == 1
    assert "in broken" in trace


def test_an_error_that_asyncio_raises_itself_keeps_its_frames():
    @nba.asset
    async def late():
        await asyncio.wait_for(asyncio.sleep(60), timeout=0)

    trace = failure(late).traceback
    assert "in late" in trace
    assert trace.splitlines()[-1].startswith("TimeoutError")


def test_a_message_of_megabytes_is_cut_in_its_middle():
    @nba.asset
    def wordy():
        raise ValueError("first" + "x" * 1_000_000 + "last")

    info = failure(wordy)
    assert len(info.message) < 5_000
    assert info.message.startswith("first")
    assert info.message.endswith("last")
    assert "996,009 more characters" in info.message
    assert len(info.traceback) < 110_000
    assert len(str(info.exception)) == 1_000_009


def test_an_error_about_a_file_whose_name_is_no_text_can_be_shown():
    @nba.asset
    def broken():
        raise ValueError("cannot read " + os.fsdecode(b"caf\xe9.csv"))

    info = failure(broken)
    assert info.message == r"cannot read caf\udce9.csv"
    assert info.traceback.encode()
