"""What the picture of a lineage view is narrowed down to, and how its groups were folded before it was."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nb_assets.errors import SelectionError
from nb_assets.views.finding_model import FocusView, ScopeView
from nb_assets.views.lineage import shown_keys
from nb_assets.views.narrowing import Scope, indirect_edges

if TYPE_CHECKING:
    from nb_assets.definitions.asset_key import AssetKey
    from nb_assets.session import Session
    from nb_assets.views.model import LineageView


class Narrowed:
    """The scope of a picture. Which assets are in it is settled when it is drawn, not whenever a status changes."""

    def __init__(self) -> None:
        self.scope = Scope()
        self.keys: frozenset[AssetKey] | None = None
        """What stays in the picture; None for everything."""
        self._folded_before: frozenset[str] | None = None

    def to(self, session: Session, scope: Scope, folded: frozenset[str] | None) -> frozenset[str] | None:
        """Narrow down to a scope, or widen again; return which groups are folded then, None for the usual ones.

        Raises
        ------
        SelectionError
            When the search of the scope cannot be read; nothing changes then.
        """
        keys = scope.keys(session)
        if not self.scope:
            self._folded_before = folded
        self.scope, self.keys = scope, None if keys is None else frozenset(keys)
        # What is left may be few enough to be shown unfolded; afterwards the map is as the user had it.
        return None if scope else self._folded_before

    def refresh(self, session: Session) -> None:
        """Settle anew what is in the scope, as assets came and went; a scope that means nothing any more is left."""
        try:
            keys = self.scope.keys(session)
        except SelectionError:
            self.scope, keys = Scope(), None
        if keys is not None and self.scope.focus is not None and self.scope.focus.key not in session.graph.nx:
            self.scope, keys = Scope(), None
        self.keys = None if keys is None else frozenset(keys)

    def view(self, session: Session, selection: str, picture: LineageView) -> ScopeView | None:
        """Return what the picture is narrowed down to, for the page; None when it is not."""
        if not self.scope:
            return None
        every = sum(map(len, shown_keys(session, selection)))
        keys = [key for part in shown_keys(session, selection, self.keys) for key in part]
        focus = self.scope.focus
        return ScopeView(
            focus=None
            if focus is None
            else FocusView(key=focus.key.to_user_string(), up=focus.up, down=focus.down),
            text=self.scope.text,
            filters={name: list(values) for name, values in self.scope.filters.items() if values},
            shown=len(keys),
            hidden=every - len(keys),
            indirect=indirect_edges(session.graph, picture, frozenset(keys)),
        )
