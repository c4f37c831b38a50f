"""IO managers and assets that are made elsewhere, in the cells of a real kernel."""

from __future__ import annotations

import pytest

pytestmark = pytest.mark.parametrize("kernel_version", [7], ids=["ipykernel7"], indirect=True)

MANAGER = """
import json
from pathlib import Path
from nb_assets import ConfigurableIOManager

class Json(ConfigurableIOManager):
    folder: str

    def path(self, context):
        return Path(self.folder, *context.asset_key.path).with_suffix(".json")

    def handle_output(self, context, obj):
        self.path(context).parent.mkdir(parents=True, exist_ok=True)
        self.path(context).write_text(json.dumps(obj))
        context.add_output_metadata({"path": str(self.path(context))})
        context.log.info("stored")

    def load_input(self, context):
        return json.loads(self.path(context).read_text())
"""
ORDERS = """%%asset
from nb_assets import Definitions, asset

@asset(io_manager_key="json")
def orders():
    return [1, 2, {last}]

@asset
def total(orders):
    return sum(orders)

defs = Definitions(assets=[orders, total], resources={"json": Json(folder="{folder}")})
"""


@pytest.fixture
def orders(notebook, tmp_path):
    notebook.run(MANAGER)

    def write(last: int):
        return notebook.run(
            ORDERS.replace("{folder}", str(tmp_path / "files")).replace("{last}", str(last)),
            cell_id="orders",
        )

    write(3)
    return write


def test_a_value_goes_to_its_file_and_comes_from_there(notebook, orders, tmp_path):
    notebook.run("%materialize")

    assert (tmp_path / "files" / "orders.json").read_text() == "[1, 2, 3]"
    assert notebook.run("orders.value, total.value").result == "([1, 2, 3], 6)"
    (tmp_path / "files" / "orders.json").write_text("[10]")
    assert notebook.run("orders.value").result == "[10]"


def test_an_edit_runs_what_follows_from_it_and_nothing_is_restored_that_is_not_there(notebook, orders):
    notebook.run("%materialize")
    orders(4)
    assert "stale" in notebook.run("%assets orders").text
    notebook.run("%materialize")
    assert notebook.run("total.value").result == "7"
    orders(3)
    assert "stale" in notebook.run("%assets orders").text
    notebook.run("%materialize")
    assert notebook.run("orders.value, total.value").result == "([1, 2, 3], 6)"
    assert "is not to be had" in notebook.execute("%assets diff orders 1 2").error.text
    assert "fresh" in notebook.run("%assets orders").text


def test_what_the_io_manager_does_counts_for_what_it_stores_and_for_what_it_loads(notebook, orders):
    notebook.run("%materialize")
    notebook.run(MANAGER.replace("json.loads(self.path(context).read_text())", "[100]"))
    orders(3)
    said = notebook.run("%assets").text
    assert said.count("stale: `json` resource changed: the code of load_input") == 2
    notebook.run("%materialize")
    assert notebook.run("total.value").result == "100"
    notebook.run(MANAGER)
    orders(3)
    notebook.run("%materialize")
    assert notebook.run("total.value").result == "6"


def test_what_an_io_manager_keeps_in_a_global_is_no_part_of_what_it_does(notebook):
    notebook.run(
        "kept = {}\nfrom nb_assets import IOManager, asset\nclass Memory(IOManager):\n"
        "    def handle_output(self, context, obj): kept[context.asset_key] = obj\n"
        "    def load_input(self, context): return kept[context.asset_key]"
    )
    notebook.run(
        "%%asset\n@asset(io_manager_def=Memory())\ndef one(): return 1\n@asset\ndef two(one): return one + 1",
        cell_id="one",
    )
    notebook.run("%materialize")
    said = notebook.run("%assets").text
    assert said.count("fresh") == 2
    assert "not tracked" not in said


def test_a_file_that_is_gone_is_made_again(notebook, orders, tmp_path):
    notebook.run("%materialize")
    (tmp_path / "files" / "orders.json").unlink()
    assert "FileNotFoundError" in notebook.execute("orders.value").error.text
    assert "its value is not with its IO manager any more" in notebook.run("%assets orders").text
    notebook.run("%materialize")
    assert notebook.run("orders.value").result == "[1, 2, 3]"


def test_an_asset_that_is_made_elsewhere_is_read_in_a_plain_cell(notebook, orders, tmp_path):
    (tmp_path / "files").mkdir(parents=True, exist_ok=True)
    (tmp_path / "files" / "rates.json").write_text("[0.5]")
    notebook.run(
        "%%asset\nfrom nb_assets import AssetSpec\nrates = AssetSpec('rates').with_io_manager_key('json')"
    )
    notebook.run("%%asset worth -m\nrates[0] * total")

    assert notebook.run("worth.value").result == "3.0"


def test_another_version_of_what_is_made_elsewhere_runs_what_is_derived_from_it(notebook):
    notebook.run("seen = ['one']")
    notebook.run(
        "%%asset\nfrom nb_assets import DataVersion, asset, observable_source_asset\n"
        "@observable_source_asset\ndef rates():\n    return DataVersion(seen[-1])\n"
        "@asset(deps=[rates])\ndef report():\n    return 1"
    )
    notebook.run("%materialize")
    assert "the version that was observed last counts" in notebook.run("%assets explain report").text
    notebook.run("seen.append('two')")
    assert "report" in notebook.run("%materialize").text
    notebook.run("import nb_assets as nba")
    assert notebook.run("[made.data_version for made in nba.history('rates')]").result == "['two', 'one']"
