"""What every condition has: a rule, a name, a label, its parts, and the operators that combine it with others."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from nb_assets.definitions.automation.constructors import Constructors, made
from nb_assets.errors import DefinitionError

if TYPE_CHECKING:
    from typing_extensions import Self

    from nb_assets.definitions.automation.context import AutomationContext, AutomationResult


class AutomationCondition(Constructors, ABC):
    """A condition under which an asset is made by itself.

    Conditions are made by the static methods and combined with `&`, `|`, `~` and `since`. One of your own is a subclass
    with `evaluate`.
    """

    def as_auto_materialize_policy(self) -> Self:
        """Return the condition: a policy is an older name of the same."""
        return self

    def to_automation_condition(self) -> Self:
        """Return the condition: a policy is an older name of the same."""
        return self

    @abstractmethod
    def evaluate(self, context: AutomationContext) -> AutomationResult:
        """Return for which partitions of the asset it is true now."""

    @property
    def children(self) -> Sequence[AutomationCondition]:
        """The conditions that it is made of."""
        return ()

    @property
    def requires_cursor(self) -> bool:
        """Whether what it found is kept for the next evaluation."""
        return True

    @property
    def name(self) -> str:
        """What kind of condition it is."""
        return type(self).__name__

    @property
    def description(self) -> str:
        """When it is true, in a few words."""
        return ""

    def get_label(self) -> str | None:
        """Return the name that it was given, if it was."""
        return None

    def node_id(self, parent: str, index: int | None, target: Any) -> str:
        """Return what tells it from the other parts of the same condition, from one evaluation to the next."""
        del target
        return f"{parent}/{'' if index is None else index}:{self.name}"

    def replace(self, old: AutomationCondition | str, new: AutomationCondition) -> AutomationCondition:
        """Return the condition with another one in place of a part: a condition, a label or a name."""
        return new if self._is(old) else self

    def _is(self, other: AutomationCondition | str) -> bool:
        return other in (self, self.name, self.get_label())

    def since(self, reset_condition: AutomationCondition) -> BuiltinAutomationCondition:
        """Return a condition that is true from when this one becomes true until the other does."""
        return made("since", trigger_condition=self, reset_condition=_condition(reset_condition))

    def newly_true(self) -> BuiltinAutomationCondition:
        """Return a condition that is true only in the evaluation in which this one becomes true."""
        return made("newly_true", operand=self)

    def since_last_handled(self) -> BuiltinAutomationCondition:
        """Return a condition that is true once this one was, until the asset is requested or updated."""
        handled = made("newly_requested") | made("newly_updated") | made("initial_evaluation")
        return self.since(handled.with_label("handled"))

    def __and__(self, other: AutomationCondition) -> BuiltinAutomationCondition:
        return _joined("and", self, other)

    def __or__(self, other: AutomationCondition) -> BuiltinAutomationCondition:
        return _joined("or", self, other)

    def __invert__(self) -> BuiltinAutomationCondition:
        return made("not", operand=self)


@dataclass(frozen=True, kw_only=True)
class BuiltinAutomationCondition(AutomationCondition):
    """A condition that comes with the package: plain data, equal to another that says the same."""

    label: str | None = None

    def get_label(self) -> str | None:
        """Return the name that it was given, if it was."""
        return self.label

    def with_label(self, label: str | None) -> Self:
        """Return the same condition under a name that says what it is for."""
        return replace(self, label=label)

    def stable_id(self, target: Any) -> str:
        """Return an id that does not depend on where in a condition it stands: what it finds does not, either."""
        inside = "".join(child.node_id("", index, target) for index, child in enumerate(self.children))
        return f"{self.name}({inside})@{'' if target is None else target.to_user_string()}"


@dataclass(frozen=True, kw_only=True)
class Unkept(BuiltinAutomationCondition):
    """A condition that needs nothing of the evaluation before."""

    @property
    def requires_cursor(self) -> bool:
        """Whether what it found is kept for the next evaluation: it is not."""
        return False


class Selective(ABC):
    """A condition that can be limited to some of the assets that it asks."""

    @abstractmethod
    def allow(self, selection: Any) -> Any:
        """Return a copy that asks these assets alone."""

    @abstractmethod
    def ignore(self, selection: Any) -> Any:
        """Return a copy that does not ask these assets."""


@dataclass(frozen=True, kw_only=True)
class Composite(BuiltinAutomationCondition, Selective):
    """A condition whose limits and replacements are those of its parts."""

    @abstractmethod
    def with_children(self, change: Callable[[AutomationCondition], AutomationCondition]) -> Self:
        """Return a copy with each part changed."""

    def replace(self, old: AutomationCondition | str, new: AutomationCondition) -> AutomationCondition:
        """Return the condition with another one in place of a part: a condition, a label or a name."""
        return new if self._is(old) else self.with_children(lambda child: child.replace(old, new))

    def allow(self, selection: Any) -> Self:
        """Return a copy whose parts ask these assets alone."""
        checked_selection(selection)
        return self.with_children(
            lambda child: child.allow(selection) if isinstance(child, Selective) else child
        )

    def ignore(self, selection: Any) -> Self:
        """Return a copy whose parts do not ask these assets."""
        checked_selection(selection)
        return self.with_children(
            lambda child: child.ignore(selection) if isinstance(child, Selective) else child
        )


def checked_condition(value: Any, owner: str) -> AutomationCondition | None:
    """Return the condition given for an asset.

    Raises
    ------
    DefinitionError
        When it is none.
    """
    if value is not None and not isinstance(value, AutomationCondition):
        raise DefinitionError(
            f"the automation_condition of `{owner}` is an AutomationCondition, such as AutomationCondition.eager(), "
            f"not {value!r}."
        )
    return value


def checked_selection(value: Any) -> Any:
    """Return a selection of assets.

    Raises
    ------
    DefinitionError
        When it is none.
    """
    # Selections know of definitions, and so are known here by what they can do.
    if not hasattr(value, "resolve") or not hasattr(value, "to_selection_str"):
        raise DefinitionError(
            f"a condition is limited to an AssetSelection, such as AssetSelection.groups(…), not to {value!r}."
        )
    return value


def _condition(value: Any) -> AutomationCondition:
    if not isinstance(value, AutomationCondition):
        raise DefinitionError(f"conditions are combined with conditions, and {value!r} is none.")
    return value


def _joined(kind: str, one: AutomationCondition, other: AutomationCondition) -> BuiltinAutomationCondition:
    joined = made(kind, operands=(one, _condition(other)))

    # What has a label of its own stays one part.
    def parts(condition: AutomationCondition) -> Sequence[AutomationCondition]:
        same = type(condition) is type(joined) and condition.get_label() is None
        return condition.children if same else (condition,)

    return made(kind, operands=(*parts(one), *parts(other)))
