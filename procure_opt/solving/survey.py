"""A plan swept by one process or several, and what comes out of it judged.

What sweeps find rests on what their bounds claim. So everything that is returned is judged; should
one claim fail, all is swept again and every assignment is judged as it comes up.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Executor
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import numpy as np

from procure_opt.errors import LimitReached, UsageError, printable
from procure_opt.solving.boxes import Point
from procure_opt.solving.crew import Crew
from procure_opt.solving.dispatch import Dispatch
from procure_opt.solving.engine import Limits
from procure_opt.solving.forward import NEAR
from procure_opt.solving.journal import Journal, code
from procure_opt.solving.ledger import Ledger
from procure_opt.solving.part import Ones
from procure_opt.solving.plan import Findings, Holders, Judge, Plan, Told
from procure_opt.solving.sweep import Sweep

WORTH_A_CREW = 2_000_000
"""Entries of the program times parts from which on several processes are faster than one."""


MOST_CREWS = 3
"""Crews that may lose a process before one goes on alone."""


class Survey:
    """All parts of a plan; what was found and what is open is known at any time.

    ``executor``: does the work instead of processes of our own, ``workers`` errands at a time.
    """

    def __init__(
        self,
        plan: Plan,
        judge: Judge,
        limits: Limits | None = None,
        workers: int = 1,
        executor: Executor | None = None,
    ) -> None:
        self.plan = plan
        self.findings = Findings(open=None)
        self._judge, self._limits = judge, limits or Limits()
        self._executor, self._width = executor, workers
        self._workers = workers if len(plan.matrix.entries) * len(plan.fixings) > WORTH_A_CREW else 1
        self.ledger = Ledger()
        """What is done; another one can be put there before the run, to go on from it."""
        self.processes = 1
        """How many swept."""
        self.doubted = False
        """True if a claim failed, so that every assignment was judged."""

    @contextmanager
    def noting(self, path: Path | None, about: Mapping[str, Any], *, resume: bool) -> Iterator[None]:
        """Note in a journal what is found and done, and go on from there; without a path in memory only.

        Raises :class:`UsageError` if the journal cannot be begun or resumed.
        """
        if path is None:
            yield
            return
        stated = {**about, "code": code(), "plan": self.plan.digest}
        file, records = Journal.resume(path, stated) if resume else (Journal.begin(path, stated), [])
        try:
            ledger = Ledger(file.append)
            try:
                ledger.replay(records, self.plan)
            except (LookupError, TypeError, ValueError):
                raise UsageError(f"{printable(path, 300)}: not written by procure_opt") from None
            self.ledger = ledger
            yield
        finally:
            file.close()

    def expect(self, assignments: Iterable[Ones]) -> None:
        """Know assignments from the beginning, said to be all that are needed."""
        for ones in assignments:
            point = self._judge(ones)
            if point is not None:
                self.ledger.found({point: self.plan.held(ones)})
        self.ledger.known.knows_boxes = True

    def run(self, told: Told | None = None) -> None:
        """Sweep everything.

        Raises :class:`LimitReached` when time is up; what was found and what is open is kept then.
        """
        if not self._by_others(told):
            self._alone(told, None)
        standing = {point: held for point, held in self.findings.holders.items() if self._stands(point)}
        if len(standing) < len(self.findings.holders):
            self.doubted = True
            self._alone(told, self._judge, standing)

    def points(self) -> list[Point]:
        """Return the representatives of the best boxes found, as far as they stand up to the judge.

        If one does not (a sweep was stopped before its claims were judged), all that it hid is open again.
        """
        standing = [point for point in sorted(self.findings.holders) if self._stands(point)]
        if len(standing) < len(self.findings.holders):
            self.findings.open = None
        return standing

    def may_hold(self, upper: Sequence[int], aim: int, best: int | None, step: int) -> bool:
        """May a point be open under these bounds, with the aim in a better step than ``best``?

        ``upper`` bounds the objectives and their sum; ``aim`` may be the sum.
        """
        if self.findings.open is None:
            return True
        allowed = np.array(upper, dtype=float)
        if best is not None:
            allowed[aim] = min(allowed[aim], best // step * step - 1)
        upper_ends = allowed[:, None] + NEAR
        return any(bool(np.any(np.all(bounds <= upper_ends, axis=0))) for bounds in self.findings.open)

    def may_equal(self, point: Point) -> bool:
        """May assignments be open that are worth the same as a point?"""
        if self.findings.open is None:
            return True
        worth = np.array([*point, sum(point)], dtype=float)[:, None] + NEAR
        return any(bool(np.any(np.all(bounds <= worth, axis=0))) for bounds in self.findings.open)

    def _alone(
        self, told: Told | None, judge: Judge | None, known: Mapping[Point, Holders] | None = None
    ) -> None:
        done = self.ledger if judge is None else Ledger()
        done.begin_again()
        sweep = Sweep(self.plan, range(len(self.plan.fixings)), self._limits, judge, done.known)
        sweep.heed(known or {})
        looked_at = self.findings.looked_at

        def note(*how_far: int) -> None:
            _note(done, sweep)
            if told is not None:
                told(*how_far)

        try:
            sweep.prepare(note)
            sweep.sweep(note)
        finally:
            self.findings = sweep.findings()
            self.findings.looked_at += looked_at
            _note(done, sweep)

    def _by_others(self, told: Told | None) -> bool:
        """Let others sweep, if there are any; False if that was not possible."""
        if self._executor is not None:
            return self._by_executor(self._executor, told)
        return self._workers > 1 and any(self._by_crew(told) for _ in range(MOST_CREWS))

    def _by_executor(self, executor: Executor, told: Told | None) -> bool:
        """Send errands; False if they got lost."""
        self.ledger.begin_again()
        dispatch = Dispatch(self.plan, executor, self._width, self._limits, self.ledger)
        try:
            every = dispatch.run(told)
        except KeyboardInterrupt:
            self.findings = joined(self.plan, dispatch.stopped())
            raise
        if every is None:
            return False
        self._take(every, self._width)
        return True

    def _take(self, every: Sequence[Findings], processes: int) -> None:
        """Take over what several have found."""
        self.findings = joined(self.plan, every)
        self.processes = processes
        if not self.findings.finished:
            raise LimitReached("time is up")

    def _by_crew(self, told: Told | None) -> bool:
        """Sweep with several processes; False if one of them was lost."""
        self.ledger.begin_again()
        crew = Crew(self.plan, self._workers, self._limits, self.ledger)
        try:
            every = crew.run(told)
        except KeyboardInterrupt:
            self.findings = joined(self.plan, crew.stopped())
            raise
        finally:
            crew.dismiss()
        if every is None:
            return False
        self._take(every, self._workers)
        return True

    def _stands(self, point: Point) -> bool:
        held = self.findings.holders[point]
        return all(self._judge(ones) == point for ones in (held.first, held.closest))


def _note(ledger: Ledger, sweep: Sweep) -> None:
    """Note what a sweep has found, and then what that closes."""
    if sweep.events:
        ledger.found(sweep.findings().holders)
        ledger.note(sweep.events)
        sweep.events = []


def joined(plan: Plan, every: Iterable[Findings]) -> Findings:
    """Return what several sweeps have found together."""
    together = Findings()
    boxes = plan.boxes()
    found: dict[Point, Holders] = {}
    for each in every:
        together.left |= each.left
        together.looked_at += each.looked_at
        together.open = None if together.open is None or each.open is None else together.open + each.open
        boxes.take_all(each.holders)
        for point, holders in each.holders.items():
            found[point] = holders.joined(found.get(point))
    together.holders = {point: found[point] for point in boxes.points}
    return together
