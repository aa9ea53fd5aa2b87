"""In which order the groups of a part are settled: the right one is worth a factor of fifty.

None is best everywhere, so several are compared by following a few sets of choices through each.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import numpy as np

from procure_opt.solving.boxes import Boxes
from procure_opt.solving.ground import Ground
from procure_opt.solving.swath import Swath

WORTH_ORDERING = 100_000
"""Sets of choices from which on other orders of the groups are tried."""
WORTH_TRYING = 1_000_000
"""Sets from which on an order is put together by trial."""
TRIED = 40
"""Sets that are followed for that."""
PROBED = 120
"""Sets that are followed from group to group to judge how many there will be."""
TINY = 1e-9


def best(ground: Ground, order: list[int], boxes: Boxes) -> tuple[list[int], float]:
    """Return the order that promises least work, this one or another, and about how much it is, in sets."""
    least = estimated(ground, order, boxes)
    for find, worth in ((by_corners, WORTH_ORDERING), (by_trial, WORTH_TRYING)):
        if least > worth:
            for other in find(ground, boxes):
                if (work := estimated(ground, other, boxes, least)) < least:
                    order, least = other, work
    return order, least


def again(ground: Ground, order: list[int], boxes: Boxes, swath: Swath) -> list[int]:
    """Return the order that promises least work for some sets in which choices are already made."""
    few = _few(swath, PROBED, np.random.default_rng(1))
    least = estimated(ground, order, boxes, start=few)
    for other in by_trial(ground, boxes, few):
        if (work := estimated(ground, other, boxes, least, few)) < least:
            order, least = other, work
    return order


def following(order: Iterable[int], swath: Swath) -> int:
    """Return the first group of an order that is not settled yet."""
    return next(group for group in order if group not in swath.groups)


def estimated(
    ground: Ground, order: list[int], boxes: Boxes, most: float = np.inf, start: Swath | None = None
) -> float:
    """Return about how many sets will be looked at: a few are followed, and stand for the others.

    Beyond ``most`` it is not worth to know better. ``start``: sets to begin with, instead of the root.
    """
    chance = np.random.default_rng(1)
    swath, stands_for, looked_at = start or ground.root, 1.0, 0.0
    while swath.width and swath.level < ground.depth and looked_at < most:
        wider = ground.settled(swath, following(order, swath), boxes)
        looked_at += stands_for * wider.width
        swath = ground.kept(wider, boxes)
        stands_for *= max(swath.width / PROBED, 1.0)
        swath = _few(swath, PROBED, chance)
    return looked_at


def by_influence(ground: Ground) -> list[int]:
    """Return the groups, first those whose alternatives raise planes (or bounds) most, in steps."""
    owner, possible, bounds, planes = ground.one_by_one()
    if len(ground.mixtures):
        rises = planes[1:].sum(axis=0)
        rises -= np.min(rises, initial=np.inf)
    else:
        rises = ((bounds - ground.root.bounds)[:-1] / ground.steps[:, None]).sum(axis=0)
    rise = np.full(len(owner), 2 * rises.max(initial=0.0))
    rise[possible] = rises
    influence = np.bincount(owner, rise, ground.depth) / np.maximum(ground.sizes, 1)
    return _early_first(ground, np.argsort(-influence, kind="stable"))


def by_corners(ground: Ground, boxes: Boxes) -> Iterator[list[int]]:
    """Yield orders that put first the groups whose alternatives leave few corners open, on average.

    Once share by share, once as if a group were settled by halves: a small one leaves more.
    """
    owner, possible, bounds, planes = ground.one_by_one()
    corners = np.zeros(len(owner))
    corners[possible] = boxes.corners_above(bounds, ground.mixtures, planes)
    left = np.bincount(owner, corners, ground.depth) / np.maximum(ground.sizes, 1) / max(corners.max(), 1.0)
    for score in (left, np.log(np.maximum(left, TINY)) / np.log(np.maximum(ground.sizes, 2))):
        yield _early_first(ground, np.argsort(score, kind="stable"))


def by_trial(ground: Ground, boxes: Boxes, start: Swath | None = None) -> Iterator[list[int]]:
    """Yield the order that always settles next the group after which, for a few sets, least is left."""
    chance = np.random.default_rng(1)
    swath = _few(start or ground.root, TRIED, chance)
    while swath.width and swath.level < ground.depth:
        trials = [
            (np.log(max(wider.width, 0.5) / swath.width) / np.log(max(ground.sizes[group], 2)), group, wider)
            for group, wider in ground.tried(swath, boxes).items()
        ]
        swath = _few(min(trials, key=lambda each: each[:2])[-1], TRIED, chance)
    yield [*swath.groups, *(group for group in range(ground.depth) if group not in swath.groups)]


def _early_first(ground: Ground, order: Iterable[int]) -> list[int]:
    """Return an order in which those come first that decide what others may be."""
    return sorted(map(int, order), key=lambda group: ground.outline.early.isdisjoint(ground.columns(group)))


def _few(swath: Swath, most: int, chance: np.random.Generator) -> Swath:
    """Return some of the sets if there are more than a few."""
    return swath if swath.width <= most else swath.only(chance.choice(swath.width, most, replace=False))
