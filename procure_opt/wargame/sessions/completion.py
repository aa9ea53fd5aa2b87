"""Completions of partial proposals without a stored front: examples, told as what they are.

The only module of the room that asks a solver. It proposes, the plain rules judge. That there is no
completion at all is a proof; that one is the best or worst for somebody is so among those looked at only.
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence

from procure_opt.case.model import Case
from procure_opt.case.red_lines import RedLine
from procure_opt.change import changed
from procure_opt.errors import EngineDoubt, LimitReached, NotBuiltYet
from procure_opt.formulation.record import Item
from procure_opt.possible import example
from procure_opt.solving.engine import Limits
from procure_opt.structure.arrangements import arrangements
from procure_opt.structure.structure import Structure

from .orders import PillarParts
from .outlook import _name, said_so_far, told
from .parts import Content, package_agrees
from .plain import Json
from .state import State

TIME_LIMIT = 5.0
MOST_TIME = 60.0
MOST_EXAMPLES = 24


def completions(state: State, what: object = None, *, time_limit: float = TIME_LIMIT) -> Json:
    """Return what completions of what is on the table look like so far, as :func:`outlook` tells it.

    ``source.proven_impossible``: no structure that breaks no rule and no binding red line agrees with it.
    ``time_limit`` in seconds, at most 60. Which examples are found in it may differ from machine to machine.
    """
    contents = said_so_far(state, what)
    until = time.monotonic() + min(max(time_limit, 0.1), MOST_TIME)
    case = _with_terms(state.case, contents)
    wanted = [item for each in contents for item in _items(state.case, each)]
    found: dict[str, Structure] = {}
    stopped, proven = None, False
    for extra in _variations(state.case):
        if len(found) >= MOST_EXAMPLES:
            break
        try:
            structure = example(case, [*wanted, *extra], limits=Limits(until))
        except (LimitReached, EngineDoubt, NotBuiltYet) as error:
            stopped = type(error).__name__
            break
        if structure is not None and all(each.agrees(structure) for each in contents):
            found.setdefault(structure.id, structure)
        elif not extra:
            proven = True
            break
    source = {
        "kind": "examples",
        "complete": proven,
        "looked_at": len(found),
        "proven_impossible": proven,
        "known": _known(proven, len(found), stopped),
    }
    return told(state, [found[name] for name in sorted(found)], _name(what)) | {"source": source}


def _known(proven: bool, found: int, stopped: str | None) -> str:
    if proven:
        return "proven: no structure that breaks no rule and no binding red line agrees with this"
    if not found:
        return "time was up before anything was found; nothing is known"
    early = ", and time was up" if stopped else ""
    what = f"so far: {found} examples that break no rule and no binding red line{early}"
    return f"{what}; best and worst among these only"


def _with_terms(case: Case, contents: Sequence[Content]) -> Case:
    """Return the case with the terms as hard lines of their own."""
    lines = dict(case.red_lines)
    said = {"owner": min(case.nations), "as_of": case.known_until().isoformat()}
    said |= {"source": "table", "text": "term"}
    for number, term in enumerate(term for each in contents for term in each.terms):
        line = RedLine.model_validate({**said, "speaker": "unnamed", "grade": "hard", "then": term})
        lines[f"TERM{number + 1}"] = line
    return case if len(lines) == len(case.red_lines) else changed(case, red_lines=lines)


def _variations(case: Case) -> Iterator[list[Item]]:
    """Yield nothing more; then, one by one, that a nation sits at a tier, or leads a package."""
    yield []
    for pillar, stated in sorted(case.pillars.items()):
        for nation in sorted(case.nations):
            for tier in sorted(stated.tiers):
                yield [Item("", frozenset([("tier", pillar, nation, tier)]))]
            for package in sorted(stated.packages):
                ways = arrangements(case, pillar, package)
                led = [number for number, way in enumerate(ways) if nation in way.leads]
                if led:
                    yield [Item("", frozenset(("arrangement", pillar, package, number) for number in led))]


def _items(case: Case, each: Content) -> Iterator[Item]:
    """Yield what a proposal names, decision by decision."""
    if each.structure is not None:
        from procure_opt.formulation.decode import taken

        yield from (Item(str(key), frozenset([key])) for key in sorted(taken(case, each.structure), key=str))
        gone = sorted(set(case.pillars) - set(each.structure.pillars))
        yield from (Item(pillar, frozenset([("exists", pillar)]), False) for pillar in gone)
    for pillar, parts in sorted(each.parts.pillars.items()):
        yield Item(pillar, frozenset([("exists", pillar)]), parts is not None)
        if parts is not None:
            yield from _in_pillar(case, pillar, parts)
    for need, options in sorted(each.parts.outside.items()):
        for nation, option in sorted(options.items()):
            yield Item(need, frozenset([("outside", need, nation, option)]))


def _in_pillar(case: Case, pillar: str, parts: PillarParts) -> Iterator[Item]:
    for nation, tier in sorted(parts.tiers.items()):
        tiers = sorted(case.pillars[pillar].tiers) if tier is None else [tier]
        yield Item(nation, frozenset(("tier", pillar, nation, each) for each in tiers), tier is not None)
    if parts.rights is not None:
        yield Item("rights", frozenset([("regime", pillar, parts.rights)]))
    if parts.lines is not None:
        yield Item("lines", frozenset([("line", pillar, parts.lines)]))
    for kind, named in (("variant", parts.variants), ("licence", parts.licences)):
        for name, taken in sorted(named.items()):
            yield Item(name, frozenset([(kind, pillar, name)]), taken)
    for nation, number in sorted(parts.quantities.items()):
        yield Item(nation, frozenset([("quantity", pillar, nation, number)]))
    for phase, shares in sorted(parts.cost_percent.items()):
        for nation, percent in sorted(shares.items()):
            if percent:
                yield Item(nation, frozenset([("cost_share", pillar, phase, nation, percent)]))
            else:
                every = frozenset(("cost_share", pillar, phase, nation, each) for each in range(1, 101))
                yield Item(nation, every, False)
    for package, wanted in sorted(parts.packages.items()):
        ways = arrangements(case, pillar, package)
        fits = (number for number, way in enumerate(ways) if package_agrees(way, wanted))
        yield Item(package, frozenset(("arrangement", pillar, package, number) for number in fits))
