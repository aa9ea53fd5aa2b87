"""Red lines: when they were drawn, how hard they are, and whether they enter at all."""

from __future__ import annotations

from collections.abc import Iterator

from ..model import Case
from ..validate import Remark
from ..vocabulary import first_day, last_day
from .saying import error, warning


def check_grades_fit_the_speakers(case: Case) -> Iterator[Remark]:
    """Check that a stated grade is the one that speaker and status give."""
    for name, line in case.red_lines.items():
        by_speaker = line.model_copy(update={"grade": None}).graded()
        if line.grade is not None and line.grade != by_speaker:
            why = f"{line.speaker}, {line.status.replace('_', ' ')}"
            message = f"stated as {line.grade}, but its speaker ({why}) makes it {by_speaker}"
            yield warning(("red_lines", name, "grade"), message)


def check_red_lines_were_known(case: Case) -> Iterator[Remark]:
    """Check that a red line is not younger than the case."""
    for name, line in case.red_lines.items():
        if first_day(line.as_of) > last_day(case.as_of):
            message = f"dated {line.as_of}, after the case itself ({case.as_of})"
            yield warning(("red_lines", name, "as_of"), message)


def check_red_lines_enter(case: Case) -> Iterator[Remark]:
    """Check that a hard line that came too late for the decision is told, for it decides nothing."""
    for name, line in case.red_lines.items():
        late = last_day(line.as_of) > case.known_until()
        if case.decision is not None and late and name not in case.on and line.graded() == "hard":
            message = f"dated {line.as_of}, not before the decision ({case.decision.date}): it does not enter"
            yield warning(("red_lines", name, "as_of"), message)


def check_decision_is_past(case: Case) -> Iterator[Remark]:
    """Check that the decision is not after the date of the knowledge in the file."""
    if case.decision is not None and first_day(case.decision.date) > last_day(case.as_of):
        message = f"decided on {case.decision.date}, after the knowledge in the file (as_of {case.as_of})"
        yield error(("decision", "date"), f"{message}: move one of the two")


def check_records_agree_with_themselves(case: Case) -> Iterator[Remark]:
    """Check that nothing is recorded of a pillar that by the record did not come about."""
    for name, history in case.historical.items():
        for pillar, record in history.pillars.items():
            empty = type(record)().model_dump()
            stated = {key: value for key, value in record.model_dump().items() if key != "exists"}
            told = [key for key, value in stated.items() if value and value != empty[key]]
            if record.exists is False and told:
                path = ("historical", name, "pillars", pillar)
                message = f"it says that {pillar} did not come about and records its {', '.join(told)}"
                yield warning((*path, "exists"), f"{message}: drop one of the two")


def check_history_sums(case: Case) -> Iterator[Remark]:
    """Check that recorded shares of a package sum to 100."""
    for name, history in case.historical.items():
        for pillar, record in history.pillars.items():
            packages = record.packages if isinstance(record.packages, dict) else {}
            for package, done in packages.items():
                if isinstance(done.shares, dict) and (total := sum(done.shares.values())) != 100:
                    path = ("historical", name, "pillars", pillar, "packages", package, "shares")
                    yield warning(
                        path,
                        f"recorded shares sum to {total}, not 100: state unknown where the record is silent",
                    )
