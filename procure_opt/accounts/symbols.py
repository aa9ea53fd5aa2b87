"""What a symbolic twin is handed: decisions as columns, and a few ways to build on them.

Twins never import a modelling library; they combine what they are handed with ``+ - * <= >= ==``.
:mod:`procure_opt.formulation` supplies the real thing.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, Protocol, TypeVar

from procure_opt.case.model import Case
from procure_opt.structure.arrangements import Arrangement

Expression = Any
"""A linear expression over columns, or a plain number."""
Constraint = Any
"""``expression <= expression`` and the like."""

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Row:
    """A constraint with its reason in the case's own words; ``id`` if a run can switch it off."""

    constraint: Constraint
    reason: str
    id: str | None = None


class Symbols(Protocol):
    """The decisions of a case as columns, plus what is derived from them (each derived thing once)."""

    case: Case

    def exists(self, pillar: str) -> Expression:
        """1 if the pillar exists."""

    def tier(self, nation: str, pillar: str, tier: str) -> Expression:
        """1 if the nation is a member at this tier; 0 where the tier is not open to it."""

    def regime(self, pillar: str, regime: str) -> Expression:
        """1 if the pillar runs under this rights regime."""

    def variant(self, pillar: str, variant: str) -> Expression:
        """1 if the variant is chosen."""

    def quantity(self, nation: str, pillar: str, units: int) -> Expression:
        """1 if the nation buys and chose this many units from its menu."""

    def line(self, pillar: str, configuration: str) -> Expression:
        """1 if this line configuration is chosen."""

    def licence(self, pillar: str, licence: str) -> Expression:
        """1 if this side deal is made."""

    def cost_shares(self, pillar: str, phase: str, nation: str) -> tuple[tuple[int, Expression], ...]:
        """Every percent of the phase's rest that the nation may have negotiated, with its column."""

    def arrangements(self, pillar: str, package: str) -> tuple[tuple[Arrangement, Expression], ...]:
        """Every arrangement of the package with its column."""

    def outside(self, nation: str, need: str, option: str) -> Expression:
        """1 if the nation fills the need by this outside option."""

    def total(self, terms: Iterable[tuple[int | Fraction, Expression]], constant: int = 0) -> Expression:
        """Return ``sum(coefficient * expression) + constant``, fast."""

    def column(
        self, key: tuple[Hashable, ...], lower: float, upper: float, *, whole: bool = False
    ) -> Expression:
        """Return a new auxiliary column; ``key`` names it for people and must be new."""

    def once(self, key: tuple[Hashable, ...], build: Callable[[], T]) -> T:
        """Return what ``build`` returned the first time this key was asked for."""

    def require(self, constraint: Constraint) -> None:
        """Add a row that defines an auxiliary column."""

    def bounds(self, expression: Expression) -> tuple[int, int]:
        """Return whole numbers between which the expression lies for any values of its columns."""


def member(x: Symbols, nation: str, pillar: str) -> Expression:
    """1 if the nation is a member of the pillar at any tier."""
    return x.total((1, x.tier(nation, pillar, tier)) for tier in sorted(x.case.pillars[pillar].tiers))


def at_tiers(x: Symbols, nation: str, pillar: str, tiers: Iterable[str]) -> Expression:
    """1 if the nation is a member of the pillar at one of these tiers."""
    return x.total((1, x.tier(nation, pillar, tier)) for tier in sorted(set(tiers)))


def buys(x: Symbols, nation: str, pillar: str) -> Expression:
    """1 if the nation is a member at a tier that buys."""
    tiers = x.case.pillars[pillar].tiers
    return at_tiers(x, nation, pillar, (t for t in tiers if tiers[t].buys))


def defined(x: Symbols, key: tuple[Hashable, ...], expression: Expression) -> Expression:
    """Return a column that equals the expression: long sums that several rows use stay short."""
    if isinstance(expression, int | float):
        return expression
    column = x.column(key, *x.bounds(expression))
    x.require(x.total([(1, expression), (-1, column)]) == 0)
    return column
