"""Export consent: who may sell a pillar's product to whom.

``presumed_consent``: unless another member that has a say vetoes the destination (the Franco-German
agreement of 2019 in spirit); ``unanimous``: only if every other member that has a say agrees to it
(Eurofighter); ``threshold``: unless another restrictive nation that has not agreed has work or content at
or above the de minimis share of the pillar's value; ``see_through``: only if every other owner of controlled
content agrees, however little it is (ITAR). Only a member at a tier that may hold work sells, and not
where it refuses itself.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from fractions import Fraction

from procure_opt.case.model import Case
from procure_opt.case.packages import WorkPackage
from procure_opt.case.pillars import Export
from procure_opt.structure.arrangements import EFFECT, NONE, Arrangement
from procure_opt.structure.structure import PillarPlan, Structure

from .coalitions import Coalition, seated, sorted_out
from .logic import at_most, conjunction, negation
from .remembered import remembered
from .symbols import Expression, Symbols, at_tiers
from .workshare import reference_value


def blocks(rule: Export, nation: str, destination: str, *, sells: bool) -> bool:
    """Does the nation, as a member, stop a sale to the destination (its own sale if ``sells``)?"""
    if rule.rule == "unanimous" and not sells:
        return destination not in rule.consents.get(nation, ())
    return destination in rule.vetoes.get(nation, ())


@remembered
def _with_a_say(case: Case, pillar: str) -> tuple[str, ...]:
    tiers = case.pillars[pillar].tiers
    return tuple(sorted(name for name, tier in tiers.items() if tier.export_say))


@remembered
def _selling(case: Case, pillar: str) -> tuple[str, ...]:
    """Tiers that may hold work: whoever makes nothing has nothing to sell."""
    return tuple(sorted(name for name, tier in case.pillars[pillar].tiers.items() if tier.may))


def _rule(case: Case, pillar: str) -> Export | None:
    rule = case.pillars[pillar].export
    return rule if rule is not None and case.applies(rule.id) else None


def is_settled_by_seats(case: Case, pillar: str) -> bool:
    """Does consent depend on nothing but who sits at which tier?"""
    rule = _rule(case, pillar)
    return rule is None or rule.rule in ("unanimous", "presumed_consent")


def _never_sells(rule: Export, nation: str, destinations: tuple[str, ...]) -> bool:
    return any(blocks(rule, nation, destination, sells=True) for destination in destinations)


@remembered
def _blockers(case: Case, pillar: str, nation: str, destinations: tuple[str, ...]) -> tuple[str, ...]:
    """Other nations that stop the sale if they are members with a say."""
    rule = _rule(case, pillar)
    if rule is None or rule.rule not in ("unanimous", "presumed_consent"):
        return ()
    others = [other for other in sorted(case.nations) if other != nation]
    return tuple(
        o for o in others if any(blocks(rule, o, destination, sells=False) for destination in destinations)
    )


def _agrees(rule: Export, owner: str, destinations: tuple[str, ...]) -> bool:
    return set(destinations) <= set(rule.consents.get(owner, ()))


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
    speakers = plan.members(_with_a_say(case, pillar))
    blocked = any(other in speakers for other in _blockers(case, pillar, nation, destinations))
    if blocked or _never_sells(rule, nation, destinations):
        return False
    if rule.rule == "threshold":
        return not any(
            _is_too_much(case, pillar, content(case, pillar, plan, other))
            for other in _restrictive(rule, nation, destinations)
        )
    if rule.rule == "see_through":
        stated = case.pillars[pillar].packages
        used = (o for name, way in plan.packages.items() for o in content_owners(stated[name], way))
        return all(owner == nation or _agrees(rule, owner, destinations) for owner in used)
    return True


# -- content ---------------------------------------------------------------------------------------------


def content_owners(package: WorkPackage, arrangement: Arrangement) -> Iterator[str]:
    """Yield owners of controlled content of a package done in this way; whoever gives an effect is one."""
    if arrangement.mode == EFFECT:
        yield from (arrangement.owner(lead) for lead in arrangement.leads)
    if arrangement.mode != NONE:
        for stated in package.controlled_content:
            if stated.if_held_by is None or arrangement.share(stated.if_held_by):
                yield stated.owner


def _content_percent(package: WorkPackage, arrangement: Arrangement, nation: str) -> Fraction:
    """Percent of the package that is the nation's: its work there, or controlled content if that is more."""
    owned = [
        stated.percent.exact
        for stated in package.controlled_content
        if stated.owner == nation
        and arrangement.mode != NONE
        and (stated.if_held_by is None or arrangement.share(stated.if_held_by))
    ]
    return max(Fraction(arrangement.share(nation)), sum(owned, Fraction(0)))


