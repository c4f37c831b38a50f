"""What changed between two charts that are data (Plotly, Altair): their specifications, path by path."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from nb_assets.diff.attributes import diff_attributes
from nb_assets.diff.safely import type_name
from nb_assets.diff.structure import diff_parts

if TYPE_CHECKING:
    from nb_assets.diff.dispatch import Options
    from nb_assets.diff.value_diff import ValueDiff

# The base class of each library's charts, and its method that gives the specification as plain data.
_SPECIFIED_BY = {("plotly", "BaseFigure"): "to_plotly_json", ("altair", "TopLevelMixin"): "to_dict"}


def is_chart(value: object) -> bool:
    """Recognise the charts of Plotly and Altair without importing either."""
    return _method(value) is not None


def diff_charts(old: Any, new: Any, options: Options) -> ValueDiff:
    """Compare two charts by what they specify."""
    method = _method(new)
    if method is None or type(old) is not type(new):
        return diff_attributes(old, new, options)
    return diff_parts("chart", getattr(old, method)(), getattr(new, method)(), options, type_name(new))


def _method(value: object) -> str | None:
    named = ((cls.__module__.partition(".")[0], cls.__name__) for cls in type(value).__mro__)
    return next((_SPECIFIED_BY[name] for name in named if name in _SPECIFIED_BY), None)
