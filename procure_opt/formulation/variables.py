"""The columns of the optimisation model, behind the face that the symbolic twins are handed.

PuLP collapses unlike names (``A-1``, ``A 1``), so columns have index names and a map tells what each is.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Hashable, Iterable
from fractions import Fraction
from typing import Any, TypeVar

from procure_opt.accounts.lines import configurations
from procure_opt.accounts.sharing import rule_of, shared_phases
from procure_opt.accounts.symbols import Constraint, Expression
from procure_opt.accounts.units import menu
from procure_opt.case.model import Case
from procure_opt.case.pillars import Negotiated, Pillar
from procure_opt.structure.arrangements import Arrangement, arrangements

from . import pulp_face as pulp

T = TypeVar("T")
Key = tuple[Hashable, ...]
EXCLUSIVE = frozenset(
    {
        "arrangement",
        "tier",
        "regime",
        "outside",
        "delay",
        "bearers",
        "band",
        "bought",
        "felt",
        "coalition",
        "quantity",
        "line",
        "cost_share",
    }
)
"""Kinds of 0/1 columns of which at most one is 1 among those whose keys differ only at the end."""
WHOLE_BY_MEANING = frozenset(
    {
        "A",
        "S",
        "access",
        "all",
        "any",
        "coalition",
        "context",
        "counted",
        "felt",
        "later",
        "least gain",
        "n1",
        "one of",
        "pool",
        "spinoff",
        "task",
        "units",
    }
)
"""Kinds of continuous columns that are literals, counts or sums of whole amounts: whole for every structure.

