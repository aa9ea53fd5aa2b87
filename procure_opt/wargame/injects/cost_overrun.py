"""Cost overrun: a work package costs more, wherever it is done or in one nation alone.

``percent`` are points of the cost index: at an index of 110, 30 points more make 140. ``million`` is the
same as a sum: so many points as that sum is of the package's reference value. A civil supplier's price
rises by as much. It leaves alone values (so spin-off and juste retour), shares, premiums and units.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from procure_opt.case.history import Inject
from procure_opt.case.model import Case
from procure_opt.case.number import Number, plain
from procure_opt.case.packages import WorkPackage
from procure_opt.wargame.restated import more_percent, revised, with_package
from procure_opt.wargame.signed import Reopened

NEEDS = (("package",), ("percent", "million"))
TAKES = ("pillar", "nation")
IN_ONE_PILLAR = True
_FINE = Decimal("0.000000001")


def flaws(case: Case, inject: Inject) -> Iterator[tuple[str, str]]:
    """Yield a sum that cannot be told in percent of the package."""
    if inject.million is not None and inject.package is not None:
        package = case.pillars[case.the_pillar(inject.pillar)].packages[inject.package]
        if not package.value.value:
            yield "million", f"{inject.package} has no reference value of which it could be a share"


def follow(case: Case, inject: Inject) -> Case:
    """Return the case with the dearer package."""
    pillar, name = case.the_pillar(inject.pillar), str(inject.package)
    package = case.pillars[pillar].packages[name]
    more = _points(package, inject)
    where = sorted(case.nations) if inject.nation is None else [inject.nation]
    index = package.cost_index_percent
    dearer = index | {nation: Number(value=more_percent(index.get(nation), more)) for nation in where}
    case = with_package(case, pillar, name, cost_index_percent=dearer)
    if package.civil is None or inject.nation is not None:
        return case
    price = package.civil.price.value + package.value.value * more.value / 100
    return with_package(case, pillar, name, civil=revised(package.civil, price=price))


def _points(package: WorkPackage, inject: Inject) -> Number:
    if inject.percent is not None or inject.million is None:
        return inject.percent or plain(0)
    return Number(value=(100 * inject.million.value / package.value.value).quantize(_FINE))


def reopened(case: Case, inject: Inject) -> Reopened:
    """Return that the package is open."""
    return Reopened(packages=frozenset([(case.the_pillar(inject.pillar), str(inject.package))]))


def sentence(case: Case, inject: Inject) -> str:
    """Return what changes."""
    size = f"{inject.percent.value} points of its reference value" if inject.percent else None
    size = size or f"{inject.million and inject.million.value} {case.money.unit}"
    where = "wherever it is done" if inject.nation is None else f"if it is done in {inject.nation}"
    return f"{inject.package} of {case.the_pillar(inject.pillar)} costs {size} more, {where}"
