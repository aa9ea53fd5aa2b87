"""TRI-1's front without a solver: the nine known structures and the bounds that follow; and golden files."""

from __future__ import annotations

import contextlib
import functools
import io
import json
import os
import sys
from fractions import Fraction
from pathlib import Path
from typing import Any

from procure_opt.accounts.values import programme_vector
from procure_opt.case.load import load_case
from procure_opt.case.model import Case
from procure_opt.claim import Claim, Efficient, Evidence, minimised
from procure_opt.cli import main
from procure_opt.pareto.certificate import final_bounds
from procure_opt.result.write import result_bytes
from procure_opt.structure.structure import Structure

TESTS = Path(__file__).parent
ROOT = TESTS.parent
GOLDEN = TESTS / "golden"
TRI1 = "tests/oracles/tri1.yaml"
VECTORS = [
    (1060, 920, 9301),
    (910, 920, 9220),
    (860, 900, 8889),
    (800, 900, 8871),
    (740, 960, 9450),
    (740, 920, 8938),
    (740, 900, 8598),
    (550, 980, 9940),
    (230, 120, 6960),
]


@functools.cache
def tri1_case() -> Case:
    """Return TRI-1."""
    return load_case(ROOT / TRI1)


@functools.cache
def tri1_claim() -> Claim:
    """Return the complete claim."""
    case = tri1_case()
    stated = json.loads((GOLDEN / "result" / "tri1.structures.json").read_text())
    structures = [Structure.from_json(each) for each in stated]
    points = tuple(Efficient(case, programme_vector(case, each), each) for each in structures)
    bounds = final_bounds([minimised(each.values) for each in points], 3)
    return Claim(case, points, Evidence((1, 1, 1), bounds, (), Fraction(1), None))


@functools.cache
def tri1_bytes() -> bytes:
    """Return its result file."""
    return result_bytes(tri1_claim())


def tri1_data() -> Any:
    """Return the data of its result file, anew each time."""
    return json.loads(tri1_bytes())


def call(*words: str, stdin: bytes = b"") -> tuple[int, str, str]:
    """Run a command line in this process, in the root of the checkout; return code, stdout, stderr."""
    out, err = io.StringIO(), io.StringIO()
    before, standard_input = Path.cwd(), sys.stdin
    os.chdir(ROOT)
    sys.stdin = io.TextIOWrapper(io.BytesIO(stdin))
    try:
        with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
            try:
                code = main(words)
            except SystemExit as leaving:
                code = int(leaving.code or 0)
    finally:
        os.chdir(before)
        sys.stdin = standard_input
    return code, out.getvalue(), err.getvalue()


def matches_golden(name: str, text: str) -> bool:
    """Is the text that of the golden file? With UPDATE_GOLDEN=1 it becomes so."""
    path = GOLDEN / name
    if os.environ.get("UPDATE_GOLDEN"):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    assert path.read_text(encoding="utf-8") == text
    return True
