"""From a file to a case: read, validate, check; every finding at once, each at its line.

A case is named by a path, by the name of a bundled case (``gcap``), or by ``-`` for standard input; an
edition of it by its name after an at sign (``gcap@2022``).
"""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path

from procure_opt.errors import CaseError, Finding

from .bundled import bundled_cases, bundled_path
from .checks import remarks
from .document import Document, read_document
from .editions import MARK, edition, editions_of, flaws_of_patch
from .model import Case
from .several import OUTSIDE, each_by_name, together
from .unfinished import with_names
from .validate import closest, findings_of, validate

STDIN = "-"


def load_case(source: str | os.PathLike[str]) -> Case:
    """Return the case that a file states.

    Raises :class:`CaseError` with every error and warning if it cannot be used.

    >>> load_case("gcap").id
    'gcap-2024'
    """
    return check_case(source)[0]


def check_editions(source: str | os.PathLike[str]) -> tuple[tuple[Case, tuple[Finding, ...]], ...]:
    """Return every edition of a file (or the one that is named) and what there is to say about it.

    Raises :class:`CaseError` with the errors of all editions.
    """
    place, name = _parted(source)
    document = read_document(place)
    if name is not None:
        return (_checked(document, name),)
    first, *others = editions_of(document)
    checked: list[Case] = []
    told: list[tuple[Finding, ...]] = []
    for each in (None, *others):
        try:
            case, findings = _checked(document, each)
            checked.append(case)
        except CaseError as error:
            findings = error.findings
        told.append(findings)
    words = (first or OUTSIDE, *others)
    if len(checked) < len(told):  # the warnings about sound editions can wait
        raise CaseError(together(words, [each if _has_error(each) else () for each in told]))
    return tuple(zip(checked, each_by_name(words, told), strict=True))


def check_case(source: str | os.PathLike[str]) -> tuple[Case, tuple[Finding, ...]]:
    """Return the case and what there is to say about it: warnings only, for errors are raised."""
    place, name = _parted(source)
    return _checked(read_document(place), name)


def _checked(file: Document, name: str | None) -> tuple[Case, tuple[Finding, ...]]:
    document = _ordered(edition(file, name))
    flaws = findings_of(file, flaws_of_patch(file, name))
    try:
        case = validate(document, Case)
    except CaseError as error:
        raise CaseError(with_names([*flaws, *error.findings], document)) from None
    findings = (*flaws, *findings_of(document, remarks(case)))
    if _has_error(findings):
        raise CaseError(findings)
    return case, findings


def _has_error(findings: tuple[Finding, ...]) -> bool:
    return any(finding.severity == "error" for finding in findings)


def case_editions(source: str | os.PathLike[str]) -> tuple[str, ...]:
    """Return the names of the editions that a case file states, the one outside `editions` first."""
    return editions_of(read_document(_parted(source)[0]))


def case_file(source: str | os.PathLike[str]) -> Path | None:
    """Return the file that a source means, edition apart; None for standard input.

    >>> case_file("gcap@2022") == case_file("gcap"), case_file("-")
    (True, None)
    """
    place, _ = _parted(source)
    return None if place == STDIN else Path(place)


def _parted(source: str | os.PathLike[str]) -> tuple[str, str | None]:
    """Return path and edition: ``gcap@2022`` is an edition unless there is a file of that name."""
    text = os.fspath(source)
    if MARK not in text or os.path.lexists(text):
        return _located(source), None
    name, _, wanted = text.rpartition(MARK)
    return _located(name), wanted


def _located(source: str | os.PathLike[str]) -> str:
    """Return the path of a case: itself if it is there, else that of the bundled case of this name."""
    text = os.fspath(source)
    if text == STDIN or os.path.lexists(text):
        return text
    known = bundled_cases()
    if text in known:
        return str(bundled_path(text))
    if Path(text).suffix or os.sep in text:
        return text
    near = closest(text, known)
    hint = f'did you mean "{near}"?' if near else "give a path, or - for standard input"
    message = f"no such file and no bundled case ({', '.join(known)}); {hint}"
    raise CaseError([Finding(text, 0, 0, "error", "", message)])


def _ordered(document: Document) -> Document:
    """Return the document with sorted keys: the order of keys in a file means nothing."""
    return replace(document, data=_sorted(document.data))


def _sorted(data: object) -> object:
    if isinstance(data, dict):
        return {key: _sorted(data[key]) for key in sorted(data)}
    return [_sorted(each) for each in data] if isinstance(data, list) else data
