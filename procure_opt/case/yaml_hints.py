"""Plain words for what PyYAML says about a text that is not YAML."""

from __future__ import annotations

import yaml

from procure_opt.errors import printable

# Fragments of what libyaml (and the Python parser of PyYAML) say -> what to do about it; the first fits.
_HINTS = (
    ("quoted scalar: found unexpected end", "a quote is opened here and never closed"),
    ("quoted scalar: found unexpected document", "a quote is opened here and not closed before the line ---"),
    ("unknown escape", 'a backslash inside "..." must be doubled (\\\\), or use single quotes'),
    ("unicode character escape", "this \\u escape is no character by itself, write the character instead"),
    ("hexdec", "after \\x, \\u or \\U come 2, 4 or 8 hexadecimal digits; or use single quotes"),
    ("flow sequence", "the [ of line {opened} is not closed, or a comma is missing before this place"),
    ("flow mapping", "the {{ of line {opened} is not closed, or a comma is missing before this place"),
    ("flow node", "a value is missing inside [ ] or {{ }}, or a bracket or comma is too many"),
    ("simple key", 'found a line without ":", expected key: value or - item; is it the rest of a text?'),
    (
        "mapping values are not allowed",
        'found ":" where none can be: put a text that contains ": " in quotes, '
        "or check the line above (its indentation, its colon)",
    ),
    ("mapping keys are not allowed", 'a text that begins with "? " must be in quotes'),
    (
        "sequence entries are not allowed",
        'a list begins on a new line; put a text that begins with "- " in quotes',
    ),
    ("tag", "tags (words that begin with !) are not allowed, write the plain value in quotes"),
    ("an alias", "a text that begins with * must be in quotes"),
    ("an anchor", "a text that begins with & must be in quotes"),
    ("block scalar", "after | or > the text starts on the next line, indented further"),
    ("cannot start any token", "a text cannot begin with {character}, put it in quotes"),
    ("document start", "something follows after the end of the case, expected nothing more"),
    ("incompatible", "case files are read as YAML 1.2, remove the line that begins with %YAML"),
    ("directive", "a line that begins with % is not allowed, remove it"),
    ("'-' indicator", 'the list ends here: every item begins with "- " at the same indentation'),
    ("block collection", 'the list ends here: every item begins with "- " at the same indentation'),
    ("block sequence", 'the list ends here: every item begins with "- " at the same indentation'),
    ("block mapping", "this line fits no key above: check its indentation, and quotes or brackets before it"),
    ("node content", "a value is missing here, or a bracket is too many"),
)
_OTHERWISE = "this is not YAML"


def sentence_for(error: yaml.YAMLError, text: str) -> tuple[int, int, str]:
    """Return the line and the column (from 1) of a syntax ``error`` in ``text`` and a sentence about it.

    >>> try: list(yaml.parse("a: [1, 2"))
    ... except yaml.YAMLError as error: sentence_for(error, "a: [1, 2")[2]
    'the [ of line 1 is not closed, or a comma is missing before this place'
    """
    problem = getattr(error, "problem", None) or str(error)
    context = getattr(error, "context", None) or ""
    opened = getattr(error, "context_mark", None)
    mark = getattr(error, "problem_mark", None) or opened
    if opened is not None and _is_about_the_beginning(context, problem):
        mark = opened
    line, column = (mark.line + 1, mark.column + 1) if mark is not None else (1, 1)
    row = _row(text, line)
    if "\t" in row[: len(row) - len(row.lstrip())] and _is_about_tabs(problem, row, column):
        return line, column, _about_tabs(text)
    hint = _hint(f"{context}: {problem}".lower())
    character = printable(row[column - 1 : column])
    opened_line = opened.line + 1 if opened is not None else line
    return line, column, hint.format(opened=opened_line, character=character)


def _is_about_the_beginning(context: str, problem: str) -> bool:
    """Tell whether the mistake is where the parser began and not where it stumbled, lines below."""
    return "simple key" in context or ("quoted scalar" in context and "found unexpected" in problem)


def _hint(said: str) -> str:
    return next((hint for fragment, hint in _HINTS if fragment in said), _OTHERWISE)


def _row(text: str, line: int) -> str:
    start = 0
    for _ in range(line - 1):
        start = text.find("\n", start) + 1
    end = text.find("\n", start)
    return text[start : end if end >= 0 else len(text)]


def _is_about_tabs(problem: str, row: str, column: int) -> bool:
    return "tab" in problem or row[column - 1 : column] == "\t"


def _about_tabs(text: str) -> str:
    lines = sum(row[: len(row) - len(row.lstrip(" \t"))].count("\t") > 0 for row in text.split("\n"))
    more = f" ({lines} lines of this file begin with one)" if lines > 1 else ""
    return f"a tab is used as indentation{more}, YAML wants spaces"
