"""A plan swept by any ``concurrent.futures.Executor``: processes of one machine, a Dask or an MPI cluster.

Those who do the work hear of each other only through whoever sends them: an errand takes some seconds, and
what it has found goes out with the next ones. One that is lost is sent again, three times at most.
"""

from __future__ import annotations

import pickle
from collections import deque
from concurrent.futures import FIRST_COMPLETED, Executor, Future, wait
from dataclasses import dataclass, replace

from procure_opt.solving.engine import Limits
from procure_opt.solving.errand import Errand, Report, do, sealed, unsealed
from procure_opt.solving.ledger import Known, Ledger
from procure_opt.solving.matrix import Vector
from procure_opt.solving.parts import BLOCK, shuffled
from procure_opt.solving.plan import Findings, Plan, Told

PATIENCE = 4.0
"""Seconds that an errand may follow what it has before it brings the rest back."""
SAMPLE = 4
"""One in so many blocks of parts is looked at for good boxes first."""
MOST_TRIES = 3
GRACE = 5.0
"""Seconds beyond the time limit after which an errand is not waited for any more."""


@dataclass
class _Sent:
    errand: Errand
    bounds: tuple[Vector, ...] | None
    """Of what it is to follow; None: not known yet."""
    tries: int = 0
    seal: bytes = b""


class Dispatch:
    """Errands on their way until nothing is left to do; ``width`` of them at a time."""

    def __init__(
        self, plan: Plan, executor: Executor, width: int, limits: Limits, ledger: Ledger | None = None
    ) -> None:
        self._plan, self._packed, self._digest = plan, pickle.dumps(plan), plan.digest
        self._executor, self._width, self._limits = executor, width, limits
        self._ledger = ledger or Ledger()
        self._boxes = plan.boxes()
        self._boxes.take_all(self._ledger.known.holders)
        self._waiting: deque[_Sent] = deque()
        self._under_way: dict[Future[bytes], _Sent] = {}
        self._found = [Findings(left=set(self._ledger.known.left))]
        self._sent = self._planned = 0
        self._all_stated = False
        """True once there is an errand for everything that is to be swept."""

    def run(self, told: Told | None = None) -> list[Findings] | None:
        """Return what was found, and what is open should time be up.

        None if an errand was lost again and again, or the executor takes no more.
        """
        if not self._ledger.known.has_begun:
            blocks = shuffled(self._blocks)
            first = blocks[: max(self._width, -(-len(blocks) // SAMPLE))]
            self._waiting.extend([_Sent(self._errand(block, patience=0.0), ()) for block in first])
            if not self._work(told):
                self._give_up()
                return None
        todo = [block for block in shuffled(self._blocks) if not self._is_done(block)]
        self._waiting.extend([_Sent(self._errand(block, patience=PATIENCE), None) for block in todo])
        self._all_stated = True
        if not self._work(told):
            self._give_up()
            return None
        return self.stopped()

    def stopped(self) -> list[Findings]:
        """Return what was found, and as open what was not brought back.

        An errand stays in a list until all that comes of it is in one, so wherever Ctrl-C falls nothing is
        missing; and should the ledger not have every part as done, nothing that seems closed is.
        """
        left = [*self._waiting, *self._under_way.values()]
        self._give_up()
        found = [*self._found, *(Findings(open=_listed(each.bounds)) for each in left)]
        if not self._all_stated or not (left or all(map(self._is_done, range(self._blocks)))):
            found.append(Findings(open=None))
        return found

    def _give_up(self) -> None:
        """Let nobody work on what nobody waits for."""
        for future in self._under_way:
            future.cancel()

    @property
    def _blocks(self) -> int:
        return -(-len(self._plan.fixings) // BLOCK)

    def _numbers(self, block: int) -> range:
        return range(block * BLOCK, min((block + 1) * BLOCK, len(self._plan.fixings)))

    def _is_done(self, block: int) -> bool:
        return all(self._ledger.known.is_part_done(number) for number in self._numbers(block))

    def _errand(self, block: int, patience: float) -> Errand:
        """Return the errand for a block; what is known of its parts goes with it."""
        numbers = self._numbers(block)
        known = self._ledger.known.of_parts(numbers) if patience else Known()
        return Errand(self._digest, self._packed, known, tuple(numbers), patience=patience)

    # -- on the way ------------------------------------------------------------------------------------------

    def _work(self, told: Told | None) -> bool:
        """Send and receive until nothing is left or time is up; False if it cannot be done in this way."""
        self._planned += len(self._waiting)
        while self._under_way or (self._waiting and self._limits.remaining() > 0):
            while self._waiting and len(self._under_way) < self._width and self._limits.remaining() > 0:
                if not self._send():
                    return False
            patience = min(1.0, self._limits.remaining() + GRACE)
            done, _ = wait(self._under_way, max(patience, 0.0), FIRST_COMPLETED)
            if not all(self._receive(future) for future in done):
                return False
            if not done and patience <= 0:
                return True
            if told is not None:
                told(len(self._boxes), self._sent, self._planned)
        return True

    def _send(self) -> bool:
        """Hand the next errand to the executor, with all good boxes and the time that is left."""
        sent = self._waiting[0]
        holders = {point: self._ledger.known.holders[point] for point in self._boxes.points}
        known = replace(sent.errand.known, holders=holders, knows_boxes=sent.errand.patience > 0)
        errand = replace(sent.errand, known=known, remaining=self._limits.remaining(), into=self._into())
        packed = pickle.dumps(errand)
        sent.seal = sealed(packed)
        try:
            future = self._executor.submit(do, packed)
        except RuntimeError:  # it is broken, or shut down
            return False
        self._under_way[future] = sent
        self._waiting.popleft()
        self._sent += not sent.tries
        return True

    def _into(self) -> int:
        """Return into how many pieces an errand should divide its rest: for each who has nothing to do."""
        return max(1, self._width - len(self._waiting))

    def _receive(self, future: Future[bytes]) -> bool:
        """Take in what an errand brings; False if it was lost too often."""
        sent = self._under_way[future]
        report = _answer(future, sent.seal)
        if report is None:
            sent.tries += 1
            self._waiting.append(sent)
            del self._under_way[future]
            return sent.tries < MOST_TRIES
        self._ledger.found(report.findings.holders)
        self._boxes.take_all(report.findings.holders)
        rests = []
        if report.findings.open is not None:
            for rest in report.rest:
                hand = f"errand {self._planned}"
                self._ledger.note(("handed", (name, hand)) for name in sorted(rest.fields))
                errand = Errand(self._digest, self._packed, Known(), (), rest.tasks, hand, PATIENCE)
                rests.append(_Sent(errand, rest.bounds))
                self._planned += 1
            self._ledger.note(report.events)
        self._waiting.extend(rests)
        self._found.append(report.findings)
        del self._under_way[future]
        return True


def _listed(bounds: tuple[Vector, ...] | None) -> list[Vector] | None:
    return None if bounds is None else list(bounds)


def _answer(future: Future[bytes], seal: bytes) -> Report | None:
    """Return the report of the errand with this seal; None if there is none: it was lost, or is another's.

    Whatever becomes of a lost process, its executor tells in its own way; even Ctrl-C there stops nothing
    here.
    """
    try:
        if future.exception() is not None:
            return None
        content = future.result()
        if not isinstance(content, bytes) or content[: len(seal)] != seal:
            return None
        return unsealed(content[len(seal) :])
    except Exception:  # what was sent back is damaged, or the future was cancelled
        return None
