"""What the user accepts as equivalent: fresh without a run, on record, and taken back at will."""

from __future__ import annotations

import pytest

from nb_assets import AssetKey
from nb_assets.errors import UsageError
from nb_assets.session import Session
from tests.harness.project import Project


@pytest.fixture
def edited(project: Project) -> Project:
    project.cell("K = 1\ndef f(): return K")
    project.cell("@asset\ndef a(): return f() * 0")
    project.cell("@asset\ndef b(a): return a + 1")
    project.run()
    project.names["K"] = 2
    assert project.states == "a: stale, b: stale"
    return project


def test_what_is_accepted_is_fresh_and_so_is_what_is_derived_from_it(edited: Project):
    said = edited.session.accept("a")
    assert (said.version, said.reasons) == (1, ("`K` 1 → 2",))
    assert edited.states == ""
    assert edited.session.status("a")[AssetKey("a")].accepted
    assert edited.run() == ""
    assert len(edited.session.history("a")) == 1


def test_it_holds_for_this_code_alone(edited: Project):
    edited.session.accept("a")
    edited.names["K"] = 3
    assert edited.why("a") == ["`K` 1 → 3"]
    edited.names["K"] = 2
    assert edited.states == ""
    edited.names["K"] = 1
    assert not edited.session.status("a")[AssetKey("a")].accepted


def test_it_is_taken_back(edited: Project):
    edited.session.accept("a")
    edited.session.unaccept("a")
    assert edited.states == "a: stale, b: stale"
    (said,) = edited.session.acceptances("a")
    assert said.withdrawn is not None
    edited.session.accept("a")
    assert edited.states == ""
    assert len(edited.session.acceptances("a")) == 2


def test_another_kernel_knows_of_it(edited: Project):
    edited.session.accept("a")
    other = Project(edited.session.store.folder)
    assert isinstance(other.session, Session)
    other.cell("K = 2\ndef f(): return K")
    other.cell("@asset\ndef a(): return f() * 0")
    assert other.states == ""
    edited.session.unaccept("a")
    assert other.states == "a: stale"


def test_it_is_explained_with_what_differs(edited: Project):
    assert "%assets accept a" in str(edited.session.explain("a"))
    edited.session.accept("a")
    explained = edited.session.explain("a")
    assert "you accepted version 1" in str(explained)
    assert explained.to_dict()["accepted"] is True
    assert explained.to_dict()["acceptances"][0]["reasons"] == ["`K` 1 → 2"]
    assert "unaccept" in explained._repr_html_()


def test_new_data_of_an_input_is_accepted_for_that_data_alone(project: Project):
    project.cell("N = 1\n@asset\ndef a(): return N")
    project.cell("@asset\ndef b(a): return a * 0")
    project.run()
    project.names["N"] = 2
    project.run("a")
    assert project.why("b")[0].startswith("`a` has new data: 1 → 2")
    project.session.accept("b")
    assert project.states == ""
    project.names["N"] = 3
    project.run("a")
    assert project.states == "b: stale"


def test_what_is_fresh_or_was_never_made_or_fails_is_refused(project: Project):
    project.cell("K = 1\n@asset\ndef a(): return 1 / K")
    with pytest.raises(UsageError, match="was never materialized"):
        project.session.accept("a")
    project.run()
    with pytest.raises(UsageError, match="is fresh"):
        project.session.accept("a")
    project.names["K"] = 0
    project.run()
    with pytest.raises(UsageError, match="failed"):
        project.session.accept("a")


def test_what_only_follows_is_refused_and_names_what_it_follows(edited: Project):
    with pytest.raises(UsageError, match="nothing of `b` itself changed"):
        edited.session.accept("b")


def test_nothing_to_take_back_is_told(edited: Project):
    with pytest.raises(UsageError, match="nothing to take back"):
        edited.session.unaccept("a")
