"""What a request says, field by field, and what is said of one that makes no sense."""

from __future__ import annotations

from typing import Any

from procure_opt.case.spelling import closest
from procure_opt.errors import ProcureError, UsageError, printable

from .plain import Json
from .protocol import OPERATIONS

LONGEST_ID = 200
_KINDS = {"UsageError": "request", "ResultError": "request", "CaseError": "case"}


def id_of(request: object) -> Any:
    """Return the id of a request if it is one: a short text, a number, or null."""
    found = request.get("id") if isinstance(request, dict) else None
    short = isinstance(found, str) and len(found) <= LONGEST_ID
    return found if short or (isinstance(found, int) and not isinstance(found, bool)) else None


def refuse_id(request: Json) -> None:
    """Raise :class:`UsageError` if the request has an id that cannot come back with the answer."""
    if request.get("id") is not None and id_of(request) is None:
        raise UsageError(f"id: must be a text of at most {LONGEST_ID} characters, a whole number, or null")


def text_of(request: Json, key: str) -> str:
    """Return a field that must be a text."""
    if not isinstance(request[key], str):
        raise UsageError(f"{key}: must be a text")
    return str(request[key])


def seconds_of(request: Json, usual: int) -> float:
    """Return the seconds that may be taken."""
    seconds = request.get("seconds", usual)
    if isinstance(seconds, bool) or not isinstance(seconds, int) or not 1 <= seconds <= 60:
        raise UsageError("seconds: must be a whole number from 1 to 60")
    return float(seconds)


def no_operation(name: object) -> str:
    """Return what is said of an operation that there is not."""
    near = closest(name, OPERATIONS) if isinstance(name, str) else None
    meant = f'did you mean "{near}"? ' if near else ""
    return (
        f'op: "{printable(name, 60)}" is no operation; {meant}(operations: {", ".join(sorted(OPERATIONS))})'
    )


def meant(word: str, known: set[str]) -> str:
    """Return a guess which known word was meant; nothing if none is near."""
    near = closest(word, known)
    return f'; did you mean "{near}"?' if near else ""


def complaint(error: ProcureError) -> Json:
    """Return an error as data."""
    findings = [
        {"where": each.where, "line": each.line, "column": each.column, "message": each.message}
        for each in getattr(error, "findings", ())
        if each.severity == "error"
    ]
    kind = _KINDS.get(type(error).__name__, type(error).__name__)
    lines = [printable(line, 1000) for line in str(error).split("\n")[:100]]
    told = "; ".join(f"{each['where']}: {each['message']}" for each in findings[:3])
    more = f" (and {len(findings) - 3} more findings)" if len(findings) > 3 else ""
    message = printable(told, 1000) + more if findings else "\n".join(lines)
    return {"kind": kind, "message": message, "findings": findings[:100]}
