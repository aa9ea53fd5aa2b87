"""The enumeration with several questions at once: the same points, found by whoever is free.

Every answer is a fact about the feasible set, so it holds whenever it comes, however the search has gone on
in between. The set of nondominated points is unique; only the number of solves depends on the order.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from procure_opt.errors import EngineDoubt
from procure_opt.pareto.enumeration import Enumeration, enumeration_by
from procure_opt.pareto.oracle import ManyZones, Oracle
from procure_opt.pareto.points import Point
from procure_opt.pareto.question import Question
from procure_opt.pareto.search import Search
from procure_opt.pareto.zones import Bound

Zone = tuple[Bound, int]


class Crew(Oracle, ManyZones, Protocol):
    """An oracle that can be asked several questions before it answers the first."""

    def is_free(self) -> bool:
        """Return whether one more question would be worked on at once."""

    def ask(self, number: int, objective: int, zones: Sequence[Zone]) -> None:
        """Take a question as :meth:`ManyZones.minimise_any` states it; the level of a single zone is 0."""

    def answer(self) -> tuple[int, Point | EngineDoubt | None] | None:
        """Wait for the next answer; return it with the number of its question. None: somebody became free.

        Raises LimitReached when time is up.
        """


def enumerate_together(crew: Crew) -> Enumeration:
    """Return all nondominated points of what ``crew`` answers for, asking whenever somebody is free.

    What a stop or a doubt means is said in :func:`procure_opt.pareto.enumeration.enumerate_nondominated`.
    """
    search = Search(crew, (1,) * crew.dimension)
    return enumeration_by(search, lambda: _search(search, crew))


def _search(search: Search, crew: Crew) -> None:
    asked: dict[int, Question] = {}
    number = 0
    while True:
        while crew.is_free() and (question := search.next_question()) is not None:
            asked[number] = question
            crew.ask(number, question.k, search.zones_of(question))
            number += 1
        if not asked:
            return
        if (answered := crew.answer()) is None:
            continue
        which, answer = answered
        if isinstance(answer, EngineDoubt):
            search.doubt(asked.pop(which))
        else:
            search.conclude(asked.pop(which), answer)
