"""By how much bounds rise at least when one more group is settled: looked up, before anything is followed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import overload

import numpy as np

from procure_opt.solving.clusters import Finished, States, Total
from procure_opt.solving.junctions import Joined
from procure_opt.solving.matrix import Numbers, Vector


class Growth:
    """What the tables of a program say of rising bounds.

    ``junctions`` are numbered after the ``clusters``, each after what it hangs on; ``watched``: the sums
    that are bounded. Their terms that are in no table are taken not to rise.
    """

    def __init__(
        self, clusters: Sequence[Finished], junctions: Sequence[Joined], watched: Sequence[Total]
    ) -> None:
        self._clusters, self._watched = clusters, watched
        self._junctions = dict(enumerate(junctions, len(clusters)))
        self._routes: dict[int, tuple[list[int], set[int]]] = {}

    def of_clusters(self, states: States, width: int, group: int) -> Vector:
        """Return by how much bounds rise with each alternative of a group, by what clusters say.

        An axis for the watched columns and their sum, one for the sets, one for the alternatives.
        """
        grown = np.zeros((len(self._watched), width, 1))
        for number, cluster in enumerate(self._clusters):
            if group not in cluster.strides:
                continue
            before = np.broadcast_to(cluster.index(states), width)[:, None]
            after = before + cluster.strides[group] * np.arange(1, cluster.sizes[group] + 1)
            rises = []
            for total in self._watched:
                mine = [cluster.rows[row] for home, row in total.lookups if home == number]
                rises.append(sum((_rise(row[before], row[after]) for row in mine), np.zeros(after.shape)))
            grown = grown + np.array(rises)
        return grown

    def has_junctions(self, group: int) -> bool:
        """Do junctions say more?"""
        return bool(self._route(group)[0])

    def of_junctions(self, states: States, parents: Numbers, taken: Numbers, group: int) -> Vector:
        """Return by how much bounds rise beyond that, by what junctions say.

        ``parents``, ``taken``: for each new set, which one it was, and the state of the group in it.
        An axis for the watched columns and their sum, one for the new sets.
        """
        before, after = self._places(states, parents, taken, group)
        changed = self._junctions.keys() & self._route(group)[1]
        grown = np.zeros((len(self._watched), len(parents)))
        for rises, total in zip(grown, self._watched, strict=True):
            for number, row in total.lookups:
                if number in changed:
                    known = self._junctions[number].rows[row]
                    rises += _rise(_each(known[before[number]], parents), known[after[number]])
        return grown

    def _places(
        self, states: States, parents: Numbers, taken: Numbers, group: int
    ) -> tuple[Mapping[int, Numbers | int], Mapping[int, Numbers | int]]:
        """Return where to look in tables, for the sets that were and for the new ones."""
        before: dict[int, Numbers | int] = {}
        after: dict[int, Numbers | int] = {}
        needed, changed = self._route(group)
        for number in needed:
            junction = self._junctions.get(number)
            before[number] = junction.index(before) if junction else self._clusters[number].index(states)
            if number not in changed:
                after[number] = _each(before[number], parents)
            elif junction:
                after[number] = junction.index(after)
            else:
                after[number] = _each(before[number], parents) + self._clusters[number].strides[group] * taken
        return before, after

    def _route(self, group: int) -> tuple[list[int], set[int]]:
        """Return which tables must be looked into, in order, and which say something else for a group."""
        if group not in self._routes:
            changed = {number for number, each in enumerate(self._clusters) if group in each.strides}
            for number, junction in self._junctions.items():
                if changed & junction.places.keys():
                    changed.add(number)
            asked = {home for total in self._watched for home, _ in total.lookups}
            needed = asked & changed & self._junctions.keys()
            for number, junction in reversed(self._junctions.items()):
                if number in needed:
                    needed |= junction.places.keys()
            self._routes[group] = sorted(needed), changed
        return self._routes[group]


@overload
def _each(values: Numbers | int, which: Numbers) -> Numbers | int: ...
@overload
def _each(values: Vector, which: Numbers) -> Vector: ...
def _each(values: Vector | Numbers | int, which: Numbers) -> Vector | Numbers | int:
    return values[which] if isinstance(values, np.ndarray) and values.ndim else values


def _rise(before: Vector, after: Vector) -> Vector:
    """Return the difference; what is impossible stays so, and from no bound to one nothing is counted."""
    found: Vector = np.where(np.isfinite(before), after, np.inf) - np.where(np.isfinite(before), before, 0.0)
    found[np.broadcast_to(before == -np.inf, found.shape)] = 0.0
    return found
