"""What the verbs that read results share: the claim of a file, and a second one."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from procure_opt.claim import Claim


def add_result(parser: argparse.ArgumentParser) -> None:
    """Add the argument RESULT."""
    parser.add_argument("result", metavar="RESULT", help="a result.json, the folder of a run, or -")


def read(source: str) -> Claim:
    """Return what a result file claims."""
    from procure_opt.result.read import read_claim

    return read_claim(source)
