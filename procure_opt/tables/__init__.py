"""A claim as tables: one row per structure, per nation in it, per piece of work, per number of the case.

The same tables become pandas frames and the sheets of a workbook. Every column says its unit.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from procure_opt.claim import Claim


@dataclass(frozen=True, slots=True)
class Frames:
    """The tables of a claim as pandas frames, one method each; units are in ``attrs["units"]``.

    Each method raises :class:`UsageError` if pandas is not installed (``procure-opt[frame]``).
    """

    claim: Claim

    def points(self) -> Any:
        """One row per structure, by its id: its three values, then what each nation has and pays."""
        from . import frame, points

        return frame.frame(self.claim, points.points(self.claim))

    def nations(self) -> Any:
        """One row per structure and nation: role, autonomy, spin-off, cost and its items."""
        from . import frame, nations

        return frame.frame(self.claim, nations.nations(self.claim))

    def workshare(self) -> Any:
        """One row per structure, package and nation that works on it."""
        from . import frame, workshare

        return frame.frame(self.claim, workshare.workshare(self.claim))

    def inputs(self) -> Any:
        """One row per number that the case states: value, range, basis, source."""
        from . import frame, inputs

        return frame.frame(self.claim, inputs.inputs(self.claim))
