"""The tree gives exactly what a list looked through from end to end gives, whatever happens to both."""

from __future__ import annotations

from fractions import Fraction
from math import inf
from operator import le, lt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from procure_opt.pareto.emptiness import EmptyRegions
from procure_opt.pareto.points import dominates, nondominated
from procure_opt.pareto.share import _lattice, proven_share
from procure_opt.pareto.tree import Tree, Vector

VALUES = st.one_of(st.integers(-3, 3), st.integers(-(10**9), 10**9), st.just(inf))
"""Many that are alike, large ones, and no bound."""


def vectors(dimension: int, values: st.SearchStrategy = VALUES) -> st.SearchStrategy:
    return st.lists(st.tuples(*[values] * dimension), max_size=120)


def assert_same(tree: Tree, listed: list[Vector], asked: list[Vector]) -> None:
    assert sorted(tree) == sorted(listed)
    for v in asked:
        assert sorted(tree.above(v)) == sorted(w for w in listed if all(map(le, v, w)))
        assert sorted(tree.below(v)) == sorted(w for w in listed if all(map(le, w, v)))


@given(st.data())
@pytest.mark.parametrize("dimension", [1, 2, 3, 4])
def test_a_tree_is_a_list_that_answers_sooner(dimension: int, data: st.DataObject) -> None:
    first, added = data.draw(vectors(dimension)), data.draw(vectors(dimension))
    dropped, asked = data.draw(vectors(dimension)), data.draw(vectors(dimension))
    tree, listed = Tree(first), list(first)
    for v in added:
        tree.add(v)
        listed.append(v)
    assert_same(tree, listed, asked)
    for v in (*first[::2], *dropped, *added[::3]):
        tree.discard(v)
        if v in listed:
            listed.remove(v)
    assert_same(tree, listed, [*asked, *first])


def test_a_tree_that_grows_in_order_and_shrinks_again_keeps_what_is_left() -> None:
    tree, steps = Tree(), [(x, 2000 - x) for x in range(2000)]
    for step in steps:
        tree.add(step)
    assert sorted(tree.above((700, 1298))) == [(700, 1300), (701, 1299), (702, 1298)]
    for step in steps[:1990]:
        tree.discard(step)
    assert sorted(tree) == sorted(tree.below((2000, 10))) == steps[1990:]


def test_repetitions_count_each() -> None:
    tree = Tree([(1, 1)] * 100)
    tree.add((1, 1))
    tree.discard((1, 1))
    tree.discard((2, 2))
    assert list(tree.above((0, 1))) == [(1, 1)] * 100


@given(st.data())
@pytest.mark.parametrize("dimension", [1, 2, 3, 4, 5])
def test_nondominated_is_what_no_other_dominates(dimension: int, data: st.DataObject) -> None:
    points = data.draw(vectors(dimension, st.one_of(st.integers(-3, 3), st.integers(-30, 30))))
    plain = {y for y in points if not any(dominates(other, y) for other in points)}
    assert nondominated(points) == tuple(sorted(plain))


@given(vectors(3, st.integers(0, 9)), vectors(3, st.one_of(st.integers(0, 9), st.just(inf))))
def test_regions_cover_and_are_retracted_by_definition(boxes: list, proven: list) -> None:
    empty = EmptyRegions()
    for w in proven:
        empty.add(w)
    for box in boxes:
        assert empty.cover(box) == any(all(map(le, box, w)) for w in proven)
        left = [w for w in proven if not all(map(lt, box, w))]
        assert empty.retract(box) == len(proven) - len(left)
        proven = left
        assert len(empty) == len(proven)


@settings(max_examples=20)
@given(vectors(3, st.one_of(st.integers(0, 99), st.just(inf))).filter(len))
def test_the_share_counts_the_boxes_in_no_open_zone(corners: list) -> None:
    boxes = _lattice((0, 0, 0), (99, 99, 99))
    decided = [box for box in boxes if not any(all(map(lt, box, u)) for u in corners)]
    assert proven_share((0, 0, 0), (99, 99, 99), corners) == Fraction(min(len(decided), 1008), 1009)
