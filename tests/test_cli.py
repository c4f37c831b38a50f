"""The command line: `nb-assets demo`, from a checkout and from an installed copy, headless and in JupyterLab."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import nbformat
import pytest

from nb_assets import bootstrap, cli, demo
from tests.harness.notebook_page import write_notebook
from tests.harness.server import free_port


def run(*arguments: str, folder: Path, **variables: str) -> subprocess.CompletedProcess[str]:
    """Run the command line in a process of its own."""
    return subprocess.run(
        [sys.executable, "-m", "nb_assets", *arguments],
        check=False,
        cwd=folder,
        env={**os.environ, **variables},
        capture_output=True,
        text=True,
    )


def patiently(address: str) -> bytes:
    """Return what a server answers that says where it is before it listens."""
    for _ in range(100):
        try:
            with urllib.request.urlopen(address, timeout=120) as answer:
                return answer.read()
        except OSError:
            time.sleep(0.2)
    message = f"Nobody answered at {address}."
    raise TimeoutError(message)


@pytest.fixture
def quickstart(tmp_path):
    """A short notebook in the quickstart's place: what is there already is used as it is."""
    return write_notebook(tmp_path / demo.NOTEBOOK, ["#md # Flights", "x = 6", "x * 7"])


def test_help_names_the_commands(capsys):
    with pytest.raises(SystemExit) as ended:
        cli.main(["--help"])
    assert ended.value.code == 0
    assert "demo" in capsys.readouterr().out


def test_an_unknown_command_is_told_which_there_are(capsys):
    with pytest.raises(SystemExit) as ended:
        cli.main(["dmeo"])
    assert ended.value.code == 2
    assert "demo" in capsys.readouterr().err


def test_headless_executes_the_notebook_and_writes_two_files(quickstart, tmp_path):
    before = quickstart.read_bytes()
    done = run("demo", "--headless", folder=tmp_path)
    assert done.returncode == 0, done.stderr
    executed = nbformat.read(tmp_path / "quickstart.executed.ipynb", as_version=4)
    assert executed.cells[2].outputs[0].data["text/plain"] == "42"
    assert "Flights" in (tmp_path / "quickstart.html").read_text()
    assert quickstart.read_bytes() == before


def test_the_page_of_a_headless_run_fetches_nothing(quickstart, tmp_path):
    write_notebook(quickstart, ["import ipywidgets; ipywidgets.IntSlider()"])
    assert run("demo", "--headless", folder=tmp_path).returncode == 0
    page = (tmp_path / "quickstart.html").read_text()
    assert re.findall(r"(?:src|href)=[\"']?(?:https?:)?//|import\([\"']http|url\([\"']?http", page) == []
    assert "cdn" not in page.lower()
    assert "unpkg" not in page


def test_headless_shows_the_cell_that_failed(quickstart, tmp_path):
    write_notebook(quickstart, ["y = 1", "y / 0  # here"])
    done = run("demo", "--headless", folder=tmp_path)
    assert done.returncode == 1
    assert "y / 0  # here" in done.stderr
    assert "ZeroDivisionError" in done.stderr
    assert (tmp_path / "quickstart.executed.ipynb").exists()


def test_a_notebook_that_is_there_is_never_overwritten(tmp_path, capsys):
    (tmp_path / demo.NOTEBOOK).write_text("mine")
    assert demo.place(tmp_path).read_text() == "mine"
    assert "already" in capsys.readouterr().err


def test_the_notebook_is_brought_to_a_folder_that_has_none(tmp_path, capsys):
    placed = demo.place(tmp_path / "new" / "folder")
    assert len(json.loads(placed.read_text())["cells"]) > 5
    assert str(placed) in capsys.readouterr().err


def test_a_folder_that_cannot_be_written_is_said_in_one_paragraph(tmp_path, capsys):
    (tmp_path / "file").write_text("")
    assert cli.main(["demo", "--headless", "--folder", str(tmp_path / "file" / "below")]) == 1
    said = capsys.readouterr().err
    assert "--folder DIR" in said
    assert "Traceback" not in said


@pytest.mark.checkout
def test_in_the_checkout_the_demo_is_the_notebook_itself(monkeypatch):
    root = bootstrap.checkout()
    assert root is not None
    monkeypatch.chdir(root / "tests")
    assert demo._default_folder() == root / "notebooks"
    assert demo.place(root / "notebooks") == root / "notebooks" / demo.NOTEBOOK


@pytest.mark.checkout
def test_a_bare_python_runs_the_command_by_path_from_anywhere(tmp_path):
    done = subprocess.run(
        [sys.executable, "-S", "-E", str(bootstrap.PACKAGE), "demo", "--help"],
        check=False,
        cwd=tmp_path,
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr
    assert "--headless" in done.stdout


@pytest.mark.slow
def test_jupyterlab_opens_on_the_notebook_asks_nothing_and_ends_with_ctrl_c(quickstart, tmp_path):
    port = free_port()
    process = subprocess.Popen(
        [sys.executable, "-m", "nb_assets", "demo", "--no-browser", f"--port={port}"],
        cwd=tmp_path,
        stdin=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        address = None
        while address is None:
            line = process.stderr.readline()
            assert line, "JupyterLab ended without saying where it is"
            address = re.search(rf"http://127\.0\.0\.1:{port}/lab/tree/quickstart\.ipynb\?token=(\w+)", line)
        settings = f"http://127.0.0.1:{port}/lab/api/settings/@jupyterlab/apputils-extension:notification"
        answer = json.loads(patiently(f"{settings}?token={address[1]}"))
        assert answer["schema"]["properties"]["fetchNews"]["default"] == "false"
    finally:
        process.send_signal(signal.SIGINT)
        process.communicate(timeout=120)
    assert process.returncode == 0