def content(case: Case, pillar: str, plan: PillarPlan, nation: str) -> Fraction:
    """Hundredths of a million of the pillar's value that are the nation's work or content."""
    stated = case.pillars[pillar].packages
    return sum(
        (
            stated[name].value.whole * _content_percent(stated[name], way, nation)
            for name, way in plan.packages.items()
        ),
        Fraction(0),
    )


def _de_minimis(case: Case, pillar: str) -> Fraction:
    """Hundredths of a million from which content matters."""
    rule = case.pillars[pillar].export
    percent = Fraction(0) if rule is None else rule.de_minimis_percent.exact
    return percent * reference_value(case, pillar)


def _is_too_much(case: Case, pillar: str, amount: Fraction) -> bool:
    return amount > 0 and amount >= _de_minimis(case, pillar)


def _restrictive(rule: Export, nation: str, destinations: tuple[str, ...]) -> list[str]:
    others = sorted(set(rule.restrictive) - {nation})
    return [other for other in others if not _agrees(rule, other, destinations)]


# -- symbolic --------------------------------------------------------------------------------------------


def may_export_literal(
    case: Case, x: Symbols, pillar: str, nation: str, destinations: tuple[str, ...]
) -> Expression:
    """Symbolic twin of :func:`may_export`."""

    def allowed(coalition: Coalition) -> bool | None:
        return may_export(case, seated(pillar, coalition), pillar, nation, destinations) or None

    def build() -> Expression:
        exact = sorted_out(case, x, pillar, allowed) if is_settled_by_seats(case, pillar) else None
        return _consented(case, x, pillar, nation, destinations) if exact is None else exact.get(True, 0)

    return x.once(("may export", pillar, nation, destinations), build)


def _consented(case: Case, x: Symbols, pillar: str, nation: str, destinations: tuple[str, ...]) -> Expression:
    """The same without a column per coalition."""
    rule = _rule(case, pillar)
    joined = at_tiers(x, nation, pillar, _selling(case, pillar))
    if rule is None:
        return joined
    if _never_sells(rule, nation, destinations):
        return 0
    say = _with_a_say(case, pillar)
    parts = [
        negation(at_tiers(x, other, pillar, say)) for other in _blockers(case, pillar, nation, destinations)
    ]
    if rule.rule == "threshold":
        others = _restrictive(rule, nation, destinations)
        parts += [_little_content(case, x, pillar, other) for other in others]
    if rule.rule == "see_through":
        parts += [
            negation(barred) for barred in _barred_packages(case, x, pillar, rule, nation, destinations)
        ]
    return conjunction(x, [joined, *parts])


def _little_content(case: Case, x: Symbols, pillar: str, nation: str) -> Expression:
    """1 exactly if the nation's content stays below the de minimis share."""

    def build() -> Expression:
        stated = case.pillars[pillar].packages
        terms = [
            (stated[name].value.whole * _content_percent(stated[name], way, nation), column)
            for name in sorted(stated)
            for way, column in x.arrangements(pillar, name)
        ]
        scale = math.lcm(*(amount.denominator for amount, _ in terms))
        amount = x.total((int(part * scale), column) for part, column in terms if part)
        least = max(math.ceil(_de_minimis(case, pillar) * scale), 1)
        return at_most(x, amount, least - 1)

    return x.once(("little content", pillar, nation), build)


def _barred_packages(
    case: Case, x: Symbols, pillar: str, rule: Export, nation: str, destinations: tuple[str, ...]
) -> Iterator[Expression]:
    """Yield, package by package, 1 if it is done in a way with content of somebody who does not agree."""
    for name, package in sorted(case.pillars[pillar].packages.items()):
        yield x.total(
            (1, column)
            for way, column in x.arrangements(pillar, name)
            if any(
                owner != nation and not _agrees(rule, owner, destinations)
                for owner in content_owners(package, way)
            )
        )
