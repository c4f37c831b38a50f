"""Runs from the lineage: what a click would do, what waits, how far it is, what came of it, and how to go on from a failure."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.harness.interpreters import KERNEL_NAMES
from tests.harness.lineage_page import PATIENCE, LineagePage
from tests.harness.notebook_page import Notebook, write_notebook

PICTURES = Path(__file__).parents[2] / "test-results" / "runs"

LOAD = "%load_ext nb_assets\nfrom nb_assets import asset, graph_asset, op"
ASSETS = """%%asset
import pathlib, sys, time
FACTOR = 2

def wait_for(name):
    while pathlib.Path(name).exists():
        time.sleep(0.02)

@asset(group_name="raw")
def trips():
    return [1, 2, 3]

@asset(group_name="raw")
def zones():
    return ["EWR"]

@asset(group_name="metrics/daily")
def daily(trips):
    print("adding up", flush=True)
    print("mind the gap", file=sys.stderr, flush=True)
    wait_for("hold")
    print("added up", flush=True)
    return sum(trips) * FACTOR

@asset(group_name="metrics")
def report(daily, zones):
    if pathlib.Path("broken").exists():
        raise ValueError("the disk is full")
    return f"{daily} in {len(zones)} zones"

@asset(group_name="metrics")
def poster(report):
    return report.upper()
