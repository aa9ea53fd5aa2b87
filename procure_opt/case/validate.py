"""From a document to a model, with every error at its line: what was found, what would be right.

Pydantic decides what is valid. Before it does, the forms are compared: pydantic would take the text
"5" or a true for a number, a case file must not. Remarks of later checks find their lines here too.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TypeVar

from pydantic import BaseModel, ValidationError

from procure_opt.errors import CaseError, Finding

from .document import Document
from .events import MOST_FINDINGS
from .misfits import MOST_MISFITS, misfits
from .paths import Path, Place, dotted
from .problems import Problem, located, one_per_place
from .spelling import closest
from .wording import sentence, suggestion

__all__ = ["Remark", "closest", "findings_of", "validate"]

M = TypeVar("M", bound=BaseModel)

_MOST_ERRORS = 50_000  # beyond this many pydantic errors their details alone would fill the memory
_MOST_EXPLAINED = 1_000  # nobody reads more, and to look for what each was meant to be takes time


@dataclass(frozen=True, slots=True)
class Remark:
    """Something a check has to say about the value at ``path``; ``severity`` is error or warning.

    ``at_key`` marks the key that leads to the value instead of the value.
    """

    path: Path
    severity: str
    message: str
    at_key: bool = False


@dataclass(frozen=True, slots=True)
class _Said:
    """A remark, with the path of what is marked in the file: a value, or the key that leads to it."""

    remark: Remark
    mark: Path
    at_key: bool = False


def validate(document: Document, model: type[M]) -> M:
    """Return ``document`` as a ``model``.

    Forms are strict: a text or a true is no number, a number is no text, a decimal is a whole number
    only if it is integral. Lists fill tuples; a type whose validators run before pydantic is asked
    first whether it takes another form.

    Raises
    ------
    CaseError
        If anything in the document is not as the model wants it; with one finding for each place, the
        first 100 of them. A ``ValueError`` raised by a validator passes its sentence through.

    >>> class Toy(BaseModel):
    ...     share: int
    >>> validate(Document("toy.yaml", {"share": 3}, {}, {}), Toy)
    Toy(share=3)
    """
    error: ValidationError | None = None
    try:
        result = model.model_validate(document.data)
    except ValidationError as caught:
        error = caught
    said = [_Said(Remark(path, "error", told), path) for path, told in misfits(model, document.data)]
    if error is not None and len(said) < MOST_MISFITS:
        said += _complaints(document, model, error, {one.mark for one in said})
    if not said:
        return result
    raise CaseError(_cut(sorted({_finding(document, one) for one in said})))


def findings_of(document: Document, remarks: Iterable[Remark]) -> list[Finding]:
    """Return ``remarks`` as findings, sorted: each at its value, or else at the nearest place above it.

    >>> document = Document("toy.yaml", {"a": {"b": 1}}, {(): (1, 1), ("a",): (2, 3)}, {})
    >>> print(*findings_of(document, [Remark(("a", "c"), "warning", "nobody pays")]))
    toy.yaml:2:3: warning: a.c: nobody pays
    """
    return sorted(_finding(document, _Said(remark, remark.path, remark.at_key)) for remark in remarks)


def _complaints(
    document: Document, model: type[BaseModel], error: ValidationError, told: set[Path]
) -> Iterator[_Said]:
    """Yield pydantic's errors at their places, except those at or below a place already ``told``."""
    if error.error_count() > _MOST_ERRORS:
        remark = Remark((), "error", f"{error.error_count()} errors, too many to list them")
        yield _Said(remark, ())
        return
    explained = error.errors(include_url=False)[:_MOST_EXPLAINED]
    every = (located(model, document.data, details) for details in explained)
    problems = [problem for problem in one_per_place(every) if not _is_told(problem, told)]
    meant = _meant(problems)
    for problem in problems:
        if problem.error["type"] == "missing" and problem.path in meant:
            continue  # the unknown key beside it says so already
        yield _said(document, problem)


def _is_told(problem: Problem, told: set[Path]) -> bool:
    path = problem.path[:-1] if problem.is_key else problem.path
    return any(path[:length] in told for length in range(len(path) + 1))


def _meant(problems: Iterable[Problem]) -> set[Path]:
    """Return the paths that unknown keys were probably meant to be."""
    unknown = (problem for problem in problems if problem.error["type"] == "extra_forbidden")
    return {(*problem.path[:-1], near) for problem in unknown if (near := suggestion(problem))}


def _said(document: Document, problem: Problem) -> _Said:
    """Choose the subject and the mark: a missing or unknown key is said of the mapping it belongs to."""
    path, kind = problem.path, problem.error["type"]
    value = path[-1] if problem.is_key and path else _value_at(document.data, path)
    message = sentence(problem, value)
    is_about_key = kind in ("missing", "extra_forbidden") or problem.is_key
    subject = path[:-1] if is_about_key else path
    if kind == "union_tag_invalid":
        subject = path = (*path, str(problem.error.get("ctx", {}).get("discriminator", "")).strip("'"))
    mark = subject if kind == "missing" else path
    at_key = is_about_key and kind != "missing"
    return _Said(Remark(subject, "error", message), mark, at_key)


def _value_at(data: object, path: Path) -> object:
    for part in path:
        try:
            data = data[part]  # type: ignore[index]
        except (KeyError, IndexError, TypeError):
            return None
    return data


def _finding(document: Document, said: _Said) -> Finding:
    line, column = _place(document, said.mark, said.at_key)
    remark = said.remark
    return Finding(document.name, line, column, remark.severity, dotted(remark.path), remark.message)


def _place(document: Document, path: Path, at_key: bool) -> Place:
    """Return where ``path`` is, or the nearest place above it that is known; (0, 0) if none is."""
    if at_key and path in document.key_positions:
        return document.key_positions[path]
    known = (path[:length] for length in range(len(path), -1, -1))
    return next((document.positions[place] for place in known if place in document.positions), (0, 0))


def _cut(findings: list[Finding]) -> list[Finding]:
    if len(findings) <= MOST_FINDINGS:
        return findings
    cut = f"more than {MOST_FINDINGS} findings, the first {MOST_FINDINGS} follow"
    return [Finding(findings[0].file, 0, 0, "error", "", cut), *findings[:MOST_FINDINGS]]
