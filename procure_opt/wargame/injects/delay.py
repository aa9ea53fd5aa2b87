"""Delay: a pillar's product enters service later, by so many months whoever is in.

Gap costs of those who wait and conditions on service dates follow from the later date. ``million`` is what
the delay itself costs (teams that stand by): it enters the development pool. It leaves alone outside
options, their dates, and the price base. Nothing that is signed is open: a delay gives nobody a right to
another contract.
"""

from __future__ import annotations

from collections.abc import Iterator

from procure_opt.case.history import Inject
from procure_opt.case.model import Case
from procure_opt.case.number import Number, plain
from procure_opt.case.pillars import Delay
from procure_opt.wargame.restated import revised, with_pillar, with_pool_cost
from procure_opt.wargame.signed import Reopened

NEEDS = (("months",),)
TAKES = ("pillar", "million")
IN_ONE_PILLAR = True


def flaws(case: Case, inject: Inject) -> Iterator[tuple[str, str]]:
    """Yield a pillar without a date."""
    pillar = case.the_pillar(inject.pillar)
    if case.pillars[pillar].service is None:
        yield "pillar", f"{pillar} states no year of service entry, so nothing can be late"


def follow(case: Case, inject: Inject) -> Case:
    """Return the case with the later date."""
    pillar = case.the_pillar(inject.pillar)
    service, months = case.pillars[pillar].service, inject.months
    if service is not None and months is not None:
        later = [revised(each, months=each.months.value + months.value) for each in service.delays]
        if all(each.partners.value > 0 for each in service.delays):
            later.append(Delay(partners=plain(0), months=Number(value=months.value)))
        case = with_pillar(case, pillar, service=revised(service, delays=tuple(later)))
    return case if inject.million is None else with_pool_cost(case, pillar, inject.million)


def reopened(case: Case, inject: Inject) -> Reopened:
    """Return that nothing is open."""
    return Reopened()


def sentence(case: Case, inject: Inject) -> str:
    """Return what changes."""
    months = inject.months.whole if inject.months is not None else 0
    cost = "" if inject.million is None else f", and costs {inject.million.value} {case.money.unit}"
    return f"{case.the_pillar(inject.pillar)} enters service {months} months later{cost}"
