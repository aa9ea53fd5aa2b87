"""The manifest beside a result: what varies from run to run and is therefore no part of the result."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from typing import Any

from .write import MANIFEST


def manifest(
    result: bytes, travel: Mapping[str, Any], machine: Mapping[str, str], options: Mapping[str, Any]
) -> dict[str, Any]:
    """Return the manifest of a result: its digest, how it came about, on what, with which options."""
    return {
        "schema": {"name": MANIFEST, "version": 1},
        "result_sha256": hashlib.sha256(result).hexdigest(),
        "journey": dict(travel),
        "machine": dict(machine),
        "options": dict(options),
    }
