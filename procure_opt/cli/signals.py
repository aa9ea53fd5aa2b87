"""What SIGTERM and Ctrl-C do while a verb works or writes."""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from typing import Any


def stoppable() -> AbstractContextManager[None]:
    """Let SIGTERM stop the work as Ctrl-C does, so that what was found can still be saved."""
    return _heeding({signal.SIGTERM: signal.default_int_handler})


def undisturbed() -> AbstractContextManager[None]:
    """Let neither stop what is being written: it would be lost."""
    return _heeding({signal.SIGINT: signal.SIG_IGN, signal.SIGTERM: signal.SIG_IGN})


@contextmanager
def _heeding(handlers: Mapping[signal.Signals, Any]) -> Iterator[None]:
    """Handle signals otherwise for a while; only the main thread can."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = {number: signal.signal(number, handler) for number, handler in handlers.items()}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
