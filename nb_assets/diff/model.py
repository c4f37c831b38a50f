"""What changed between two scikit-learn models of one class: parameters first, then what fitting gave."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from nb_assets.diff.attributes import diff_attributes
from nb_assets.diff.blocks import Fold
from nb_assets.diff.cell_text import distinct_texts
from nb_assets.diff.dispatch import compare
from nb_assets.diff.safely import type_name
from nb_assets.diff.structure import diff_parts
from nb_assets.diff.value_diff import shown, unchanged
from nb_assets.diff.wording import ARROW, Phrase, count, headline, shorten

if TYPE_CHECKING:
    from nb_assets.diff.blocks import Block
    from nb_assets.diff.dispatch import Options
    from nb_assets.diff.value_diff import ValueDiff

_MOST_SPELLED = 3


def is_model(value: object) -> bool:
    """Recognise scikit-learn's estimators, and those written after them, without importing scikit-learn."""
    return any(
        cls.__module__.partition(".")[0] == "sklearn" and cls.__name__ == "BaseEstimator"
        for cls in type(value).__mro__
    )


def diff_models(old: Any, new: Any, options: Options) -> ValueDiff:
    """Compare two models by their parameters and their fitted attributes."""
    if type(old) is not type(new):
        return diff_attributes(old, new, options)
    parameters = (_parameters(old), _parameters(new))
    fitted = (_fitted(old), _fitted(new))
    spelled = _changed_parameters(*parameters, options)
    of_fit = diff_parts("model", *fitted, options, type_name(new))
    if not spelled and of_fit.equal:
        return unchanged("model", type_name(new))
    clauses: list[list[Phrase]] = []
    if len(spelled) > _MOST_SPELLED:
        clauses.append([Phrase(f"{count(len(spelled), 'parameter')} changed", "changed")])
    else:
        clauses.append([Phrase(words, "changed") for words in spelled])
    if not of_fit.equal:
        before, after = (bool(side) for side in fitted)
        words = of_fit.summary if before == after else "fitted" if after else "no longer fitted"
        clauses.append([Phrase(f"fit: {words}" if before == after else words, "changed")])
    blocks: list[Block] = []
    of_parameters = diff_parts("model", *parameters, options, type_name(new))
    if of_parameters.blocks:
        blocks.append(Fold("Parameters", of_parameters.blocks, open=True))
    if of_fit.blocks:
        blocks.append(Fold("What fitting gave", of_fit.blocks, open=not spelled))
    return shown("model", headline(*clauses), badge="~", blocks=tuple(blocks))


def _parameters(model: Any) -> dict[str, Any]:
    """Return the parameters, those of the models in it among them; a model that is a parameter stands for its class."""
    return {name: _classes(value) for name, value in model.get_params(deep=True).items()}


def _classes(value: Any) -> Any:
    if is_model(value):
        return type_name(value)
    if isinstance(value, (list, tuple)):
        return type(value)(map(_classes, value)) if type(value) in (list, tuple) else value
    return value


def _fitted(model: Any) -> dict[str, Any]:
    """Return the attributes that are no parameters, those of the models in it under the names of these."""
    parameters = model.get_params(deep=True)
    found = {name: value for name, value in vars(model).items() if name not in parameters}
    for name, inner in parameters.items():
        if is_model(inner):
            own = inner.get_params(deep=True)
            place = found
            for part in name.split("__"):
                place = place.setdefault(part, {})
            place |= {each: value for each, value in vars(inner).items() if each not in own}
    return found


def _changed_parameters(old: dict[str, Any], new: dict[str, Any], options: Options) -> list[str]:
    words = []
    for name in dict.fromkeys([*old, *new]):
        if name not in old or name not in new:
            words.append(f"`{name}` {'added' if name in new else 'removed'}")
        elif not compare(old[name], new[name], options).equal:
            before, after = (shorten(text, 40) for text in distinct_texts(old[name], new[name]))
            words.append(f"`{name}` {before} {ARROW} {after}")
    return words
