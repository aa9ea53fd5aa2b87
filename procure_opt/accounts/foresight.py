"""What is already clear about a nation's condition once it is known where the nation sits.

A nation that stays out leads nothing, works on nothing and sells nothing; so a task that asks for it need
not be left open in that context. Three answers: True, False, or None for "depends on the rest".
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from procure_opt.case.conditions import Condition
from procure_opt.case.model import Case

from .contexts import Context
from .levels import outside_source, own_source

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


def depends_on_others(case: Case, nation: str, options: Sequence[tuple[str, str]]) -> bool:
    """Can others change the autonomy of the nation while it joins nothing and takes these (need, option)?

    A task may require what others alone decide: that a programme comes about in time, or under which rights.

    >>> from procure_opt.case.load import load_case
    >>> depends_on_others(load_case("gcap"), "JPN", [("combat_air", "fx_us")])
    False
    """
    kept = {task for need, option in options for task in case.needs[need].outside[nation][option].keeps}
    seated = Context(nation, tuple(sorted(case.pillars)), (), tuple(options))
    required = (case.tasks[task].requires for task in case.nations[nation].weights() if task not in kept)
    return any(stated is not None and foreseen(case, stated, seated) is None for stated in required)


def _not(answer: Answer) -> Answer:
    return None if answer is None else not answer


def _any(answers: list[Answer]) -> Answer:
    if any(answer is True for answer in answers):
        return True
    return None if any(answer is None for answer in answers) else False


def _atom(case: Case, kind: str, atom: Any, context: Context) -> Answer:
    rule = _RULES.get(kind)
    if getattr(atom, "nation", None) not in (None, context.nation):
        return None
    if kind == "level":
        return _level(case, atom, context)
    if rule is None:
        return None
    if kind == "takes_outside":
        return rule(case, atom, dict(context.options).get(atom.need))
    seats = {pillar: tier for pillar, tier, _ in context.seats}
    pillar = case.the_pillar(atom.pillar)
    if pillar not in context.pillars:
        return None
    return rule(case, atom, seats.get(pillar))


def _level(case: Case, atom: Any, context: Context) -> Answer:
    """Outside the pillars that control a function, its level comes from own means and outside options."""
    nation, taken = context.nation, dict(context.options)
    has = [own_source(case, nation, atom.function)]
    has += [outside_source(case, nation, need, option, atom.function) for need, option in taken.items()]
    if any(source.level >= atom.at_least for source in has):
        return True
    outside = set(context.pillars) - {pillar for pillar, _, _ in context.seats}
    if not outside.issuperset(case.functions[atom.function].packages):
        return None
    might = (
        outside_source(case, nation, need, option, atom.function).level >= atom.at_least
        for need in set(case.needs) - set(taken)
        for option in case.needs[need].outside.get(nation, {})
    )
    return None if any(might) else False


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
