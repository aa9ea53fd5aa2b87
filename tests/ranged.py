"""Small cases with ranges: oracles of which some numbers are given in the long form."""

from __future__ import annotations

from pathlib import Path

from tri1_claim import TESTS

from procure_opt.case.load import load_case
from procure_opt.case.model import Case


def ranged(oracle: str, edits: dict[str, str], folder: Path) -> tuple[Case, Path]:
    """Return an oracle with these texts replaced, everywhere, and the file in which it stands."""
    text = (TESTS / "oracles" / f"{oracle}.yaml").read_text(encoding="utf-8")
    for old, new in edits.items():
        assert old in text, old
        text = text.replace(old, new)
    path = folder / f"{oracle}.yaml"
    path.write_text(text, encoding="utf-8")
    return load_case(path), path


def long_form(value: str, low: str, high: str, note: str = "", basis: str = "assumed") -> str:
    """Return a number as a case file states it with its range."""
    said = f", note: {note}" if note else ""
    return f"{{value: {value}, low: {low}, high: {high}, basis: {basis}{said}}}"
