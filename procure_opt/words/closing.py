"""What it rests on that zones are closed: arithmetic alone, or the word of an exact solver as well."""

from __future__ import annotations

from procure_opt.words.numbers import counted


def closing(closed: int, by_solver_too: int, engine: str, solves: int) -> str:
    """Return one sentence on so many closed zones; ``engine`` as a journey has it.

    >>> closing(19, 0, "sweep", 0)
    '19 zones are closed, all by arithmetic alone; no exact solver was asked'
    >>> print(closing(19, 8, "sweep, then cpsat", 31))
    19 zones are closed, 11 by arithmetic alone, 8 on an exact solver's word, too (cpsat, asked 31 times)
    """
    head = f"{counted(closed, 'zone')} {'is' if closed == 1 else 'are'} closed"
    asked = f"{engine.rpartition(' ')[2]}, asked {counted(solves, 'time')}"
    if not by_solver_too:
        rest = f"the exact solver found structures only ({asked})" if solves else "no exact solver was asked"
        return f"{head}, {'all ' if closed > 1 else ''}by arithmetic alone; {rest}"
    alone = f"{closed - by_solver_too} by arithmetic alone"
    return f"{head}, {alone}, {by_solver_too} on an exact solver's word, too ({asked})"
