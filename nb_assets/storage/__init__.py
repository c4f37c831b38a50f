"""What has been made, kept on disk: the history of a project and the values that its records refer to."""

from __future__ import annotations

from nb_assets.storage.history import History
from nb_assets.storage.materialization import Materialization, ValueRef, provenance
from nb_assets.storage.store import Store
from nb_assets.storage.values import ValueStore

__all__ = ["History", "Materialization", "Store", "ValueRef", "ValueStore", "provenance"]