"""
BUSY = """import time
print('bu' + 'sy', flush=True)
while pathlib.Path('busy').exists(): time.sleep(0.05)"""
ALL = {"trips", "zones", "daily", "report", "poster"}


@pytest.fixture
def app(request):
    """JupyterLab alone; what differs in Notebook 7 is looked at by the other tests of the lineage."""
    return getattr(request, "param", "lab")


@pytest.fixture
def lineage(open_notebook):
    """Five assets in three groups, one inside another, with a cell that can keep the kernel busy."""
    notebook = open_notebook([LOAD, ASSETS, "%lineage", BUSY])
    for index in range(3):
        notebook.run_cell(index)
    yield Runs(notebook, 2).wait()
    assert notebook.problems == []


class Runs(LineagePage):
    """The lineage as one who runs things meets it."""

    def menu(self, name: str):
        """Open the menu beside Materialize, or that of a card or a group."""
        if name == "Materialize":
            self.press("More ways to materialize")
        else:
            self.root.locator(f'[data-asset-key="{name}"], [data-group="{name}"]').first.click(button="right")
        return self.root.get_by_role("menu")

    def choose(self, name: str, entry: str) -> None:
        self.menu(name).get_by_role("menuitem", name=entry, exact=True).click()

    @property
    def said(self):
        return self.root.locator(".nbl-progress-text")

    def key(self, name: str, key: str) -> None:
        """Press a key on a card."""
        self.node(name).focus()
        self.notebook.page.keyboard.press(key)


def test_an_asset_runs_alone_with_what_is_before_it_and_with_what_is_behind_it(lineage):
    lineage.choose("report", "Materialize with upstream")
    lineage.wait_for_statuses(fresh=ALL - {"poster"}, missing={"poster"})
    expect(lineage.said).to_contain_text("4 materialized")
    lineage.key("trips", "j")
    lineage.wait_for_statuses(fresh=ALL)
    expect(lineage.said).to_contain_text("1 materialized")

    # The same though fresh: with Shift, or with the switch in the menu.
    lineage.key("report", "Shift+U")
    expect(lineage.said).to_contain_text("4 materialized")
    menu = lineage.menu("report")
    menu.get_by_role("menuitemcheckbox", name="Run again though fresh").click()
    expect(menu.get_by_role("menuitemcheckbox")).to_have_attribute("aria-checked", "true")
    menu.get_by_role("menuitem", name="Materialize with downstream, though fresh").hover()
    expect(lineage.root.locator(".nbl-menu-foot")).to_contain_text("2 to run")
    lineage.notebook.screenshot(PICTURES / "menu.png")
    menu.get_by_role("menuitem", name="Materialize with downstream, though fresh").click()
    expect(lineage.said).to_contain_text("2 materialized")
    expect(lineage.menu("report").get_by_role("menuitemcheckbox")).to_have_attribute("aria-checked", "false")


def test_a_group_runs_though_it_is_folded_with_all_that_is_in_it(lineage):
    lineage.group("metrics").click()
    expect(lineage.group("metrics")).to_have_attribute("aria-expanded", "false")
    lineage.choose("metrics", "Materialize")
    expect(lineage.said).to_contain_text("5 materialized")  # what is in it needs the values of the others
    lineage.group("metrics").click()
    lineage.wait_for_statuses(fresh=ALL)


def test_a_preview_says_what_would_run_and_why_before_it_does(lineage):
    lineage.press("Materialize stale")
    lineage.wait_for_statuses(fresh=ALL)
    lineage.notebook.edit(1, ASSETS.replace("[1, 2, 3]", "[1, 2, 4]"))
    lineage.notebook.run_cell(1)
    lineage.wait_for_statuses(fresh={"zones"}, stale=ALL - {"zones"})

    lineage.choose("Materialize", "Materialize all")
    lineage.wait_for_statuses(fresh=ALL)
    lineage.notebook.edit(1, ASSETS.replace("[1, 2, 3]", "[1, 2, 5]"))
    lineage.notebook.run_cell(1)
    lineage.wait_for_statuses(fresh={"zones"}, stale=ALL - {"zones"})
    lineage.choose("Materialize", "Preview…")
    preview = lineage.root.get_by_role("dialog", name="Preview")
    expect(preview).to_contain_text("Runs 1")
    expect(preview.locator('[data-planned="trips"]')).to_contain_text("trips changed")
    expect(preview).to_contain_text("May be spared 3 · skipped if its inputs turn out equal")
    expect(preview.locator('[data-planned="daily"]')).to_contain_text("upstream trips is stale")
    expect(preview.get_by_role("button", name="Run", exact=True)).to_be_focused()
    lineage.notebook.screenshot(PICTURES / "preview.png")
    lineage.notebook.set_theme("dark")
    expect(lineage.notebook.page.locator("#jupyterlab-splash")).to_have_count(0)
    lineage.notebook.screenshot(PICTURES / "preview-dark.png")
    lineage.notebook.set_theme("light")
    preview.get_by_role("button", name="Run", exact=True).click()
    lineage.wait_for_statuses(fresh=ALL)
    expect(preview).to_have_count(0)

    lineage.node("trips").click()
    lineage.key("trips", "p")
    expect(preview).to_contain_text("asked for, though fresh")
    lineage.notebook.page.keyboard.press("Escape")
    expect(preview).to_have_count(0)
    expect(lineage.node("trips")).to_be_focused()


def test_runs_wait_in_a_list_from_which_each_can_be_taken(lineage, folder):
    (folder / "hold").touch()
    lineage.choose("daily", "Materialize")
    expect(lineage.node("daily")).to_have_attribute("data-status", "running")
    lineage.choose("zones", "Materialize")
    lineage.key("trips", "Shift+M")
    expect(lineage.node("zones")).to_have_attribute("data-status", "queued")
    waiting = lineage.root.get_by_role("button", name="2 runs waiting")
    waiting.click()
    queue = lineage.root.get_by_role("dialog", name="Waiting runs")
    expect(queue.get_by_role("listitem")).to_have_count(2)
    lineage.notebook.screenshot(PICTURES / "queue.png")
    queue.get_by_role("button", name="Remove zones").click()
    expect(queue.get_by_role("listitem")).to_have_count(1)
    expect(lineage.node("zones")).to_have_attribute("data-status", "missing")
    lineage.press("Cancel")
    expect(lineage.said).to_contain_text("Cancelling after daily")
    queue.get_by_role("button", name="Cancel all").click()
    expect(queue).to_have_count(0)
    (folder / "hold").unlink()
    expect(lineage.said).to_contain_text("Cancelled")
    lineage.wait_for_statuses(fresh={"trips", "daily"}, missing={"zones", "report", "poster"})


def test_a_run_says_how_long_it_takes_and_its_assets_what_they_do_while_a_cell_keeps_the_kernel_busy(
    lineage, folder
):
    lineage.press("Materialize stale")
    lineage.wait_for_statuses(fresh=ALL)
    (folder / "hold").touch()
    (folder / "busy").touch()
    lineage.notebook.run_cell(3, wait=False)
    expect(lineage.notebook.cell(3)).to_contain_text("busy")
    lineage.choose("Materialize", "Preview…")
    lineage.root.get_by_role("checkbox", name="Run again though fresh").check()
    lineage.root.get_by_role("button", name="Close", exact=True).click()
    lineage.key("daily", "Shift+J")
    expect(lineage.node("daily")).to_have_attribute("data-status", "running")
    expect(lineage.said).to_contain_text(re.compile(r"0 of 3.*daily.*left"))
    expect(lineage.node("daily")).to_contain_text(re.compile(r"Running\s+\d+ s"))
    details = lineage.open("daily")
    logs = details.get_by_role("log")
    expect(logs).to_contain_text("adding up")
    expect(logs.locator('[data-stream="stderr"]').last).to_have_text("mind the gap")
    lineage.notebook.screenshot(PICTURES / "logs.png")
    (folder / "hold").unlink()
    expect(logs).to_contain_text("added up")
    expect(lineage.said).to_contain_text("3 materialized")
    expect(logs.locator("span", has_text="added up")).to_have_count(2)  # of both runs, and each once
    lineage.notebook.screenshot(PICTURES / "logs-after.png")
    (folder / "busy").unlink()
    lineage.notebook.wait_until_idle()


@pytest.mark.parametrize("app", ["lab", "notebook"], indirect=True)
def test_what_failed_is_shown_and_tried_again_with_what_was_skipped_for_it(lineage, folder):
    (folder / "broken").touch()
    lineage.press("Materialize stale")
    lineage.wait_for_statuses(fresh={"trips", "zones", "daily"}, failed={"report"}, missing={"poster"})
    expect(lineage.said).to_contain_text(re.compile("3 materialized.*1 failed.*1 skipped"))
    lineage.root.get_by_role("button", name="1 failed").click()
    expect(lineage.searchbox).to_have_value("status:failed")
    lineage.root.get_by_role("button", name="1 skipped").click()
    expect(lineage.node("poster")).to_have_attribute("aria-selected", "true")
    lineage.notebook.screenshot(PICTURES / "failed.png")
    (folder / "broken").unlink()
    expect(lineage.button("Retry failed")).to_contain_text("2")
    lineage.press("Retry failed")
    lineage.wait_for_statuses(fresh=ALL)
    expect(lineage.said).to_contain_text("2 materialized")
    expect(lineage.button("Retry failed")).to_have_count(0)


DELETE_SUBSHELL = """
    const comms = [...kernel()._comms.values()];
    const { subshellId } = comms.find((comm) => comm.subshellId);
    await kernel().requestDeleteSubshell({ subshell_id: subshellId }, true).done;
