"""Everything that can go wrong, as one tree; each branch knows its exit code.

::

    ProcureError
    |-- UsageError          2  the call itself is wrong (an unknown id, an impossible option)
    |-- CaseError           2  a case file that cannot be used; carries every finding at once
    |-- ResultError         2  a result file that cannot be read
    |-- NotBuiltYet         2  the case states something that this version cannot decide; named
    |-- NoStructure         4  the requirements contradict each other
    |-- VerificationFailed  5  a result does not stand up to a second look
    |-- LimitReached        3  time is up: nothing was proved by the last step
    `-- EngineDoubt         3  a solver answer that is no proof ("unknown" is its only name)
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

_LONGEST_QUOTE = 120


def printable(text: object, longest: int = _LONGEST_QUOTE) -> str:
    r"""Return ``text`` so that a terminal shows it and never obeys it.

    Control, format, surrogate and line-separating characters become escapes; long texts are cut.

    >>> printable("a\x1b[31mb")
    'a\\x1b[31mb'
    """
    raw = str(text)
    cut = raw if len(raw) <= longest else raw[: longest - 3] + "..."
    return "".join(c if c.isprintable() else c.encode("unicode_escape").decode("ascii") for c in cut)


@dataclass(frozen=True, slots=True, order=True)
class Finding:
    """One thing to say about one place of a file.

    ``line`` and ``column`` count from 1; 0 where the file has no such place (a directory, say).
    ``severity``: error, warning, or note (how to read what was found). ``where`` is the path in the document
    (``pillars.fighter.tiers.core``), empty for the whole file.
    """

    file: str
    line: int
    column: int
    severity: str
    where: str
    message: str

    def __str__(self) -> str:
        """``file:line:col: error: where: what, what would be right``."""
        place = f"{printable(self.file)}:{self.line}:{self.column}" if self.line else printable(self.file)
        subject = f"{printable(self.where)}: " if self.where else ""
        return f"{place}: {self.severity}: {subject}{printable(self.message, 600)}"


class ProcureError(Exception):
    """Root of all errors that procure_opt raises on purpose."""

    exit_code = 1


class UsageError(ProcureError):
    """The call is wrong: an unknown name, an impossible combination of options."""

    exit_code = 2


class CaseError(ProcureError):
    """A case file that cannot be used. ``findings`` holds every error and warning, sorted."""

    exit_code = 2

    def __init__(self, findings: Iterable[Finding]) -> None:
        self.findings: tuple[Finding, ...] = tuple(sorted(set(findings)))
        super().__init__("\n".join(str(finding) for finding in self.findings))


class ResultError(ProcureError):
    """A result file that cannot be read as one."""

    exit_code = 2


class NotBuiltYet(ProcureError):
    """The case states something that this version cannot decide; the message names it."""

    exit_code = 2


class NoStructure(ProcureError):
    """No structure satisfies the unconditional requirements of the case."""

    exit_code = 4


class VerificationFailed(ProcureError):
    """A result that does not stand up to a second look."""

    exit_code = 5


class LimitReached(ProcureError):
    """A time limit or an interrupt ended a step before it proved anything."""

    exit_code = 3


class EngineDoubt(ProcureError):
    """The solver answered something that proves nothing; the zone stays open."""

    exit_code = 3
