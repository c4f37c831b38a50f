"""What the kernel answers when assets are looked for, listed, and the picture is narrowed down."""

from __future__ import annotations

from tests.harness.wishes import wish


def drawn(message):
    return {node["key"] for node in message["view"]["nodes"]}


def narrow(view, key="", up=None, down=None, text="", **filters):
    return view.say("narrow", key=key, up=up, down=down, text=text, filters=filters)


def test_a_search_that_cannot_be_read_says_from_where_on(view):
    view.say("ready")
    (found,) = view.say("find", text="raw and or", filters={})
    assert found["at"] == 8
    assert found["keys"] == []


def test_what_is_typed_is_completed(view):
    view.say("ready")
    (found,) = view.say("complete", text="status:", at=7)
    assert [(each["name"], each["count"]) for each in found["candidates"]] == [("missing", 4)]


def test_the_picture_is_narrowed_down_to_a_neighbourhood_and_widened_again(view):
    view.say("ready")
    (graph,) = narrow(view, "delay", 1, 0)
    assert drawn(graph) == {"flights", "delay"}
    assert graph["scope"]["focus"] == {"key": "delay", "up": 1, "down": 0}
    assert (graph["scope"]["shown"], graph["scope"]["hidden"]) == (2, 2)
    (graph,) = narrow(view)
    assert graph["scope"] is None
    assert len(drawn(graph)) == 4


def test_edges_through_what_is_hidden_are_told_apart(view):
    view.say("ready")
    (graph,) = narrow(view, text="flights or report")
    assert graph["scope"]["indirect"] == [["flights", "report"]]


def test_folded_groups_open_for_what_is_left_and_close_again(view):
    view.say("ready")
    view.say("arrange", collapsed=["raw", "metrics"], direction="LR", anew=False)
    (graph,) = narrow(view, "delay", 1, 1)
    assert drawn(graph) == {"flights", "delay", "report"}
    (graph,) = narrow(view)
    assert drawn(graph) == set()


def test_a_search_that_cannot_be_read_narrows_nothing(view):
    view.say("ready")
    (answer,) = narrow(view, text="raw and or")
    assert answer["kind"] == "error"
    (graph,) = view.say("ready")
    assert graph["scope"] is None


def test_a_scope_around_what_is_gone_is_left(view, flights):
    view.say("ready")
    narrow(view, "delay", 1, 0)
    flights.session.forget("delay or report")
    (graph, *_) = view.say("ready")
    assert graph["scope"] is None
    assert drawn(graph) == {"flights", "airports"}


def test_only_what_is_in_the_picture_is_materialized_as_stale(view):
    view.say("ready")
    (graph,) = narrow(view, text="group:raw")
    assert graph["stale"] == 2
    view.run("materialize", wish=wish("stale"))
    narrow(view)
    assert view.statuses() == {
        "flights": "fresh",
        "airports": "fresh",
        "delay": "missing",
        "report": "missing",
    }


def test_an_asset_is_unfolded_and_brought_back_where_it_was_taken_out(view):
    view.say("ready")
    view.say("arrange", collapsed=["raw", "metrics"], direction="LR", anew=False)
    (graph,) = view.say("reveal", key="delay")
    assert drawn(graph) == {"delay", "report"}
    narrow(view, text="group:raw")
    (graph,) = view.say("reveal", key="report")
    assert graph["scope"] is None
    assert "report" in drawn(graph)


def test_the_list_has_a_row_for_each_asset_and_leaves_out_what_is_empty(view):
    view.say("ready")
    view.run("materialize", wish=wish(keys=["flights"], force=False))
    (answer,) = view.say("list", keys=[])
    rows = {row["key"]: row for row in answer["rows"]}
    assert set(rows) == {"flights", "airports", "delay", "report"}
    assert rows["flights"]["rows"] == 10
    assert rows["flights"]["kinds"] == ["pandas"]
    assert rows["flights"]["duration"] >= 0
    assert rows["report"] == {"key": "report", "group": "metrics", "status": "missing"}
    (answer,) = view.say("list", keys=["airports"])
    assert ([row["key"] for row in answer["rows"]], answer["every"]) == (["airports"], False)
