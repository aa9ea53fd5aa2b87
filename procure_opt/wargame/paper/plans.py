"""How long a game takes: time plans for two hours and for half a day, by the number of seats."""

from __future__ import annotations

from dataclasses import dataclass

FEWEST, MOST = 3, 7


@dataclass(frozen=True, slots=True)
class Step:
    """A part of the game: what happens, and for how many minutes."""

    minutes: int
    what: str


def two_hours(seats: int) -> tuple[Step, ...]:
    """Return the plan of a game of 120 minutes.

    >>> sum(step.minutes for step in two_hours(5))
    120
    """
    talks = {3: 2, 4: 2}.get(seats, 1)
    return _plan(120, 10, 10, talks, 1, 15)


def half_day(seats: int) -> tuple[Step, ...]:
    """Return the plan of a game of 240 minutes with a break.

    >>> sum(step.minutes for step in half_day(7))
    240
    """
    return _plan(240, 20, 20, 3 if seats <= 5 else 2, 2, 30, pause=15)


def _plan(
    total: int, opening: int, reading: int, talks: int, injects: int, review: int, pause: int = 0
) -> tuple[Step, ...]:
    """Spread what is left after fixed parts over the rounds of talks."""
    answer = 10
    fixed = opening + reading + review + pause + injects * answer
    rounds, rest = divmod(total - fixed, talks)
    steps = [Step(opening, "Opening: the question, the rules, the clock (read aloud)")]
    steps.append(Step(reading, "Everybody reads the own sheet; nobody talks"))
    for number in range(1, talks + 1):
        steps.append(
            Step(rounds + (rest if number == talks else 0), f"Talks {number}: offers on the flip chart")
        )
        if number <= injects:
            steps.append(Step(answer, f"Inject {number}: read it aloud; who stays, who walks?"))
        if pause and number == (talks + 1) // 2:
            steps.append(Step(pause, "Break"))
    for number in range(talks + 1, injects + 1):
        steps.append(Step(answer, f"Inject {number}: read it aloud; who stays, who walks?"))
    steps.append(Step(review, "Review: what was left on the table, and which red line cost what"))
    return tuple(steps)
