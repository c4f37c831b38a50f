from __future__ import annotations

import time

import pytest

from nb_assets.widget.conversation import Conversation
from tests.harness.flights import Flights


@pytest.fixture
def flights(tmp_path):
    return Flights(tmp_path / ".nb_assets")


class View:
    """What a page hears and says, without a page."""

    def __init__(self, session, selection="*", namespace=None):
        self.heard = []
        self.receipts = []
        self.asked = ""
        self.conversation = Conversation(session, selection, "lineage-1", self.hear, namespace=namespace)

    def hear(self, message):
        """Take a message; that a request arrived is noted apart, for every one does."""
        (self.receipts if message["kind"] == "heard" else self.heard).append(message)

    def say(self, kind, **fields):
        """Send a message, and return what it is answered with at once."""
        count = len(self.heard)
        self.asked = f"view:{len(self.receipts) + 1}"
        self.conversation.handle({"kind": kind, "request": self.asked, **fields})
        return self.heard[count:]

    def wait(self, holds, timeout=20.0):
        """Wait for a message that fulfils a condition."""
        deadline = time.monotonic() + timeout
        while time.monotonic() < deadline:
            for message in list(self.heard):
                if holds(message):
                    return message
            time.sleep(0.01)
        raise AssertionError(f"nothing like that in {timeout} s; last: {self.heard[-2:]}")

    def run(self, kind, **fields):
        """Ask for a run, and return the message that tells its end."""
        before = {(message.get("run") or {}).get("run_id") for message in self.heard}
        self.say(kind, **fields)
        ended = ("success", "failure", "cancelled")
        return self.wait(
            lambda message: (
                (run := message.get("run")) and run["run_id"] not in before and run["state"] in ended
            )
        )

    def statuses(self):
        """What the cards say now, from the graph and all patches since."""
        found = {}
        for message in list(self.heard):
            nodes = message["view"]["nodes"] if message["kind"] == "graph" else message.get("nodes", ())
            found.update((node["key"], node["status"]) for node in nodes)
        return found


@pytest.fixture
def view(flights):
    view = View(flights.session)
    yield view
    view.conversation.close()
