"""Small lineages that never change, as views: what the pictures in `snapshots/` show."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from random import Random

from nb_assets.layout import Edge, Node, layout
from nb_assets.views.model import EdgeView, GroupView, LineageView, NodeView
from nb_assets.views.status import STATUSES

FLIGHTS = {
    "raw": "flights airlines airports planes weather",
    "cleaned": "flights_clean:flights weather_hourly:weather planes_clean:planes",
    "metrics": (
        "delays_by_carrier:flights_clean,airlines delays_by_airport:flights_clean,airports "
        "delay_vs_weather:flights_clean,weather_hourly fleet_age:planes_clean delay_vs_age:flights_clean,fleet_age"
    ),
    "model": (
        "features:flights_clean,weather_hourly,fleet_age train_test:features model:train_test "
        "scores:model,train_test report:scores,delays_by_carrier,delay_vs_weather"
    ),
}
NESTED = {
    "sales/raw": "orders customers",
    "sales/marts": "revenue:orders,customers churn:customers",
    "ops/raw": "stock",
    "ops": "reorder:stock,revenue",
    "": "board:reorder,churn",
}
REASONS = {
    "stale": "`clean()` changed",
    "failed": "KeyError: 'dep_delay'",
    "skipped": "flights failed",
    "missing": "never materialized",
}


def flights(collapsed: Iterable[str] = (), direction: str = "LR") -> LineageView:
    return make_view(FLIGHTS, collapsed=collapsed, direction=direction)


def nested(collapsed: Iterable[str] = (), direction: str = "LR") -> LineageView:
    return make_view(NESTED, collapsed=collapsed, direction=direction)


def every_status() -> LineageView:
    """Return one asset in every state, unconnected."""
    return make_view({"": " ".join(STATUSES)}, states={state: state for state in STATUSES})


def one(name: str, /, **changes: object) -> LineageView:
    """Return a single asset, with whatever else is said of it."""
    view = make_view({"group": "x"})
    view["nodes"][0].update({"key": name, "name": name} | changes)  # type: ignore[typeddict-item]
    return view


def empty() -> LineageView:
    return make_view({})


def make_view(
    groups: Mapping[str, str],
    *,
    collapsed: Iterable[str] = (),
    direction: str = "LR",
    states: Mapping[str, str] | None = None,
) -> LineageView:
    """Read `name:upstream,upstream` by group into a view, with states, details and badges out of a seeded hat."""
    nodes, edges = [], []
    for group, assets in groups.items():
        for text in assets.split():
            name, _, upstream = text.partition(":")
            nodes.append(Node(id=name, width=224, height=64, group=group or None))
            edges += [Edge(source=source, target=name) for source in upstream.split(",") if source]
    shut = frozenset(collapsed)
    placed = layout(nodes, edges, collapsed=shut, direction=direction)
    hat = Random(7)
    weights = [1, 1, 1, 3, 2, 1, 12]
    state_of = {node.id: hat.choices(list(STATUSES), weights)[0] for node in nodes} | dict(states or {})
    node_views = [_node_view(node, state_of[node.id], hat) for node in nodes]
    return LineageView(
        nodes=[_boxed(view, placed.nodes[view["key"]]) for view in node_views if view["key"] in placed.nodes],
        groups=[_group_view(name, box, nodes, state_of, shut) for name, box in placed.groups.items()],
        edges=[
            EdgeView(source=path.source, target=path.target, points=[list(point) for point in path.points])
            for path in placed.edges
        ],
        width=placed.width,
        height=placed.height,
        direction=direction,
    )


def _node_view(node, state, hat) -> NodeView:
    rows = hat.randint(1, 400_000)
    return NodeView(
        key=node.id,
        name=node.id,
        group=node.group,
        kinds=["pandas"],
        status=state,
        reason=REASONS.get(state, ""),
        detail="" if state == "missing" else f"{rows:,} rows",
        badge=hat.choice(["", "", "+120 \N{MINUS SIGN}3 ~45"]) if state == "fresh" else "",
        checks="",
        check_look="",
        partitions={},
        duration=None if state == "missing" else rows % 590 / 10,
        owner="",
        upstream=0,
        downstream=0,
        external=False,
        x=0,
        y=0,
        width=0,
        height=0,
    )


def _boxed(view, box) -> NodeView:
    return {**view, "x": box.x, "y": box.y, "width": box.width, "height": box.height}


def _group_view(name, box, nodes, state_of, shut) -> GroupView:
    states = [
        state_of[node.id]
        for node in nodes
        if node.group and (node.group == name or node.group.startswith(f"{name}/"))
    ]
    return GroupView(
        name=name,
        title=name.rpartition("/")[2],
        count=len(states),
        statuses={state: states.count(state) for state in STATUSES if state in states},
        collapsed=name in shut,
        x=box.x,
        y=box.y,
        width=box.width,
        height=box.height,
        parent=name.rpartition("/")[0] or None,
    )
