"""Puts ``tests/`` on the path, so that the tests share ``random_cases`` and ``brute_force``.

Hypothesis draws the same examples on every run of ``.ci/run`` (``CI`` is set there), new ones elsewhere.
"""

from __future__ import annotations

import os

from hypothesis import settings

settings.register_profile("ci", derandomize=True, deadline=None, print_blob=True)
settings.register_profile("desk", deadline=None)
settings.load_profile("ci" if os.environ.get("CI") else "desk")
