"""Technology failure: a nation cannot lead a work package any more, or no member can do it.

With a nation: that nation does not lead the package, not even jointly, nor give it as an effect. Without:
if the pillar comes about, an outside supplier does the package, or it is not done together; where the case
offers neither, the pillar cannot come about. It leaves alone what the package costs and when it is ready: a
failure that is repaired is a cost overrun and a delay.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from procure_opt.case.history import Inject
from procure_opt.case.model import Case
from procure_opt.wargame.restated import with_rule
from procure_opt.wargame.signed import Reopened

NEEDS = (("package",),)
TAKES = ("pillar", "nation")
IN_ONE_PILLAR = True


def flaws(case: Case, inject: Inject) -> Iterator[tuple[str, str]]:
    """Yield nothing: every package may fail."""
    yield from ()


def follow(case: Case, inject: Inject) -> Case:
    """Return the case with the rule."""
    pillar, package = case.the_pillar(inject.pillar), str(inject.package)
    text, exists = sentence(case, inject), {"exists": {"pillar": pillar}}
    if inject.nation is not None:
        lead: dict[str, Any] = {"nation": inject.nation, "pillar": pillar, "package": package}
        return with_rule(case, inject.nation, text, {"does_not_lead": lead}, exists)
    done = {"pillar": pillar, "package": package, "modes": ["civil", "none"]}
    return with_rule(case, pillar, text, {"done_as": done}, exists)


def reopened(case: Case, inject: Inject) -> Reopened:
    """Return that the package is open."""
    return Reopened(packages=frozenset([(case.the_pillar(inject.pillar), str(inject.package))]))


def sentence(case: Case, inject: Inject) -> str:
    """Return what changes."""
    place = f"{inject.package} of {case.the_pillar(inject.pillar)}"
    if inject.nation is not None:
        return f"the technology of {inject.nation} fails: it cannot lead {place}"
    return f"the technology fails: no member can do {place}"
