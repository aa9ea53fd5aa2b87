"""What stands above the pictures: which case, as of when, in whose view, how complete, on which data."""

from __future__ import annotations

import shlex
from importlib.metadata import version
from typing import Any

from procure_opt.accounts.views import EGALITARIAN, cost_parts, maximum
from procure_opt.analysis.trilemma import LEVEL, thirds
from procure_opt.case.bundled import bundled_cases
from procure_opt.case.load import load_case
from procure_opt.case.model import Case
from procure_opt.claim import Claim
from procure_opt.errors import ProcureError, printable
from procure_opt.result.document import required
from procure_opt.words.case import edition
from procure_opt.words.names import money_unit
from procure_opt.words.opening import completeness
from procure_opt.words.quality import quality
from procure_opt.words.standing import standing
from procure_opt.words.table import WORDS, extremes, trilemma
from procure_opt.words.values import table_units, units, view_text

LONGEST = 1000


def header(claim: Claim) -> dict[str, Any]:
    """Return the head of the page and the goals."""
    case = claim.case
    vectors = [each.values for each in claim.structures]
    so_far = None if claim.evidence.complete else len(vectors)
    return {
        "title": printable(case.title, LONGEST),
        "case": case.id,
        "marking": printable(case.marking, LONGEST),
        "as_of": f"as of {case.as_of}",
        "edition": edition(case),
        "view": case.view,
        "view_text": view_text(case),
        "complete": claim.evidence.complete,
        "completeness": completeness(case, claim.evidence, len(vectors)),
        "trilemma": trilemma(thirds(vectors, LEVEL), LEVEL, so_far) if vectors else [],
        "extremes": extremes(claim),
        "standing": standing(case),
        "quality": quality(case),
        "units": table_units(case),
        "money": money_unit(case),
        "reproduce": command(claim),
        "version": f"procure-opt {version('procure-opt')}",
        "digest": case.digest,
        "goals": goals(claim),
    }


def goals(claim: Claim) -> list[dict[str, Any]]:
    """Return name, unit, sense and step of the three goals; cost in money, however a view counts it."""
    case = claim.case
    shown = units(case) if case.view == EGALITARIAN else (*units(case)[:2], money_unit(case))
    rows = zip(WORDS.items(), shown, ("max", "max", "min"), claim.evidence.resolution, strict=True)
    told: list[dict[str, Any]] = [
        {"key": key, "name": name, "unit": unit, "sense": sense, "step": step}
        for (key, name), unit, sense, step in rows
    ]
    told[0]["maximum"] = maximum(case)
    told[2]["step"] = claim.evidence.resolution[2] / cost_parts(case)
    return told


def command(claim: Claim) -> str:
    """Return the command that finds the same again; ``CASE`` stands for a file of the reader's."""
    case = claim.case
    words = ["procure-opt", "run", _bundled(case) or "CASE", *_changes(case)]
    steps = zip(WORDS, claim.evidence.resolution, strict=True)
    words += ["--resolution", *(f"{goal}={step}" for goal, step in steps)]
    return shlex.join(words)


def _bundled(case: Case) -> str | None:
    """Return the name under which the package carries a case of this id; None if it does not."""
    for name in bundled_cases():
        if case.id == name or case.id.startswith(f"{name}-"):
            edition = f"{name}@{case.id[len(name) + 1 :]}"
            return next((source for source in (edition, name) if _is(source, case)), None)
    return None


def _is(source: str, case: Case) -> bool:
    try:
        return load_case(source).id == case.id
    except ProcureError:
        return False


def _changes(case: Case) -> list[str]:
    words = [] if case.view == "programme" else ["--view", case.view]
    told = {"--without": sorted(case.off), "--with": sorted(case.on), "--require": list(required(case))}
    for option, values in told.items():
        words += [option, *values] if values else []
    return words
