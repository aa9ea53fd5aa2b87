"""Which steps a table needs: its own, and all that these hang on."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import TypeVar

from procure_opt.solving.forward import Step

Support = TypeVar("Support")


def gathered(
    few: Sequence[tuple[Step, Support]], own: Iterable[list[int]], holds: Callable[[int, Support], bool]
) -> list[list[Step]]:
    """Return for each table its own steps (by place) and all that these hang on, in their order.

    ``few``: steps and what they hang on; ``holds``: does the table with this number know that much?
    """
    defining: dict[int, list[int]] = {}
    for place, (step, _) in enumerate(few):
        if step.column is not None:
            defining.setdefault(step.column, []).append(place)
    found = []
    for number, waiting in enumerate(own):
        needed: set[int] = set()
        while waiting:
            if (place := waiting.pop()) not in needed and holds(number, few[place][1]):
                needed.add(place)
                columns = {column for link in few[place][0].links for _, column in link.terms}
                waiting += [other for column in columns for other in defining.get(column, ())]
        found.append([few[place][0] for place in sorted(needed)])
    return found
