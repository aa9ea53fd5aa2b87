"""The answer to an inject as plain data: the same case, injects and structure give the same bytes."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from procure_opt.accounts.values import NationalValues
from procure_opt.case.history import Inject
from procure_opt.claim import Efficient
from procure_opt.front import Front
from procure_opt.result.document import document as front_document
from procure_opt.result.document import named
from procure_opt.structure.violation import Violation

from .effect import Effect, Fate, Judgement
from .exits import Step

Json = dict[str, Any]
VERSION = 1


def document(answer: Effect, injects: Iterable[Inject]) -> Json:
    """Return the answer; ``front`` is a result document of its own."""
    told = summary(answer, injects)
    return told | {"front": front_document(answer.front.claim)}


def summary(answer: Effect, injects: Iterable[Inject]) -> Json:
    """Return the answer; of the new front no more than its points."""
    happened = answer.happened
    told = [each.model_dump(mode="json", exclude_none=True, exclude_defaults=True) for each in injects]
    return {
        "schema": {"name": "procure-opt inject", "version": VERSION},
        "case": {"id": answer.case.id, "sha256": answer.case.digest},
        "injects": told,
        "read_aloud": list(happened.texts),
        "changes": list(happened.sentences),
        "sunk": list(happened.sunk),
        "complete": answer.complete,
        "signed": None if answer.fate is None else _fate(answer.fate, answer),
        "front": front_points(answer.front),
        "provisional": [_judged(each) for each in answer.provisional],
    }


def _fate(fate: Fate, answer: Effect) -> Json:
    reopened = answer.happened.reopened
    return {
        **_judgement(fate.judgement),
        "open": {
            "nations": sorted(reopened.nations),
            "packages": [".".join(each) for each in sorted(reopened.packages)],
            "shares": sorted(reopened.shares),
        },
        "kept": front_points(fate.kept),
        "successor": None if fate.successor is None else fate.successor.id,
        "roles": [
            {"pillar": each.pillar, "role": each.role, "before": each.before, "after": each.after}
            for each in fate.roles
        ],
        "regret": [
            {"goal": r.goal, "free": r.free, "kept": r.kept, "signed": r.signed, "amount": r.amount}
            for r in fate.regrets
        ],
        "beaten_by": list(fate.beaten_by),
    }


def _judgement(judged: Judgement) -> Json:
    return {
        "id": judged.before.id,
        "feasible": judged.feasible,
        "broken": _broken(judged.broken),
        "newly_broken": _broken(judged.newly),
        "red_lines_newly_broken": list(judged.red_lines),
        "before": _judged(judged.before),
        "after": _judged(judged.after),
        "changes": {name: _change(judged, name) for name in sorted(judged.after.case.nations)},
        "leave": sorted({name for step in judged.steps for name in step.leaves}),
        "exits": [_step(step) for step in judged.steps],
        "left": _judged(judged.left),
    }


def _broken(violations: Iterable[Violation]) -> list[Json]:
    return [{"rule": each.rule, "id": each.id, "text": each.text} for each in violations]


def _judged(each: Efficient) -> Json:
    return {
        "id": each.id,
        "values": named(each.values),
        "structure": each.structure.to_json(),
        "nations": {name: _national(each.nation(name)) for name in sorted(each.case.nations)},
    }


def _national(has: NationalValues) -> Json:
    """Return a nation's values; its cost as an exact fraction of a million in text."""
    return {
        "autonomy": has.autonomy.points,
        "a0": has.autonomy.a0,
        "n1": has.autonomy.n1,
        "worst_denier": has.autonomy.worst_denier,
        "spinoff": has.spinoff,
        "cost": str(has.cost),
    }


def _change(judged: Judgement, nation: str) -> Json:
    """Return what the event alone does to a nation: values after it less those before."""
    before, after = judged.before.nation(nation), judged.after.nation(nation)
    return {
        "autonomy": after.autonomy.points - before.autonomy.points,
        "spinoff": after.spinoff - before.spinoff,
        "cost": str(after.cost - before.cost),
    }


def _step(step: Step) -> Json:
    return {
        "leave": list(step.leaves),
        "take_another_option": list(step.turns),
        "fallen": list(step.fallen),
        "left": step.structure.to_json(),
        "broken": _broken(step.broken),
    }


def front_points(front: Front) -> Json:
    """Return the points of a front by id, and whether they are all."""
    return {
        "complete": front.complete,
        "reason": front.evidence.reason,
        "points": [{"id": each.id, "values": named(each.values)} for each in front],
    }
