"""Fifty corruptions of an honest result, drawn by number from many kinds: each is noticed without a solver.

Each changes what the result says. The one kind that cannot be noticed offline, a point dropped together with
the bounds that follow, is what a second search is for.
"""

from __future__ import annotations

import copy
import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from fractions import Fraction
from pathlib import Path
from random import Random
from typing import Any

import pytest
from tri1_claim import call, tri1_claim, tri1_data

from procure_opt.claim import minimised
from procure_opt.pareto.certificate import final_bounds
from procure_opt.result.document import document
from procure_opt.result.read import misfits
from procure_opt.result.verify import verify
from procure_opt.result.write import to_bytes

Data = Any
Kind = Callable[[Data, Random], None]
Place = tuple[Any, Any]
"""A container, and a key or number in it."""


# -- where ---------------------------------------------------------------------------------------------------


def _point(data: Data, draw: Random) -> Data:
    return draw.choice(data["points"])


def _nation(data: Data, draw: Random) -> Data:
    return draw.choice([each for _, each in sorted(_point(data, draw)["nations"].items())])


def _places(data: Data, kind: type) -> Iterator[Place]:
    """Yield every place that holds a value of just this kind, in order."""
    steps = sorted(data.items()) if isinstance(data, dict) else enumerate(data)
    for step, value in steps:
        if type(value) is kind:
            yield data, step
        if isinstance(value, dict | list):
            yield from _places(value, kind)


def _shares(data: Data, draw: Random) -> Data:
    """Return the shares of a package that somebody shares."""
    point = draw.choice([each for each in data["points"] if each["structure"]["pillars"]])
    packages = point["structure"]["pillars"]["aircraft"]["packages"]
    return packages[draw.choice(sorted(packages))]["shares"]


# -- what ----------------------------------------------------------------------------------------------------


def number(data: Data, draw: Random) -> None:
    """Another number, anywhere."""
    holder, key = draw.choice(list(_places(data, int)))
    holder[key] += draw.choice((-1, 1)) * draw.choice((1, 7, 1000))


def word(data: Data, draw: Random) -> None:
    """Another text, anywhere but in what the case says about itself alone."""
    data = {key: value for key, value in data.items() if key != "case"}
    holder, key = draw.choice(list(_places(data, str)))
    holder[key] += draw.choice(" x9")


def truth(data: Data, draw: Random) -> None:
    """Yes for no, anywhere."""
    holder, key = draw.choice(list(_places(data, bool)))
    holder[key] = not holder[key]


def key_gone(data: Data, draw: Random) -> None:
    """Something is not said any more."""
    holder = draw.choice([data, _point(data, draw), _nation(data, draw), data["status"]])
    del holder[draw.choice(sorted(holder))]


def key_added(data: Data, draw: Random) -> None:
    """Something is said that has no place there."""
    draw.choice([data, _point(data, draw), _nation(data, draw), data["status"]])["remark"] = "approved"


def value(data: Data, draw: Random) -> None:
    """A value that looks better than it is."""
    values = _point(data, draw)["values"]
    name = draw.choice(sorted(values))
    values[name] += draw.randint(1, 99) * (-1 if name == "cost" else 1)


def identity(data: Data, draw: Random) -> None:
    """The id of another structure."""
    first, second = draw.sample(data["points"], 2)
    first["id"] = second["id"]


def swapped_structures(data: Data, draw: Random) -> None:
    """What one structure is, under the name of another."""
    first, second = draw.sample(data["points"], 2)
    first["structure"], second["structure"] = second["structure"], first["structure"]


def forged_share(data: Data, draw: Random) -> None:
    """A share moved from one nation to another, so that the sum is right."""
    shares = _shares(data, draw)
    giver = draw.choice(sorted(shares))
    takers = sorted({"ALP", "BET", "GAM"} - {giver})
    part = draw.randint(1, shares[giver])
    shares[giver] -= part
    taker = draw.choice(takers)
    shares[taker] = shares.get(taker, 0) + part


def other_lead(data: Data, draw: Random) -> None:
    """A package under another lead, with all else as it was."""
    point = draw.choice([each for each in data["points"] if each["structure"]["pillars"]])
    package = draw.choice(sorted(point["structure"]["pillars"]["aircraft"]["packages"].items()))[1]
    package["leads"] = [draw.choice(sorted({"ALP", "BET", "GAM"} - set(package["leads"])))]


def other_seat(data: Data, draw: Random) -> None:
    """A member at another tier, or none any more."""
    point = draw.choice([each for each in data["points"] if each["structure"]["pillars"]])
    tiers = point["structure"]["pillars"]["aircraft"]["tiers"]
    nation = draw.choice(sorted(tiers))
    tier = draw.choice([None, *sorted({"core", "associate"} - {tiers[nation]})])
    tiers.pop(nation) if tier is None else tiers.update({nation: tier})


def bill(data: Data, draw: Random) -> None:
    """A nation that pays something else."""
    nation = _nation(data, draw)
    more = Fraction(draw.choice((-7, -1, 1, 5)), draw.choice((1, 2, 3)))
    nation["pays"] = str(Fraction(nation["pays"]) + more)


def two_bills(data: Data, draw: Random) -> None:
    """What one nation pays less another pays more."""
    first, second = draw.sample([each for _, each in sorted(_point(data, draw)["nations"].items())], 2)
    part = Fraction(draw.randint(1, 9), 7)
    first["pays"] = str(Fraction(first["pays"]) - part)
    second["pays"] = str(Fraction(second["pays"]) + part)


