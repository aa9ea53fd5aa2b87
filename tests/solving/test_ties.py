"""Which sets of choices that only tie are followed, against all their completions."""

from __future__ import annotations

from itertools import product
from random import Random

import numpy as np
from menus import CHOICES, WATCHED, Small

from procure_opt.solving.ground import Ground
from procure_opt.solving.outline import Outline
from procure_opt.solving.ranking import Ranking
from procure_opt.solving.reduction import reduced
from procure_opt.solving.swath import Swath
from procure_opt.solving.ties import Ties

DIGITS = {column: (group, place) for group, c in enumerate(CHOICES) for place, column in enumerate(c, 1)}


def test_a_set_is_followed_whenever_a_completion_is_wanted() -> None:
    """Thirty programs, sets of all sizes: compared with all their completions."""
    chance = Random(3)
    followed = dropped = 0
    for seed in range(30):
        scores = {column: chance.randint(-2, 3) for column in DIGITS}
        ranking = Ranking(DIGITS)
        left = reduced(Small(seed).matrix, {}, WATCHED)
        if left is None:
            continue
        ground = Ground(left, Outline(CHOICES, WATCHED, (1, 1, 1), frozenset(), ranking, scores, 4))
        columns = [column for group in range(ground.depth) for column in ground.columns(group)]
        settled = frozenset(_held(ground))
        ties = Ties(ground.menu, columns, settled, ground.outline)
        rank = ranking.rank(chance.sample(sorted(DIGITS), 2) if chance.random() < 0.7 else [])
        score = chance.randint(-4, 8)
        for level in range(ground.depth + 1):
            groups = tuple(chance.sample(range(ground.depth), level))
            picks = [chance.randrange(*_span(ground, group)) for group in groups]
            swath = Swath(groups, np.array(picks, dtype=np.int64).reshape(level, 1), np.zeros((4, 1)))
            words = np.array(rank, dtype=np.int64)[:, None]
            found = ties.worth_following(swath, words, np.array([score]))
            others = [range(*_span(ground, g)) for g in range(ground.depth) if g not in groups]
            every = [[*picks, *rest] for rest in product(*others)]
            ones = [settled | {columns[place] for place in each} - {-1} for each in every]
            low = min(ranking.rank(each) for each in ones) < rank
            high = max(sum(scores[column] for column in each) for each in ones) > score
            assert bool(found[0]) or not (low or high)
            followed += bool(found[0])
            dropped += not found[0]
    assert followed > 0 and dropped > 0


def _held(ground: Ground) -> frozenset[int]:
    nothing = ground.of((), np.zeros((0, 1), dtype=np.int64))
    return ground.ones(nothing, 0)


def _span(ground: Ground, group: int) -> tuple[int, int]:
    within = ground.menu.within(group)
    return within.start, within.stop
