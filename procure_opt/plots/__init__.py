"""One plot, one module: each answers one question about a claim with a plotly figure.

Plots do not know each other; what they share (scales, colours with shapes, captions) stands in ``drawing``.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from procure_opt.claim import Claim, Efficient


@dataclass(frozen=True, slots=True)
class Plots:
    """The plots of a claim. A structure is named by any unique beginning of its id, or by its place.

    Each raises :class:`UsageError` if plotly is not installed (``procure-opt[plot]``), or if there is no
    such structure.
    """

    claim: Claim

    def trilemma(self, key: int | str | None = None) -> Any:
        """Where are we between the three corners? With a structure: where are its nations?"""
        from .trilemma import trilemma

        return trilemma(self.claim, None if key is None else self._structure(key))

    def parallel(self, nations: Sequence[str] = ()) -> Any:
        """What is left if cost must stay under X? Axes with brushes; what these nations pay, too."""
        from .parallel import parallel

        return parallel(self.claim, nations)

    def tradeoff(self) -> Any:
        """What does the next step of autonomy cost?"""
        from .tradeoff import tradeoff

        return tradeoff(self.claim)

    def workshare(self, key: int | str) -> Any:
        """Who builds what in this structure?"""
        from .workshare import workshare

        return workshare(self.claim, self._structure(key))

    def dependence(self, key: int | str) -> Any:
        """Whom does each nation depend on in this structure?"""
        from .dependence import dependence

        return dependence(self.claim, self._structure(key))

    def money(self, key: int | str) -> Any:
        """Who pays for what in this structure, and where is the work done?"""
        from .money import money

        return money(self.claim, self._structure(key))

    def _structure(self, key: int | str) -> Efficient:
        return self.claim.find(key) if isinstance(key, str) else self.claim.structures[key]
