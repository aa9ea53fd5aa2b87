"""What is said first of every result, as a table: one row per thing."""

from __future__ import annotations

from procure_opt.claim import Claim
from procure_opt.errors import printable
from procure_opt.words.case import edition
from procure_opt.words.opening import completeness
from procure_opt.words.quality import quality
from procure_opt.words.standing import standing
from procure_opt.words.values import view_text

from .table import Column, Table, money, together

_LONGEST = 2000


def about(claim: Claim) -> Table:
    """Return the table."""
    case = claim.case
    said = {
        "case": case.id,
        "title": case.title,
        "marking": case.marking,
        "as of": f"{case.as_of}; {edition(case)}",
        "view": f"{case.view}: {view_text(case)}",
        "completeness": completeness(case, claim.evidence, len(claim.structures)),
        "rules": together(standing(case)),
        "data": quality(case),
        "money": money(case),
        "sha256 of the case": case.digest,
    }
    rows = tuple((item, printable(text, _LONGEST)) for item, text in said.items())
    columns = (Column("item", "what"), Column("text", "as every output says it"))
    return Table("about", "what this is", columns, rows)


def footing(claim: Claim) -> dict[str, str]:
    """Return what no copy of a table may lose: marking, date, view, completeness, data."""
    said = {str(item): str(text) for item, text in about(claim).rows}
    wanted = ("case", "title", "marking", "as of", "view", "completeness", "data")
    return {item: said[item] for item in wanted}
