"""The facilitator's sheet: seats, time plans, what is possible, the front if there is one, and injects."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from procure_opt.analysis.repairs import Repairs
from procure_opt.analysis.trilemma import LEVEL, thirds
from procure_opt.case.model import Case
from procure_opt.case.switches import switchable
from procure_opt.claim import Claim, Efficient
from procure_opt.words.case import edition
from procure_opt.words.names import members, nation_name
from procure_opt.words.opening import completeness
from procure_opt.words.repairs import repairs_text
from procure_opt.words.standing import red_line_text, why_not
from procure_opt.words.table import extremes, trilemma
from procure_opt.words.values import cells, table_units

from . import layout
from .plans import FEWEST, MOST, Step, half_day, two_hours

MOST_SHOWN = 25


def facilitator_sheet(
    case: Case, seats: tuple[str, ...], possible: dict[str, Repairs], claim: Claim | None = None
) -> bytes:
    """Return the sheet of who runs the game; ``possible``: what is asked -> whether, or why not."""
    parts = [
        layout.heading("Facilitator", 1),
        layout.paragraph(f"{case.title} ({case.id}); as of {case.as_of}; {edition(case)}"),
        *_seats(case, seats),
        *_plans(len(seats)),
        *_opening(case),
        *_possible(case, possible),
        *_front(claim),
        *_injects(case, seats),
        *_red_lines(case),
    ]
    return layout.page(f"Facilitator, {case.title}", case.marking, parts)


def _seats(case: Case, seats: tuple[str, ...]) -> Iterator[str]:
    yield layout.heading("Seats")
    yield layout.table(["seat", "stake", "open to it"], [_seat(case, seat) for seat in seats])
    if len(seats) > MOST:
        largest = sorted(seats, key=lambda seat: (-case.nations[seat].stake.whole, seat))[:MOST]
        told = ", ".join(nation_name(case, seat) for seat in sorted(largest))
        yield layout.paragraph(
            f"{len(seats)} seats are too many for one table. Those with the largest stakes: {told}. You speak"
            " for the others: they take their way outside unless an offer is better."
        )


def _seat(case: Case, seat: str) -> list[str]:
    pillars = [
        f"{name} ({', '.join(tiers)})"
        for name, pillar in sorted(case.pillars.items())
        if (tiers := [t for t, stated in sorted(pillar.tiers.items()) if seat in (stated.open_to or (seat,))])
    ]
    return [nation_name(case, seat), str(case.nations[seat].stake.whole), "; ".join(pillars) or "nothing"]


def _plans(seats: int) -> Iterator[str]:
    number = min(max(seats, FEWEST), MOST)
    yield layout.heading("Time")
    for title, plan in (("Two hours", two_hours(number)), ("Half a day", half_day(number))):
        yield layout.heading(f"{title}, {number} seats", 3)
        yield layout.table(["from", "minutes", "what"], _clock(plan))


def _clock(plan: tuple[Step, ...]) -> Iterator[list[str]]:
    now = 0
    for step in plan:
        yield [f"{now // 60}:{now % 60:02d}", str(step.minutes), step.what]
        now += step.minutes


def _opening(case: Case) -> Iterator[str]:
    yield layout.heading("To begin with")
    yield layout.read_aloud(
        f"You speak for governments that may buy together: {case.title}. {case.text or ''} You may join or"
        " stay out, lead or follow, share or keep. An offer counts when it stands on the flip chart: who is"
        " in and at which tier, who leads what, under which rights. Whoever is better off outside will walk,"
        " and may say so."
    )


def _possible(case: Case, possible: dict[str, Repairs]) -> Iterator[str]:
    yield layout.heading("What the true lines allow")
    for asked, found in possible.items():
        yield layout.heading(asked, 3)
        yield layout.bullets(repairs_text(case, found, switchable(case)))


def _front(claim: Claim | None) -> Iterator[str]:
    yield layout.heading("The efficient structures")
    if claim is None or not claim.structures:
        yield layout.paragraph(
            "No front was given. Solve the case (run --out DIR) and give it with --front DIR."
        )
        return
    case, structures = claim.case, claim.structures
    so_far = None if claim.evidence.complete else len(structures)
    yield layout.paragraph(completeness(case, claim.evidence, len(structures)))
    yield layout.bullets(extremes(claim))
    yield layout.bullets(trilemma(thirds([each.values for each in structures], LEVEL), LEVEL, so_far))
    shown = _spread(structures)
    rows = [[each.id, *_values(case, each.values), members(case, each.structure)] for each in shown]
    yield layout.paragraph(
        f"{len(rows)} of {len(structures)}, from most to least autonomy; {table_units(case)}."
    )
    yield layout.table(["structure", "autonomy", "spin-off", "cost", "who"], rows)


def _spread(structures: Sequence[Efficient]) -> list[Efficient]:
    """Return all structures, or some of many from end to end."""
    last = len(structures) - 1
    if last < MOST_SHOWN:
        return list(structures)
    return [structures[place * last // (MOST_SHOWN - 1)] for place in range(MOST_SHOWN)]


def _values(case: Case, values: tuple[int, int, int]) -> list[str]:
    share, _, spinoff, cost = cells(case, values)
    return [share, spinoff, cost]


def _injects(case: Case, seats: tuple[str, ...]) -> Iterator[str]:
    yield layout.heading("Injects")
    for name, inject in sorted(case.injects.items()):
        yield layout.heading(f"{name} ({inject.kind.replace('_', ' ')})", 3)
        yield layout.read_aloud(inject.text)
        yield layout.paragraph(f"Its effect on an offer: procure-opt inject {case.id} {name}")
    if not case.injects:
        yield layout.paragraph(
            "The case prepares none. These fit any case; say the number that suits the talk:"
        )
        for text in general_injects(case, seats):
            yield layout.read_aloud(text)


def general_injects(case: Case, seats: tuple[str, ...]) -> list[str]:
    """Return texts to read aloud that fit any case: order cut, overrun, denial, exit, budget shock."""
    by_stake = sorted(seats, key=lambda seat: (-case.nations[seat].stake.whole, seat))
    first, last = (nation_name(case, seat) for seat in (by_stake[0], by_stake[-1]))
    _, pillar, package = max(
        (stated.value.exact, name, each)
        for name, pillar in case.pillars.items()
        for each, stated in pillar.packages.items()
    )
    return [
        f"The parliament of {first} cuts its order by a quarter. The price of every unit rises for all.",
        f"The costs of {package} ({pillar}) have grown by thirty percent. Nobody says yet who will bear it.",
        f"{first} lets it be known that it will not release what it holds to {last}.",
        f"The government of {last} has fallen. The new one will look at its seat again, and may leave.",
        "Every treasury at the table has ten percent less than it said.",
    ]


def _red_lines(case: Case) -> Iterator[str]:
    yield layout.heading("All red lines, true ones")
    yield layout.bullets(
        f"{red_line_text(case, name)} [{why_not(case, name) or 'binds'}]" for name in sorted(case.red_lines)
    )
