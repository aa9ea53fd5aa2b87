"""What-ifs: functions from case to case. The case that comes in stays as it is.

What can be switched has an id in the case: red lines, release caps, tier work, juste retour, budgets,
participation, export rules, incompatibilities, links. What is required beyond the case becomes a red line
of its own, with an id (REQ1, ...) and the request as its text, so that a conflict can name it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from procure_opt.case.conditions import Condition
from procure_opt.case.model import Case
from procure_opt.case.red_lines import RedLine
from procure_opt.case.spelling import closest
from procure_opt.case.switches import switchable
from procure_opt.errors import UsageError, printable

OBJECTIVES = ("autonomy", "spinoff", "cost")
LARGEST_STEP = 1_000_000
"""Of a resolution."""
REQUEST = "request"
"""Owner and source of a required red line."""

FORMS = (
    "pillar PILLAR",
    "NATION in PILLAR",
    "NATION out of PILLAR",
    "NATION tier TIER in PILLAR",
    "NATION leads PACKAGE in PILLAR",
    "variant VARIANT in PILLAR",
    "rights REGIME in PILLAR",
)
"""What can be required; "in PILLAR" and "of PILLAR" may be left out if the case has one pillar."""


def changed(case: Case, **fields: Any) -> Case:
    """Return the case with these fields, validated anew."""
    return Case.model_validate({name: getattr(case, name) for name in type(case).model_fields} | fields)


def without(case: Case, ids: Iterable[str]) -> Case:
    """Return the case with these rules switched off. Raises :class:`UsageError` for an id that is none."""
    wanted = _known(ids, switchable(case), "id of this case that can be switched off")
    off = tuple(sorted(set(case.off) | wanted))
    return changed(case, off=off, on=tuple(sorted(set(case.on) - wanted)))


def with_soft(case: Case, ids: Iterable[str]) -> Case:
    """Return the case with these red lines switched on, soft or late as they may be."""
    wanted = _known(ids, dict.fromkeys(case.red_lines, ""), "red line of this case")
    on = tuple(sorted(set(case.on) | wanted))
    return changed(case, on=on, off=tuple(sorted(set(case.off) - wanted)))


def _known(ids: Iterable[str], known: Mapping[str, str], what: str) -> set[str]:
    wanted = set(ids)
    for each in sorted(wanted - known.keys()):
        raise UsageError(f'"{printable(each)}" is no {what}{_hint(each, known)}')
    return wanted


def _hint(word: str, known: Iterable[str]) -> str:
    """Return ``; did you mean "X"? known: X, Y``."""
    names = sorted(known)
    near = closest(word, names)
    meant = f'; did you mean "{near}"?' if near else ""
    return f"{meant} (known: {', '.join(names) or 'none'})"


def at_resolution(case: Case, steps: Mapping[str, int]) -> Case:
    """Return the case with these steps for some objectives (autonomy in points, the others in million)."""
    for name, step in sorted(steps.items()):
        if name not in OBJECTIVES:
            raise UsageError(f'"{printable(name)}" is no objective{_hint(name, OBJECTIVES)}')
        if isinstance(step, bool) or not isinstance(step, int) or not 1 <= step <= LARGEST_STEP:
            found = f"the resolution of {name} is {printable(step)}"
            raise UsageError(f"{found}, must be a whole number from 1 to {LARGEST_STEP}")
    stated = {name: getattr(case.resolution, name) for name in OBJECTIVES}
    return changed(case, resolution={name: steps.get(name, stated[name]) for name in OBJECTIVES})


def seen_as(case: Case, view: str) -> Case:
    """Return the case in another view. Raises :class:`UsageError` for one that it has not."""
    if view in ("programme", "egalitarian"):
        return changed(case, view=view)
    if view.startswith("nation:"):
        nation = view.partition(":")[2]
        if nation not in case.nations:
            raise UsageError(f"view {printable(view)}: no such nation{_hint(nation, case.nations)}")
        if case.participation.sense == "off" or not case.applies(case.participation.id):
            raise UsageError(f"view {view}: needs participation, for the others must accept; it is off")
        return changed(case, view=view)
    known = ("programme", "egalitarian", "nation:CODE")
    raise UsageError(f'"{printable(view)}" is no view{_hint(view, known)}')


def requiring(case: Case, texts: Iterable[str]) -> Case:
    """Return the case with these requirements as hard red lines of their own (forms: :data:`FORMS`)."""
    red_lines = dict(case.red_lines)
    for text in texts:
        spoken = " ".join(text.split())
        red_lines[_free_id(red_lines)] = _required(case, spoken)
    return changed(case, red_lines={name: red_lines[name] for name in sorted(red_lines)})


def _required(case: Case, text: str) -> RedLine:
    """Return a hard red line, dated so that it binds."""
    fields = {"owner": REQUEST, "source": REQUEST, "text": text, "as_of": case.known_until().isoformat()}
    then = parse_requirement(case, text)
    return RedLine.model_validate({**fields, "speaker": "unnamed", "grade": "hard", "then": then})


def _free_id(taken: Iterable[str]) -> str:
    used = set(taken)
    return next(name for number in range(1, len(used) + 2) if (name := f"REQ{number}") not in used)


def parse_requirement(case: Case, text: str) -> Condition:
    """Return what a requirement in words means. Raises :class:`UsageError` if it means nothing."""
    said = _Said(case, text)
    match text.split():
        case ["pillar", pillar]:
            return _condition("exists", pillar=said.pillar([pillar]))
        case ["variant", variant, *place]:
            pillar = said.pillar(said.after("in", place))
            return _condition(
                "variant", pillar=pillar, variant=said.one(variant, case.pillars[pillar].variants, "variant")
            )
        case ["rights", regime, *place]:
            pillar = said.pillar(said.after("in", place))
            known = said.one(regime, case.pillars[pillar].rights, "rights regime")
            return _condition("rights", pillar=pillar, regimes=[known])
        case [nation, verb, *rest]:
            if verb in _ABOUT_NATIONS:
                return _ABOUT_NATIONS[verb](said, said.one(nation, case.nations, "nation"), rest)
    raise said.nonsense()


class _Said:
    """A requirement being read, and how to complain about it."""

    def __init__(self, case: Case, text: str) -> None:
        self.case = case
        self.text = text

    def nonsense(self) -> UsageError:
        forms = "".join(f"\n  {form}" for form in FORMS)
        words = {word for form in FORMS for word in form.split() if word.islower() and len(word) > 2}
        unknown = (word for word in self.text.split() if word not in words)
        near = next((hit for word in unknown if (hit := closest(word, words))), None)
        hint = f' did you mean "{near}"?' if near else ""
        return UsageError(
            f'cannot read the requirement "{printable(self.text)}";{hint} it must be one of{forms}'
        )

    def one(self, word: str, known: Iterable[str], what: str) -> str:
        names = list(known)
        if word not in names:
            raise UsageError(
                f'requirement "{printable(self.text)}": "{printable(word)}" is no {what}{_hint(word, names)}'
            )
        return word

    def after(self, preposition: str, rest: list[str]) -> list[str]:
        """Return what follows the preposition; nothing at all is fine too."""
        if rest and (len(rest) != 2 or rest[0] != preposition):
            raise self.nonsense()
        return rest[1:]

    def pillar(self, named: list[str]) -> str:
        if named:
            return self.one(named[0], self.case.pillars, "pillar")
        if len(self.case.pillars) > 1:
            pillars = ", ".join(sorted(self.case.pillars))
            raise UsageError(f'requirement "{printable(self.text)}": name the pillar at the end ({pillars})')
        return next(iter(self.case.pillars))


def _condition(kind: str, **atom: Any) -> Condition:
    return Condition.model_validate({kind: atom})


def _in(said: _Said, nation: str, rest: list[str]) -> Condition:
    if len(rest) > 1:
        raise said.nonsense()
    return _condition("participates", nation=nation, pillar=said.pillar(rest))


def _out(said: _Said, nation: str, rest: list[str]) -> Condition:
    return _condition("excludes", nation=nation, pillar=said.pillar(said.after("of", rest)))


def _tier(said: _Said, nation: str, rest: list[str]) -> Condition:
    if not rest:
        raise said.nonsense()
    pillar = said.pillar(said.after("in", rest[1:]))
    tier = said.one(rest[0], said.case.pillars[pillar].tiers, "tier")
    return _condition("tier", nation=nation, pillar=pillar, tiers=[tier])


def _leads(said: _Said, nation: str, rest: list[str]) -> Condition:
    if not rest:
        raise said.nonsense()
    pillar = said.pillar(said.after("in", rest[1:]))
    package = said.one(rest[0], said.case.pillars[pillar].packages, "package")
    return _condition("leads", nation=nation, pillar=pillar, package=package)


_ABOUT_NATIONS: dict[str, Callable[[_Said, str, list[str]], Condition]] = {
    "in": _in,
    "out": _out,
    "tier": _tier,
    "leads": _leads,
}
