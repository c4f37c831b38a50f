"""Versions of installed packages: recorded always, told or counted as the policy says."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import numpy as np
import pytest

from nb_assets import AssetKey
from nb_assets.errors import UsageError
from nb_assets.fingerprint import packages

if TYPE_CHECKING:
    from tests.harness.project import Project


@pytest.fixture
def made(project: Project, monkeypatch) -> Iterator[Project]:
    project.cell("import numpy as np\nK = 1\n@asset\ndef a(): return float(np.sum([1.0])) * K")
    project.run()
    yield project
    packages.set_package_policy("warn")
    packages._version.cache_clear()


def upgrade(project: Project, monkeypatch) -> None:
    monkeypatch.setattr(np, "__version__", "99.0")
    packages._version.cache_clear()
    # As in the kernel that is started after an upgrade: the definition is another one.
    project.cell("import numpy as np\nK = 1\n@asset\ndef a(): return float(np.sum([1.0])) * K")


def test_the_versions_are_recorded(made: Project):
    (record,) = made.session.history("a")
    assert record.code["package numpy"] == np.__version__
    assert "package python" in record.code


def test_another_version_is_told_unless_the_policy_is_another(made: Project, monkeypatch):
    upgrade(made, monkeypatch)
    status = made.session.status("a")[AssetKey("a")]
    assert status.state == "fresh"
    (told,) = status.untracked
    assert told.startswith("the package `numpy` was")
    packages.set_package_policy("off")
    assert made.session.status("a")[AssetKey("a")].untracked == ()
    packages.set_package_policy("stale")
    (why,) = made.why("a")
    assert why.endswith("→ 99.0")


def test_another_policy_alone_makes_nothing_stale(made: Project):
    for policy in ("off", "stale", "warn"):
        packages.set_package_policy(policy)
        assert made.states == ""


def test_a_version_that_counts_is_made_again_or_accepted(made: Project, monkeypatch):
    packages.set_package_policy("stale")
    upgrade(made, monkeypatch)
    made.session.accept("a")
    assert made.states == ""
    made.session.unaccept("a")
    assert made.run() == "made a"
    assert made.states == ""


def test_a_policy_that_is_none_is_refused():
    with pytest.raises(UsageError, match="off, warn, stale"):
        packages.set_package_policy("always")
