"""Hooks, and runs that a cell starts by itself, as the notebook shows them."""

from __future__ import annotations

CELL = """%%asset
from nb_assets import asset, success_hook, failure_hook
@success_hook
def good(context):
    context.log.info(f"{context.op.name} gave {context.op_output_values['result']}")
@failure_hook
def bad(context):
    raise RuntimeError("hooks have no say")
@asset(hooks={good, bad})
def one():
    return 41
@asset(hooks={good, bad})
def broken(one):
    raise ValueError("no luck")
"""


def test_a_hook_tells_its_story_in_the_log_of_the_asset(kernel):
    kernel.run("%load_ext nb_assets")
    kernel.run(CELL, cell_id="cell")
    kernel.run("%materialize one")
    logs = kernel.run("[line.text for line in __import__('nb_assets').session().logs('one')]").result
    assert "one gave 41" in logs
    failed = kernel.execute("%materialize broken")
    assert "ValueError: no luck" in failed.error.text
    assert "no say" not in failed.error.text


def test_what_materialize_makes_in_the_instance_of_the_project_is_in_its_history(kernel):
    kernel.run("%load_ext nb_assets")
    kernel.run(CELL, cell_id="cell")
    made = kernel.run(
        "from nb_assets import DagsterInstance, materialize, session\n"
        "materialize([one], instance=DagsterInstance.get()).success, session().history('one')[0].version, "
        "session().status('one')[next(iter(session().assets))].state"
    )
    assert made.result == "(True, 1, 'fresh')"
