"""The sweep against brute force: small random programs, all settings, and judges who know better."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Mapping
from random import Random
from types import FrameType, SimpleNamespace

import numpy as np
import pytest
from menus import CHOICES, WATCHED, Point, Small

from procure_opt.errors import LimitReached
from procure_opt.solving import boxes as boxes_module
from procure_opt.solving import corners as corners_module
from procure_opt.solving import field as field_module
from procure_opt.solving import ground as ground_module
from procure_opt.solving import orders
from procure_opt.solving import sweep as sweep_module
from procure_opt.solving.boxes import Boxes
from procure_opt.solving.engine import Limits
from procure_opt.solving.ground import Ground
from procure_opt.solving.plan import Judge, Plan
from procure_opt.solving.survey import Survey
from procure_opt.solving.swath import Swath

STEPS = ((1, 1, 1), (7, 3, 10), (30, 30, 30))


def _survey(
    small: Small,
    steps: Point,
    judge: Judge | None = None,
    limits: Limits | None = None,
    *,
    first: bool = False,
    scores: Mapping[int, int] | None = None,
    apart: bool = False,
) -> Survey:
    digits = {column: (group, place) for group, c in enumerate(CHOICES) for place, column in enumerate(c, 1)}
    firsts = [CHOICES[1]] if first else []
    plan = Plan(
        small.matrix, small.fixings, CHOICES, firsts, WATCHED, steps, digits, scores or {}, apart=apart
    )
    return Survey(plan, judge or small.judge, limits)


def _first(assignments: Iterable[frozenset[int]]) -> frozenset[int]:
    """The one with the smallest choices, group by group; nothing taken comes first."""
    return min(assignments, key=lambda ones: [max((j for j in ones & set(c)), default=-1) for c in CHOICES])


def _assert_exact(survey: Survey, small: Small, steps: Point) -> None:
    """The best points are those of brute force, and each is held by its first assignment."""
    every = small.points()
    assert survey.points() == small.best(steps)
    assert all(survey.findings.holders[p].first == _first(every[p]) for p in survey.points())


@pytest.mark.parametrize("first", [False, True])
@pytest.mark.parametrize("steps", STEPS)
def test_the_boxes_are_those_of_brute_force(steps: Point, first: bool) -> None:
    """Sixty programs; each point with the first of its assignments, and the largest score of one."""
    apart = 0
    for seed in range(60):
        small, scores = Small(seed), _scores(seed)
        survey = _survey(small, steps, first=first, scores=scores)
        survey.run()
        assert survey.findings.finished and not survey.findings.left
        assert survey.points() == small.best(steps)
        every = small.points()
        for point in survey.points():
            held = survey.findings.holders[point]
            assert held.first == _first(every[point])
            assert held.score == max(_score(scores, ones) for ones in every[point])
            apart += held.score > _score(scores, held.first)
    assert apart > 0


def test_the_least_values_are_those_of_brute_force() -> None:
    """Each objective by itself, in sixty programs; fewer sets are looked at than for all boxes."""
    looked_at = {True: 0, False: 0}
    for seed in range(60):
        small = Small(seed)
        for apart in (True, False):
            survey = _survey(small, (1, 1, 1), apart=apart)
            survey.run()
            assert survey.findings.finished and _least(survey.points()) == _least(small.points())
            looked_at[apart] += survey.findings.looked_at
    assert looked_at[True] < looked_at[False]


def _least(points: Iterable[Point]) -> list[int]:
    return [min(values) for values in zip(*points, strict=True)]


def test_of_those_worth_the_same_only_some_are_followed(monkeypatch: pytest.MonkeyPatch) -> None:
    """A program in which two choices change nothing: fewer are looked at, and the first is found."""
    looked_at = []
    for follow_all in (False, True):
        if follow_all:
            monkeypatch.setattr(Boxes, "tied", lambda *_: (np.zeros(0, dtype=int),) * 3)
        sums = 0
        for seed in range(20):
            small = Small(seed)
            survey = _survey(small, (30, 30, 30))
            survey.run()
            sums += survey.findings.looked_at
            every = small.points()
            assert all(survey.findings.holders[p].first == _first(every[p]) for p in survey.points())
        looked_at.append(sums)
    assert looked_at[0] < looked_at[1]


def _scores(seed: int) -> dict[int, int]:
    chance = Random(seed)
    return {column: chance.randint(-2, 3) for choice in CHOICES for column in choice if chance.random() < 0.7}


def _score(scores: Mapping[int, int], ones: Iterable[int]) -> int:
    return sum(scores.get(column, 0) for column in ones)


def test_chunks_of_any_size_give_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    """Two sets at a time and a narrow first way through, instead of thousands."""
    for name, value in (("AT_A_TIME", 2), ("BEAM", 1), ("TAKEN_TOGETHER", 1)):
        monkeypatch.setattr(sweep_module, name, value)
    monkeypatch.setattr(field_module, "AT_ONCE", 3)
    for seed in range(30):
        survey = _survey(Small(seed), (1, 1, 1))
        survey.run()
        assert survey.points() == Small(seed).best((1, 1, 1))


@pytest.mark.parametrize("steps", STEPS)
def test_an_order_changed_on_the_way_changes_nothing(monkeypatch: pytest.MonkeyPatch, steps: Point) -> None:
    """After every few sets another order of the groups, for sets in which some are settled by the old one."""
    for name, value in (("PATIENCE", 1), ("WRONG", 0), ("LATER", 1), ("AT_ONCE", 3)):
        monkeypatch.setattr(field_module, name, value)
    for name, value in (("AT_A_TIME", 2), ("BEAM", 1), ("MOST_IN_VAIN", 1)):
        monkeypatch.setattr(sweep_module, name, value)
    monkeypatch.setattr(sweep_module.Sweep, "improve", lambda self: None)
    chance = np.random.default_rng(1)
    asked = []

    def shuffled(ground: Ground, order: list[int], boxes: Boxes, swath: Swath) -> list[int]:
        asked.append(orders.again(ground, order, boxes, swath))
        return [int(group) for group in chance.permutation(order)]

    monkeypatch.setattr(field_module, "orders", SimpleNamespace(**(vars(orders) | {"again": shuffled})))
    for seed in range(30):
        survey = _survey(Small(seed), steps)
        survey.run()
        assert survey.points() == Small(seed).best(steps)
    assert len(asked) > 30
    assert any(order != sorted(order) for order in asked)


@pytest.mark.parametrize("steps", STEPS)
def test_tables_of_some_changes_ago_lose_nothing(monkeypatch: pytest.MonkeyPatch, steps: Point) -> None:
    """As with a thousand boxes: tables are built anew only after many changes, ties included."""
    monkeypatch.setattr(boxes_module, "MANY", 0)
    monkeypatch.setattr(boxes_module, "FRESH", 0.5)
    for seed in range(30):
        small = Small(seed)
        survey = _survey(small, steps)
        survey.run()
        _assert_exact(survey, small, steps)


@pytest.mark.parametrize("steps", STEPS)
def test_a_judge_who_knows_more_than_the_rows_has_the_last_word(steps: Point) -> None:
    """Rows that forget a rule, and a judge who finds some assignments dearer: all is swept again."""

    class Stricter(Small):
        def judge(self, ones: frozenset[int]) -> Point | None:
            point = super().judge(ones)
            if point is None or {4, 7} <= ones:
                return None
            return (point[0], point[1], point[2] + 5) if 5 in ones else point

    for seed in range(30):
        small = Stricter(seed)
        survey = _survey(small, steps)
        survey.run()
        _assert_exact(survey, small, steps)


def test_a_part_that_is_too_large_is_left_to_others(monkeypatch: pytest.MonkeyPatch) -> None:
    """With little patience some parts are left; whatever is missing among the points is in one of them."""
    monkeypatch.setattr(field_module, "AT_ONCE", 3)
    monkeypatch.setattr(sweep_module, "BEAM", 1)
    monkeypatch.setattr(sweep_module.Sweep, "improve", lambda self: None)
    left = missing = 0
    for patience in (0, 5, 10, 20):
        monkeypatch.setattr(sweep_module, "MOST_LOOKED_AT", patience)
        for seed in range(20):
            small = Small(seed)
            survey = _survey(small, (1, 1, 1))
            survey.run()
            every = small.points()
            assert set(survey.points()) <= set(every)
            left += len(survey.findings.left)
            for point in set(small.best((1, 1, 1))) - set(survey.points()):
                missing += 1
                assert all(CHOICES[0].index(min(ones)) in survey.findings.left for ones in every[point])
    assert left > 0 and missing > 0


def test_when_time_is_up_what_is_open_is_not_denied(monkeypatch: pytest.MonkeyPatch) -> None:
    """Stopped after any number of steps: every point better than those found is still said to be possible."""
    small = Small(11)
    every = small.points()
    stops = 0
    for patience in range(40):
        checks = iter(range(patience))

        def remaining(_: Limits, checks: object = checks) -> float:
            return 1.0 if next(checks, None) is not None else -1.0  # type: ignore[call-overload]

        monkeypatch.setattr(Limits, "remaining", remaining)
        survey = _survey(small, (1, 1, 1), limits=Limits())
        try:
            survey.run()
        except LimitReached:
            stops += 1
        known = survey.points()
        for point in every:
            for aim in range(3):
                upper = (*point, sum(point))
                under = [p for p in known if all(a <= b for a, b in zip(p, point, strict=True))]
                best = min((p[aim] for p in under), default=None)
                if best is None or point[aim] < best:
                    assert survey.may_hold(upper, aim, best, 1)
    assert stops > 5


class _Unruly(Small):
    """Some assignments that the rows allow are forbidden, others dearer than they claim."""

    def judge(self, ones: frozenset[int]) -> Point | None:
        point = super().judge(ones)
        if point is None or {4, 7} <= ones:
            return None
        return (point[0], point[1], point[2] + 5) if 5 in ones else point


def _hides_nothing(survey: Survey, small: Small) -> None:
    """Every point better than those that stand is still said to be possible."""
    known = survey.points()
    for point in small.points():
        upper = (*point, sum(point))
        under = [p for p in known if all(a <= b for a, b in zip(p, point, strict=True))]
        for aim in range(3):
            best = min((p[aim] for p in under), default=None)
            assert (best is not None and best <= point[aim]) or survey.may_hold(upper, aim, best, 1)


def test_a_stop_before_the_claims_are_judged_believes_none_of_them(monkeypatch: pytest.MonkeyPatch) -> None:
    """Ctrl-C at the first judgement: what false claims have hidden is open again."""
    for seed in range(20):
        small = _Unruly(seed)
        survey = _survey(small, (1, 1, 1))
        with monkeypatch.context() as patch:
            patch.setattr(Survey, "_stands", _pressed)
            with pytest.raises(KeyboardInterrupt):
                survey.run()
        _hides_nothing(survey, small)


def _pressed(*_: object) -> bool:
    raise KeyboardInterrupt


def test_ctrl_c_at_any_line_hides_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    """Pressed at a hundred and more lines of the sweep in turn, by the interpreter's own trace hook."""
    monkeypatch.setattr(field_module, "AT_ONCE", 4)
    monkeypatch.setattr(sweep_module, "AT_A_TIME", 4)
    monkeypatch.setattr(sweep_module, "BEAM", 1)
    files = (sweep_module.__file__, boxes_module.__file__)
    stops = 0
    for seed in (2, 11):
        small = _Unruly(seed)
        for fatal in range(40, 6000, 97):
            lines = iter(range(fatal))

            def local(frame: FrameType, event: str, _: object, lines: Iterator[int] = lines) -> object:
                if event == "line" and next(lines, None) is None:
                    sys.settrace(None)
                    raise KeyboardInterrupt
                return local

            def watch(frame: FrameType, event: str, _: object, local: object = local) -> object:
                return local if frame.f_code.co_filename in files else None

            survey = _survey(small, (1, 1, 1))
            before = sys.gettrace()
            sys.settrace(watch)  # type: ignore[arg-type]
            try:
                survey.run()
            except KeyboardInterrupt:
                stops += 1
            finally:
                sys.settrace(before)
            _hides_nothing(survey, small)
    assert stops > 60


