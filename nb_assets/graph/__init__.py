"""How assets depend on each other, and which of them a selection means.

The package bears the name of the decorator `nb_assets.graph`, and answers calls as it does.
"""

from __future__ import annotations

from nb_assets.callable_module import make_callable
from nb_assets.definitions.graph_definition import graph

make_callable(__name__, graph)
