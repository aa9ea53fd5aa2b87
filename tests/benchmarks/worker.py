"""An interpreter that answers questions about one instance, read from its standard input.

It receives the instance, its ranges and the seconds left, says that it is ready, and answers one order after
the other, each answer with the processor time spent in the solver so far. It ends when its input does.
"""

from __future__ import annotations

import pickle
import signal
import sys

from procure_opt.solving.engine import Limits
from tests.benchmarks.crew import answered
from tests.benchmarks.oracle import InstanceOracle


def main() -> None:
    """Work until nobody asks any more; Ctrl-C is the affair of whoever asks."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    inbox, outbox = sys.stdin.buffer, sys.stdout.buffer
    instance, ranges, seconds = pickle.load(inbox)
    limits = Limits() if seconds == float("inf") else Limits.within(seconds)
    oracle = InstanceOracle(instance, ranges, limits)
    answer: object = None
    while True:
        pickle.dump((answer, oracle.seconds), outbox)
        outbox.flush()
        try:
            order = pickle.load(inbox)
        except EOFError:
            return
        answer = answered(oracle, order)


if __name__ == "__main__":
    main()