The equal parts of a pool may be fractions, and so may what is gated, and what a nation pays: the cost (and
the sum) in its view, which the plain definition rounds up.
"""


class Variables:
    """Decisions as 0/1 columns, auxiliary columns as the twins ask for them, and rows that define them."""

    def __init__(self, case: Case) -> None:
        self.case = case
        self.problem = pulp.new_problem("procure_opt")
        self.keys: list[Key] = []
        """Column index -> what the column means."""
        self.limits: list[tuple[float, float]] = []
        self.whole: list[bool] = []
        self.index: dict[str, int] = {}
        """Name -> column index."""
        self.definitions = 0
        self._columns: list[Any] = []
        self._decisions: dict[Key, Any] = {}
        self._built: dict[Key, Any] = {}
        self._decide()

    def _decide(self) -> None:
        for pillar, stated in sorted(self.case.pillars.items()):
            self._decision("exists", pillar)
            for nation in sorted(self.case.nations):
                for tier in sorted(stated.tiers):
                    open_to = stated.tiers[tier].open_to
                    if open_to is None or nation in open_to:
                        self._decision("tier", pillar, nation, tier)
            for regime in sorted(stated.rights):
                self._decision("regime", pillar, regime)
            for variant in sorted(stated.variants):
                self._decision("variant", pillar, variant)
            for package in sorted(stated.packages):
                for number in range(len(arrangements(self.case, pillar, package))):
                    self._decision("arrangement", pillar, package, number)
            self._decide_terms(pillar, stated)
        for need, needed in sorted(self.case.needs.items()):
            for nation in sorted(self.case.nations if needed.nations is None else needed.nations):
                for option in sorted(needed.outside.get(nation, {})):
                    self._decision("outside", need, nation, option)

    def _decide_terms(self, pillar: str, stated: Pillar) -> None:
        for nation in sorted(self.case.nations):
            for number in menu(self.case, pillar, nation):
                self._decision("quantity", pillar, nation, number)
        for configuration in configurations(self.case, pillar):
            self._decision("line", pillar, configuration)
        for licence in sorted(stated.licences):
            self._decision("licence", pillar, licence)
        for phase in shared_phases(self.case, pillar):
            rule = rule_of(self.case, pillar, phase)
            if isinstance(rule, Negotiated):
                step = rule.step_percent.whole
                for nation in sorted(self.case.nations):
                    for percent in range(step, 101, step):
                        self._decision("cost_share", pillar, phase, nation, percent)

    def whole_by_meaning(self) -> frozenset[int]:
        """Return the columns that are continuous to the solver, but whole for every structure."""
        return frozenset(
            j for j, key in enumerate(self.keys) if key[0] in WHOLE_BY_MEANING and not self.whole[j]
        )

    def _decision(self, *key: Hashable) -> None:
        self._decisions[key] = self.column(key, 0, 1, whole=True)

    def decisions(self) -> dict[Key, int]:
        """Return decision -> column index."""
        return {key: self.index[column.name] for key, column in self._decisions.items()}

    def exists(self, pillar: str) -> Expression:
        """1 if the pillar exists."""
        return self._decisions["exists", pillar]

    def tier(self, nation: str, pillar: str, tier: str) -> Expression:
        """1 if the nation is a member at this tier; 0 where the tier is not open to it."""
        return self._decisions.get(("tier", pillar, nation, tier), 0)

    def regime(self, pillar: str, regime: str) -> Expression:
        """1 if the pillar runs under this regime."""
        return self._decisions["regime", pillar, regime]

    def variant(self, pillar: str, variant: str) -> Expression:
        """1 if the variant is chosen."""
        return self._decisions["variant", pillar, variant]

    def quantity(self, nation: str, pillar: str, units: int) -> Expression:
        """1 if the nation buys and chose this many units."""
        return self._decisions["quantity", pillar, nation, units]

    def line(self, pillar: str, configuration: str) -> Expression:
        """1 if this line configuration is chosen."""
        return self._decisions["line", pillar, configuration]

    def licence(self, pillar: str, licence: str) -> Expression:
        """1 if this side deal is made."""
        return self._decisions["licence", pillar, licence]

    def cost_shares(self, pillar: str, phase: str, nation: str) -> tuple[tuple[int, Expression], ...]:
        """Every percent that the nation may have negotiated, with its column."""

        def build() -> tuple[tuple[int, Expression], ...]:
            return tuple(
                (int(str(key[4])), column)
                for key, column in self._decisions.items()
                if key[:4] == ("cost_share", pillar, phase, nation)
            )

        return self.once(("cost shares", pillar, phase, nation), build)

    def arrangements(self, pillar: str, package: str) -> tuple[tuple[Arrangement, Expression], ...]:
        """Every arrangement of the package with its column."""

        def build() -> tuple[tuple[Arrangement, Expression], ...]:
            ways = arrangements(self.case, pillar, package)
            columns = [self._decisions["arrangement", pillar, package, number] for number in range(len(ways))]
            return tuple(zip(ways, columns, strict=True))

        return self.once(("arrangements", pillar, package), build)

    def outside(self, nation: str, need: str, option: str) -> Expression:
        """1 if the nation takes this outside option."""
        return self._decisions["outside", need, nation, option]

    def column(self, key: Key, lower: float, upper: float, *, whole: bool = False) -> Expression:
        """Return a new column."""
        name = f"{str(key[0]).replace(' ', '_')}_{len(self._columns)}"
        variable = self.problem.add_variable(name, lower, upper, pulp.INTEGER if whole else pulp.CONTINUOUS)
        self.index[name] = len(self._columns)
        self._columns.append(variable)
        self.keys.append(key)
        self.limits.append((lower, upper))
        self.whole.append(whole)
        return variable

    def once(self, key: Key, build: Callable[[], T]) -> T:
        """Return what ``build`` returned the first time."""
        if key not in self._built:
            self._built[key] = build()
        built: T = self._built[key]
        return built

    def total(self, terms: Iterable[tuple[int | Fraction, Expression]], constant: int = 0) -> Expression:
        """Return the weighted sum; a plain number if no column is in it."""
        summed: dict[int, float] = {}
        rest: float = constant
        for coefficient, expression in terms:
            factor = _plain(coefficient)
            if isinstance(expression, int | float | Fraction):
                rest += factor * _plain(expression)
                continue
            rest += factor * pulp.constant_of(expression)
            for variable, weight in pulp.terms_of(expression):
                index = self.index[variable.name]
                summed[index] = summed.get(index, 0) + factor * weight
        kept = [(self._columns[index], weight) for index, weight in summed.items() if weight]
        return pulp.affine(kept, rest) if kept else _plain(rest)

    def require(self, constraint: Constraint) -> None:
        """Add a row that defines an auxiliary column."""
        self.definitions += 1
        self.add(constraint, f"d{self.definitions}")

    def add(self, constraint: Constraint, name: str) -> None:
        """Add a row; a comparison of plain numbers is either always true or never."""
        if constraint is True:
            return
        if constraint is False:
            constraint = pulp.affine([(self._columns[0], 0)], 1) <= 0
        self.problem.addConstraint(constraint, name)

    def bounds(self, expression: Expression) -> tuple[int, int]:
        """Return whole numbers between which the expression lies; of an exclusive group one counts."""
        if isinstance(expression, int | float | Fraction):
            return math.floor(expression), math.ceil(expression)
        low = high = pulp.constant_of(expression)
        groups: dict[Key, tuple[float, float]] = {}
        for variable, weight in pulp.terms_of(expression):
            index = self.index[variable.name]
            ends = [weight * end for end in self.limits[index]]
            key = self.keys[index]
            if key[0] in EXCLUSIVE:
                least, most = groups.get(key[:-1], (0.0, 0.0))
                groups[key[:-1]] = min(least, *ends), max(most, *ends)
            else:
                low, high = low + min(ends), high + max(ends)
        low += sum(least for least, _ in groups.values())
        high += sum(most for _, most in groups.values())
        return math.floor(low), math.ceil(high)


def _plain(number: int | float | Fraction) -> int | float:
    """Return whole numbers as int, others as float."""
    return int(number) if number == int(number) else float(number)
