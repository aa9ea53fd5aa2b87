"""What pydantic found, put back into the document: one problem per place, at the path a person sees.

Pydantic's locations hold labels of unions and tags among the real keys, and it tells every branch of a
union separately. Here the labels are followed and dropped, and of the branches that one stays which
the stated value was probably meant to be.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

from pydantic import BaseModel
from pydantic_core import ErrorDetails

from .paths import Path
from .shapes import alternatives, child, choices_of, fitting, is_model, leaves

_KEY_LABEL = "[key]"
_NOT_THIS_SHAPE = re.compile(
    r"(model|dict|mapping|list|tuple|set|frozen_set|iterable|string|int|float|decimal|bool|date|datetime)"
    r"(_attributes)?_(type|parsing)|int_from_float|int_parsing_size|date_from_datetime_\w+|none_required"
    r"|is_instance_of|is_subclass_of|dataclass_type"
)
_CHOICES = frozenset({"literal_error", "enum"})


@dataclass(frozen=True, slots=True)
class Problem:
    """One error of pydantic at its ``path`` in the document, where ``shape`` was expected.

    ``owner`` is the model whose key the last part of the path is, ``is_key`` tells that the key itself
    is wrong. ``branches`` are the unions on the way: where, and pydantic's label of the branch.
    """

    path: Path
    error: ErrorDetails
    shape: Any
    owner: type[BaseModel] | None
    is_key: bool
    branches: tuple[tuple[Path, str], ...]


def located(model: type[BaseModel], data: object, error: ErrorDetails) -> Problem:
    """Return ``error`` with its place in ``data``: the location without pydantic's labels.

    >>> class Toy(BaseModel):
    ...     share: int | list[int]
    >>> error = {"type": "int_type", "loc": ("share", "list[int]", 0), "msg": "", "input": "x"}
    >>> located(Toy, {"share": ["x"]}, error).path
    ('share', 0)
    """
    walk = _Walk(model, data)
    for part in error["loc"]:
        walk.take(part, error["type"] == "missing")
    return Problem(walk.path, error, walk.shape, walk.owner, walk.is_key, tuple(walk.branches))


class _Walk:
    """A walk along one location, in the document and in the types at the same time."""

    def __init__(self, model: type[BaseModel], data: object) -> None:
        self.path: Path = ()
        self.here: Any = model  # the type at this place, narrowed as labels are read
        self.shape: Any = model  # the whole type at this place
        self.value = data
        self.is_in_document = True
        self.owner: type[BaseModel] | None = None
        self.is_key = False
        self.branches: list[tuple[Path, str]] = []

    def take(self, part: str | int, is_missing: bool) -> None:
        if part == _KEY_LABEL:
            self.is_key = True
        elif self.here is not None and len(alternatives(self.here)) > 1:
            self.branches.append((self.path, str(part)))
            self.here = _branch(self.here, str(part), self.value)
        else:
            self._step(part, is_missing)

    def _step(self, part: str | int, is_missing: bool) -> None:
        """Go to a key or index. One that a validator made up (a long form, say) leaves the path as it is."""
        leaf = None if self.here is None else fitting(self.here, self.value)
        self.owner = leaf if is_model(leaf) else None
        below = child(leaf, part)
        stands_there = _holds(self.value, part)
        if stands_there or (is_missing and isinstance(self.value, (dict, list))):
            self.path = (*self.path, part)
            self.value = self.value[part] if stands_there else None  # type: ignore[index]
        self.here = self.shape = below


def _holds(value: object, part: str | int) -> bool:
    if isinstance(value, list):
        return isinstance(part, int) and part < len(value)
    return isinstance(value, dict) and part in value


def _branch(annotation: Any, label: str, value: object) -> Any:
    """Return the alternative that pydantic's ``label`` names: by class, by tag, else by the value."""
    members = alternatives(annotation)
    names = re.findall(r"\w+", label)
    for member in members:
        if any(is_model(leaf) and leaf.__name__ in names for leaf in leaves(member)):
            return member
    for member in members:
        if is_model(member) and _has_tag(member, label):
            return member
    return fitting(annotation, value)


def _has_tag(model: type[BaseModel], label: str) -> bool:
    infos = model.model_fields.values()
    return any(label == str(choice) for info in infos for choice in choices_of(info.annotation))


def one_per_place(problems: Iterable[Problem]) -> list[Problem]:
    """Return ``problems`` with every union settled for the branch that was probably meant.

    >>> one_per_place([])
    []
    """
    settled: list[Problem] = []
    unions: dict[Path, dict[str, list[Problem]]] = defaultdict(lambda: defaultdict(list))
    for problem in problems:
        if problem.branches:
            (place, label), *rest = problem.branches
            unions[place][label].append(replace(problem, branches=tuple(rest)))
        else:
            settled.append(problem)
    for place, branches in unions.items():
        settled += _likeliest(place, [one_per_place(branch) for branch in branches.values()])
    return settled


def _likeliest(place: Path, branches: list[list[Problem]]) -> list[Problem]:
    """Return the branch whose shape the value has; of several the one with the fewest problems."""
    fits = [branch for branch in branches if not any(_is_misshapen(problem, place) for problem in branch)]
    return min(fits or [branches[0][:1]], key=lambda branch: (sum(map(_is_about_keys, branch)), len(branch)))


def _is_misshapen(problem: Problem, place: Path) -> bool:
    if problem.path != place:
        return False
    if problem.error["type"] in _CHOICES:
        return isinstance(problem.error["input"], (dict, list))
    return _NOT_THIS_SHAPE.fullmatch(problem.error["type"]) is not None


def _is_about_keys(problem: Problem) -> bool:
    return problem.error["type"] in ("missing", "extra_forbidden")
