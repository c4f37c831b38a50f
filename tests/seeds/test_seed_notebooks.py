"""The documents that the project began with, as notebooks: each runs in a real kernel, and makes what it says."""

from __future__ import annotations

import ast
import base64
import re
import shutil
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from xml.etree import ElementTree as ET

import nbformat
import pytest
from nbformat.v4 import new_code_cell

from tests.refresh_quickstart import execute

pytestmark = [pytest.mark.kernel, pytest.mark.slow]

HERE = Path(__file__).parent
ZONES = b"zone,borough\nAstoria,Queens\nElmhurst,Queens\nHarlem,Manhattan\n"
LOOK = """import nb_assets as _nba
_s = _nba.session()
{
    "groups": {key.to_user_string(): _s.graph.group_of(key) for key in _s.assets},
    "states": {key.to_user_string(): status.state for key, status in _s.status().items()},
    "values": {
        key.to_user_string(): _s.load(key) for key in _s.assets if _s.latest(key).value is not None
    },
    "metadata": {
        key.to_user_string(): {name: entry.value for name, entry in _s.latest(key).metadata.items()}
        for key in _s.assets if _s.latest(key).metadata
    },
    "tags": {key.to_user_string(): _s.latest(key).tags["dagster/code_version"] for key in _s.assets},
    "logs": [line.text for key in _s.assets for line in _s.logs(key)],
    "runs": sorted({_s.latest(key).run_id for key in _s.assets}),
    "edges": sorted((a.to_user_string(), b.to_user_string()) for a, b in _s.graph.edges()),
}"""


class _Portal(BaseHTTPRequestHandler):
    asked: list[str] = []  # noqa: RUF012 - of the one server

    def do_GET(self) -> None:
        self.asked.append(self.path)
        self.send_response(200)
        self.end_headers()
        self.wfile.write(ZONES)

    def log_message(self, *_arguments: object) -> None:
        """Say nothing."""


@pytest.fixture
def portal(monkeypatch) -> Iterator[list[str]]:
    """What was asked of a server on this machine that stands for the portal of New York's open data."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Portal)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    monkeypatch.setenv("LOOPBACK", f"http://127.0.0.1:{server.server_address[1]}")
    _Portal.asked.clear()
    yield _Portal.asked
    server.shutdown()
    server.server_close()


def run(name: str, folder: Path) -> tuple[dict, nbformat.NotebookNode]:
    """Execute a notebook in a copy of the seeds' project; return what its session holds then."""
    shutil.copytree(HERE / "project", folder, dirs_exist_ok=True)
    (folder / "data" / "raw").mkdir(parents=True)
    document = nbformat.read(HERE / f"{name}.ipynb", as_version=4)
    document.cells.append(new_code_cell(LOOK))
    executed = execute(document, folder)
    (looked,) = (out for out in executed.cells[-1].outputs if out.output_type == "execute_result")
    return ast.literal_eval(looked["data"]["text/plain"]), executed


def names_in_picture(document: nbformat.NotebookNode) -> set[str]:
    """Return the texts of the picture that `%lineage` leaves in a notebook."""
    (cell,) = (cell for cell in document.cells if cell.source == "%lineage")
    pages = "".join(output.get("data", {}).get("text/html", "") for output in cell.outputs)
    (encoded,) = re.findall(r"data:image/svg\+xml;base64,([A-Za-z0-9+/=]+)", pages)
    return set(ET.fromstring(base64.b64decode(encoded)).itertext())


def test_asset_groups(tmp_path, portal):
    seen, document = run("asset_groups", tmp_path)

    assert seen["groups"] == {
        "zones_per_borough": "metrics",
        "largest_borough": "metrics",
        "taxi_zones_file": "raw_files",
        "headline": "default",
    }
    assert set(seen["states"].values()) == {"fresh"}
    assert portal == ["/api/views/755u-8jsi/rows.csv?accessType=DOWNLOAD"]
    assert (tmp_path / "data/raw/taxi_zones.csv").read_bytes() == ZONES
    assert seen["values"] == {
        "zones_per_borough": {"Queens": 2, "Manhattan": 1},
        "largest_borough": "Queens",
        "headline": "Most zones are in Queens.",
    }
    assert ("taxi_zones_file", "zones_per_borough") in seen["edges"]
    assert {"raw_files", "metrics", "headline"} <= names_in_picture(document)


def test_defining_assets(tmp_path):
    seen, document = run("defining_assets", tmp_path)

    assert seen["groups"] == {
        "daily_sales": "default",
        "weekly_sales_report": "sales",
        "asset_one": "default",
        "asset_two": "default",
        "complex_asset": "default",
        "units": "default",
        "tens": "sales",
        "context_asset": "default",
        "asset_with_version": "default",
    }
    assert set(seen["states"].values()) == {"fresh"}
    assert seen["values"] == {
        "daily_sales": [12, 7, 30, 5, 18, 22, 9],
        "weekly_sales_report": 103,
        "complex_asset": 42,
        "units": 3,
        "tens": 10,
        "context_asset": None,
        "asset_with_version": None,
    }
    assert seen["metadata"] == {"asset_one": {"num_rows": 10}, "asset_two": {"num_rows": 24}}
    assert seen["tags"]["asset_with_version"] == "1"
    assert (tmp_path / "data/asset_with_version.json").read_text() == "100"
    assert f"My run ID is {seen['runs'][0]}\n" in seen["logs"]
    assert "Loading data for my_dataset\n" in seen["logs"]
    assert {"asset_one", "asset_two", "complex_asset"} <= names_in_picture(document)


def test_creating_data_assets(tmp_path):
    seen, document = run("creating_data_assets", tmp_path)

    assert seen["values"] == {
        "my_data_asset": {"key": "value"},
        "asset_one": "value1",
        "asset_two": "value2",
        "complex_asset": "final_intermediate_value",
    }
    assert set(seen["groups"].values()) == {"default"}
    (history,) = (cell for cell in document.cells if "op_history" in cell.source)
    assert ast.literal_eval(history.outputs[0]["data"]["text/plain"]) == [
        ("step_two", "success"),
        ("step_one", "success"),
    ]
