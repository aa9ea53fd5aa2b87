"""The rows of every rule on a small case, read once by a person: a change in them is seen in the diff.

One file per rule in ``tests/golden/rows``; it shows the rule's own rows, not those that define auxiliary
columns, and is the same under PuLP 3 and 4. With UPDATE_GOLDEN=1 the files are written anew.
"""

from __future__ import annotations

from collections.abc import Iterator
from types import ModuleType
from typing import Any

import pytest
from tri1_claim import GOLDEN, TESTS, matches_golden

from procure_opt import rules
from procure_opt.accounts.symbols import Row
from procure_opt.case.load import load_case
from procure_opt.formulation import pulp_face as pulp
from procure_opt.formulation.variables import Variables

CASES = {
    "bearing": "absorption",
    "budgets": "budgets",
    "existence": "two_pillars",
    "fillers": "outside_options",
    "global_balance": "global_balance",
    "incompatibility": "membership",
    "juste_retour": "juste_retour",
    "licences": "licences",
    "lines": "tri2",
    "links": "two_pillars",
    "membership": "outside_options",
    "negotiation": "tri2",
    "participation": "staying_out",
    "quantities": "tri2",
    "red_lines": "tri1",
    "tier_terms": "tri1",
    "variants": "variants",
    "work_roles": "endurance",
}
"""Rule -> a small case that exercises it. A new rule finds its case here."""
WITHOUT_ROWS = {"names"}
"""The program has columns for known names only."""
SENSES = {-1: "<=", 0: "==", 1: ">="}


def name(family: ModuleType) -> str:
    return family.__name__.rpartition(".")[2]


def told(key: Any) -> str:
    """Return a column's key as people read it.

    >>> told(("tier", "aircraft", "ALP", "core"))
    'tier(aircraft, ALP, core)'
    """
    if not isinstance(key, tuple):
        return str(key)
    head, *rest = key or ("",)
    return f"{told(head)}({', '.join(told(each) for each in rest)})" if rest else told(head)


def written(x: Variables, row: Row) -> Iterator[str]:
    """Yield the reason of a row, then its terms in the order of the columns, the constant on the right."""
    yield f"{row.reason}{f' [{row.id}]' if row.id else ''}"
    if isinstance(row.constraint, bool):
        yield f"    {'always' if row.constraint else 'never'}"
        return
    terms = sorted((x.index[column.name], weight) for column, weight in pulp.terms_of(row.constraint))
    for index, weight in terms:
        yield f"    {float(weight):+g} {told(x.keys[index])}"
    yield f"    {SENSES[pulp.sense_of(row.constraint)]} {0 - pulp.constant_of(row.constraint):g}"


def test_every_rule_has_its_golden_rows() -> None:
    assert sorted({*CASES, *WITHOUT_ROWS}) == [name(family) for family in rules.families()]
    assert sorted(path.stem for path in (GOLDEN / "rows").glob("*.txt")) == sorted(CASES)


@pytest.mark.parametrize("family", [each for each in rules.families() if name(each) in CASES], ids=name)
def test_the_rows_of_a_rule_are_those_that_were_read(family: ModuleType) -> None:
    case = load_case(TESTS / "oracles" / f"{CASES[name(family)]}.yaml")
    x = Variables(case)
    lines = [line for row in family.rows(case, x) for line in written(x, row)]
    assert lines
    assert matches_golden(f"rows/{name(family)}.txt", "".join(f"{line}\n" for line in lines))
