"""What changed between two values, or between two versions of an asset's code.

Importing this costs the standard library only; polars, pandas and NumPy load when frames and arrays are compared.
"""

from __future__ import annotations

from nb_assets.diff.code import CodeDiff, code_diff
from nb_assets.diff.dataframe import FrameDiff, diff_frames
from nb_assets.diff.dispatch import Options, diff, register_diff, register_fallback
from nb_assets.diff.frame_input import is_frame
from nb_assets.diff.opaque import diff_opaque
from nb_assets.diff.value_diff import ValueDiff, from_dict

__all__ = ["CodeDiff", "FrameDiff", "Options", "ValueDiff", "code_diff", "diff", "from_dict", "register_diff"]

register_fallback(diff_opaque)
register_diff(is_frame, diff_frames)
