"""A case that comes as text: read and checked as a file is, and no file is opened."""

from __future__ import annotations

from dataclasses import replace

from procure_opt.case.checks import remarks
from procure_opt.case.document import parse_document
from procure_opt.case.editions import edition
from procure_opt.case.model import Case
from procure_opt.case.validate import findings_of, validate
from procure_opt.errors import CaseError, UsageError

LONGEST_CASE = 4 * 1024 * 1024


def stated_case(text: object, name: object) -> Case:
    """Return the case that a text states, as ``load_case`` does with a file. Raises :class:`CaseError`."""
    if not isinstance(text, str) or len(text) > LONGEST_CASE:
        raise UsageError(f"case_text: must be the text of a case file, at most {LONGEST_CASE} characters")
    if name is not None and not isinstance(name, str):
        raise UsageError("edition: must be a text")
    document = edition(parse_document(text.encode("utf-8", "replace"), "case_text"), name)
    document = replace(document, data=_sorted(document.data))
    case = validate(document, Case)
    found = tuple(findings_of(document, remarks(case)))
    if any(each.severity == "error" for each in found):
        raise CaseError(found)
    return case


def _sorted(data: object) -> object:
    """Return data with sorted keys: their order in a file means nothing."""
    if isinstance(data, dict):
        return {key: _sorted(data[key]) for key in sorted(data)}
    return [_sorted(each) for each in data] if isinstance(data, list) else data
