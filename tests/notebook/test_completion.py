from __future__ import annotations

import pytest

pytestmark = pytest.mark.parametrize("kernel_version", [7], ids=["ipykernel7"], indirect=True)

CELL = """%%asset -g metrics --kind table --tag team=growth
from nb_assets import DailyPartitionsDefinition, asset

@asset(partitions_def=DailyPartitionsDefinition("2024-01-01", end_date="2024-01-04"))
def daily(): return 1

@asset(key_prefix="trips")
def weekly(daily): return 2
"""


OFFERED = [
    ("%materialize da", ["daily"]),
    ("%materialize +da", ["daily"]),
    ("%materialize daily and not trips/w", ["trips/weekly"]),
    ("%materialize week", ["trips/weekly"]),
    ("%materialize --", ["--force", "--upstream", "--partition", "--partitions", "--executor"]),
    ("%materialize --force --", ["--upstream", "--partition", "--partitions", "--executor"]),
    ("%materialize daily --partition 2024-01-0", ["2024-01-03", "2024-01-02", "2024-01-01"]),
    ("%materialize daily --partitions 2024-01-01...2024-01-02", ["2024-01-02"]),
    ("%assets partitions da", ["daily"]),
    ("%materialize --executor in", ["in_process"]),
    ("%materialize group:", ["metrics"]),
    ("%materialize kind:", ["table"]),
    ("%materialize tag:", ["team=growth"]),
    ("%materialize status:st", ["stale"]),
    ("%lineage da", ["daily"]),
    ("%assets hi", ["history"]),
    ("%assets history da", ["daily"]),
    ("%%asset other -g m", ["metrics"]),
    ("%%asset other --deps daily tr", ["trips/weekly"]),
    ("%%asset other --de", ["--deps", "--description"]),
    ("%mater", ["%materialize"]),
]


def test_tab_offers_keys_groups_options_and_subcommands(notebook):
    notebook.run(CELL)
    assert [(line, notebook.complete(line)) for line, _ in OFFERED] == OFFERED


def test_tab_in_ordinary_code_is_as_it_was(notebook):
    notebook.run(CELL)
    assert "import" in notebook.complete("impor")
    assert notebook.complete("da") == ["daily"]


def test_tab_in_the_body_of_an_asset_cell_completes_python(notebook):
    notebook.run(CELL)
    assert "daily" in notebook.complete("%%asset x\ndai", len("%%asset x\ndai"))
