"""The time that an answer may take, and what is said of a front for which there was none left."""

from __future__ import annotations

import time
from dataclasses import dataclass
from fractions import Fraction

from procure_opt.case.model import Case
from procure_opt.claim import Evidence
from procure_opt.front import Front, Journey
from procure_opt.study import TIME_LIMIT

LITTLE = 4.0
"""Seconds in which two fronts of a case of some size cannot even be begun with profit."""


@dataclass
class Clock:
    """When the answer was asked for, and how many seconds it may take (None: any)."""

    begun: float
    limit: float | None

    @classmethod
    def started(cls, limit: float | None) -> Clock:
        """Return a clock that starts now."""
        return cls(time.monotonic(), limit)

    @property
    def gone(self) -> float:
        """Seconds since it was started."""
        return time.monotonic() - self.begun

    @property
    def first_share(self) -> float:
        """Share of what is left for the first of two fronts; what it does not need is for the second."""
        return 1.0 if self.limit is not None and self.limit - self.gone < LITTLE else 0.5

    def allows(self, seconds: float) -> bool:
        """Is there time for something that takes so long?"""
        return self.limit is None or self.limit - self.gone > seconds

    def left(self, share: float) -> float | None:
        """Return this share of the seconds that are left, a little at least."""
        return None if self.limit is None else max((self.limit - self.gone) * share, 0.001)


def set_up(front: Front) -> float:
    """Return the seconds that it took to state the case before anything could be searched."""
    return front.journey.seconds_by_phase.get("state", 0.0)


def unseen(case: Case) -> Front:
    """Return a front for which there was no time: another one of the same case took longer to begin."""
    everything = ((None, None, None),)
    evidence = Evidence(case.resolution.steps, everything, everything, Fraction(0), TIME_LIMIT)
    return Front(case, (), evidence, Journey("sweep", 1, 0, 0, 0))
