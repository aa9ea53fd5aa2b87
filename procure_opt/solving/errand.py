"""A piece of a sweep that anybody can do: it carries all that is needed, and brings back what is not done.

Bytes go out and bytes come back, so that it matters to no executor what is in them.
"""

from __future__ import annotations

import hashlib
import pickle
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from procure_opt.errors import LimitReached, UsageError
from procure_opt.solving.engine import Limits
from procure_opt.solving.journal import code
from procure_opt.solving.ledger import FIRST_HAND, Event, Known
from procure_opt.solving.matrix import Vector
from procure_opt.solving.plan import Findings, Plan
from procure_opt.solving.sweep import Sweep, Task


@dataclass(frozen=True)
class Errand:
    """What to do: parts of a plan by number, or tasks that another errand has left.

    ``patience``: seconds of following after which the rest is brought back; 0 only finds good boxes on first
    ways through. ``remaining``: seconds until all must end (clocks of machines differ).
    """

    digest: str
    plan: bytes
    known: Known
    numbers: tuple[int, ...] = ()
    tasks: bytes | None = None
    hand: str = FIRST_HAND
    patience: float = 0.0
    remaining: float = float("inf")
    into: int = 1
    """Into how many pieces the rest should be divided."""
    code: str = field(default_factory=code)
    """Whoever does it must have the same program."""


@dataclass(frozen=True)
class Rest:
    """Tasks that are left: packed, the fields they belong to, and the bounds of what they hold."""

    tasks: bytes
    fields: frozenset[str]
    bounds: tuple[Vector, ...]


@dataclass
class Report:
    """What an errand brings back; ``findings.open`` is None if not even its parts could be stated in time."""

    findings: Findings
    events: list[Event] = field(default_factory=list)
    rest: tuple[Rest, ...] = ()


_plans: dict[str, Plan] = {}
"""The plan that was last unpacked here, by digest."""


def sealed(content: bytes) -> bytes:
    """Return what tells some content from any other."""
    return hashlib.sha256(content).digest()


def unsealed(content: bytes) -> Report | None:
    """Return the report after its own seal; None if it is not what was sealed."""
    length = hashlib.sha256().digest_size
    if sealed(content[length:]) != content[:length]:
        return None
    report = pickle.loads(content[length:])
    return report if isinstance(report, Report) else None


def do(packed: bytes) -> bytes:
    """Do an errand and return the seal of what was asked, the seal of the report, and the report.

    Raises :class:`UsageError` if this program is not that of whoever asks.
    """
    errand: Errand = pickle.loads(packed)
    if errand.code != code():
        raise UsageError("the program that does the work is not that which asks for it")
    report = pickle.dumps(_done(errand))
    return sealed(packed) + sealed(report) + report


def _done(errand: Errand) -> Report:
    sweep = Sweep(_plan(errand), errand.numbers, Limits.within(errand.remaining), known=errand.known)
    try:
        sweep.prepare()
        if errand.tasks is not None:
            sweep.follow_too(pickle.loads(errand.tasks), errand.hand)
        if errand.patience:
            sweep.sweep(until=time.monotonic() + errand.patience)
    except LimitReached:
        pass
    return _reported(sweep, errand) if errand.patience else Report(_boxes_of(sweep))


def _plan(errand: Errand) -> Plan:
    """Return the plan; unpacked once, if the errands before were of the same."""
    plan = _plans.get(errand.digest)
    if plan is None:
        plan = pickle.loads(errand.plan)
        _plans.clear()
        _plans[errand.digest] = plan
    return plan


def _boxes_of(sweep: Sweep) -> Findings:
    found = sweep.findings()
    return Findings(found.holders, looked_at=found.looked_at)


def _reported(sweep: Sweep, errand: Errand) -> Report:
    """Return what was found and what is left; nothing of that is in this hand any more."""
    found = sweep.findings()
    if found.open is None:
        return Report(found)
    tasks = sweep.leave()
    rest = tuple(_packed(piece) for piece in _dealt(tasks, errand.into))
    return Report(Findings(found.holders, found.left, found.looked_at), sweep.events, rest)


def _dealt(tasks: Sequence[Task], into: int) -> Iterator[Sequence[Task]]:
    """Deal tasks out like cards, for neighbours are alike; empty hands are left out."""
    return (piece for place in range(into) if (piece := tasks[place::into]))


def _packed(tasks: Sequence[Task]) -> Rest:
    names = frozenset(each.name for _, each, _ in tasks)
    return Rest(pickle.dumps(list(tasks)), names, tuple(swath.bounds for _, _, swath in tasks))
