"""What was reached from a function, by name: what each part means, and which name leads where. How it is reached is `reach`'s."""

from __future__ import annotations

import re
from typing import Final

# A dotted name, as functions and classes that are installed are told by.
_INSTALLED: Final = re.compile(r"\w+(\.\w+)+")


class Findings:
    """Parts by name, each with what it means for the fingerprint and how it is shown."""

    def __init__(self) -> None:
        self.meanings: dict[str, str] = {}
        self.shown: dict[str, str] = {}
        # A dict, since a set of texts has another order in each process.
        self._references: dict[str, None] = {}

    def add(self, name: str, meaning: str, shown: str | None = None) -> str:
        """Note what a value means; return what it is called here."""
        # Two modules may have different things of one name: both count.
        unique, count = name, 1
        while self.meanings.get(unique, meaning) != meaning:
            count += 1
            unique = f"{name} [{count}]"
        self.meanings[unique] = meaning
        self.shown[unique] = shown if shown is not None else meaning
        return unique

    def add_code(self, name: str, meaning: str, shown: str | None = None) -> str:
        """Note what a function or a class means; each has a name of its own, since it reaches things of its own."""
        unique, count = name, 1
        while unique in self.meanings:
            count += 1
            unique = f"{name} [{count}]"
        return self.add(unique, meaning, shown)

    def refer(self, label: str, name: str, target: str) -> None:
        """Note what a name in a part stands for; without a label, a name that a definition is given."""
        self._references[f"{label} {name} = {target}" if label else f"{name} = {target}"] = None
        if name != target.rpartition(".")[2]:
            self.tell(name, target)

    def tell(self, name: str, target: str) -> None:
        """Note for reasons what something installed is, which is found under another name and has no part of its own."""
        if _INSTALLED.fullmatch(target) and target not in self.meanings:
            self.shown.setdefault(name, target)

    @property
    def counted(self) -> dict[str, str]:
        """What everything means, and which name leads where: of several things of one name, to which."""
        return {**self.meanings, "": "\n".join(sorted(self._references))}
