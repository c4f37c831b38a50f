"""Layers: edges run forwards, cycles are opened where it costs least, edges are short."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from nb_assets.layout.ranks import assign_ranks, find_back_arcs

arc_maps = st.dictionaries(
    st.tuples(st.integers(0, 9), st.integers(0, 9)).filter(lambda arc: arc[0] != arc[1]),
    st.integers(1, 5),
    max_size=30,
)


@given(arc_maps)
def test_every_arc_runs_forwards_but_those_turned_round(arcs):
    back = find_back_arcs(10, arcs)
    rank = assign_ranks(10, arcs, back)
    assert min(rank) == 0
    for source, target in arcs:
        assert (rank[source] > rank[target]) if (source, target) in back else (rank[source] < rank[target])


@given(arc_maps)
def test_nothing_is_turned_round_without_a_cycle(arcs):
    forward = {(min(arc), max(arc)): weight for arc, weight in arcs.items()}
    assert find_back_arcs(10, forward) == set()


def test_the_lighter_of_two_opposite_arcs_is_turned_round():
    assert find_back_arcs(2, {(0, 1): 9, (1, 0): 1}) == {(1, 0)}
    assert find_back_arcs(2, {(0, 1): 1, (1, 0): 9}) == {(0, 1)}


def test_of_equals_the_arc_against_input_order_is_turned_round():
    assert find_back_arcs(2, {(1, 0): 1, (0, 1): 1}) == {(1, 0)}


def test_a_source_stands_just_before_what_reads_it():
    chain_and_late_source = {(0, 1): 1, (1, 2): 1, (2, 3): 1, (4, 3): 1}
    assert assign_ranks(5, chain_and_late_source, set()) == [0, 1, 2, 3, 2]


def test_a_chain_of_twenty_thousand_needs_no_stack():
    arcs = {(vertex, vertex + 1): 1 for vertex in range(19_999)}
    assert assign_ranks(20_000, arcs, find_back_arcs(20_000, arcs))[-1] == 19_999
