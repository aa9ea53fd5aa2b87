"""What lies beside a developer's checkout and in CI, and on no user's machine: files of others.

The enumerating programs with their fronts, and the published instances, belong to their authors; we may
read them and may not ship them. A test that compares with them has nothing to compare with elsewhere, so it
is left out there. What they say of TRI-1 and TRI-2 is also written down in tests that run everywhere.
"""

from __future__ import annotations

from pathlib import Path

import pytest

_SHARED = Path(__file__).resolve().parents[2] / "shared"
ORACLES = _SHARED / "oracles"
INSTANCES = _SHARED / "instances"

# Reason: the oracles are their authors' files, which this project may read and may not ship.
with_the_oracles = pytest.mark.skipif(
    not ORACLES.is_dir(), reason="the oracles are not beside this checkout, and not ours to ship"
)

# Reason: the published instances are their authors' files, which this project may read and may not ship.
with_the_instances = pytest.mark.skipif(
    not INSTANCES.is_dir(), reason="the public instances are not beside this checkout, and not ours to ship"
)