def task(data: Data, draw: Random) -> None:
    """A task that a nation can do, or cannot do any more."""
    nation = _nation(data, draw)
    tasks = nation[draw.choice(("tasks", "tasks_under_denial"))]
    tasks.remove(draw.choice(tasks)) if tasks and draw.random() < 0.5 else tasks.append("win")


def denier(data: Data, draw: Random) -> None:
    """Somebody else whom a nation fears most, or nobody."""
    nation = _nation(data, draw)
    nation["worst_denier"] = draw.choice(sorted({"ALP", "BET", "GAM", "vendor_x"} - {nation["worst_denier"]}))


def bound_moved(data: Data, draw: Random) -> None:
    """A bound a little elsewhere."""
    bound = draw.choice(data["bounds"])
    place = draw.choice([k for k, u in enumerate(bound) if u is not None])
    bound[place] += draw.choice((-50, -1, 1, 50))


def bound_gone(data: Data, draw: Random) -> None:
    """A bound less."""
    data["bounds"].remove(draw.choice(data["bounds"]))


def bound_added(data: Data, draw: Random) -> None:
    """A bound more: a new one, or one twice."""
    new = [-draw.randint(1, 1000), -draw.randint(1, 900), draw.randint(7000, 9900)]
    data["bounds"].insert(
        draw.randrange(len(data["bounds"])), draw.choice([new, draw.choice(data["bounds"])])
    )


def order(data: Data, draw: Random) -> None:
    """Points or bounds in another order."""
    rows = data[draw.choice(("points", "bounds"))]
    first, second = sorted(draw.sample(range(len(rows)), 2))
    rows[first], rows[second] = rows[second], rows[first]


def point_gone(data: Data, draw: Random) -> None:
    """A point less, and the bounds as they were."""
    data["points"].remove(_point(data, draw))


def point_twice(data: Data, draw: Random) -> None:
    """A point twice."""
    place = draw.randrange(len(data["points"]))
    data["points"].insert(place, copy.deepcopy(data["points"][place]))


def point_made_up(data: Data, draw: Random) -> None:
    """A point that is better than another one, with its structure, and the bounds that would follow."""
    made_up = copy.deepcopy(_point(data, draw))
    made_up["values"]["cost"] -= draw.randint(1, 500)
    made_up["id"] = f"S-{draw.getrandbits(48):012x}"
    data["points"].append(made_up)
    data["points"].sort(key=_minimised)
    _restate_bounds(data)


def status(data: Data, draw: Random) -> None:
    """Complete and incomplete at the same time."""
    lies = ({"complete": False}, {"reason": "time limit"}, {"open_zones": 3}, {"proven_share": "2/3"})
    data["status"].update(draw.choice(lies))


def opened(data: Data, draw: Random) -> None:
    """A zone said to be open in a result that says it is complete."""
    data["open_bounds"] = [draw.choice(data["bounds"])]


def resolution(data: Data, draw: Random) -> None:
    """A finer or coarser resolution than that of the search."""
    draw.choice(data["objectives"])["resolution"] = draw.choice((2, 5, 50))


def case_changed(data: Data, draw: Random) -> None:
    """A case that is not the one that was solved."""
    holder, key = draw.choice(list(_places(data["case"]["stated"], int)))
    holder[key] += draw.choice((-1, 1))


def rule_gone(data: Data, draw: Random) -> None:
    """A rule said to be switched off, or a requirement that nobody made."""
    data["case"][draw.choice(("off", "on", "required"))].append("RL1")


KINDS: tuple[Kind, ...] = (
    *(
        number,
        word,
        truth,
        key_gone,
        key_added,
        value,
        identity,
        swapped_structures,
        forged_share,
        other_lead,
    ),
    *(other_seat, bill, two_bills, task, denier, bound_moved, bound_gone, bound_added, order, point_gone),
    *(point_twice, point_made_up, status, opened, resolution, case_changed, rule_gone),
)


def _minimised(point: Data) -> tuple[int, ...]:
    values = point["values"]
    return -values["autonomy"], -values["spinoff"], values["cost"]


def _restate_bounds(data: Data) -> None:
    data["bounds"] = [list(bound) for bound in final_bounds(map(_minimised, data["points"]), 3)]


# -- noticed -------------------------------------------------------------------------------------------------


def _noticed(data: Data) -> bool:
    return bool(list(misfits(data)) or verify(data).findings)


@pytest.mark.parametrize("seed", range(50))
def test_a_corruption_is_noticed(seed: int) -> None:
    draw, data = Random(seed), tri1_data()
    kind = KINDS[seed % len(KINDS)]
    kind(data, draw)
    assert json.dumps(data, sort_keys=True) != json.dumps(tri1_data(), sort_keys=True), "it changes nothing"
    assert _noticed(data), kind.__doc__


@pytest.mark.parametrize("dropped", [1, 6])
def test_a_point_dropped_with_the_bounds_that_follow_needs_a_second_search(
    dropped: int, tmp_path: Path
) -> None:
    claim = tri1_claim()
    rest = tuple(each for each in claim.structures if each is not claim.structures[dropped])
    bounds = final_bounds([minimised(each.values) for each in rest], 3)
    forged = replace(claim, structures=rest, evidence=replace(claim.evidence, bounds=bounds))
    path = tmp_path / "result.json"
    path.write_bytes(to_bytes(document(forged)))
    code, out, _ = call("verify", str(path))
    assert code == 0 and "the result stands" in out
    code, _, err = call("verify", str(path), "--resolve")
    assert code == 5 and claim.structures[dropped].id in err and "calls closed" in err