"""


def test_a_click_into_a_subshell_that_is_gone_is_heard_on_another_way(lineage, folder):
    (folder / "busy").touch()
    lineage.notebook.run_cell(3, wait=False)
    expect(lineage.notebook.cell(3)).to_contain_text("busy")
    lineage.notebook.call(DELETE_SUBSHELL)
    lineage.key("trips", "m")
    lineage.wait_for_statuses(fresh={"trips"}, missing=ALL - {"trips"})
    expect(lineage.root.get_by_text("The kernel has not answered for a while")).to_have_count(0)
    # And from then on at once.
    lineage.key("zones", "m")
    expect(lineage.node("zones")).to_have_attribute("data-status", "fresh", timeout=3_000)
    (folder / "busy").unlink()
    lineage.notebook.wait_until_idle()


def test_a_click_that_the_kernel_cannot_hear_yet_is_said_to_wait_and_is_done_once(browser, servers):
    server = servers("lab", 6)  # which answers between cells only
    folder = server.folder / "unheard"
    folder.mkdir()
    write_notebook(folder / "notebook.ipynb", [LOAD, ASSETS, "%lineage", BUSY], KERNEL_NAMES[6])
    notebook = Notebook(browser.new_page(), server).open("unheard/notebook.ipynb")
    try:
        for index in range(3):
            notebook.run_cell(index)
        lineage = Runs(notebook, 2).wait()
        (folder / "busy").touch()
        notebook.run_cell(3, wait=False)
        expect(notebook.cell(3)).to_contain_text("busy")
        lineage.key("trips", "m")
        notice = lineage.root.get_by_text("The kernel has not answered for a while")
        expect(notice).to_be_visible(timeout=PATIENCE)
        notebook.screenshot(PICTURES / "unheard.png")
        (folder / "busy").unlink()
        lineage.wait_for_statuses(fresh={"trips"}, missing=ALL - {"trips"})
        expect(notice).to_have_count(0)
        expect(lineage.open("trips")).to_contain_text("v1")
        expect(lineage.details).not_to_contain_text("v2")
    finally:
        notebook.page.close()
        server.forget()
