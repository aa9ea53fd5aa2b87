"""Why there is no structure, in the words of the case."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from procure_opt.case.model import Case

from .names import listed
from .numbers import counted
from .standing import red_line_text


def regret_lines(regrets: Sequence[str]) -> list[str]:
    """Return who would rather be outside, should participation be among the rules."""
    return [f"    for instance, with all else obeyed {listed(regrets)}"] if regrets else []


def conflict_text(
    case: Case, ids: Iterable[str], what: Mapping[str, str], regrets: Sequence[str] = ()
) -> list[str]:
    """Return the conflict rule by rule; ``what`` says what each id is that is no red line.

    ``regrets``: who would rather be outside, should participation be among them.
    """
    named = list(ids)
    if not named:
        return [
            "no structure satisfies this case, even without every rule that can be switched off:",
            "  needs, tiers, work packages or rules without an id already conflict",
        ]
    rules = "this rule" if len(named) == 1 else f"these {counted(len(named), 'rule')}"
    lines = [f"no structure satisfies this case; {rules} cannot hold together with what is not negotiable:"]
    lines += [
        f"  {red_line_text(case, name) if name in case.red_lines else f'{name}: {what[name]}'}"
        for name in named
    ]
    lines += regret_lines(regrets)
    if len(named) == 1:
        return [*lines, "without it there is one"]
    return [*lines, "drop any single one of them and these no longer conflict; there may be other conflicts"]