def test_may_better_is_what_its_definition_says() -> None:
    """Random boxes, random bounds: no box found dominates, or the same box with no larger sum."""
    random = Random(0)
    for _ in range(60):
        steps = tuple(random.choice([1, 3, 10]) for _ in range(3))
        boxes = Boxes(steps)
        for _ in range(random.randint(0, 12)):
            boxes.take(tuple(random.randint(-20, 20) for _ in range(3)))
        found = {tuple(y // d for y, d in zip(p, steps, strict=True)): p for p in boxes.points}
        assert not any(
            a != b and all(x <= y for x, y in zip(a, b, strict=True)) for a in found for b in found
        )
        bounds = np.array([[random.randint(-25, 25) for _ in range(50)] for _ in range(3)], dtype=float)
        sums = bounds.sum(axis=0) + random.randint(0, 3)
        for place, said in enumerate(boxes.may_better(bounds, sums).tolist()):
            box = tuple(int(y // d) for y, d in zip(bounds[:, place], steps, strict=True))
            worse = any(
                other != box and all(x <= y for x, y in zip(other, box, strict=True)) for other in found
            )
            held = box in found and sums[place] > sum(found[box])
            assert said == (not worse and not held)


def test_corner_by_corner_is_the_same_question() -> None:
    """Without planes the slow answer is the quick one; with planes it never denies what is there."""
    random = Random(1)
    denied = 0
    for _ in range(40):
        steps = tuple(random.choice([1, 3, 10]) for _ in range(3))
        boxes = Boxes(steps, (40.0,) * 3)
        for _ in range(random.randint(0, 12)):
            boxes.take(tuple(random.randint(-20, 20) for _ in range(3)))
        bounds = np.array([[random.randint(-25, 25) for _ in range(50)] for _ in range(3)], dtype=float)
        sums = bounds.sum(axis=0) + random.randint(0, 3)
        together = np.concatenate([bounds, sums[None]])
        quick = boxes.may_better(bounds, sums)
        assert boxes.may_hold(together, np.zeros((0, 3)), np.zeros((0, 50))).tolist() == quick.tolist()
        mixtures = np.array([[1.0, 1.0, 1.0], [0.5, 2.0, 1.0], [0.0, 1.0, 0.0]])
        worth = mixtures @ bounds + np.array([[random.randint(0, 30)] for _ in range(3)])
        slow = boxes.may_hold(together, mixtures, worth)
        denied += int((quick & ~slow).sum())
        for place in np.flatnonzero(~slow & quick).tolist():
            for _ in range(200):
                point = bounds[:, place] + [random.randint(0, 15) for _ in range(3)]
                if np.all(mixtures @ point >= worth[:, place]) and point.sum() >= sums[place]:
                    assert not boxes.may_better(point[:, None], point.sum(keepdims=True))[0]
    assert denied > 50


def test_corners_of_some_changes_ago_or_taken_together_deny_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    """They are asked for fewer answers, never for other ones: what the quick question allows is allowed."""
    random = Random(2)
    monkeypatch.setattr(boxes_module, "FRESH", 1)
    kept = 0
    for most in (4, 2048):
        monkeypatch.setattr(corners_module, "MOST_CORNERS", most)
        for _ in range(20):
            boxes = Boxes((2, 3, 1), (40.0,) * 3)
            for _ in range(15):
                boxes.take(tuple(random.randint(-20, 20) for _ in range(3)))
                bounds = np.array(
                    [[random.randint(-25, 25) for _ in range(40)] for _ in range(3)], dtype=float
                )
                together = np.concatenate([bounds, bounds.sum(axis=0, keepdims=True)])
                quick = boxes.may_better(bounds, together[3])
                slow = boxes.may_hold(together, np.zeros((0, 3)), np.zeros((0, 40)))
                assert not np.any(quick & ~slow)
                kept += int((slow & ~quick).sum())
    assert kept > 0


@pytest.mark.parametrize("steps", STEPS)
def test_parts_that_count_as_large_give_the_same(steps: Point, monkeypatch: pytest.MonkeyPatch) -> None:
    """Planes for every part, and every part divided to the end: the boxes and holders of brute force."""
    monkeypatch.setattr(ground_module, "LARGE", 0)
    for most in (0, 4):
        monkeypatch.setattr(sweep_module, "TOO_MANY", most)
        for seed in range(10):
            small = Small(seed)
            survey = _survey(small, steps)
            survey.run()
            _assert_exact(survey, small, steps)


def test_looking_around_finds_what_the_first_way_through_misses(monkeypatch: pytest.MonkeyPatch) -> None:
    """From one assignment per part, at most two choices apart each time, to boxes of the front."""
    monkeypatch.setattr(sweep_module, "MOST_IN_VAIN", 1)
    monkeypatch.setattr(sweep_module, "BEAM", 1)
    found = best = 0
    for seed in range(20):
        small = Small(seed)
        survey = _survey(small, (1, 1, 1))
        sweep = sweep_module.Sweep(survey.plan, range(3))
        sweep.prepare()
        found += len(set(sweep.boxes.points) & set(small.best((1, 1, 1))))
        best += len(small.best((1, 1, 1)))
    assert found > 0.8 * best
