"""What is already clear about a nation's condition once it is known where the nation sits.

A nation that stays out leads nothing, works on nothing and sells nothing; so a task that asks for it need
not be left open in that context. Three answers: True, False, or None for "depends on the rest".
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from procure_opt.case.conditions import Condition
from procure_opt.case.model import Case

from .contexts import Context

Answer = bool | None


def foreseen(case: Case, condition: Condition, context: Context) -> Answer:
    """Return whether the condition holds in the context, if that is clear already."""
    answers = [_atom(case, kind, atom, context) for kind, atom in condition.atoms()]
    if condition.any_of is not None:
        answers.append(_any([foreseen(case, each, context) for each in condition.any_of]))
    if condition.all_of is not None:
        answers += [foreseen(case, each, context) for each in condition.all_of]
    if condition.not_ is not None:
        answers.append(_not(foreseen(case, condition.not_, context)))
    return _not(_any([_not(answer) for answer in answers]))


def _not(answer: Answer) -> Answer:
    return None if answer is None else not answer


def _any(answers: list[Answer]) -> Answer:
    if any(answer is True for answer in answers):
        return True
    return None if any(answer is None for answer in answers) else False


def _atom(case: Case, kind: str, atom: Any, context: Context) -> Answer:
    rule = _RULES.get(kind)
    if rule is None or getattr(atom, "nation", None) not in (None, context.nation):
        return None
    if kind == "takes_outside":
        return rule(case, atom, dict(context.options).get(atom.need))
    seats = {pillar: tier for pillar, tier, _ in context.seats}
    pillar = case.the_pillar(atom.pillar)
    if pillar not in context.pillars:
        return None
    return rule(case, atom, seats.get(pillar))


def _needs_work(case: Case, atom: Any, tier: str | None) -> Answer:
    wants = atom.at_least_percent is not None and atom.at_least_percent.value > 0
    return _needs_work_at_all(case, atom, tier) if wants else None


def _needs_lead(case: Case, atom: Any, tier: str | None) -> Answer:
    able = tier is not None and "lead" in case.pillars[case.the_pillar(atom.pillar)].tiers[tier].may
    return None if able else False


def _needs_work_at_all(case: Case, atom: Any, tier: str | None) -> Answer:
    able = tier is not None and bool(case.pillars[case.the_pillar(atom.pillar)].tiers[tier].may)
    return None if able else False


def _takes(case: Case, atom: Any, option: str | None) -> Answer:
    return None if option is None else atom.option in (None, option)


_RULES: dict[str, Callable[[Case, Any, str | None], Answer]] = {
    "participates": lambda case, atom, tier: tier is not None,
    "tier": lambda case, atom, tier: tier in atom.tiers,
    "excludes": lambda case, atom, tier: tier is None or (atom.tiers is not None and tier not in atom.tiers),
    "share": _needs_work,
    "leads": _needs_lead,
    "does_not_lead": lambda case, atom, tier: _not(_needs_lead(case, atom, tier)),
    "equal_footing": lambda case, atom, tier: False if tier is None else None,
    "may_export": _needs_work_at_all,
    "assembles_at_home": lambda case, atom, tier: False if tier is None else None,
    "takes_outside": _takes,
}
