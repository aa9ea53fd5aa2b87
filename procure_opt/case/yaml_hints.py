"""Plain words for what PyYAML says about a text that is not YAML."""

from __future__ import annotations

import re

import yaml

from procure_opt.errors import printable

try:
    from yaml import CSafeLoader as SCANNER
except ImportError:  # PyYAML built without libyaml: the same events, about four times slower
    from yaml import SafeLoader as SCANNER  # type: ignore[assignment]

__all__ = ["SCANNER", "sentence_for"]

_KEY_AND_VALUE = re.compile(r"\s*(?:- )*[^\s#\"'\[{|>-][^:]*: +[^\s#|>&!]")

# Fragments of what libyaml (and the Python parser of PyYAML) say -> what to do about it; the first fits.
_HINTS = (
    ("nesting depth", "nested deeper than any case file, reading stopped here"),
    ("quoted scalar: found unexpected end", "a quote is opened here and never closed"),
    ("quoted scalar: found unexpected document", "a quote is opened here and not closed before the line ---"),
    ("unknown escape", 'a backslash inside "..." must be doubled (\\\\), or use single quotes'),
    ("unicode character escape", "this \\u escape is no character by itself, write the character instead"),
    ("hexdec", "after \\x, \\u or \\U come 2, 4 or 8 hexadecimal digits; or use single quotes"),
    ("flow sequence", "the [ of line {opened} is not closed, or a comma is missing before this place"),
    ("flow mapping", "the {{ of line {opened} is not closed, or a comma is missing before this place"),
    ("flow node", "a value is missing inside [ ] or {{ }}, or a bracket or comma is too many"),
    (
        "plain scalar: found unexpected ':'",
        'found ":" without a blank and a value after it, expected key: value (or key: null); '
        "put a text that holds a colon in quotes",
    ),
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
    if quote := _open_quote(text, line, column):
        return quote
    if "mapping values" in problem and (above := _shallower_line(text, line, column)):
        indent = len(row) - len(row.lstrip(" "))
        return line, indent + 1, _about_indentation(above)
    hint = _hint(f"{context}: {problem}".lower())
    character = printable(row[column - 1 : column])
    opened_line = opened.line + 1 if opened is not None else line
    return line, column, hint.format(opened=opened_line, character=character)


def _is_about_the_beginning(context: str, problem: str) -> bool:
    """Tell whether the mistake is where the parser began and not where it stumbled, lines below."""
    return "simple key" in context or ("quoted scalar" in context and "found unexpected" in problem)


def _hint(said: str) -> str:
    return next((hint for fragment, hint in _HINTS if fragment in said), _OTHERWISE)


def _open_quote(text: str, line: int, column: int) -> tuple[int, int, str] | None:
    """Return the place of a quote that was opened in a line above and closed just before the error.

    Such a quote took everything up to the next one for its text, so that reading breaks where that text
    should begin. A quoted text of several lines is allowed, so that this is a question: it can be right, and
    what follows it wrong.
    """
    token = _last_quoted(text, line, column)
    if token is None or token.start_mark.line == token.end_mark.line or token.end_mark.line != line - 1:
        return None
    place = token.start_mark.line + 1, token.start_mark.column + 1
    told = f"a quote is opened here and closed only in line {line}, where reading then breaks off"
    return *place, f"{told}: is its end missing here?"


def _last_quoted(text: str, line: int, column: int) -> yaml.ScalarToken | None:
    """Return the last text in quotes that ends before the place (lines and columns from 1)."""
    last = None
    try:
        for token in yaml.scan(text, Loader=SCANNER):
            end = token.end_mark
            if (end.line + 1, end.column + 1) > (line, column):
                break
            if isinstance(token, yaml.ScalarToken) and token.style in ("'", '"'):
                last = token
    except (yaml.YAMLError, ValueError, OverflowError):  # the error itself: what came before it counts
        pass
    return last


def _shallower_line(text: str, line: int, column: int) -> str:
    """Return the line above if it has a key and a value and this one, another key, is indented further."""
    row, rows = _row(text, line), text.split("\n")[: line - 1]
    above = next((each for each in reversed(rows) if each.strip() and each.lstrip()[0] != "#"), "")
    deeper = len(row) - len(row.lstrip(" ")) > len(above) - len(above.lstrip(" "))
    is_first_colon = ":" not in row[: column - 1]
    return above.strip() if deeper and is_first_colon and _KEY_AND_VALUE.match(above) else ""


def _about_indentation(above: str) -> str:
    told = (
        f'this line is indented further than "{printable(above, 40)}" above it, which has its value already'
    )
    return f"{told}: keys of one mapping begin in the same column"


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
