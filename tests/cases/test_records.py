"""What was signed is possible in its own edition, as ``sources.md`` of the case says."""

from __future__ import annotations

import pytest

from procure_opt.analysis.hindcast.possibility import graded
from procure_opt.case.load import load_case
from procure_opt.formulation.record import items_of
from procure_opt.possible import example


@pytest.mark.parametrize(
    ("name", "record", "possible"),
    [
        ("a400m", "contract_2003", True),
        ("eurofighter@1985", "turin_1985", False),
        ("eurofighter@1988", "memorandum_1988", False),
        ("f35@2001", "development_2002", True),
        ("f35@2006", "production_2007", True),
        ("f35@2006", "as_it_became", False),
        ("fcas@2022", "phase_1b", False),
        ("fcas@2026", "june_2026", True),
        ("gcap@2022", "launch_2022", True),
        ("gcap@2026", "contract_2026", True),
        ("nh90@2006", "production_2006", True),
    ],
)
def test_the_record_under_the_hard_lines(name: str, record: str, possible: bool) -> None:
    """Decided in seconds; GCAP 2026 has an observer, whom the search once left out."""
    case = load_case(name)
    hard = graded(case)["hard"]
    assert (example(hard, items_of(case, case.historical[record])) is not None) is possible
