"""Which rules apply to a run, which do not, and why; each in the case's own words."""

from __future__ import annotations

from procure_opt.case.model import Case
from procure_opt.case.vocabulary import last_day
from procure_opt.change import REQUEST
from procure_opt.errors import printable

from .names import nation_name

_LONGEST = 300


def why_not(case: Case, red_line: str) -> str | None:
    """Return why a red line does not bind in this case; None if it does."""
    stated = case.red_lines[red_line]
    if not case.applies(red_line):
        return "switched off"
    if case.enters(red_line):
        return None
    if stated.status != "in_force":
        return stated.status
    if last_day(stated.as_of) > case.known_until():
        return f"dated {stated.as_of}, not before {_decided(case)}"
    return f"soft: said by {_speaker(stated.speaker)}" if stated.grade is None else "graded soft"


def _decided(case: Case) -> str:
    return (
        f"the state of knowledge {case.as_of}"
        if case.decision is None
        else f"the decision of {case.decision.date}"
    )


def _speaker(speaker: str) -> str:
    return {"official": "an official", "unnamed": "an unnamed speaker", "company": "a company"}.get(
        speaker, f"a {speaker.replace('_', ' ')}"
    )


def standing(case: Case) -> list[str]:
    """Return lines on the red lines that apply, those that do not, and what else is switched off."""
    reasons = {name: why_not(case, name) for name in sorted(case.red_lines)}
    applied = [name for name, reason in reasons.items() if reason is None]
    lines = [f"red lines that apply: {', '.join(applied) or 'none'}"]
    lines += [
        f"red line that does not apply: {name} ({reason})" for name, reason in reasons.items() if reason
    ]
    others = [name for name in case.off if name not in case.red_lines]
    return lines + ([f"switched off: {', '.join(others)}"] if others else [])


def red_line_text(case: Case, red_line: str) -> str:
    """``RL1 (ALP (Alpland), parliament, 2024-01-15): Alpland joins only as lead ...``."""
    stated = case.red_lines[red_line]
    if stated.owner == stated.source == REQUEST:
        return f"{red_line} (required for this run): {printable(stated.text, _LONGEST)}"
    said = f"{nation_name(case, stated.owner)}, {stated.speaker.replace('_', ' ')}, {stated.as_of}"
    return f"{red_line} ({said}): {printable(stated.text, _LONGEST)}"
