"""Nations: their codes, stakes and task weights, and the view from which the case is told."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from ..iso3166 import CODES, probably_meant
from ..model import Case
from ..validate import Remark
from .saying import error, unknown, warning

_LARGEST_SUM_OF_STAKES = 1_000


def check_nation_codes(case: Case) -> Iterator[Remark]:
    """Check that nations have ISO 3166-1 alpha-3 codes, unless the case is fictional."""
    for nation in case.nations:
        if not case.fictional and nation not in CODES:
            meant = probably_meant(nation, case.nations[nation].name)
            hint = f'did you mean "{meant}"?' if meant else "or state fictional: true"
            yield error(("nations", nation), f'"{nation}" is not an ISO 3166-1 alpha-3 code; {hint}')


def check_holders_are_told_apart(case: Case) -> Iterator[Remark]:
    """Check that nobody is a nation and another holder at once."""
    for name in case.others:
        if name in case.nations:
            yield error(
                ("others", name), f'"{name}" is a nation already; a nation can own and sell by itself'
            )


def check_stakes(case: Case) -> Iterator[Remark]:
    """Check that stakes are positive and sum to at most 1 000."""
    for name, nation in case.nations.items():
        if nation.stake.whole < 1:
            yield error(
                ("nations", name, "stake"),
                "found 0, must be at least 1; a holder without a stake is one of others",
            )
    total = sum(nation.stake.whole for nation in case.nations.values())
    if total > _LARGEST_SUM_OF_STAKES:
        yield error(("nations",), f"stakes sum to {total}, must be at most {_LARGEST_SUM_OF_STAKES}")


def check_task_weights(case: Case) -> Iterator[Remark]:
    """Check that task weights sum to 100."""
    for name, nation in case.nations.items():
        if nation.task_weights is not None and (total := sum(nation.task_weights.values())) != 100:
            yield error(("nations", name, "task_weights"), f"weights sum to {total}, must be 100")


def check_task_classes(case: Case) -> Iterator[Remark]:
    """Check that a task is in one class, and some task is in one."""
    for name, nation in case.nations.items():
        if nation.task_classes is None:
            continue
        path = ("nations", name, "task_classes")
        classes = nation.task_classes
        stated = Counter([*classes.must, *classes.want, *classes.nice])
        if not stated:
            yield error(path, "no task in any class, must be at least one")
        for task in sorted(task for task, times in stated.items() if times > 1):
            yield error(
                path, f'the task "{task}" is there {stated[task]} times, must be in one class and once'
            )


def check_exchange_rates(case: Case) -> Iterator[Remark]:
    """Check that intervals of exchange rates begin at 0 or more and below their end."""
    for name, nation in case.nations.items():
        if (rates := nation.exchange_rates) is None:
            continue
        for what, rate in (("autonomy", rates.autonomy), ("spinoff", rates.spinoff)):
            path = ("nations", name, "exchange_rates", what)
            if rate.low.value > rate.high.value:
                yield error(path, f"low {rate.low.value} is above high {rate.high.value}")
            if rate.low.value < 0:
                yield error(path, f"low {rate.low.value} is below 0, no nation pays to have less")


def check_absorptive_caps(case: Case) -> Iterator[Remark]:
    """Check that nobody has by itself what it cannot absorb."""
    for name, nation in case.nations.items():
        for function, own in nation.own_capability.items():
            if (cap := nation.absorptive_caps.get(function, own)) < own:
                path = ("nations", name, "own_capability", function)
                yield warning(path, f"level {own} by itself is above its absorptive cap {cap}, which cuts it")


def check_view(case: Case) -> Iterator[Remark]:
    """Check that the view is that of a nation of the case."""
    prefix, _, nation = case.view.partition(":")
    if prefix == "nation" and nation not in case.nations:
        yield unknown(("view",), nation, "a nation of this case", case.nations)
    elif prefix == "nation" and case.participation.sense == "off":
        yield error(("view",), "a nation's view needs participation, for the others must accept; it is off")


def check_cone(case: Case) -> Iterator[Remark]:
    """Check that the cone of participation is stated for everybody."""
    if case.participation.sense == "cone":
        for name, nation in case.nations.items():
            if nation.exchange_rates is None:
                yield error(("nations", name), "no exchange_rates, which participation by the cone needs")
