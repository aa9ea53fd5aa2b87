"""A document as a case file in YAML: blocks down to what fits on a line."""

from __future__ import annotations

from collections.abc import Iterator

from procure_opt.case.model import Case

from .flow import flow, key
from .layout import LONG_KEYS

_LINE = 96
_HEAD = "# Made from a workbook by procure-opt convert, which keeps everything but comments.\n"


def yaml_text(data: dict[str, object]) -> str:
    r"""Return the case file; reading it gives the same data.

    >>> print(yaml_text({"id": "toy", "case": 1}).partition("\n")[2], end="")
    case: 1
    id: toy
    """
    order = [field.alias or name for name, field in Case.model_fields.items()]
    names = sorted(data, key=lambda name: order.index(name) if name in order else len(order))
    return _HEAD + "".join(f"{line}\n" for name in names for line in _entry(key(name), data[name], ""))


def _entry(head: str, value: object, indent: str) -> Iterator[str]:
    """Yield ``head: value``: in a line if it fits, else as a block below."""
    line = flow(value)
    if not isinstance(value, dict | list) or not value or _fits(value, line, indent):
        yield f"{indent}{head}: {line}"
        return
    yield f"{indent}{head}:"
    yield from _block(value, f"{indent}  ")


def _block(value: dict[str, object] | list[object], indent: str) -> Iterator[str]:
    if isinstance(value, dict):
        for name, each in value.items():
            yield from _entry(key(name), each, indent)
        return
    for each in value:
        if isinstance(each, dict | list) and each and not _fits(each, flow(each), indent):
            first, *others = _block(each, f"{indent}  ")
            yield f"{indent}- {first.lstrip()}"
            yield from others
        else:
            yield f"{indent}- {flow(each)}"


def _fits(value: dict[str, object] | list[object], line: str, indent: str) -> bool:
    """A number with its range and source stays on one line, however long its note is."""
    long_form = isinstance(value, dict) and "value" in value and value.keys() <= set(LONG_KEYS)
    return long_form or len(indent) + len(line) <= _LINE
