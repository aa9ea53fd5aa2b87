"""What was found and what would be right: the sentence for every kind of problem."""

from __future__ import annotations

import re
from collections.abc import Callable
from decimal import Decimal
from typing import Any

from procure_opt.errors import printable

from .forms import Form, forms, has_form
from .problems import Problem
from .shapes import choices_of, field_of, fields, is_model, leaves, literals, some
from .spelling import closest
from .vocabulary import PATTERNS

_QUOTED = re.compile(r"'([^']*)'")
_THOUSANDS = re.compile(r"-?[0-9]{1,3}(?:([,' _\u2019\u00a0\u202f])[0-9]{3})(?:\1[0-9]{3}){0,10}")
_DECIMAL_COMMA = re.compile(r"-?[0-9]{1,40},[0-9]{1,40}")
_WITH_PERCENT = re.compile(r"-?[0-9]{1,40}(\.[0-9]{1,40})? ?%")


def found(value: object) -> str:
    """Return what stands in the file, in words.

    >>> found("many"), found(True), found(None), found([1, 2])
    ('found the text "many"', 'found true', 'found nothing', 'found a list of 2')
    """
    match value:
        case None:
            return "found nothing"
        case bool():
            return f"found {str(value).lower()}"
        case int() | Decimal():
            return f"found {printable(value, 60)}"
        case str():
            return f'found the text "{printable(value, 60)}"'
        case list():
            return f"found a list of {len(value)}" if value else "found an empty list"
        case dict() if value:
            return f"found a mapping ({some((printable(key, 40) for key in value), 5)})"
        case dict():
            return "found an empty mapping"
    return f"found {printable(value, 60)}"


def misfit(annotation: Any, value: object) -> str:
    """Return the sentence about a value of the wrong form.

    >>> misfit(int, "many")
    'found the text "many", expected a whole number'
    """
    return f"{found(value)}, expected {expected(annotation)}{_remedy(annotation, value)}"


def expected(annotation: Any) -> str:
    """Return what could stand at a place, in words.

    >>> from typing import Literal
    >>> expected(int | Literal["all", "none"] | None)
    'one of all, none; or a whole number'
    """
    kinds = list(leaves(annotation))
    choices = [str(choice) for choice in choices_of(annotation)]
    named = (_phrase(leaf, form) for leaf in kinds if not literals(leaf) for form in forms(leaf))
    phrases = list(dict.fromkeys(phrase for phrase in named if phrase not in ("null", "anything")))
    if choices:
        phrases.insert(0, _one_of(choices) + (";" if len(choices) > 1 and phrases else ""))
    return " or ".join(phrases) or "another value"


def _one_of(choices: list[str]) -> str:
    return f"one of {', '.join(choices)}" if len(choices) > 1 else choices[0]


def _phrase(leaf: Any, form: Form) -> str:
    if not is_model(leaf):
        return form.value
    plain = getattr(leaf, "PLAIN_FORM", "")
    return f"{plain} or a mapping ({some(fields(leaf))})" if plain else f"a mapping ({some(fields(leaf))})"


def _remedy(annotation: Any, value: object) -> str:
    wanted = {form for leaf in leaves(annotation) if not literals(leaf) for form in forms(leaf)}
    if Form.TEXT in wanted and isinstance(value, (int, Decimal)) and not isinstance(value, bool):
        return f': write it in quotes, "{printable(value, 40)}"'
    if isinstance(value, str) and wanted & {Form.WHOLE, Form.NUMBER} and _is_number(value):
        return ": write it without quotes"
    if isinstance(value, str) and wanted & {Form.WHOLE, Form.NUMBER}:
        return _remedy_of_number(value)
    return ""


def _remedy_of_number(text: str) -> str:
    """Return what to do about a number that is written as people write it and not as YAML does."""
    if _THOUSANDS.fullmatch(text):
        return f": numbers take no thousands separator, write {re.sub(r'[^0-9-]', '', text)}"
    if _DECIMAL_COMMA.fullmatch(text):
        return f": numbers take a decimal point, write {text.replace(',', '.')}"
    if _WITH_PERCENT.fullmatch(text):
        return f": write it without the sign, {text.rstrip('% ')}"
    return ""


def _is_number(text: str) -> bool:
    return re.fullmatch(r"[-+]?[0-9]{1,40}(\.[0-9]{1,40})?", text) is not None


def suggestion(problem: Problem) -> str | None:
    """Return the key that an unknown key of ``problem`` was probably meant to be, or None."""
    known = fields(problem.owner) if problem.owner is not None else {}
    return closest(str(problem.path[-1]), known) if problem.path else None


def sentence(problem: Problem, value: object) -> str:
    """Return what is wrong at the problem's place, where ``value`` stands, and what would be right."""
    kind = problem.error["type"]
    if kind in ("value_error", "assertion_error"):
        return str(problem.error.get("ctx", {}).get("error", problem.error["msg"]))
    told = _SENTENCES.get(kind, _otherwise)(problem, value)
    return told + _examples(problem) if kind in _MORE_BY_EXAMPLE else told


