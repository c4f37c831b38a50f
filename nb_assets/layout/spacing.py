"""The distances of the picture, in pixels."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True, slots=True)
class Spacing:
    """Distances along the direction of the edges and across it."""

    margin: float = 24
    padding: float = 16
    header: float = 34
    collapsed_width: float = 208
    collapsed_height: float = 56
    node_gap: float = 14
    group_gap: float = 26
    lane_gap: float = 10
    component_gap: float = 22
    layer_gap: float = 44
    layer_gap_most: float = 150
    band_gap: float = 92
    """The least room between two layers for edges to come together in a band and to part again."""
    band_line: float = 3
    band_most: float = 24
    """How far apart the edges of a band run, and how broad it gets at most."""
    layer_gap_slope: float = 0.11
    """How much wider the room between two layers is for every pixel that an edge in it climbs."""
    aspect: float = 1.75


SPACING = Spacing()
