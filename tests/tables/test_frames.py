"""The tables state what the claim states: every value, exactly, under a name with its unit."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction

import pytest
from tri1_claim import VECTORS, tri1_claim

from procure_opt.case.model import Case
from procure_opt.change import seen_as
from procure_opt.claim import Claim, Efficient
from procure_opt.tables.about import about
from procure_opt.tables.inputs import inputs
from procure_opt.tables.nations import ITEMS, nations
from procure_opt.tables.points import points
from procure_opt.tables.table import Cell, Table
from procure_opt.tables.workshare import workshare

TABLES = (about, points, nations, workshare, inputs)


def column(table: Table, name: str) -> list[Cell]:
    place = [each.name for each in table.columns].index(name)
    return [row[place] for row in table.rows]


@pytest.mark.parametrize("make", TABLES, ids=lambda make: make.__name__)
def test_a_table_has_a_unit_over_every_column_and_keys_that_tell_rows_apart(
    make: Callable[[Claim], Table],
) -> None:
    table = make(tri1_claim())
    assert all(each.unit for each in table.columns)
    assert {len(row) for row in table.rows} == {len(table.columns)}
    assert len({row[: table.key] for row in table.rows}) == len(table.rows)


@pytest.mark.parametrize("make", TABLES, ids=lambda make: make.__name__)
def test_a_column_holds_what_its_kind_says(make: Callable[[Claim], Table]) -> None:
    table = make(tri1_claim())
    kinds = {"text": (str, type(None)), "whole": int, "number": (int, Fraction, type(None))}
    for each in table.columns:
        assert all(isinstance(cell, kinds[each.kind]) for cell in column(table, each.name)), each.name


def test_points_are_the_vectors_of_the_front() -> None:
    table = points(tri1_claim())
    values = [column(table, name) for name in ("autonomy_points", "spinoff_million", "cost_million")]
    assert list(zip(*values, strict=True)) == VECTORS
    assert column(table, "structure") == [each.id for each in tri1_claim().structures]


def test_what_the_nations_pay_sums_to_the_cost_of_the_structure_and_the_items_to_what_they_pay() -> None:
    """In TRI-1 no payment is rounded, so the sums are equal to the last sixth."""
    table = nations(tri1_claim())
    paid: dict[Cell, Fraction] = {}
    for row, pays in zip(table.rows, column(table, "cost_million"), strict=True):
        paid[row[0]] = paid.get(row[0], Fraction(0)) + Fraction(str(pays))
    assert list(paid.values()) == [Fraction(cost) for _, _, cost in VECTORS]
    items = zip(*(column(table, f"cost_{item}_million") for item in ITEMS), strict=True)
    assert [sum(each) for each in items] == column(table, "cost_million")  # type: ignore[arg-type]
    assert [Fraction(str(each)) for each in column(table, "cost_exact")] == column(table, "cost_million")


def test_the_shares_of_a_package_sum_to_a_hundred() -> None:
    table = workshare(tri1_claim())
    shares: dict[tuple[Cell, ...], int] = {}
    for row in table.rows:
        shares[row[:3]] = shares.get(row[:3], 0) + int(str(row[7]))
    assert set(shares.values()) == {100}


def test_inputs_are_those_that_the_file_states_also_when_the_case_comes_from_a_result() -> None:
    """Read back from a result, a case has all defaults filled in; they are no inputs."""
    claim = tri1_claim()
    back = Case.model_validate(claim.case.model_dump(by_alias=True))
    assert inputs(replace(claim, case=back)) == inputs(claim)
    assert "60 numbers" in str(dict(about(claim).rows)["data"])
    assert len(inputs(claim).rows) == 60


def test_in_the_egalitarian_view_no_column_says_million_of_a_per_mille() -> None:
    case = seen_as(tri1_claim().case, "egalitarian")
    found = tuple(Efficient(case, (500, 400, 300), each.structure) for each in tri1_claim().structures[:1])
    names = [each.name for each in points(replace(tri1_claim(), case=case, structures=found)).columns]
    assert names[1:5] == ["autonomy_per_mille", "autonomy_percent", "spinoff_per_mille", "cost_per_mille"]