def _unknown_key(problem: Problem, value: object) -> str:
    key = printable(problem.path[-1] if problem.path else "", 60)
    near = suggestion(problem)
    hint = f', did you mean "{near}"?' if near else ", remove it"
    known = f" (known here: {some(fields(problem.owner), 40)})" if problem.owner is not None else ""
    return f'unknown key "{key}"{hint}{known}'


def _missing(problem: Problem, value: object) -> str:
    key = problem.error["loc"][-1]
    if isinstance(key, int):
        return f"missing item {key} of the list (counted from 0)"
    field = field_of(problem.owner, key) if problem.owner is not None else None
    about = (field[1].description or "") if field is not None else ""
    first = re.split(r"(?<=[.;])\s", about, maxsplit=1)[0].rstrip(".;")
    return f'missing "{key}" ({first})' if first else f'missing "{key}"'


def _choice(problem: Problem, value: object) -> str:
    known = [str(choice) for choice in choices_of(problem.shape)]
    if not known or problem.is_key:  # the choices of a key stand in pydantic's sentence only
        known = _QUOTED.findall(str(_context(problem).get("expected", "")))
        return _among(value, known, f"one of {', '.join(known)}")
    return _among(value, known, expected(problem.shape))


def _unknown_tag(problem: Problem, value: object) -> str:
    known = _QUOTED.findall(str(_context(problem)["expected_tags"]))
    return _among(_context(problem)["tag"], known, f"one of {', '.join(known)}")


def _among(value: object, known: list[str], wanted: str) -> str:
    near = closest(value, known) if isinstance(value, str) else None
    said = f'found "{printable(value, 60)}"' if isinstance(value, str) else found(value)
    return f"{said}, expected {wanted}" + (f'; did you mean "{near}"?' if near else "")


def _no_tag(problem: Problem, value: object) -> str:
    key = str(_context(problem).get("discriminator", "")).strip("'")
    models = [leaf for leaf in leaves(problem.shape) if hasattr(leaf, "model_fields")]
    named = (field_of(model, key) for model in models)
    tags = [str(tag) for field in named if field is not None for tag in choices_of(field[1].annotation)]
    return f'missing "{key}"' + (f" (one of {', '.join(tags)})" if tags else "")


def _bound(words: str, name: str) -> Callable[[Problem, object], str]:
    def tell(problem: Problem, value: object) -> str:
        return f"{found(value)}, must be {words} {_context(problem)[name]}"

    return tell


def _length(words: str, name: str) -> Callable[[Problem, object], str]:
    def tell(problem: Problem, value: object) -> str:
        bound = _context(problem)[name]
        unit = "character" if isinstance(value, str) else "item"
        return f"{found(value)}, must have {words} {bound} {unit}{'' if bound == 1 else 's'}"

    return tell


def _pattern(problem: Problem, value: object) -> str:
    subject = f'found the key "{printable(value, 60)}"' if problem.is_key else found(value)
    pattern = _context(problem)["pattern"]
    if pattern not in PATTERNS:
        return f"{subject}, must match the pattern {pattern}"
    words, choices = PATTERNS[pattern]
    near = closest(value, choices) if isinstance(value, str) else None
    return f"{subject}, expected {words}" + (f'; did you mean "{near}"?' if near else "")


def _otherwise(problem: Problem, value: object) -> str:
    """Tell by the expected form if the value does not have it, else in pydantic's words."""
    known = (
        [leaf for leaf in leaves(problem.shape) if Form.ANYTHING not in forms(leaf)] if problem.shape else []
    )
    if known and not any(has_form(value, form) for leaf in known for form in forms(leaf)):
        return misfit(problem.shape, value)
    said = problem.error["msg"].removeprefix("Input ").removeprefix("Value ")
    return f"{found(value)}, {said[:1].lower()}{said[1:]}"


def _examples(problem: Problem) -> str:
    field = field_of(problem.owner, problem.path[-1]) if problem.owner is not None and problem.path else None
    examples = field[1].examples if field is not None else None
    return f" (such as {examples[0]})" if examples else ""


def _context(problem: Problem) -> dict[str, Any]:
    return problem.error.get("ctx", {})


_SENTENCES: dict[str, Callable[[Problem, object], str]] = {
    "extra_forbidden": _unknown_key,
    "missing": _missing,
    "literal_error": _choice,
    "enum": _choice,
    "union_tag_invalid": _unknown_tag,
    "union_tag_not_found": _no_tag,
    "greater_than_equal": _bound("at least", "ge"),
    "greater_than": _bound("more than", "gt"),
    "less_than_equal": _bound("at most", "le"),
    "less_than": _bound("less than", "lt"),
    "multiple_of": _bound("a multiple of", "multiple_of"),
    "string_too_short": _length("at least", "min_length"),
    "string_too_long": _length("at most", "max_length"),
    "too_short": _length("at least", "min_length"),
    "too_long": _length("at most", "max_length"),
    "string_pattern_mismatch": _pattern,
}
_MORE_BY_EXAMPLE = frozenset({"string_pattern_mismatch", "string_too_short"})
