"""What lies beside a developer's checkout and in CI, and on no user's machine: files of others.

The enumerating programs with their fronts, and the published instances, belong to their authors; we may
read them and may not ship them. A test that compares with them has nothing to compare with elsewhere, so it
is left out there. What they say of TRI-1 and TRI-2 is also written down in tests that run everywhere.
"""

from __future__ import annotations

from pathlib import Path

import pytest


def beside(name: str) -> Path:
    """Return a folder of others' files; the test that asks is left out where there is none."""
    folder = Path(__file__).resolve().parents[2] / "shared" / name
    if not folder.is_dir():
        pytest.skip(f"the {name} are files of others, not ours to ship, and not beside this checkout")
    return folder
