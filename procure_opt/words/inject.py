"""The answer to an inject in words: read aloud, what became of the deal, who walks, the new front, regret."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from typing import TYPE_CHECKING

from procure_opt.accounts.views import EGALITARIAN, cost_parts
from procure_opt.case.model import Case
from procure_opt.claim import Efficient
from procure_opt.errors import printable
from procure_opt.structure.violation import Violation

from .explain import headline
from .names import leads, listed, members, money_unit, nation_name
from .numbers import amount, counted, points
from .opening import completeness
from .standing import red_line_text
from .table import table
from .values import value_texts

if TYPE_CHECKING:
    from procure_opt.wargame.effect import Effect, Fate, Judgement, Regret
    from procure_opt.wargame.exits import Step

MOST_SHOWN = 20
MOST_BROKEN = 12
_LONGEST = 2000
_GOALS = {"autonomy": "autonomy", "spinoff": "spin-off", "cost": "cost"}


def inject_text(answer: Effect) -> list[str]:
    """Return the whole answer."""
    happened, case = answer.happened, answer.case
    lines = [f"{printable(case.title)} ({case.id})", printable(case.marking), f"as of {case.as_of}"]
    lines += ["", "Read aloud", *(f"  {printable(text, _LONGEST)}" for text in happened.texts)]
    lines += ["", "What changes", *(f"  {printable(text, _LONGEST)}" for text in happened.sentences)]
    same = "  nothing: the case that follows states the same" if happened.case == case else None
    lines += [same] if same else []
    lines += [f"  sunk, and so on no account below: {printable(text, _LONGEST)}" for text in happened.sunk]
    if answer.fate is not None:
        lines += ["", *_fate(answer.fate, answer)]
    return [*lines, "", *_front(answer)]


def _fate(fate: Fate, answer: Effect) -> Iterator[str]:
    judged = fate.judgement
    yield f"What was signed: {headline(judged.before)}"
    yield f"  {members(judged.before.case, judged.before.structure)}"
    yield f"  {leads(judged.before.case, judged.before.structure, holders=True)}"
    yield "If nothing is signed anew"
    yield f"  it is worth {_values(judged.after)}"
    yield from _broken(judged)
    for nation in sorted(judged.after.case.nations):
        yield from _moved(judged.before, judged.after, nation)
    yield from _exits(judged)
    yield from _open(answer)
    yield from _successor(fate)


def _values(each: Efficient) -> str:
    autonomy, spinoff, cost = value_texts(each.case, each.values)
    return f"autonomy {autonomy}, spin-off {spinoff}, cost {cost}"


def _broken(judged: Judgement) -> Iterator[str]:
    if judged.feasible:
        yield "  it obeys every rule"
        return
    new = set(judged.newly)
    yield f"  it breaks {counted(len(judged.broken), 'rule')}, {len(new)} of them newly"
    for each in judged.broken[:MOST_BROKEN]:
        yield f"    {'new: ' if each in new else 'as before: '}{_rule(judged, each)}"
    if len(judged.broken) > MOST_BROKEN:
        yield f"    and {len(judged.broken) - MOST_BROKEN} more"


def _rule(judged: Judgement, broken: Violation) -> str:
    """Return a rule in the words of the case; one that came with the inject has no speaker."""
    if broken.id is not None and broken.id in judged.before.case.red_lines:
        return f"red line {red_line_text(judged.after.case, broken.id)}"
    if broken.id is not None and broken.id in judged.after.case.red_lines:
        return f"the inject ({broken.id}): {printable(judged.after.case.red_lines[broken.id].text, 400)}"
    return printable(str(broken), 400)


def _moved(before: Efficient, after: Efficient, nation: str) -> Iterator[str]:
    """Yield what changes for a nation, in a line; nothing if nothing does."""
    was, becomes = before.nation(nation), after.nation(nation)
    unit, told = money_unit(after.case), []
    if was.cost != becomes.cost:
        told.append(f"pays {amount(was.cost)} -> {amount(becomes.cost)} {unit}")
    if was.spinoff != becomes.spinoff:
        told.append(f"spin-off {amount(was.spinoff)} -> {amount(becomes.spinoff)} {unit}")
    if was.autonomy.points != becomes.autonomy.points:
        told.append(f"autonomy {was.autonomy.points} -> {becomes.autonomy.points} points")
    yield f"  {nation_name(after.case, nation)}: {listed(told, 'nothing changes')}"


def _exits(judged: Judgement) -> Iterator[str]:
    case = judged.after.case
    yield "Who leaves"
    if not case.applies(case.participation.id) or case.participation.sense == "off":
        yield "  participation is off in this case: nobody is said to leave by choice"
    elif not judged.steps:
        yield "  nobody: no nation would rather be outside"
    for number, step in enumerate(judged.steps, start=1):
        yield f"  step {number}: {_step(case, step)}"
    if judged.steps:
        yield f"  then nobody would rather be outside; what is left: {_values(judged.left)}"
        yield f"    {members(case, judged.left.structure)}"
        yield f"    {leads(case, judged.left.structure, holders=True)}"
        last = judged.steps[-1].broken
        yield "    it obeys every rule" if not last else f"    it breaks {counted(len(last), 'rule')}:"
        yield from (f"      {_rule(judged, each)}" for each in last[:MOST_BROKEN])
        for nation in sorted(case.nations):
            yield from (f"  {line}" for line in _moved(judged.before, judged.left, nation))


def _step(case: Case, step: Step) -> str:
    told = [f"{nation_name(case, nation)} leaves{_instead(step, nation)}" for nation in step.leaves]
    told += [f"{nation_name(case, nation)} turns{_instead(step, nation)}" for nation in step.turns]
    told += [f"{pillar} falls" for pillar in step.fallen]
    return "; ".join(told) or "nobody is left to leave"


def _instead(step: Step, nation: str) -> str:
    options = [option for _, option in step.structure.taken_outside(nation)]
    return f" for {listed(options)}" if options else ""


def _open(answer: Effect) -> Iterator[str]:
    reopened = answer.happened.reopened
    parts = [f"everything of {listed(sorted(reopened.nations))}"] if reopened.nations else []
    parts += [f"who does {package} of {pillar}" for pillar, package in sorted(reopened.packages)]
    parts += [f"shares, but not leads, in {pillar}" for pillar in sorted(reopened.shares)]
    yield "What is open, and what is frozen"
    yield f"  open: {listed(parts, 'nothing')}"
    yield "  frozen: everything else that was signed"


def _successor(fate: Fate) -> Iterator[str]:
    kept = completeness(fate.kept.case, fate.kept.evidence, len(fate.kept))
    yield f"  structures that keep what is frozen: {kept}"
    if not len(fate.kept):
        none = "no structure keeps what is frozen; more would have to be negotiated anew"
        yield f"  {none if fate.kept.complete else 'the search has found none so far'}"
    if fate.successor is None:
        return
    where = "of these" if len(fate.kept) else "of what is known"
    yield f"Nearest to what was signed, {where}: {headline(fate.successor)}"
    yield "  by the number of decisions in common; it is not recommended"
    for each in fate.roles:
        yield f"  {each.pillar}, {each.role}: {each.before} -> {each.after}"
    if not fate.roles:
        yield "  no role changes hands"


def _front(answer: Effect) -> Iterator[str]:
    front = answer.front
    yield "The new front"
    yield f"  {completeness(front.case, front.evidence, len(front))}"
    if not len(front):
        nothing = "no structure obeys the rules of the case that follows"
        yield f"  {nothing if front.complete else 'the search has found nothing so far; give it more time'}"
    yield from _table(front.case, front.structures)
    if answer.provisional:
        yield "So far, without a search: what structures of the result come to when all who would leave have"
        yield from _table(front.case, answer.provisional)
        yield "  none of these beats another; others may beat them all"
    if answer.fate is not None and (len(front) or answer.provisional):
        yield ""
        yield from _regret(answer.fate, front.case, complete=answer.complete)


def _table(case: Case, structures: Sequence[Efficient]) -> Iterator[str]:
    if structures:
        yield from (f"  {line}" for line in table(case, structures[:MOST_SHOWN]))
    if len(structures) > MOST_SHOWN:
        yield f"  ... and {len(structures) - MOST_SHOWN} more"


def _regret(fate: Fate, case: Case, *, complete: bool) -> Iterator[str]:
    known = "" if complete else " (so far: a front is not complete, and this may change)"
    yield f"Regret of having signed{known}"
    for each in fate.regrets:
        yield f"  {_GOALS[each.goal]}: {_one_regret(case, each)}"
    if fate.beaten_by:
        ids = listed(_shortened(fate.beaten_by))
        yield f"  at least as good in everything as what was signed: {ids}"
    elif fate.judgement.feasible:
        none = "nothing is as good in everything and better in something"
        yield f"  {none} as what was signed" if complete else f"  {none} was found so far"


def _shortened(ids: Sequence[str]) -> list[str]:
    more = [f"{len(ids) - 5} more"] if len(ids) > 5 else []
    return [*ids[:5], *more]


def _one_regret(case: Case, regret: Regret) -> str:
    def told(value: int | None) -> str:
        return "-" if value is None else _value(case, regret.goal, value)

    parts = [f"best now {told(regret.free)}", f"best that keeps what is frozen {told(regret.kept)}"]
    parts += [] if regret.signed is None else [f"what was signed {told(regret.signed)}"]
    if regret.amount is not None:
        parts.append("no regret" if not regret.amount else f"regret {told(regret.amount)}")
    return ", ".join(parts)


def _value(case: Case, goal: str, value: int) -> str:
    if case.view == EGALITARIAN:
        return f"{points(value)} per mille"
    if goal == "autonomy":
        return counted(value, "point")
    parts = cost_parts(case) if goal == "cost" else 1
    return f"{amount(Fraction(value, parts))} {money_unit(case)}"
