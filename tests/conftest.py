"""Puts ``tests/`` on the path, so that the tests share ``random_cases`` and ``brute_force``.

Hypothesis draws the same examples on every run of ``.ci/run`` (``CI`` is set there), new ones elsewhere.
A shell lets what it starts in the background ignore Ctrl-C, and so would the programs that tests interrupt.
"""

from __future__ import annotations

import os
import signal
import threading
from pathlib import Path

import pytest
from beside import beside
from hypothesis import settings

settings.register_profile("ci", derandomize=True, deadline=None, print_blob=True)
settings.register_profile("desk", deadline=None)
settings.load_profile("ci" if os.environ.get("CI") else "desk")

in_main_thread = threading.current_thread() is threading.main_thread()
if in_main_thread and signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    signal.signal(signal.SIGINT, signal.default_int_handler)


@pytest.fixture(scope="session")
def oracles() -> Path:
    """The enumerating programs of TRI-1 and TRI-2, and what they found."""
    return beside("oracles")


@pytest.fixture(scope="session")
def instances() -> Path:
    """The published multi-objective integer programs, with their fronts."""
    return beside("instances")
