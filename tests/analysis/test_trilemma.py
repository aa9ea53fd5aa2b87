"""The trilemma test on fronts that one can check by hand."""

from __future__ import annotations

from fractions import Fraction

from tri1_claim import VECTORS

from procure_opt.analysis.trilemma import best_third, ideal, nadir, thirds


def test_tri1_is_a_trilemma() -> None:
    assert ideal(VECTORS) == (1060, 980, 6960) and nadir(VECTORS) == (230, 120, 9940)
    # autonomy >= 954 and spin-off >= 882 leaves only 9301: (9940 - 9301) / (9940 - 6960)
    assert thirds(VECTORS, 90) == (
        ("autonomy", "spinoff", "cost", Fraction(63900, 2980)),
        ("autonomy", "cost", "spinoff", None),
        ("spinoff", "cost", "autonomy", None),
    )


def test_only_a_dilemma_is_a_possible_finding() -> None:
    no_conflict_with_spinoff = [(100, 50, 100), (50, 50, 10)]
    assert best_third(no_conflict_with_spinoff, (0, 2), 90) is None
    assert best_third(no_conflict_with_spinoff, (0, 1), 90) == 0
    assert best_third(no_conflict_with_spinoff, (1, 2), 90) == 0
    assert best_third([(100, 50, 100)], (0, 1), 100) == 100


def test_no_front_no_finding() -> None:
    assert thirds([]) == ()


def test_a_case_that_costs_nothing_divides_by_nothing() -> None:
    assert best_third([(0, 0, 0)], (0, 2), 90) == 100
