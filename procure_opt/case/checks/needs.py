"""Needs: everybody who has one can fill it, and gaps that are felt cost something."""

from __future__ import annotations

from collections.abc import Iterator

from ..model import Case
from ..needs import Need
from ..validate import Remark
from .possibilities import buyers, concerned
from .saying import error, warning

_MOST_YEARS = 100


def check_needs_can_be_filled(case: Case) -> Iterator[Remark]:
    """Check that every nation concerned has a pillar to buy from or an outside option."""
    for name, need in case.needs.items():
        without = _without_filler(case, need)
        if without and without == concerned(case, need):
            yield error(("needs", name), "nobody can fill it: name a pillar that sells, or outside options")
        elif without:
            remedy = "open a tier that buys, give an outside option or leave it out"
            yield error(("needs", name), f"{', '.join(without)} cannot fill it: {remedy}")


def _without_filler(case: Case, need: Need) -> list[str]:
    """Return the nations concerned that nothing fills; none if a pillar is unknown, told elsewhere."""
    if need.pillars.keys() - case.pillars.keys():
        return []
    able = {nation for pillar in need.pillars for nation in buyers(case, case.pillars[pillar])}
    return [nation for nation in concerned(case, need) if nation not in able and not need.outside.get(nation)]


def check_nobody_is_captive(case: Case) -> Iterator[Remark]:
    """Check that every nation concerned has an outside option, for else a pillar must exist with it."""
    for name, need in case.needs.items():
        captive = [nation for nation in concerned(case, need) if not need.outside.get(nation)]
        if captive and need.pillars:
            whose = f"{', '.join(captive)} {'has' if len(captive) == 1 else 'have'} no outside option"
            message = f"{whose}, so there must be a pillar of this need in every structure: give one"
            yield warning(("needs", name), f"{message} (to do without is one too) if that is not meant")


def check_outside_options_are_for_those_concerned(case: Case) -> Iterator[Remark]:
    """Check that outside options are given to nations that have the need."""
    for name, need in case.needs.items():
        for nation in need.outside:
            if need.nations is not None and nation in case.nations and nation not in need.nations:
                message = (
                    f"{nation} does not have this need (but {', '.join(need.nations)}) and takes no option"
                )
                yield error(("needs", name, "outside", nation), message)


def check_needs_concern_somebody(case: Case) -> Iterator[Remark]:
    """Check that a need is somebody's need."""
    for name, need in case.needs.items():
        if need.nations is not None and not need.nations:
            yield warning(
                ("needs", name, "nations"), "nobody has this need; leave nations out if all have it"
            )


def check_gaps_cost_something(case: Case) -> Iterator[Remark]:
    """Check that where a gap is felt, or a stopgap leaves one, a year of it has its cost."""
    for name, need in case.needs.items():
        for field, felt in (("required_from", need.required_from), ("stopgap_years", need.stopgap_years)):
            for nation in felt:
                if nation in case.nations and nation not in need.gap_cost_per_year:
                    message = f"a gap of {nation} costs nothing: give gap_cost_per_year for it"
                    yield warning(("needs", name, field, nation), message)


def check_years_of_stopgaps(case: Case) -> Iterator[Remark]:
    """Check that a stopgap leaves a gap of some years, not of a negative or endless time."""
    for name, need in case.needs.items():
        for nation, years in need.stopgap_years.items():
            if not 0 <= years.exact <= _MOST_YEARS:
                path = ("needs", name, "stopgap_years", nation)
                yield error(path, f"found {years.value}, must be from 0 to {_MOST_YEARS} years")
