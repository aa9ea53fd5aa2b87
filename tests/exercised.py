"""What a case exercises: which fields of the format, and which kinds of condition in which position.

With these a test insists that no field and no kind is missing from the sample of random cases: a field that
is added to the format without a random case is a failing test.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any

from procure_opt.case.conditions import Condition
from procure_opt.case.model import Case
from procure_opt.case.number import Stated

DESCRIPTIVE = frozenset(
    [
        "Number.unit",
        "Number.low",
        "Number.high",
        "Number.source",
        "Number.basis",
        "Number.note",
        "Money.unit",
        "Money.currency",
        "Money.price_base",
        "Decision.phases",
        "Decision.text",
        "Case.text",
        "Case.view",
        "Case.sources",
        "Case.historical",
        "Case.seats",
        "Case.injects",
        "Case.edition",
        "Case.ideals",
        "Licence.text",
        "Case.editions",
        "Case.falsifiers",
        "Case.resolution",
        "Nation.task_grounds",
        "Nation.note",
        "Other.kind",
        "Other.note",
        "Export.source",
        "RedLine.note",
        "Incompatible.text",
        "Incompatible.source",
        "Link.text",
        "Link.source",
        "WorkPackage.text",
        "WorkPackage.note",
        "WorkPackage.source",
        "Tier.text",
        "RightsRegime.text",
        "Variant.text",
        "Pillar.text",
        "Destination.text",
        "OutsideOption.text",
        "OutsideOption.source",
        "OutsideOption.note",
        "Need.text",
        "Function.text",
        "ReleaseCap.source",
    ]
)
"""Fields that decide nothing, or are chosen by whoever runs the case."""
DESCRIPTIVE_MODELS = frozenset(
    [
        "Resolution",
        "Source",
        "History",
        "HistoricalPackage",
        "HistoricalPillar",
        "Falsifier",
        "Ideal",
        "Seat",
        "Inject",
        "TaskClasses",
        "Ground",
        "Rate",
        "ExchangeRates",
        "Other",
        "AssemblesAtHome",
        "Money",
        "Destination",
        "AboutNation",
    ]
)
"""Models that are descriptive, or plain lists of ids."""


def stated_in(case: Case) -> Counter[str]:
    """Count the decided fields that the case sets to something else than their default."""
    found: Counter[str] = Counter()
    for model in _models_in(case):
        fields = type(model).model_fields
        for name in model.model_fields_set:
            if getattr(model, name) != fields[name].default:
                found[f"{type(model).__name__}.{name}"] += 1
    return found


def decided_fields() -> frozenset[str]:
    """Return every field of the format that this version decides, as ``Model.field``."""
    models = [model for model in _subclasses(Stated) if model.__module__.startswith("procure_opt.case.")]
    names = {
        f"{m.__name__}.{field}"
        for m in models
        if m.__name__ not in DESCRIPTIVE_MODELS
        for field in m.model_fields
    }
    return frozenset(names - DESCRIPTIVE)


def conditions_in(case: Case) -> Counter[tuple[str, str]]:
    """Count (position, kind) over all conditions; inside ``not`` and ``any_of`` these are the position."""
    found: Counter[tuple[str, str]] = Counter()
    for line in case.red_lines.values():
        found += _placed_kinds(line.then, "then")
        if line.if_ is not None:
            found += _placed_kinds(line.if_, "if")
    for task in case.tasks.values():
        if task.requires is not None:
            found += _placed_kinds(task.requires, "requires")
    return found


def _placed_kinds(condition: Condition, position: str) -> Counter[tuple[str, str]]:
    found = Counter((position, kind) for kind, _ in condition.atoms())
    for each in condition.any_of or ():
        found += _placed_kinds(each, "any_of")
    for each in condition.all_of or ():
        found += _placed_kinds(each, position)
    if condition.not_ is not None:
        found += _placed_kinds(condition.not_, "not")
    return found


def _models_in(value: Any) -> Iterator[Stated]:
    if isinstance(value, Stated):
        yield value
        for name in type(value).model_fields:
            yield from _models_in(getattr(value, name))
    elif isinstance(value, dict):
        for each in value.values():
            yield from _models_in(each)
    elif isinstance(value, tuple):
        for each in value:
            yield from _models_in(each)


def _subclasses(model: type[Stated]) -> Iterator[type[Stated]]:
    for each in model.__subclasses__():
        yield each
        yield from _subclasses(each)
