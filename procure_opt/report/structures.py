"""The efficient structures: values, who sits where, what each nation gets, what the next step costs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from fractions import Fraction
from typing import Any

from procure_opt.accounts.conditions import holds
from procure_opt.accounts.workshare import reference_value, work_in_hundredths
from procure_opt.case.model import Case
from procure_opt.claim import Claim, Efficient
from procure_opt.structure.structure import Structure
from procure_opt.words.compare import decisions
from procure_opt.words.explain import difference, sentences
from procure_opt.words.names import arrangement_text, leads, listed, members, roles
from procure_opt.words.neighbours import Neighbours
from procure_opt.words.numbers import amount, percent
from procure_opt.words.values import cells, value_texts

from .interned import Interned

Json = dict[str, Any]
MOST_KINDS = 7
"""Coalitions with a colour and a shape of their own; all others share one."""


def structures(claim: Claim, lines: Interned, gets: Interned, decided: Interned) -> list[Json]:
    """Return every structure; texts and national values as places in the tables given."""
    common = _common_kinds(claim)
    neighbours = Neighbours(claim.structures)
    return [
        _structure(each, common, lines, gets, decided) | {"next": _next(each, claim.structures, neighbours)}
        for each in claim.structures
    ]


def _structure(
    each: Efficient, common: list[str], lines: Interned, gets: Interned, decided: Interned
) -> Json:
    case, structure = each.case, each.structure
    kind = _coalition(structure)
    return {
        "id": each.id,
        "values": [each.values[0], each.values[1], float(each.cost)],
        "texts": list(value_texts(case, each.values)),
        "cells": list(cells(case, each.values)),
        "members": members(case, structure),
        "leads": leads(case, structure, holders=True),
        "seated": sorted({nation for plan in structure.pillars.values() for nation in plan.tiers}),
        "kind": common.index(kind) if kind in common else len(common),
        "explain": lines.places(sentences(each)),
        "decided": decided.places([list(pair) for pair in decisions(case, structure).items()]),
        "gets": gets.places([_gets(each, nation) for nation in sorted(case.nations)]),
        "packages": lines.places(_packages(case, structure)),
        "bind": _binding(case, structure),
    }


def _gets(each: Efficient, nation: str) -> Json:
    case, values = each.case, each.nation(nation)
    has = values.autonomy
    tasks = {task: place for place, task in enumerate(sorted(case.tasks))}
    return {
        "role": listed(roles(each.structure, nation), "member of nothing"),
        "tiers": {
            name: plan.tiers[nation]
            for name, plan in sorted(each.structure.pillars.items())
            if nation in plan.tiers
        },
        "autonomy": has.points,
        "a0": has.a0,
        "n1": has.n1,
        "worst": has.worst_denier,
        "able": sorted(tasks[task] for task in has.tasks),
        "kept": sorted(tasks[task] for task in has.tasks_under_denial),
        "lost": {denier: sorted(tasks[t] for t in lost) for denier, lost in has.lost_under},
        "spinoff": values.spinoff,
        "spinoff_text": amount(values.spinoff),
        "pays": float(values.cost),
        "pays_text": amount(values.cost),
        "items": [[item, float(million)] for item, million in each.bill(nation)],
        "work": _work(case, each.structure, nation),
    }


def _work(case: Case, structure: Structure, nation: str) -> list[Json]:
    """Return the nation's part of the work, pillar by pillar, and package by package in percent."""
    told = []
    for pillar, plan in sorted(structure.pillars.items()):
        parts = {
            package: [arrangement.share(nation), int(nation in arrangement.leads)]
            for package, arrangement in sorted(plan.packages.items())
            if nation in arrangement.leads or arrangement.share(nation)
        }
        hundredths = work_in_hundredths(case, pillar, plan, nation)
        if parts or hundredths:
            share = percent(Fraction(hundredths, reference_value(case, pillar) or 1))
            told.append({"pillar": pillar, "million": hundredths / 100, "share": share, "parts": parts})
    return told


def _packages(case: Case, structure: Structure) -> list[str]:
    """Return how each package of the case is done; empty where its pillar does not come about."""
    told = []
    for pillar, stated in sorted(case.pillars.items()):
        plan = structure.pillars.get(pillar)
        for package in sorted(stated.packages):
            told.append("" if plan is None else arrangement_text(plan.packages[package]))
    return told


def _binding(case: Case, structure: Structure) -> list[str]:
    """Return the red lines that apply and whose condition is met: they ask something of this structure."""
    return [
        name
        for name, line in sorted(case.red_lines.items())
        if case.applies(name) and case.enters(name) and (line.if_ is None or holds(case, structure, line.if_))
    ]


def _next(each: Efficient, structures: Sequence[Efficient], neighbours: Neighbours) -> list[Json | None]:
    """Return for each goal the structure that gives up least for more of it, and what changes."""
    found = [neighbours.nearest_better(each, goal) for goal in range(3)]
    return [
        None if place is None else {"to": place, "text": difference(each, structures[place])}
        for place in found
    ]


# -- coalitions ------------------------------------------------------------------------------------------


def kinds(claim: Claim) -> list[str]:
    """Return the commonest coalitions, which have a colour and a shape of their own."""
    return _common_kinds(claim)


def _common_kinds(claim: Claim) -> list[str]:
    counts = Counter(_coalition(each.structure) for each in claim.structures)
    return sorted(counts, key=lambda kind: (-counts[kind], kind))[:MOST_KINDS]


def _coalition(structure: Structure) -> str:
    """``ALP BET`` or, with several pillars, ``ngf: FRA DEU; engine: FRA``: who is in."""
    inside = {name: " ".join(sorted(plan.tiers)) for name, plan in sorted(structure.pillars.items())}
    if len(set(inside.values())) == 1:
        return next(iter(inside.values()))
    return "; ".join(f"{name}: {who}" for name, who in inside.items()) or "nobody together"
