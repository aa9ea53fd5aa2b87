"""An inject as it happens: is it sensible, which case follows, and what of a signed structure is open.

Every nonsense about an inject is said at once. Several injects happen one after the other, each in the case
that follows from those before.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import ModuleType

from pydantic import ValidationError

from procure_opt.case.history import Inject
from procure_opt.case.model import Case
from procure_opt.case.spelling import closest
from procure_opt.change import changed
from procure_opt.errors import CaseError, Finding, printable
from procure_opt.structure.structure import Structure

from .injects import kind_of
from .signed import Reopened

FIELDS = tuple(name for name in Inject.model_fields if name not in ("kind", "text"))


@dataclass(frozen=True, slots=True)
class Happened:
    """What came of some injects: the case that follows, and what a signed structure reads like in it.

    ``sentences`` say what changed, ``texts`` are read aloud; ``leaving``: nation -> pillars that it leaves at
    once; ``sunk``: nation (or pillar, where no nation is named) -> million that are gone whatever is decided.
    """

    case: Case
    structure: Structure | None
    reopened: Reopened
    sentences: tuple[str, ...]
    texts: tuple[str, ...]
    leaving: Mapping[str, frozenset[str]]
    sunk: tuple[str, ...]


def happen(case: Case, injects: Sequence[Inject], structure: Structure | None = None) -> Happened:
    """Return what follows from the injects, in their order.

    Raises :class:`CaseError` with every finding about the first inject that makes no sense.
    """
    sentences: list[str] = []
    sunk: list[str] = []
    reopened, leaving = Reopened(), dict[str, frozenset[str]]()
    for number, inject in enumerate(injects):
        where = f"inject {number + 1}" if len(injects) > 1 else "inject"
        refuse_nonsense(case, inject, where)
        module = kind_of(inject.kind)
        sentences.append(module.sentence(case, inject))
        sunk += _sunk(case, inject)
        reopened |= module.reopened(case, inject)
        if hasattr(module, "leaving"):
            for nation, pillars in module.leaving(case, inject).items():
                leaving[nation] = leaving.get(nation, frozenset()) | set(pillars)
        structure = None if structure is None else carried(case, [inject], structure)
        case = _followed(case, inject, module, where)
    texts = tuple(inject.text or told for inject, told in zip(injects, sentences, strict=True))
    return Happened(case, structure, reopened, tuple(sentences), texts, leaving, tuple(sunk))


def carried(case: Case, injects: Sequence[Inject], structure: Structure) -> Structure:
    """Return how a structure of the case reads in the case that follows from the injects."""
    for inject in injects:
        module = kind_of(inject.kind)
        if hasattr(module, "carried"):
            structure = module.carried(case, inject, structure)
    return structure


def _followed(case: Case, inject: Inject, module: ModuleType, where: str) -> Case:
    """Return the case that follows; what was known of the ideals in it is known no more."""
    try:
        after: Case = module.follow(case, inject)
    except ValidationError as error:
        told = error.errors(include_url=False, include_context=False, include_input=False)[0]["msg"]
        message = f"no case can state what follows: {printable(told, 200)}"
        raise CaseError([Finding(case.id, 0, 0, "error", where, message)]) from None
    return changed(after, ideals={}) if after.ideals and after != case else after


def _sunk(case: Case, inject: Inject) -> Iterator[str]:
    if inject.sunk is not None and inject.sunk.value:
        yield f"{inject.nation} has spent {inject.sunk.value} {case.money.unit} {case.money.currency} in vain"


def refuse_nonsense(case: Case, inject: Inject, where: str = "inject") -> None:
    """Raise :class:`CaseError` with everything that is wrong with the inject in this case."""
    found = [
        Finding(case.id, 0, 0, "error", f"{where}.{field}", message) for field, message in flaws(case, inject)
    ]
    if found:
        raise CaseError(found)


def idle_injects(case: Case, file: str) -> tuple[Finding, ...]:
    """Return a warning for everything that is wrong with a prepared inject: it could not be played."""
    return tuple(
        Finding(file, 0, 0, "warning", f"injects.{name}.{field}", message)
        for name, inject in sorted(case.injects.items())
        for field, message in flaws(case, inject)
    )


def flaws(case: Case, inject: Inject) -> tuple[tuple[str, str], ...]:
    """Return (field, what is wrong) of an inject; what hangs on other flaws is said once these are gone."""
    module = kind_of(inject.kind)
    found = [*_forms(inject, module), *_names(case, inject, module)]
    return tuple(found or module.flaws(case, inject))


def _given(inject: Inject) -> tuple[str, ...]:
    return tuple(name for name in FIELDS if getattr(inject, name) not in (None, ()))


def _forms(inject: Inject, module: ModuleType) -> Iterator[tuple[str, str]]:
    """Yield fields that are missing, too many, or mean nothing here."""
    given = _given(inject)
    known = {name for choice in module.NEEDS for name in choice} | {*module.TAKES}
    for choice in module.NEEDS:
        stated = [name for name in choice if name in given]
        words = " or ".join(choice)
        if not stated:
            yield choice[0], f"missing: the kind {inject.kind} needs {words}"
        if len(stated) > 1 and not getattr(module, "TOGETHER", False):
            yield stated[1], f"give {words}, not both"
    for name in given:
        if name not in known:
            yield name, f"means nothing for the kind {inject.kind} (it takes {', '.join(sorted(known))})"


def _names(case: Case, inject: Inject, module: ModuleType) -> Iterator[tuple[str, str]]:
    yield from _unknown("nation", inject.nation, case.nations, "a nation of this case")
    parties = (*case.nations, *case.others)
    yield from _unknown("holder", inject.holder, parties, "a nation or other holder of this case")
    yield from _unknown("pillar", inject.pillar, case.pillars, "a pillar of this case")
    yield from _in_pillar(case, inject, module)
    lines = [("red_line", inject.red_line), *(("announces", name) for name in inject.announces)]
    for field, name in (*lines, *(("withdraws", name) for name in inject.withdraws)):
        yield from _unknown(field, name, case.red_lines, "a red line of this case")
    for task in sorted(inject.task_weights or {}):
        yield from _unknown("task_weights", task, case.tasks, "a task of this case")


def _in_pillar(case: Case, inject: Inject, module: ModuleType) -> Iterator[tuple[str, str]]:
    if inject.pillar is not None and inject.pillar not in case.pillars:
        return
    if inject.pillar is None and len(case.pillars) > 1 and getattr(module, "IN_ONE_PILLAR", False):
        yield "pillar", f"missing: which one? ({', '.join(sorted(case.pillars))})"
    chosen = sorted(case.pillars) if inject.pillar is None else [inject.pillar]
    place = f"of {inject.pillar}" if inject.pillar else "of any pillar"
    packages = {name for pillar in chosen for name in case.pillars[pillar].packages}
    yield from _unknown("package", inject.package, packages, f"a package {place}")
    tiers = {name for pillar in chosen for name in case.pillars[pillar].tiers}
    yield from _unknown("tier", inject.tier, tiers, f"a tier {place}")


def _unknown(field: str, name: str | None, known: Iterable[str], what: str) -> Iterator[tuple[str, str]]:
    names = sorted(known)
    if name is not None and name not in names:
        near = closest(name, names)
        meant = f'; did you mean "{near}"?' if near else ""
        yield field, f'"{printable(name)}" is not {what} ({", ".join(names) or "there is none"}){meant}'
