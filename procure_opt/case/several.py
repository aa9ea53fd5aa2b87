"""What is said of several editions of one file: what is true of all of them once, the rest by name."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from procure_opt.errors import Finding

from .unfinished import NOTE

OUTSIDE = "outside `editions`"
"""What messages call the edition that the file states outside `editions` and does not name."""

_Said = tuple[str, str, str]
_Told = Sequence[Iterable[Finding]]


def together(names: Sequence[str], told: _Told) -> list[Finding]:
    """Return the findings of all editions, each once; one that is not true of all names its editions.

    Two findings are the same if they say the same of the same path: a patch moves what it touches to its own
    lines, so that a mistake outside `editions` would be told again there. The first place is kept.

    >>> twice = [[Finding("f", 3, 1, "error", "a", "no")], [Finding("f", 9, 1, "error", "a", "no")]]
    >>> print(*together(["2024", "2022"], twice))
    f:3:1: error: a: no
    """
    first: dict[_Said, Finding] = {}
    true_of: dict[_Said, list[str]] = {}
    for name, findings in zip(names, told, strict=True):
        for said, finding in _by_words(findings).items():
            first.setdefault(said, finding)
            true_of.setdefault(said, []).append(name)
    last = max(((each.line, each.column) for each in first.values() if each.severity != NOTE), default=(0, 0))
    for said, finding in first.items():
        if finding.severity == NOTE:  # it stands after the errors of all editions
            first[said] = replace(finding, line=last[0], column=last[1])
    return sorted(_named(first[said], true_of[said], len(names)) for said in first)


def each_by_name(names: Sequence[str], told: _Told) -> list[tuple[Finding, ...]]:
    """Return the findings of each edition with its name, at the first place where the same is said.

    >>> both = [[Finding("f", 3, 1, "warning", "a", "odd")], [Finding("f", 9, 1, "warning", "a", "odd")]]
    >>> print(*each_by_name(["2024", "2022"], both)[1])
    f:3:1: warning: a: odd (edition 2022)
    """
    first: dict[_Said, Finding] = {}
    named = []
    for name, findings in zip(names, told, strict=True):
        own = _by_words(findings)
        first = own | first
        named.append(tuple(sorted(_named(first[said], [name], len(names)) for said in own)))
    return named


def _by_words(findings: Iterable[Finding]) -> dict[_Said, Finding]:
    return {(each.severity, each.where, each.message): each for each in findings}


def _named(finding: Finding, editions: list[str], of: int) -> Finding:
    if len(editions) == of or finding.where.startswith("editions."):  # its path says it already
        return finding
    plural = "s" if len(editions) > 1 else ""
    return replace(finding, message=f"{finding.message} (edition{plural} {', '.join(editions)})")
