"""Ranks in words against ranks in digits."""

from __future__ import annotations

from random import Random

from procure_opt.solving.ranking import LARGEST_WORD, Ranking, before


def _digits(chance: Random) -> tuple[dict[int, tuple[int, int]], list[list[int]]]:
    """Up to a hundred places with up to nine columns each: several words."""
    digits: dict[int, tuple[int, int]] = {}
    places = []
    for place in range(chance.randint(1, 100)):
        columns = list(range(len(digits), len(digits) + chance.randint(1, 9)))
        digits |= {column: (place, value) for value, column in enumerate(columns, chance.randint(0, 1))}
        places.append(columns)
    return digits, places


def test_words_order_assignments_as_their_digits_do() -> None:
    """Two hundred pairs of assignments, many of them alike but in one place."""
    chance = Random(5)
    several = 0
    for _ in range(200):
        digits, places = _digits(chance)
        ranking = Ranking(digits)
        one = {p: chance.choice(columns) for p, columns in enumerate(places) if chance.random() < 0.8}
        other = dict(one)
        place = chance.randrange(len(places))
        other[place] = chance.choice(places[place])
        own, others = ([_values(each, digits, len(places))] for each in (one, other))
        ranks = [ranking.rank(each.values()) for each in (one, other)]
        assert (ranks[0] < ranks[1]) == (own < others) and (ranks[0] == ranks[1]) == (own == others)
        words = [ranking.worth(list(each.values())).sum(axis=1)[:, None] for each in (one, other)]
        assert [tuple(word[:, 0].tolist()) for word in words] == ranks
        assert before(*words).tolist() == [ranks[0] < ranks[1]]
        several += ranking.words > 1
        assert all(0 <= word < LARGEST_WORD for rank in ranks for word in rank)
    assert several > 0


def _values(taken: dict[int, int], digits: dict[int, tuple[int, int]], places: int) -> list[int]:
    return [digits[taken[place]][1] if place in taken else 0 for place in range(places)]


def test_columns_without_a_digit_and_no_columns_at_all_add_nothing() -> None:
    """As for a choice that is no decision of the case, or a part in which all is settled."""
    ranking = Ranking({3: (0, 2)})
    assert ranking.worth([-1, 7, 3]).tolist() == [[0, 0, 2]]
    assert ranking.worth([]).shape == (1, 0)
    nothing = Ranking({})
    assert nothing.rank([]) == () and nothing.worth([1]).shape == (0, 1)
    assert before(nothing.worth([1]), nothing.worth([1])).tolist() == [False]
