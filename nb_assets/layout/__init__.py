"""Positions for a grouped graph: a pure computation, graph in and boxes out, that knows nothing of assets."""

from __future__ import annotations

from nb_assets.layout.grouped import layout
from nb_assets.layout.model import Box, Direction, Edge, EdgePath, Layout, Node

__all__ = ["Box", "Direction", "Edge", "EdgePath", "Layout", "Node", "layout"]
