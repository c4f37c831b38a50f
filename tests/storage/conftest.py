from __future__ import annotations

import pytest

from nb_assets.storage.store import Store


@pytest.fixture(autouse=True)
def key_file(tmp_path_factory, monkeypatch):
    path = tmp_path_factory.mktemp("key") / "signing.key"
    monkeypatch.setenv("NB_ASSETS_KEY_FILE", str(path))
    monkeypatch.delenv("NB_ASSETS_HOME", raising=False)
    return path


@pytest.fixture
def store(tmp_path):
    store = Store.open(tmp_path / ".nb_assets")
    yield store
    store.close()
