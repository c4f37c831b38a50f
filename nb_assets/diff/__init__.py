"""What changed between two values, or between two versions of an asset's code.

Importing this costs the standard library only; polars, pandas and NumPy load when frames and arrays are compared.
"""

from __future__ import annotations

from collections.abc import Set as AbstractSet

from nb_assets.callable_module import make_callable
from nb_assets.diff.array import diff_arrays, is_array
from nb_assets.diff.attributes import diff_attributes, has_attributes
from nb_assets.diff.binary import diff_bytes
from nb_assets.diff.chart import diff_charts, is_chart
from nb_assets.diff.code import CodeDiff, code_diff
from nb_assets.diff.dataframe import FrameDiff, diff_frames
from nb_assets.diff.dispatch import Options, diff, register_diff, register_fallback
from nb_assets.diff.frame_input import is_frame
from nb_assets.diff.image import diff_figures, diff_images, is_figure, is_image
from nb_assets.diff.model import diff_models, is_model
from nb_assets.diff.number import diff_number, is_number
from nb_assets.diff.opaque import diff_opaque
from nb_assets.diff.scalar import diff_scalar, is_scalar
from nb_assets.diff.sets import diff_sets
from nb_assets.diff.structure import diff_structure, is_structure
from nb_assets.diff.text import diff_text
from nb_assets.diff.value_diff import ValueDiff, from_dict

__all__ = ["CodeDiff", "FrameDiff", "Options", "ValueDiff", "code_diff", "diff", "from_dict", "register_diff"]

# The last one registered is asked first: from the vaguest to the most telling.
register_fallback(diff_opaque)
register_diff(has_attributes, diff_attributes)
register_diff(is_model, diff_models)
register_diff(is_chart, diff_charts)
register_diff(AbstractSet, diff_sets)
register_diff(is_structure, diff_structure)
register_diff(bytes, diff_bytes)
register_diff(str, diff_text)
register_diff(is_scalar, diff_scalar)
register_diff(is_number, diff_number)
register_diff(is_figure, diff_figures)
register_diff(is_image, diff_images)
register_diff(is_array, diff_arrays)
register_diff(is_frame, diff_frames)

# `nb_assets.diff(old, new)` bears the name of this module.
make_callable(__name__, diff)
