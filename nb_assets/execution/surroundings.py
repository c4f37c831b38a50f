"""What the assets of a session are run with: their resources, their configuration, and so the fingerprint of their code."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from typing import TYPE_CHECKING, Any, Protocol

from nb_assets.definitions.config.run_config import as_run_config
from nb_assets.execution.check_code import fingerprint_check
from nb_assets.execution.passing.place import managers_concerned
from nb_assets.fingerprint.code import CodeFingerprint, fingerprint_on_evidence
from nb_assets.fingerprint.packages import package_policy
from nb_assets.fingerprint.settings import settings_of

if TYPE_CHECKING:
    from nb_assets.definitions.asset_check import AssetCheckKey
    from nb_assets.definitions.asset_key import AssetKey
    from nb_assets.definitions.assets_definition import AssetsDefinition
    from nb_assets.definitions.registry import Registry
    from nb_assets.definitions.resource import ResourceDefinition
    from nb_assets.definitions.resource_bindings import ResourceBindings
    from nb_assets.execution.store_keeper import StoreKeeper
    from nb_assets.fingerprint.evidence import Evidence
    from nb_assets.fingerprint.settings import Settings
    from nb_assets.graph.asset_graph import AssetGraph


class _Surrounded(Protocol):
    registry: Registry
    resources: ResourceBindings
    run_config: Any
    _keeper: StoreKeeper

    def bindings(self, definition: AssetsDefinition) -> Mapping[str, ResourceDefinition]: ...

    def config_for(self, run_config: Any) -> dict[str, Any]: ...

    def settings_in(
        self, graph: AssetGraph, definition: AssetsDefinition, run_config: Any = None
    ) -> Settings | None: ...

    def fingerprints_of(self, graph: AssetGraph, run_config: Any = None) -> Fingerprints: ...


class Surroundings:
    """Tells what assets are run with."""

    def fingerprint_in(
        self: _Surrounded, graph: AssetGraph, key: AssetKey, run_config: Any = None
    ) -> CodeFingerprint:
        """Return the fingerprint of the code of an asset of a graph as it is now, with what it is run with."""
        return self.fingerprints_of(graph, run_config)(key)

    def check_fingerprint_in(
        self: _Surrounded, graph: AssetGraph, key: AssetCheckKey, run_config: Any = None
    ) -> CodeFingerprint:
        """Return the fingerprint of the code of a check of a graph as it is now, with what it is run with."""
        return fingerprint_check(
            graph, key, lambda definition: self.settings_in(graph, definition, run_config)
        )

    def settings_in(
        self: _Surrounded, graph: AssetGraph, definition: AssetsDefinition, run_config: Any = None
    ) -> Settings | None:
        """Return what a definition of a graph is run with; None for most, which need nothing."""
        return _settings_with(self, graph, definition, self.config_for(run_config))

    def fingerprints_of(self: _Surrounded, graph: AssetGraph, run_config: Any = None) -> Fingerprints:
        """Return what gives the fingerprints of many assets of a graph, with what they are run with."""
        return Fingerprints(self, graph, self.config_for(run_config))

    def bindings(self: _Surrounded, definition: AssetsDefinition) -> Mapping[str, ResourceDefinition]:
        """Return the resources that there are for a definition."""
        if not self.resources.differ:
            return self.resources.of(definition, None)
        origins = self.registry.state.origins
        entries: Any = definition.specs_by_key or definition.check_specs_by_key
        origin = next((origins[key] for key in entries if key in origins), None)
        return self.resources.of(definition, origin)

    def config_for(self: _Surrounded, run_config: Any) -> dict[str, Any]:
        """Return the configuration of a run as it is written: the given one, else that of the session."""
        return as_run_config(self.run_config if run_config is None else run_config)


class Fingerprints:
    """The fingerprints of the assets of a graph as they are now, with what they are run with."""

    def __init__(self, session: _Surrounded, graph: AssetGraph, config: dict[str, Any]) -> None:
        self._session = session
        self._graph = graph
        self._config = config

    @property
    def basis(self) -> Hashable:
        """What all of them rest on besides their evidence."""
        return bool(self._config), bool(_places(self._session)), package_policy()

    def __call__(self, key: AssetKey) -> CodeFingerprint:
        """Return that of an asset."""
        return self.on_evidence(key)[0]

    def on_evidence(self, key: AssetKey) -> tuple[CodeFingerprint, Evidence | None]:
        """Return that of an asset, with what it rests on; None where it rests on what it is run with, too."""
        definition = self._graph.definition(key)
        explicit = definition.specs_by_key[key].code_version
        if not self._config and not definition.needs_settings and not _managed(self._session, definition):
            return fingerprint_on_evidence(definition, explicit)
        settings = _settings_with(self._session, self._graph, definition, self._config)
        return fingerprint_on_evidence(definition, explicit, settings)[0], None


def _settings_with(
    session: _Surrounded, graph: AssetGraph, definition: AssetsDefinition, config: dict[str, Any]
) -> Settings | None:
    # Most assets need nothing, and are asked about by the thousand.
    managed = _managed(session, definition)
    managers = managers_concerned(definition, graph, session.bindings) if managed else {}
    needed = config or managers or definition.needs_settings
    return settings_of(definition, session.bindings, config, managers) if needed else None


def _managed(session: _Surrounded, definition: AssetsDefinition) -> bool:
    return bool(definition.manager_keys or _places(session))


def _places(session: _Surrounded) -> Mapping[AssetKey, str] | None:
    places = session._keeper.managed.places  # noqa: SLF001 - of the class in this file
    return None if places is None else places()
