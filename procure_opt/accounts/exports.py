"""Export consent: who may sell a pillar's product to whom.

``presumed_consent``: unless another member that has a say vetoes the destination (the Franco-German
agreement of 2019 in spirit); ``unanimous``: only if every other member that has a say agrees to it
(Eurofighter). Only a member at a tier that may hold work sells, and not where it refuses itself.
"""

from __future__ import annotations

from procure_opt.case.model import Case
from procure_opt.case.pillars import Export
from procure_opt.structure.structure import Structure

from .coalitions import Coalition, seated, sorted_out
from .logic import conjunction, negation
from .symbols import Expression, Symbols, at_tiers


def blocks(rule: Export, nation: str, destination: str, *, sells: bool) -> bool:
    """Does the nation, as a member, stop a sale to the destination (its own sale if ``sells``)?"""
    if rule.rule == "unanimous" and not sells:
        return destination not in rule.consents.get(nation, ())
    return destination in rule.vetoes.get(nation, ())


def _with_a_say(case: Case, pillar: str) -> tuple[str, ...]:
    tiers = case.pillars[pillar].tiers
    return tuple(sorted(name for name, tier in tiers.items() if tier.export_say))


def _selling(case: Case, pillar: str) -> tuple[str, ...]:
    """Tiers that may hold work: whoever makes nothing has nothing to sell."""
    return tuple(sorted(name for name, tier in case.pillars[pillar].tiers.items() if tier.may))


def _rule(case: Case, pillar: str) -> Export | None:
    rule = case.pillars[pillar].export
    return rule if rule is not None and case.applies(rule.id) else None


def _never_sells(rule: Export, nation: str, destinations: tuple[str, ...]) -> bool:
    return any(blocks(rule, nation, destination, sells=True) for destination in destinations)


def _blockers(case: Case, rule: Export, nation: str, destinations: tuple[str, ...]) -> list[str]:
    others = [other for other in sorted(case.nations) if other != nation]
    return [
        o for o in others if any(blocks(rule, o, destination, sells=False) for destination in destinations)
    ]


def may_export(
    case: Case, structure: Structure, pillar: str, nation: str, destinations: tuple[str, ...]
) -> bool:
    """May the nation, as a member, sell the pillar's product to every one of these destinations?"""
    plan = structure.pillars.get(pillar)
    if plan is None or plan.tiers.get(nation) not in _selling(case, pillar):
        return False
    rule = _rule(case, pillar)
    if rule is None:
        return True
    speakers = structure.pillars[pillar].members(_with_a_say(case, pillar))
    blocked = any(other in speakers for other in _blockers(case, rule, nation, destinations))
    return not blocked and not _never_sells(rule, nation, destinations)


def may_export_literal(
    case: Case, x: Symbols, pillar: str, nation: str, destinations: tuple[str, ...]
) -> Expression:
    """Symbolic twin of :func:`may_export`."""

    def allowed(coalition: Coalition) -> bool | None:
        return may_export(case, seated(pillar, coalition), pillar, nation, destinations) or None

    exact = sorted_out(case, x, pillar, allowed)
    return _consented(case, x, pillar, nation, destinations) if exact is None else exact.get(True, 0)


def _consented(case: Case, x: Symbols, pillar: str, nation: str, destinations: tuple[str, ...]) -> Expression:
    """The same without a column per coalition."""
    rule = _rule(case, pillar)
    joined = at_tiers(x, nation, pillar, _selling(case, pillar))
    if rule is None:
        return joined
    if _never_sells(rule, nation, destinations):
        return 0
    say = _with_a_say(case, pillar)
    silent = [
        negation(at_tiers(x, other, pillar, say)) for other in _blockers(case, rule, nation, destinations)
    ]
    return conjunction(x, [joined, *silent])
