"""The sheet of one seat: what it wants, brings, refuses, could do alone; no solutions, no others' secrets."""

from __future__ import annotations

from collections.abc import Iterator

from procure_opt.accounts.coalitions import open_tiers
from procure_opt.accounts.units import possible_units
from procure_opt.accounts.values import NationalValues, values_outside
from procure_opt.case.model import Case
from procure_opt.structure.arrangements import arrangements
from procure_opt.structure.structure import Structure
from procure_opt.words.case import edition
from procure_opt.words.explain import weighed
from procure_opt.words.names import listed, money_unit, nation_name
from procure_opt.words.numbers import amount
from procure_opt.words.standing import red_line_text, why_not

from . import layout

ROUNDS = 6
SENSES = {
    "pareto": "You stay only if no way outside gives as much of everything and more of something.",
    "cone": "You stay only if, at each of your rates of exchange, no way outside is worth more to you.",
    "off": "Nothing in this case holds you to your interest; what you would accept is yours to say.",
}


def seat_sheet(case: Case, nation: str) -> bytes:
    """Return the sheet of a nation, to print."""
    name = nation_name(case, nation)
    parts = [
        layout.heading(f"{name}: your seat", 1),
        layout.paragraph(f"{case.title} ({case.id}); as of {case.as_of}; {edition(case)}"),
        layout.paragraph(
            "For your eyes only. What you tell others of it is up to you, and so is whether it is true."
        ),
        *_question(case),
        *_wishes(case, nation),
        *_assets(case, nation),
        *_red_lines(case, nation),
        *_outside(case, nation),
        *_scorecard(case, nation),
    ]
    return layout.page(f"{name}, {case.title}", case.marking, parts)


def _question(case: Case) -> Iterator[str]:
    yield layout.heading("What is to be settled")
    if case.text:
        yield layout.paragraph(case.text)
    told = []
    for name, pillar in sorted(case.pillars.items()):
        packages = ", ".join(sorted(pillar.packages))
        told.append(
            f"{name}: who is in, at which tier ({', '.join(sorted(pillar.tiers))}), under which rights"
        )
        told.append(f"{name}: who leads and who holds work in {packages}")
    yield layout.bullets(told)
    yield layout.paragraph(f"Money is in {money_unit(case)}, price base {case.money.price_base}.")


def _wishes(case: Case, nation: str) -> Iterator[str]:
    weights = case.nations[nation].weights()
    yield layout.heading("What you want to be able to do")
    rows = sorted(
        ((task, points) for task, points in weights.items() if points), key=lambda row: (-row[1], row[0])
    )
    yield layout.table(
        ["task", "points", "what it means"],
        [[task, str(points), case.tasks[task].text] for task, points in rows],
    )
    a, d = case.autonomy.consent.whole, case.autonomy.denial.whole
    yield layout.paragraph(
        f"Autonomy counts {a} times what you can do while everybody consents, and {d} times what is left when"
        " the one holder whose refusal hurts you most refuses. A task counts whole or not at all."
    )


def _assets(case: Case, nation: str) -> Iterator[str]:
    stated = case.nations[nation]
    yield layout.heading("What you bring")
    told = [f"you turn work into spin-off at {amount(stated.competence_percent.exact)} percent of the rate"]
    if stated.budget is not None:
        caps = stated.budget.model_dump(exclude={"id"}, exclude_none=True)
        told += [
            f"your budget: {name} at most {amount(getattr(stated.budget, name).exact)}"
            for name in sorted(caps)
        ]
    told += [
        f"by yourself you have level {level} in {name}"
        for name, level in sorted(stated.own_capability.items())
    ]
    told += [
        f"you can use at most level {level} in {name}"
        for name, level in sorted(stated.absorptive_caps.items())
    ]
    for pillar in sorted(case.pillars):
        told += _in_pillar(case, nation, pillar)
    yield layout.bullets(told)


def _in_pillar(case: Case, nation: str, pillar: str) -> Iterator[str]:
    tiers = open_tiers(case, pillar, nation)
    if not tiers:
        yield f"{pillar}: no seat is open to you"
        return
    units = sorted(possible_units(case, pillar, nation))
    bought = f"; you would buy {listed([str(number) for number in units])} units" if any(units) else ""
    yield f"{pillar}: you may sit as {listed(tiers)}{bought}"
    led, held = [], []
    for package in sorted(case.pillars[pillar].packages):
        ways = arrangements(case, pillar, package)
        led += [package] if any(nation in way.leads for way in ways) else []
        held += [package] if any(way.share(nation) for way in ways) else []
    offered = f"your lead of {listed(led, 'nothing')}, and your work in {listed(held, 'nothing')}"
    yield f"{pillar}: on the table are {offered}"


def _red_lines(case: Case, nation: str) -> Iterator[str]:
    own = [name for name in sorted(case.red_lines) if case.red_lines[name].owner == nation]
    yield layout.heading("Your red lines")
    if not own:
        yield layout.paragraph("You have said nothing in public that binds you.")
        return
    yield layout.paragraph(
        "Said in public, so others may know the words. To cross a line that binds costs you at home."
    )
    yield layout.bullets(f"{red_line_text(case, name)} [{_standing(case, name)}]" for name in own)


def _standing(case: Case, name: str) -> str:
    reason = why_not(case, name)
    return "binds" if reason is None else f"does not bind: {reason}"


def _outside(case: Case, nation: str) -> Iterator[str]:
    yield layout.heading("If you walk away")
    rows, needed = [], []
    for alone, gets in values_outside(case, nation):
        way = "; ".join(f"{need} by {option}" for need, option in alone.taken_outside(nation)) or "nothing"
        rows.append([way, amount(gets.cost), amount(gets.spinoff), str(gets.autonomy.a0), _left(gets)])
        needed.append(_needs(case, nation, alone, gets))
    yield layout.table(["way", "you pay", "spin-off", "points with consent", "worst refusal"], rows)
    yield layout.bullets(text for text in needed if text)
    yield layout.paragraph(SENSES[case.participation.sense])


def _left(gets: NationalValues) -> str:
    has = gets.autonomy
    return (
        "nobody can take anything"
        if has.worst_denier is None
        else f"{has.n1} left ({has.worst_denier} refuses)"
    )


def _needs(case: Case, nation: str, alone: Structure, gets: NationalValues) -> str:
    """Say whom the nation depends on by this way outside, and for what."""
    weights = case.nations[nation].weights()
    lost = [
        f"{nation_name(case, denier)} for {listed(weighed(sorted(tasks), weights))}"
        for denier, tasks in gets.autonomy.lost_under
    ]
    way = ", ".join(option for _, option in alone.taken_outside(nation))
    return f"with {way} you depend on {listed(lost)}" if lost and way else ""


def _scorecard(case: Case, nation: str) -> Iterator[str]:
    yield layout.heading("Your scorecard")
    head = [
        "round",
        "offer by",
        "my seat and leads",
        "I pay",
        "spin-off",
        "with consent",
        "worst refusal",
        "yes / no",
    ]
    yield layout.to_fill(head, ROUNDS)
    yield layout.paragraph("Whom would I depend on, for what?")
    yield layout.to_fill(["holder", "tasks", "what would make it bearable"], 3)
