"""What the user accepts as equivalent: fresh without a run, on record, and taken back at will."""

from __future__ import annotations

import pytest

from nb_assets import AssetKey
from nb_assets.errors import UnknownPartitionError, UsageError
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
    assert (said[0].version, said[0].reasons) == (1, ("`K` 1 → 2",))
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


@pytest.fixture
def parts(project: Project) -> Project:
    project.cell("K = 1\ndef f(): return K")
    project.cell(
        "from nb_assets import StaticPartitionsDefinition\n"
        "days = StaticPartitionsDefinition(['mon', 'tue', 'wed'])\n"
        "@asset(partitions_def=days)\ndef a(context): return context.partition_key + str(f() * 0)"
    )
    project.cell("@asset(partitions_def=days)\ndef b(a): return a + '!'")
    project.cell("@asset\ndef c(a): return sorted(a)")
    project.run()
    project.names["K"] = 2
    assert project.states == "a: stale, b: stale, c: stale"
    return project


def test_all_stale_partitions_are_accepted_at_once_and_taken_back_at_once(parts: Project):
    said = parts.session.accept("a")
    assert [(each.partition, each.version) for each in said] == [("mon", 1), ("tue", 1), ("wed", 1)]
    assert parts.states == ""
    assert parts.session.status("a")[AssetKey("a")].accepted
    assert parts.run() == ""
    assert len(parts.session.unaccept("a")) == 3
    assert parts.states == "a: stale, b: stale, c: stale"


def test_one_partition_is_accepted_and_taken_back_alone(parts: Project):
    parts.session.accept("a", partition_key="tue")
    of_each = {name: status.state for name, status in parts.session.partition_status("a").items()}
    assert of_each == {"mon": "stale", "tue": "fresh", "wed": "stale"}
    assert parts.session.partition_status("b")["tue"].state == "fresh"
    parts.run("a")
    assert len(parts.session.history("a", "tue")) == 1
    assert parts.states == ""
    parts.session.unaccept("a", partition_key="tue")
    assert parts.session.partition_status("a")["tue"].state == "stale"


def test_the_rest_is_accepted_later_and_what_was_last_accepted_is_taken_back_first(parts: Project):
    parts.session.accept("a", partitions="mon...tue")
    parts.session.accept("a")
    assert parts.states == ""
    assert [each.partition for each in parts.session.unaccept("a")] == ["wed"]
    assert {each.partition for each in parts.session.unaccept("a")} == {"mon", "tue"}
    assert len(parts.session.acceptances("a")) == 3


def test_partitions_that_are_not_there_or_fresh_or_follow_are_refused(parts: Project):
    with pytest.raises(UsageError, match="none is stale by itself"):
        parts.session.accept("b")
    with pytest.raises(UnknownPartitionError, match="thu"):
        parts.session.accept("a", partition_key="thu")
    with pytest.raises(UsageError, match="`c` has no partitions"):
        parts.session.accept("c", partition_key="mon")
    parts.session.accept("a", partition_key="mon")
    with pytest.raises(UsageError, match=r"`a \(mon\)` is fresh"):
        parts.session.accept("a", partition_key="mon")
    with pytest.raises(UsageError, match=r"nothing of `a \(wed\)` is accepted"):
        parts.session.unaccept("a", partition_key="wed")


def test_what_is_derived_from_partitions_is_accepted_for_their_data(parts: Project):
    parts.session.accept("a")
    parts.cell("@asset\ndef c(a): return sorted(a)[::1]")
    assert parts.states == "c: stale"
    parts.session.accept("c")
    assert parts.states == ""


def test_another_kernel_knows_of_the_partitions_that_were_accepted(parts: Project):
    parts.session.accept("a")
    other = Project(parts.session.store.folder)
    other.cell("K = 2\ndef f(): return K")
    other.cell(
        "from nb_assets import StaticPartitionsDefinition\n"
        "days = StaticPartitionsDefinition(['mon', 'tue', 'wed'])\n"
        "@asset(partitions_def=days)\ndef a(context): return context.partition_key + str(f() * 0)"
    )
    assert other.states == ""
    assert "as you accepted of `mon` and 2 more" in str(other.session.explain("a"))
