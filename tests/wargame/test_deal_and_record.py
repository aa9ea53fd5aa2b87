"""A deal against a record: the plain comparison says what the program's items say, word for word."""

from __future__ import annotations

import itertools
import json
import re
from collections.abc import Iterator

import pytest
from tri1_claim import ROOT

from procure_opt.case.history import History
from procure_opt.case.load import load_case
from procure_opt.case.model import Case
from procure_opt.formulation.decode import taken
from procure_opt.formulation.record import items_of
from procure_opt.structure.arrangements import arrangements
from procure_opt.structure.structure import PillarPlan, Structure
from procure_opt.wargame.sessions.records import compared

CASES = ("a400m@2003", "eurofighter@1988", "f35@2001", "fcas@2022", "fcas@2026", "nh90@1992", "gcap@2022")
STATED = json.loads((ROOT / "examples" / "5_wargame.json").read_text(encoding="utf-8"))


def structures() -> dict[str, Structure]:
    return {name: Structure.from_json(each) for name, each in STATED["structures"].items()}


def near_it(case: Case, record: History, place: int) -> Structure:
    """Return a structure with the seats of the record, and for each package the first way or the last."""
    plans = {}
    for pillar, stated in record.pillars.items():
        if stated.exists is True and stated.tiers:
            names = case.pillars[pillar].packages
            ways = {package: arrangements(case, pillar, package)[place] for package in names}
            plans[pillar] = PillarPlan(stated.tiers, sorted(case.pillars[pillar].rights)[place], (), ways)
    return Structure(plans, record.outside)


@pytest.mark.parametrize("name", CASES)
def test_it_says_what_the_items_of_the_program_say(name: str) -> None:
    case = load_case(name)
    some = [Structure({}, {}), *(structures().values() if case.id.startswith("fcas") else ())]
    some += [near_it(case, each, last) for each in case.historical.values() for last in (0, -1)]
    for record, structure in itertools.product(case.historical.values(), some):
        decided = frozenset(taken(case, structure))
        mine = [(each.text, each.agrees) for each in compared(case, structure, record)]
        assert mine == [(item.text, item.agrees(decided)) for item in items_of(case, record)] and mine


def test_phase_1b_is_the_record_of_2022() -> None:
    case = load_case("fcas@2022")
    parts = compared(case, structures()["phase_1b"], case.historical["phase_1b"])
    assert len(parts) == 24 and all(each.agrees for each in parts)


def test_what_is_said_in_the_example_has_a_source_of_the_case() -> None:
    known = load_case("fcas").sources
    said = [text for text in texts(STATED["moves"]) if not text.startswith("made up")]
    named = [re.search(r"\(([a-z0-9-]+)\)$", text) for text in said if "sources.md" not in text]
    assert len(named) > 20 and all(found is not None and found[1] in known for found in named)


def texts(data: object) -> Iterator[str]:
    """Yield everything that is said beside an order or event."""
    if isinstance(data, list):
        for each in data:
            yield from texts(each)
    elif isinstance(data, dict):
        yield from (data[key] for key in ("text", "reason") if key in data)
        for each in data.values():
            yield from texts(each)
