"""`?`, Tab and `%config`: what a user finds without leaving the notebook."""

from __future__ import annotations

import pytest

HELP = {
    "%%asset": ["Register", "--group", "--materialize", "--key-prefix", "--deps", "--code-version", "--description", "--kind", "--tag"],
    "%materialize": ["SELECTION", "--force", "--upstream", "--executor", "group:metrics"],
    "%lineage": ["SELECTION", "%lineage +daily"],
    "%assets": ["explain", "history", "diff", "%assets status:stale"],
}  # fmt: skip

TAB = {
    "%mat": ["%materialize"],
    "%lin": ["%lineage"],
    "%%ass": ["%%asset"],
    "%materialize fl": ["flights"],
    "%materialize group:r": ["group:raw", "group:reports"],
    "%materialize --f": ["--force"],
    "%materialize --up": ["--upstream"],
    "%lineage +we": ["+weather"],
    "%assets ex": ["explain"],
    "%assets history rep": ["report"],
    "%%asset new -g ra": ["raw"],
    "%%asset new --de": ["--deps", "--description"],
    "%%asset new --deps wea": ["weather"],
}


@pytest.mark.parametrize(("magic", "said"), HELP.items(), ids=HELP)
def test_the_question_mark_explains_a_magic(shared_session, magic, said):
    kernel = shared_session.kernel
    reply = kernel.reply_to(kernel.submit(f"{magic}?").id)
    shown = reply["content"]["payload"][0]["data"]["text/plain"]
    for text in said:
        assert text in shown


@pytest.mark.parametrize(("typed", "offered"), TAB.items(), ids=TAB)
def test_tab_offers_what_can_stand_there(shared_session, typed, offered):
    ends = [match.rpartition(" ")[2] for match in shared_session.kernel.complete(typed)]
    for name in offered:
        assert any(end in {name, name.lstrip("+"), name.partition(":")[2] or name} for end in ends)


def test_the_settings_are_listed_explained_and_set(shared_session):
    kernel = shared_session.kernel
    listed = kernel.run("%config NbAssets").stdout
    for name in ("materialize_on_run", "buttons", "progress", "executor"):
        assert name in listed
    kernel.run("%config NbAssets.materialize_on_run = True")
    try:
        assert kernel.run("%%asset\ndef seven():\n    return 7", cell_id="seven").error is None
        assert kernel.run("seven.value").result == "7"
    finally:
        kernel.run("%config NbAssets.materialize_on_run = False")
