"""Export denial: a holder delivers no more to a nation than up to a level.

In the pillar (or all) a release cap of the holder on every function (or those of one package) cuts what the
nation gets as a member from packages that the holder leads or whose lead it owns. Licences that it sells,
and outside options that it sells, give no more than that level either; of options that others sell and it
can revoke, only what is revocable (below 3). ``level`` is what is left, 1 if not said. It is a refusal to
deliver, so it cuts levels of 3 and 4 too, which a denial after delivery would not. It leaves alone
controlled content in packages that others lead: its owner is a denier in the case anyway. Without a nation,
all but the holder are denied.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from procure_opt.case.history import Inject
from procure_opt.case.model import Case
from procure_opt.case.needs import OutsideOption
from procure_opt.case.vocabulary import IRREVOCABLE
from procure_opt.change import changed
from procure_opt.wargame.restated import free_id, needs_filled, pillars_meant, revised, with_pillar
from procure_opt.wargame.signed import Reopened

NEEDS = (("holder",),)
TAKES = ("nation", "pillar", "package", "level")
LEFT = 1
"""Level that is left unless the inject says another."""


def flaws(case: Case, inject: Inject) -> Iterator[tuple[str, str]]:
    """Yield a denial to oneself."""
    if inject.holder == inject.nation:
        yield "holder", f"{inject.holder} would deny itself; name another nation or holder"


def _denied(case: Case, inject: Inject) -> tuple[str, ...]:
    return tuple(sorted(set(case.nations) - {inject.holder})) if inject.nation is None else (inject.nation,)


def _level(inject: Inject) -> int:
    return LEFT if inject.level is None else inject.level


def _functions(case: Case, inject: Inject, pillar: str) -> tuple[str, ...]:
    return tuple(
        name
        for name, function in sorted(case.functions.items())
        if pillar in function.packages and inject.package in (None, function.packages[pillar])
    )


def follow(case: Case, inject: Inject) -> Case:
    """Return the case with the caps."""
    pillars = pillars_meant(case, inject.pillar)
    name = free_id(case)
    for pillar in pillars:
        case = _capped(case, inject, pillar, name)
    return _options_cut(case, inject, needs_filled(case, pillars))


def _capped(case: Case, inject: Inject, pillar: str, name: str) -> Case:
    functions, level = _functions(case, inject, pillar), _level(inject)
    caps: list[Any] = [
        {"id": name, "holder": inject.holder, "nation": nation, "function": function, "level": level}
        for nation in _denied(case, inject)
        for function in functions
    ]
    stated = case.pillars[pillar]
    deals = {
        each: revised(deal, level=min(deal.level, level))
        for each, deal in stated.licences.items()
        if deal.holder == inject.holder
        and deal.nation in _denied(case, inject)
        and deal.function in functions
    }
    together = (*stated.release_caps, *caps)
    return with_pillar(case, pillar, release_caps=together, licences=stated.licences | deals)


def _options_cut(case: Case, inject: Inject, needs: tuple[str, ...]) -> Case:
    """Return the case in which the outside options that hang on the holder give no more than the level."""
    functions = {f for p in pillars_meant(case, inject.pillar) for f in _functions(case, inject, p)}
    found = dict(case.needs)
    for need in needs:
        outside = dict(found[need].outside)
        for nation in set(_denied(case, inject)) & set(outside):
            outside[nation] = {
                name: _cut(option, inject, functions) if _hangs(option, str(inject.holder)) else option
                for name, option in outside[nation].items()
            }
        found[need] = revised(found[need], outside=outside)
    return changed(case, needs=found)


def _hangs(option: OutsideOption, holder: str) -> bool:
    return option.vector is None and (option.vendor == holder or holder in (option.revocable_by or ()))


def _cut(option: OutsideOption, inject: Inject, functions: set[str]) -> OutsideOption:
    now = {f: option.levels.get(f, option.level) for f in sorted(functions)}
    sold = option.vendor == inject.holder
    less = {f: min(level, _level(inject)) for f, level in now.items() if sold or level < IRREVOCABLE}
    return revised(option, levels=option.levels | less)


def reopened(case: Case, inject: Inject) -> Reopened:
    """Return that everything of the nations denied is open."""
    return Reopened(nations=frozenset(_denied(case, inject)))


def sentence(case: Case, inject: Inject) -> str:
    """Return what changes."""
    what = "anything" if inject.package is None else inject.package
    where = "" if inject.pillar is None else f" of {inject.pillar}"
    whom = " and ".join(_denied(case, inject))
    return (
        f"{inject.holder} lets {whom} have no more than level {_level(inject)} on {what}{where} drawn from it"
    )
