"""Files and variables of the environment as inputs: what stands for them now, and what is said when they change."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nb_assets.definitions.outside_dep import EnvDep, FileDep
from nb_assets.fingerprint.declared import UNSET, declared_version
from nb_assets.staleness.reasons import EnvironmentChanged, FileChanged, Reason
from nb_assets.storage.materialization import Materialization

if TYPE_CHECKING:
    from nb_assets.definitions.asset_key import AssetKey


def outside_made(key: AssetKey, dep: FileDep | EnvDep) -> Materialization | None:
    """Return what stands for a file or a variable as it is now; None where there is none."""
    version = declared_version(dep)
    if version is None:
        return None
    return Materialization(
        asset_key=key, run_id="", timestamp=0.0, duration=0.0, code_version="", data_version=version
    )


def outside_reason(dep: FileDep | EnvDep, version: str) -> Reason:
    """Return the reason that it has another content or value."""
    if isinstance(dep, FileDep):
        return FileChanged(dep.path)
    return EnvironmentChanged(dep.name, unset=version == UNSET)
