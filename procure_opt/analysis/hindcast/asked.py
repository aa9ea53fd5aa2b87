"""The case surveyed for a question of a hindcast; Ctrl-C ends the hindcast, not just the question."""

from __future__ import annotations

from collections.abc import Mapping

from procure_opt.case.model import Case
from procure_opt.formulation.variables import Key
from procure_opt.study import INTERRUPTED, Found, survey


def asked(
    case: Case,
    *,
    time_limit: float | None,
    within: Mapping[Key, int] | None = None,
    scores: Mapping[Key, int] | None = None,
) -> Found:
    """Return what :func:`procure_opt.study.survey` finds. Raises KeyboardInterrupt if it was interrupted."""
    found = survey(case, time_limit=time_limit, within=within, scores=scores)
    if found.front.evidence.reason == INTERRUPTED:
        raise KeyboardInterrupt
    return found
