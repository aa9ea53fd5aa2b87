"""What is wrong with a structure, in the case's own words."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, order=True)
class Violation:
    """A rule that the structure breaks; ``id`` if a run can switch the rule off."""

    rule: str
    text: str
    id: str | None = None

    def __str__(self) -> str:
        """``rule [id]: text``."""
        return f"{self.rule}{f' [{self.id}]' if self.id else ''}: {self.text}"
